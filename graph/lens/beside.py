"""Two things beside each other: what one speaker says and what another does; what was known on a day and what is now."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.errors import LensError
from graph.evidence import ClaimEvidence, EdgeEvidence, Term
from graph.facets import Row
from graph.lens.answers import Clash, claims_of, clash
from graph.lens.lens import Lens
from graph.lens.view import View, Views
from graph.origins import disagreements
from graph.vocabulary import vocabulary

EDGES = 60
SIDES = ("affirms", "denies")
TAKING = ("asserts", "opines")


@dataclass(frozen=True, slots=True)
class Side:
    """How one speaker stands to an edge (affirms, denies, asks …), in how many claims in view."""

    how: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class Held:
    """An edge that the speakers have something to do with; its claims are theirs alone."""

    edge: EdgeEvidence
    one: Side | None
    other: Side | None

    @property
    def opposed(self) -> bool:
        """Whether one affirms what the other denies."""
        hows = [set(side.how) if side else set() for side in (self.one, self.other)]
        return any(mine in hows[0] and yours in hows[1] for mine, yours in (SIDES, SIDES[::-1]))


@dataclass(frozen=True, slots=True)
class Column:
    """Edges, cut openly, with how many there are and how many claims of either speaker they hold in all."""

    edges: tuple[Held, ...]
    total: int
    one: int
    other: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What both say something about, and what only one does; before it what the two contradict each other in."""

    clashes: tuple[Clash, ...]
    both: Column
    only_one: Column
    only_other: Column


def beside(views: Views, lens: Lens, one: str, other: str = "", limit: int = EDGES) -> Beside:
    """Two speakers through a lens, each by what is their own word; without the second, the first alone.

    NotFoundError when one of them is unknown.
    """
    other = "" if other == one else other
    for name in filter(None, (one, other)):
        views.archive.entity(name)
    view = views.through(lens)
    rows = [row for row in view.rows if row.said in (one, other)]
    sayers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        sayers[row.proposition].add(row.said)
    columns = (
        _column(view, [row for row in rows if sayers[row.proposition] == who], one, other, limit)
        for who in ({one, other}, {one}, {other})
    )
    return Beside(_clashes(views, view, rows, one, other) if other else (), *columns)


def _column(view: View, rows: Sequence[Row], one: str, other: str, limit: int) -> Column:
    sizes = Counter(row.proposition for row in rows)
    sides: dict[str, set[bool]] = defaultdict(set)
    for row in rows:
        sides[row.proposition].add(row.denies)
    order = sorted(sizes, key=lambda name: (len(sides[name]) < 2, -sizes[name], name))
    shown = set(order[:limit])
    held = [_held(edge, one, other) for edge in view.edges(row for row in rows if row.proposition in shown)]
    held.sort(key=lambda each: (not each.opposed, order.index(each.edge.proposition)))
    said = Counter(row.said for row in rows)
    return Column(tuple(held), len(order), said[one], said[other])


def _held(edge: EdgeEvidence, one: str, other: str) -> Held:
    return Held(edge, _side(edge.claims, one), _side(edge.claims, other))


def _side(claims: Iterable[ClaimEvidence], speaker: str) -> Side | None:
    mine = [claim for claim in claims if claim.chain[-1].speaker.id == speaker]
    return Side(tuple(dict.fromkeys(map(how, mine))), len(mine)) if mine else None


def how(claim: ClaimEvidence) -> str:
    """What the innermost speaker does with an edge: takes a side by asserting or holding it, else asks, threatens …"""
    return claim.polarity.label if claim.force.id in TAKING else claim.force.label


def _clashes(views: Views, view: View, rows: Sequence[Row], one: str, other: str) -> tuple[Clash, ...]:
    """Every disagreement that has the word of one on a side and the word of the other on the opposite side."""
    said = {row.claim: row.said for row in rows}
    found = []
    for each in disagreements(claims_of(views, view, rows), views.archive.register):
        for mine, yours in ((one, other), (other, one)):
            sides = [
                tuple(name for name in names if said.get(name) == who)
                for names, who in ((each.claims, mine), (each.opposed, yours))
            ]
            if all(sides):
                found.append(clash(view, each, *sides))
    return tuple(found)


# ---- then and now -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """An edge as it was drawn on a day and as it is now; None where it was not, or is no longer, in view."""

    edge: EdgeEvidence
    before: Term | None
    after: Term | None


@dataclass(frozen=True, slots=True)
class Since:
    """What has come, been drawn otherwise or gone from view since a day, each cut openly; `same` edges stand as they did."""

    new: tuple[Known, ...]
    restated: tuple[Known, ...]
    gone: tuple[Known, ...]
    totals: tuple[int, int, int]
    same: int
    claims_then: int
    claims_now: int


def since(views: Views, lens: Lens, limit: int = EDGES) -> Since:
    """A lens as of its day beside the same lens now; LensError when it has no day."""
    if not lens.as_of:
        raise LensError("as-of", "is missing", ("a year, month or day such as 2022-01-20",))
    then, now = views.through(lens), views.through(replace(lens, as_of=""))
    was, is_ = ({row.proposition: row.drawn for row in view.rows} for view in (then, now))
    new = [name for name in is_ if name not in was]
    restated = [name for name in is_ if name in was and was[name] != is_[name]]
    gone = [name for name in was if name not in is_]
    return Since(
        _known(now, new[:limit], {}, is_),
        _known(now, restated[:limit], was, is_),
        _known(then, gone[:limit], was, {}),
        (len(new), len(restated), len(gone)),
        len(is_) - len(new) - len(restated),
        len(then.rows),
        len(now.rows),
    )


def _known(view: View, names: Sequence[str], was: dict[str, str], now: dict[str, str]) -> tuple[Known, ...]:
    wanted = set(names)
    edges = view.edges(row for row in view.rows if row.proposition in wanted)
    return tuple(Known(edge, status(was.get(edge.proposition)), status(now.get(edge.proposition))) for edge in edges)


def status(token: str | None) -> Term | None:
    """A drawn status by its token."""
    found = (c for c in vocabulary().concepts("DrawnStatus").values() if c.notation == token)
    return next((Term(c.notation, c.label, c.definition) for c in found), None)
