"""Positions for a focus view: the entity in the middle, its neighbours around it, always the same.

Neighbours are ordered by kind and then by name, and set on as many rings as they need, so that a
picture is the same tomorrow and a permalink shows what was seen.
"""

from math import cos, pi, sin

from graph.evidence import Focus, Node
from graph.vocabulary import vocabulary

RING = 16  # nodes on the inner ring; each further ring takes as many more
_ORDER = ("Actor", "Group", "Event", "Place", "Item", "Topic", "Statement", "Work", "Composite")


def positions(focus: Focus) -> dict[str, tuple[float, float]]:
    """Coordinates in [-1, 1] by node id, y downward."""
    placed = {focus.entity.id: (0.0, 0.0)}
    around = sorted((n for n in focus.nodes if n.id != focus.entity.id), key=_rank)
    rings: list[list[Node]] = []
    while around:
        room = RING * (len(rings) + 1)
        rings.append(around[:room])
        around = around[room:]
    for number, ring in enumerate(rings, start=1):
        radius = number / len(rings)
        for index, node in enumerate(ring):
            angle = 2 * pi * (index + (number % 2) / 2) / len(ring) - pi / 2
            placed[node.id] = (round(radius * cos(angle), 4), round(radius * sin(angle), 4))
    return placed


def _rank(node: Node) -> tuple[int, str, str]:
    known = vocabulary()
    kinds = [i for i, kind in enumerate(_ORDER) if node.kind in known.names and known.is_a(node.kind, kind)]
    return (kinds[0] if kinds else len(_ORDER), node.kind, node.id)
