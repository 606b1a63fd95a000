"""Independent origins: what is signed, by what way a word comes, what raises the count and what never does."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx
import pytest
from corpora import damaged, read_texts, texts
from hypothesis import given
from hypothesis import strategies as st
from makers import EDGE, TAKEN_BACK, claim, document, entity, group, held, judged, register, relay, retracted, source
from test_origins import NONE_ADDED

from graph.build import build, check
from graph.content import Edge, Ref
from graph.errors import CorpusError
from graph.evidence import Archive
from graph.model import Claim, Corpus, IndependenceJudgement, OriginGroup, Pattern, Question
from graph.origins import RULE_VERSION, Drawn, Register, draw, independence, judgement_problems, routes
from graph.origins.independence import Judged, largest
from graph.origins.publishers import first_publishers
from graph.queries import named, run
from graph.rdf import iri, proposition_id
from graph.vocabulary import say

WHERE = Question("q", (("en", "Where?"),), "Choice", (Pattern("gate-opening", "occurredAt", "*"),))
WHEN = Question("when", (("en", "When?"),), "Choice", (Pattern("gate-opening", "onDate", "*"),))
ALSO = Question("also", (("en", "Low gate?"),), "YesNo", (Pattern("gate-opening", "occurredAt", "low-gate"),))
ENTITIES = (
    entity("council"),
    entity("ministry"),
    entity("constabulary"),
    entity("witness", "Person"),
    entity("official", "Role", unidentified=True, institution="ministry"),
    entity("residents", "Collective", unidentified=True),
    entity("gazette", "Media"),
    entity("courier", "Media"),
    entity("echo", "Media"),
    entity("author", "Person"),
)


def known(*judgements: IndependenceJudgement, groups: tuple[OriginGroup, ...] = (), **rest: Any) -> Register:
    """The people of these tests, with some judgements."""
    return register(*ENTITIES, groups=groups, questions=(WHERE, WHEN, ALSO), independence=judgements, **rest)


def by(publisher: str, *hops: Any, **fields: Any) -> Claim:
    """A claim in a document of a publisher."""
    made = claim(*hops, paper=f"9{len(publisher)}-{publisher}", **fields)
    return replace(made, document=replace(made.document, publisher=publisher))


def told(claims: Iterable[Claim], of: Register, edge: Edge = EDGE) -> Drawn:
    return draw(claims, of)[edge]


def count(claims: Iterable[Claim], of: Register, edge: Edge = EDGE) -> int:
    return told(claims, of, edge).independent.count


COUNCIL = by("gazette", source("council"))
WITNESS = by("courier", source("witness"), evidence=("EyewitnessAccount",))
PAIR = known(judged("council", "witness"))


# ---- what raises the count ------------------------------------------------------------------------


def test_an_independent_eyewitness_raises_the_count() -> None:
    assert count([COUNCIL], PAIR) == 1
    drawn = told([COUNCIL, WITNESS], PAIR)
    assert (drawn.independent.count, drawn.status) == (2, "DrawnCorroborated")


def test_without_a_signed_judgement_two_origins_stay_two_origins() -> None:
    drawn = told([COUNCIL, WITNESS], known())
    assert (len(drawn.origins), drawn.independent.count, drawn.status) == (2, 1, "DrawnSeveralOrigins")
    assert drawn.why == (
        "2 origins (council as relayed by gazette, witness as relayed by courier),"
        " whose independence nobody has established"
    )


@pytest.mark.parametrize("verdict", ["Excluded", "NotEstablished"])
def test_only_an_established_verdict_counts_and_another_is_told(verdict: str) -> None:
    drawn = told([COUNCIL, WITNESS], known(judged("council", "witness", verdict)))
    assert (drawn.independent.count, drawn.status) == (1, "DrawnSeveralOrigins")
    word = {"Excluded": "excluded", "NotEstablished": "not established"}[verdict]
    assert drawn.why.endswith(f"nobody has established (ind-council-witness: it is {word})")


def test_the_sentence_names_the_origins_and_the_reason() -> None:
    assert told([COUNCIL, WITNESS], PAIR).why == (
        "2 origins, independent by signed judgement, stand behind it: council as relayed by gazette, witness as"
        " relayed by courier (ind-council-witness: council and witness each looked.)"
    )
    three = told([COUNCIL, WITNESS, by("echo", source("ministry"))], PAIR)
    assert three.why.startswith("2 of 3 origins, independent")
    assert "ministry" not in three.why


def test_a_denial_still_contests_what_independent_origins_affirm() -> None:
    denied = by("echo", source("ministry", polarity="Denies"))
    drawn = told([COUNCIL, WITNESS, denied], PAIR)
    assert (drawn.independent.count, drawn.status) == (2, "DrawnContested")


def test_those_who_deny_corroborate_nothing() -> None:
    assert count([COUNCIL, by("courier", source("witness", polarity="Denies"))], PAIR) == 1


# ---- what never raises it -------------------------------------------------------------------------


def test_a_reprint_raises_nothing() -> None:
    original, copy = document("900-gazette"), replace(document("902-echo"), publisher="echo")
    of = known(judged("council", "witness"), documents=(original, replace(copy, republishes=("900-gazette",))))
    both = [claim(source(who), paper="900-gazette") for who in ("council", "witness")]
    reprint = [
        replace(claim(source("council"), paper="902-echo"), document=replace(copy, republishes=("900-gazette",)))
    ]
    assert count(both, of) == count([*both, *reprint], of) == 1
    assert count([*both, *[replace(one, document=copy) for one in reprint]], known(judged("council", "witness"))) == 2


def test_an_agency_that_is_printed_twice_is_one_way() -> None:
    wire = [
        replace(document(name), publisher=who, republishes=("wire",))
        for name, who in (("900-a", "gazette"), ("901-b", "echo"))
    ]
    both = [
        replace(claim(source(who)), document=paper) for who, paper in zip(("council", "witness"), wire, strict=True)
    ]
    assert count(both, known(judged("council", "witness"), documents=tuple(wire))) == 1
    assert count(both, PAIR) == 1  # also where nothing is known but the claims


def test_a_tenth_repetition_raises_nothing() -> None:
    alone = [COUNCIL, by("gazette", source("witness"))]
    repeated = [by(paper, relay("author"), relay("gazette"), source("council")) for paper in ("courier", "echo") * 5]
    assert count(alone, PAIR) == count([*alone, *repeated], PAIR) == 1
    assert count([*alone, by("echo", relay("author"), source("council"))], PAIR) == 2  # heard by another medium
    assert count([COUNCIL, *repeated], PAIR) == 1


def test_a_second_authors_inference_raises_nothing() -> None:
    concluded = by("courier", source("author"), evidence=("AnalystInference",))
    of = known(judged("council", "author"))
    assert count([COUNCIL, concluded], of) == 1
    assert count([COUNCIL, by("courier", source("author"), evidence=("EyewitnessAccount",))], of) == 2


def test_a_second_prisoner_of_the_same_custodian_raises_nothing() -> None:
    cells = ("gazette", "courier")
    prisoners = [
        by(paper, relay("author"), held(who, "constabulary"), evidence=("CustodialStatement",))
        for paper, who in zip(cells, ("witness", "worker"), strict=True)
    ]
    of = known(judged("witness", "worker"), judged("witness", "constabulary"), judged("constabulary", "ministry"))
    assert count(prisoners, of) == 1
    freed = [by(paper, source(who)) for paper, who in zip(cells, ("witness", "worker"), strict=True)]
    assert count(freed, of) == 2
    assert count([*prisoners, by("echo", source("ministry"))], of) == 2  # the custodian is the origin


def test_a_second_member_of_a_group_raises_nothing() -> None:
    side = group("side", "council", "constabulary")
    both = [COUNCIL, by("courier", source("constabulary"))]
    established = judged("council", "constabulary")
    assert count(both, known(established)) == 2
    assert count(both, known(established, groups=(side,))) == 1


@pytest.mark.parametrize("name", NONE_ADDED)
def test_what_adds_no_origin_adds_no_independent_one(name: str) -> None:
    """Each discount of the rule by itself: the same judgement counts as soon as the speaker adds an origin."""
    hops, fields, _ = NONE_ADDED[name]
    who = hops[-1].speaker
    other = "ministry" if who == "council" else "council"
    of = known(judged(who, other), documents=())
    plain = by("echo", source(other))
    assert count([plain, by("courier", *hops, **fields)], of) == 1
    if who != "residents":
        assert count([plain, by("courier", source(who))], of) == 2
    else:
        named_ = register(entity("residents"), questions=(WHERE,), independence=of.independence)
        assert count([plain, by("courier", source(who))], named_) == 2


def test_a_retracted_claim_counts_for_nothing() -> None:
    assert count([COUNCIL, retracted(WITNESS)], PAIR) == 1
    elsewhere = by("echo", source("council"), edge=Edge("flood", "occurredAt", Ref("low-gate")))
    alone = [COUNCIL, by("gazette", source("witness"))]
    assert count([*alone, elsewhere], PAIR) == 2
    assert count([*alone, retracted(elsewhere)], PAIR) == 1


def test_a_stronger_edge_lends_nothing_to_another() -> None:
    elsewhere = Edge("gate-opening", "occurredAt", Ref("halmer"))
    assert count([COUNCIL, replace(WITNESS, edge=elsewhere)], PAIR) == 1


# ---- for which question ---------------------------------------------------------------------------


def test_a_judgement_holds_for_its_question_alone() -> None:
    assert count([COUNCIL, WITNESS], known(judged("council", "witness", question="when"))) == 1
    other = Edge("flood", "occurredAt", Ref("low-gate"))
    assert count([replace(c, edge=other) for c in (COUNCIL, WITNESS)], PAIR, other) == 1


def test_pairs_of_different_questions_make_no_set() -> None:
    three = [COUNCIL, WITNESS, by("echo", source("ministry"))]
    pairs = (("council", "witness"), ("council", "ministry"), ("witness", "ministry"))
    assert count(three, known(*(judged(*pair) for pair in pairs))) == 3
    assert count(three, known(*(judged(*pair) for pair in pairs[:2]))) == 2
    mixed = [judged(*pair, question=q) for pair, q in zip(pairs, ("q", "q", "also"), strict=True)]
    assert count(three, known(*mixed)) == 2
    twice = [*(judged(*pair) for pair in pairs[:1]), *(judged(*pair, question="also") for pair in pairs)]
    assert count(three, known(*twice)) == 3  # the question that carries most


# ---- speakers and groups --------------------------------------------------------------------------

SIDE = group("side", "council", "constabulary")
GUARD = by("echo", source("constabulary"))


def test_a_judgement_on_a_group_holds_for_its_members_and_lapses_with_it() -> None:
    judgement = judged("side", "witness")
    for claims in ([COUNCIL, WITNESS], [GUARD, WITNESS], [COUNCIL, GUARD, WITNESS]):
        assert count(claims, known(judgement, groups=(SIDE,))) == 2
        assert count(claims, known(judgement)) == 1


def test_a_judgement_on_a_member_holds_where_that_member_speaks() -> None:
    of = known(judged("constabulary", "witness"), groups=(SIDE,))
    assert count([GUARD, WITNESS], of) == 2
    assert count([COUNCIL, WITNESS], of) == 1
    assert count([COUNCIL, GUARD, WITNESS], of) == 2


def test_where_group_and_member_are_judged_apart_the_more_cautious_holds() -> None:
    for first, second in (("Established", "Excluded"), ("NotEstablished", "Established")):
        of = known(judged("side", "witness", first), judged("constabulary", "witness", second), groups=(SIDE,))
        assert count([GUARD, WITNESS], of) == 1
    mixed = known(judged("side", "witness"), judged("constabulary", "witness", "Excluded"), groups=(SIDE,))
    assert count([COUNCIL, GUARD, WITNESS], mixed) == 2  # by the council's word


def test_an_anonymous_official_counts_with_the_institution() -> None:
    of = known(judged("council", "ministry"))
    anonymous = by("courier", relay("author"), source("official"), evidence=("AnonymousOfficial",))
    assert count([COUNCIL, anonymous], of) == 2
    assert count([by("gazette", source("ministry")), anonymous], known(judged("ministry", "official"))) == 1


# ---- by what way ----------------------------------------------------------------------------------


def test_two_origins_that_share_their_only_publisher_are_never_independent() -> None:
    alone = [COUNCIL, by("gazette", source("witness"))]
    drawn = told(alone, PAIR)
    assert (drawn.independent.count, drawn.status) == (1, "DrawnSeveralOrigins")
    assert drawn.why.endswith("(ind-council-witness: both are heard through gazette alone)")
    crossed = [COUNCIL, WITNESS, by("courier", source("council")), by("gazette", source("witness"))]
    assert count(crossed, PAIR) == 2  # the same two publishers, and not one alone
    for other in (by("echo", source("council"), edge=Edge("flood", "occurredAt", Ref("halmer"))), WITNESS):
        assert count([*alone, other], PAIR) == 2


@pytest.mark.parametrize(
    ("hops", "expected"),
    [
        ((source("council"),), "echo"),
        ((relay("author"), source("council")), "echo"),
        ((relay("author"), relay("gazette"), source("council")), "gazette"),
        ((relay("courier"), relay("gazette"), source("council")), "gazette"),
        ((relay("gazette"), relay("ministry"), source("council")), "gazette"),
        ((relay("gazette"), replace(held("worker"), commitment="Neutral"), relay("courier"), source("x")), "gazette"),
        ((source("gazette"),), "echo"),
    ],
)
def test_a_word_comes_by_the_innermost_medium_that_relays_it(hops: tuple[Any, ...], expected: str) -> None:
    custodial = any(hop.held_by for hop in hops)
    one = by("echo", *hops, evidence=("CustodialStatement" if custodial else "PartyStatement",))
    assert list(routes([one], known()).values()) == [frozenset({expected})]


def test_only_what_adds_an_origin_shows_a_way() -> None:
    rejected = by("echo", relay("author", "Rejects"), source("council"))
    foretold = by("echo", source("council"), mode="Future")
    assert routes([COUNCIL, rejected, foretold, retracted(by("courier", source("council")))], known()) == {
        "council": frozenset({"gazette"})
    }


def test_an_origin_with_one_publisher_is_named_with_it() -> None:
    assert told([COUNCIL], known()).why == "one origin says so: council as relayed by gazette"
    assert told([COUNCIL, by("echo", source("council"))], known()).why.endswith("one origin stands behind it: council")
    assert told([by("council", source("council"))], known()).why == "one origin says so: council"
    own = told([by("constabulary", source("council"))], known(groups=(SIDE,)))
    assert own.why == "one origin says so: side"


def test_first_publishers_follow_republication_to_its_beginning() -> None:
    papers = [
        replace(document(name), publisher=who, republishes=above)
        for name, who, above in (
            ("900-a", "gazette", ()),
            ("901-b", "echo", ("900-a",)),
            ("902-c", "courier", ("901-b", "wire")),
            ("903-d", "courier", ("899-gone",)),
            ("904-e", "courier", ("905-f",)),
            ("905-f", "echo", ("904-e",)),
        )
    ]
    assert {name: sorted(found) for name, found in first_publishers(papers).items()} == {
        "900-a": ["gazette"],
        "901-b": ["gazette"],
        "902-c": ["gazette", "wire"],
        "903-d": ["899-gone"],
        "904-e": ["904-e"],
        "905-f": ["905-f"],
    }


# ---- properties -----------------------------------------------------------------------------------

SPEAKERS = ("council", "constabulary", "ministry", "witness", "official")
pairs = st.lists(st.sampled_from([*combinations((*SPEAKERS, "side"), 2)]), unique=True, max_size=8)
verdicts = st.sampled_from(("Established", "Established", "Established", "Excluded", "NotEstablished"))
sets_of_judgements = pairs.flatmap(
    lambda listed: st.tuples(*(st.builds(judged, st.just(a), st.just(b), verdicts, st.sampled_from(("q", "also"))) for a, b in listed))
)  # fmt: skip
papers = st.sampled_from(("gazette", "courier", "echo"))
spoken = st.builds(
    lambda paper, who, relays, kind: by(paper, *map(relay, relays), source(who), evidence=(kind,)),
    papers,
    st.sampled_from(SPEAKERS),
    st.lists(st.sampled_from(("author", "gazette", "echo")), max_size=2),
    st.sampled_from(("PartyStatement", "PartyStatement", "EyewitnessAccount", "AnalystInference")),
)
held_claims = st.lists(spoken, max_size=7)
some_groups = st.sampled_from(((), (SIDE,)))


@given(held_claims, sets_of_judgements, some_groups, st.data())
def test_counts_never_rise_when_claims_are_withdrawn(
    claims: list[Claim], judgements: tuple[IndependenceJudgement, ...], groups: Any, data: st.DataObject
) -> None:
    of = known(*judgements, groups=groups)
    kept = [c for c in claims if data.draw(st.booleans())]
    before = draw(claims, of)[EDGE].independent.count if claims else 0
    after = draw(kept, of)[EDGE].independent.count if kept else 0
    assert after <= before


@given(held_claims.filter(bool), sets_of_judgements, some_groups, st.randoms(use_true_random=False))
def test_neither_order_nor_signs_of_caution_raise_a_count(
    claims: list[Claim], judgements: tuple[IndependenceJudgement, ...], groups: Any, chance: Any
) -> None:
    of = known(*judgements, groups=groups)
    mixed = chance.sample(claims, len(claims))
    turned = [replace(j, between=j.between[::-1]) for j in chance.sample(judgements, len(judgements))]
    drawn = draw(claims, of)[EDGE]
    other = draw(mixed, known(*turned, groups=groups))[EDGE]
    assert (drawn.status, drawn.why, drawn.independent.origins) == (other.status, other.why, other.independent.origins)
    assert (drawn.independent.count > 1) == (drawn.status == "DrawnCorroborated")
    assert drawn.independent.count <= len(drawn.origins)
    fewer = [j for j in judgements if j.verdict == "IndependenceEstablished"]
    assert drawn.independent.count <= draw(claims, known(*fewer, groups=groups))[EDGE].independent.count


@given(held_claims, st.data(), sets_of_judgements, some_groups)
def test_a_copy_never_raises_a_count(
    claims: list[Claim], data: st.DataObject, judgements: tuple[IndependenceJudgement, ...], groups: Any
) -> None:
    """A copy names the medium it has the word from, as a repetition does that is coded in full."""
    if not claims:
        return
    of = known(*judgements, groups=groups)
    one = data.draw(st.sampled_from(claims))
    (heard,) = routes([replace(one, utterance=replace(one.utterance, evidence=("PartyStatement",)))], of).values()
    hops = (relay("author"), *map(relay, sorted(heard)), *one.utterance.by)
    copy = by(data.draw(papers), *hops, evidence=one.utterance.evidence)
    assert count([*claims, copy], of) == count(claims, of)


@given(st.integers(0, 7), st.data())
def test_the_largest_set_is_a_maximum_clique(size: int, data: st.DataObject) -> None:
    names = [f"o{n}" for n in range(size)]
    joined = {frozenset(pair) for pair in combinations(names, 2) if data.draw(st.booleans())}
    graph = networkx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from(tuple(pair) for pair in joined)
    found = largest(names, joined)
    assert len(found) == max((len(clique) for clique in networkx.find_cliques(graph)), default=0)
    assert {frozenset(pair) for pair in combinations(found, 2)} <= joined
    first = min(c for c in combinations(names, len(found)) if all(frozenset(p) in joined for p in combinations(c, 2)))
    assert found == first


def test_what_is_signed_is_given_with_the_set() -> None:
    claims = [COUNCIL, WITNESS, by("echo", source("ministry"))]
    of = known(judged("council", "witness"), judged("ministry", "witness", "Excluded"))
    found = independence(EDGE, claims, routes(claims, of), Judged(of))
    assert [origin.key for origin in found.origins] == ["council", "witness"]
    assert [j.id for j in found.judgements] == ["ind-council-witness"]
    assert [(j.id, why) for j, why in found.against] == [("ind-ministry-witness", "it is excluded")]
    assert independence(EDGE, [COUNCIL, retracted(WITNESS)], routes(claims, of), Judged(of)).count == 1
    assert independence(EDGE, [], {}, Judged(of)).count == 0


def test_of_two_questions_that_carry_as_much_the_first_is_told() -> None:
    pair = ("council", "witness")
    for names in (("ind-a", "ind-b"), ("ind-b", "ind-a")):
        of = known(*(judged(*pair, question=q, name=name) for q, name in zip(("also", "q"), names, strict=True)))
        assert [j.question for j in told([COUNCIL, WITNESS], of).independent.judgements] == ["q"]


# ---- the rules about what is signed -----------------------------------------------------------------

FILE = "independence.yaml"


def refused(old: str, new: str) -> list[tuple[str, int, str, str]]:
    corpus = read_texts(damaged(FILE, old, new))
    return [(p.code, p.line, p.found, p.fix) for p in judgement_problems(corpus)]


def test_the_invented_judgements_are_sound(mini: Corpus) -> None:
    assert len(mini.independence) == 3
    assert judgement_problems(mini) == []
    assert judgement_problems(replace(mini, independence=())) == []


@pytest.mark.parametrize(
    ("name", "words", "fix"),
    [
        ("gazette", "gazette in ind-keeper", "name who is quoted"),
        ("unnamed-residents", "unnamed-residents in ind-keeper", "name who is quoted"),
        ("held-lock-worker", "held-lock-worker in ind-keeper", "or the one who held them"),
        ("ministry-official", "ministry-official in ind-keeper", "name water-ministry, with which it counts"),
        ("author-901", "author-901 in ind-keeper", ""),
    ],
)
def test_who_is_the_origin_of_no_claim_cannot_be_judged(name: str, words: str, fix: str) -> None:
    ((code, line, found, how),) = refused("[halmer-side, ferry-keeper]", f"[halmer-side, {name}]")
    assert (code, line) == ("independence-unheard", 3)
    assert words in found
    assert fix in how


def test_a_member_of_a_group_can_be_judged() -> None:
    for name in ("halmer-council", "halmer-constabulary"):
        assert refused("[halmer-side, ferry-keeper]", f"[{name}, ferry-keeper]") == []


def test_origins_with_one_publisher_cannot_be_established(mini: Corpus) -> None:
    """The ministry is heard in the Courier too; with the Gazette and its reprint alone, it is not."""

    def found(verdict: str, *documents: str) -> list[tuple[str, str, str]]:
        kept = tuple(d for d in mini.documents if d.id in documents)
        judgements = (
            judged("hill-association", "water-ministry", verdict),
            judged("hill-association", "halmer-council", verdict),
        )
        problems = judgement_problems(replace(mini, documents=kept, independence=judgements))
        return [(p.code, p.found.partition(" as independent in ")[0], p.found.rpartition(", ")[2]) for p in problems]

    through = ("independence-publisher", "both heard through gazette alone")
    assert found("Established", "900-gazette", "901-courier", "902-echo") == []
    for documents in (("900-gazette",), ("900-gazette", "902-echo")):
        assert sorted(found("Established", *documents)) == [
            (through[0], "hill-association and halmer-council", through[1]),
            (through[0], "hill-association and water-ministry", through[1]),
        ]
        assert found("NotEstablished", *documents) == found("Excluded", *documents) == []


def test_inside_a_group_a_judgement_may_say_that_nothing_is_established() -> None:
    assert refused("[halmer-council, water-ministry]", "[halmer-council, halmer-constabulary]") == []


def test_a_retraction_breaks_no_judgement(mini: Corpus) -> None:
    """The Courier's claims taken back, the association and the ministry are heard through the Gazette alone."""
    courier = next(d for d in mini.documents if d.id == "901-courier")
    taken = replace(courier, utterances=tuple(replace(u, retracted=TAKEN_BACK) for u in courier.utterances))
    documents = tuple(taken if d is courier else d for d in mini.documents)
    judgements = (judged("hill-association", "water-ministry"), judged("ferry-keeper", "water-ministry"))
    assert judgement_problems(replace(mini, documents=documents, independence=judgements)) == []


