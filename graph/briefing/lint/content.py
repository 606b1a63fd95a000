"""What a sentence says, against what its claims carry: actors, deeds, silences, figures, numbers."""

import re
from collections.abc import Iterator

from graph.briefing.lint.carried import figures
from graph.briefing.lint.ground import Case, Found, Ground
from graph.briefing.lint.numbers import Number, in_date, months, numbers
from graph.evidence import ClaimEvidence
from graph.search.folding import fold

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Content:
    """The rules on what is told."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def check(self, case: Case) -> Iterator[Found]:
        """Every finding on what a sentence tells."""
        for rule in (self._strangers, self._silent, self._deeds, self._figures, self._numbers):
            yield from rule(case)

    def _strangers(self, case: Case) -> Iterator[Found]:
        carried_words = f" {fold(case.carried.text)} "
        spans = self._ground.spans(case.text)
        several = sum(bool(entities & case.carried.members) for entities in spans.values()) > 1
        joint = several or self._ground.by.has("joint", self._ground.masked(case))
        for (start, end), entities in spans.items():
            told = case.text[start:end]
            if entities & case.carried.members and not joint:
                yield "member", f"{told!r}, of whom it is said only together with others"
                continue
            known = entities & case.carried.entities or f" {fold(told)} " in carried_words
            if not known and case.text[end : end + 1] != "-":  # "US-led" names a coalition
                yield "stranger", f"{told!r}, of whom no cited claim speaks"

    def _silent(self, case: Case) -> Iterator[Found]:
        told = case.told.lower()
        silence = self._ground.by.families["silence"].search(told)
        if silence:
            rest = told[: silence.start()] + " " * len(silence[0]) + told[silence.end() :]
            consent = [
                one
                for one in self._ground.by.families["consent"].finditer(rest)
                if not self._ground.denied(rest, one.start())
            ]
            if consent:
                yield "silence", f"{silence[0]!r} told as {consent[0][0]!r}"

    def _deeds(self, case: Case) -> Iterator[Found]:
        told = self._ground.masked(case)
        for deed in self._ground.by.deeds.values():
            found = deed.told.search(told)
            if (
                found
                and not deed.carried.search(case.carried.told.lower())
                and not self._ground.denied(told, found.start())
            ):
                yield "deed", f"{found[0]!r}, which no cited claim says"
                return

    def _figures(self, case: Case) -> Iterator[Found]:
        counted = [claim for claim in case.claims if claim.figure is not None]
        for number in numbers(case.text):
            giving = [claim for claim in counted if number.value in figures(claim)]
            if not giving or in_date(case.text, number):
                continue
            around = _around(case.text, number)
            if not any(self._compared(claim, around, case) for claim in giving):
                wanted = giving[0].figure
                assert wanted is not None
                told = case.text[number.start : number.end]
                yield "comparator", f"{told!r} where the estimate is: {giving[0].object.label}"
            elif not self._dated(case):
                yield "figure", f"{case.text[number.start : number.end]!r} without a date"

    def _compared(self, claim: ClaimEvidence, around: str, case: Case) -> bool:
        assert claim.figure is not None
        token = claim.figure.comparator.id
        accepted = (token, *self._ground.by.allowed_for.get(token, ()))
        if token not in ("exactly", "in-words"):
            return any(self._ground.by.comparators[name].search(around) for name in accepted)
        bounds = ("at-least", "more-than", "at-most", "less-than")
        found = (self._ground.by.comparators[name].search(around) for name in bounds)
        return all(one is None or one[0] in case.carried.says.lower() for one in found)

    def _dated(self, case: Case) -> bool:
        return bool(months(case.text) or _YEAR.search(case.text))

    def _numbers(self, case: Case) -> Iterator[Found]:
        for number in numbers(case.text):
            told = case.text[number.start : number.end]
            after = case.text[number.end : number.end + 40].lower()
            before = case.text[max(0, number.start - 20) : number.start].lower()
            counts = self._ground.by.families["status-nouns"].match(
                after.lstrip(" ").removeprefix("independent ").removeprefix("different ")
            )
            labels = re.search(rf"(?:{self._ground.by.families['count-words'].pattern})\s*$", before)
            if (
                number.value in case.carried.numbers
                or counts
                or labels
                or told.lower() in ("one", "zero", "hundred", "thousand")
            ):
                continue
            yield "number", f"the number {told!r}, which no cited claim carries"
        for month in sorted(months(case.text) - case.carried.months):
            yield "number", f"the month {month!r}, which no cited claim carries"


def _around(text: str, number: Number) -> str:
    """A few words on either side of a number, in lower case."""
    before = re.split(r"\s+", re.split(r"[;:(]", text[: number.start])[-1].strip())[-5:]
    after = re.split(r"\s+", re.split(r"[;:(),.]", text[number.end :])[0].strip())[:4]
    return " ".join([*before, text[number.start : number.end], *after]).lower()
