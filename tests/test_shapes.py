"""Every shape of ontology.ttl refuses what breaks it: by hand where the data model names the rule, else by its parts.

A generated mutant takes one constraint of one shape and breaks it at one node of the valid graph. Every finding is
one of pySHACL, too.
"""

from collections.abc import Iterator

import pytest
from mutants import HAND_MADE, Mutant, Quads, both, fact, minus, swap, valid
from oracle import agreed, default_graph
from pyoxigraph import Literal, NamedNode
from rdflib import Graph, URIRef
from rdflib.term import Node as Term

from graph.model import Corpus
from graph.origins import derived
from graph.rdf import text, to_quads
from graph.rdf.terms import TYPE
from graph.vocabulary import RDF, SHACL, SKOS, ontology_path, vocabulary

ONTOLOGY = Graph().parse(ontology_path(), format="turtle")
IN_SCHEME = URIRef(SKOS + "inScheme")
SCHEME = ": of another scheme"
STRAY = NamedNode("https://w3id.org/testimony/id/entity/crowbar")


def sh(name: str) -> URIRef:
    return URIRef(SHACL + name)


def code_of(message: Term | None) -> str:
    return str(message).partition(": ")[0]


ORIGIN_HOP = frozenset(
    {"S30-origin-force", "S31-origin-polarity", "S32-origin-certainty", "S33-origin-relays", "S34-origin-commitment"}
)
ALL_CODES = {code_of(message) for message in ONTOLOGY.objects(None, sh("message"))}


def focuses(shape: Term, data: Graph) -> list[str]:
    """The nodes of a graph that a shape looks at."""
    found: set[str] = set()
    for kind in ONTOLOGY.objects(shape, sh("targetClass")):
        kinds = {kind, *ONTOLOGY.transitive_subjects(URIRef("http://www.w3.org/2000/01/rdf-schema#subClassOf"), kind)}
        found |= {str(s) for k in kinds for s in data.subjects(URIRef(RDF + "type"), k)}
    for predicate in ONTOLOGY.objects(shape, sh("targetObjectsOf")):
        found |= {str(o) for o in data.objects(None, URIRef(str(predicate)))}
    for predicate in ONTOLOGY.objects(shape, sh("targetSubjectsOf")):
        found |= {str(s) for s in data.subjects(URIRef(str(predicate)), None)}
    return sorted(found)


def generated() -> Iterator[Mutant]:
    """One mutant per constraint of each property shape that has a code."""
    data = default_graph(valid())
    for shape in sorted(set(ONTOLOGY.subjects(sh("property"), None)), key=str):
        seen = [focus for focus in focuses(shape, data) if "withheld" not in focus]
        for part in sorted(ONTOLOGY.objects(shape, sh("property")), key=str):
            yield from _broken(shape, part, seen, data)


def _broken(shape: Term, part: Term, seen: list[str], data: Graph) -> Iterator[Mutant]:
    code = code_of(ONTOLOGY.value(part, sh("message")))
    path = NamedNode(str(ONTOLOGY.value(part, sh("path"))))
    if path.value == str(IN_SCHEME):
        yield _other_scheme(shape, code, seen)
        return
    with_value = [focus for focus in seen if (URIRef(focus), URIRef(path.value), None) in data]
    least, most = ONTOLOGY.value(part, sh("minCount")), ONTOLOGY.value(part, sh("maxCount"))
    if least is not None:
        yield Mutant(f"{code}: none", code, minus(NamedNode(with_value[0]), path))
    if most is not None and int(str(most)) > 0:
        focus = NamedNode(with_value[0])
        held = next(q.object for q in valid() if q.subject == focus and q.predicate == path)
        yield Mutant(
            f"{code}: one too many", code, lambda base: base | {fact(focus, path, _another(held))}, _related(code)
        )
    if ONTOLOGY.value(part, sh("class")) is not None:
        focus = NamedNode(with_value[0])
        stranger = STRAY if "speaker" not in code else _untyped()
        yield Mutant(f"{code}: of another class", code, swap(focus, path, stranger), _related(code))
    if ONTOLOGY.value(part, sh("datatype")) is not None:
        yield Mutant(f"{code}: another datatype", code, swap(NamedNode(with_value[0]), path, text("three")))


