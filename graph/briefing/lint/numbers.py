"""Numbers and months in a text, as values: 10,000 and ten thousand are one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from graph.briefing.citing import MONTHS

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: n for n, word in enumerate(_SMALL.split(" "))}
_VALUES |= {word: 10 * n for n, word in enumerate(_TENS.split(" "), 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD = "|".join([*_VALUES, *_SCALES])
_DIGITS = r"\d{1,3}(?:[,  ]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.-])(?:{_DIGITS})(?![\w]|\.\d|-c\d)|\b(?:{_WORD})(?:(?:[\s-]|\sand\s)(?:{_WORD}))*\b", re.IGNORECASE
)
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_MAY = re.compile(r"(?:\b\d{1,2} May|\bMay \d{1,4}|\b(?:in|of|since|until|by) May)\b")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands."""

    value: Decimal
    start: int
    end: int


def numbers(text: str) -> list[Number]:
    """Every number of a text, in digits or in words."""
    found = []
    for one in _NUMBER.finditer(text):
        value = _value(one[0])
        if value is not None:
            found.append(Number(value, one.start(), one.end()))
    return found


def in_date(text: str, number: Number) -> bool:
    """Whether a number is the day or the year of a date."""
    around = (rf"\s*(?:{'|'.join(MONTHS)})\b", rf"(?:{'|'.join(MONTHS)})\s*$")
    return bool(re.match(around[0], text[number.end :]) or re.search(around[1], text[: number.start]))


def _value(text: str) -> Decimal | None:
    if text[0].isdigit():
        return Decimal(re.sub(r"[,  ]", "", text))
    total = part = 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _VALUES:
            part += _VALUES[word]
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in _SCALES:
            total, part = total + max(part, 1) * _SCALES[word], 0
    return Decimal(total + part)


def months(text: str) -> set[str]:
    """The months that a text names; `may` is one only beside a number or a preposition."""
    named = {found[0] for found in _MONTH.finditer(text)} - {"May"}
    return named | ({"May"} if _MAY.search(text) else set())


def of_dates(dates: Iterable[str | None]) -> tuple[set[Decimal], set[str]]:
    """The numbers and months of ISO dates."""
    values: set[Decimal] = set()
    named: set[str] = set()
    for date in dates:
        parts = [int(part) for part in (date or "").split("-") if part.isdigit()]
        values.update(Decimal(part) for n, part in enumerate(parts) if n != 1)
        if len(parts) > 1:
            named.add(MONTHS[parts[1] - 1])
    return values, named
