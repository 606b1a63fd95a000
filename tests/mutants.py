"""A small valid graph, and mutants that differ from it in one place and break one rule each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from corpora import MINI
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from graph.checks import shape_problems, violations
from graph.corpus.reader import read
from graph.model import Corpus, Document
from graph.origins import derived
from graph.rdf import date, iri, text, to_quads, triple_id
from graph.rdf.terms import HAS_SOURCE, LABEL, TYPE, typed
from graph.vocabulary import OWL, RDF, say, vocabulary

Quads = frozenset[Quad]
Node = NamedNode | Literal
KEPT = (
    "900-c2",
    "900-c3",
    "900-c8",
    "900-c10",
    "900-c13",
    "900-c14",
    "900-c19",
    "900-c20",
    "900-c24",
    "900-c25",
    "900-c26",
    "900-c28",
    "901-c3",
    "902-c1",
)
ANYTHING = iri("entity", "crowbar")


@cache
def small() -> Corpus:
    """Part of the invented corpus, with something of every kind in it."""
    whole = read(MINI)

    def fewer(document: Document) -> Document:
        return replace(document, utterances=tuple(u for u in document.utterances if u.id in KEPT))

    documents = tuple(map(fewer, whole.documents))
    gone = {c.id for c in whole.claims()} - {c.id for c in replace(whole, documents=documents).claims()}
    return replace(
        whole,
        documents=documents,
        relations=tuple(r for r in whole.relations if not gone & {r.source, r.target}),
    )


@cache
def valid() -> Quads:
    """The quads of the small corpus, derived results and one judgement of each further kind included."""
    return frozenset({*to_quads(small()), *derived(small()), *_judgements(), *_link()})


def fact(subject: NamedNode, predicate: NamedNode, target: Node) -> Quad:
    """A quad of the default graph."""
    return Quad(subject, predicate, target, DefaultGraph())


def _judgements() -> Iterable[Quad]:
    assessment, judgement = iri("assessment", "a1"), iri("independence-judgement", "i1")
    for node, kind in ((assessment, say.Assessment), (judgement, say.IndependenceJudgement)):
        yield fact(node, TYPE, kind)
        yield fact(node, LABEL, text("a judgement", "en"))
        yield fact(node, say.signedBy, iri("entity", "coder-one"))
        yield fact(node, say.signedAt, date("2031-04-20"))
        yield fact(node, say.rationale, text("Two people say so."))
    yield fact(assessment, say.assesses, CLAIM)
    yield fact(assessment, say.assessedStatus, say.AssessedUndecidable)
    yield fact(judgement, say.betweenOrigins, iri("entity", "halmer-council"))
    yield fact(judgement, say.betweenOrigins, iri("entity", "water-ministry"))
    yield fact(judgement, say.independence, say.IndependenceNotEstablished)
    yield fact(judgement, say.ofQuestion, iri("question", "injured"))


def _link() -> Iterable[Quad]:
    yield fact(LINK, TYPE, say.DerivedLink)
    yield fact(LINK, LABEL, text("a link", "en"))
    yield fact(LINK, say.ofUtterance, iri("utterance", "900-c3"))
    yield fact(LINK, say.joins, iri("claim", "900-c3.2"))
    yield fact(LINK, say.joins, iri("claim", "900-c3.3"))


CLAIM = iri("claim", "900-c2.2")
LINK = iri("derived", "link/1")

Damage = Callable[[Quads], Quads]


@dataclass(frozen=True)
class Mutant:
    """One damage, the code that must refuse it, and closely related codes that may join in."""

    name: str
    code: str
    damage: Damage
    also: frozenset[str] = field(default=frozenset())

    def __str__(self) -> str:
        return self.name


def shape_codes(quads: Quads) -> set[str]:
    """The codes of the shapes that refuse a graph."""
    return {problem.code for problem in shape_problems(quads, "mini")}


def codes(quads: Quads) -> set[str]:
    """The codes of every rule that refuses a graph."""
    return {problem.code for problem in violations(quads, "mini")} | shape_codes(quads)


def plus(*quads: Quad) -> Damage:
    """Add quads."""
    return lambda base: base | set(quads)


def minus(subject: NamedNode, predicate: NamedNode, target: Node | None = None) -> Damage:
    """Take away what a subject has of a predicate."""

    def damage(base: Quads) -> Quads:
        gone = {
            q
            for q in base
            if q.subject == subject and q.predicate == predicate and (target is None or q.object == target)
        }
        assert gone, f"{subject} has no {predicate}"
        return base - gone

    return damage


def swap(subject: NamedNode, predicate: NamedNode, *targets: Node) -> Damage:
    """Give a subject other values of a predicate."""
    return lambda base: minus(subject, predicate)(base) | {fact(subject, predicate, target) for target in targets}


def both(*damages: Damage) -> Damage:
    """One damage after another."""

    def damage(base: Quads) -> Quads:
        for step in damages:
            base = step(base)
        return base

    return damage


def proposed(subject: Node, predicate: NamedNode, target: Node, named: str | None = None) -> tuple[Quad, ...]:
    """A proposition (in a graph of its own hash, or of another name) with its label."""
    assert isinstance(subject, NamedNode)
    graph = iri("proposition", named or triple_id(subject, predicate, target))
    return (
        Quad(subject, predicate, target, graph),
        fact(graph, TYPE, say.Proposition),
        fact(graph, LABEL, text("p", "en")),
    )


def content_of(claim: str) -> Quad:
    """The content quad of a claim of the valid graph."""
    graph = next(q.object for q in valid() if q.subject == iri("claim", claim) and q.predicate == say.content)
    return next(q for q in valid() if q.graph_name == graph)


def hop(name: str) -> NamedNode:
    """A hop by id."""
    return iri("hop", name)


def claims_of(name: str) -> list[NamedNode]:
    """The claims and the utterance of one utterance id."""
    utterance = iri("utterance", name)
    claims = [q.subject for q in valid() if q.predicate == say.ofUtterance and q.object == utterance]
    return [utterance, *(c for c in claims if isinstance(c, NamedNode) and "/claim/" in c.value)]


def each(names: Iterable[NamedNode], make: Callable[[NamedNode], Damage]) -> Damage:
    """The same damage to several subjects."""
    return both(*map(make, names))


def _invariant_mutants() -> Iterable[Mutant]:
    affirmed = content_of("900-c2.2")
    attack, crowbar = iri("entity", "gate-opening"), iri("entity", "crowbar")
    bare = vocabulary().property("usedWeapon").iri
    graph = affirmed.graph_name
    assert isinstance(graph, NamedNode)
    assert isinstance(affirmed.object, NamedNode)
    yield Mutant("content as a bare triple", "I01-content-in-default-graph", plus(fact(attack, bare, crowbar)))
    yield Mutant(
        "a record predicate as content",
        "I02-record-in-proposition",
        lambda base: (
            base
            | {*proposed(attack, say.speaker, crowbar)}
            | {
                fact(
                    iri("condition", "900-c14.k1"),
                    say.conditionContent,
                    proposed(attack, say.speaker, crowbar)[1].subject,
                )
            }
        ),  # type: ignore[arg-type]
        frozenset({"S55-condition-content"}),
    )
    yield Mutant(
        "two triples in one proposition",
        "I03-one-triple",
        plus(Quad(attack, bare, crowbar, graph)),
        frozenset({"I05-proposition-hash"}),
    )
    yield Mutant("an edge nobody claims", "I04-naked-edge", plus(*proposed(attack, bare, crowbar)))
    yield Mutant(
        "a proposition with another triple's name",
        "I05-proposition-hash",
        lambda base: (base - {affirmed}) | {Quad(attack, affirmed.predicate, iri("entity", "halmer"), graph)},
    )
    yield Mutant("an entity nobody introduced", "I06-introduced", plus(fact(CLAIM, say.about, iri("entity", "nobody"))))
    yield Mutant("an unlabelled subject", "I06-introduced", minus(hop("900-c2.h1"), LABEL))
    yield Mutant("an unlabelled proposition", "I06-introduced", minus(graph, LABEL))
    yield Mutant(
        "a blank node as value", "I07-blank-node", plus(Quad(CLAIM, say.about, BlankNode("b"), DefaultGraph()))
    )
    yield Mutant(
        "a blank node as subject", "I07-blank-node", plus(Quad(BlankNode("b"), say.about, crowbar, DefaultGraph()))
    )
    yield Mutant(
        "a blank node as graph",
        "I07-blank-node",
        plus(Quad(attack, bare, crowbar, BlankNode("g"))),
        frozenset({"I04-naked-edge"}),
    )
    yield Mutant("reification", "I08-reification", plus(fact(CLAIM, TYPE, NamedNode(RDF + "Statement"))))
    yield Mutant("a merge", "I09-same-as", plus(fact(attack, NamedNode(OWL + "sameAs"), iri("entity", "flood"))))
    estimate = content_of("900-c26.1").object
    assert isinstance(estimate, NamedNode)
    yield Mutant(
        "ends in the wrong order",
        "I10-estimate-order",
        plus(fact(estimate, say.low, typed("9", "decimal")), fact(estimate, say.high, typed("8", "decimal"))),
    )
    yield Mutant(
        "a document upstream of itself",
        "I11-upstream-cycle",
        plus(fact(iri("document", "900-gazette"), say.republishes, iri("document", "902-echo"))),
    )
    yield from _custody_mutants()
    yield Mutant(
        "an anonymous official without anonymity",
        "I13-anonymity",
        each(claims_of("900-c2"), lambda c: swap(c, say.evidenceKind, say.AnonymousOfficial)),
    )
    yield Mutant(
        "an unnamed speaker without a reason",
        "I13-anonymity",
        swap(hop("900-c2.h2"), say.speaker, iri("entity", "neighbour")),
    )
    yield Mutant(
        "a claim that rests on itself",
        "I14-circular-inference",
        plus(fact(iri("inference", "900-c19.1"), say.premise, iri("claim", "900-c19.1"))),
    )
    yield Mutant("words after publication", "I15-said-later", swap(hop("900-c2.h2"), say.saidAt, date("2031-04-06")))
    yield Mutant("words in a later month", "I15-said-later", swap(hop("900-c2.h2"), say.saidAt, date("2031-05")))
    yield Mutant("a link across utterances", "I16-joined-link", plus(fact(LINK, say.joins, CLAIM)))
    yield Mutant(
        "a condition without the condition",
        "I17-condition-missing",
        each(claims_of("900-c2"), lambda c: swap(c, say.mode, say.Conditional)),
    )
    yield Mutant(
        "a counterfactual without a condition",
        "I17-condition-missing",
        each(claims_of("900-c2"), lambda c: swap(c, say.mode, say.Counterfactual)),
    )
    yield Mutant("a denial of four edges", "I18-denial-edges", swap(hop("900-c2.h2"), say.polarity, say.Denies))
    yield Mutant(
        "a chain that returns",
        "I19-chain-cycle",
        plus(fact(hop("900-c3.h3"), say.relays, hop("900-c3.h1"))),
        frozenset({"I20-origin-hop", "S33-origin-relays"}),
    )
    yield Mutant("a source outside the chain", "I20-origin-hop", swap(CLAIM, say.originHop, hop("900-c8.h2")))
    relaying = {"S30-origin-force", "S31-origin-polarity", "S32-origin-certainty", "S33-origin-relays"}
    yield Mutant(
        "a source that relays",
        "I20-origin-hop",
        swap(CLAIM, say.originHop, hop("900-c2.h1")),
        frozenset({*relaying, "S34-origin-commitment"}),
    )
    yield Mutant("a claim from garbled text", "I21-garbled-content", swap(CLAIM, say.reading, say.Garbled))
    yield Mutant(
        "a drawn status on a claim", "I22-derived-content", plus(fact(CLAIM, say.drawnStatus, say.DrawnNegated))
    )
    gazette = iri("derived", "summary/document/900-gazette")
    yield Mutant(
        "a summary that is not the sum of its parts",
        "I24-summary-adds-up",
        swap(gazette, say.edgeCount, typed(99, "integer")),
    )
    yield Mutant(
        "a summary of claims that nobody made",
        "I25-summary-claims",
        swap(gazette, say.claimCount, typed(99, "integer")),
        frozenset({"I24-summary-adds-up"}),
    )
    yield Mutant(
        "a conclusion given as an eyewitness's",
        "I23-inference-kind",
        each(claims_of("900-c19"), lambda c: swap(c, say.evidenceKind, say.EyewitnessAccount)),
    )


def _custody_mutants() -> Iterable[Mutant]:
    held, code = hop("900-c3.h3"), "I12-custody"
    yield Mutant("custody without a custodian", code, both(minus(held, say.heldBy), minus(held, say.heldByBasis)))
    yield Mutant("a custodian without custody", code, minus(held, say.circumstance, say.InCustody))
    yield Mutant(
        "custodial evidence of a free speaker",
        code,
        each(claims_of("900-c2"), lambda c: swap(c, say.evidenceKind, say.CustodialStatement)),
    )
    yield Mutant(
        "a held speaker without custodial evidence",
        code,
        each(claims_of("900-c3"), lambda c: swap(c, say.evidenceKind, say.PartyStatement)),
    )


INVARIANT_MUTANTS = tuple(_invariant_mutants())
HAND_MADE = (
    # the rules about values and judgements that the data model names
    Mutant("an estimate without a comparator", "S50-estimate-comparator", minus(content_of("900-c26.1").object, say.comparator)),  # type: ignore[arg-type]
    Mutant("an estimate without population or unit", "S51-estimate-counted", minus(content_of("900-c26.1").object, say.unit)),  # type: ignore[arg-type]
    Mutant("an estimate without a number", "S52-estimate-amount", minus(content_of("900-c26.1").object, say.value)),  # type: ignore[arg-type]
    Mutant("an unsigned assessment", "S64-judgement-signed", minus(iri("assessment", "a1"), say.signedBy)),
    Mutant("an undated assessment", "S65-judgement-dated", minus(iri("assessment", "a1"), say.signedAt)),
    Mutant("an unreasoned assessment", "S66-judgement-reasoned", minus(iri("assessment", "a1"), say.rationale)),
    Mutant("an empty reason", "S66-judgement-reasoned", swap(iri("assessment", "a1"), say.rationale, text(""))),
    Mutant("an unsigned relation", "S64-judgement-signed", minus(iri("source-relation", "rel-reprint"), say.signedBy)),
    Mutant("a relation from two sources", "S131-relation-from", plus(fact(iri("source-relation", "rel-reprint"), say.relatesFrom, CLAIM))),
    Mutant("a relation to two sources", "S132-relation-to", plus(fact(iri("source-relation", "rel-reprint"), say.relatesTo, CLAIM))),
    Mutant("an unsigned group", "S64-judgement-signed", minus(iri("origin-group", "halmer-side"), say.signedBy)),
    Mutant("an undated coverage rule", "S65-judgement-dated", minus(iri("coverage-rule", "verrin-part/1"), say.signedAt)),
    Mutant(
        "an unreasoned judgement of identity",
        "S66-judgement-reasoned",
        minus(iri("identity-judgement", "gate-hands/lock-workers"), say.rationale),
    ),
    Mutant("an assessment on a claim", "S13-claim-assessed", plus(fact(CLAIM, say.assessedStatus, say.AssessedRefuted))),
    Mutant("a reported status on a judgement", "S67-judgement-reported", plus(fact(iri("assessment", "a1"), say.reportedStatus, say.ReportedOpined))),
    Mutant("polarity on a claim", "S14-claim-polarity", plus(fact(CLAIM, say.polarity, say.Denies))),
    Mutant("content of garbled text", "S22-garbled-content", plus(fact(iri("utterance", "900-c24"), say.content, content_of("900-c2.2").graph_name))),  # type: ignore[arg-type]
    Mutant("an innermost hop that relays", "S33-origin-relays", plus(fact(hop("900-c2.h2"), say.relays, hop("900-c8.h2"))), frozenset({"S28-hop-relays"})),
    Mutant("a commitment where nothing is relayed", "S34-origin-commitment", swap(hop("900-c2.h2"), say.commitment, say.Endorses)),
    Mutant("garbled text read as clear", "S23-garbled-reading", swap(iri("utterance", "900-c24"), say.reading, say.Clear)),
    Mutant("a retraction without a note", "S86-retraction-note", minus(iri("claim", "900-c28.1"), say.retractionNote)),
    Mutant("an entity without an English name", "S82-entity-label", swap(iri("entity", "flood"), NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), text("sel", "tr"))),
    Mutant("two English names", "S83-entity-languages", plus(fact(iri("entity", "flood"), NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), text("the flood", "en")))),
    Mutant("a passage of no document", "S35-passage-document", swap(iri("passage", "900-c26"), HAS_SOURCE, iri("entity", "flood"))),
)  # fmt: skip
