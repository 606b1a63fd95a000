"""How every edge is drawn without some sources: graph.origins.drawn over columns, in a few passes.

What is the same for every view is prepared once. A view is then one byte of flags per claim, gathered
per edge, and a look-up: the byte of an edge tells its status but for what other edges do to it and for
the number of its origins.
"""

from dataclasses import dataclass
from itertools import product
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.columns.fallen import Bearing
from graph.columns.rule import Counted, actual, affirming, counted, denying, possible, with_kinds
from graph.columns.table import NONE, Codes, Columns, Csr, Flags, Ints, code, day, marked
from graph.columns.voices import Voices
from graph.origins import Withdrawal
from graph.origins.drawn import GUESSES
from graph.vocabulary import vocabulary

#: statuses by code; 0 where no claim of an edge is in view
ABSENT = 0
STATUSES = ("", *vocabulary().concepts("DrawnStatus"))
EVER = np.iinfo(np.int32).max - 1
Number = TypeVar("Number", bound=np.generic)

STANDS, VISIBLE, ACTUAL, SPOKEN, AFFIRMS, DENIES, BODY, GUESS = (1 << bit for bit in range(8))


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """By edge: the status (a code of STATUSES), the numbers behind it, and whether a minimum hides it."""

    status: Codes
    claims: Ints
    documents: Ints
    origins: Ints
    independent: Ints
    hidden: Flags


