"""Model ⇄ quads: what is written comes back, in one deterministic shape, and protected content nowhere."""

import hashlib
import random
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse
from strategies import assessments, documents, entities, groups, independence, questions, relations

from graph.content import Date, Edge, Figure, Interval, Ref, Truth
from graph.errors import BuildError
from graph.model import Corpus, Document, Entity, Question, Retraction, Utterance
from graph.origins import derived
from graph.rdf import (
    date,
    figure_text,
    natural,
    number,
    proposition,
    proposition_id,
    read_record,
    read_utterances,
    sorted_lines,
    to_quads,
    trig,
)
from graph.vocabulary import ID, RDFS, say, vocabulary

DRAWN = (Phase.explicit, Phase.generate)  # shrinking a whole corpus takes minutes


def _utterance(u: Utterance, document: Document) -> Utterance:
    """The same utterance with everything that has no order in one order."""
    hops = tuple(replace(h, to=_set(h.to), circumstances=_set(h.circumstances)) for h in u.by)
    return replace(
        u,
        by=hops,
        evidence=_set(u.evidence),
        about=_set(u.about),
        could_also=_set(u.could_also),
        infers=tuple(sorted((replace(i, premises=_set(i.premises)) for i in u.infers), key=lambda i: i.claim)),
        record=u.record or document.record,
    )


