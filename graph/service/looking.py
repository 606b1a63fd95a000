"""The graph through a lens, for the page: every address takes the same parameters (docs/lens.md).

What is counted, drawn, listed and opened comes from one filtered set.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph.content import Ref
from graph.evidence.weighing import ChangeTold, EdgeTold
from graph.facets import Row
from graph.lens import FOCUS_LIMIT, MOST_LINES, Lens, View, answers, parse
from graph.lens.sparql import to_sparql
from graph.origins import EdgeChange
from graph.service import views
from graph.service.live import Live, Snapshot
from graph.service.openapi import CLAIMS, FALLS, LIMIT, MOST
from graph.service.parameters import number
from graph.vocabulary import vocabulary

Json = dict[str, Any]
OWN = (
    "limit",
    "offset",
    "claim",
    "proposition",
    "bundle",
    "format",
    "bom",
    "from",
    "to",
    "hypothetical",
    "by",
    "one",
    "other",
    "words",
)
SHOWN_VALUES = 400  # of one facet; a facet with more says so
SHOWN_QUESTIONS = 60  # that concern one name
_SOURCES = {"document": "document", "publisher": "publisher", "said": "speaker", "relay": "speaker", "kind": "evidence"}
_SCHEMES = {"kind": "EvidenceKind", "reported": "ReportedStatus", "drawn": "DrawnStatus"}


def lens_of(request: Request) -> Lens:
    """The lens of an address. Raises LensError."""
    return parse((name, text) for name, text in request.query_params.multi_items() if name not in OWN)


def view_of(live: Live, request: Request) -> View:
    """The build of now through the lens of an address. Raises LensError."""
    return live.snapshot.views.through(lens_of(request))


def counter(view: View) -> Json:
    """Through which lens, and how much of the build it shows."""
    return {"lens": view.lens.parameters(), "claims_shown": len(view.rows), "claims_held": view.held}


class Looking:
    """One method per address."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def _view(self, request: Request) -> View:
        return view_of(self._live, request)

    def facets(self, request: Request) -> Response:
        """How many claims there are for each value of each facet, for the brushes, and in all."""
        return JSONResponse(_facets(self._live.snapshot, self._view(request)))

    def focus(self, request: Request) -> Response:
        limit = number(request.query_params.get("limit"), FOCUS_LIMIT, 1, MOST_LINES)
        view, name = self._view(request), request.path_params["name"]
        now = self._live.snapshot
        told = views.focus(now.archive.entity(name), view.focus(name, limit))
        asked = questions_of(now, view.about(name))
        told["entity"] |= {"questions": asked[:SHOWN_QUESTIONS], "question_total": len(asked)}
        return JSONResponse(told | counter(view))

    def evidence(self, request: Request) -> Response:
        given = [
            (key, request.query_params[key])
            for key in ("bundle", "claim", "proposition")
            if key in request.query_params
        ]
        if len(given) != 1:
            return JSONResponse({"error": "give exactly one of bundle, claim, proposition"}, 400)
        limit = number(request.query_params.get("limit"), CLAIMS, 1, MOST_LINES)
        told, hidden = self._view(request).line(**dict(given))
        return JSONResponse(views.evidence(told, limit, given[0][1]) | {"hidden_claims": hidden})

    def document(self, request: Request) -> Response:
        """A document as read; claims that the lens hides or sets aside say so."""
        name, view, now = request.path_params["name"], self._view(request), self._live.snapshot
        standing = {row.claim: row.drawn for row in view.standing.rows if row.document == name}
        paragraphs = [views.paragraph(p, standing, view.ids) for p in now.held.paragraphs(name)]
        return JSONResponse(
            {"document": views.document_(now.archive.document(name)), "paragraphs": paragraphs} | counter(view)
        )

    def edges(self, request: Request) -> Response:
        """The edges in view as rows, cut openly: the table."""
        view = self._view(request)
        names = list(dict.fromkeys(row.proposition for row in view.rows))
        offset = number(request.query_params.get("offset"), 0, 0, 10**9)
        limit = number(request.query_params.get("limit"), LIMIT, 1, MOST)
        wanted = set(names[offset : offset + limit])
        listed = [views.edge_row(edge) for edge in view.lines(row for row in view.rows if row.proposition in wanted)]
        cut = len(names) > offset + limit
        return JSONResponse({"edges": listed, "total": len(names), "offset": offset, "truncated": cut} | counter(view))

    def falls(self, request: Request) -> Response:
        """What the withdrawal of the lens fells or restates, each edge with its sources, cut openly."""
        view, limit = self._view(request), number(request.query_params.get("limit"), FALLS, 1, MOST_LINES)
        fallen = [one for one in view.changed if one.falls]
        restated = [one for one in view.changed if not one.falls]
        told = {name: view.told(some[:limit]) for name, some in (("fallen", fallen), ("restated", restated))}
        return JSONResponse(
            {name: [_change(one) for one in some] for name, some in told.items()}
            | {
                "fallen_total": len(fallen),
                "restated_total": len(restated),
                "here": _here(self._live.snapshot, view.lens.entity, fallen) if view.lens.entity else None,
            }
        )

    def parties(self, request: Request) -> Response:
        """Whom the lens would set aside as parties to the conflict."""
        return JSONResponse({"parties": _parties(self._live.snapshot, lens_of(request))})

    def sparql(self, request: Request) -> Response:
        """The lens as a query over the public vocabulary."""
        lens = lens_of(request)
        return JSONResponse({"sparql": to_sparql(lens), "exact": lens.plain})


