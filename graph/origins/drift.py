"""Drift: how the wording of one figure or edge moves from where it is first said through its relays and repetitions.

A step is one hop of one claim. Each is compared with the origin: the earliest wording that shows a source,
of several the most careful. A wording that says more, more firmly or without its source is harder, one
that says less is softer. Drift never changes a count:
the weakest wording of a chain is what a claim is worth (see graph/status.py).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from graph.content import Edge, Figure, Ref
from graph.model import Claim, SourceRelation
from graph.origins.counting import Register, discount, origin_of
from graph.origins.figures import is_part, moment, within
from graph.origins.upstream import RELAYS, SAME
from graph.rdf import natural
from graph.status import certainty_rank, takes_side
from graph.vocabulary import vocabulary

HARDER, SOFTER, OTHER = "harder", "softer", "other"
_TAKEN_FOR_GRANTED = frozenset({"Heading", "Presupposed", "Aside"})
_SCHEMES = {"certainty": "Certainty", "comparator": "Comparator", "position": "Position"}
_NAMED = frozenset({"population", "subject", "object"})


@dataclass(frozen=True, slots=True)
class Move:
    """What is different from the first wording, and in which direction."""

    aspect: str  # certainty, comparator, population, position, source, subject, relation, object or number
    direction: str
    was: str
    now: str


def move_words(move: Move, label: Callable[[str], str]) -> tuple[str, str]:
    """What was and what is now as readers call it: labels of ontology.ttl, names of entities (`label` gives them)."""
    scheme = _SCHEMES.get(move.aspect)

    def one(name: str) -> str:
        if not name:
            return "not said"
        if scheme:
            return vocabulary().concept(scheme, name).label
        if move.aspect == "relation":
            return vocabulary().property(name).label
        return label(name) if move.aspect in _NAMED else name

    return one(move.was), one(move.now)


@dataclass(frozen=True, slots=True)
class Step:
    """One wording: whose hop of which claim, when, and what it says."""

    claim: str
    speaker: str
    relay: bool
    when: str
    document: str
    origin: str
    certainty: str
    position: str
    edge: Edge
    sourced: bool
    in_custody: bool = False  # whether any hop of the chain was held, as the text tells
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Drift:
    """The steps of one matter: the origin, with which the others are compared, and these in order of time."""

    steps: tuple[Step, ...]

    @property
    def moved(self) -> bool:
        """Whether any wording differs from that of the origin."""
        return any(step.moves for step in self.steps)


def drifts(claims: Iterable[Claim], register: Register, relations: Iterable[SourceRelation] = ()) -> tuple[Drift, ...]:
    """Every figure or edge that is affirmed more than once, by relay or repetition, with its wordings.

    A signed relation by which one claim goes back to another makes the two one matter, however far
    the words have moved: "some came from there" that has become "all did".
    """
    listed = sorted((claim for claim in claims if not claim.withheld), key=lambda claim: natural(claim.id))
    telling = [c for c in listed if takes_side(c.utterance, "Affirms") and c.utterance.reading != "Garbled"]
    import networkx as nx  # half a second to load, which hardly a command needs

    joined: nx.Graph[str] = nx.Graph()  # claims, each beside the first of its matter, and beside those it goes back to
    first: dict[object, str] = {}
    for claim in telling:
        joined.add_edge(claim.id, first.setdefault(_matter(claim.edge), claim.id))
    for relation in relations:
        if relation.kind in (RELAYS, SAME) and relation.source in joined and relation.target in joined:
            joined.add_edge(relation.source, relation.target)
    matter = {name: min(found, key=natural) for found in nx.connected_components(joined) for name in found}
    matters: dict[str, list[Step]] = defaultdict(list)
    for claim in telling:
        matters[matter[claim.id]] += _steps(claim, register)
    return tuple(_drift(steps, register) for steps in matters.values() if len(steps) > 1)


def _drift(steps: list[Step], register: Register) -> Drift:
    first = min(steps, key=_care)
    rest = sorted((step for step in steps if step is not first), key=lambda step: step.when)
    return Drift((first, *(_moved(first, step, register) for step in rest)))


def _care(step: Step) -> tuple[bool, str, bool, bool, int]:
    taken = step.position in _TAKEN_FOR_GRANTED
    return not step.sourced, step.when, step.relay, taken, certainty_rank(step.certainty)


def _matter(edge: Edge) -> object:
    """What makes it one matter: the edge, or for a figure its subject, relation and number."""
    figure = edge.object
    if not isinstance(figure, Figure):
        return edge
    return edge.subject, edge.predicate, figure.value, figure.low, figure.high, figure.words, figure.unit


def _steps(claim: Claim, register: Register) -> Iterator[Step]:
    """The hops of a claim from the innermost outwards; a relay without a certainty of its own passes on what it got."""
    u = claim.utterance
    certainty = u.source.certainty or "Certain"
    origin = origin_of(u, register).key
    for number, hop in enumerate(reversed(u.by)):
        certainty = hop.certainty or certainty
        last = number == len(u.by) - 1
        yield Step(
            claim.id,
            hop.speaker,
            number > 0,
            (hop.said_at or (moment(claim) if number == 0 else claim.document.published.end)),
            claim.document.id,
            origin,
            certainty,
            u.position if last else "Body",
            claim.edge,
            len(u.by) > 1 or discount(u, register) is None,
            any(hop.held_by for hop in u.by),
        )


def _moved(first: Step, step: Step, register: Register) -> Step:
    moves = (
        _certainty(first, step),
        *_figure(first.edge.object, step.edge.object, register.wholes),
        *_content(first.edge, step.edge, register.wholes),
        _position(first, step),
        _source(first, step),
        _custody(first, step),
    )
    return replace(step, moves=tuple(move for move in moves if move is not None))


def _certainty(first: Step, step: Step) -> Move | None:
    was, now = certainty_rank(first.certainty), certainty_rank(step.certainty)
    if was == now:
        return None
    return Move("certainty", HARDER if now > was else SOFTER, first.certainty, step.certainty)


def _position(first: Step, step: Step) -> Move | None:
    if first.position == step.position:
        return None
    was, now = first.position in _TAKEN_FOR_GRANTED, step.position in _TAKEN_FOR_GRANTED
    direction = OTHER if was == now else HARDER if now else SOFTER
    return Move("position", direction, first.position, step.position)


def _custody(first: Step, step: Step) -> Move | None:
    """Words of somebody held that are passed on as if they were free."""
    if first.in_custody == step.in_custody:
        return None
    was, now = ("told" if one.in_custody else "not told" for one in (first, step))
    return Move("custody", SOFTER if step.in_custody else HARDER, was, now)


def _source(first: Step, step: Step) -> Move | None:
    """A word that once had a source and is repeated without one is harder, however plain it looks."""
    if first.sourced == step.sourced:
        return None
    return Move(
        "source", SOFTER if step.sourced else HARDER, *("shown" if s.sourced else "none" for s in (first, step))
    )


def _content(first: Edge, now: Edge, wholes: Mapping[str, str]) -> Iterator[Move]:
    """What a signed relation joins although the edges differ: the whole instead of a part, another end or relation."""
    if first.subject != now.subject:
        direction = _part(first.subject, now.subject, wholes)
        yield Move("subject", direction, first.subject, now.subject)
    if first.predicate != now.predicate:
        yield Move("relation", OTHER, first.predicate, now.predicate)
    if isinstance(first.object, Ref) and isinstance(now.object, Ref) and first.object != now.object:
        yield Move("object", _part(first.object.id, now.object.id, wholes), first.object.id, now.object.id)
    if (
        isinstance(first.object, Figure)
        and isinstance(now.object, Figure)
        and _number(first.object) != _number(now.object)
    ):
        yield Move("number", OTHER, _number(first.object), _number(now.object))


def _part(first: str, now: str, wholes: Mapping[str, str]) -> str:
    return HARDER if is_part(first, now, wholes) else SOFTER if is_part(now, first, wholes) else OTHER


def _number(figure: Figure) -> str:
    if figure.value is not None:
        return str(figure.value)
    return figure.words or f"{figure.low} to {figure.high}"


def _figure(first: object, now: object, wholes: Mapping[str, str]) -> Iterator[Move]:
    if not isinstance(first, Figure) or not isinstance(now, Figure):
        return
    if first.comparator != now.comparator:
        inner, outer = within(now, first), within(first, now)
        direction = OTHER if inner == outer else HARDER if inner else SOFTER
        yield Move("comparator", direction, first.comparator, now.comparator)
    if first.of != now.of:
        yield Move("population", _part(first.of or "", now.of or "", wholes), first.of or "", now.of or "")
