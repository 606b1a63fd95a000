"""The peer of benchmarks/origins.py: the rule of docs/origins.md written plainly, with networkx and dicts.

Every hop of a chain is a node that leads to the next one inward; the hop at which a word is counted
leads to its speaker or custodian, that to the institution it counts with, and that to its group. The
origin of a claim is where the walk from its outermost hop ends.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import networkx as nx
import numpy as np
from generate import Row

from graph.columns import Columns, Csr, code
from graph.vocabulary import vocabulary

NONE = -1


@dataclass(frozen=True, slots=True)
class Tables:
    """What is known of names."""

    institution: dict[int, int]
    group: dict[int, int]
    nobody: set[int]

    @classmethod
    def of(cls, columns: Columns) -> "Tables":
        return cls(
            {at: to for at, to in enumerate(columns.institution.tolist()) if to != NONE},
            {at: to for at, to in enumerate(columns.group.tolist()) if to != NONE},
            set(np.flatnonzero(columns.nobody).tolist()),
        )


class Walk:
    """The graph of some rows, and the count over it."""

    def __init__(self, rows: Sequence[Row], tables: Tables) -> None:
        self.rows = rows
        self.nobody = tables.nobody
        kinds = vocabulary().concepts("EvidenceKind").values()
        self.barren = {kind.name for kind in kinds if kind.facts["addsOrigin"] != "true"}
        self.graph = graph = nx.DiGraph()
        for name in tables.institution.keys() | tables.group.keys() | set(tables.institution.values()):
            _lead(graph, name, tables)
        for claim, row in enumerate(rows):
            hops = row[1]
            held = next((at for at, hop in enumerate(hops) if hop[1] is not None), None)
            last = len(hops) - 1 if held is None else held
            graph.add_edges_from(((claim, at), (claim, at + 1)) for at in range(last))
            name = hops[last][0] if held is None else hops[last][1]
            graph.add_edge((claim, last), ("counts", name) if name in tables.institution else ("entity", name))

    def count(self) -> tuple[list[int], dict[int, int]]:
        """What every claim is counted with, and by edge how many origins affirm it."""
        after = self.graph.adj
        keys, behind = [], defaultdict(set)
        for claim, row in enumerate(self.rows):
            node = (claim, 0)
            while reached := after[node]:
                (node,) = reached
            keys.append(node[1])
            if row[7] == "Affirms" and not row[8] and self.adds(row):
                behind[row[0]].add(node[1])
        return keys, {edge: len(found) for edge, found in behind.items()}

    def adds(self, row: Row) -> bool:
        """Whether a claim adds an origin."""
        _edge, hops, kinds, mode, reading, position, force, _polarity, _withheld = row
        if reading == "Garbled" or mode not in ("Actual", "Generic") or force != "Asserts":
            return False
        if position in ("Heading", "Presupposed") or not self.barren.isdisjoint(kinds):
            return False
        stated = {hop[3] for hop in hops}
        if "Possible" in stated and "Unstated" not in stated:
            return False
        return not any(hop[2] == "Rejects" for hop in hops) and hops[-1][0] not in self.nobody


def _lead(graph: Any, name: int, tables: Tables) -> None:
    """The edges from a name to what it counts with, and from there to its group."""
    graph.add_node(("entity", name))
    if name in tables.institution:
        graph.add_edge(("counts", name), ("entity", tables.institution[name]))
    if name in tables.group:
        graph.add_edge(("entity", name), ("group", tables.group[name]))


def loaded(rows: Sequence[Row], like: Columns) -> Columns:
    """The columns that counting needs, from rows; names and documents are those of `like`."""
    edges, hops, kinds, mode, reading, position, force, polarity, withheld = zip(*rows, strict=True)
    flat = list(chain.from_iterable(hops))
    speakers, held, commitments, certainties = zip(*flat, strict=True)

    def coded(scheme: str, values: Sequence[str | None]) -> Any:
        table = {None: 0, **{name: code(scheme, name) for name in vocabulary().concepts(scheme)}}
        return np.fromiter(map(table.__getitem__, values), np.uint8, len(values))

    def starts(of: Sequence[Sequence[Any]]) -> Any:
        found = np.zeros(len(of) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, of), np.int64, len(of)), out=found[1:])
        return found

    return replace(
        like,
        edge=np.array(edges, np.int32),
        mode=coded("Mode", mode),
        reading=coded("Reading", reading),
        position=coded("Position", position),
        force=coded("Force", force),
        polarity=coded("Polarity", polarity),
        withheld=np.array(withheld, bool),
        evidence=Csr(starts(kinds), coded("EvidenceKind", list(chain.from_iterable(kinds))).astype(np.int32)),
        hop_starts=starts(hops),
        hop_speaker=np.array(speakers, np.int32),
        hop_held=np.array([NONE if who is None else who for who in held], np.int32),
        hop_commitment=coded("Commitment", commitments),
        hop_certainty=coded("Certainty", certainties),
    )
