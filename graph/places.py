"""Positions for many lines at once: a spring layout without chance, the same tomorrow.

Fruchterman and Reingold (1991), "Graph drawing by force-directed placement", with their grid: only
nodes near each other repel. Starts from a spiral, the best linked in the middle, so no seed is needed.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import cos, hypot, pi, sin, sqrt
from pathlib import Path

from graph.errors import BuildError

Place = tuple[float, float]
ROUNDS = 90
MOST = 1500  # lines laid out; what else is drawn stands beside its neighbour
GOLDEN = pi * (3 - sqrt(5))
APART = 1.6  # between two parts
WIDE = 1.5  # of the whole, width by height
REACH = 2.0  # side of a cell of the grid, in ideal distances: nodes further away than that do not repel
_NEAR = REACH * REACH


def spread(pairs: Iterable[tuple[str, str]], rounds: int = ROUNDS) -> dict[str, Place]:
    """Coordinates by node, about one apart, y downward: the largest connected part first, the others in rows below."""
    links = sorted({pair for pair in pairs if pair[0] != pair[1]})
    parts = [_part(part, rounds) for part in _parts(links)]
    return _packed(sorted(parts, key=lambda part: (-len(part), min(part))))


def _parts(links: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The links of each connected part."""
    import networkx as nx  # half a second to load, and few pictures need it

    network: nx.Graph[str] = nx.Graph(links)
    belongs = {name: number for number, names in enumerate(nx.connected_components(network)) for name in names}
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for link in links:
        found[belongs[link[0]]].append(link)
    return list(found.values())


def _part(links: Sequence[tuple[str, str]], rounds: int) -> dict[str, Place]:
    degree = Counter(end for link in links for end in link)
    names = sorted(degree, key=lambda name: (-degree[name], name))
    number = {name: index for index, name in enumerate(names)}
    places = [_spiral(index) for index in range(len(names))]
    edges = sorted((number[a], number[b]) for a, b in links)
    pull = [1 / sqrt(degree[name]) for name in names]
    for turn in range(rounds):
        places = _turn(places, edges, pull, step=1.5 * (1 - turn / rounds) + 0.02)
    return dict(zip(names, places, strict=True))


def _packed(parts: Sequence[Mapping[str, Place]]) -> dict[str, Place]:
    """The first part in the middle of a row of its own, the others from left to right in rows below it."""
    boxes = [_box(part) for part in parts]
    width = max(boxes[0][2], sqrt(WIDE * sum(wide * tall for _, _, wide, tall in boxes))) if boxes else 0.0
    found: dict[str, Place] = {}
    x = y = deep = 0.0
    for index, (part, (left, top, wide, tall)) in enumerate(zip(parts, boxes, strict=True)):
        if index == 0:
            x = (width - wide) / 2
        elif index == 1 or x + wide > width:
            x, y, deep = 0.0, y + deep, 0.0
        for name, place in part.items():
            found[name] = (round(place[0] - left + x, 3), round(place[1] - top + y, 3))
        x, deep = x + wide, max(deep, tall)
    return found


def _box(part: Mapping[str, Place]) -> tuple[float, float, float, float]:
    """Left, top, width and height, with room around."""
    xs, ys = [place[0] for place in part.values()], [place[1] for place in part.values()]
    return min(xs), min(ys), max(xs) - min(xs) + APART, max(ys) - min(ys) + APART


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


_AHEAD = ((1, -1), (1, 0), (1, 1), (0, 1))  # half of the cells around one: the other half meets it from its own side


def _apart(places: Sequence[Place]) -> list[list[float]]:
    """How far each node is pushed, to the right and down; every two that are near each other are met once."""
    cells: dict[tuple[int, int], list[tuple[int, float, float]]] = defaultdict(list)
    for index, (x, y) in enumerate(places):
        cells[int(x // REACH), int(y // REACH)].append((index, x, y))
    across, down = [-0.05 * x for x, _ in places], [-0.05 * y for _, y in places]  # keeps loose parts in sight
    for (column, row), held in cells.items():
        ahead = [node for c, r in _AHEAD for node in cells.get((column + c, row + r), ())]
        for number, (one, x, y) in enumerate(held, 1):
            right = lower = 0.0
            for other, left, top in held[number:] + ahead:
                dx, dy = x - left, y - top
                square = dx * dx + dy * dy or 1e-6
                if square < _NEAR:
                    dx, dy = dx / square, dy / square
                    right, lower = right + dx, lower + dy
                    across[other] -= dx
                    down[other] -= dy
            across[one] += right
            down[one] += lower
    return [[x, y] for x, y in zip(across, down, strict=True)]


def busiest(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs that occur most often, at most `MOST`."""
    counted = Counter(pairs)
    return sorted(counted, key=lambda pair: (-counted[pair], pair))[:MOST]


def write_places(path: Path, places: Mapping[str, Place]) -> None:
    """As JSON, by name."""
    path.write_text(json.dumps(dict(sorted(places.items())), ensure_ascii=False) + "\n", encoding="utf-8")


def read_places(path: Path) -> dict[str, Place]:
    """The places of a build; BuildError when they cannot be read."""
    try:
        return {
            str(name): (float(x), float(y)) for name, (x, y) in json.loads(path.read_text(encoding="utf-8")).items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        raise BuildError(str(path), "the places of the picture cannot be read", "build again with --force") from None
