"""Content: propositions, estimates and intervals, whose IRIs are hashes of what they hold."""

from pyoxigraph import NamedNode

from graph.content import Date, Edge, Figure, Interval, Ref, Thing
from graph.rdf.terms import Node, date, digest, iri, typed
from graph.vocabulary import vocabulary


def figure_key(figure: Figure) -> str:
    """comparator | value or range | population or unit | stated moment: equal figures share a node."""
    ends = [None if x is None else format(x.normalize(), "f") for x in (figure.value, figure.low, figure.high)]
    bound = figure.words or (ends[0] if ends[0] is not None else f"{ends[1]}..{ends[2]}")
    return "|".join((figure.comparator, bound, figure.of or figure.unit or "", figure.as_of or ""))


def interval_key(interval: Interval) -> str:
    """Both ends of an interval, which hold only jointly."""
    return f"{interval.start}..{interval.end}"


def object_node(thing: Thing) -> Node:
    """The RDF object of an edge."""
    match thing:
        case Ref(name):
            return iri("entity", name)
        case Date(value):
            return date(value)
        case Interval():
            return iri("interval", digest(interval_key(thing)))
        case Figure():
            return iri("estimate", digest(figure_key(thing)))
        case _:
            return typed("true", "boolean")


def triple_of(edge: Edge) -> tuple[NamedNode, NamedNode, Node]:
    """The one triple of an edge's proposition."""
    predicate = vocabulary().property(edge.predicate).iri
    return iri("entity", edge.subject), predicate, object_node(edge.object)


def proposition_id(edge: Edge) -> str:
    """128 bits of SHA-256 over the triple in N-Triples with full IRIs."""
    return triple_id(*triple_of(edge))


def triple_id(subject: NamedNode, predicate: NamedNode, target: Node) -> str:
    """The same from its terms."""
    return digest(f"{subject} {predicate} {target} .")


def proposition(edge: Edge) -> NamedNode:
    """The IRI of an edge's proposition, which is also the name of its graph."""
    return iri("proposition", proposition_id(edge))


def proposition_label(edge: Edge) -> str:
    """A label that says nothing of the content: it stands in the default graph, where no allegation may."""
    return f"proposition {proposition_id(edge)[:12]}"


_BOUND_WORDS = {
    "Exactly": "",
    "AtLeast": "at least ",
    "MoreThan": "more than ",
    "AtMost": "at most ",
    "LessThan": "less than ",
    "About": "about ",
}


def figure_text(figure: Figure) -> str:
    """A figure in words, without its population: `about 200`."""
    if figure.comparator == "InWords":
        bound = figure.words or ""
    elif figure.comparator == "Between":
        bound = f"{figure.low:,f} to {figure.high:,f}"
    else:
        bound = f"{_BOUND_WORDS[figure.comparator]}{figure.value:,f}"
    unit = f" {figure.unit}" if figure.unit else ""
    moment = f" (as of {figure.as_of})" if figure.as_of else ""
    return bound + unit + moment
