"""What changed since: two builds, or what a briefing cited and one build, held against each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.briefing.citing import drawn_words, rank
from graph.briefing.manifest import Cited, Manifest, fingerprint, manifest
from graph.briefing.prose import Sentence
from graph.evidence import Archive, ClaimEvidence

KINDS = ("gone", "retracted", "reworded", "redrawn", "new")


@dataclass(frozen=True, slots=True)
class Changed:
    """One claim that is no longer what it was; what it says now stands with its status and source."""

    claim: str
    kind: str
    before: str
    after: str
    says: str
    source: str
    weaker: bool


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A sentence of a briefing whose citations no longer carry it, and why."""

    place: str
    sentence: str
    why: tuple[str, ...]


def claims_of(archive: Archive) -> Mapping[str, ClaimEvidence]:
    """The claims of a build by id."""
    return {claim.claim: claim for claim in archive.all_claims()}


def between(old: Archive, new: Archive) -> tuple[Changed, ...]:
    """What changed from one build to another, in the order of claim ids."""
    was, now = claims_of(old), claims_of(new)
    held = manifest(claim for claim in was.values() if claim.retracted is None)
    added = [_changed(name, "new", "", now) for name in now if name not in was and now[name].retracted is None]
    return _sorted([*since(held, now), *added])


def since(held: Manifest, now: Mapping[str, ClaimEvidence]) -> tuple[Changed, ...]:
    """What changed among cited claims since a briefing was written."""
    found = []
    for name, cited in held.items():
        kind = _kind(cited, now.get(name))
        if kind is not None:
            found.append(_changed(name, kind, cited.drawn, now))
    return _sorted(found)


def _kind(cited: Cited, claim: ClaimEvidence | None) -> str | None:
    if claim is None:
        return "gone"
    if claim.retracted is not None:
        return "retracted"
    if cited.said != fingerprint(claim):
        return "reworded"
    return "redrawn" if cited.drawn != claim.drawn_status.id else None


def _changed(name: str, kind: str, before: str, now: Mapping[str, ClaimEvidence]) -> Changed:
    claim = now.get(name)
    if claim is None:
        return Changed(name, kind, before, "", "", "", weaker=True)
    after = claim.drawn_status.id
    shown = "" if claim.retracted else claim.says
    source = f"{claim.chain[-1].speaker.label}, {claim.document.id}; {drawn_words(claim, now)}"
    if claim.retracted:
        source = f"retracted {claim.retracted}"
    weaker = kind == "retracted" or (bool(before) and rank(after) < rank(before))
    return Changed(name, kind, before, after, shown, source, weaker)


def _sorted(found: Iterable[Changed]) -> tuple[Changed, ...]:
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), one.claim)))


def unsupported(
    sentences: Sequence[Sentence], changes: Iterable[Changed], now: Mapping[str, ClaimEvidence]
) -> tuple[Unsupported, ...]:
    """The sentences that cite what is gone, taken back, reworded or drawn with more caution than before."""
    by_claim = {one.claim: one for one in changes}
    found = []
    for one in sentences:
        why = []
        for name in one.cites:
            change, claim = by_claim.get(name), now.get(name)
            if change is not None and change.kind != "new" and (change.kind != "redrawn" or change.weaker):
                why.append(told(change))
            elif claim is None:
                why.append(f"{name} is not in this build")
            elif claim.retracted is not None:
                why.append(f"{name} was retracted {claim.retracted}")
        if why:
            found.append(Unsupported(one.place, one.text, tuple(why)))
    return tuple(found)


def told(one: Changed) -> str:
    """A change in one line."""
    match one.kind:
        case "gone":
            return f"{one.claim} is gone (it was drawn {one.before})"
        case "retracted":
            return f"{one.claim} was {one.source}"
        case "reworded":
            return f"{one.claim} says something else now: {one.says} ({one.source})"
        case "redrawn":
            return f"{one.claim} is drawn {one.after}, was {one.before}: {one.says} ({one.source})"
        case _:
            return f"{one.claim} is new: {one.says} ({one.source})"
