"""Claims, a register and documents as columns: everything that the rule asks of them, once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import numpy as np

from graph.columns.table import NONE, Columns, Csr, code, day
from graph.content import Edge, Ref, Truth
from graph.model import Claim, Document, Pattern
from graph.origins import Register, Sources, conflicts
from graph.origins.drawn import supposed
from graph.origins.figures import carried
from graph.origins.independence import ESTABLISHED, Judged
from graph.origins.publishers import first_publishers
from graph.origins.withdrawal import PARTY, premises_of
from graph.status import is_concluded
from graph.vocabulary import vocabulary


class Names:
    """Whatever is met, numbered in the order of meeting."""

    def __init__(self) -> None:
        self.number: dict[Any, int] = {}

    def __call__(self, thing: Any) -> int:
        return self.number.setdefault(thing, len(self.number))


def columns_of(claims: Iterable[Claim], register: Register, documents: Iterable[Document]) -> Columns:
    """Claims as columns, in the order given; their ids must differ."""
    listed = tuple(claims)
    names, edges, papers, things = Names(), Names(), Names(), Names()
    fields: dict[str, Any] = {"edge": _ints(edges(claim.edge) for claim in listed)}
    fields["document"] = _ints(papers(_paper(claim.document)) for claim in listed)
    fields |= _utterances(listed) | _hops(listed, names) | _steps(listed)
    fields |= _documents([claim.document for claim in listed], papers, names, Sources.of(register, documents))
    fields |= _contest(listed, tuple(edges.number), register)
    fields |= _independence(tuple(edges.number), names, register)
    return Columns(
        **fields,
        **_entities(names, register),
        subject=_ints(things(edge.subject) for edge in edges.number),
        supposed=_ints(things(of[1]) if of[1:] else NONE for of in map(supposed, edges.number)),
        truth=np.array([isinstance(edge.object, Truth) for edge in edges.number], bool),
        names=tuple(names.number),
        claims=tuple(claim.id for claim in listed),
        edges=tuple(edges.number),
    )


def _ints(values: Iterable[int]) -> Any:
    return np.fromiter(values, np.int32)


def _codes(scheme: str, values: Iterable[str | None]) -> Any:
    return np.fromiter((code(scheme, value) for value in values), np.uint8)


def _flags(values: Iterable[bool]) -> Any:
    return np.fromiter(values, bool)


def _utterances(claims: Sequence[Claim]) -> dict[str, Any]:
    return {
        "mode": _codes("Mode", (c.utterance.mode for c in claims)),
        "reading": _codes("Reading", (c.utterance.reading for c in claims)),
        "position": _codes("Position", (c.utterance.position for c in claims)),
        "force": _codes("Force", (c.utterance.source.force for c in claims)),
        "polarity": _codes("Polarity", (c.utterance.source.polarity for c in claims)),
        "withheld": _flags(c.withheld for c in claims),
        "concluded": _flags(is_concluded(c.utterance, c.edge) for c in claims),
        "evidence": Csr.of([code("EvidenceKind", kind) for kind in c.utterance.evidence] for c in claims),
    }


def _hops(claims: Sequence[Claim], names: Names) -> dict[str, Any]:
    hops = [hop for claim in claims for hop in claim.utterance.by]
    return {
        "hop_starts": np.cumsum([0, *(len(claim.utterance.by) for claim in claims)], dtype=np.int64),
        "hop_speaker": _ints(names(hop.speaker) for hop in hops),
        "hop_held": _ints(names(hop.held_by.who) if hop.held_by else NONE for hop in hops),
        "hop_commitment": _codes("Commitment", (hop.commitment for hop in hops)),
        "hop_certainty": _codes("Certainty", (hop.certainty for hop in hops)),
        "hop_party": _flags(PARTY in hop.circumstances for hop in hops),
    }


def _steps(claims: Sequence[Claim]) -> dict[str, Any]:
    number = {claim.id: at for at, claim in enumerate(claims)}
    steps = [(at, joint, set(of) & set(number)) for at, claim in enumerate(claims) for joint, of in premises_of(claim)]
    return {
        "step_claim": _ints(at for at, _, _ in steps),
        "step_joint": _flags(joint for _, joint, _ in steps),
        "premises": Csr.of(sorted(number[name] for name in of) for _, _, of in steps),
    }


def _paper(document: Document) -> tuple[str, str, str, tuple[str, ...]]:
    """What tells one document row from another."""
    return document.id, document.publisher, document.published.end, document.republishes


def _documents(documents: Sequence[Document], papers: Names, names: Names, sources: Sources) -> dict[str, Any]:
    met: dict[int, Document] = {}
    for document in documents:
        met.setdefault(papers(_paper(document)), document)
    rows = [met[at] for at in range(len(met))]
    prints = [sources.upstream(document) for document in rows]
    return {
        "document_name": _ints(names(document.id) for document in rows),
        "published": _ints(day(document.published.end) for document in rows),
        "first": Csr.of(
            [names(n) for n in sorted(sources.register.publishers.get(d.id) or first_publishers([d])[d.id])]
            for d in rows
        ),
        "prints": Csr.of([names(c.id) for c in sorted(of) if c.kind == "document"] for of in prints),
        "publishers": Csr.of([names(c.id) for c in sorted(of) if c.kind == "publisher"] for of in prints),
        "sides": Csr.of([names(c.id) for c in sorted(of) if c.kind == "group"] for of in prints),
    }


def _entities(names: Names, register: Register) -> dict[str, Any]:
    for entity in register.entities.values():
        names(entity.id)
        if entity.institution is not None:
            names(entity.institution)
    for group in register.groups.values():
        names(group.id)
    found = {name: register.entities.get(name) for name in names.number}
    groups = {name: register.groups.get(name) for name in names.number}
    return {
        "institution": _ints(names(e.institution) if e and e.institution is not None else NONE for e in found.values()),
        "group": _ints(names(group.id) if group else NONE for group in groups.values()),
        "medium": _flags(e is not None and vocabulary().is_a(e.kind, "Media") for e in found.values()),
        "nobody": _flags(e is not None and e.unidentified and e.institution is None for e in found.values()),
    }


# ---- what claims do to each other ---------------------------------------------------------------------


def _contest(claims: Sequence[Claim], edges: Sequence[Edge], register: Register) -> dict[str, Any]:
    by_predicate: dict[str, list[int]] = defaultdict(list)
    for at, edge in enumerate(edges):
        by_predicate[edge.predicate].append(at)

    def matching(*patterns: Pattern) -> list[int]:
        return sorted({at for p in patterns for at in by_predicate[p.predicate] if p.matches(edges[at])})

    rules = [rule for question in register.questions for rule in question.covers]
    number = {claim.id: at for at, claim in enumerate(claims)}
    figures: dict[tuple[str, str], list[Claim]] = defaultdict(list)  # no others are ever compared
    for claim in claims:
        if not isinstance(claim.edge.object, Ref | Truth):
            figures[claim.edge.subject, claim.edge.predicate].append(claim)
    found = [one for held in figures.values() for one in conflicts(held, register.questions, register.wholes)]
    wider = [(one.id, other.id) for held in figures.values() for one, other in carried(held, register.questions)]
    return {
        "denying": Csr.of(matching(rule.denial) for rule in rules),
        "contesting": Csr.of(matching(*rule.contests) for rule in rules),
        "conflicts": _table([(number[one.first], number[one.second]) for one in found], 2),
        "carried": _table([(number[one], number[other]) for one, other in wider], 2),
    }


def _table(rows: Sequence[tuple[int, ...]], width: int) -> Any:
    return np.array(rows, np.int32).reshape(-1, width)


def _independence(edges: Sequence[Edge], names: Names, register: Register) -> dict[str, Any]:
    judged = Judged(register)
    questions = list(dict.fromkeys(judgement.question for judgement in register.independence))
    asked = {question.id: question for question in register.questions}
    members: dict[str, list[str]] = defaultdict(list)
    for name, group in register.groups.items():
        members[group.id].append(name)
    pairs: dict[tuple[int, int, int], None] = {}
    for judgement in register.independence:
        sides = [(name, *members[name]) for name in judgement.between]
        for one, other in product(*sides):
            found = judged.on(judgement.question, one, other)
            if found and all(signed.verdict == ESTABLISHED for signed in found):
                pairs[questions.index(judgement.question), names(one), names(other)] = None
    return {
        "asked": Csr.of(
            [at for at, edge in enumerate(edges) if name in asked and asked[name].addressed_by(edge)]
            for name in questions
        ),
        "established": _table(list(pairs), 3),
    }
