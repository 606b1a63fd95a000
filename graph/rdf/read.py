"""Quads → model: what was written comes back the same, so views can trust either side.

`read_record` takes any set of quads (a whole build, or what a store gave for some utterances) and
returns the parts it can make whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from graph.model import (
    Alias,
    Assessment,
    Condition,
    Corpus,
    CoverageRule,
    Custody,
    Document,
    Entity,
    Hop,
    IdentityJudgement,
    IndependenceJudgement,
    Inferring,
    OriginGroup,
    Paragraph,
    Passage,
    Pattern,
    PlaceFacts,
    Published,
    Question,
    Record,
    Retraction,
    SamePopulation,
    SourceRelation,
    Utterance,
)
from graph.rdf.nodes import Facts, Index, natural
from graph.rdf.terms import HAS_SOURCE, LABEL, NOTE, PREF, SOURCE, TYPE, XL_ALT, XL_FORM, short
from graph.vocabulary import DCTERMS, ID, OA, say, vocabulary

LANGUAGES = ("en", "ku", "ar", "tr")


def read_record(quads: Iterable[Quad]) -> Corpus:
    """Read model values back from quads.

    Documents come without the description of their originals (it stays in the corpus files). Raises
    BuildError when a part is incomplete.
    """
    graph = Index(quads)
    utterances = _utterances(graph)
    paragraphs: dict[str, list[Paragraph]] = defaultdict(list)
    for node in graph.of_type(say.DigestParagraph):
        paragraphs[node.name(say.ofDocument)].append(Paragraph(int(node.one(say.paragraph)), node.one(say.digestText)))
    return Corpus(
        documents=tuple(_document(n, paragraphs, utterances) for n in graph.of_type(say.Document)),
        entities=tuple(_entity(n, graph) for n in graph.of_type(say.Entity)),
        questions=tuple(_question(n, graph) for n in graph.of_type(say.Question)),
        groups=tuple(_group(n) for n in graph.of_type(say.OriginGroup)),
        assessments=tuple(_assessment(n) for n in graph.of_type(say.Assessment)),
        independence=tuple(_independence(n) for n in graph.of_type(say.IndependenceJudgement)),
        relations=tuple(_relation(n) for n in graph.of_type(say.SourceRelation)),
    )


def read_utterances(quads: Iterable[Quad]) -> dict[str, list[Utterance]]:
    """The utterances among quads, by document id, in order; BuildError when one is incomplete."""
    return _utterances(Index(quads))


def _utterances(graph: Index) -> dict[str, list[Utterance]]:
    found: dict[str, list[Utterance]] = defaultdict(list)
    claims: dict[str, list[Facts]] = defaultdict(list)
    for claim in graph.of_type(say.Claim):
        claims[claim.name(say.ofUtterance)].append(claim)
    parts = _Parts(graph, claims)
    for node in graph.of_type(say.Utterance, say.GarbledReading):
        source = graph.node(node.one(say.inPassage)).name(HAS_SOURCE)
        found[source].append(parts.utterance(node))
    for listed in found.values():
        listed.sort(key=lambda u: natural(u.id))
    return found


class _Parts:
    def __init__(self, graph: Index, claims: dict[str, list[Facts]]) -> None:
        self.graph = graph
        self.claims = claims
        self.conditions: dict[str, list[Facts]] = defaultdict(list)
        for node in graph.of_type(say.Condition):
            self.conditions[node.name(say.ofUtterance)].append(node)
        self.inferences = {node.name(say.conclusion): node for node in graph.of_type(say.Inference)}

    def utterance(self, node: Facts) -> Utterance:
        name = short(node.iri)
        passage = self.graph.node(node.one(say.inPassage))
        claims = self.claims.get(name, [])
        retracted = node.maybe(say.retractedAt)
        return Utterance(
            id=name,
            passage=_passage(passage, self.graph),
            says=node.one(say.says),
            by=self.hops(node),
            evidence=node.terms(say.evidenceKind),
            printed=node.maybe(say.printed),
            reading=node.term(say.reading),
            position=node.term(say.position),
            mode=node.term(say.mode),
            condition=tuple(self.condition(n) for n in self.conditions[name]),
            edges=tuple(self.graph.edge(claim.one(say.content)) for claim in claims),
            about=node.names(say.about),
            could_also=tuple(n.value for n in node.all(say.couldAlso)),
            infers=tuple(self.inferring(c) for c in claims if short(c.iri) in self.inferences),
            note=node.maybe(NOTE),
            record=Record(node.name(say.recordedBy), node.one(say.recordedAt)),
            retracted=Retraction(
                retracted, node.name(say.retractedBy), node.term(say.retractionReason), node.one(say.retractionNote)
            )
            if retracted
            else None,
        )

    def hops(self, node: Facts) -> tuple[Hop, ...]:
        hops: list[Hop] = []
        current: str | None = node.one(say.outerHop)
        while current is not None:
            hop = self.graph.node(current)
            held = hop.maybe_name(say.heldBy)
            hops.append(
                Hop(
                    speaker=hop.name(say.speaker),
                    commitment=hop.term(say.commitment),
                    force=hop.maybe_term(say.force),
                    polarity=hop.maybe_term(say.polarity),
                    certainty=hop.maybe_term(say.certainty),
                    to=hop.names(say.addressee),
                    cue=hop.maybe(say.cue),
                    circumstances=hop.terms(say.circumstance),
                    held_by=Custody(held, hop.term(say.heldByBasis)) if held else None,
                    said_at=hop.maybe(say.saidAt),
                    basis=hop.term(say.hopBasis),
                )
            )
            current = hop.maybe(say.relays)
        return tuple(hops)

    def condition(self, node: Facts) -> Condition:
        return Condition(
            self.graph.edge(node.one(say.conditionContent)),
            node.term(say.conditionLink),
            node.term(say.conditionPolarity),
        )

    def inferring(self, claim: Facts) -> Inferring:
        name = short(claim.iri)
        node = self.inferences[name]
        return Inferring(
            int(name.rpartition(".")[2]), node.names(say.premise), node.term(say.scheme), node.term(say.needs)
        )


def _passage(node: Facts, graph: Index) -> Passage:
    selector = node.maybe(NamedNode(OA + "hasSelector"))
    start = end = None
    if selector is not None:
        facts = graph.node(selector)
        start, end = int(facts.one(NamedNode(OA + "start"))), int(facts.one(NamedNode(OA + "end")))
    return Passage(int(node.one(say.paragraph)), start, end, node.maybe(say.passageSha256))


def _document(node: Facts, paragraphs: dict[str, list[Paragraph]], utterances: dict[str, list[Utterance]]) -> Document:
    name = short(node.iri)
    return Document(
        id=name,
        title=node.one(NamedNode(DCTERMS + "title")),
        kind=node.term(say.documentKind),
        publisher=node.name(say.publisher),
        author=node.name(say.author),
        language=node.one(NamedNode(DCTERMS + "language")),
        published=Published(node.one(say.publishedFrom), node.one(say.publishedTo), node.one(say.publishedBasis)),
        captured=node.one(say.capturedAt),
        text_quality=node.term(say.textQuality),
        leaning=node.one(say.leaning),
        record=Record(node.name(say.recordedBy), node.one(say.recordedAt)),
        digest=tuple(sorted(paragraphs[name], key=lambda p: p.number)),
        utterances=tuple(utterances[name]),
        url=node.maybe(SOURCE),
        republishes=node.names(say.republishes),
        availability=node.maybe(say.availability),
        note=node.maybe(NOTE),
    )


def _labels(node: Facts) -> tuple[tuple[str, str], ...]:
    found = {v.language: v.value for v in node.all(PREF) if isinstance(v, Literal) and v.language}
    return tuple((lang, found[lang]) for lang in LANGUAGES if lang in found)


def _kind(node: Facts) -> str:
    names = [vocabulary().name(value.value) for value in node.all(TYPE)]
    return next(name for name in names if name not in ("Entity", "Actor"))


def _entity(node: Facts, graph: Index) -> Entity:
    aliases = []
    for mark in node.all(XL_ALT):
        label = graph.node(mark.value)
        form = label.all(XL_FORM)[0]
        assert isinstance(form, Literal)
        aliases.append(Alias(form.value, form.language or "", label.name(SOURCE)))
    lat, lon = node.decimal(say.latitude), node.decimal(say.longitude)
    place = None
    if lat is not None and lon is not None:
        place = PlaceFacts(
            lat, lon, node.term(say.coordinatePrecision), node.term(say.placeLevel), node.one(say.coordinateSource)
        )
    name = short(node.iri)
    return Entity(
        id=name,
        kind=_kind(node),
        label=_labels(node),
        aliases=tuple(sorted(aliases, key=lambda a: (a.document, a.text, a.lang))),
        organ_of=node.maybe_name(say.organOf),
        institution=node.maybe_name(say.institution),
        within=node.maybe_name(say.within),
        part_of=node.maybe_name(say.partOf),
        members=node.names(say.member),
        unidentified=node.maybe(say.unidentified) == "true",
        place=place,
        possible_same=tuple(
            _identity(mark, name)
            for mark in graph.by_owner(say.IdentityJudgement, lambda mark: short(mark.iri).partition("/")[0]).get(
                name, ()
            )
        ),
        formerly=tuple(sorted(graph.formerly[node.iri.value])),
        note=node.maybe(NOTE),
    )


def _identity(mark: Facts, name: str) -> IdentityJudgement:
    other = short(mark.iri).removeprefix(f"{name}/")
    return IdentityJudgement(other, mark.name(say.signedBy), mark.one(say.signedAt), mark.one(say.rationale))


def _pattern(value: str) -> Pattern:
    subject, predicate, target = value.split(" ")
    return Pattern(subject, predicate, target)


def _question(node: Facts, graph: Index) -> Question:
    def ours(kind: NamedNode) -> Sequence[Facts]:
        return graph.by_owner(kind, lambda judgement: judgement.one(say.ofQuestion)).get(node.iri.value, ())

    return Question(
        id=short(node.iri),
        label=_labels(node),
        behaviour=node.term(say.quantityBehaviour),
        patterns=tuple(_pattern(v.value) for v in node.all(say.questionPattern)),
        same_population=tuple(
            SamePopulation(
                (m.names(say.samePopulation)[0], m.names(say.samePopulation)[1]),
                m.name(say.signedBy),
                m.one(say.signedAt),
                m.one(say.rationale),
            )
            for m in ours(say.PopulationJudgement)
        ),
        covers=tuple(
            CoverageRule(
                _pattern(m.one(say.denialOf)),
                tuple(_pattern(v.value) for v in m.all(say.contests)),
                m.name(say.signedBy),
                m.one(say.signedAt),
                m.one(say.rationale),
            )
            for m in ours(say.CoverageRule)
        ),
        note=node.maybe(NOTE),
    )


def _group(node: Facts) -> OriginGroup:
    return OriginGroup(
        short(node.iri),
        node.one(LABEL),
        node.names(say.groupMember),
        node.name(say.signedBy),
        node.one(say.signedAt),
        node.one(say.rationale),
    )


def _assessment(node: Facts) -> Assessment:
    target = node.one(say.assesses)
    kind = target.removeprefix(ID).split("/")[0]
    return Assessment(
        id=short(node.iri),
        about={"entity": "Entity", "document": "Document", "claim": "Claim", "utterance": "Garbled"}[kind],
        target=node.name(say.assesses),
        by=node.name(say.signedBy),
        at=node.one(say.signedAt),
        reason=node.one(say.rationale),
        status=node.term(say.assessedStatus),
        reliability=node.maybe_term(say.reliability),
        credibility=node.maybe_term(say.credibility),
        likelihood=node.maybe_term(say.likelihood),
        confidence=node.maybe_term(say.confidence),
        cites=node.names(say.citesClaim),
    )


def _independence(node: Facts) -> IndependenceJudgement:
    first, second = sorted(node.names(say.betweenOrigins))
    return IndependenceJudgement(
        id=short(node.iri),
        between=(first, second),
        question=node.name(say.ofQuestion),
        verdict=node.term(say.independence),
        by=node.name(say.signedBy),
        at=node.one(say.signedAt),
        reason=node.one(say.rationale),
    )


def _relation(node: Facts) -> SourceRelation:
    return SourceRelation(
        id=short(node.iri),
        kind=node.term(say.relationKind),
        source=node.name(say.relatesFrom),
        target=node.name(say.relatesTo),
        by=node.name(say.signedBy),
        at=node.one(say.signedAt),
        reason=node.one(say.rationale),
    )
