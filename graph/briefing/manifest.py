"""What a briefing rested on when it was written: its cited claims, with a hash of what each said.

A briefing carries it as a comment, so that a later build can be held against it.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.briefing.citing import CLAIM_ID
from graph.briefing.prose import Sentence, read, sentences
from graph.errors import BriefingError
from graph.evidence import ClaimEvidence

_MARK = re.compile(r"(?<!`)<!--\s*cited\s+(\{.*?\})\s*-->", re.DOTALL)
_FORM = '<!-- cited {"000-c1.1": {"said": "64 hex digits", "drawn": "single-origin"}} -->'


@dataclass(frozen=True, slots=True)
class Cited:
    """What a claim said, as a hash, and how its edge was drawn."""

    said: str
    drawn: str


Manifest = dict[str, Cited]


def fingerprint(claim: ClaimEvidence) -> str:
    """SHA-256 of what a claim says: content, wording, chain, force and position; not of how others bear on it."""
    said = [
        claim.claim,
        claim.proposition,
        claim.says,
        *(term.id for term in (claim.reported_status, claim.force, claim.polarity, claim.certainty, claim.mode)),
        claim.position.id,
        claim.condition,
        [[hop.speaker.id, hop.commitment.id, [c.id for c in hop.circumstances], hop.said_at] for hop in claim.chain],
        [kind.id for kind in claim.evidence_kinds],
        [claim.document.id, claim.passage.paragraph, claim.passage.sha256],
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def manifest(claims: Iterable[ClaimEvidence]) -> Manifest:
    """The manifest of some claims, by id."""
    made = {claim.claim: Cited(fingerprint(claim), claim.drawn_status.id) for claim in claims}
    return dict(sorted(made.items()))


def mark(held: Manifest) -> str:
    """The comment that carries a manifest inside a briefing."""
    plain = {name: {"said": one.said, "drawn": one.drawn} for name, one in held.items()}
    return f"<!-- cited {json.dumps(plain, sort_keys=True)} -->"


def read_manifest(text: str, name: str) -> Manifest:
    """The manifest that a briefing carries, empty where it carries none; BriefingError for a broken one."""
    found: Manifest = {}
    for one in _MARK.finditer(text):
        where = f"{name}:{text.count(chr(10), 0, one.start()) + 1}"
        try:
            plain = json.loads(one[1])
            found |= {claim: Cited(facts["said"], facts["drawn"]) for claim, facts in plain.items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BriefingError(where, "a list of cited claims that cannot be read", f"write it as {_FORM}") from None
        wrong = next((c for c, held in found.items() if not _fits(c, held)), None)
        if wrong is not None:
            raise BriefingError(where, f"{wrong!r} in the list of cited claims", f"write it as {_FORM}")
    return found


def briefing(path: Path, pages: bool = False) -> tuple[list[Sentence], Manifest]:
    """The sentences of a file and the manifest it carries; BriefingError for a file that is no briefing."""
    prose = read(path, pages)
    held = {name: one for part in prose for name, one in read_manifest(part.text, part.name).items()}
    return [one for part in prose for one in sentences(part)], held


def _fits(claim: str, cited: Cited) -> bool:
    texts = isinstance(cited.said, str) and isinstance(cited.drawn, str)
    return texts and CLAIM_ID.fullmatch(claim) is not None and re.fullmatch("[0-9a-f]{64}", cited.said) is not None
