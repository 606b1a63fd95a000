"""One row per claim with everything a view can be narrowed by: written with the build, read back in one go.

A row holds ids and tokens only, so that a hundred thousand of them fit a laptop's memory and a view
needs the store for nothing but what it shows.
"""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import Path
from sys import intern
from typing import NamedTuple

from graph.addressed import Asking
from graph.content import Date, Edge, Figure, Interval, Ref, Thing
from graph.errors import BuildError
from graph.model import Claim, Corpus
from graph.origins import Drawn, Register, discount, drawn_edges, origin_of, shown_claims
from graph.rdf import digest, figure_key, figure_text, interval_key, proposition_id
from graph.status import affirmed_in, reported_status
from graph.vocabulary import vocabulary

TRUTH = "truth"
WITHHELD = "DrawnWithheld"
_DATED = {"onDate": (True, True), "startedOn": (True, False), "endedOn": (False, True)}


class Row(NamedTuple):
    """A claim as filters see it. Days are ISO dates of any precision, statuses are tokens."""

    claim: str
    proposition: str
    subject: str
    predicate: str
    object: str
    value: str  # what stands at the far end in words, where it is no entity
    family: str
    document: str
    publisher: str
    said: str  # whose word it is: the innermost speaker
    relay: tuple[str, ...]
    origin: str  # what it is counted with
    adds: bool
    kind: tuple[str, ...]
    question: tuple[str, ...]
    # first and last day given for the event by the utterance, else by anybody; "" is open
    happened: tuple[str, str] | None
    published: tuple[str, str]
    reported: str
    polarity: str
    retracted: bool
    drawn: str
    origins: int
    independent: int

    @property
    def speaker(self) -> tuple[str, ...]:
        """Everybody through whose mouth it went."""
        return (*self.relay, self.said)

    @property
    def denies(self) -> bool:
        """Whether it is said not to be so."""
        return self.polarity == "denies"

    @property
    def target(self) -> str:
        """The node at the far end of the line."""
        return far_end(self.subject, self.object)

    @property
    def bundle(self) -> str:
        """The id of the line on which the claim is drawn."""
        return f"{self.subject}~{self.target}~{self.drawn}"


def far_end(subject: str, thing: str) -> str:
    """The node on which the object of an edge is drawn: a truth value hangs on its own subject."""
    return f"{TRUTH}-{subject}" if thing == TRUTH else thing


def thing_id(thing: Thing) -> str:
    """The id of the object of an edge: an entity's own, or one made from the value."""
    match thing:
        case Ref(name):
            return name
        case Date(value):
            return f"date-{value}"
        case Interval():
            return f"interval-{digest(interval_key(thing))[:12]}"
        case Figure():
            return f"figure-{digest(figure_key(thing))[:12]}"
        case _:
            return TRUTH


def value_text(thing: Thing, label: Callable[[str], str]) -> str:
    """A value in words; nothing for an entity."""
    match thing:
        case Ref():
            return ""
        case Date(value):
            return value
        case Interval():
            return interval_key(thing).replace("..", " to ")
        case Figure():
            return figure_text(thing) + (f" ({label(thing.of)})" if thing.of else "")
        case _:
            return "yes"


def event_time(claim: Claim) -> tuple[str | None, str | None]:
    """When the utterance puts the event of the claim: dates coded beside it for the same subject."""
    start = end = None
    for edge in claim.utterance.edges:
        if edge.subject != claim.edge.subject:
            continue
        if isinstance(edge.object, Interval):
            start, end = edge.object.start, edge.object.end
        if isinstance(edge.object, Date) and edge.predicate in _DATED:
            begins, ends = _DATED[edge.predicate]
            start = edge.object.text if begins else start
            end = edge.object.text if ends else end
    return start, end


def token(scheme: str, name: str) -> str:
    """The short token of a concept."""
    return vocabulary().concept(scheme, name).notation


