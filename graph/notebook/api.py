"""A graph in a notebook: ask, look, trace, weigh; and the same through a lens."""

import re
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.content import Edge, Figure
from graph.corpus.dates import is_date
from graph.engine import Engine, Limits
from graph.errors import LensError, NotFoundError, QueryError
from graph.evidence import Archive, ClaimEvidence, EdgeEvidence, Overview
from graph.evidence.weighing import ChangeTold, Weighing
from graph.export import weighed
from graph.facets import Row
from graph.lens import Lens, View, Views, check, parse
from graph.network import Ranged, dated, ranges, timeline, to_networkx, to_pyvis
from graph.network.ranges import ordered
from graph.network.timeline import when
from graph.notebook import standing, tables
from graph.notebook.asking import asked_table, named_table
from graph.notebook.display import Shown
from graph.notebook.results import Drawing, Neighbourhood, Picture, Table, Told, Trace
from graph.origins import Change, EdgeChange, Withdrawal, bounds, last_day
from graph.queries import named_queries
from graph.rdf import proposition_id

if TYPE_CHECKING:
    import networkx as nx

MOST = 20
Names = str | Iterable[str]


class Graph(Shown):
    """One published build, for a notebook, seen through a lens (at first one that changes nothing).

    `without` and `as_of` give another, over the claims that stand, its edges redrawn; `fell` and
    `restated` then tell what became of the rest.
    """

    def __init__(
        self,
        archive: Archive,
        address: str | None = None,
        seconds: float = 10.0,
        before: "Graph | None" = None,
        lens: Lens | None = None,
    ) -> None:
        self.archive = archive
        self.address = address
        self.seconds = seconds
        self.before = before
        self.lens = lens or Lens()
        self._views: Views = before._views if before else Views(archive)

    @cached_property
    def view(self) -> View:
        """The build through the lens."""
        return self._views.through(self.lens)

    @cached_property
    def weighing(self) -> Weighing:
        """The questions of weight, asked of what stands."""
        return standing.weighing_of(self._views, self.view)

    def text(self) -> str:
        counts = self.archive.manifest["counts"]
        held = f"{counts['claims']} claims from {counts['documents']} documents, corpus {self.archive.corpus_hash[:12]}"
        if self.before is None:
            return held
        words = "; ".join(standing.lens_words(self.lens, self._views.weighing))
        return "\n".join([f"{held}; {words}", *standing.change_told(self.change, self.fell, self.restated)])

    # ---- asking ---------------------------------------------------------------------------

    def queries(self) -> Table:
        """The named queries."""
        listed = named_queries().values()
        return Table(
            ("query", "title", "parameters"),
            tuple((q.name, q.title, ", ".join(p.name for p in q.parameters)) for q in listed),
        )

    def query(self, asked: str, **parameters: Any) -> Table:
        """Rows of a named query or of SPARQL text; parameters are bound. Raises QueryError."""
        if asked not in named_queries():
            return self.sparql(asked, **parameters)
        self._whole(asked)
        return named_table(self.archive.store, asked, parameters)

    def sparql(self, text: str, **parameters: Any) -> Table:
        """Rows of a query of one's own; parameters are bound, never pasted, and must be selected. Raises QueryError."""
        self._whole("query")
        return asked_table(self._workers, self.archive.store, text, parameters)

    def _whole(self, where: str) -> None:
        if self.lens != Lens():
            raise QueryError(
                where,
                0,
                "the store holds the whole build, and not what is seen without some sources or on some date",
                "ask the graph this view was made of, or use claims(), evidence(), timeline() …",
            )

    @cached_property
    def _workers(self) -> Engine:
        """Workers for queries of one's own: a query that runs away or crashes never takes the kernel with it."""
        engine = Engine(Path(self.archive.store.name), Limits(self.seconds, workers=1))
        weakref.finalize(self, engine.close)
        return engine

    def find(self, text: str) -> Table:
        """Entities by any of their names, with the claims in view at one end of which they stand."""
        found = Overview(self.archive).find(text)
        shown = [(f, str(len(self.view.about(f.entity.id)))) for f in found]
        rows = tuple((f.entity.id, f.entity.name, f.matched, f.entity.kind, claims) for f, claims in shown)
        return Table(("id", "name", "matched", "kind", "claims"), rows)

    # ---- claims and evidence --------------------------------------------------------------

    def claims(self, entity: str | None = None) -> tuple[ClaimEvidence, ...]:
        """Every claim in view, or every one about an entity (by id or name). Raises NotFoundError."""
        return tuple(self.view.claims(self._rows(entity)))

    def _rows(self, entity: str | None) -> Sequence[Row]:
        return self.view.rows if entity is None else self.view.about(self._entity(entity))

    def _entity(self, name: str) -> str:
        """An entity by its id, or by a name that the corpus gives it."""
        if name in self.archive.register.entities:
            return name
        found = Overview(self.archive).find(name)
        exact = [f for f in found if name.casefold() in (f.matched.casefold(), f.entity.name.casefold())]
        return exact[0].entity.id if exact else self.archive.entity(name).id

    def trace(self, claim: str) -> Trace:
        """The edge of a claim, with everything said for and against it. Raises NotFoundError."""
        row = self._row(claim)
        edges = self.view.edges(one for one in self.view.rows if one.proposition == row.proposition)
        return Trace(f"The edge of claim {claim}", tuple(edges))

    def evidence(self, name: str) -> Trace:
        """What stands behind an edge (its 32 digits), a claim or an entity, down to the passages. Raises NotFoundError."""
        if re.fullmatch(r"\d{2,4}-c\d+\.\d+", name):
            return Trace(f"Claim {name}", tuple(self.view.edges([self._row(name)])))
        if re.fullmatch(r"[0-9a-f]{32}", name):
            rows = [row for row in self.view.rows if row.proposition == name]
            if not rows:
                raise NotFoundError(self._kind("edge"), name)
            return Trace("Edge", tuple(self.view.edges(rows)))
        entity = self._entity(name)
        edges: list[EdgeEvidence] = self.view.edges(self.view.about(entity))
        ordered = sorted(edges, key=lambda edge: -len(edge.claims))
        return Trace(f"{self.archive.named(entity).label}: what is said in this corpus", tuple(ordered))

    def _row(self, claim: str) -> Row:
        found = next((row for row in self.view.rows if row.claim == claim), None)
        if found is None:
            raise NotFoundError(self._kind("claim"), claim, tuple(row.claim for row in self.view.rows))
        return found

    def _kind(self, what: str) -> str:
        return what if self.before is None else f"standing {what}"

    # ---- weight ---------------------------------------------------------------------------

    def origins(self, name: str, limit: int = MOST) -> Told:
        """Documents, publishers, origins and groups behind an edge, or each edge of a claim or an entity."""
        title, edges = self.weighing.named(name)
        shown = self._in_view(edges)
        found = tuple(self.weighing.unfold(edge) for edge in shown[:limit])
        told = [line for one in found for line in weighed.unfolded_lines(one)]
        rest = [f"{limit} of {len(shown)} edges shown; limit={len(shown)} shows all"] if len(shown) > limit else []
        silent = [] if shown else ["no visible claim of this corpus is about it; that is no statement about the world"]
        return Told((f"{title}: what stands behind each edge", *told, *silent, *rest), found)

    def _in_view(self, edges: Iterable[Edge]) -> list[Edge]:
        held = {row.proposition for row in self.view.rows}
        return [edge for edge in edges if proposition_id(edge) in held]

    def disagreements(self, question: str | None = None) -> Told:
        """Everything that contests an edge in view; or one question with its competing answers."""
        if question is not None:
            one = self._asked(question)
            return Told(tuple(weighed.question_lines(one, self.weighing)), one.disagreements)
        held = {row.proposition for row in self.view.rows}
        found = tuple(
            one for one in self.weighing.disagreements() if all(proposition_id(edge) in held for edge in one.contested)
        )
        lines = weighed.opposed_lines(f"what contests an edge ({len(found)})", found, self.weighing)
        return Told(tuple(lines) or ("nothing here contests an edge; silence is no agreement",), found)

    def _asked(self, question: str) -> Any:
        found = {one.question.id: one for one in self.weighing.asked()}
        if question not in found:
            raise NotFoundError("question", question, tuple(found))
        return found[question]

    # ---- tables for briefings -------------------------------------------------------------

    def told(self, *claims: str) -> Table:
        """Some claims as rows, each with its status and source. Raises NotFoundError."""
        return tables.told(self.archive, self.view, claims)

    def alleged(self, *actors: str, besides: bool = False) -> Table:
        """Every alleged link in view; or those of some actors with their organs and members, or all besides theirs."""
        return tables.Alleged(self.archive, self.view, self.weighing).table(actors, besides)

    def silences(self, *questions: str) -> Table:
        """Who answers a question and who is silent on it, as signed."""
        return tables.silences(self.archive, self.view, self.weighing, questions)

    def basis(self) -> Table:
        """What everything here rests on: corpus, date, sources set aside, and how much is in view."""
        return tables.basis(self.archive, self.view, standing.lens_words(self.lens, self._views.weighing))

    def documents(self) -> Table:
        """The documents in view, with their leaning."""
        return tables.documents(self.archive, self.view)

    def losses(self, kind: str = "publisher") -> Table:
        """What goes without each publisher (document, speaker, group) alone."""
        return tables.losses(self.weighing, kind, frozenset(self._links()))

    def fragile(self, *actors: str) -> Table:
        """Without which sources each alleged link falls: of all, or of those with some actors at an end."""
        ends = {self._entity(name) for name in actors}
        rows = {row.proposition for row in self.view.rows if not ends or ends & {row.subject, row.object}}
        return tables.fragile(self.weighing, [edge for edge in self._links() if proposition_id(edge) in rows])

    def _links(self) -> list[Edge]:
        held = {row.proposition for row in self.view.rows if row.family == tables.LINKS}
        return [edge for edge in self.weighing.by_edge if proposition_id(edge) in held]

    # ---- pictures -------------------------------------------------------------------------

    def focus(self, entity: str, limit: int = 40) -> Neighbourhood:
        """What is said of an entity, as lines that can be chosen; at most `limit` of them, and how many there are."""
        name = self._entity(entity)
        found = self.archive.around(name, self.view.edges(self.view.about(name)), limit)
        return Neighbourhood(found, self.address)

    def timeline(self, entity: str | None = None) -> Drawing:
        """The dated claims in view, or those about an entity, in the order of what they date."""
        held = self._rows(entity)
        some = self.view.claims(row for row in held if row.happened)
        shown = dated(claim for claim in some if not claim.retracted)
        about = "what is said to have happened" if entity is None else self.archive.named(self._entity(entity)).label
        title = f"{about}: {weighed.count(len(shown), 'dated claim')} of {len(held)}"
        return Drawing(title, timeline(title, shown), shown, tuple(when(claim) for claim in shown))

    def figure(self, question: str) -> Drawing:
        """The figures given for a question as ranges over time, each as wide as its wording. Raises NotFoundError."""
        asked = self._asked(question)
        days = {
            given.claim: (answer.edge.object, given.when)
            for answer in asked.answers
            if isinstance(answer.edge.object, Figure)
            for given in answer.given
        }
        held = self.view.claims(row for row in self.view.rows if row.claim in days)
        found = ordered([self._ranged(claim, *days[claim.claim]) for claim in held])
        title = dict(asked.question.label)["en"]
        note = "" if found else "nobody in view gives a figure; silence is no answer"
        return Drawing(title, ranges(title, found), tuple(f.claim for f in found), tuple(f.day for f in found), note)

    def _ranged(self, claim: ClaimEvidence, figure: Figure, when: str) -> Ranged:
        counted = self.weighing.label(figure.of) if figure.of else figure.unit or "a number"
        return Ranged(claim, counted, figure.as_of or when, *bounds(figure))

    def network(self, entity: str | None = None) -> "nx.MultiDiGraph[str]":
        """The claims in view, or about an entity, as a networkx MultiDiGraph: one edge a claim, keyed by its id."""
        return to_networkx(self.claims(entity))

    def to_pyvis(self, entity: str | None = None) -> Picture:
        """A quick pyvis picture of the claims in view, or about an entity; at most 300. Needs the extra `pyvis`."""
        claims = self.claims(entity)
        return Picture(to_pyvis(claims, self.address), claims)

    picture = to_pyvis

    # ---- views ----------------------------------------------------------------------------

    def without(
        self,
        speakers: Names = (),
        documents: Names = (),
        publishers: Names = (),
        groups: Names = (),
        kinds: Names = (),
        parties: bool = False,
        minimum: int = 0,
    ) -> "Graph":
        """The graph without some sources, its edges redrawn over what stands; `minimum` hides edges with fewer
        independent origins. Nothing is written. Raises NotFoundError for what carries nothing here.
        """
        whole = self._views.weighing
        gone = Withdrawal(
            whole.checked("document", _listed(documents)),
            whole.checked("publisher", _listed(publishers)),
            whole.checked("speaker", _listed(speakers)),
            whole.checked("group", _listed(groups)),
            whole.kinds(_listed(kinds)),
            parties,
        )
        lens = replace(self.lens, withdrawal=self.lens.withdrawal | gone, origins=max(self.lens.origins, minimum))
        return self.through(lens)

    def as_of(self, date: str, record: bool = False) -> "Graph":
        """The graph as it could have been known by the end of a date: by publication, or by when it was on record here."""
        if not is_date(date):
            raise LensError("a date", f"cannot be {date!r}", ("a year, month or day such as 2022-01-20",))
        if record:
            return self.through(replace(self.lens, recorded=_earlier(self.lens.recorded, date)))
        return self.through(replace(self.lens, as_of=_earlier(self.lens.as_of, date)))

    def seen(self, as_of: str = "", without: str = "") -> "Graph":
        """As known on a date and without some sources, both as the command spells them. Raises LensError."""
        lens = parse((name, text) for name, text in (("as-of", as_of), ("without", without)) if text)
        check(self.archive, lens)
        return self if lens == Lens() else self.through(lens)

    def through(self, lens: Lens) -> "Graph":
        """The same build through another lens."""
        return Graph(self.archive, self.address, self.seconds, self, lens)

    @cached_property
    def change(self) -> Change:
        """What differs from the graph this one was made of, as far as that one showed it."""
        was = self.before or self
        return standing.changed(was.weighing, self.weighing, was.view, self.view)

    @cached_property
    def fell(self) -> tuple[ChangeTold, ...]:
        """The edges that the graph before showed and this one does not, each with its status and sources before."""
        return self._told(self.change.fallen)

    @cached_property
    def restated(self) -> tuple[ChangeTold, ...]:
        """The edges that are drawn under another status than before."""
        return self._told(one for one in self.change.edges if one.restated)

    def _told(self, edges: Iterable[EdgeChange]) -> tuple[ChangeTold, ...]:
        was = self.before or self
        return tuple(was.weighing.changes(edges, self.weighing.claims, was.weighing.claims))


def open_graph(
    build: str | Path = "build", corpus: str | Path = "corpus", address: str | None = None, seconds: float = 10.0
) -> Graph:
    """Open a published build; paths count from where the notebook runs, `address` is the explorer's, for links.

    A query of one's own may take `seconds`.

    Raises BuildError when there is no build.
    """
    return Graph(Archive.open(Path(build).resolve(), Path(corpus).resolve()), address, seconds)


def _listed(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _earlier(held: str, date: str) -> str:
    return min(filter(None, (held, date)), key=last_day)
