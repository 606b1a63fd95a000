"""Model → quads of the record: claims, hops, passages, entities, judgements."""

from pyoxigraph import NamedNode, Quad

from graph.addressed import Asking
from graph.content import Edge
from graph.model import (
    Assessment,
    Corpus,
    Document,
    Entity,
    Hop,
    IndependenceJudgement,
    OriginGroup,
    Question,
    SamePopulation,
    SourceRelation,
    Utterance,
)
from graph.rdf.content import proposition
from graph.rdf.sink import Sink
from graph.rdf.terms import (
    HAS_SOURCE,
    IDENTIFIER,
    LABEL,
    NOTE,
    PREF,
    REPLACED_BY,
    SOURCE,
    TYPE,
    XL_ALT,
    XL_FORM,
    XL_PREF,
    date,
    digest,
    iri,
    number,
    short,
    text,
    typed,
)
from graph.status import affirmed_in, reported_status
from graph.vocabulary import DCTERMS, OA, SKOSXL, say, vocabulary


def to_quads(corpus: Corpus) -> set[Quad]:
    """Every quad of a checked corpus (without derived results)."""
    sink = Sink()
    for entity in corpus.entities:
        _entity(sink, entity)
    for question in corpus.questions:
        _question(sink, question)
    protected = {claim.id for claim in corpus.claims() if is_protected(claim.utterance)}
    _judgements(sink, corpus, protected)
    for document in corpus.documents:
        _document(sink, document)
        affirmed = affirmed_in(document)
        for utterance in document.utterances:
            if is_protected(utterance):
                _protected_record(sink, utterance, document)
            else:
                _utterance(sink, utterance, document, affirmed)
                _inferences(sink, utterance, protected)
    asking = Asking(corpus.questions)
    for edge in {claim.edge for claim in corpus.claims() if claim.id not in protected}:
        for question in asking.of(edge):
            sink.put(proposition(edge), say.addresses, iri("question", question.id))
    return sink.quads


def _judgements(sink: Sink, corpus: Corpus, protected: set[str]) -> None:
    groups = {group.id for group in corpus.groups}
    documents = {document.id for document in corpus.documents}
    for group in corpus.groups:
        _group(sink, group)
    for assessment in corpus.assessments:
        _assessment(sink, assessment)
    for judgement in corpus.independence:
        _independence(sink, judgement, groups)
    for relation in corpus.relations:
        if not protected & {relation.source, relation.target}:  # its reason could tell what is withheld
            _relation(sink, relation, documents)


def _entity(sink: Sink, entity: Entity) -> None:
    node = iri("entity", entity.id)
    sink.term(node, TYPE, entity.kind)
    for ancestor in ("Entity", "Actor"):
        if vocabulary().is_a(entity.kind, ancestor):
            sink.term(node, TYPE, ancestor)
    sink.words(node, IDENTIFIER, entity.id)
    for lang, value in entity.label:
        sink.put(node, PREF, text(value, lang))
        _label(sink, node, XL_PREF, f"{entity.id}/{lang}", value, lang)
    for alias in entity.aliases:
        key = f"{entity.id}/{digest('|'.join((alias.text, alias.lang, alias.document)))[:12]}"
        label = _label(sink, node, XL_ALT, key, alias.text, alias.lang)
        sink.put(label, SOURCE, iri("document", alias.document))
    sink.entity(node, say.organOf, entity.organ_of)
    sink.entity(node, say.institution, entity.institution)
    sink.entity(node, say.within, entity.within)
    sink.entity(node, say.partOf, entity.part_of)
    sink.entity(node, say.member, *entity.members)
    if entity.unidentified:
        sink.put(node, say.unidentified, typed("true", "boolean"))
    if entity.place:
        sink.put(node, say.latitude, number(entity.place.lat))
        sink.put(node, say.longitude, number(entity.place.lon))
        sink.term(node, say.coordinatePrecision, entity.place.precision)
        sink.term(node, say.placeLevel, entity.place.level)
        sink.words(node, say.coordinateSource, entity.place.source)
    for judgement in entity.possible_same:
        mark = iri("identity-judgement", f"{entity.id}/{judgement.with_}")
        sink.put(mark, TYPE, say.IdentityJudgement)
        sink.put(mark, LABEL, text(f"{entity.id} may be {judgement.with_}", "en"))
        sink.put(mark, say.possibleSame, node)
        sink.entity(mark, say.possibleSame, judgement.with_)
        _signed(sink, mark, judgement.by, judgement.at, judgement.reason)
    for old in entity.formerly:
        former = iri("entity", old)
        sink.put(former, LABEL, text(f"former id of {entity.id}", "en"))
        sink.put(former, REPLACED_BY, node)
    sink.words(node, NOTE, entity.note)


