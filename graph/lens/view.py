"""The graph through a lens: one filtered set behind every picture, table and export.

Rows decide what is in view; evidence is read from the store only for what is shown.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from graph.content import Edge
from graph.errors import NotFoundError
from graph.evidence import Archive, ClaimEvidence, EdgeEvidence, Evidence, Node
from graph.evidence.assemble import term
from graph.evidence.weighing import ChangeTold, Weighing
from graph.facets import Row, redrawn
from graph.lens.filtering import Counts, counts, meets, values
from graph.lens.lens import FACETS, Lens
from graph.lens.lines import EdgeLine, Line, edges_of, line_of, lines_of
from graph.model import Claim
from graph.origins import (
    Carrier,
    Drawn,
    EdgeChange,
    compared,
    draw,
    published_by,
    recorded_by,
    register_by,
    standing,
    withdrawn,
)
from graph.rdf import proposition_id

FOCUS_LIMIT = 40
WHOLE_LIMIT = 400
MOST_LINES = 1500
KEPT = 64
KEPT_LINES = 16_384


@dataclass(frozen=True)
class Standing:
    """What is left after withdrawal and dates: its rows, and how its edges are drawn where that differs from the build."""

    rows: Sequence[Row]
    claims: tuple[Claim, ...] | None = None
    drawn: dict[Edge, Drawn] | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines to draw, how many there would be, and those that a withdrawal fells; nodes in order of appearance."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    total: int
    total_claims: int
    fallen: tuple[Line, ...]
    fallen_total: int


class Views:
    """The views of one build; those asked for lately are kept."""

    def __init__(self, archive: Archive, weighing: Weighing | None = None) -> None:
        self.archive = archive
        self._weighing = weighing
        self.through = lru_cache(KEPT)(self._through)
        self.stand = lru_cache(KEPT // 4)(self._stand)
        # Under a withdrawal or a filter nearly every line stays what it was.
        self.line = lru_cache(KEPT_LINES)(lambda rows: line_of(rows, archive.assembler))

    @cached_property
    def rows(self) -> Sequence[Row]:
        """Every row of the build."""
        return self.archive.rows

    @cached_property
    def values(self) -> dict[str, tuple[str, ...]]:
        """Every value of each facet in the build: one that nothing in view has is still there to be seen."""
        return {facet: tuple(sorted({v for row in self.rows for v in values(row, facet)})) for facet in FACETS}

    @cached_property
    def weighing(self) -> Weighing:
        """The questions of weight, asked of this build."""
        return self._weighing or Weighing(self.archive)

    def _through(self, lens: Lens) -> "View":
        return View(self, lens)

    def parties(self, lens: Lens) -> frozenset[Carrier]:
        """Whom `parties=without` sets aside on the dates of a lens, whatever else it withdraws."""
        return self.weighing.sources.parties(self._known(lens))

    def _known(self, lens: Lens) -> tuple[Claim, ...]:
        """The claims that the dates of a lens leave."""
        left: tuple[Claim, ...] = self.weighing.claims
        if lens.as_of:
            left = published_by(left, lens.as_of)
        return recorded_by(left, lens.recorded) if lens.recorded else left

    def _stand(self, lens: Lens) -> Standing:
        """What stands under the withdrawal and the dates of a lens, redrawn."""
        if lens.plain:
            return Standing(self.rows)
        weighing, register = self.weighing, self.weighing.register
        left = self._known(lens)
        if lens.recorded:
            register = register_by(register, lens.recorded)
        if lens.withdrawal.carriers or lens.withdrawal.parties:
            left = standing(left, withdrawn(lens.withdrawal, left, weighing.sources), weighing.sources)
        drawn = draw(left, register) if lens.recorded else weighing.redrawing.over(left)
        rows = redrawn(self.rows, {claim.id: claim for claim in left}, drawn)
        return Standing(rows, left, drawn)

    @cached_property
    def edge_of(self) -> dict[str, Edge]:
        """Edges by the digits of their proposition."""
        return {proposition_id(edge): edge for edge in self.weighing.drawn}

    @cached_property
    def evidence_kept(self) -> dict[str, ClaimEvidence]:
        """Claims read from the store before, by id: a published build never changes."""
        return {}


class View:
    """One build through one lens."""

    def __init__(self, views: Views, lens: Lens) -> None:
        self.lens = lens
        self._views = views
        self.archive = views.archive
        self.standing = views.stand(lens.standing)
        self.rows: list[Row] = meets(self.standing.rows, lens)

    @property
    def held(self) -> int:
        """How many claims the build holds."""
        return len(self._views.rows)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The claims in view."""
        return frozenset(row.claim for row in self.rows)

    @cached_property
    def counts(self) -> Counts:
        """Facet counts."""
        return counts(self.standing.rows, self.lens)

    # ---- evidence ---------------------------------------------------------------------------

    def claims(self, rows: Iterable[Row] | None = None) -> list[ClaimEvidence]:
        """The claims in view, or of some rows in view, with everything behind them, in the order of the rows."""
        wanted = list(self.rows if rows is None else rows)
        kept = self._views.evidence_kept
        missing = dict.fromkeys(row.claim.rpartition(".")[0] for row in wanted if row.claim not in kept)
        for found in self.archive.evidence_of(self.archive.claims_of_utterances(missing)):
            kept[found.claim] = found
        return [self._restated(kept[row.claim], row) for row in wanted]

    def _restated(self, found: ClaimEvidence, row: Row) -> ClaimEvidence:
        if self.standing.drawn is None:
            return found
        drawn = self.standing.drawn[self._views.edge_of[row.proposition]]
        return replace(found, drawn_status=term("DrawnStatus", drawn.status), drawn_reason=drawn.why)

    def edges(self, rows: Iterable[Row]) -> list[EdgeEvidence]:
        """The edges of some rows in view, in order of first appearance."""
        listed = list(rows)
        held: dict[str, list[ClaimEvidence]] = defaultdict(list)
        for claim in self.claims(listed):
            held[claim.proposition].append(claim)
        origins = {row.proposition: row.origins for row in listed}
        return [self.archive.assembler.edge(tuple(claims), origins[name]) for name, claims in held.items()]

    # ---- pictures ---------------------------------------------------------------------------

    def lines(self, rows: Iterable[Row]) -> list[EdgeLine]:
        """The edges of some rows as a table lists them, without reading the store."""
        return edges_of(rows, self.archive.assembler)

    def about(self, entity: str) -> list[Row]:
        """The rows in view at one end of which an entity stands."""
        return [row for row in self.rows if entity in (row.subject, row.object)]

    def focus(self, entity: str, limit: int = FOCUS_LIMIT) -> Picture:
        """The neighbourhood of an entity, itself the first node; NotFoundError when there is no such entity."""
        self.archive.entity(entity)
        return self._picture(self.about(entity), limit, entity)

    def whole(self, limit: int = WHOLE_LIMIT) -> Picture:
        """Everything in view as lines, the lines with most claims first."""
        return self._picture(self.rows, min(limit, MOST_LINES))

    def picture_of(self, claims: Sequence[str], propositions: Sequence[str]) -> tuple[str, Picture]:
        """The lines of some claims and edges in view, and the entity that most of their claims are about.

        NotFoundError for one that is not in view.
        """
        by_claim = {row.claim: row.proposition for row in self.rows}
        for name in claims:
            if name not in by_claim:
                raise NotFoundError("claim", name, tuple(by_claim))
        wanted = {*propositions, *(by_claim[name] for name in claims)}
        if unknown := wanted - set(by_claim.values()):
            raise NotFoundError("proposition", min(unknown))
        rows = [row for row in self.rows if row.proposition in wanted]
        entities = self.archive.register.entities
        ends = Counter(end for row in rows for end in {row.subject, row.object} if end in entities)
        centre = min(ends, key=lambda name: (-ends[name], name))
        return centre, self._picture(rows, FOCUS_LIMIT, centre)

    def _picture(self, rows: Sequence[Row], limit: int, entity: str = "") -> Picture:
        assembler = self.archive.assembler
        shown, total = lines_of(rows, self._views.line, limit)
        fallen, gone = self._fallen(entity, limit)
        claims = Counter[str]()
        for line in shown:
            for end in {line.source.id, line.target.id}:
                claims[end] += len(line.claims)
        centre = {entity: assembler.node(assembler.named(entity))} if entity else {}
        nodes = centre | {end.id: end for line in (*shown, *fallen) for end in (line.source, line.target)}
        listed = tuple(Node(one.id, one.kind, one.label, one.labels, claims[one.id]) for one in nodes.values())
        return Picture(listed, tuple(shown), total, len(rows), tuple(fallen), gone)

    def _fallen(self, entity: str, limit: int) -> tuple[list[Line], int]:
        """Lines of edges that are in view without the withdrawal and not with it, and of how many."""
        if self.lens == self.lens.kept:
            return [], 0
        before = self._views.through(self.lens.kept)
        left = {row.proposition for row in self.rows}
        gone = [row for row in (before.about(entity) if entity else before.rows) if row.proposition not in left]
        return lines_of(gone, self._views.line, limit)

    # ---- one line ---------------------------------------------------------------------------

    def line(self, claim: str = "", proposition: str = "", bundle: str = "") -> tuple[Evidence, int]:
        """The evidence behind a line, by its id or by what is drawn on it, and how many of its claims the lens hides.

        NotFoundError when nothing of the kind stands.
        """
        on = [row for row in self.standing.rows if _on(row, claim, proposition, bundle)]
        if not on:
            kind, name = next((k, n) for k, n in (("claim", claim), ("edge", proposition), ("bundle", bundle)) if n)
            raise NotFoundError(kind, name)
        wanted = {row.bundle for row in on} if not proposition else set()
        line = [r for r in self.standing.rows if r.bundle in wanted or r.proposition == proposition]
        shown = [row for row in line if row.claim in self.ids]
        found = self.archive.assembler.bundles(self.edges(shown or line))
        told = self.archive.assembler.evidence(found[0], len(self.archive.documents))
        return told, len(line) - len(shown)

    # ---- what a withdrawal does -------------------------------------------------------------

    @cached_property
    def changed(self) -> list[EdgeChange]:
        """The edges that the withdrawal of the lens fells or restates.

        Over everything that meets the least number of origins without it, by the judgements signed by then.
        """
        before, weighing, least = self._views.stand(self.lens.kept.standing), self._views.weighing, self.lens.origins
        earlier = weighing.drawn if before.drawn is None else before.drawn
        later = weighing.drawn if self.standing.drawn is None else self.standing.drawn
        return [
            one
            for one in compared(earlier, later, least)
            if (one.falls or one.restated) and one.before is not None and one.before.independent.count >= least
        ]

    def told(self, changes: Iterable[EdgeChange]) -> list[ChangeTold]:
        """Some of these in words, each with its sources."""
        weighing, before = self._views.weighing, self._views.stand(self.lens.kept.standing)
        was = weighing.claims if before.claims is None else before.claims
        now = weighing.claims if self.standing.claims is None else self.standing.claims
        return weighing.changes(changes, now, was)


def _on(row: Row, claim: str, proposition: str, bundle: str) -> bool:
    return bool(
        (claim and row.claim == claim)
        or (proposition and row.proposition == proposition)
        or (bundle and row.bundle == bundle)
    )
