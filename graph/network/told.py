"""A claim as a line of text and as a card: never without its status and its source."""

from collections.abc import Iterable
from typing import Any

from graph.evidence import ClaimEvidence
from graph.network.svg import fitted, status_word


def source(claim: ClaimEvidence) -> str:
    """Whose word it is, through whom, where: innermost speaker first."""
    chain = " › ".join(hop.speaker.label for hop in reversed(claim.chain))
    denies = " denies" if claim.polarity.id == "denies" else ""
    return f"{chain}{denies} › {claim.document.id}, {claim.claim}"


def row(claim: ClaimEvidence, width: float, size: float) -> str:
    """Statuses and source within a width; where room is short the names are cut, and never status, document or claim."""
    chain = " › ".join(hop.speaker.label for hop in reversed(claim.chain))
    denies = " denies" if claim.polarity.id == "denies" else ""
    tail = f"{denies} › {claim.document.id}, {claim.claim}"
    return fitted(f"{standing(claim)[2:]} · ", chain, tail, width, size)


def content(claim: ClaimEvidence) -> str:
    """The edge of a claim in words; show nothing of it without `standing` and `source`."""
    words = f"{claim.subject.label} {claim.reading}"
    return words if claim.object.id == "truth" else f"{words} {claim.object.label}"


def standing(claim: ClaimEvidence) -> str:
    """Both statuses of a claim: of the edge as drawn, and what the source itself does with it."""
    return f"{status_word(claim.drawn_status.id)}; {claim.reported_status.label}"


def line(claim: ClaimEvidence) -> str:
    """A claim in one line."""
    return f"{standing(claim)}: {content(claim)} [{source(claim)}]"


def lines(claims: Iterable[ClaimEvidence]) -> list[str]:
    return [line(claim) for claim in claims]


def card(claim: ClaimEvidence, address: str | None = None) -> dict[str, Any]:
    """What a click shows of a claim; `address` is the explorer's, for a permalink."""
    chain = " › ".join(hop.speaker.label for hop in reversed(claim.chain))
    return {
        "status": f"{claim.drawn_status.label} · {claim.reported_status.label}",
        "says": claim.says,
        "chain": f"{chain} › {claim.document.id}",
        "kind": ", ".join(kind.label for kind in claim.evidence_kinds),
        "passage": f"paragraph {claim.passage.paragraph} (digest): {claim.passage.digest}",
        "link": f"{address.rstrip('/')}/?claim={claim.claim}" if address else None,
    }
