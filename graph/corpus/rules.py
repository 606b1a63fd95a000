"""Rules over a whole corpus: names, kinds, parts and wholes, questions. Each problem has a code."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from graph.content import Edge, Figure, Ref
from graph.corpus.circles import circles
from graph.corpus.coding import UTTERANCE_RULES
from graph.corpus.judgements import independence
from graph.corpus.references import Names, at, duplicates, lined_edges, unknown
from graph.corpus.relations import relations
from graph.errors import Problem
from graph.model import Corpus, Entity, Utterance
from graph.vocabulary import vocabulary


def check_corpus(corpus: Corpus) -> list[Problem]:
    """Every problem of a corpus, sorted; an empty list when there is none."""
    if repeated := list(duplicates(corpus)):
        return sorted(repeated)  # references mean nothing while ids are ambiguous
    names = Names.of(corpus)
    problems = [
        problem
        for rule in (unknown, _kinds, _aliases, _composites, _wholes, _documents, _questions, _inferences, _assessments)
        for problem in rule(corpus, names)
    ]
    problems += independence(corpus, names)
    problems += relations(corpus, names)
    for document, utterance in corpus.utterances():
        for coding_rule in UTTERANCE_RULES:
            problems += coding_rule(utterance, document, names.entities)
    return sorted(set(problems))


def _kinds(corpus: Corpus, names: Names) -> Iterator[Problem]:
    """Subjects and objects have kinds that the relation allows; a composite stands for its members."""
    for _, utterance in corpus.utterances():
        for edge, line in lined_edges(utterance):
            for name, allowed, role in _ends(edge):
                entity = names.entities.get(name)
                if entity is not None and allowed and not _fits(entity, allowed, names.entities):
                    yield at(
                        utterance.where,
                        f"edge-{role}",
                        f"{name} ({entity.kind}) as {role} of {edge.predicate} in {utterance.id}",
                        ", ".join(allowed),
                        "use another relation, or correct the entity's kind",
                        line,
                    )


def _ends(edge: Edge) -> Iterator[tuple[str, tuple[str, ...], str]]:
    relation = vocabulary().property(edge.predicate)
    yield edge.subject, relation.domain, "subject"
    if isinstance(edge.object, Ref):
        yield edge.object.id, relation.range, "object"


def _fits(entity: Entity, allowed: Iterable[str], entities: Mapping[str, Entity]) -> bool:
    if entity.kind == "Composite":
        kinds = [entities[member].kind for member in entity.members if member in entities]
    else:
        kinds = [entity.kind]
    return all(any(vocabulary().is_a(kind, wanted) for wanted in allowed) for kind in kinds)


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


def _composites(corpus: Corpus, names: Names) -> Iterator[Problem]:
    """A composite has members, none of them a composite; nothing may be itself."""
    for entity in corpus.entities:
        if entity.kind == "Composite" and not entity.members:
            yield at(
                entity.where,
                "composite-members",
                f"the composite {entity.id} without members",
                "two members or more",
                "list what holds only jointly in `members:`",
            )
        for member in entity.members:
            if member == entity.id or (member in names.entities and names.entities[member].kind == "Composite"):
                yield at(
                    entity.where,
                    "composite-members",
                    f"the composite {member} as a member of {entity.id}",
                    "members that are no composites",
                    "list its members instead",
                )
        if entity.id in {judgement.with_ for judgement in entity.possible_same}:
            yield at(
                entity.where,
                "identity-itself",
                f"{entity.id} as possibly the same as itself",
                "another entity",
                "mend `with`",
            )


def _wholes(corpus: Corpus, names: Names) -> Iterator[Problem]:
    """Nothing is part of itself, however indirectly."""
    for field, word in (("within", "within"), ("part_of", "partOf"), ("organ_of", "organOf")):
        wholes = {e.id: [getattr(e, field)] for e in corpus.entities if getattr(e, field) is not None}
        for name in circles(wholes):
            yield at(
                names.entities[name].where,
                "whole-cycle",
                f"{name} is {word} itself by way of {wholes[name][0]}",
                "a tree",
                f"mend `{word}`",
            )


def _documents(corpus: Corpus, names: Names) -> Iterator[Problem]:
    for document in corpus.documents:
        stem = Path(document.where.file).stem
        if stem != document.id:
            yield at(
                document.where,
                "document-id",
                f"the id {document.id} in a file named {stem}",
                "the name of the file as id",
                "rename the file or mend the id; an id that has been cited stays",
            )
        if document.published.start > document.published.end:
            yield at(
                document.where,
                "published-order",
                f"published from {document.published.start} to {document.published.end}",
                "dates in order",
                "swap or mend them",
            )
        numbers = [paragraph.number for paragraph in document.digest]
        if numbers != sorted(set(numbers)):
            yield at(
                document.where,
                "digest-order",
                f"digest paragraphs {', '.join(map(str, numbers))}",
                "each number once, in order",
                "sort them, and join two that bear one number",
            )
        ends = [0, *(end for span in document.original.paragraphs for end in span)] if document.original else []
        if document.original and (ends != sorted(ends) or ends[-1] > document.original.code_points):
            yield at(
                document.where,
                "original-paragraphs",
                "paragraphs of the original out of order or beyond its end",
                f"ranges in order, from 0 to {document.original.code_points}",
                "take them from the original anew",
            )
    for name in circles({document.id: document.republishes for document in corpus.documents}):
        yield at(
            names.documents[name].where,
            "upstream-cycle",
            f"{name} is upstream of itself",
            "republication in one direction",
            "mend `republishes`",
        )


def _questions(corpus: Corpus, _names: Names) -> Iterator[Problem]:
    """Figures, denials and alleged links answer a question, or they could not be compared."""
    for _, utterance in corpus.utterances():
        for edge, line in zip(utterance.edges, utterance.edge_lines, strict=True):
            what = _needs_question(utterance, edge)
            if what and not any(question.addressed_by(edge) for question in corpus.questions):
                target = edge.object.id if isinstance(edge.object, Ref) else "*"
                yield at(
                    utterance.where,
                    "question-missing",
                    f"{what} in {utterance.id} that answers no question",
                    "figures, denials and alleged links inside a question",
                    f"add the pattern [{edge.subject}, {edge.predicate}, {target}] to a question in questions.yaml",
                    line,
                )


def _needs_question(utterance: Utterance, edge: Edge) -> str | None:
    if isinstance(edge.object, Figure):
        return "a figure"
    if utterance.source.polarity == "Denies":
        return "a denial"
    alleged = vocabulary().property(edge.predicate).family == "FamilyAllegedLink"
    return "an alleged link" if alleged else None


def _inferences(corpus: Corpus, names: Names) -> Iterator[Problem]:
    """An inference concludes one claim, once; no claim is a premise of itself, however indirectly."""
    premises: dict[str, tuple[str, ...]] = {}
    for _, utterance in corpus.utterances():
        for inferring in utterance.infers:
            claim = utterance.claim_id(inferring.claim)
            if inferring.claim > len(utterance.edges):
                yield at(
                    utterance.where,
                    "inference-claim",
                    f"an inference to edge {inferring.claim} of {utterance.id}",
                    f"one of its {len(utterance.edges)} edges",
                    "count the edges from 1",
                )
            elif claim in premises:
                yield at(
                    utterance.where,
                    "inference-claim",
                    f"two inferences to edge {inferring.claim} of {utterance.id}",
                    "one for each edge",
                    "list all premises in one `from:`",
                )
            else:
                premises[claim] = inferring.premises
    for claim in circles(premises):
        yield at(
            names.claims[claim].where,
            "inference-circular",
            f"{claim} rests on itself",
            "premises that do not lead back",
            "remove the premise that closes the circle",
        )


def _assessments(corpus: Corpus, _names: Names) -> Iterator[Problem]:
    """A grade fits what it grades; a verdict cites the claims it rests on."""
    garbled = {u.id for _, u in corpus.utterances() if u.reading == "Garbled"}
    for found in corpus.assessments:
        source = found.about in ("Entity", "Document")
        if found.credibility if source else found.reliability:
            yield at(
                found.where,
                "assessment-grade",
                f"{'credibility of a source' if source else 'reliability of an item'} in {found.id}",
                "reliability for an entity or a document, credibility for a claim or a garbled passage",
                "grade the source and what it says apart",
            )
        if found.about == "Garbled" and found.target not in garbled:
            yield at(
                found.where,
                "assessment-garbled",
                f"{found.id} of {found.target}, which is not garbled",
                "the id of an utterance whose reading is Garbled",
                "assess its claims instead",
            )
        if found.status in ("AssessedEstablished", "AssessedRefuted") and (found.about != "Claim" or not found.cites):
            yield at(
                found.where,
                "assessment-verdict",
                f"{found.status} in {found.id} of something else than a claim, or without `cites`",
                "a verdict on a claim that cites claims",
                "cite what it rests on, or leave it undecidable",
            )
        if found.status == "AssessedUnassessed" and not (
            found.reliability or found.credibility or found.likelihood or found.confidence
        ):
            yield at(
                found.where,
                "assessment-empty",
                f"{found.id} without a grade or a verdict",
                "status, reliability, credibility, likelihood or confidence",
                "say what is judged, or remove it",
            )