def test_the_check_of_a_folder_refuses_them(mini_folder: Path) -> None:
    path = mini_folder / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("ferry-keeper", "gazette"), encoding="utf-8")
    for run_it in (lambda: check(mini_folder), lambda: build(mini_folder, mini_folder / "out")):
        with pytest.raises(CorpusError, match="independence-unheard"):
            run_it()


# ---- as derived results -----------------------------------------------------------------------------

DETAINED = """\
  - id: 901-c12
    passage: {paragraph: 5}
    says: "The keeper of the ferry says he saw the Halmer constabulary detain lock workers."
    by: [{speaker: author-901, commitment: Neutral}, {speaker: ferry-keeper}]
    evidence: [EyewitnessAccount]
    edges: [[halmer-constabulary, detained, lock-workers]]
"""
ASKED = """\
  - id: detained
    label: {en: "Did the constabulary detain lock workers?"}
    behaviour: YesNo
    patterns: [[halmer-constabulary, detained, "*"]]
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The invented corpus with an eyewitness more, and the judgement on him about that question."""
    folder = tmp_path_factory.mktemp("seen")
    files = {**texts(), FILE: texts()[FILE].replace("question: gate-opened", "question: detained")}
    files["901-courier.yaml"] += DETAINED
    files["questions.yaml"] += ASKED
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    build(folder, folder / "build")
    return Archive.open(folder / "build")


