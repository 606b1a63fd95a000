"""Ways from one name to another, without laundering: a chain of words is not a word about its ends.

A way is told by who joins its steps. Only where one utterance says all of them does anybody in the
corpus say the whole; else they are separate words, and the way is no stronger than its weakest step.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise

from graph.evidence import Named
from graph.facets import Row, token
from graph.lens.lines import EdgeLine
from graph.lens.view import View
from graph.vocabulary import vocabulary

STEPS = 3
MOST_WAYS = 30
LOOKED_AT = 4000  # candidates weighed before the search is cut
NEVER = frozenset({"DrawnNegated", "DrawnWithheld"})  # what is only denied, or withheld, links nobody
UNREAL = frozenset({"DrawnHypothetical", "DrawnViewOrDemand"})
UTTERANCE, SPEAKER, NOBODY = "utterance", "speaker", "nobody"
_ORDER = (UTTERANCE, SPEAKER, NOBODY)


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a way and the claim that puts it there; `more` are other edges between the same two names."""

    edge: EdgeLine
    claim: str
    forward: bool
    more: int


@dataclass(frozen=True, slots=True)
class Way:
    """Steps from one end to the other, who joins them, and the least that can be said of all of them.

    `joined` is `utterance`, `speaker` or `nobody`, `by` who that is; `weakest` is the drawn status of
    the most cautious rank among the steps and `origins` the fewest behind any of them.
    """

    steps: tuple[Step, ...]
    joined: str
    by: Named | None
    weakest: str
    origins: int


@dataclass(frozen=True, slots=True)
class Ways:
    """What was found between two names, the search cut or not."""

    ways: tuple[Way, ...]
    total: int
    cut: bool


_Between = Mapping[str, Mapping[str, Sequence[Row]]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """The row that stands for each step, and who joins them."""

    joined: str
    by: str
    nodes: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def caution(self) -> int:
        """The lowest rank among the steps."""
        return min(_ranks()[row.drawn] for row in self.rows)

    @property
    def order(self) -> tuple[int, int, int, list[str]]:
        """Joined ones first, then short ones, then well supported ones."""
        return _ORDER.index(self.joined), len(self.rows), -self.caution, [row.claim for row in self.rows]


def ways(view: View, start: str, end: str, hypothetical: bool = False) -> Ways:
    """Ways of at most three steps between two entities, over the claims in view; NotFoundError for no entity.

    Edges that are only denied or withheld join nothing, and hypothetical ones, views and demands only on request.
    """
    for name in (start, end):
        view.archive.entity(name)
    between = _between(view, hypothetical)
    walks = list(islice(_walks(between, start, end), LOOKED_AT + 1))
    found = sorted((_joined(nodes, between) for nodes in walks[:LOOKED_AT]), key=lambda way: way.order)
    told = tuple(_told(view, way, between) for way in found[:MOST_WAYS])
    return Ways(told, len(found), len(walks) > LOOKED_AT)


@cache
def _ranks() -> dict[str, int]:
    return {c.notation: int(c.facts["cautionRank"]) for c in vocabulary().concepts("DrawnStatus").values()}


def _between(view: View, hypothetical: bool) -> _Between:
    """The rows between each two entities; values are no stations on a way."""
    out = {token("DrawnStatus", name) for name in (NEVER if hypothetical else NEVER | UNREAL)}
    entities = view.archive.register.entities
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in view.rows:
        if row.drawn not in out and not row.denies and row.object in entities and row.subject != row.object:
            found[row.subject][row.object].append(row)
            found[row.object][row.subject].append(row)
    return {name: dict(others) for name, others in found.items()}


def _walks(between: _Between, start: str, end: str) -> Iterator[tuple[str, ...]]:
    """Simple walks of one, two and three steps, short ones first."""
    near, far = between.get(start, {}), between.get(end, {})
    if start == end:
        return
    if end in near:
        yield (start, end)
    for middle in sorted(set(near) & set(far)):
        yield (start, middle, end)
    for first in sorted(set(near) - {end}):
        for second in sorted(set(between[first]) & set(far) - {start, first}):
            yield (start, first, second, end)


def _joined(nodes: tuple[str, ...], between: _Between) -> _Candidate:
    """Who says all the steps: one utterance if there is one, else one speaker, else nobody."""
    steps = [between[a][b] for a, b in pairwise(nodes)]
    for joined, key in ((UTTERANCE, _utterance), (SPEAKER, _speaker)):
        common = set.intersection(*({key(row) for row in rows} for rows in steps))
        told = [
            _Candidate(joined, rows[0].said, nodes, rows)
            for name in sorted(common)
            if (rows := tuple(_best(row for row in held if key(row) == name) for held in steps))
        ]
        if told:
            return min(told, key=lambda one: one.order)
    return _Candidate(NOBODY, "", nodes, tuple(_best(rows) for rows in steps))


def _utterance(row: Row) -> str:
    return row.claim.rpartition(".")[0]


def _speaker(row: Row) -> str:
    return row.said


def _best(rows: Iterable[Row]) -> Row:
    return min(rows, key=lambda row: (-_ranks()[row.drawn], -row.origins, row.claim))


def _told(view: View, way: _Candidate, between: _Between) -> Way:
    wanted = {row.proposition for row in way.rows}
    edges = {edge.proposition: edge for edge in view.lines(row for row in view.rows if row.proposition in wanted)}
    steps = tuple(
        Step(edges[row.proposition], row.claim, row.subject == a, len({r.proposition for r in between[a][b]}) - 1)
        for row, (a, b) in zip(way.rows, pairwise(way.nodes), strict=True)
    )
    weakest = min((step.edge for step in steps), key=lambda edge: _ranks()[edge.status])
    by = Named(way.by, view.archive.register.label(way.by)) if way.by and len(steps) > 1 else None
    return Way(steps, way.joined, by, weakest.status, min(step.edge.origins for step in steps))