def _label(sink: Sink, node: NamedNode, predicate: NamedNode, key: str, value: str, lang: str) -> NamedNode:
    label = iri("label", key)
    sink.put(node, predicate, label)
    sink.put(label, TYPE, NamedNode(SKOSXL + "Label"))
    sink.put(label, XL_FORM, text(value, lang))
    return label


def _signed(sink: Sink, node: NamedNode, by: str, at: str, reason: str) -> None:
    sink.entity(node, say.signedBy, by)
    sink.put(node, say.signedAt, date(at))
    sink.words(node, say.rationale, reason)


def _group(sink: Sink, group: OriginGroup) -> None:
    node = iri("origin-group", group.id)
    sink.put(node, TYPE, say.OriginGroup)
    sink.put(node, LABEL, text(group.label, "en"))
    sink.entity(node, say.groupMember, *group.members)
    _signed(sink, node, group.by, group.at, group.reason)


def _assessment(sink: Sink, found: Assessment) -> None:
    node = iri("assessment", found.id)
    kinds = {"Entity": "entity", "Document": "document", "Claim": "claim", "Garbled": "utterance"}
    sink.put(node, TYPE, say.Assessment)
    sink.put(node, LABEL, text(f"assessment of {found.target}", "en"))
    sink.put(node, say.assesses, iri(kinds[found.about], found.target))
    sink.term(node, say.assessedStatus, found.status)
    sink.term(node, say.reliability, found.reliability)
    sink.term(node, say.credibility, found.credibility)
    sink.term(node, say.likelihood, found.likelihood)
    sink.term(node, say.confidence, found.confidence)
    for claim in found.cites:
        sink.put(node, say.citesClaim, iri("claim", claim))
    _signed(sink, node, found.by, found.at, found.reason)


def _independence(sink: Sink, judgement: IndependenceJudgement, groups: set[str]) -> None:
    node = iri("independence-judgement", judgement.id)
    sink.put(node, TYPE, say.IndependenceJudgement)
    sink.put(node, LABEL, text(f"independence of {' and '.join(sorted(judgement.between))}", "en"))
    for name in judgement.between:
        sink.put(node, say.betweenOrigins, iri("origin-group" if name in groups else "entity", name))
    sink.put(node, say.ofQuestion, iri("question", judgement.question))
    sink.term(node, say.independence, judgement.verdict)
    _signed(sink, node, judgement.by, judgement.at, judgement.reason)


def _relation(sink: Sink, relation: SourceRelation, documents: set[str]) -> None:
    def end(name: str) -> NamedNode:
        return iri("claim" if "." in name else "document" if name in documents else "question", name)

    node = iri("source-relation", relation.id)
    label = vocabulary().concept("RelationKind", relation.kind).label
    sink.put(node, TYPE, say.SourceRelation)
    sink.put(node, LABEL, text(f"{relation.source} {label} {relation.target}", "en"))
    sink.put(node, say.relatesFrom, end(relation.source))
    sink.put(node, say.relatesTo, end(relation.target))
    sink.term(node, say.relationKind, relation.kind)
    _signed(sink, node, relation.by, relation.at, relation.reason)


def _question(sink: Sink, question: Question) -> None:
    node = iri("question", question.id)
    sink.put(node, TYPE, say.Question)
    for lang, value in question.label:
        sink.put(node, PREF, text(value, lang))
    sink.term(node, say.quantityBehaviour, question.behaviour)
    sink.words(node, NOTE, question.note)
    for pattern in question.patterns:
        sink.words(node, say.questionPattern, f"{pattern.subject} {pattern.predicate} {pattern.object}")
    for number_, rule in enumerate(question.covers, start=1):
        mark = iri("coverage-rule", f"{question.id}/{number_}")
        sink.put(mark, TYPE, say.CoverageRule)
        sink.put(mark, LABEL, text(f"coverage rule {number_} of {question.id}", "en"))
        sink.put(mark, say.ofQuestion, node)
        sink.words(mark, say.denialOf, " ".join((rule.denial.subject, rule.denial.predicate, rule.denial.object)))
        for pattern in rule.contests:
            sink.words(mark, say.contests, " ".join((pattern.subject, pattern.predicate, pattern.object)))
        _signed(sink, mark, rule.by, rule.at, rule.reason)
    for same in question.same_population:
        _same_population(sink, node, question.id, same)


