"""The record of some claims, and of no others: their quads as in the build, each proposition in its own graph."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.evidence import ClaimEvidence
from graph.rdf import LABEL, digest, iri, short, text
from graph.rdf.terms import TYPE, XL_ALT, XL_PREF
from graph.store import Store
from graph.vocabulary import DCTERMS, ID, say, vocabulary

_DATASET = NamedNode("http://rdfs.org/ns/void#Dataset")
_VERSION = NamedNode(DCTERMS + "hasVersion")
_SPELLINGS = frozenset({XL_PREF, XL_ALT})  # nodes of their own, and nothing that a claim rests on
_NAMED = tuple(f"{ID}{kind}/" for kind in ("entity", "question", "origin-group", "estimate", "interval", "paragraph"))


def record(store: Store, claims: Sequence[ClaimEvidence]) -> set[Quad]:
    """The quads of claims: utterance, chain, passage, content, conditions, derived status and origin, and what they name.

    Another claim of the same utterance is left out, content and all. The drawn status is the one the claims
    bear; where that is not the build's (somebody looks at part of the corpus), it has a node of its own.
    """
    chosen = {claim.claim for claim in claims}
    quads: set[Quad] = set()
    for name in {claim.utterance for claim in claims}:
        quads.update(_utterance(store, name, chosen))
    for claim in claims:
        quads.update(store.about(iri("inference", claim.claim)))
        quads.update(store.about(iri("derived", f"origin/{claim.claim}")))
        quads.update(store.about(iri("document", claim.document.id)))
    for claim in {claim.proposition: claim for claim in claims}.values():
        quads.update(_drawn(store, claim))
    return quads | _named(store.about, quads)


def _utterance(store: Store, name: str, chosen: set[str]) -> Iterator[Quad]:
    utterance = iri("utterance", name)
    for node in (utterance, iri("passage", name), iri("selector", name)):
        yield from store.about(node)
    a_claim = say.Claim
    for link in store.of_object(say.ofUtterance, utterance):
        assert isinstance(link.subject, NamedNode)
        facts = store.about(link.subject)
        if any(fact.object == a_claim for fact in facts) and short(link.subject) not in chosen:
            continue
        yield from facts
        for fact in facts:
            if fact.predicate in (say.content, say.conditionContent) and isinstance(fact.object, NamedNode):
                yield from store.about(fact.object)
                yield from store.in_graph(fact.object)


def _drawn(store: Store, claim: ClaimEvidence) -> Iterable[Quad]:
    status = next(c.iri for c in vocabulary().concepts("DrawnStatus").values() if c.notation == claim.drawn_status.id)
    held = store.about(iri("derived", f"status/{claim.proposition}"))
    said = {q.object.value for q in held if isinstance(q.object, NamedNode | Literal)}
    if {status.value, claim.drawn_reason} <= said:
        return held
    node = in_view(claim)
    facts = (
        (TYPE, say.DerivedStatus),
        (LABEL, text(f"drawn status of proposition {claim.proposition[:12]}, in part of the corpus", "en")),
        (say.derivedFor, iri("proposition", claim.proposition)),
        (say.drawnStatus, status),
        (say.drawnReason, text(claim.drawn_reason, "en")),
    )
    return [Quad(node, predicate, target, DefaultGraph()) for predicate, target in facts]


def in_view(claim: ClaimEvidence) -> NamedNode:
    """The node of a drawn status as the claim bears it: two looks that differ never share one."""
    look = digest(f"{claim.drawn_status.id}|{claim.drawn_reason}")[:12]
    return iri("derived", f"status-in-view/{claim.proposition}/{look}")


def _named(about: Callable[[NamedNode], list[Quad]], quads: Iterable[Quad]) -> set[Quad]:
    """What is on record of everything that is named, and of what that names in turn."""
    found: set[Quad] = set()
    seen: set[NamedNode] = set()
    todo = list(_ours(quads))
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            facts = [fact for fact in about(node) if fact.predicate not in _SPELLINGS]
            found.update(facts)
            todo.extend(_ours(facts))
    return found


def _ours(quads: Iterable[Quad]) -> Iterator[NamedNode]:
    for quad in quads:
        for node in (quad.subject, quad.object):
            if isinstance(node, NamedNode) and node.value.startswith(_NAMED):
                yield node


def head(corpus: str, count: int) -> set[Quad]:
    """Three facts about the file itself: what it is, how many claims it holds, of which corpus."""
    node = iri("excerpt", corpus)
    facts = (
        (TYPE, _DATASET),
        (LABEL, text(title(count), "en")),
        (_VERSION, text(corpus)),
    )
    return {Quad(node, predicate, target, DefaultGraph()) for predicate, target in facts}


def title(count: int) -> str:
    """What an export is, in a line."""
    noun = "claim" if count == 1 else "claims"
    return f"{count} {noun} of the Testimony corpus: each is somebody's word, with its status and source"
