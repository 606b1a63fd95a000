"""Rules over a whole corpus: ids, references, names, parts and wholes. Each problem has a code."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.corpus.coding import UTTERANCE_RULES
from graph.errors import Problem, nearest
from graph.model import Corpus, Document, Edge, Entity, Figure, Pattern, Ref, Utterance, Where
from graph.vocabulary import vocabulary


def check_corpus(corpus: Corpus) -> list[Problem]:
    """Every problem of a corpus, sorted; an empty list when there is none."""
    if duplicates := list(_duplicates(corpus)):
        return sorted(duplicates)  # references mean nothing while ids are ambiguous
    names = Names.of(corpus)
    problems = [
        problem
        for rule in (_references, _kinds, _aliases, _wholes, _publication, _questions, _inferences)
        for problem in rule(corpus, names)
    ]
    for document, utterance in corpus.utterances():
        for coding_rule in UTTERANCE_RULES:
            problems += coding_rule(utterance, document, names.entities)
    return sorted(set(problems))


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that bears an id."""

    entities: Mapping[str, Entity]
    documents: Mapping[str, Document]
    claims: Mapping[str, Utterance]

    @classmethod
    def of(cls, corpus: Corpus) -> "Names":
        return cls(
            {entity.id: entity for entity in corpus.entities},
            {document.id: document for document in corpus.documents},
            {claim.id: claim.utterance for claim in corpus.claims()},
        )


def at(where: Where, code: str, found: str, allowed: str, fix: str, line: int = 0) -> Problem:
    """A problem at a place in a corpus file."""
    return Problem(where.file, line or where.line, code, found, allowed, fix)


def _duplicates(corpus: Corpus) -> Iterator[Problem]:
    kinds: tuple[tuple[str, Iterable[tuple[str, Where]]], ...] = (
        ("document", ((d.id, d.where) for d in corpus.documents)),
        ("utterance", ((u.id, u.where) for _, u in corpus.utterances())),
        ("entity", ((e.id, e.where) for e in corpus.entities)),
        ("question", ((q.id, q.where) for q in corpus.questions)),
        ("origin group", ((g.id, g.where) for g in corpus.groups)),
    )
    for kind, named in kinds:
        seen: dict[str, Where] = {}
        for name, where in named:
            if name in seen:
                first = seen[name]
                yield at(
                    where,
                    "duplicate-id",
                    f"the {kind} id {name!r} again",
                    "each id once",
                    f"give this one a new id (first at {first.file}:{first.line})",
                )
            seen.setdefault(name, where)


def _references(corpus: Corpus, names: Names) -> Iterator[Problem]:
    for name, where, line in _mentions(corpus):
        if name not in names.entities:
            yield at(
                where,
                "unknown-entity",
                f"the entity {name!r}",
                "an id of corpus/entities.yaml",
                nearest(name, tuple(names.entities)) or "add it there",
                line,
            )
    for entity in corpus.entities:
        for alias in entity.aliases:
            if alias.document not in names.documents:
                yield at(
                    entity.where,
                    "unknown-document",
                    f"an alias of {entity.id} from the document {alias.document!r}",
                    "the id of a document in corpus/",
                    nearest(alias.document, tuple(names.documents)) or "name the document in which it occurs",
                )
    for _, utterance in corpus.utterances():
        for inferring in utterance.infers:
            for premise in inferring.premises:
                if premise not in names.claims:
                    yield at(
                        utterance.where,
                        "unknown-claim",
                        f"the premise {premise!r} in {utterance.id}",
                        "the id of a claim, like 000-c17.1",
                        nearest(premise, tuple(names.claims)) or "code the premise first",
                    )


