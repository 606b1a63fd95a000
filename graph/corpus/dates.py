"""Dates as the corpus writes them: to the year, the month or the day."""

import re
from calendar import monthrange

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


def is_date(text: str) -> bool:
    """Whether a text is a date at some precision, of the proleptic Gregorian calendar."""
    form = _FORM.match(text)
    if form is None:
        return False
    year, month, day = (int(part) if part else 1 for part in form.groups())
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def after(first: str, second: str) -> bool:
    """Whether one date is certainly later than another, at the precision both have."""
    shared = min(len(first), len(second))
    return first[:shared] > second[:shared]
