"""Derived results as quads: nodes of their own with a rule version, kept in a file of their own."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.content import Edge
from graph.model import Claim, Corpus
from graph.origins.counting import Register, discount, origin_of
from graph.origins.disagreements import KINDS, Disagreement, disagreements
from graph.origins.drawn import RULE_VERSION, Drawn, draw
from graph.origins.fragility import felled_by_one
from graph.origins.summaries import Counted, summaries, summary_quads
from graph.origins.withdrawal import Carrier, Sources
from graph.rdf import iri, is_protected, proposition, proposition_id, proposition_label, text, typed
from graph.rdf.terms import LABEL, TYPE
from graph.status import affirmed_in, reported_status
from graph.vocabulary import say, vocabulary

Put = Callable[[NamedNode, NamedNode, NamedNode | Literal], None]


def drawn_edges(corpus: Corpus) -> dict[Edge, Drawn]:
    """How every edge of a corpus is drawn, over the claims that may be shown."""
    return draw(shown_claims(corpus), Register.of_corpus(corpus))


def shown_claims(corpus: Corpus) -> list[Claim]:
    """The claims that may be shown: whatever was taken back to protect a person is not."""
    return [claim for claim in corpus.claims() if not is_protected(claim.utterance)]


def derived(corpus: Corpus, drawn: Mapping[Edge, Drawn] | None = None) -> set[Quad]:
    """Drawn status per proposition, origin per claim, every disagreement and summaries, as nodes of their own, with rule
    version. `drawn` spares drawing the corpus once more: what `drawn_edges` gives.
    """
    register, claims = Register.of_corpus(corpus), shown_claims(corpus)
    quads: set[Quad] = set()

    def put(subject: NamedNode, predicate: NamedNode, target: NamedNode | Literal) -> None:
        quads.add(Quad(subject, predicate, target, DefaultGraph()))

    drawn = draw(claims, register) if drawn is None else drawn
    for edge, how in drawn.items():
        _status(edge, how, put)
    _origins(claims, Sources.of(register, corpus.documents), put)
    for found in disagreements(claims, register, drawn):
        _disagreement(found, put)
    documents = [document.id for document in corpus.documents]
    groups = {group.id for group in corpus.groups}
    quads |= summary_quads(summaries(_counted(claims, drawn, corpus, register), documents), groups)
    return quads


def _counted(
    claims: Iterable[Claim], drawn: Mapping[Edge, Drawn], corpus: Corpus, register: Register
) -> Iterator[Counted]:
    affirmed = {document.id: affirmed_in(document) for document in corpus.documents}
    for claim in claims:
        u, edge, document = claim.utterance, claim.edge, claim.document
        if claim.withheld:
            continue
        origin = origin_of(u, register).key
        adds = u.source.polarity == "Affirms" and discount(u, register) is None
        values = (
            ("FacetDrawn", drawn[edge].status),
            ("FacetReported", reported_status(u, edge, edge in affirmed[document.id])),
            ("FacetDocument", document.id),
            ("FacetPublisher", document.publisher),
            ("FacetSpeaker", u.source.speaker),
            ("FacetOrigin", origin),
            ("FacetRelation", edge.predicate),
            *(("FacetEvidence", kind) for kind in u.evidence),
        )
        yield Counted(claim.id, edge, document.id, origin if adds else None, drawn[edge].status, values)


def _origins(claims: Sequence[Claim], sources: Sources, put: Put) -> None:
    register = sources.register
    felled = felled_by_one((claim for claim in claims if not claim.withheld), sources)
    for claim in claims:
        node = iri("derived", f"origin/{claim.id}")
        put(node, TYPE, say.DerivedOrigin)
        put(node, LABEL, text(f"origin of {claim.id}", "en"))
        put(node, say.derivedFor, iri("claim", claim.id))
        put(node, say.ruleVersion, text(RULE_VERSION))
        origin, reason = origin_of(claim.utterance, register), discount(claim.utterance, register)
        put(node, say.addsOrigin, typed("false" if reason else "true", "boolean"))
        put(node, say.rootOrigin, iri("entity", origin.entity))
        if origin.group:
            put(node, say.rootGroup, iri("origin-group", origin.group))
        if reason:
            put(node, say.discount, text(reason, "en"))
        for carrier in _once(felled.get(claim.id, ())):
            put(node, say.restsOn, carrier)


def _once(carriers: Iterable[Carrier]) -> set[NamedNode]:
    """The nodes of some carriers; publishers and speakers are entities alike."""
    return {_carrier(carrier) for carrier in carriers}


def _carrier(carrier: Carrier) -> NamedNode:
    if carrier.kind == "group":
        return iri("origin-group", carrier.id)
    # a story that is not in the corpus is an entity, although it is withdrawn like a document
    return iri("document" if carrier.kind == "document" and carrier.id[0].isdigit() else "entity", carrier.id)


def _status(edge: Edge, drawn: Drawn, put: Put) -> None:
    node = iri("derived", f"status/{proposition_id(edge)}")
    put(node, TYPE, say.DerivedStatus)
    put(node, LABEL, text(f"drawn status of {proposition_label(edge)}", "en"))
    put(node, say.derivedFor, proposition(edge))
    put(node, say.drawnStatus, vocabulary().term(drawn.status))
    put(node, say.drawnReason, text(drawn.why, "en"))
    put(node, say.claimCount, typed(drawn.claims, "integer"))
    put(node, say.documentCount, typed(drawn.documents, "integer"))
    put(node, say.originCount, typed(len(drawn.origins), "integer"))
    put(node, say.independentOriginCount, typed(drawn.independent.count, "integer"))
    put(node, say.ruleVersion, text(RULE_VERSION))


def _disagreement(found: Disagreement, put: Put) -> None:
    """One node per disagreement; where two figures contest each other, one for each of them."""
    sides = [(found.edge, found.against, found.claims, found.opposed)]
    if len(found.contested) > 1:
        sides.append((found.against, found.edge, found.opposed, found.claims))
    for edge, against, claims, opposed in sides:
        node = iri("derived", f"disagreement/{found.kind}/{proposition_id(edge)}/{proposition_id(against)}")
        put(node, TYPE, say.DerivedDisagreement)
        put(node, LABEL, text(f"{found.kind}: {proposition_label(edge)}", "en"))
        put(node, say.derivedFor, proposition(edge))
        put(node, say.setAgainst, proposition(against))
        put(node, say.disagreementKind, vocabulary().term(KINDS[found.kind]))
        put(node, say.disagreementReason, text(found.why, "en"))
        put(node, say.ruleVersion, text(RULE_VERSION))
        for name in claims:
            put(node, say.contestedClaim, iri("claim", name))
        for name in opposed:
            put(node, say.opposingClaim, iri("claim", name))
        for question in found.questions:
            put(node, say.disagreesOn, iri("question", question))
