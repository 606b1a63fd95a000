"""Which claims are meant: the same filters, by the same names, at the command and in the service."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from graph.errors import NotFoundError
from graph.evidence.archive import Archive
from graph.evidence.values import ClaimEvidence
from graph.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Filter:
    """What it keeps, in words and as a test of a claim against a value; and the values there are."""

    what: str
    test: Callable[[ClaimEvidence, str], bool]
    known: Callable[[Archive], Iterable[str]]


def statuses(scheme: str) -> list[str]:
    """The tokens of a scheme of statuses, in file order."""
    return [concept.notation for concept in vocabulary().concepts(scheme).values()]


def _entities(archive: Archive) -> Iterable[str]:
    return archive.register.entities


FILTERS: Mapping[str, Filter] = {
    "entity": Filter(
        "claims about it, by id",
        lambda c, v: v in (c.subject.id, c.object.id) or v in {named.id for named in c.about},
        _entities,
    ),
    "document": Filter("claims of one document, by id", lambda c, v: c.document.id == v, lambda a: a.documents),
    "speaker": Filter(
        "claims with this speaker anywhere in the chain", lambda c, v: v in {hop.speaker.id for hop in c.chain}, _entities
    ),
    "origin": Filter(
        "claims counted with this origin or origin group",
        lambda c, v: v in (c.origin.id, c.origin_group.id if c.origin_group else ""),
        lambda a: [*a.register.entities, *(group.id for group in a.register.groups.values())],
    ),
    "drawn": Filter(
        "claims whose edge is drawn so", lambda c, v: c.drawn_status.id == v, lambda _: statuses("DrawnStatus")
    ),
    "reported": Filter(
        "claims that their source gives this status",
        lambda c, v: c.reported_status.id == v,
        lambda _: statuses("ReportedStatus"),
    ),
    "relation": Filter(
        "claims with this relation, by its name in the vocabulary",
        lambda c, v: c.predicate.id == v,
        lambda _: vocabulary().properties,
    ),
    "question": Filter(
        "claims that answer this question",
        lambda c, v: v in {question.id for question in c.addresses},
        lambda a: [question.id for question in a.register.questions],
    ),
}  # fmt: skip


def chosen(claims: Iterable[ClaimEvidence], given: Mapping[str, str]) -> list[ClaimEvidence]:
    """The claims that meet every filter, in the order given."""
    tests = [(FILTERS[name].test, value) for name, value in given.items()]
    return [claim for claim in claims if all(test(claim, value) for test, value in tests)]


def check(archive: Archive, given: Mapping[str, str]) -> None:
    """NotFoundError for a value that nothing bears: an empty file would be taken for silence."""
    for name, value in given.items():
        known = tuple(FILTERS[name].known(archive))
        if value not in known:
            raise NotFoundError(f"{name} status" if name in ("drawn", "reported") else name, value, known)
