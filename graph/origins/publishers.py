"""Who published a document first: what is printed again has the publisher of what it repeats."""

from collections.abc import Iterable

from graph.model import Document


def first_publishers(documents: Iterable[Document]) -> dict[str, frozenset[str]]:
    """By document id, its publisher, or those of the documents and agencies that it republishes."""
    known = {document.id: document for document in documents}

    def up(name: str, below: frozenset[str]) -> frozenset[str]:
        document = known.get(name)
        if document is None or name in below:
            return frozenset({name})  # an agency, or a document that is not here
        if not document.republishes:
            return frozenset({document.publisher})
        return frozenset[str]().union(*(up(other, below | {name}) for other in document.republishes))

    return {name: up(name, frozenset()) for name in known}
