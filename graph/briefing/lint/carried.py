"""What cited claims carry: the words, numbers, months and names that a sentence may take from them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.briefing.citing import Known, opposing
from graph.briefing.lint.names import Names
from graph.briefing.lint.numbers import months, numbers, of_dates
from graph.evidence import ClaimEvidence
from graph.model import Entity


@dataclass(frozen=True, slots=True)
class Carried:
    """Everything that some claims carry together; `members` are actors of whom they speak only jointly with others.

    `says` are our words for them, `told` these with their edges in words, `text` all words about them.
    """

    says: str
    told: str
    text: str
    numbers: frozenset[Decimal]
    months: frozenset[str]
    entities: frozenset[str]
    members: frozenset[str]


def carried(claims: Sequence[ClaimEvidence], known: Known, names: Names) -> Carried:
    """What claims carry; who stands against a contested one counts as carried."""
    against = [known[name] for name in opposing(claims) if name in known]
    held = [*claims, *against]
    says = " ".join(claim.says for claim in claims)
    told = " ".join(" ".join([*_edge(claim), *_terms(claim)]) for claim in claims)
    direct = {name for claim in held for name in _entities(claim)}
    entities = direct | {near for name in direct for near in _near(names.entities.get(name))}
    members = {one for name in _ends(claims) for one in _members(names.entities.get(name))} - _told_of(claims)
    labels = [names.entities[name] for name in sorted(entities) if name in names.entities]
    text = " ".join([*(_text(claim) for claim in held), *(_named(entity) for entity in labels)])
    values, named = of_dates(date for claim in held for date in _dates(claim))
    values |= {number.value for number in numbers(text)} | {value for claim in held for value in figures(claim)}
    values |= {Decimal(part) for date in re.findall(r"\d{4}-\d\d(?:-\d\d)?", text) for part in date.split("-")}
    named |= months(text)
    mentioned = {one.entity for one in names.mentions(text)}
    return Carried(
        says, told, text, frozenset(values), frozenset(named), frozenset(entities | mentioned), frozenset(members)
    )


def _entities(claim: ClaimEvidence) -> Iterable[str]:
    yield from (claim.subject.id, claim.object.id, claim.document.publisher.id, claim.origin.id)
    yield from (named.id for named in claim.about)
    for hop in claim.chain:
        yield hop.speaker.id
        yield from (named.id for named in hop.addressee)
        if hop.held_by:
            yield hop.held_by.id


def _ends(claims: Sequence[ClaimEvidence]) -> set[str]:
    """What claims are about, and whose word they are: each may be several that act or speak as one."""
    return {end for claim in claims for end in (claim.subject.id, claim.object.id, claim.chain[-1].speaker.id)}


def _told_of(claims: Sequence[ClaimEvidence]) -> set[str]:
    """What claims are about, and who speaks: one by one, not as member of several."""
    about = {named.id for claim in claims for named in (claim.subject, claim.object, *claim.about)}
    return about | {hop.speaker.id for claim in claims for hop in claim.chain}


def _members(entity: Entity | None) -> Iterable[str]:
    return () if entity is None else entity.members


def _near(entity: Entity | None) -> Iterable[str]:
    """What an entity belongs to or consists of: an organ may be told by its state."""
    if entity is None:
        return
    yield from (name for name in (entity.organ_of, entity.institution, entity.part_of, entity.within) if name)
    yield from entity.members
    yield from (same.with_ for same in entity.possible_same)


def _named(entity: Entity) -> str:
    return " ".join([*(text for _, text in entity.label), *(alias.text for alias in entity.aliases)])


def _edge(claim: ClaimEvidence) -> list[str]:
    named = (claim.subject, claim.predicate, claim.object, *claim.about)
    return [claim.says, claim.reading, claim.condition or "", *(one.label for one in named)]


def _terms(claim: ClaimEvidence) -> list[str]:
    """The words in which a citation tells the status of a claim are no deeds."""
    terms = (claim.reported_status, claim.drawn_status, claim.document.kind, *claim.evidence_kinds)
    return [term.label for term in terms]


def _text(claim: ClaimEvidence) -> str:
    more = (claim.document.title, claim.passage.digest, claim.note or "", *claim.could_also)
    return " ".join([*_edge(claim), *more])


def _dates(claim: ClaimEvidence) -> Iterable[str | None]:
    yield from (claim.event_start, claim.event_end, claim.document.published_from, claim.document.published_to)
    yield from (hop.said_at for hop in claim.chain)
    yield claim.figure.as_of if claim.figure else None


def figures(claim: ClaimEvidence) -> set[Decimal]:
    """The ends of a claim's figure."""
    if claim.figure is None:
        return set()
    return {Decimal(end) for end in (claim.figure.low, claim.figure.high) if end is not None}
