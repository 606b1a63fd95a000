"""Model values → evidence values: ids become labels, axes become words, edges become bundles."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from graph.addressed import Asking
from graph.content import Edge, Figure, Ref, Thing
from graph.corpus.locators import anchor
from graph.evidence.values import (
    Bundle,
    ClaimEvidence,
    DocumentEvidence,
    EdgeEvidence,
    Evidence,
    FigureEvidence,
    HopEvidence,
    Named,
    Node,
    PassageEvidence,
    Term,
)
from graph.facets import TRUTH, event_time, far_end, thing_id, value_text
from graph.model import Claim, Condition, Document, Entity, Hop, Utterance
from graph.origins import Register, discount, origin_of
from graph.rdf import proposition_id
from graph.status import effective_certainty
from graph.vocabulary import vocabulary

TOOK_PLACE = "it took place"
CONTEXT = 160  # characters shown before and after an original passage


def term(scheme: str, name: str) -> Term:
    """A concept as views show it; its id is the short token."""
    concept = vocabulary().concept(scheme, name)
    return Term(concept.notation, concept.label, concept.definition)


def node_of(entity: Entity, claims: int) -> Node:
    """An entity as a node of a picture."""
    return Node(entity.id, entity.kind, entity.name, entity.label, claims)


def reading(predicate: str) -> str:
    """The words between subject and object."""
    return vocabulary().property(predicate).forward


class Assembler:
    """Puts evidence together with the register, the documents and attached originals at hand."""

    def __init__(
        self, register: Register, documents: Mapping[str, Document], text: Callable[[str], str | None]
    ) -> None:
        self._register = register
        self._documents = documents
        self._text = text
        self._asking = Asking(register.questions)

    # ---- names ----------------------------------------------------------------------------

    def named(self, name: str) -> Named:
        return Named(name, self._register.called(name))

    def thing(self, thing: Thing) -> Named:
        """The object of an edge: an entity, or a value with an id of its own."""
        if isinstance(thing, Ref):
            return self.named(thing.id)
        return Named(thing_id(thing), value_text(thing, lambda name: self.named(name).label))

    def node(self, named: Named) -> Node:
        entity = self._register.entities.get(named.id)
        if entity is not None:
            return node_of(entity, 0)
        kind = named.id.partition("-")[0].capitalize()
        return Node(named.id, kind, named.label, (("en", named.label),), 0)

    # ---- claims ---------------------------------------------------------------------------

    def claim(self, claim: Claim, drawn: str, why: str, reported: str) -> ClaimEvidence:
        """One claim, whole."""
        u, source = claim.utterance, claim.utterance.source
        origin = origin_of(u, self._register)
        group = self._register.groups.get(origin.entity)
        premises = [p for i in u.infers if u.claim_id(i.claim) == claim.id for p in i.premises]
        record = u.record or claim.document.record
        start, end = event_time(claim)
        return ClaimEvidence(
            claim=claim.id,
            utterance=u.id,
            proposition=proposition_id(claim.edge),
            says=u.says,
            subject=self.named(claim.edge.subject),
            predicate=Named(claim.edge.predicate, vocabulary().property(claim.edge.predicate).label),
            reading=reading(claim.edge.predicate),
            object=self.thing(claim.edge.object),
            figure=_figure(claim.edge.object),
            event_start=start,
            event_end=end,
            reported_status=term("ReportedStatus", reported),
            drawn_status=term("DrawnStatus", drawn),
            drawn_reason=why,
            force=term("Force", source.force or "Asserts"),
            polarity=term("Polarity", source.polarity or "Affirms"),
            certainty=term("Certainty", effective_certainty(u.by)),
            mode=term("Mode", u.mode),
            text_reading=term("Reading", u.reading),
            position=term("Position", u.position),
            condition=self._conditions(u.condition),
            chain=tuple(self._hop(hop) for hop in u.by),
            evidence_kinds=tuple(term("EvidenceKind", kind) for kind in u.evidence),
            origin=self.named(origin.entity),
            origin_group=Named(group.id, group.label) if group else None,
            discount=discount(u, self._register),
            document=self.document(claim.document),
            passage=self.passage(u, claim.document),
            about=tuple(self.named(name) for name in u.about),
            could_also=u.could_also,
            addresses=tuple(Named(q.id, q.name) for q in self._asking.of(claim.edge)),
            premises=tuple(premises),
            recorded_by=record.by,
            recorded_at=record.at,
            note=u.note,
            retracted=f"{u.retracted.at}: {u.retracted.note}" if u.retracted else None,
        )

    def _conditions(self, conditions: Sequence[Condition]) -> str | None:
        if not conditions:
            return None
        worded = []
        for condition in conditions:
            edge = condition.edge
            link = vocabulary().concept("ConditionLink", condition.link).label
            negation = "not: " if condition.polarity == "Denies" else ""
            worded.append(f"{link} {negation}{self.sentence(edge)}")
        return "; ".join(worded)

    def sentence(self, edge: Edge) -> str:
        """An edge in words; never shown without its status beside it."""
        words = f"{self.named(edge.subject).label} {reading(edge.predicate)}"
        return words if edge.predicate == "tookPlace" else f"{words} {self.thing(edge.object).label}"

    def _hop(self, hop: Hop) -> HopEvidence:
        return HopEvidence(
            speaker=self.named(hop.speaker),
            commitment=term("Commitment", hop.commitment),
            force=term("Force", hop.force) if hop.force else None,
            polarity=term("Polarity", hop.polarity) if hop.polarity else None,
            certainty=term("Certainty", hop.certainty) if hop.certainty else None,
            cue=hop.cue,
            circumstances=tuple(term("Circumstance", name) for name in hop.circumstances),
            held_by=self.named(hop.held_by.who) if hop.held_by else None,
            held_by_basis=term("HopBasis", hop.held_by.basis).label if hop.held_by else None,
            addressee=tuple(self.named(name) for name in hop.to),
            said_at=hop.said_at,
            basis=term("HopBasis", hop.basis).label,
        )

    def document(self, document: Document) -> DocumentEvidence:
        """The document, without its contents."""
        return DocumentEvidence(
            id=document.id,
            title=document.title,
            publisher=self.named(document.publisher),
            kind=term("DocumentKind", document.kind),
            published_from=document.published.start,
            published_to=document.published.end,
            captured=document.captured,
            leaning=document.leaning,
            text_quality=term("TextQuality", document.text_quality),
        )

    def passage(self, u: Utterance, document: Document) -> PassageEvidence:
        """The passage: our digest always, the original's words only where it is attached."""
        text = self._text(document.id)
        found = anchor(text, u.passage)
        quoted: tuple[str | None, str | None, str | None] = (None, None, None)
        if text is not None and found.start is not None and found.end is not None:
            line_start = text.rfind("\n", 0, found.start) + 1
            line_end = text.find("\n", found.end)
            line_end = len(text) if line_end < 0 else line_end
            quoted = (
                text[max(line_start, found.start - CONTEXT) : found.start],
                text[found.start : found.end],
                text[found.end : min(line_end, found.end + CONTEXT)],
            )
        summary = next((p.text for p in document.digest if p.number == u.passage.paragraph), "")
        where = u.passage
        return PassageEvidence(
            document.id, where.paragraph, where.start, where.end, summary, where.sha256, found.state, *quoted
        )

    # ---- edges and bundles ----------------------------------------------------------------

    def edge(self, claims: tuple[ClaimEvidence, ...], origins: int) -> EdgeEvidence:
        """Claims of one proposition as one edge."""
        first = claims[0]
        return EdgeEvidence(
            proposition=first.proposition,
            subject=first.subject,
            predicate=first.predicate,
            reading=first.reading,
            object=first.object,
            drawn_status=first.drawn_status,
            why=first.drawn_reason,
            origins=origins,
            claims=claims,
        )

    def bundles(self, edges: Iterable[EdgeEvidence]) -> list[Bundle]:
        """One bundle per ordered pair of nodes and drawn status; every edge is in exactly one."""
        grouped: dict[tuple[str, str, str], list[EdgeEvidence]] = defaultdict(list)
        for edge in edges:
            grouped[(edge.subject.id, far_end(edge.subject.id, edge.object.id), edge.drawn_status.id)].append(edge)
        return [
            Bundle("~".join(key), key[0], key[1], held[0].drawn_status, tuple(held))
            for key, held in sorted(grouped.items())
        ]

    def ends(self, bundle: Bundle) -> Iterator[Node]:
        """The two nodes of a bundle."""
        edge = bundle.edges[0]
        yield self.node(edge.subject)
        yield self.node(Named(bundle.target, TOOK_PLACE if edge.object.id == TRUTH else edge.object.label))

    def evidence(self, bundle: Bundle, searched: int) -> Evidence:
        """The evidence behind a bundle, with who says otherwise."""
        source, target = self.ends(bundle)
        claims = {claim.claim: claim for edge in bundle.edges for claim in edge.claims}
        documents = {claim.document.id for claim in claims.values()}
        contested = [edge.why for edge in bundle.edges if edge.drawn_status.id == "contested"]
        denied = [c for c in claims.values() if c.polarity.id == "denies"]
        answer = "; ".join(dict.fromkeys(contested)) or None
        counted = f"{_count(len(claims), 'claim')} from {_count(len(documents), 'document')}"
        adding = max(edge.origins for edge in bundle.edges)
        behind = "no origin shown" if adding == 0 else _count(adding, "origin")
        silence = f"denied by nobody in this corpus ({searched} documents searched; silence is no agreement)"
        if len(denied) == len(claims):
            sentence = f"{counted}: it is only said not to be so."
        elif denied or contested:
            sentence = f"{counted}; {behind} behind those that affirm it."
        else:
            sentence = f"{counted}; {behind} behind it; {silence}."
        words = ", ".join(dict.fromkeys(edge.reading for edge in bundle.edges))
        return Evidence(
            id=bundle.id,
            title=f"{source.label} — {words} — {target.label}"
            if target.kind != "Truth"
            else f"{source.label}: did it take place?",
            sentence=sentence,
            source=Named(source.id, source.label),
            target=Named(target.id, target.label),
            disagreement=f"Contested: {answer}." if answer else None,
            edges=bundle.edges,
        )


def _figure(thing: Thing) -> FigureEvidence | None:
    if not isinstance(thing, Figure):
        return None
    value = None if thing.value is None else format(thing.value.normalize(), "f")
    low = value if thing.low is None else format(thing.low.normalize(), "f")
    high = value if thing.high is None else format(thing.high.normalize(), "f")
    if thing.comparator in ("AtLeast", "MoreThan"):
        high = None
    if thing.comparator in ("AtMost", "LessThan"):
        low = None
    if thing.comparator == "InWords" and thing.high is None:
        high = None
    return FigureEvidence(low, high, term("Comparator", thing.comparator), thing.of or thing.unit or "", thing.as_of)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