def dated(claims: Iterable[Claim]) -> dict[str, tuple[str, str]]:
    """From the first to the last day that anybody gives each event; an end that nobody gives is empty."""
    days: dict[str, list[tuple[str, str]]] = {}
    for claim in claims:
        if not claim.withheld and (isinstance(claim.edge.object, Date | Interval)):
            start, end = event_time(claim)
            days.setdefault(claim.edge.subject, []).append((start or "", end or ""))
    return {
        event: (
            min((start for start, _ in held if start), default=""),
            max((end for _, end in held if end), default=""),
        )
        for event, held in days.items()
    }


def _happened(claim: Claim, days: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """The days that its own utterance gives, else those that anybody gives the event at either end."""
    start, end = event_time(claim)
    if start or end:
        return start or "", end or ""
    ends = (claim.edge.subject, claim.edge.object.id if isinstance(claim.edge.object, Ref) else "")
    return next((days[name] for name in ends if name in days), None)


def row(
    claim: Claim,
    drawn: Drawn,
    register: Register,
    asking: Asking,
    affirmed: Container[Edge],
    days: Mapping[str, tuple[str, str]],
) -> Row:
    """The row of one claim, its edge drawn so; `affirmed` are the edges that its document affirms."""
    u, edge = claim.utterance, claim.edge
    return Row(
        claim.id,
        proposition_id(edge),
        edge.subject,
        edge.predicate,
        thing_id(edge.object),
        value_text(edge.object, register.label),
        vocabulary().property(edge.predicate).family,
        claim.document.id,
        claim.document.publisher,
        u.source.speaker,
        tuple(dict.fromkeys(hop.speaker for hop in u.by[:-1])),
        origin_of(u, register).key,
        discount(u, register) is None,
        tuple(token("EvidenceKind", kind) for kind in u.evidence),
        tuple(question.id for question in asking.of(edge)),
        _happened(claim, days),
        (claim.document.published.start, claim.document.published.end),
        token("ReportedStatus", reported_status(u, edge, edge in affirmed)),
        token("Polarity", u.source.polarity or "Affirms"),
        claim.withheld,
        *_drawn(drawn),
    )


def _drawn(drawn: Drawn) -> tuple[str, int, int]:
    return token("DrawnStatus", drawn.status), len(drawn.origins), drawn.independent.count


def rows(corpus: Corpus, drawn: Mapping[Edge, Drawn] | None = None) -> Iterator[Row]:
    """Every claim of a corpus that may be shown, in the order of the files; `drawn` spares drawing them again."""
    register, asking = Register.of_corpus(corpus), Asking(corpus.questions)
    claims = shown_claims(corpus)
    standing = drawn_edges(corpus) if drawn is None else drawn
    days = dated(claims)
    affirmed = {document.id: affirmed_in(document) for document in corpus.documents}
    return (row(claim, standing[claim.edge], register, asking, affirmed[claim.document.id], days) for claim in claims)


def redrawn(held: Iterable[Row], standing: Mapping[str, Claim], drawn: Mapping[Edge, Drawn]) -> list[Row]:
    """The rows of the claims that stand, under the status that they carry among each other."""
    found = []
    for one in held:
        if (claim := standing.get(one.claim)) is not None:
            status, origins, independent = _drawn(drawn[claim.edge])
            found.append(one._replace(drawn=status, origins=origins, independent=independent))
    return found


def write_rows(path: Path, held: Iterable[Row]) -> None:
    """One JSON array a line, in the order of the fields."""
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in held), encoding="utf-8")


def read_rows(path: Path) -> list[Row]:
    """The rows of a build; BuildError when they cannot be read."""
    try:
        with path.open(encoding="utf-8") as lines:
            return [_read(json.loads(line)) for line in lines]
    except (OSError, ValueError, TypeError):
        raise BuildError(str(path), "the rows of the claims cannot be read", "build again with --force") from None


def _read(cells: list[object]) -> Row:
    return Row(*(_cell(cell) for cell in cells))  # type: ignore[arg-type]


def _cell(cell: object) -> object:
    if isinstance(cell, str):
        return intern(cell)
    return tuple(_cell(one) for one in cell) if isinstance(cell, list) else cell
