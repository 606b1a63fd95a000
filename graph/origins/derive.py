"""Derived results as quads: nodes of their own with a rule version, kept in a file of their own."""

from collections.abc import Callable

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.content import Edge
from graph.model import Corpus
from graph.origins.counting import Register, discount, origin_of
from graph.origins.drawn import RULE_VERSION, Drawn, draw
from graph.rdf import iri, is_protected, proposition, proposition_id, proposition_label, text, typed
from graph.rdf.terms import LABEL, TYPE
from graph.vocabulary import say, vocabulary


def derived(corpus: Corpus) -> set[Quad]:
    """Drawn status per proposition and origin per claim, as nodes of their own, with rule version."""
    register = Register.of_corpus(corpus)
    claims = [claim for claim in corpus.claims() if not is_protected(claim.utterance)]
    quads: set[Quad] = set()

    def put(subject: NamedNode, predicate: NamedNode, target: NamedNode | Literal) -> None:
        quads.add(Quad(subject, predicate, target, DefaultGraph()))

    for edge, drawn in draw(claims, register).items():
        _derived_status(edge, drawn, put)
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
    return quads


def _derived_status(edge: Edge, drawn: Drawn, put: Callable[[NamedNode, NamedNode, NamedNode | Literal], None]) -> None:
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