def _set(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _document(document: Document) -> Document:
    return replace(
        document,
        original=None,
        republishes=_set(document.republishes),
        digest=tuple(sorted(document.digest, key=lambda p: p.number)),
        utterances=tuple(sorted((_utterance(u, document) for u in document.utterances), key=lambda u: natural(u.id))),
    )


def _entity(entity: Entity) -> Entity:
    return replace(
        entity,
        aliases=tuple(sorted(set(entity.aliases), key=repr)),
        members=_set(entity.members),
        formerly=_set(entity.formerly),
        possible_same=tuple(sorted(entity.possible_same, key=repr)),
    )


def _question(question: Question) -> Question:
    rules = (replace(rule, contests=tuple(sorted(set(rule.contests), key=repr))) for rule in question.covers)
    return replace(
        question,
        patterns=tuple(sorted(set(question.patterns), key=repr)),
        covers=tuple(rules),
        same_population=tuple(
            sorted((replace(s, pair=tuple(sorted(s.pair))) for s in question.same_population), key=repr)  # type: ignore[arg-type]
        ),
    )


def canonical(corpus: Corpus) -> Corpus:
    """A corpus with every part that has no order in one order, and without what RDF leaves out."""
    return Corpus(
        tuple(sorted(map(_document, corpus.documents), key=lambda d: natural(d.id))),
        tuple(sorted(map(_entity, corpus.entities), key=lambda e: natural(e.id))),
        tuple(sorted(map(_question, corpus.questions), key=lambda q: natural(q.id))),
        tuple(sorted((replace(g, members=_set(g.members)) for g in corpus.groups), key=lambda g: natural(g.id))),
        tuple(sorted((replace(a, cites=_set(a.cites)) for a in corpus.assessments), key=lambda a: natural(a.id))),
        tuple(sorted((replace(j, between=_set(j.between)) for j in corpus.independence), key=lambda j: natural(j.id))),  # type: ignore[arg-type]
        tuple(sorted(corpus.relations, key=lambda r: natural(r.id))),
    )


def without_protected(corpus: Corpus) -> Corpus:
    def kept(u: Utterance) -> bool:
        return u.retracted is None or u.retracted.reason != "ProtectPerson"

    documents = (replace(d, utterances=tuple(filter(kept, d.utterances))) for d in corpus.documents)
    return replace(corpus, documents=tuple(documents))


# ---- round trip ---------------------------------------------------------------------------------


def test_the_invented_corpus_comes_back(mini: Corpus) -> None:
    assert canonical(read_record(to_quads(mini))) == canonical(without_protected(mini))


def _sound(document: Document) -> Document:
    """A drawn document as a coder could have left it: unique ids, edges once, one inference per claim."""
    utterances: dict[str, Utterance] = {}
    for u in document.utterances:
        edges = tuple(dict.fromkeys(u.edges)) if u.reading != "Garbled" else ()
        infers = {i.claim: i for i in u.infers if i.claim <= len(edges)}
        retracted = u.retracted and replace(u.retracted, reason="Superseded")
        utterances[u.id] = replace(u, edges=edges, infers=tuple(infers.values()), retracted=retracted)
    digest = {p.number: p for p in document.digest}
    return replace(document, utterances=tuple(utterances.values()), digest=tuple(digest.values()))


def _alone(entity: Entity) -> Entity:
    judged = {j.with_: j for j in entity.possible_same}
    return replace(
        entity, possible_same=tuple(judged.values()), formerly=tuple(f for f in entity.formerly if f != entity.id)
    )


def _pairs(question: Question) -> Question:
    pairs = {frozenset(s.pair): s for s in question.same_population if len(set(s.pair)) == 2}
    return replace(question, same_population=tuple(pairs.values()))


corpora = st.builds(
    lambda d, e, q, g, a, j, r: Corpus((_sound(d),), (_alone(e),), (_pairs(q),), (g,), (a,), (j,), (r,)),
    documents(),
    entities(),
    questions(),
    groups(),
    assessments(),
    independence(),
    relations(),
)


@given(corpora)
@settings(max_examples=40, phases=DRAWN)
def test_any_corpus_comes_back(corpus: Corpus) -> None:
    assert canonical(read_record(to_quads(corpus))) == canonical(corpus)


@given(corpora)
@settings(max_examples=25, phases=DRAWN)
def test_quads_written_as_text_are_the_same_quads(corpus: Corpus) -> None:
    quads = to_quads(corpus)
    lines = "".join(sorted_lines(quads))
    assert set(parse(lines.encode(), format=RdfFormat.N_QUADS)) == quads
    assert set(parse(trig(quads).encode(), format=RdfFormat.TRIG)) == quads


def test_utterances_can_be_read_from_some_of_the_quads(mini: Corpus) -> None:
    assert len(read_utterances(to_quads(mini))["900-gazette"]) == 27
    assert read_utterances([]) == {}


def test_an_incomplete_part_is_named(mini: Corpus) -> None:
    quads = {q for q in to_quads(mini) if q.predicate != say.leaning}
    with pytest.raises(BuildError, match=r"document/900-gazette: no .*leaning; fix: "):
        read_record(quads)


# ---- one shape ----------------------------------------------------------------------------------


def test_the_same_corpus_gives_the_same_lines_whatever_the_order(mini: Corpus) -> None:
    shuffled = random.Random(20)

    def mixed(document: Document) -> Document:
        return replace(document, utterances=tuple(shuffled.sample(document.utterances, len(document.utterances))))

    other = Corpus(
        tuple(map(mixed, reversed(mini.documents))),
        mini.entities[::-1],
        mini.questions[::-1],
        mini.groups[::-1],
        mini.assessments[::-1],
        mini.independence[::-1],
        mini.relations[::-1],
    )
    for make in (to_quads, derived):
        assert list(sorted_lines(make(mini))) == list(sorted_lines(make(mini))) == list(sorted_lines(make(other)))


def test_nothing_is_a_blank_node_and_every_iri_of_ours_is_made_of_an_id(mini: Corpus) -> None:
    quads = to_quads(mini) | derived(mini)
    for quad in quads:
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        assert isinstance(quad.graph_name, NamedNode | DefaultGraph)
    ours = {q.subject.value.removeprefix(ID) for q in quads if isinstance(q.subject, NamedNode)}
    made = re.compile(
        r"(entity|document|claim|utterance|hop|passage|selector|question|origin-group|assessment|independence-judgement|source-relation|condition|inference|paragraph|label"
        r"|coverage-rule|population-judgement|identity-judgement|derived|proposition|estimate|interval)/[a-z0-9./~-]+\Z"
    )
    assert [name for name in ours if not made.match(name)] == []
    assert {"claim/900-c2.1", "utterance/900-c2", "hop/900-c2.h2", "condition/900-c14.k1"} <= ours


def test_a_proposition_is_named_by_its_n_triples() -> None:
    edge = Edge("flood", "occurredAt", Ref("halmer"))
    line = f"<{ID}entity/flood> <{vocabulary().namespace}occurredAt> <{ID}entity/halmer> ."
    assert proposition_id(edge) == hashlib.sha256(line.encode()).hexdigest()[:32]
    dated = Edge("flood", "onDate", Date("2031-04"))
    line = (
        f"<{ID}entity/flood> <{vocabulary().namespace}onDate> "
        '"2031-04"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> .'
    )
    assert proposition_id(dated) == hashlib.sha256(line.encode()).hexdigest()[:32]


def test_content_stands_in_its_own_graph_alone(mini: Corpus) -> None:
    content = {relation.iri for relation in vocabulary().properties.values()}
    by_graph: dict[str, list[Quad]] = {}
    for quad in to_quads(mini) | derived(mini):
        if isinstance(quad.graph_name, DefaultGraph):
            assert quad.predicate not in content
        else:
            assert quad.predicate in content
            by_graph.setdefault(quad.graph_name.value, []).append(quad)
    assert {len(held) for held in by_graph.values()} == {1}
    conditions = {c.edge for _, u in without_protected(mini).utterances() for c in u.condition}
    edges = {claim.edge for claim in without_protected(mini).claims()} | conditions
    assert set(by_graph) == {proposition(edge).value for edge in edges}


# ---- figures ------------------------------------------------------------------------------------

FORTY = Figure("About", Decimal(40), of="residents")


@pytest.mark.parametrize(
    "other",
    [
        Figure("Exactly", Decimal(40), of="residents"),
        Figure("About", Decimal(41), of="residents"),
        Figure("About", Decimal(40), of="gate-hands"),
        Figure("About", Decimal(40), unit="hours"),
        Figure("About", Decimal(40), of="residents", as_of="2031-04-04"),
        Figure("Between", None, Decimal(40), Decimal(40), of="residents"),
    ],
)
def test_figures_that_differ_in_anything_are_two_nodes(other: Figure) -> None:
    assert proposition(Edge("flood", "injuredCount", FORTY)) != proposition(Edge("flood", "injuredCount", other))


@pytest.mark.parametrize("same", ["40", "40.0", "4E+1", "0.4E+2"])
def test_equal_figures_share_a_node_however_they_are_written(same: str) -> None:
    assert proposition(Edge("f", "injuredCount", FORTY)) == proposition(
        Edge("f", "injuredCount", Figure("About", Decimal(same), of="residents"))
    )
    assert number(Decimal(same)).value == "40"


def test_nothing_about_a_claim_sits_on_an_estimate(mini: Corpus) -> None:
    on_estimates = {q.predicate for q in to_quads(mini) if q.subject.value.startswith(f"{ID}estimate/")}  # type: ignore[union-attr]
    facets = {say.comparator, say.value, say.low, say.high, say.wording, say.population, say.unit, say.asOf}
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert on_estimates <= facets | {kind, NamedNode(RDFS + "label")}
    assert {say.comparator, say.value, say.population, say.unit, say.asOf} <= on_estimates


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure("Exactly", Decimal(1200), of="x"), "1,200"),
        (Figure("AtLeast", Decimal(3), of="x"), "at least 3"),
        (Figure("MoreThan", Decimal(3), of="x", as_of="2031"), "more than 3 (as of 2031)"),
        (Figure("AtMost", Decimal(3), of="x"), "at most 3"),
        (Figure("LessThan", Decimal(6), unit="hours"), "less than 6 hours"),
        (Figure("About", Decimal("2.5"), unit="hours"), "about 2.5 hours"),
        (Figure("Between", None, Decimal(1), Decimal(2000), of="x"), "1 to 2,000"),
        (Figure("InWords", None, Decimal(24), Decimal(99), "dozens", of="x"), "dozens"),
    ],
)
def test_a_figure_in_words_keeps_its_bound(figure: Figure, words: str) -> None:
    assert figure_text(figure) == words


