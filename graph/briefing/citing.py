"""One sentence-level citation for one claim or several: who says it, how, when, through whom, and how firmly it stands.

The words for kinds, circumstances and statuses are the labels of ontology.ttl.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from graph.evidence import ClaimEvidence, HopEvidence, Named
from graph.vocabulary import vocabulary

CLAIM_ID = re.compile(r"\b\d{2,4}-c\d+\.\d+\b")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
Known = Mapping[str, ClaimEvidence]
_NONE: Known = {}
_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z]{1,7}\Z")
_PLAIN = frozenset({"own-voice", "attributed"})  # nothing to add: the citation itself says as much


def day(iso: str) -> str:
    """A date as a reader writes it, as exact as it is given: 31 January 2022."""
    year, *rest = iso.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*([str(int(rest[1]))] if len(rest) > 1 else []), *month, year])


def span(start: str, end: str) -> str:
    """A day, or the two between which it lies."""
    return day(end) if start == end else f"{day(start)} to {day(end)}"


def name_of(named: Named) -> str:
    """A name for running text: the short form where the label gives one in brackets."""
    inner = re.fullmatch(r".+ \(([^()]+)\)", named.label)
    return inner[1] if inner and _ACRONYM.match(inner[1]) else named.label


def cite(claims: Sequence[ClaimEvidence], known: Known = _NONE) -> str:
    """A citation of some claims in words, without repetition; an empty text for none.

    `known` are further claims by id: what a claim is inferred from, and who stands against it, is then named.
    """
    known = {**known, **{claim.claim: claim for claim in claims}}
    sources: dict[str, list[str]] = {}
    for claim in claims:
        standings = sources.setdefault(_source(claim, known), [])
        if (standing := _standing(claim, known)) not in standings:
            standings.append(standing)
    merged: dict[tuple[str, ...], list[str]] = {}
    for source, standings in sources.items():
        merged.setdefault(tuple(standings), []).append(source)
    return "; ".join(
        f"according to {', and to '.join(told)}; {' and '.join(standings)}" for standings, told in merged.items()
    )


def sentence(claims: Sequence[ClaimEvidence], known: Known = _NONE) -> str:
    """The claims told as a briefing may tell them: our words for what is said, the citation, the ids.

    A claim that was taken back is not told.
    """
    told = [claim for claim in claims if claim.retracted is None]
    if not told:
        return ""
    parts = []
    for utterance in dict.fromkeys(claim.utterance for claim in told):
        held = [claim for claim in told if claim.utterance == utterance]
        figures = [f"figure: {claim.object.label}" for claim in held if claim.figure]
        words = "; ".join([cite(held, known), *dict.fromkeys(figures)])
        ids = "; ".join(f"@{claim.claim}" for claim in held)
        parts.append(f"{held[0].says.rstrip('.')} ({words}) [{ids}].")
    return " ".join(parts)


def _source(claim: ClaimEvidence, known: Known) -> str:
    """Speaker, circumstances, kind, date, relay; words in custody stand behind the one who passes them on."""
    *relays, inner = claim.chain
    document = claim.document
    kinds = ", ".join(kind.label for kind in claim.evidence_kinds)
    published = "" if _carries(claim, inner) else f" of {name_of(document.publisher)}"
    when = f"{document.kind.label}{published}, {span(document.published_from, document.published_to)}"
    said = f", said on {day(inner.said_at)}" if inner.said_at else ""
    if inner.held_by is None:
        words = f"{_speaker(inner)} ({kinds}; {when}{said})"
    else:
        lead = relays.pop().speaker if relays else document.publisher
        held = f"{kinds}: {_speaker(inner)}, held by {name_of(inner.held_by)}"
        words = f"{name_of(lead)} ({when}), itself based on words in custody ({held}{said})"
    if relays:
        words += f", relayed by {' and '.join(_speaker(hop) for hop in reversed(relays))}"
    return words + _premises(claim, known)


def _carries(claim: ClaimEvidence, inner: HopEvidence) -> bool:
    return claim.document.publisher.id in {inner.speaker.id, *(hop.speaker.id for hop in claim.chain)}


def _speaker(hop: HopEvidence) -> str:
    marks = [mark.label for mark in hop.circumstances if mark.id != "in-custody"]
    return ", ".join([name_of(hop.speaker), *marks])


def _premises(claim: ClaimEvidence, known: Known) -> str:
    if not claim.premises:
        return ""
    held = [name for name in claim.premises if name in known and any(hop.held_by for hop in known[name].chain)]
    custody = f", of which words in custody: {', '.join(held)}" if held else ""
    return f", inferred from {', '.join(claim.premises)}{custody}"


def _standing(claim: ClaimEvidence, known: Known) -> str:
    """Reported and drawn status in words, and whatever else a reader must not lose."""
    said = claim.reported_status
    words = [] if said.id in _PLAIN or said.id == claim.drawn_status.id else [said.label]
    if claim.certainty.id != "certain":
        words.append(claim.certainty.label)
    if claim.condition:
        words.append(f"condition: {claim.condition}")
    words.append(drawn_words(claim, known))
    if claim.retracted:
        words.append(f"retracted {claim.retracted}")
    return ", ".join(dict.fromkeys(words))


def drawn_words(claim: ClaimEvidence, known: Known = _NONE) -> str:
    """How the edge of a claim is drawn; who is on which side where it is contested."""
    status = claim.drawn_status
    if status.id == "negated":
        return f"{status.label}, only said not to be so"
    if status.id != "contested":
        return status.label

    def named(found: re.Match[str]) -> str:
        other = known.get(found[2])
        return found[0] if other is None else f"{found[1] or ''}by {name_of(other.chain[-1].speaker)} in {found[2]}"

    return f"{status.label}: {re.sub(rf'(?:(denied |affirmed )?in )({CLAIM_ID.pattern})', named, claim.drawn_reason)}"


def opposing(claims: Iterable[ClaimEvidence]) -> tuple[str, ...]:
    """The claims that the reasons of some contested claims name, in order."""
    found = (name for claim in claims if claim.drawn_status.id == "contested" for name in _ids(claim.drawn_reason))
    return tuple(dict.fromkeys(found))


def _ids(text: str) -> list[str]:
    return CLAIM_ID.findall(text)


def rank(token: str) -> int:
    """The rank of caution of a drawn status, by its token."""
    ranks = {c.notation: int(c.facts["cautionRank"]) for c in vocabulary().concepts("DrawnStatus").values()}
    return ranks[token]
