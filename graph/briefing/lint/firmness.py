"""How firmly a sentence speaks and whose word it makes it, against the statuses and the chains of its claims."""

import re
from collections.abc import Iterator

from graph.briefing.citing import opposing, rank
from graph.briefing.lint.carried import figures
from graph.briefing.lint.ground import SOLID, TOLD, Case, Found, Ground
from graph.briefing.lint.names import Mention
from graph.briefing.lint.numbers import months, numbers, of_dates
from graph.evidence import ClaimEvidence

_NEAR = 28  # letters before a word in which it may be marked as somebody's term
_ORDER = ("hypothetical", "view", "contested", "negated", "conjecture", "certainty", "flat")
_SOFT = frozenset({"flat", "contested"})  # rules whose words do not say that it is no event


class Firmness:
    """The rules on status and speaker."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def check(self, case: Case) -> Iterator[Found]:
        """Firmness first, then who, then what is vouched for."""
        firm = next((found for found in self._firmness(case) if found[0] in self._ground.by.rules), None)
        if firm:
            yield firm
        if not firm or firm[0] != "flat":
            wrong = [*self._speech(case), *self._attribution(case, firm is None)]
            yield from wrong[:1]
        yield from self._vouching(case)
        yield from self._custody(case)

    # ---- firmness -------------------------------------------------------------------------

    def _firmness(self, case: Case) -> Iterator[Found]:
        """What the statuses of the claims need and the sentence lacks, the gravest first."""
        lacking: list[tuple[int, str, str]] = []
        flat = not self._ground.by.any(TOLD, self._ground.masked(case))
        for claim in case.claims:
            for token, needs in self._needs(claim):
                rule = self._ground.by.rule_of[token]
                both = rule == "contested" and self._both_sides(claim, case)
                if needs and rule != "flat" and not both and not self._ground.by.any(needs, case.text):
                    drawn = "" if token == claim.drawn_status.id else f" ({claim.drawn_status.label})"
                    what = f"{claim.claim} is {token.replace('-', ' ')}{drawn}"
                    lacking.append((_ORDER.index(rule), rule, what))
        for _, rule, what in sorted(lacking):
            yield rule, what
        shaky = [c for c in case.claims if c.drawn_status.id != SOLID and not self._softened(c, case)]
        if flat and shaky and not self._vouched(case):
            yield "flat", f"{shaky[0].claim} is {shaky[0].drawn_status.label}, told as a fact"
        elif shaky and (apart := self._apart(case)):
            yield "flat", f"a sentence of its own, told as a fact: {apart}"
        elif flat and (beyond := self._beyond(case)):
            yield "flat", f"{beyond!r} is no part of the corroborated edge"

    def _vouched(self, case: Case) -> bool:
        """Whether a verb such as `confirmed` tells whose word it is; it is found as hardened then."""
        if "hardened" not in self._ground.by.rules or not self._ground.by.has("strong", case.told):
            return False
        return any(found[0] == "hardened" for found in self._vouching(case)) and any(
            self._ground.speakers.named(claim, case.text) for claim in case.claims
        )

    def _apart(self, case: Case) -> str | None:
        """A further sentence that no attribution covers, where several stand before one citation."""
        for part in re.split(r"(?<=[.!?])\s+(?=[A-Z])", case.told)[1:]:
            if self._ground.by.has("asserting", part) and not self._ground.by.any((*TOLD, "corpus"), part):
                return part
        return None

    def _beyond(self, case: Case) -> str | None:
        """A number or a month in a flat sentence that the cited edges themselves do not hold."""
        edges = " ".join(f"{claim.subject.label} {claim.object.label}" for claim in case.claims)
        values = {number.value for number in numbers(re.sub(r"[-–]", " ", edges))}
        held = {*months(edges), *(of_dates(re.findall(r"\d{4}-\d\d(?:-\d\d)?", edges))[1])}
        values |= of_dates(re.findall(r"\d{4}-\d\d(?:-\d\d)?", edges))[0]
        told = [case.text[n.start : n.end] for n in numbers(case.text) if n.value not in values and n.value != 1]
        return next(iter([*told, *sorted(months(case.text) - held)]), None)

    def _both_sides(self, claim: ClaimEvidence, case: Case) -> bool:
        """Whether the sentence cites what stands against a contested claim, or another figure beside its own."""
        cited = {one.claim for one in case.claims} - {claim.claim}
        given = [figures(one) for one in case.claims if one.figure and claim.figure]
        return bool(cited & set(opposing([claim]))) or any(other != given[0] for other in given[1:])

    def _softened(self, claim: ClaimEvidence, case: Case) -> bool:
        """Whether the words that the claim's own statuses need stand there: "would" says that it is no event."""
        own = [held for token, held in self._needs(claim) if self._ground.by.rule_of[token] not in _SOFT]
        needs = {name for held in own for name in held} - {"purpose"}
        return self._ground.by.any(needs, self._ground.masked(case))

    def _needs(self, claim: ClaimEvidence) -> Iterator[tuple[str, tuple[str, ...]]]:
        drawn, reported = claim.drawn_status.id, claim.reported_status.id
        yield drawn, self._ground.by.needs_drawn[drawn]
        if drawn != SOLID and reported in self._ground.by.needs_reported:
            yield reported, self._ground.by.needs_reported[reported]
        if claim.polarity.id == "denies" and drawn != "negated":
            yield "denied", self._ground.by.needs_reported["denied"]

    # ---- who ------------------------------------------------------------------------------

    def _attribution(self, case: Case, firm: bool) -> Iterator[Found]:
        if case.solid or any(self._ground.speakers.named(claim, case.text) for claim in case.claims):
            return
        shaky = next(claim for claim in case.claims if claim.drawn_status.id != SOLID)
        speaker = shaky.chain[-1].speaker.label
        if self._ground.speakers.relayed(shaky, case.text):
            if not (self._ground.by.has("relaying", case.text) and self._ground.by.has("unnamed", case.text)):
                yield "wrong-speaker", f"it is the word of {speaker}; named is only who relays it"
        elif firm:
            yield "unattributed", f"it is the word of {speaker}, and the sentence names nobody who says it"

    def _speech(self, case: Case) -> Iterator[Found]:
        """Words put into the mouth of somebody whose word no cited claim is."""
        known = self._ground.known
        both = [*case.claims, *(known[name] for name in opposing(case.claims) if name in known)]
        speaking = {name for claim in both for name in self._ground.speakers.speaking(claim)}
        speaking |= {
            one.entity for one in self._ground.names.actors(case.carried.says) if self._speaks(case.carried.says, one)
        }
        says = case.carried.says.lower()
        for (start, end), entities in self._ground.spans(case.told).items():
            verb = self._ground.by.families["speech"].match(_after(case.told, end))
            if verb and not entities & speaking and verb[0][:5] not in says:
                yield "wrong-speaker", f"{case.told[start:end]!r} {verb[0]}, whose word no cited claim is"
                return
        for voice in self._ground.by.families["voices"].finditer(case.told.lower()):
            verb = self._ground.by.families["speech"].match(_after(case.told, voice.end()))
            if verb and voice[0][:5] not in case.carried.text.lower():
                yield "wrong-speaker", f"{voice[0]!r}, of whom no cited claim knows"

    def _speaks(self, text: str, one: Mention) -> re.Match[str] | None:
        return self._ground.by.families["speech"].match(_after(text, one.end))

    # ---- vouching -------------------------------------------------------------------------

    def _vouching(self, case: Case) -> Iterator[Found]:
        if case.solid:
            return
        told = case.told.lower()
        for found in self._ground.by.families["strong"].finditer(told):
            licensed = found[0][:5] in case.carried.says.lower() or self._ground.by.has(
                "naming", told[max(0, found.start() - _NEAR) : found.start()]
            )
            if not licensed and not self._ground.denied(told, found.start()) and not _none_after(told, found.end()):
                yield "hardened", f"{found[0]!r} on what is {_status(case)}"
                break
        several = all(rank(claim.drawn_status.id) >= rank("several-origins") for claim in case.claims)
        vouched = self._ground.by.families["overclaim"].search(told)
        if several or vouched is None or vouched[0] in case.carried.says.lower():
            return
        if not self._ground.denied(told, vouched.start()):
            yield "overclaim", f"{vouched[0]!r} on what is {_status(case)}"

    def _custody(self, case: Case) -> Iterator[Found]:
        held = [claim for claim in case.claims if any(hop.held_by for hop in claim.chain)]
        if held and not case.solid and not self._ground.by.has("custody", case.text):
            yield "custody", f"{held[0].claim} rests on words in custody"


def _status(case: Case) -> str:
    return ", ".join(dict.fromkeys(c.drawn_status.label for c in case.claims if c.drawn_status.id != SOLID))


def _none_after(text: str, end: int) -> bool:
    return re.match(r"\s*(?:none|nothing|no|neither)\b", text[end:]) is not None


def _after(text: str, end: int) -> str:
    """What follows a name, past an aside between commas and words such as `has not`."""
    rest = re.sub(r"^[’']s?", "", text[end : end + 120].lower())
    rest = re.sub(r"^\s*\([^)]*\)", "", rest)
    rest = re.sub(r"^,[^,;:]*,", "", rest)
    return re.sub(r"^(?:\s|has|have|had|did|does|do|not|never|also|itself|later|then|thus|therefore)+\b\s*", "", rest)