def test_dates_keep_their_precision() -> None:
    assert [date(d).datatype.value.rpartition("#")[2] for d in ("2031", "2031-04", "2031-04-02")] == [
        "gYear",
        "gYearMonth",
        "date",
    ]


def test_truth_and_intervals_are_values_of_their_own() -> None:
    assert proposition(Edge("flood", "tookPlace", Truth())) != proposition(
        Edge("flood", "during", Interval("2031", "2032"))
    )


# ---- protection of persons ----------------------------------------------------------------------

SECRET = ("quince", "cottage", "neighbour tells", "let a child be found", "coopers-yard ·", "900-c25.h")


def test_content_retracted_to_protect_a_person_is_in_no_quad(mini: Corpus) -> None:
    quads = to_quads(mini) | derived(mini)
    text = "".join(sorted_lines(quads))
    for words in SECRET:
        assert words not in text
    place, child = (NamedNode(f"{ID}entity/{name}") for name in ("coopers-yard", "held-apprentice"))
    assert not [q for q in quads if q.subject == child and q.object == place]
    assert not [q for q in quads if q.object == place and q.predicate != say.within]
    withheld = [q.subject.value.removeprefix(ID) for q in quads if q.object == say.WithheldRecord]  # type: ignore[union-attr]
    assert sorted(withheld) == ["claim/900-c25.1", "utterance/900-c25"]


