"""The archive: a published build, read for evidence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import inf
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from graph.build import PLACES, ROWS, SEARCH, opened
from graph.corpus.originals import target
from graph.errors import BuildError, NotFoundError
from graph.evidence.assemble import Assembler, node_of
from graph.evidence.values import (
    ClaimEvidence,
    DocumentEvidence,
    EdgeEvidence,
    Focus,
    Garbled,
    Named,
    Node,
)
from graph.facets import Row, read_rows
from graph.model import Claim, Corpus, Document, Entity
from graph.origins import Register
from graph.places import read_places
from graph.rdf import iri, proposition_id, read_record, read_utterances, short
from graph.search import Index
from graph.store import Store
from graph.vocabulary import ID, OA, say, vocabulary

# what the IRIs of everything begin with that is registered once, however much is said of it
_REGISTERED = tuple(
    f"{ID}{kind}/"
    for kind in (
        "entity",
        "label",
        "origin-group",
        "question",
        "coverage-rule",
        "population-judgement",
        "identity-judgement",
        "assessment",
        "independence-judgement",
        "source-relation",
        "document",
        "paragraph",
    )
)
FOCUS_LIMIT = 40


def _is_registered(quad: Quad) -> bool:
    return isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(_REGISTERED)


class Archive:
    """Evidence of one build; every method reads the store, nothing is kept but the register."""

    def __init__(
        self, store: Store, manifest: dict[str, Any], corpus_folder: Path | None, index: Index | None = None
    ) -> None:
        self.store = store
        self._index = index
        self.manifest = manifest
        self._corpus_folder = corpus_folder
        self._texts: dict[str, str | None] = {}

    @classmethod
    def open(cls, out: Path, corpus_folder: Path | None = None) -> "Archive":
        """Open the published build of a folder; BuildError when there is none."""
        built = opened(out)
        return cls(Store.open(built.folder / "store"), built.manifest, corpus_folder, Index(built.folder / SEARCH))

    @property
    def index(self) -> Index:
        """The index of words; BuildError when the archive was opened without one."""
        if self._index is None:
            raise BuildError(self.store.name, "opened without its index of words", "open it with Archive.open")
        return self._index

    @cached_property
    def rows(self) -> list[Row]:
        """One row per claim with everything a view can be narrowed by; BuildError when they cannot be read."""
        return read_rows(Path(self.store.name).parent / ROWS)

    @cached_property
    def questions(self) -> dict[str, str]:
        """How each question is worded, by id."""
        return {question.id: question.name for question in self.register.questions}

    @cached_property
    def answers(self) -> dict[str, tuple[str, ...]]:
        """The questions that each claim answers, of those that are not retracted."""
        return {row.claim: tuple(row.question) for row in self.rows if row.question and not row.retracted}

    @cached_property
    def places(self) -> dict[str, tuple[float, float]]:
        """Where each name stands in a picture of everything; BuildError when that cannot be read."""
        return read_places(Path(self.store.name).parent / PLACES)

    @property
    def corpus_hash(self) -> str:
        """SHA-256 over the corpus files and the ontology."""
        return str(self.manifest["inputs"]["corpus"])

    # ---- register -------------------------------------------------------------------------

    @cached_property
    def parts(self) -> Corpus:
        """Entities, groups, questions, judgements, relations and documents (these without utterances)."""
        return read_record(quad for quad in self.store.record() if _is_registered(quad))

    @cached_property
    def register(self) -> Register:
        return Register.of_corpus(self.parts)

    @cached_property
    def documents(self) -> dict[str, Document]:
        return {document.id: document for document in self.parts.documents}

    @cached_property
    def assembler(self) -> Assembler:
        return Assembler(self.register, self.documents, self.text)

    def entity(self, name: str) -> Entity:
        """An entity by id; NotFoundError with a hint when there is none."""
        found = self.register.entities.get(name)
        if found is None:
            raise NotFoundError("entity", name, tuple(self.register.entities))
        return found

    def document_record(self, name: str) -> Document:
        """A document by id, without its utterances; NotFoundError with a hint when there is none."""
        found = self.documents.get(name)
        if found is None:
            raise NotFoundError("document", name, tuple(self.documents))
        return found

    def document(self, name: str) -> DocumentEvidence:
        """A document as views show it."""
        return self.assembler.document(self.document_record(name))

    def garbled(self, document: str) -> list[Garbled]:
        """What is printed in a document too garbled to carry a claim, by paragraph."""
        rows = self.store.rows(_GARBLED.format(vocabulary().namespace), {"document": iri("document", document)}).rows
        return [
            Garbled(short(name), int(place.value), words.value)
            for name, place, words in rows
            if isinstance(name, NamedNode) and isinstance(place, Literal) and isinstance(words, Literal)
        ]

    def text(self, document: str) -> str | None:
        """The attached original of a document, if there is one."""
        if document not in self._texts:
            folder = self._corpus_folder
            path = None if folder is None else target(folder, document)
            self._texts[document] = path.read_bytes().decode("utf-8", "replace") if path and path.is_file() else None
        return self._texts[document]

    # ---- claims ---------------------------------------------------------------------------

    def claims_of_utterances(self, names: Iterable[str]) -> list[Claim]:
        """Every claim of some utterances, rebuilt from the store; of more than a third, from the record as a whole."""
        wanted = dict.fromkeys(names)
        if 3 * len(wanted) > self.manifest.get("counts", {}).get("utterances", inf):
            return [claim for claim in self.every_claim() if claim.utterance.id in wanted]
        return self._claims(quad for name in wanted for quad in self._utterance_quads(iri("utterance", name)))

    def every_claim(self) -> list[Claim]:
        """Every claim of the build, in the same order."""
        return self._claims(self.store.record())

    def _claims(self, quads: Iterable[Quad]) -> list[Claim]:
        claims: list[Claim] = []
        for document, utterances in sorted(read_utterances(quads).items()):
            for utterance in utterances:
                claims += [Claim(name, edge, utterance, self.documents[document]) for name, edge in utterance.claims()]
        return claims

    def _utterance_quads(self, utterance: NamedNode) -> Iterator[Quad]:
        name = short(utterance)
        yield from self.store.about(utterance)
        for part in ("passage", "selector"):
            yield from self.store.about(iri(part, name))
        for link in self.store.of_object(say.ofUtterance, utterance):
            assert isinstance(link.subject, NamedNode)
            facts = self.store.about(link.subject)
            yield from facts
            yield from self.store.about(iri("inference", short(link.subject)))
            for fact in facts:
                if fact.predicate in (say.content, say.conditionContent) and isinstance(fact.object, NamedNode):
                    for quad in self.store.in_graph(fact.object):
                        yield quad
                        if isinstance(quad.object, NamedNode) and not quad.object.value.startswith(f"{ID}entity/"):
                            yield from self.store.about(quad.object)

    def utterances_of(self, propositions: Iterable[str]) -> list[str]:
        """The utterances that claim any of some propositions."""
        found: set[str] = set()
        for name in propositions:
            for quad in self.store.of_object(say.content, iri("proposition", name)):
                assert isinstance(quad.subject, NamedNode)
                found.add(short(quad.subject).rpartition(".")[0])
        return sorted(found)

    def propositions_about(self, entity: str) -> list[str]:
        """Claimed propositions with the entity at either end."""
        rows = self.store.rows(_about(), {"entity": iri("entity", entity)}).rows
        return sorted({short(row[0]) for row in rows if isinstance(row[0], NamedNode)})

    def edges(self, propositions: Sequence[str]) -> list[EdgeEvidence]:
        """Propositions with their claims and drawn status, in the order given."""
        wanted = set(propositions)
        by_proposition: dict[str, list[ClaimEvidence]] = defaultdict(list)
        for claim in self.evidence_of(self.claims_of_utterances(self.utterances_of(propositions))):
            if claim.proposition in wanted:
                by_proposition[claim.proposition].append(claim)
        return [
            self.assembler.edge(tuple(by_proposition[name]), self._origin_count(name))
            for name in propositions
            if by_proposition[name]
        ]

    def evidence_of(self, claims: Iterable[Claim]) -> list[ClaimEvidence]:
        """Claims with everything behind them."""
        return [self.assembler.claim(claim, *self._drawn(claim), self._reported(claim)) for claim in claims]

    def claim(self, name: str) -> ClaimEvidence:
        """One claim by id; NotFoundError when there is none."""
        utterance = name.rpartition(".")[0]
        for claim in self.evidence_of(self.claims_of_utterances([utterance])):
            if claim.claim == name:
                return claim
        raise NotFoundError("claim", name, self.claim_ids())

    def claim_ids(self) -> tuple[str, ...]:
        """Every claim id."""
        rows = self.store.rows("SELECT ?type ?c WHERE { ?c a ?type }", {"type": say.Claim}).rows
        return tuple(sorted(short(row[0]) for row in rows if isinstance(row[0], NamedNode)))

    def all_claims(self) -> list[ClaimEvidence]:
        """Every claim, by document and order of utterance."""
        return self.evidence_of(self.every_claim())

    def claims_of_document(self, name: str) -> list[ClaimEvidence]:
        """Every claim of one document, in the order of the text."""
        query = f"PREFIX say: <{vocabulary().namespace}>\nPREFIX oa: <{OA}>\n" + (
            "SELECT DISTINCT ?document ?u WHERE { ?document a say:Document . "  # so that the engine starts there
            "?u say:inPassage/oa:hasSource ?document ; a say:Utterance }"
        )
        rows = self.store.rows(query, {"document": iri("document", name)}).rows
        return self.evidence_of(self.claims_of_utterances(short(u) for (u,) in rows if isinstance(u, NamedNode)))

    def _drawn(self, claim: Claim) -> tuple[str, str]:
        node = iri("derived", f"status/{proposition_id(claim.edge)}")
        status, reason = (self.store.value(node, predicate) for predicate in (say.drawnStatus, say.drawnReason))
        assert status is not None
        assert reason is not None
        return vocabulary().name(status.value), reason.value

    def _origin_count(self, proposition: str) -> int:
        found = self.store.value(iri("derived", f"status/{proposition}"), say.originCount)
        return 0 if found is None else int(found.value)

    def _reported(self, claim: Claim) -> str:
        found = self.store.value(iri("claim", claim.id), say.reportedStatus)
        assert found is not None
        return vocabulary().name(found.value)

    # ---- views ----------------------------------------------------------------------------

    def focus(self, name: str, limit: int = FOCUS_LIMIT) -> Focus:
        """The neighbourhood of an entity as bundles, the most claimed first."""
        return self.around(name, self.edges(self.propositions_about(self.entity(name).id)), limit)

    def around(self, name: str, edges: Iterable[EdgeEvidence], limit: int = FOCUS_LIMIT) -> Focus:
        """The same, made of some edges at one end of which the entity stands."""
        entity = self.entity(name)
        bundles = sorted(self.assembler.bundles(edges), key=lambda b: (-b.claims, b.id))
        shown = bundles[:limit]
        counts: dict[str, int] = defaultdict(int)
        for bundle in shown:
            counts[bundle.source] += bundle.claims
            counts[bundle.target] += bundle.claims
        nodes = {n.id: n for bundle in shown for n in self.assembler.ends(bundle)}
        centre = node_of(entity, counts[name])
        listed = [
            centre,
            *(Node(n.id, n.kind, n.label, n.labels, counts[n.id]) for n in nodes.values() if n.id != name),
        ]
        return Focus(centre, tuple(listed), tuple(shown), len(bundles), sum(b.claims for b in bundles))

    def named(self, name: str) -> Named:
        """An entity as id and label."""
        entity = self.entity(name)
        return Named(entity.id, self.register.called(name))


_GARBLED = """
PREFIX say: <{}>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?document ?reading ?paragraph ?printed WHERE {{
  ?reading a say:GarbledReading ; say:printed ?printed ; say:inPassage ?passage .
  ?passage oa:hasSource ?document ; say:paragraph ?paragraph .
}} ORDER BY ?paragraph ?reading"""


def _about() -> str:
    return f"""
PREFIX say: <{vocabulary().namespace}>
SELECT DISTINCT ?entity ?g WHERE {{
  {{ GRAPH ?g {{ ?entity ?p ?o }} }} UNION {{ GRAPH ?g {{ ?s ?p ?entity }} }}
  FILTER EXISTS {{ ?claim say:content ?g }}
}}"""
