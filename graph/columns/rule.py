"""The origin of every claim, and whether it adds one: the rule of graph.origins.counting, column by column."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.columns.table import NONE, Codes, Columns, Flags, Ints, code, marked
from graph.origins.counting import DISCOUNTS
from graph.status import certainty_rank
from graph.vocabulary import vocabulary

ACTUAL = ("Actual", "Generic")
POINTED = ("Heading", "Presupposed")

#: names of the reasons for which a claim adds no origin, by discount code; 0 where it adds one
REASONS = ("", *DISCOUNTS)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """With whom each claim counts, why it adds nothing (0: it adds one), and how many origins affirm each edge."""

    entity: Ints
    key: Ints
    discount: Codes
    origins: Ints


def counted(columns: Columns) -> Counted:
    """Origins of all claims on record, those withheld left out of the numbers."""
    who = speaker_counted(columns)
    key, discount = columns.key[who], discounts(columns)
    adding = affirming(columns) & (discount == 0) & ~columns.withheld
    pairs = np.sort(columns.edge[adding].astype(np.int64) * len(columns.names) + key[adding])
    first = np.ones(len(pairs), bool)
    np.not_equal(pairs[1:], pairs[:-1], out=first[1:])
    origins = np.bincount(pairs[first] // max(len(columns.names), 1), minlength=len(columns.subject))
    return Counted(columns.counted[who], key, discount, origins.astype(np.int32))


def speaker_counted(columns: Columns) -> Ints:
    """By claim, the custodian of the outermost hop in custody, else the innermost speaker."""
    who = columns.hop_speaker[columns.hop_starts[1:] - 1]
    held = np.flatnonzero(columns.hop_held != NONE)[::-1]  # of repeated claims the last assignment stays: the outermost
    who[_claims(columns, held)] = columns.hop_held[held]
    return who


def counted_hop(columns: Columns) -> NDArray[np.int64]:
    """By claim, the hop that its word is counted at: the outermost in custody, else the innermost."""
    at = columns.hop_starts[1:] - 1
    held = np.flatnonzero(columns.hop_held != NONE)[::-1]
    at[_claims(columns, held)] = held
    return at


def _claims(columns: Columns, hops: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.searchsorted(columns.hop_starts, hops, side="right") - 1


def actual(columns: Columns) -> Flags:
    """Whether each claim is about what is said to be or to have been so."""
    return marked("Mode", ACTUAL)[columns.mode]


def _side(columns: Columns, polarity: str) -> Flags:
    takes = marked("Force", ("Asserts", "Opines"))[columns.force] & marked("Polarity", (polarity,))[columns.polarity]
    return actual(columns) & takes


def affirming(columns: Columns) -> Flags:
    """Whether each claim affirms its edge."""
    return _side(columns, "Affirms")


def denying(columns: Columns) -> Flags:
    """Whether each claim denies its edge."""
    return _side(columns, "Denies")


# ---- why a claim adds no origin -----------------------------------------------------------------------


def _any_hop(columns: Columns, hops: Flags) -> Flags:
    found = np.zeros(len(columns), bool)
    found[_claims(columns, np.flatnonzero(hops))] = True
    return found


def with_kinds(columns: Columns, kinds: Flags) -> Flags:
    """Whether each claim has one of some kinds of evidence."""
    found = np.zeros(len(columns), bool)
    found[columns.evidence.rows[kinds[columns.evidence.values]]] = True
    return found


def _barren(columns: Columns) -> Flags:
    kinds = vocabulary().concepts("EvidenceKind")
    return with_kinds(
        columns, marked("EvidenceKind", (k for k, c in kinds.items() if c.facts.get("addsOrigin") != "true"))
    )


def possible(columns: Columns) -> Flags:
    """Whether the weakest certainty in each claim's chain is `Possible`."""
    rank = certainty_rank("Possible")
    weaker = (name for name in vocabulary().concepts("Certainty") if certainty_rank(name) < rank)
    said = columns.hop_certainty == code("Certainty", "Possible")
    return _any_hop(columns, said) & ~_any_hop(columns, marked("Certainty", weaker)[columns.hop_certainty])


#: the reasons of graph.origins.counting.DISCOUNTS under their names, each over all claims
MASKS: dict[str, Callable[[Columns], Flags]] = {
    "garbled": lambda c: c.reading == code("Reading", "Garbled"),
    "not-actual": lambda c: ~actual(c),
    "not-asserted": lambda c: c.force != code("Force", "Asserts"),
    "position": lambda c: marked("Position", POINTED)[c.position],
    "evidence": _barren,
    "possible": possible,
    "rejected": lambda c: _any_hop(c, c.hop_commitment == code("Commitment", "Rejects")),
    "unnamed": lambda c: c.nobody[c.hop_speaker[c.hop_starts[1:] - 1]],
}


def discounts(columns: Columns) -> Codes:
    """By claim, the code of the first reason that holds, in the order of REASONS."""
    found = np.zeros(len(columns), np.uint8)
    for at in range(len(REASONS) - 1, 0, -1):
        found[MASKS[REASONS[at]](columns)] = at
    return found
