"""The closed namespace of ontology.ttl: a misspelt term raises, nothing is defined twice.

`say.content` is the IRI of the term `content`; `concepts("Mode")` lists a scheme in file order.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from graph.errors import VocabularyError

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
SHACL = "http://www.w3.org/ns/shacl#"
PROV = "http://www.w3.org/ns/prov#"

ID = "https://w3id.org/testimony/id/"  # instances; the vocabulary's own namespace is read below

_HERE = Path(__file__).parent


def ontology_path() -> Path:
    """Where ontology.ttl lies: beside the package in a checkout, inside it in a wheel."""
    inside = _HERE / "ontology.ttl"
    return inside if inside.exists() else _HERE.parent / "ontology.ttl"


@dataclass(frozen=True, slots=True)
class Concept:
    """One value of a scheme; `notation` is its short token in tables."""

    name: str
    iri: NamedNode
    scheme: str
    notation: str
    labels: dict[str, str]
    definition: str
    facts: dict[str, str]
    example: str  # empty where a scheme gives none
    counter_example: str

    @property
    def label(self) -> str:
        return self.labels["en"]


@dataclass(frozen=True, slots=True)
class ContentProperty:
    """A predicate that may stand only inside a proposition."""

    name: str
    iri: NamedNode
    label: str
    definition: str
    family: str
    forward: str
    backward: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    rung: int | None
    symmetric: bool
    supposes_object: bool  # an edge of it supposes that the event at its end took place


class Vocabulary:
    """ontology.ttl, read once.

    Raises VocabularyError for a term that it does not define.
    """

    def __init__(self, path: Path) -> None:
        self._facts: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode) and not isinstance(quad.object, Triple):
                self._facts[quad.subject.value][quad.predicate.value].append(quad.object)
        self.iri = next(iri for iri, facts in self._facts.items() if NamedNode(OWL + "Ontology") in facts[RDF + "type"])
        self.namespace = self.iri.rstrip("#") + "#"
        self.version = self._one(self.iri, OWL + "versionInfo")
        self.names = tuple(iri.removeprefix(self.namespace) for iri in self._facts if iri.startswith(self.namespace))
        self._terms = {name: NamedNode(self.namespace + name) for name in self.names}
        self._places = {name: at for at, name in enumerate(self.names)}
        self.schemes: dict[str, dict[str, Concept]] = defaultdict(dict)
        self.properties: dict[str, ContentProperty] = {}
        self.parents: dict[str, str] = {}
        for name in self.names:
            self._classify(name)
        self.content = frozenset(
            relation.iri for relation in self.properties.values()
        )  # the predicates of propositions

    def __contains__(self, name: str) -> bool:
        return name in self._terms

    def term(self, name: str) -> NamedNode:
        """The IRI of a term; VocabularyError when there is none."""
        found = self._terms.get(name)
        if found is None:
            raise VocabularyError(name, self.names)
        return found

    def name(self, iri: str) -> str:
        """The local name of one of our IRIs."""
        name = iri.removeprefix(self.namespace)
        if name not in self._terms:
            raise VocabularyError(name, self.names)
        return name

    def place(self, name: str) -> int:
        """Where a term stands in the file: the order in which several are listed."""
        return self._places[name]

    def concepts(self, scheme: str) -> dict[str, Concept]:
        """The concepts of a scheme by name, in file order: `concepts("Mode")`."""
        if scheme not in self.schemes:
            raise VocabularyError(scheme, tuple(self.schemes))
        return self.schemes[scheme]

    def concept(self, scheme: str, name: str) -> Concept:
        found = self.concepts(scheme).get(name)
        if found is None:
            raise VocabularyError(name, tuple(self.concepts(scheme)))
        return found

    def property(self, name: str) -> ContentProperty:
        found = self.properties.get(name)
        if found is None:
            raise VocabularyError(name, tuple(self.properties))
        return found

    def is_a(self, kind: str, ancestor: str) -> bool:
        """Whether class `kind` is `ancestor` or below it."""
        current: str | None = kind
        while current is not None:
            if current == ancestor:
                return True
            current = self.parents.get(current)
        return False

    def kinds(self, ancestor: str) -> tuple[str, ...]:
        """The classes at or below `ancestor`, in file order."""
        return tuple(n for n in self.names if self.is_a(n, ancestor))

    def of_type(self, kind: str) -> tuple[str, ...]:
        """The terms of an rdf:type, given as full IRI, in file order."""
        return tuple(n for n in self.names if NamedNode(kind) in self._facts[self.namespace + n][RDF + "type"])

    def label(self, name: str) -> str:
        """The English label of any term."""
        iri = self.term(name).value
        return self._labels(iri, RDFS + "label").get("en") or self._labels(iri, SKOS + "prefLabel")["en"]

    def definition(self, name: str) -> str:
        """The definition of any term."""
        return self._one(self.term(name).value, SKOS + "definition")

    def _one(self, iri: str, predicate: str, default: str = "") -> str:
        values = self._facts[iri].get(predicate, [])
        return values[0].value if values else default

    def _labels(self, iri: str, predicate: str) -> dict[str, str]:
        return {
            value.language: value.value
            for value in self._facts[iri].get(predicate, [])
            if isinstance(value, Literal) and value.language
        }

    def _ours(self, iri: str, predicate: str) -> tuple[str, ...]:
        return tuple(
            value.value.removeprefix(self.namespace).removeprefix(XSD) for value in self._facts[iri].get(predicate, [])
        )

    def _classify(self, name: str) -> None:
        iri = self.namespace + name
        types = {value.value for value in self._facts[iri].get(RDF + "type", [])}
        for parent in self._ours(iri, RDFS + "subClassOf"):
            if parent in self._terms:
                self.parents[name] = parent
        if SKOS + "Concept" in types:
            scheme = self._ours(iri, SKOS + "inScheme")[0].removesuffix("Scheme")
            self.schemes[scheme][name] = Concept(
                name=name,
                iri=NamedNode(iri),
                scheme=scheme,
                notation=self._one(iri, SKOS + "notation"),
                labels=self._labels(iri, SKOS + "prefLabel"),
                definition=self._one(iri, SKOS + "definition"),
                facts={
                    predicate.removeprefix(self.namespace): values[0].value
                    for predicate, values in self._facts[iri].items()
                    if predicate.startswith(self.namespace)
                },
                example=self._one(iri, SKOS + "example"),
                counter_example=self._one(iri, self.namespace + "counterExample"),
            )
        if self.namespace + "ContentProperty" in types:
            rung = self._one(iri, self.namespace + "rung")
            self.properties[name] = ContentProperty(
                name=name,
                iri=NamedNode(iri),
                label=self._one(iri, RDFS + "label"),
                definition=self._one(iri, SKOS + "definition"),
                family=self._ours(iri, self.namespace + "family")[0],
                forward=self._one(iri, self.namespace + "forwardReading"),
                backward=self._one(iri, self.namespace + "backwardReading"),
                domain=self._ours(iri, self.namespace + "domainIncludes"),
                range=self._ours(iri, self.namespace + "rangeIncludes"),
                rung=int(rung) if rung else None,
                symmetric=OWL + "SymmetricProperty" in types,
                supposes_object=self._one(iri, self.namespace + "supposesObject") == "true",
            )


@cache
def vocabulary() -> Vocabulary:
    """The one vocabulary of this installation."""
    return Vocabulary(ontology_path())


class _Say:
    """Attribute access to terms: `say.content`; a misspelt one raises VocabularyError."""

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        return vocabulary().term(name)


say = _Say()
