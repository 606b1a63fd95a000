"""Two things beside each other: the words of two speakers or sides, a day and now, everything and what a withdrawal leaves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.errors import LensError
from graph.evidence import ClaimEvidence, EdgeEvidence, Term
from graph.facets import TRUTH, Row
from graph.lens.answers import CONTESTED, Clash, claims_of, clash
from graph.lens.lens import Lens
from graph.lens.view import View, Views
from graph.origins import Register, disagreements
from graph.vocabulary import vocabulary

EDGES = 60
SIDES = ("affirms", "denies")
TAKING = ("asserts", "opines")


@dataclass(frozen=True, slots=True)
class Side:
    """How a speaker or side stands to an edge (affirms, denies, asks …), in how many claims in view."""

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


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody whose word is in view: a speaker, or a side of which several members speak."""

    id: str
    claims: int
    members: int  # of a side those who speak in view; 0 for a speaker
    side: str = ""  # of a speaker, the side with which others speak in view too


def offered(view: View) -> tuple[Offered, ...]:
    """Everybody who says something in view, and the sides (origin groups), those with most claims first."""
    said = Counter(row.said for row in view.rows)
    speaking: dict[str, list[str]] = defaultdict(list)
    for name in said:
        if (group := view.archive.register.groups.get(name)) is not None:
            speaking[group.id].append(name)
    sides = [(name, sum(said[m] for m in members), len(members)) for name, members in speaking.items()]
    of = {member: name for name, members in speaking.items() if len(members) > 1 for member in members}
    found = [
        *(Offered(name, count, 0, of.get(name, "")) for name, count in said.items()),
        *(Offered(*side) for side in sides if side[2] > 1),
    ]
    return tuple(sorted(found, key=lambda one: (-one.claims, one.id)))


def beside(views: Views, lens: Lens, one: str, other: str = "", limit: int = EDGES) -> Beside:
    """Two speakers or sides through a lens, each by what is their own word; without the second, the first alone.

    NotFoundError when one of them is unknown, LensError when somebody speaks for both.
    """
    other = "" if other == one else other
    mine, yours = _who(views, one), _who(views, other)
    if mine & yours:
        raise LensError("other", f"shares {min(mine & yours)} with {one!r}", ("somebody of another side",))
    view = views.through(lens)
    rows = [row for row in view.rows if row.said in mine or row.said in yours]
    sayers: dict[str, set[bool]] = defaultdict(set)
    for row in rows:
        sayers[row.proposition].add(row.said in mine)
    columns = (
        _column(view, [row for row in rows if sayers[row.proposition] == who], mine, yours, limit)
        for who in ({True, False}, {True}, {False})
    )
    return Beside(_clashes(views, view, rows, mine, yours) if other else (), *columns)


def _who(views: Views, name: str) -> frozenset[str]:
    """Whose word is meant: the members of a side, or the one speaker; nobody where nobody is named."""
    register = views.archive.register
    group = register.group(name)
    if group is None and name:
        views.archive.entity(name)
    return frozenset(group.members if group else (name,)) - {""}


def _column(view: View, rows: Sequence[Row], one: frozenset[str], other: frozenset[str], limit: int) -> Column:
    sizes = Counter(row.proposition for row in rows)
    sides: dict[str, set[bool]] = defaultdict(set)
    for row in rows:
        sides[row.proposition].add(row.denies)
    order = sorted(sizes, key=lambda name: (len(sides[name]) < 2, -sizes[name], name))
    shown = {name: place for place, name in enumerate(order[:limit])}
    edges = view.edges(row for row in rows if row.proposition in shown)
    held = [Held(edge, _side(edge.claims, one), _side(edge.claims, other)) for edge in edges]
    held.sort(key=lambda each: (not each.opposed, shown[each.edge.proposition]))
    return Column(tuple(held), len(order), sum(row.said in one for row in rows), sum(row.said in other for row in rows))


def _side(claims: Iterable[ClaimEvidence], who: frozenset[str]) -> Side | None:
    mine = [claim for claim in claims if claim.chain[-1].speaker.id in who]
    return Side(tuple(dict.fromkeys(map(how, mine))), len(mine)) if mine else None