def _same_population(sink: Sink, node: NamedNode, question: str, same: SamePopulation) -> None:
    mark = iri("population-judgement", f"{question}/{'~'.join(same.pair)}")
    sink.put(mark, TYPE, say.PopulationJudgement)
    sink.put(mark, LABEL, text(f"figures of {same.pair[0]} and {same.pair[1]} may be compared", "en"))
    sink.put(mark, say.ofQuestion, node)
    sink.entity(mark, say.samePopulation, *same.pair)
    _signed(sink, mark, same.by, same.at, same.reason)


def _document(sink: Sink, document: Document) -> None:
    node = iri("document", document.id)
    sink.put(node, TYPE, say.Document)
    sink.words(node, IDENTIFIER, document.id)
    sink.put(node, NamedNode(DCTERMS + "title"), text(document.title, "en"))
    sink.put(node, LABEL, text(document.id, "en"))
    sink.words(node, NamedNode(DCTERMS + "language"), document.language)
    sink.words(node, SOURCE, document.url)
    sink.term(node, say.documentKind, document.kind)
    sink.entity(node, say.publisher, document.publisher)
    sink.entity(node, say.author, document.author)
    sink.put(node, say.publishedFrom, date(document.published.start))
    sink.put(node, say.publishedTo, date(document.published.end))
    sink.words(node, say.publishedBasis, document.published.basis)
    sink.put(node, say.capturedAt, date(document.captured))
    sink.words(node, say.originalSha256, document.original.sha256 if document.original else None)
    sink.term(node, say.textQuality, document.text_quality)
    sink.words(node, say.leaning, document.leaning)
    sink.words(node, say.availability, document.availability)
    sink.words(node, NOTE, document.note)
    sink.entity(node, say.recordedBy, document.record.by)
    sink.put(node, say.recordedAt, date(document.record.at))
    for name in document.republishes:
        sink.put(node, say.republishes, iri("document" if name[0].isdigit() else "entity", name))
    for paragraph in document.digest:
        part = iri("paragraph", f"{document.id}/{paragraph.number}")
        sink.put(part, TYPE, say.DigestParagraph)
        sink.put(part, LABEL, text(f"{document.id}, paragraph {paragraph.number}", "en"))
        sink.put(part, say.ofDocument, node)
        sink.put(part, say.paragraph, typed(paragraph.number, "integer"))
        sink.put(part, say.digestText, text(paragraph.text, "en"))


def _utterance(sink: Sink, u: Utterance, document: Document, affirmed: set[Edge]) -> None:
    node = iri("utterance", u.id)
    passage = _passage(sink, u, document)
    sink.put(node, TYPE, say.GarbledReading if u.reading == "Garbled" else say.Utterance)
    sink.put(node, LABEL, text(u.id, "en"))
    sink.put(node, say.says, text(u.says, "en"))
    sink.put(node, say.printed, text(u.printed, "en") if u.printed else None)
    outer, inner = _hops(sink, u)
    shared = (
        (say.inPassage, (passage,)),
        (say.outerHop, (outer,)),
        (say.originHop, (inner,)),
        (say.mode, (vocabulary().term(u.mode),)),
        (say.reading, (vocabulary().term(u.reading),)),
        (say.position, (vocabulary().term(u.position),)),
        (say.evidenceKind, tuple(vocabulary().term(kind) for kind in u.evidence)),
    )
    record = u.record or document.record
    nodes = [node, *(iri("claim", claim) for claim, _ in u.claims())]
    for subject in nodes:
        for predicate, targets in shared:
            for target in targets:
                sink.put(subject, predicate, target)
        sink.entity(subject, say.recordedBy, record.by)
        sink.put(subject, say.recordedAt, date(record.at))
        if u.retracted:
            sink.put(subject, say.retractedAt, date(u.retracted.at))
            sink.entity(subject, say.retractedBy, u.retracted.by)
            sink.term(subject, say.retractionReason, u.retracted.reason)
            sink.words(subject, say.retractionNote, u.retracted.note)
    for claim, edge in u.claims():
        subject = iri("claim", claim)
        sink.put(subject, TYPE, say.Claim)
        sink.put(subject, LABEL, text(claim, "en"))
        sink.put(subject, say.ofUtterance, node)
        sink.put(subject, say.content, sink.content(edge))
        sink.term(subject, say.reportedStatus, reported_status(u, edge, edge in affirmed))
    sink.entity(node, say.about, *u.about)
    for other in u.could_also:
        sink.put(node, say.couldAlso, text(other, "en"))
    sink.words(node, NOTE, u.note)
    _conditions(sink, u, node)


def is_protected(u: Utterance) -> bool:
    """Content retracted to protect a person leaves every output; that it existed does not."""
    return u.retracted is not None and u.retracted.reason == "ProtectPerson"