def _mentions(corpus: Corpus) -> Iterator[tuple[str, Where, int]]:
    """Every entity id that is used, with the place and line of its use."""
    for document in corpus.documents:
        for name in (document.publisher, document.author, document.record.by, *document.republishes):
            if name not in {d.id for d in corpus.documents}:
                yield name, document.where, 0
    for _, utterance in corpus.utterances():
        where = utterance.where
        for hop in utterance.by:
            for name in (hop.speaker, *hop.to, *([hop.held_by.who] if hop.held_by else [])):
                yield name, where, 0
        for name in (
            *utterance.about,
            *([utterance.record.by] if utterance.record else []),
            *([utterance.retracted.by] if utterance.retracted else []),
        ):
            yield name, where, 0
        edges = [*zip(utterance.edges, utterance.edge_lines, strict=True), *((c.edge, 0) for c in utterance.condition)]
        for edge, line in edges:
            for name in _entities_of(edge):
                yield name, where, line
    for entity in corpus.entities:
        signers = [j.by for j in entity.possible_same] + [j.with_ for j in entity.possible_same]
        for maybe in (entity.organ_of, entity.institution, entity.within, entity.part_of, *entity.members, *signers):
            if maybe is not None:
                yield maybe, entity.where, 0
    for question in corpus.questions:
        for pattern in question.patterns:
            yield from ((name, question.where, 0) for name in (pattern.subject, pattern.object) if name != "*")
        for same in question.same_population:
            yield from ((name, question.where, 0) for name in (*same.pair, same.by))
        for rule in question.covers:
            yield rule.by, question.where, 0
    for group in corpus.groups:
        yield from ((name, group.where, 0) for name in (*group.members, group.by))


def _entities_of(edge: Edge) -> Iterator[str]:
    yield edge.subject
    if isinstance(edge.object, Ref):
        yield edge.object.id
    if isinstance(edge.object, Figure) and edge.object.of:
        yield edge.object.of


def _kinds(corpus: Corpus, names: Names) -> Iterator[Problem]:
    """Subjects and objects have kinds that the relation allows; a composite stands for its members."""
    known = vocabulary()
    for _, utterance in corpus.utterances():
        lined = [*zip(utterance.edges, utterance.edge_lines, strict=True), *((c.edge, 0) for c in utterance.condition)]
        for edge, line in lined:
            relation = known.properties.get(edge.predicate)
            if relation is None:
                continue
            ends = [(edge.subject, relation.domain, "subject")]
            if isinstance(edge.object, Ref):
                ends.append((edge.object.id, relation.range, "object"))
            for name, allowed, role in ends:
                entity = names.entities.get(name)
                if entity is None or not allowed:
                    continue
                kinds = _standing_for(entity, names.entities)
                if not all(any(known.is_a(kind, wanted) for wanted in allowed) for kind in kinds):
                    yield at(
                        utterance.where,
                        f"edge-{role}",
                        f"{name} ({entity.kind}) as {role} of {edge.predicate} in {utterance.id}",
                        ", ".join(allowed),
                        "use another relation, or correct the entity's kind",
                        line,
                    )


def _standing_for(entity: Entity, entities: Mapping[str, Entity]) -> list[str]:
    if entity.kind == "Composite":
        return [entities[m].kind for m in entity.members if m in entities]
    return [entity.kind]


def _aliases(corpus: Corpus, _names: Names) -> Iterator[Problem]:
    """Inside one document a spelling means one entity."""
    seen: dict[tuple[str, str], Entity] = {}
    for entity in corpus.entities:
        for alias in entity.aliases:
            key = (alias.document, alias.text.casefold())
            first = seen.setdefault(key, entity)
            if first.id != entity.id:
                yield at(
                    entity.where,
                    "alias-clash",
                    f"the alias {alias.text!r} of {entity.id} in {alias.document}, already an alias of {first.id}",
                    "one entity per spelling and document",
                    "remove one, or record `possibleSame`",
                )
        if len(entity.aliases) != len(set(entity.aliases)):
            yield at(
                entity.where,
                "alias-repeated",
                f"an alias of {entity.id} twice",
                "each alias once per document",
                "remove the repetition",
            )