def test_the_same_content_is_there_without_the_protection(mini: Corpus) -> None:
    def shown(u: Utterance) -> Utterance:
        return replace(u, retracted=None) if u.id == "900-c25" else u

    documents = (replace(d, utterances=tuple(map(shown, d.utterances))) for d in mini.documents)
    text = "".join(sorted_lines(to_quads(replace(mini, documents=tuple(documents)))))
    assert "quince cottage" in text
    assert "900-c25.h1" in text


def test_any_other_retraction_keeps_the_claim_with_its_reason(mini: Corpus) -> None:
    text = "".join(sorted_lines(to_quads(mini)))
    assert "A first reading took the figure" in text
    assert "not displaced" in text


def test_a_step_from_a_protected_premise_loses_it_and_stays_whole(mini: Corpus) -> None:
    hidden = Retraction("2031-05-02", "coder-two", "ProtectPerson", "for a test")

    def protect(corpus: Corpus, *names: str) -> Corpus:
        def over(u: Utterance) -> Utterance:
            return replace(u, retracted=hidden) if u.id in names else u

        return replace(
            corpus, documents=tuple(replace(d, utterances=tuple(map(over, d.utterances))) for d in corpus.documents)
        )

    def premises(corpus: Corpus) -> set[str]:
        return {
            q.object.value.rpartition("/")[2]
            for q in to_quads(corpus)
            if q.predicate == say.premise and "900-" in q.subject.value
        }  # type: ignore[union-attr]

    assert premises(mini) == {"900-c20.1", "900-c3.1"}
    assert premises(protect(mini, "900-c3")) == {"900-c20.1"}
    assert premises(protect(mini, "900-c3", "900-c20")) == set()


def test_who_is_protected_makes_nobody_elses_word_a_denial(mini: Corpus) -> None:
    """A negative is shown as a denial only where the document shows somebody affirming."""
    denial = NamedNode(f"{ID}claim/900-c10.1")

    def status(reason: str | None) -> str:
        def over(u: Utterance) -> Utterance:
            taken = Retraction("2031-05-02", "coder-two", reason, "for a test") if reason else None
            return replace(u, retracted=taken) if u.id == "900-c9" else u

        documents = tuple(replace(d, utterances=tuple(map(over, d.utterances))) for d in mini.documents)
        quads = to_quads(replace(mini, documents=documents))
        return next(
            vocabulary().name(q.object.value)
            for q in quads
            if q.subject == denial and q.predicate == say.reportedStatus
        )  # type: ignore[union-attr]

    assert status(None) == "ReportedDenied"
    assert status("ProtectPerson") == status("ExtractionError") == "ReportedNegated"


def test_no_label_in_the_default_graph_tells_a_proposition(mini: Corpus) -> None:
    """A label that named both ends and the relation would be an allegation outside its graph."""
    relations = set(vocabulary().properties)
    for quad in to_quads(mini):
        if isinstance(quad.graph_name, DefaultGraph) and isinstance(quad.object, Literal):
            words = set(re.findall(r"\w+", quad.object.value)) if quad.predicate.value.endswith("#label") else set()
            assert not words & (relations - {"used", "sent", "freed"}), quad
