"""What was found → JSON, the same from the service and from the command."""

from typing import Any

from graph.evidence import ClaimFound, DocumentFound, Found, Named, QuestionFound
from graph.search import Passage

Json = dict[str, Any]


def entity_found(found: Found) -> Json:
    """An entity by the name that matched."""
    return {
        "id": found.entity.id,
        "kind": found.entity.kind,
        "label": found.entity.name,
        "matched": found.matched,
        "claims": found.claims,
        "all_words": found.all_words,
    }


def claim_found(found: ClaimFound) -> Json:
    """A sentence, and whose word it is."""
    return {
        "claim": found.claims[0],
        "claim_ids": list(found.claims),
        **_marked("says", found.says),
        "status": {"id": found.status.id, "label": found.status.label, "definition": found.status.definition},
        "speaker": _named(found.speaker),
        "chain": found.chain,
        "document": _named(found.document),
        "named": [_named(named) for named in found.named],
        "all_words": found.all_words,
    }


def document_found(found: DocumentFound) -> Json:
    """A document, by its title or by a paragraph of our digest."""
    by_title = found.paragraph is None
    return {
        "id": found.document.id,
        "title": found.document.label,
        "paragraph": found.paragraph,
        **_marked("text", found.passage),
        "field": "title" if by_title else "digest",
        "all_words": found.all_words,
    }


def question_found(found: QuestionFound) -> Json:
    """A question, by its wording; `claims` of what was found answer it, where a question was asked."""
    return {
        "id": found.question.id,
        "label": found.question.label,
        **_marked("text", found.passage),
        "all_words": found.all_words,
        "claims": found.claims,
    }


def _marked(name: str, passage: Passage) -> Json:
    """A text with the hit in code points, ends exclusive: whoever shows it marks it, and nothing is markup."""
    return {name: passage.text, "marks": [list(mark) for mark in passage.marks]}


def _named(named: Named) -> Json:
    return {"id": named.id, "label": named.label}