def _wholes(corpus: Corpus, names: Names) -> Iterator[Problem]:
    """Nothing is part of itself, however indirectly."""
    for field, word in (("within", "within"), ("part_of", "partOf"), ("organ_of", "organOf")):
        for entity in corpus.entities:
            seen = {entity.id}
            current: str | None = getattr(entity, field)
            while current is not None and current in names.entities:
                if current in seen:
                    yield at(
                        entity.where,
                        "whole-cycle",
                        f"{entity.id} is {word} itself by way of {current}",
                        "a tree",
                        f"mend `{word}`",
                    )
                    break
                seen.add(current)
                current = getattr(names.entities[current], field)


def _publication(corpus: Corpus, names: Names) -> Iterator[Problem]:
    for document in corpus.documents:
        if document.published.start > document.published.end:
            yield at(
                document.where,
                "published-order",
                f"published from {document.published.start} to {document.published.end}",
                "dates in order",
                "swap or mend them",
            )
        seen = {document.id}
        queue = list(document.republishes)
        while queue:
            name = queue.pop()
            if name == document.id:
                yield at(
                    document.where,
                    "upstream-cycle",
                    f"{document.id} is upstream of itself",
                    "republication in one direction",
                    "mend `republishes`",
                )
                break
            if name not in seen and name in names.documents:
                seen.add(name)
                queue += names.documents[name].republishes


def _questions(corpus: Corpus, _names: Names) -> Iterator[Problem]:
    """Figures, denials and alleged links answer a question, or they could not be compared."""
    for _, utterance in corpus.utterances():
        for edge, line in zip(utterance.edges, utterance.edge_lines, strict=True):
            relation = vocabulary().properties.get(edge.predicate)
            if relation is None:
                continue
            what = (
                "a figure"
                if isinstance(edge.object, Figure)
                else "a denial"
                if utterance.source.polarity == "Denies"
                else "an alleged link"
                if relation.family == "FamilyAllegedLink"
                else None
            )
            if what and not any(q.addressed_by(edge) for q in corpus.questions):
                target = edge.object.id if isinstance(edge.object, Ref) else "*"
                yield at(
                    utterance.where,
                    "question-missing",
                    f"{what} in {utterance.id} that answers no question",
                    "figures, denials and alleged links inside a question",
                    f"add the pattern [{edge.subject}, {edge.predicate}, {target}] to a question in corpus/questions.yaml",
                    line,
                )
    for question in corpus.questions:
        for rule in question.covers:
            for pattern in (rule.denial, *rule.contests):
                if not _known_pattern(pattern):
                    yield at(
                        question.where,
                        "unknown-relation",
                        f"the relation {pattern.predicate!r} in a coverage rule of {question.id}",
                        "a content property of ontology.ttl",
                        nearest(pattern.predicate, tuple(vocabulary().properties)) or "mend it",
                    )


def _known_pattern(pattern: Pattern) -> bool:
    return pattern.predicate in vocabulary().properties


def _inferences(corpus: Corpus, names: Names) -> Iterator[Problem]:
    """No claim is a premise of itself, however indirectly."""
    premises: dict[str, set[str]] = {}
    for _, utterance in corpus.utterances():
        for inferring in utterance.infers:
            if inferring.claim > len(utterance.edges):
                yield at(
                    utterance.where,
                    "inference-claim",
                    f"an inference to edge {inferring.claim} of {utterance.id}",
                    f"1 to {len(utterance.edges)}",
                    "count the edges from 1",
                )
                continue
            premises.setdefault(utterance.claim_id(inferring.claim), set()).update(inferring.premises)
    for start in premises:
        seen: set[str] = set()
        queue = list(premises[start])
        while queue:
            claim = queue.pop()
            if claim == start:
                yield at(
                    names.claims[start].where,
                    "inference-circular",
                    f"{start} rests on itself",
                    "premises that do not lead back",
                    "remove the premise that closes the circle",
                )
                break
            if claim not in seen:
                seen.add(claim)
                queue += premises.get(claim, ())
