"""Positions for a focus view: the entity in the middle, its neighbours around it, always the same.

Neighbours are ordered by kind and then by id, clockwise from the top: half of the lines go to the
right side and half to the left, and each neighbour has as much height as it has lines. Names are
written outwards, each in a row of its own, so that no name and no line need lie over another. A
picture is the same tomorrow and a permalink shows what was seen.
"""

from collections import Counter
from collections.abc import Iterable

from graph.evidence import Node
from graph.vocabulary import vocabulary

ROUNDNESS = 3  # 2 would be an ellipse; more leaves room between the lines at top and bottom
_ORDER = ("Actor", "Group", "Event", "Place", "Item", "Topic", "Statement", "Work", "Composite")


def positions(centre: str, nodes: Iterable[Node], pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """Coordinates in [-1, 1] by node id, y downward; `pairs` are the ends of each line."""
    lines = Counter(end for pair in pairs for end in set(pair))
    around = sorted((n for n in nodes if n.id != centre), key=_rank)
    room = [max(1, lines[node.id]) for node in around]
    half = next((i for i in range(len(room)) if 2 * sum(room[:i]) >= sum(room)), len(room))
    placed = {centre: (0.0, 0.0)}
    for side, beside in ((1, around[:half]), (-1, around[half:][::-1])):
        rooms = [max(1, lines[node.id]) for node in beside]
        for index, node in enumerate(beside):
            height = (2 * sum(rooms[:index]) + rooms[index]) / sum(rooms) - 1
            reach = (1 - abs(height) ** ROUNDNESS) ** (1 / ROUNDNESS)
            placed[node.id] = (round(side * reach, 4), round(height, 4))
    return placed


def _rank(node: Node) -> tuple[int, str, str]:
    known = vocabulary()
    kinds = [i for i, kind in enumerate(_ORDER) if node.kind in known.names and known.is_a(node.kind, kind)]
    return (kinds[0] if kinds else len(_ORDER), node.kind, node.id)
