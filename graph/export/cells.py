"""Terms of an answer as text: short ids for what is ours, the text for the rest."""

from pyoxigraph import Literal, NamedNode

from graph.rdf import short
from graph.vocabulary import ID, vocabulary


def cell(term: NamedNode | Literal | None) -> str:
    """One cell; empty for an unbound variable."""
    if isinstance(term, NamedNode):
        return short(term) if term.value.startswith(ID) else term.value.removeprefix(vocabulary().namespace)
    return term.value if isinstance(term, Literal) else ""