class Drawer:
    """Draws the edges of columns, whatever a reader sets aside."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.counted: Counted = counted(columns)
        order = np.argsort(columns.edge, kind="stable")
        place = np.empty(len(order), np.int32)
        place[order] = np.arange(len(order), dtype=np.int32)
        edge = columns.edge[order]
        self._held, self._starts = np.unique(edge, return_index=True)  # the edges that have claims
        self._published = columns.published[columns.document][order]
        adds = (self.counted.discount == 0) & ~columns.withheld
        self._flags = _flags(columns)[order]
        self._adds = (adds & affirming(columns))[order]
        visible = ~columns.withheld[order]
        self._several_documents = Repeats(edge, columns.document_name[columns.document][order], visible)
        self._several_origins = Repeats(edge, self.counted.key[order], self._adds)
        self._bearing = Bearing(columns, place, self._published, visible)
        self._causes = Causes(columns, place)
        self._voices = Voices(columns, self.counted, place, adds)

    def draw(self, without: Withdrawal | None = None, as_of: str | None = None) -> Drawing:
        """Every edge as drawn over the claims that stay; `as_of` leaves out what was published after a date."""
        withdrawal, until = without or Withdrawal(), day(as_of) if as_of else EVER
        stands = ~self._bearing.fallen(withdrawal, until)
        if as_of:
            stands &= self._published <= until
        flags = self._flags * stands
        visible, adds = flags & VISIBLE != 0, self._adds & stands
        told = self._by_edge(np.bitwise_or.reduceat(flags, self._starts)) if len(flags) else self._none()
        claims, origins = self._sums(visible), self._sums(adds)
        documents = self._several_documents.less(claims, visible)
        origins = self._several_origins.less(origins, adds)
        independent = self._voices.independent(origins, visible)
        contested = self._causes.contested(visible)
        status = _DECIDED[told, np.minimum(origins, 2), (independent > 1).view(np.uint8), contested.view(np.uint8)]
        hidden = (independent < withdrawal.minimum) & (claims > 0)
        return Drawing(status, claims, documents, origins, independent, hidden)

    def _none(self) -> Codes:
        return np.zeros(len(self.columns.subject), np.uint8)

    def _by_edge(self, values: NDArray[Number]) -> NDArray[Number]:
        if len(self._held) == len(self.columns.subject):
            return values
        found = np.zeros(len(self.columns.subject), values.dtype)
        found[self._held] = values
        return found

    def _sums(self, which: Flags) -> Ints:
        """By edge, how many of some claims it has."""
        running = np.zeros(len(which) + 1, np.int32)
        np.cumsum(which, out=running[1:])
        ends = np.append(self._starts[1:], len(which))
        return self._by_edge(running[ends] - running[self._starts])


def _flags(columns: Columns) -> Codes:
    """What a claim does for the status of its edge, in one byte."""
    visible, now = ~columns.withheld, actual(columns)
    affirms, body = affirming(columns), columns.position == code("Position", "Body")
    guess = with_kinds(columns, marked("EvidenceKind", GUESSES)) | columns.concluded | possible(columns)
    guess |= columns.force == code("Force", "Opines")
    pointed = marked("Position", ("Heading", "Presupposed"))[columns.position]
    spoken = marked("Force", ("Asserts", "Asks"))[columns.force]
    found = np.full(len(columns), STANDS, np.uint8)
    for bit, holds in (
        (VISIBLE, visible),
        (ACTUAL, now),
        (SPOKEN, now & spoken),
        (AFFIRMS, affirms),
        (DENIES, denying(columns)),
        (BODY, affirms & ~pointed),
        (GUESS, affirms & body & guess),
    ):
        found[visible & holds] |= bit
    return found


# ---- from flags to status -----------------------------------------------------------------------------


def _decided(told: int, origins: int, corroborated: int, contested: int) -> str:
    """The decision list of graph.origins.drawn; origins beyond two are two."""
    if not told & STANDS:
        return ""
    for missing, status in (
        (VISIBLE, "DrawnWithheld"),
        (ACTUAL, "DrawnHypothetical"),
        (SPOKEN, "DrawnViewOrDemand"),
    ):
        if not told & missing:
            return status
    if told & AFFIRMS and (told & DENIES or contested):
        return "DrawnContested"
    if told & DENIES:
        return "DrawnNegated"
    if not told & BODY:
        return "DrawnInsinuated"
    return _by_origins(told, origins, corroborated)


def _by_origins(told: int, origins: int, corroborated: int) -> str:
    if not origins:
        return "DrawnConjecture" if told & GUESS else "DrawnNoOriginShown"
    if corroborated:
        return "DrawnCorroborated"
    return "DrawnSingleOrigin" if origins == 1 else "DrawnSeveralOrigins"


_DECIDED: Codes = np.array(
    [STATUSES.index(_decided(*case)) for case in product(range(256), range(3), range(2), range(2))], np.uint8
).reshape(256, 3, 2, 2)


# ---- what repeats, and what contests ------------------------------------------------------------------


class Repeats:
    """Claims of one edge that share a value, by place: they count as one, so a count is less by all but one."""

    def __init__(self, edge: Ints, value: Ints, which: Flags) -> None:
        at = np.flatnonzero(which)
        at = at[np.lexsort((value[at], edge[at]))]
        new = np.ones(len(at), bool)
        new[1:] = (edge[at][1:] != edge[at][:-1]) | (value[at][1:] != value[at][:-1])
        starts = np.flatnonzero(new)
        sizes = np.diff(np.append(starts, len(at)))
        self._at = at[np.repeat(sizes > 1, sizes)].astype(np.int32)
        sizes = sizes[sizes > 1]
        self._starts = np.cumsum(sizes) - sizes
        self._edge = edge[self._at[self._starts]]

    def less(self, counts: Ints, which: Flags) -> Ints:
        """Counts by edge with what is repeated among some claims counted once; they must be among those of before."""
        if not len(self._at):
            return counts
        many = np.add.reduceat(which[self._at], self._starts, dtype=np.int32)
        more = np.bincount(self._edge, np.maximum(many - 1, 0), minlength=len(counts))
        return counts - more.astype(np.int32)


class Causes:
    """What contests an edge from outside: an event it supposes is denied, a general denial covers it, its figure conflicts."""

    def __init__(self, columns: Columns, place: Ints) -> None:
        narrow = denying(columns) & (columns.reading != code("Reading", "Ambiguous")) & ~columns.withheld
        denials = np.flatnonzero(narrow).astype(np.int32)
        events = denials[columns.truth[columns.edge[denials]]]
        self._subject = columns.subject
        self._things = max(int(columns.subject.max(initial=-1)), int(columns.supposed.max(initial=-1))) + 1
        self._supposing = np.flatnonzero(columns.supposed != NONE)
        self._supposed = columns.supposed[self._supposing]
        self._denied = columns.subject[columns.edge[events]]
        self._events = place[events]
        by_edge = Csr.by(columns.edge[denials], place[denials], len(columns.subject))
        rules = [np.concatenate([by_edge[e] for e in columns.denying[rule]] or [by_edge.values[:0]]) for rule in range(len(columns.denying))]  # fmt: skip
        self._rules = [(places, columns.contesting[at]) for at, places in enumerate(rules) if len(places)]
        self._conflicts = place[columns.conflicts]
        self._conflict_edges = columns.edge[columns.conflicts]

    def contested(self, visible: Flags) -> Flags:
        """By edge, whether anything in view contests it, should anybody affirm it."""
        found = np.zeros(len(self._subject), bool)
        if len(self._events):
            denied = np.zeros(self._things, bool)
            denied[self._denied[visible[self._events]]] = True
            found |= denied[self._subject]
            found[self._supposing[denied[self._supposed]]] = True
        for places, edges in self._rules:
            if visible[places].any():
                found[edges] = True
        if len(self._conflicts):
            found[self._conflict_edges[visible[self._conflicts[:, 0]] & visible[self._conflicts[:, 1]]].ravel()] = True
        return found