ADMITTED = Edge("halmer-constabulary", "detained", Ref("lock-workers"))


def test_sparql_sees_what_is_independent(seen: Archive, mini_archive: Archive) -> None:
    def rows(archive: Archive) -> list[list[str]]:
        answer = run(archive.store, named("origins-per-edge"), {}).rows
        assert answer is not None
        assert answer.columns[3:] == ("drawn", "claims", "documents", "origins", "independent", "why")
        return [[getattr(term, "value", "").rpartition("/")[2] for term in row] for row in answer.rows]

    first = rows(seen)[0]
    assert first[0] == "halmer-constabulary"
    assert first[3:8] == ["corroborated", "2", "1", "2", "2"]
    assert "ind-keeper: The keeper stood on his boat" in first[8]
    counts = [[int(n) for n in (row[7], row[6], row[5], row[4])] for row in rows(mini_archive)]
    assert counts == sorted(counts, reverse=True)
    assert {row[0] for row in counts} == {0, 1}
    assert "withheld" not in {row[3] for row in rows(mini_archive)}


def test_the_derived_node_carries_the_count_and_the_rule(seen: Archive) -> None:
    node = iri("derived", f"status/{proposition_id(ADMITTED)}")
    facts = {q.predicate: q.object for q in seen.store.about(node)}
    assert facts[say.independentOriginCount].value == facts[say.originCount].value == "2"
    assert facts[say.ruleVersion].value == RULE_VERSION


