"""Larger pictures for the page: everything in view as one graph, and ways from one name to another."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph.lens import MOST_LINES, WHOLE_LIMIT
from graph.lens.paths import Way, ways
from graph.places import beside
from graph.service import views
from graph.service.live import Live
from graph.service.looking import counter, view_of
from graph.service.parameters import ParameterError, number

Json = dict[str, Any]


class Tracing:
    """One method per address."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def whole(self, request: Request) -> Response:
        """The lines with most claims, at places that do not move when a filter changes."""
        limit = number(request.query_params.get("limit"), WHOLE_LIMIT, 1, MOST_LINES)
        view = view_of(self._live, request)
        picture = view.whole(limit)
        pairs = [(line.source.id, line.target.id) for line in (*picture.lines, *picture.fallen)]
        places = beside(self._live.snapshot.archive.places, pairs)
        return JSONResponse(views.picture(picture, places) | counter(view))

    def ways(self, request: Request) -> Response:
        """Ways between two names, with who joins their steps."""
        ends = [request.query_params.get(name, "") for name in ("from", "to")]
        if not all(ends):
            raise ParameterError("from and to; allowed: two ids of entities")
        asked = request.query_params.get("hypothetical", "")
        if asked not in ("", "with"):
            raise ParameterError(f"hypothetical {asked[:40]!r}; allowed: with")
        view = view_of(self._live, request)
        found = ways(view, ends[0], ends[1], bool(asked))
        listed = [_way(way) for way in found.ways]
        register = self._live.snapshot.archive.register
        named = [{"id": name, "label": register.label(name)} for name in ends]
        ends_named = {"from": named[0], "to": named[1]}
        return JSONResponse({**ends_named, "ways": listed, "total": found.total, "cut": found.cut, **counter(view)})


def _way(way: Way) -> Json:
    return {
        "joined": way.joined,
        "by": way.by and {"id": way.by.id, "label": way.by.label},
        "weakest": way.weakest,
        "origins": way.origins,
        "steps": [
            {"edge": views.edge_row(step.edge), "claim": step.claim, "forward": step.forward, "more": step.more}
            for step in way.steps
        ],
    }
