"""IRIs and literals: how an id, a date or a number is written in RDF."""

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from graph.vocabulary import DCTERMS, ID, OA, RDF, RDFS, SKOS, SKOSXL, XSD

TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
PREF = NamedNode(SKOS + "prefLabel")
XL_PREF = NamedNode(SKOSXL + "prefLabel")
XL_ALT = NamedNode(SKOSXL + "altLabel")
XL_FORM = NamedNode(SKOSXL + "literalForm")
SOURCE = NamedNode(DCTERMS + "source")
IDENTIFIER = NamedNode(DCTERMS + "identifier")
NOTE = NamedNode(SKOS + "editorialNote")
REPLACED_BY = NamedNode(DCTERMS + "isReplacedBy")
HAS_SOURCE = NamedNode(OA + "hasSource")

Node = NamedNode | Literal


def iri(kind: str, name: str) -> NamedNode:
    """The IRI of one of our things: `iri("claim", "003-c12.1")`."""
    return NamedNode(f"{ID}{kind}/{name}")


def maybe_iri(value: str) -> NamedNode | None:
    """A text as an IRI, None where it is none: `https://…/%zz`."""
    try:
        return NamedNode(value)
    except ValueError:
        return None


def short(node: NamedNode) -> str:
    """The id inside one of our IRIs: the part after the kind."""
    return node.value.removeprefix(ID).partition("/")[2]


def digest(text: str) -> str:
    """The first 128 bits of SHA-256, as 32 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def text(value: str, lang: str | None = None) -> Literal:
    """A plain or language-tagged literal."""
    return Literal(value, language=lang) if lang else Literal(value)


def typed(value: object, datatype: str) -> Literal:
    """A literal of an XSD datatype."""
    return Literal(str(value), datatype=NamedNode(XSD + datatype))


def date(value: str) -> Literal:
    """A date at its own precision: xsd:gYear, xsd:gYearMonth or xsd:date."""
    return typed(value, {4: "gYear", 7: "gYearMonth", 10: "date"}[len(value)])


def number(value: Decimal | int) -> Literal:
    """An xsd:decimal in canonical form."""
    shown = format(Decimal(value).normalize(), "f")
    return typed(shown, "decimal")


def sorted_lines(quads: Iterable[Quad]) -> Iterator[str]:
    """N-Quads lines in code-point order: without blank nodes this is canonical."""
    yield from sorted(f"{quad} .\n" for quad in quads)
