"""Independent origins of every edge, from pairs of names that judgements establish: graph.origins.independence."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from graph.columns.rule import Counted, affirming, counted_hop
from graph.columns.table import Columns, Flags, Ints, spread
from graph.origins.independence import largest


class Voices:
    """Who is heard for an edge that answers a judged question, and which two of them are established there."""

    def __init__(self, columns: Columns, found: Counted, place: Ints, adds: Flags) -> None:
        self._pairs = _Pairs(columns, found, place, adds)
        self._ways = _Ways(columns, found, place, adds & np.isin(found.key, self._pairs.keys))

    def independent(self, origins: Ints, visible: Flags) -> Ints:
        """By edge, the size of its largest set of independent origins among the claims in view."""
        count = np.minimum(origins, 1)
        pairs = self._pairs
        heard = pairs.heard(visible)
        if not heard.any():
            return count
        only = self._ways.only(visible)
        shared = (only[pairs.one] == only[pairs.other]) & (only[pairs.one] >= 0)
        joined = heard & ~shared & (origins[pairs.edge] > 0)
        count[pairs.edge[joined]] = 2
        pairs.enlarge(count, joined)
        return count


class _Pairs:
    """Pairs of origins established for an edge, each through claims of two entities; by edge and question."""

    def __init__(self, columns: Columns, found: Counted, place: Ints, adds: Flags) -> None:
        claims, vias = _behind(columns, found, adds)
        edge, entity = columns.edge[vias], found.entity[claims]
        heard, row = np.unique(np.stack([edge, entity], axis=1), axis=0, return_inverse=True)
        self._row = row.ravel()
        self._claims, self._vias = place[claims], place[vias]
        self._many = len(heard)
        number = {(e, n): at for at, (e, n) in enumerate(heard.tolist())}
        speaking: dict[int, set[int]] = defaultdict(set)
        for e, n in heard.tolist():
            speaking[n].add(e)
        answers = [set(columns.asked[question].tolist()) for question in range(len(columns.asked))]
        pairs = sorted(
            (e, question, int(columns.key[a]), int(columns.key[b]), number[e, a], number[e, b])
            for question, a, b in columns.established.tolist()
            if columns.key[a] != columns.key[b]
            for e in speaking[a] & speaking[b] & answers[question]
        )
        table = np.array(pairs, np.int32).reshape(-1, 6)
        self.edge, self.one, self.other, self._ends = table[:, 0], table[:, 2], table[:, 3], table[:, 4:]
        _, self._starts = np.unique(table[:, :2], axis=0, return_index=True)
        self._sizes = np.diff(np.append(self._starts, len(table)))
        everyone = np.ones(len(table), bool)
        self._largest = np.array([self._set(at, everyone) for at in range(len(self._starts))], np.int32)

    @property
    def keys(self) -> Ints:
        """The origins that occur."""
        return np.union1d(self.one, self.other)

    def heard(self, visible: Flags) -> Flags:
        """Of every pair, whether both of its ends are heard."""
        heard = np.zeros(self._many, bool)
        heard[self._row[visible[self._claims] & visible[self._vias]]] = True
        return heard[self._ends[:, 0]] & heard[self._ends[:, 1]]

    def enlarge(self, count: Ints, joined: Flags) -> None:
        """Raise the counts of edges with sets of more than two, for which three pairs of one question are needed."""
        many = np.add.reduceat(joined, self._starts, dtype=np.int64)
        large, whole = self._largest > 2, many == self._sizes
        at = np.flatnonzero(large & whole)
        np.maximum.at(count, self.edge[self._starts[at]], self._largest[at])
        for group in np.flatnonzero(large & ~whole & (many > 2)).tolist():
            edge = self.edge[self._starts[group]]
            count[edge] = max(count[edge], self._set(group, joined))

    def _set(self, group: int, joined: Flags) -> int:
        """The size of the largest set of which every two are joined, for one edge and question."""
        rows = np.arange(self._starts[group], self._starts[group] + self._sizes[group])
        pairs = {frozenset((str(self.one[row]), str(self.other[row]))) for row in rows[joined[rows]].tolist()}
        if len(pairs) < 3:
            return min(len(pairs) + 1, 2)
        return len(largest(tuple(sorted(frozenset().union(*pairs))), pairs))


def _behind(columns: Columns, found: Counted, adds: Flags) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Claims behind the edges of claims: each that affirms behind its own, and figures that hold for others as well.

    Only of names and edges for which something is established.
    """
    judged = np.zeros(len(columns.names), bool)
    judged[columns.established[:, 1:]] = True
    answering = np.zeros(len(columns.subject), bool)
    answering[columns.asked.values] = True
    own = np.flatnonzero(adds & affirming(columns) & judged[found.entity] & answering[columns.edge])
    one, other = columns.carried.T
    kept = adds[one] & judged[found.entity[one]] & answering[columns.edge[other]]
    return np.concatenate([own, one[kept]]), np.concatenate([own, other[kept]])


class _Ways:
    """The publishers through whom some claims' origins are heard."""

    def __init__(self, columns: Columns, found: Counted, place: Ints, which: Flags) -> None:
        claim, publisher = _routes(columns, which)
        self._names = len(columns.names)
        way = found.key[claim] * np.int64(self._names) + publisher
        order = np.argsort(way, kind="stable")
        ways, self._starts = np.unique(way[order], return_index=True)
        self._place = place[claim][order]
        self._key, self._publisher = np.divmod(ways, max(self._names, 1))

    def only(self, visible: Flags) -> Ints:
        """By name of an origin, the one publisher through whom it is heard; -1 where there are several."""
        heard = np.logical_or.reduceat(visible[self._place], self._starts)
        key, publisher = self._key[heard], self._publisher[heard]
        found = np.full(self._names, -1, np.int32)
        found[key] = publisher
        found[np.bincount(key, minlength=self._names) > 1] = -1
        return found


def _routes(columns: Columns, which: Flags) -> tuple[NDArray[np.int64], Ints]:
    """Pairs of claim and publisher: the innermost medium that relays it, else who published its document first."""
    medium = np.full(len(columns), -1, np.int32)
    owner = spread(columns.hop_starts)
    before = np.arange(len(owner)) < counted_hop(columns)[owner]
    relaying = np.flatnonzero(before & columns.medium[columns.hop_speaker] & which[owner])
    medium[owner[relaying]] = columns.hop_speaker[relaying]  # of several the last assignment stays: the innermost
    told = np.flatnonzero(which & (medium >= 0))
    rest = np.flatnonzero(which & (medium < 0))
    first = [columns.first[row] for row in columns.document[rest]]
    many = np.array([len(names) for names in first], np.int64)
    publishers = np.concatenate([medium[told], *first]).astype(np.int32)
    return np.concatenate([told, np.repeat(rest, many)]), publishers