def _protected_record(sink: Sink, u: Utterance, document: Document) -> None:
    node = iri("utterance", u.id)
    for subject in (node, *(iri("claim", claim) for claim, _ in u.claims())):  # ids that people may have cited
        sink.put(subject, TYPE, say.WithheldRecord)
        sink.put(subject, LABEL, text(f"{short(subject)}, withheld to protect a person", "en"))
        sink.put(subject, say.ofDocument, iri("document", document.id))
        if u.retracted:
            sink.put(subject, say.retractedAt, date(u.retracted.at))
            sink.term(subject, say.retractionReason, u.retracted.reason)
            sink.entity(subject, say.retractedBy, u.retracted.by)


def _passage(sink: Sink, u: Utterance, document: Document) -> NamedNode:
    node = iri("passage", u.id)
    sink.put(node, TYPE, NamedNode(OA + "SpecificResource"))
    sink.put(node, LABEL, text(f"passage of {u.id}", "en"))
    sink.put(node, HAS_SOURCE, iri("document", document.id))
    sink.put(node, say.inParagraph, iri("paragraph", f"{document.id}/{u.passage.paragraph}"))
    sink.put(node, say.paragraph, typed(u.passage.paragraph, "integer"))
    if u.passage.start is not None and u.passage.end is not None:
        selector = iri("selector", u.id)
        sink.put(node, NamedNode(OA + "hasSelector"), selector)
        sink.put(selector, TYPE, NamedNode(OA + "TextPositionSelector"))
        sink.put(selector, LABEL, text(f"characters of {u.id}", "en"))
        sink.put(selector, NamedNode(OA + "start"), typed(u.passage.start, "nonNegativeInteger"))
        sink.put(selector, NamedNode(OA + "end"), typed(u.passage.end, "nonNegativeInteger"))
    sink.words(node, say.passageSha256, u.passage.sha256)
    return node


def _hops(sink: Sink, u: Utterance) -> tuple[NamedNode, NamedNode]:
    nodes = [iri("hop", f"{u.id}.h{n}") for n in range(1, len(u.by) + 1)]
    for position, (node, hop) in enumerate(zip(nodes, u.by, strict=True)):
        sink.put(node, TYPE, say.Attribution)
        sink.put(node, LABEL, text(f"{hop.speaker} in {u.id}", "en"))
        sink.put(node, say.ofUtterance, iri("utterance", u.id))
        _hop(sink, node, hop)
        if position + 1 < len(nodes):
            sink.put(node, say.relays, nodes[position + 1])
    return nodes[0], nodes[-1]


def _hop(sink: Sink, node: NamedNode, hop: Hop) -> None:
    sink.entity(node, say.speaker, hop.speaker)
    sink.term(node, say.commitment, hop.commitment)
    sink.term(node, say.force, hop.force)
    sink.term(node, say.polarity, hop.polarity)
    sink.term(node, say.certainty, hop.certainty)
    sink.term(node, say.hopBasis, hop.basis)
    sink.entity(node, say.addressee, *hop.to)
    sink.words(node, say.cue, hop.cue)
    sink.term(node, say.circumstance, *hop.circumstances)
    if hop.held_by:
        sink.entity(node, say.heldBy, hop.held_by.who)
        sink.term(node, say.heldByBasis, hop.held_by.basis)
    sink.put(node, say.saidAt, date(hop.said_at) if hop.said_at else None)


def _conditions(sink: Sink, u: Utterance, utterance: NamedNode) -> None:
    for number_, condition in enumerate(u.condition, start=1):
        node = iri("condition", f"{u.id}.k{number_}")
        sink.put(node, TYPE, say.Condition)
        sink.put(node, LABEL, text(f"condition {number_} of {u.id}", "en"))
        sink.put(node, say.ofUtterance, utterance)
        sink.put(node, say.conditionContent, sink.content(condition.edge))
        sink.term(node, say.conditionLink, condition.link)
        sink.term(node, say.conditionPolarity, condition.polarity)


def _inferences(sink: Sink, u: Utterance, protected: set[str]) -> None:
    """The steps of an utterance; one whose premises are all withheld to protect a person is left out."""
    for inferring in u.infers:
        premises = [premise for premise in inferring.premises if premise not in protected]
        if not premises:
            continue
        node = iri("inference", u.claim_id(inferring.claim))
        sink.put(node, TYPE, say.Inference)
        sink.put(node, LABEL, text(f"inference to {u.claim_id(inferring.claim)}", "en"))
        sink.put(node, say.conclusion, iri("claim", u.claim_id(inferring.claim)))
        sink.term(node, say.scheme, inferring.scheme)
        sink.term(node, say.needs, inferring.needs)
        sink.entity(node, say.madeBy, u.source.speaker)
        for premise in premises:
            sink.put(node, say.premise, iri("claim", premise))