def _here(now: Snapshot, name: str, fallen: Iterable[EdgeChange]) -> Json:
    """How many of the edges that fall have a name at an end."""
    ends = [(one.edge.subject, one.edge.object.id if isinstance(one.edge.object, Ref) else "") for one in fallen]
    return {"label": now.archive.register.called(name), "fallen": sum(name in pair for pair in ends)}


def _facets(now: Snapshot, view: View) -> Json:
    counted = view.counts
    return {
        **counter(view),
        "claims_standing": len(view.standing.rows),
        "facets": {name: _values(now, name, counter, view.lens) for name, counter in counted.facets.items()},
        "happened": [{"month": month, "claims": counted.happened[month]} for month in sorted(counted.happened)],
        "published": [{"month": month, "claims": counted.published[month]} for month in sorted(counted.published)],
        "undated": counted.undated,
        "withdrawn": _withdrawn(now, view.lens),
        "sides": _sides(now),
    }


def _sides(now: Snapshot) -> list[Json]:
    """Origin groups of several names, which can be set aside as a whole."""
    groups = {group.id: group for group in now.archive.register.groups.values() if len(group.members) > 1}
    return [{"id": name, "label": group.label, "members": list(group.members)} for name, group in groups.items()]


def _parties(now: Snapshot, lens: Lens) -> list[Json]:
    """Whom `parties=without` sets aside: groups before names, and no name that goes with its group."""
    register = now.archive.register
    found = now.views.parties(lens)
    groups = {carrier.id for carrier in found if carrier.kind == "group"}
    alone = {
        carrier.id
        for carrier in found
        if carrier.kind == "speaker" and ((group := register.groups.get(carrier.id)) is None or group.id not in groups)
    }
    told = [("group", name) for name in groups] + [("speaker", name) for name in alone]
    return [{"kind": kind, "id": name, "label": register.called(name)} for kind, name in sorted(told)]


def _withdrawn(now: Snapshot, lens: Lens) -> list[Json]:
    """What the lens sets aside, in words."""
    named = (text.split(":", 1) for text in lens.parameters().get("without", "").split(",") if text)
    facets = {"document": "document", "evidence": "kind"}
    return [{"kind": kind, "id": name, "label": labels(now, facets.get(kind, ""))(name)} for kind, name in named]


def _values(now: Snapshot, facet: str, counter: Counter[str], lens: Lens) -> Json:
    chosen = lens.facets.get(facet, frozenset())
    label = labels(now, facet)
    for name in (*chosen, *now.views.values[facet]):
        counter.setdefault(name, 0)
    ranked = sorted(counter, key=lambda name: (name not in chosen, -counter[name], name))
    listed = [
        {
            "id": name,
            "label": label(name),
            "claims": counter[name],
            "chosen": name in chosen,
            "source": _source(now, facet, name),
        }
        for name in ranked[:SHOWN_VALUES]
    ]
    return {"total": len(ranked), "values": listed}


def _source(now: Snapshot, facet: str, name: str) -> str | None:
    """What `without` calls a value, where it is a source that can be set aside."""
    if facet == "origin":
        return f"{'group' if now.archive.register.group(name) else 'speaker'}:{name}"
    return f"{_SOURCES[facet]}:{name}" if facet in _SOURCES else None


def labels(now: Snapshot, facet: str) -> Callable[[str], str]:
    """How the values of a facet are called; without one, how entities and groups are."""
    archive = now.archive
    if facet in _SCHEMES:
        known = {concept.notation: concept.label for concept in vocabulary().concepts(_SCHEMES[facet]).values()}
        return lambda name: known.get(name, name)
    if facet == "family":
        return lambda name: vocabulary().concept("RelationFamily", name).label
    if facet == "question":
        return lambda name: archive.questions.get(name, name)
    if facet == "document":
        return lambda name: archive.documents[name].title if name in archive.documents else name
    return archive.register.called


def questions_of(now: Snapshot, rows: Iterable[Row]) -> list[Json]:
    """The questions that some rows answer, with answers and claims, those with most claims first."""
    label = labels(now, "question")
    return [{**asdict(one), "label": label(one.question)} for one in answers.listed(rows)]


def _change(one: ChangeTold) -> Json:
    return {"before": _told(one.before), "after": _told(one.after), "why": one.why}


def _told(edge: EdgeTold | None) -> Json | None:
    if edge is None:
        return None
    return {
        "proposition": edge.proposition,
        "says": edge.says,
        "status": edge.status.id,
        "why": edge.why,
        "said": edge.said,
        "origins": [{"id": origin.id, "label": origin.label} for origin in edge.origins],
        "claims": list(edge.claims),
        "documents": list(edge.documents),
    }
