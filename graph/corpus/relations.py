"""Rules about relations between sources: known ends of the right sort, each once, in one direction of time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.corpus.circles import circles
from graph.corpus.dates import after
from graph.corpus.references import Names, at
from graph.corpus.schema import RELATION_PREFIX
from graph.errors import Problem, nearest
from graph.model import Corpus, Document, Question, SourceRelation
from graph.vocabulary import vocabulary

CLAIM, DOCUMENT, QUESTION = "claim", "document", "question"
_ALIKE = ((CLAIM, CLAIM), (DOCUMENT, DOCUMENT))
_CLAIMS = ((CLAIM, CLAIM),)
#: the sorts of ends that each kind may join, from and to
ENDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "RelationRelays": _ALIKE,
    "RelationRepublishes": ((DOCUMENT, DOCUMENT),),
    "RelationSameOrigin": _ALIKE,
    "RelationUpdates": _CLAIMS,
    "RelationSupersedes": _CLAIMS,
    "RelationAnswers": tuple((one, other) for one in (CLAIM, DOCUMENT) for other in (CLAIM, DOCUMENT, QUESTION)),
    "RelationSilentOn": tuple((DOCUMENT, other) for other in (CLAIM, DOCUMENT, QUESTION)),
    "RelationCategoryMismatch": _CLAIMS,
}
#: kinds that lead to something earlier: never to a document that is certainly later, never in a circle
BACKWARD = ("RelationRelays", "RelationRepublishes", "RelationUpdates", "RelationSupersedes")
#: kinds that say the same in either direction
MUTUAL = frozenset({"RelationSameOrigin", "RelationCategoryMismatch"})


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything that may stand at an end of a relation, and the document it is found in."""

    documents: Mapping[str, Document]
    of_claims: Mapping[str, Document]
    questions: Mapping[str, Question]

    @classmethod
    def of(cls, corpus: Corpus, names: Names) -> "_Known":
        of_claims = {claim.id: claim.document for claim in corpus.claims()}
        return cls(names.documents, of_claims, {question.id: question for question in corpus.questions})

    def names(self, sort: str) -> tuple[str, ...]:
        """The ids of one sort."""
        return tuple({CLAIM: self.of_claims, DOCUMENT: self.documents, QUESTION: self.questions}[sort])

    def sort(self, name: str) -> str | None:
        """What sort of thing bears an id; None where nothing does."""
        held = ((CLAIM, self.of_claims), (DOCUMENT, self.documents), (QUESTION, self.questions))
        return next((sort for sort, names in held if name in names), None)

    def document(self, name: str) -> Document | None:
        """The document that an end is or is found in."""
        return self.of_claims.get(name) or self.documents.get(name)


def relations(corpus: Corpus, names: Names) -> Iterator[Problem]:
    """Every problem of the relations between sources."""
    known = _Known.of(corpus, names)
    first: dict[tuple[str, frozenset[str] | tuple[str, str]], SourceRelation] = {}
    for found in corpus.relations:
        pair = (found.source, found.target)
        if found.source == found.target:
            yield at(
                found.where,
                "relation-itself",
                f"{found.source} at both ends of {found.id}",
                "two different ends",
                "mend `from` or `to`",
            )
            continue
        earlier = first.setdefault((found.kind, frozenset(pair) if found.kind in MUTUAL else pair), found)
        if earlier is not found:
            yield at(
                found.where,
                "relation-twice",
                f"{_told(found)} again in {found.id}",
                "one relation of a kind between two ends",
                f"keep one of it and {earlier.id} ({earlier.where.file}:{earlier.where.line})",
            )
        unknown = list(_unknown(found, known))
        yield from unknown or (*_ends(found, known), *_dates(found, known))
    yield from _circles(corpus)


def _token(kind: str) -> str:
    return kind.removeprefix(RELATION_PREFIX)


def _told(found: SourceRelation) -> str:
    return f"{found.source} {_token(found.kind)} {found.target}"


def _unknown(found: SourceRelation, known: _Known) -> Iterator[Problem]:
    asks = any(QUESTION in pair for pair in ENDS[found.kind])
    for key, name in (("from", found.source), ("to", found.target)):
        if known.sort(name) is not None:
            continue
        may_ask = asks and key == "to"
        sort = CLAIM if "." in name else QUESTION if may_ask and not name[0].isdigit() else DOCUMENT
        yield at(
            found.where,
            "unknown-claim" if sort == CLAIM else "unknown-document" if sort == DOCUMENT else "unknown-question",
            f"`{key}` of {found.id}: the {sort} {name!r}",
            f"the id of a claim or a document of this folder{', or of a question' if may_ask else ''}",
            nearest(name, known.names(sort)) or "code it first, or name what is coded",
        )


def _ends(found: SourceRelation, known: _Known) -> Iterator[Problem]:
    sorts = (known.sort(found.source), known.sort(found.target))
    allowed = ENDS[found.kind]
    if sorts not in allowed:
        yield at(
            found.where,
            "relation-ends",
            f"{_token(found.kind)} from a {sorts[0]} to a {sorts[1]} in {found.id}",
            "; ".join(f"from a {one} to a {other}" for one, other in allowed),
            "mend the ends, or choose another kind",
        )


def _dates(found: SourceRelation, known: _Known) -> Iterator[Problem]:
    later, earlier = known.document(found.source), known.document(found.target)
    if found.kind not in BACKWARD or later is None or earlier is None:
        return
    if after(earlier.published.start, later.published.end):
        label = vocabulary().concept("RelationKind", found.kind).label
        yield at(
            found.where,
            "relation-dates",
            f"{earlier.id}, published {earlier.published.start} or later, as what {later.id} of"
            f" {later.published.end} or earlier {label}, in {found.id}",
            "`to` in a document that may have been published before that of `from`, or with it",
            "swap `from` and `to`, mend a date of publication, or use SameOrigin",
        )


def _circles(corpus: Corpus) -> Iterator[Problem]:
    for kind in BACKWARD:
        leads: dict[str, list[str]] = {}
        first: dict[str, SourceRelation] = {}
        for found in corpus.relations:
            if found.kind == kind and found.source != found.target:
                leads.setdefault(found.source, []).append(found.target)
                first.setdefault(found.source, found)
        for name in circles(leads):
            yield at(
                first[name].where,
                "relation-circle",
                f"{name} leads back to itself by {_token(kind)} in {first[name].id}",
                "one direction",
                "remove the relation that closes the circle, or use SameOrigin",
            )