def _related(code: str) -> frozenset[str]:
    """Where another node becomes an origin hop, the shapes of origin hops look at it too."""
    return ORIGIN_HOP if "origin-hop" in code else frozenset()


def _untyped() -> NamedNode:
    """Something that is introduced and is no entity."""
    return NamedNode("https://w3id.org/testimony/id/question/injured")


def _another(held: object) -> NamedNode | Literal:
    """A second value of the same sort as one that a node has."""
    if isinstance(held, Literal):
        return Literal(held.value + "x", language=held.language) if held.language else text(held.value + "x")
    assert isinstance(held, NamedNode)
    kinds = {q.object for q in valid() if q.subject == held and q.predicate == TYPE}
    if not kinds:  # a concept: another one of its scheme
        name = vocabulary().name(held.value)
        scheme = next(s for s, concepts in vocabulary().schemes.items() if name in concepts)
        return next(c.iri for c in vocabulary().concepts(scheme).values() if c.name != name)
    alike = {q.subject for q in valid() if q.predicate == TYPE and q.object in kinds} - {held}
    return min((node for node in alike if isinstance(node, NamedNode)), key=str)


def _other_scheme(shape: Term, code: str, seen: list[str]) -> Mutant:
    """One use of the property takes a concept of another scheme."""
    predicate = NamedNode(str(ONTOLOGY.value(shape, sh("targetObjectsOf"))))
    scheme = str(ONTOLOGY.value(next(ONTOLOGY.objects(shape, sh("property"))), sh("hasValue")))
    stranger = vocabulary().concept("PlaceLevel", "LevelTown")
    if scheme.endswith("PlaceLevelScheme"):
        stranger = vocabulary().concept("Needs", "NeedsAny")
    used = sorted((q for q in valid() if q.predicate == predicate), key=str)
    if not used:
        return Mutant(code + SCHEME, code, lambda base: base | {fact(STRAY, predicate, stranger.iri)})
    subject = used[0].subject
    assert isinstance(subject, NamedNode)
    return Mutant(code + SCHEME, code, swap(subject, predicate, stranger.iri))


GENERATED = tuple(generated())
TOGETHER = (": one too many", ": of another class", SCHEME)
ONE_BY_ONE = (*HAND_MADE, *(mutant for mutant in GENERATED if not mutant.name.endswith(TOGETHER)))


def codes_of(quads: Quads) -> set[str]:
    """The codes of the shapes that refuse a graph, after both engines."""
    return {problem.code for problem in agreed(quads, valid())}


def test_the_unharmed_graph_breaks_no_shape(mini: Corpus) -> None:
    assert agreed(valid(), valid()) == []
    assert agreed(frozenset(to_quads(mini) | derived(mini))) == []


@pytest.mark.parametrize("mutant", ONE_BY_ONE, ids=str)
def test_a_mutant_is_refused_for_its_own_reason(mutant: Mutant) -> None:
    found = codes_of(mutant.damage(valid()))
    assert mutant.code in found
    assert found - mutant.also == {mutant.code}


@pytest.mark.parametrize("kind", TOGETHER)
def test_mutants_of_one_kind_are_refused_together_each_for_its_own_reason(kind: str) -> None:
    alike = [mutant for mutant in GENERATED if mutant.name.endswith(kind)]
    assert len(alike) > 8
    found = codes_of(both(*(mutant.damage for mutant in alike))(valid()))
    assert found >= {mutant.code for mutant in alike}
    assert found <= {mutant.code for mutant in alike}.union(*(mutant.also for mutant in alike))


def test_every_shape_has_a_mutant() -> None:
    assert {mutant.code for mutant in (*HAND_MADE, *GENERATED)} == ALL_CODES
