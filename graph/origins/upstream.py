"""Upstream: which claims a claim goes back to by signed relations. It is shown beside the counts and changes none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.model import SourceRelation
from graph.rdf import natural

RELAYS, SAME = "RelationRelays", "RelationSameOrigin"


@dataclass(frozen=True, slots=True)
class Back:
    """One step back: the claim that is reached, the one from which, and the relation that says so."""

    claim: str
    of: str
    relation: SourceRelation


def upstream(claim_id: str, relations: Iterable[SourceRelation]) -> tuple[Back, ...]:
    """The claims that a claim goes back to, each once, the nearest first.

    A relay leads from who passes on to who is passed on; one origin shared leads either way. The order
    of the relations makes no difference.
    """
    leads: dict[str, list[Back]] = {}
    for back in _backs(relations):
        leads.setdefault(back.of, []).append(back)
    found: dict[str, Back] = {}
    queue = [claim_id]
    while queue:
        level = [back for name in queue for back in sorted(leads.get(name, ()), key=_order)]
        queue = []
        for back in level:
            if back.claim != claim_id and back.claim not in found:
                found[back.claim] = back
                queue.append(back.claim)
    return tuple(found.values())


def _backs(relations: Iterable[SourceRelation]) -> Iterator[Back]:
    for relation in relations:
        if relation.kind in (RELAYS, SAME):
            yield Back(relation.target, relation.source, relation)
        if relation.kind == SAME:
            yield Back(relation.source, relation.target, relation)


def _order(back: Back) -> tuple[bool, tuple[str, ...], str]:
    return back.relation.kind != RELAYS, natural(back.claim), back.relation.id
