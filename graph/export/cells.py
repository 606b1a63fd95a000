"""Answers as text: short ids for what is ours, words for figures and dates, the text for the rest."""

from pyoxigraph import Literal, NamedNode

from graph.rdf import LABEL, short
from graph.store import Queryable, Rows
from graph.vocabulary import ID, say, vocabulary

NOTE = "alleged: status not shown"
_VALUES = (f"{ID}estimate/", f"{ID}interval/")  # named by a hash, so that only their label can be read


def cell(term: NamedNode | Literal | None, store: Queryable | None = None) -> str:
    """One cell; empty for an unbound variable. With the store at hand, a figure is shown in words."""
    if isinstance(term, NamedNode):
        if store is not None and term.value.startswith(_VALUES):
            return _value(term, store)
        return short(term) if term.value.startswith(ID) else term.value.removeprefix(vocabulary().namespace)
    return term.value if isinstance(term, Literal) else ""


def _value(node: NamedNode, store: Queryable) -> str:
    """A figure or interval in words, with who or what is counted."""
    facts = {q.predicate: q.object for q in store.about(node)}
    words, of = facts.get(LABEL), facts.get(say.population)
    counted = f" ({short(of)})" if isinstance(of, NamedNode) else ""
    return (words.value if isinstance(words, Literal) else short(node)) + counted


def cells(rows: Rows, store: Queryable, alleged: bool = False) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Columns and rows as text.

    `alleged`: the rows show content without its status; a last column then says so in every row, since
    a table that is kept loses what was printed beside it.
    """
    columns = (*rows.columns, "note") if alleged else rows.columns
    listed = [tuple(cell(term, store) for term in row) for row in rows.rows]
    return columns, [(*row, NOTE) for row in listed] if alleged else listed
