"""Positions for many lines at once: a spring layout without chance, the same tomorrow.

Fruchterman and Reingold (1991), "Graph drawing by force-directed placement", with their grid: only
nodes near each other repel. Starts from a spiral, the best linked in the middle, so no seed is needed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import cos, hypot, pi, sin, sqrt

Place = tuple[float, float]
ROUNDS = 120
GOLDEN = pi * (3 - sqrt(5))
REACH = 2.0  # side of a cell of the grid, in ideal distances: nodes further away than that do not repel


def spread(pairs: Iterable[tuple[str, str]], rounds: int = ROUNDS) -> dict[str, Place]:
    """Coordinates by node, about one apart and centred on the origin, y downward."""
    links = Counter(pair for pair in pairs if pair[0] != pair[1])
    degree = Counter(end for pair in links for end in pair)
    names = sorted(degree, key=lambda name: (-degree[name], name))
    number = {name: index for index, name in enumerate(names)}
    places = [_spiral(index) for index in range(len(names))]
    edges = sorted((number[a], number[b]) for a, b in links)
    pull = [1 / sqrt(degree[name]) for name in names]
    for turn in range(rounds):
        places = _turn(places, edges, pull, step=1.5 * (1 - turn / rounds) + 0.02)
    return {name: (round(x, 3), round(y, 3)) for name, (x, y) in zip(names, places, strict=True)}


def beside(places: Mapping[str, Place], pairs: Sequence[tuple[str, str]]) -> dict[str, Place]:
    """Places for the ends that have none yet, around a neighbour that has one; the rest keep theirs."""
    found = dict(places)
    waiting = Counter[str]()
    for a, b in sorted(pairs):
        for one, other in ((a, b), (b, a)):
            if one not in found:
                x, y = found.get(other, (0.0, 0.0))
                waiting[other] += 1
                dx, dy = _spiral(waiting[other])
                found[one] = (round(x + dx * 0.6, 3), round(y + dy * 0.6, 3))
    return found


def _spiral(index: int) -> Place:
    return sqrt(index) * cos(index * GOLDEN), sqrt(index) * sin(index * GOLDEN)


def _turn(places: list[Place], edges: Sequence[tuple[int, int]], pull: Sequence[float], step: float) -> list[Place]:
    """One round: near nodes push each other apart, lines pull their ends together, nobody moves further than `step`."""
    moves = _apart(places)
    for a, b in edges:
        dx, dy = places[b][0] - places[a][0], places[b][1] - places[a][1]
        force = hypot(dx, dy)
        moves[a][0] += dx * force * pull[a]
        moves[a][1] += dy * force * pull[a]
        moves[b][0] -= dx * force * pull[b]
        moves[b][1] -= dy * force * pull[b]
    moved = []
    for (x, y), (dx, dy) in zip(places, moves, strict=True):
        length = hypot(dx, dy) or 1.0
        share = min(length, step) / length
        moved.append((x + dx * share, y + dy * share))
    return moved


def _apart(places: Sequence[Place]) -> list[list[float]]:
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (x, y) in enumerate(places):
        cells[int(x // REACH), int(y // REACH)].append(index)
    moves = [[-0.02 * x, -0.02 * y] for x, y in places]  # a weak pull inward keeps loose parts in sight
    for (column, row), held in cells.items():
        near = [i for c in (-1, 0, 1) for r in (-1, 0, 1) for i in cells.get((column + c, row + r), ())]
        for one in held:
            x, y = places[one]
            for other in near:
                if other != one:
                    dx, dy = x - places[other][0], y - places[other][1]
                    square = dx * dx + dy * dy or 1e-6
                    if square < REACH * REACH:
                        moves[one][0] += dx / square
                        moves[one][1] += dy / square
    return moves