def how(claim: ClaimEvidence) -> str:
    """What the innermost speaker does with an edge: takes a side by asserting or holding it, else asks, threatens …

    What is only headlined or taken for granted says so: it is not said outright.
    """
    does = claim.polarity.label if claim.force.id in TAKING else claim.force.label
    return does if claim.position.id == "body" else f"{does} ({claim.position.label})"


def _clashes(
    views: Views, view: View, rows: Sequence[Row], one: frozenset[str], other: frozenset[str]
) -> tuple[Clash, ...]:
    """Every disagreement that has the word of one on a side and the word of the other on the opposite side."""
    parts = [
        [row for row in rows if row.said in who and (row.drawn == CONTESTED or row.denies)] for who in (one, other)
    ]
    register = views.archive.register
    held = [row for mine, yours in (parts, parts[::-1]) for row in _facing(mine, yours, register)]
    said = {row.claim: row.said for row in held}
    asked = {name for row in held for name in row.question}
    narrow = replace(register, questions=tuple(q for q in register.questions if q.covers or q.id in asked))
    found = []
    for each in disagreements(claims_of(views, view, held), narrow):
        for mine, yours in ((one, other), (other, one)):
            sides = [
                tuple(name for name in names if said.get(name) in who)
                for names, who in ((each.claims, mine), (each.opposed, yours))
            ]
            if all(sides):
                found.append(clash(view, each, *sides))
    return tuple(found)


def _facing(mine: Sequence[Row], yours: Sequence[Row], register: Register) -> list[Row]:
    """Those of mine that something of yours may contradict or be contradicted by: the rest need not be read."""
    same = {row.proposition for row in yours} | {name for row in yours for name in row.question}
    denied = {row.subject for row in yours if row.denies and row.object == TRUTH}
    rules = [
        rule
        for question in register.questions
        for rule in question.covers
        if any(row.denies and rule.denial.fits(row.subject, row.predicate, row.object) for row in yours)
    ]
    covered = [pattern for rule in rules for pattern in rule.contests]
    return [
        row
        for row in mine
        if not same.isdisjoint((row.proposition, *row.question))
        or not denied.isdisjoint((row.subject, row.object))
        or row.denies  # of an event, or in general: a denial covers more than its own edge
        or any(pattern.fits(row.subject, row.predicate, row.object) for pattern in covered)
    ]


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


# ---- everything and what is left ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shifted:
    """Edges in view on both sides or on one, cut openly; `after` is None where the withdrawal fells an edge."""

    edges: tuple[Known, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Left:
    """Everything through a lens (left) beside what its withdrawal leaves (right), what is drawn otherwise first."""

    both: Shifted
    only_left: Shifted
    only_right: Shifted
    restated: int
    claims_left: int
    claims_right: int


def without(views: Views, lens: Lens, limit: int = EDGES) -> Left:
    """A lens without its withdrawal beside the same lens with it; LensError when it withdraws nothing.

    Statuses are told whatever the filters of the lens: an edge that stands and is hidden has one.
    """
    if lens == lens.kept:
        raise LensError("without", "is missing", ("document:ID, publisher:ID, speaker:ID, group:ID or evidence:TOKEN",))
    left, right = views.through(lens.kept), views.through(lens)
    was, now = ({row.proposition: row.drawn for row in view.standing.rows} for view in (left, right))
    here, there = (dict.fromkeys(row.proposition for row in view.rows) for view in (left, right))
    both = sorted((name for name in here if name in there), key=lambda name: was[name] == now[name])
    only_left = sorted((name for name in here if name not in there), key=lambda name: name in now)
    only_right = [name for name in there if name not in here]

    def shifted(view: View, names: Sequence[str]) -> Shifted:
        order = {name: place for place, name in enumerate(names[:limit])}
        edges = sorted(_known(view, list(order), was, now), key=lambda each: order[each.edge.proposition])
        return Shifted(tuple(edges), len(names))

    return Left(
        shifted(right, both),
        shifted(left, only_left),
        shifted(right, only_right),
        sum(was[name] != now[name] for name in both),
        len(left.rows),
        len(right.rows),
    )