def test_the_judgements_can_be_asked_for(mini_archive: Archive) -> None:
    answer = run(mini_archive.store, named("independence"), {}).rows
    assert answer is not None
    shown = [[getattr(term, "value", "").rpartition("/")[2] for term in row] for row in answer.rows]
    assert shown == [
        ["ind-association", "hill-association", "water-ministry", "held-in-lockhouse", "excluded", "second coder", "2031-04-21", "The association counts from a list that the ministry keeps."],
        ["ind-hurt", "halmer-council", "water-ministry", "injured", "not-established", "first coder", "2031-04-21", "Neither says who counted."],
        ["ind-keeper", "ferry-keeper", "halmer-side", "gate-opened", "established", "first coder", "2031-04-21", "The keeper stood on his boat; the council has it from its constabulary, which came later."],
    ]  # fmt: skip


def test_an_archive_draws_what_the_build_drew(seen: Archive) -> None:
    drawn = draw(seen.claims_of_utterances(sorted({c.rpartition(".")[0] for c in seen.claim_ids()})), seen.register)
    for edge, how in drawn.items():
        facts = {
            q.predicate: q.object.value for q in seen.store.about(iri("derived", f"status/{proposition_id(edge)}"))
        }
        assert facts[say.drawnReason] == how.why
        assert facts[say.independentOriginCount] == str(how.independent.count)
    assert drawn[ADMITTED].status == "DrawnCorroborated"
