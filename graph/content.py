"""What a claim is about: an edge and the things at its end, as frozen values."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Where:
    """A line of a corpus file, for messages."""

    file: str
    line: int


NOWHERE = Where("", 0)


@dataclass(frozen=True, slots=True)
class Ref:
    """An entity, by id."""

    id: str


@dataclass(frozen=True, slots=True)
class Truth:
    """The one object of `tookPlace`; a denial is polarity, never `false`."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date at the precision it was given: `2022`, `2022-01` or `2022-01-20`."""

    text: str


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time whose ends hold only jointly."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as worded: comparator, value or range, population or unit, stated moment.

    `value` is set for every comparator but Between and InWords; `low`/`high` for those two
    (conventional bounds for words; `high` may be open).
    """

    comparator: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    words: str | None = None
    of: str | None = None
    unit: str | None = None
    as_of: str | None = None


Thing = Ref | Truth | Date | Interval | Figure


@dataclass(frozen=True, slots=True)
class Edge:
    """The content of a proposition: one triple, mentioned and never asserted."""

    subject: str
    predicate: str
    object: Thing
