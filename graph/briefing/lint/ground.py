"""What the rules stand on: one build, its names, the claims met so far, and a sentence with what it cites."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.briefing.citing import opposing
from graph.briefing.lint.carried import Carried
from graph.briefing.lint.names import Names
from graph.briefing.lint.speakers import Speakers
from graph.briefing.lint.words import Rules
from graph.briefing.prose import Sentence
from graph.evidence import Archive, ClaimEvidence

SOLID = "corroborated"
TOLD = ("saying", "inference", "insinuation")  # families whose words say that somebody says it
REACH = 36  # letters before a word in which a no bears on it
Found = tuple[str, str]  # a rule and what was found


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with its claims; `told` is what of its words is ours."""

    sentence: Sentence
    told: str
    claims: tuple[ClaimEvidence, ...]
    carried: Carried

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def solid(self) -> bool:
        """Whether every cited edge is corroborated."""
        return all(claim.drawn_status.id == SOLID for claim in self.claims)


class Ground:
    """One build as the rules see it."""

    def __init__(self, archive: Archive, by: Rules) -> None:
        self.archive = archive
        self.by = by
        self.names = Names(archive.register.entities)
        self.speakers = Speakers(self.names, by)
        self.known: dict[str, ClaimEvidence] = {}

    # ---- claims ---------------------------------------------------------------------------

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self.archive.claim_ids())

    def load(self, wanted: Sequence[str]) -> list[ClaimEvidence]:
        """Some claims of the build, with what stands against them at hand."""
        for names in (wanted, opposing(self.known[name] for name in wanted if name in self.known)):
            missing = [name for name in names if name in self._ids and name not in self.known]
            self._fetch(missing)
        self._fetch([n for n in opposing(self.known[w] for w in wanted if w in self.known) if n not in self.known])
        return [self.known[name] for name in wanted if name in self.known]

    def _fetch(self, names: Sequence[str]) -> None:
        utterances = dict.fromkeys(name.rpartition(".")[0] for name in names)
        for claim in self.archive.evidence_of(self.archive.claims_of_utterances(utterances)):
            self.known[claim.claim] = claim

    # ---- words ----------------------------------------------------------------------------

    def masked(self, case: Case) -> str:
        """Our words without names: a title or an organisation may bear the word for a deed."""
        text = case.told.lower()
        for one in self.names.mentions(case.told):
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
        return text

    def denied(self, told: str, at: int) -> bool:
        """Whether a no, or a question, stands in the few words before a place."""
        clause = re.split(r"[;:]", told[max(0, at - REACH) : at])[-1]
        return self.by.has("denied", clause)

    def spans(self, text: str) -> dict[tuple[int, int], set[str]]:
        """The actors that a text names, by place: one spelling may mean several."""
        at: dict[tuple[int, int], set[str]] = {}
        for one in self.names.actors(text):
            at.setdefault((one.start, one.end), set()).add(one.entity)
        return at
