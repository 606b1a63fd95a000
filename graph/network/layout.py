"""Positions for a focus view: the entity in the middle, its neighbours around it, always the same.

Neighbours are ordered by kind and then by id. A few stand on one ring; more alternate between rings,
so that a name has room beside the names next to it. A picture is the same tomorrow and a permalink
shows what was seen.
"""

from math import ceil, cos, pi, sin

from graph.evidence import Focus, Node
from graph.vocabulary import vocabulary

RING = 14  # names that one ring has room for
_RADII = {1: (1.0,), 2: (1.0, 0.62), 3: (1.0, 0.74, 0.48)}
_ORDER = ("Actor", "Group", "Event", "Place", "Item", "Topic", "Statement", "Work", "Composite")


def positions(focus: Focus) -> dict[str, tuple[float, float]]:
    """Coordinates in [-1, 1] by node id, y downward."""
    around = sorted((n for n in focus.nodes if n.id != focus.entity.id), key=_rank)
    radii = _RADII[max(1, min(len(_RADII), ceil(len(around) / RING)))]
    placed = {focus.entity.id: (0.0, 0.0)}
    for index, node in enumerate(around):
        angle = 2 * pi * (index + 0.5) / len(around) - pi / 2
        radius = radii[index % len(radii)]
        placed[node.id] = (round(radius * cos(angle), 4), round(radius * sin(angle), 4))
    return placed


def _rank(node: Node) -> tuple[int, str, str]:
    known = vocabulary()
    kinds = [i for i, kind in enumerate(_ORDER) if node.kind in known.names and known.is_a(node.kind, kind)]
    return (kinds[0] if kinds else len(_ORDER), node.kind, node.id)
