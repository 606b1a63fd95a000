"""Tables for briefings, made from the graph so that nothing is forgotten: every row with its status and source."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from graph.content import Edge
from graph.errors import NotFoundError
from graph.evidence import Archive, ClaimEvidence
from graph.evidence.weighing import Weighing
from graph.facets import WITHHELD, Row
from graph.lens import View
from graph.network.told import content
from graph.notebook.results import Table
from graph.origins import draw, standing
from graph.rdf import proposition_id
from graph.vocabulary import vocabulary

LINKS = "FamilyAllegedLink"
_PASSIVE = frozenset({"perpetratedBy", "hadSponsor"})  # here the one who is said to have acted stands at the object
_MUTUAL = frozenset({"coordinatedWith"})
_SILENT, _ANSWERS = "RelationSilentOn", "RelationAnswers"
SILENCE = "Silence in this corpus is no denial, and no agreement."
_TOLD = ("claim", "drawn", "status", "what is said", "whose word", "kind of evidence")


def told(archive: Archive, view: View, names: Sequence[str]) -> Table:
    """Some claims as rows, in the order given; of those not in view, that they are not."""
    known, held = archive.claim_ids(), {row.claim: row for row in view.rows}
    for name in names:
        if name not in held and name not in known:
            raise NotFoundError("claim", name, tuple(known))
    claims = view.claims(held[name] for name in names if name in held)
    gone = [name for name in names if name not in held]
    note = f"Not in this view: {', '.join(gone)}." if gone else ""
    return Table(_TOLD, tuple(_row(claim) for claim in claims if not claim.retracted), note)


def _row(claim: ClaimEvidence) -> tuple[str, ...]:
    kinds = ", ".join(kind.label for kind in claim.evidence_kinds)
    return claim.claim, claim.drawn_status.id, claim.reported_status.label, claim.says, chain(claim), kinds


def chain(claim: ClaimEvidence) -> str:
    """Whose word it is and through whom, innermost first, with custody told."""
    hops = [hop.speaker.label + (f" [held by {hop.held_by.label}]" if hop.held_by else "") for hop in claim.chain[::-1]]
    return f"{' › '.join(hops)} › {claim.document.id}"


# ---- alleged links ----------------------------------------------------------------------------------


class Alleged:
    """The alleged links in view: who is said to have had which part in what, on whose word, and what they answer."""

    def __init__(self, archive: Archive, view: View, weighing: Weighing) -> None:
        self._archive, self._view, self._weighing = archive, view, weighing
        self._entities = archive.register.entities
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for row in view.rows:
            if row.family == LINKS:
                self._rows[row.proposition].append(row)
        self._edges = {proposition_id(edge): edge for edge in weighing.by_edge}

    def table(self, actors: Sequence[str], besides: bool) -> Table:
        """One row an edge: those of some actors with their organs and members, or all but those."""
        wanted = {one for name in actors for one in self._side(self._archive.entity(name).id)}
        rows = []
        for name, held in self._rows.items():
            accused = self._accused(held[0])
            if not actors or bool(wanted & {one for who in accused for one in (who, *self._above(who))}) != besides:
                rows.append(self._line(self._edges[name], held, accused))
        columns = ("drawn", "alleged", "whose word, claim by claim", "kind of evidence", "origins that count", "answer")
        claims = sum(len(held) for held in self._rows.values())
        note = f"{len(rows)} of {len(self._rows)} alleged links in view ({claims} claims). {SILENCE}"
        return Table(columns, tuple(rows), note)

    def _line(self, edge: Edge, held: list[Row], accused: Sequence[str]) -> tuple[str, ...]:
        shown = self._weighing.told(edge)
        claims = [claim for claim in self._view.claims(held) if not claim.retracted]
        words = content(claims[0]) if claims else shown.says
        kinds = dict.fromkeys(kind.label for claim in claims for kind in claim.evidence_kinds)
        origins = "; ".join(origin.label for origin in shown.origins) or "none"
        return shown.status.id, words, _words(claims), ", ".join(kinds), origins, self._answer(edge, held, accused)

    def _accused(self, row: Row) -> tuple[str, ...]:
        if row.predicate in _PASSIVE:
            return (row.object,)
        return (row.subject, row.object) if row.predicate in _MUTUAL else (row.subject,)

    def _above(self, name: str) -> Iterator[str]:
        """What an entity is an organ or a member of, and its members."""
        entity = self._entities.get(name)
        if entity is not None:
            yield from filter(None, (entity.organ_of, entity.institution))
            yield from entity.members
            for one in entity.members:
                yield from self._above(one)

    def _side(self, name: str) -> frozenset[str]:
        """Whoever may answer for somebody: itself, what it is an organ of, and those who count as one with them."""
        own = {name, *self._above(name)}
        groups = [set(group.members) for group in self._archive.parts.groups if own & set(group.members)]
        return frozenset(own.union(*groups))

    # ---- answers --------------------------------------------------------------------------

    def _answer(self, edge: Edge, held: list[Row], accused: Sequence[str]) -> str:
        """What the one said to have acted, or anybody who denies it, says to it in view; or that it is silent."""
        side = frozenset(one for name in accused for one in self._side(name))
        asked = set(held[0].question)
        on = [row for row in self._view.rows if asked & set(row.question)]
        own = [row for row in on if row.said in side]
        parts = [f"denied: {self._told(row)}" for row in held if row.denies]
        same = [row for row in own if row.proposition == held[0].proposition and not row.denies]
        parts += [f"says so of itself: {self._told(row)}" for row in same]
        others = {row.claim.rpartition(".")[0]: row for row in own if row.proposition != held[0].proposition}
        parts += [f"on the same question: {self._told(row)}" for row in others.values()]
        found = self._weighing.drawn[edge]
        parts += [f"contested: {found.why}"] if found.status == "DrawnContested" else []
        if not (parts and own):
            names = " and ".join(dict.fromkeys(self._label(name) for name in accused if self._acts(name)))
            who = f"from {names} " if names else "(nobody is named who could give one) "
            parts.append(f"no answer {who}in this corpus{self._silent(asked, side)}")
        return "; ".join(dict.fromkeys(parts))

    def _told(self, row: Row) -> str:
        (claim,) = self._view.claims([row])
        return f"{claim.says.rstrip('.')} ({claim.claim}, {claim.drawn_status.label})"

    def _acts(self, name: str) -> bool:
        entity = self._entities.get(name)
        return entity is not None and vocabulary().is_a(entity.kind, "Actor") and not entity.unidentified

    def _label(self, name: str) -> str:
        return self._weighing.label(name) if name in self._entities else name

    def _silent(self, asked: set[str], side: frozenset[str]) -> str:
        """The documents in which that side speaks and says nothing on the question, as signed."""
        heard = {row.document for row in self._view.rows if row.said in side}
        named = [
            one.source
            for one in self._weighing.relations
            if one.kind == _SILENT and one.target in asked and one.source in heard
        ]
        return f" (its side is heard, and silent on this, in {', '.join(named)})" if named else ""


def _words(claims: Iterable[ClaimEvidence]) -> str:
    """Whose word, with the claims of each, and how firmly where it is not plainly said."""
    found: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        side = "denies" if claim.polarity.id == "denies" else claim.reported_status.label
        found[chain(claim)].append(f"{claim.claim} ({side})")
    return "; ".join(f"{who}: {', '.join(ids)}" for who, ids in found.items())


# ---- silences, documents, losses --------------------------------------------------------------------


def silences(archive: Archive, view: View, weighing: Weighing, questions: Sequence[str]) -> Table:
    """Who answers a question and who is silent on it, as signed: of some questions, or of all that have such a mark."""
    known = archive.questions
    for name in questions:
        if name not in known:
            raise NotFoundError("question", name, tuple(known))
    documents = {row.document for row in view.rows}
    rows = []
    for one in weighing.relations:
        if one.kind not in (_SILENT, _ANSWERS) or (questions and one.target not in questions):
            continue
        if one.source in documents or one.source in view.ids:
            how = "silent" if one.kind == _SILENT else "answers"
            signed = f"{weighing.label(one.by)}, {one.at}"
            rows.append((known.get(one.target, one.target), one.source, how, one.reason, signed))
    return Table(("question", "document or claim", "how", "why", "signed by"), tuple(sorted(rows)), SILENCE)


def basis(archive: Archive, view: View, lens: Sequence[str]) -> Table:
    """What a briefing rests on, as two columns."""
    last = max((row.published[1] for row in view.rows), default="")
    facts = (
        ("corpus, SHA-256", archive.corpus_hash),
        ("as of", view.lens.as_of or f"all documents; the latest was published {last}"),
        ("view", "; ".join(lens) or "the whole build"),
        (
            "in view",
            f"{len(view.rows)} of {view.held} claims, from {len({row.document for row in view.rows})} documents",
        ),
    )
    return Table(("this rests on", ""), facts)


def documents(archive: Archive, view: View) -> Table:
    """The documents in view: what each is, when it came out, and how it leans."""
    held = {row.document for row in view.rows}
    found = [archive.document(name) for name in sorted(held)]
    rows = [
        (one.id, one.published_to, one.kind.label, one.publisher.label, one.leaning, one.text_quality.label)
        for one in found
    ]
    return Table(("document", "published", "kind", "publisher", "leaning", "text"), tuple(rows))


def losses(weighing: Weighing, kind: str, links: frozenset[Edge]) -> Table:
    """What goes without each source of a kind alone, the heaviest first."""
    claims, sources = weighing.claims, weighing.sources
    shown = {edge: one.status for edge, one in weighing.drawn.items() if one.status != WITHHELD}
    carriers = {one for claim in claims for one in sources.carriers(claim) if one.kind == kind}
    rows = []
    for carrier in sorted(carriers):
        left = standing(claims, frozenset({carrier}), sources)
        drawn = draw(left, weighing.register)
        now = {edge: one.status for edge, one in drawn.items() if one.status != WITHHELD}
        fell = shown.keys() - now.keys()
        restated = sum(now[edge] != shown[edge] for edge in shown.keys() & now.keys())
        gone = sum(not one.withheld for one in claims) - sum(not one.withheld for one in left)
        rows.append((weighing.carrier(carrier), gone, len(fell), restated, len(fell & links)))
    rows.sort(key=lambda row: (-row[2], row[0]))
    columns = ("without", "claims that go", "edges not shown any more", "edges drawn otherwise",
               "alleged links not shown any more")  # fmt: skip
    return Table(columns, tuple(tuple(map(str, row)) for row in rows))


def fragile(weighing: Weighing, edges: Iterable[Edge]) -> Table:
    """Edges with the smallest sets of sources without which nobody affirms them."""
    rows = []
    for edge in edges:
        shown, found = weighing.told(edge), weighing.fragility(edge)
        ways = "; or ".join(
            " and ".join(" or ".join(weighing.carrier(one) for one in choice) for choice in way) for way in found.ways
        )
        falls = ways if found.affirming else "nobody affirms it as so"
        rows.append(
            (shown.status.id, shown.says, falls or "larger sets were not sought", _source(shown.said, shown.claims))
        )
    return Table(("drawn", "edge", "falls without", "whose word"), tuple(rows))


def _source(said: str, claims: Sequence[str]) -> str:
    more = f" and {len(claims) - 6} more" if len(claims) > 6 else ""
    return f"{said} ({', '.join(claims[:6])}{more})"
