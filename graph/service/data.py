"""The documented JSON interface: claims, entities, origins and named queries, each edge with status and source.

What it offers is described in OpenAPI 3.1 by `graph/service/openapi.py`; lists are cut openly.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph.evidence import ClaimEvidence
from graph.export.cells import cells
from graph.queries import named, named_queries, run
from graph.service import views
from graph.service.live import Live
from graph.service.openapi import LIMIT, MOST, document

T = TypeVar("T")
Filter = Callable[[ClaimEvidence, str], bool]
FILTERS: Mapping[str, Filter] = {
    "entity": lambda c, v: v in (c.subject.id, c.object.id) or v in {named.id for named in c.about},
    "document": lambda c, v: c.document.id == v,
    "speaker": lambda c, v: v in {hop.speaker.id for hop in c.chain},
    "origin": lambda c, v: v in (c.origin.id, c.origin_group.id if c.origin_group else ""),
    "drawn": lambda c, v: c.drawn_status.id == v,
    "reported": lambda c, v: c.reported_status.id == v,
    "relation": lambda c, v: c.predicate.id == v,
    "question": lambda c, v: v in {question.id for question in c.addresses},
}


class ParameterError(Exception):
    """A parameter with a value it cannot have."""


class Data:
    """One method per address."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def openapi(self, request: Request) -> Response:
        return JSONResponse(document(str(request.base_url)))

    def claims(self, request: Request) -> Response:
        """Claims that meet every filter, in the order of their ids."""
        given = request.query_params
        unknown = sorted(set(given) - {*FILTERS, "limit", "offset"})
        if unknown:
            raise ParameterError(f"{unknown[0]}; allowed: {', '.join([*FILTERS, 'limit', 'offset'])}")
        tests = [(test, given[name]) for name, test in FILTERS.items() if name in given]
        found = [c for c in self._live.snapshot.claims if all(test(c, value) for test, value in tests)]
        return _page(request, "claims", found, views.claim_)

    def claim(self, request: Request) -> Response:
        return JSONResponse(views.claim_(self._live.snapshot.archive.claim(request.path_params["name"])))

    def entities(self, request: Request) -> Response:
        kind = request.query_params.get("kind")
        held = self._live.snapshot.archive.register.entities.values()
        found = [e for e in sorted(held, key=lambda e: e.id) if kind in (None, e.kind)]
        return _page(request, "entities", found, views.entity)

    def entity(self, request: Request) -> Response:
        return JSONResponse(views.entity(self._live.snapshot.archive.entity(request.path_params["name"])))

    def origins(self, request: Request) -> Response:
        """What stands behind each edge of a claim, a proposition or an entity."""
        weighing = self._live.snapshot.weighing
        title, edges = weighing.named(request.path_params["name"])
        limit = number(request.query_params.get("limit"), LIMIT, 1, MOST)
        return JSONResponse(
            {
                "title": title,
                "total": len(edges),
                "truncated": len(edges) > limit,
                "edges": [_unfolded(weighing.unfold(edge)) for edge in edges[:limit]],
            }
        )

    def queries(self, _request: Request) -> Response:
        listed = [
            {"name": q.name, "title": q.title, "what": q.what, "sparql": q.sparql, "parameters": [asdict(p) for p in q.parameters]}
            for q in named_queries().values()
        ]  # fmt: skip
        return JSONResponse({"queries": listed})

    def query(self, request: Request) -> Response:
        """The rows of a named query; its parameters are those of the address."""
        asked = named(request.path_params["name"])
        store = self._live.snapshot.archive.store
        rows = run(store, asked, dict(request.query_params)).rows
        assert rows is not None  # every shipped query selects
        columns, table = cells(rows, store)
        return JSONResponse({"title": asked.title, "columns": list(columns), "rows": [list(row) for row in table]})


def _page(request: Request, name: str, found: Sequence[T], told: Callable[[T], Any]) -> Response:
    """The part of a list that is asked for, and how much there is."""
    limit = number(request.query_params.get("limit"), LIMIT, 1, MOST)
    offset = number(request.query_params.get("offset"), 0, 0, 10**9)
    shown = found[offset : offset + limit]
    cut = offset + len(shown) < len(found)
    return JSONResponse({"total": len(found), "offset": offset, "truncated": cut, name: [told(one) for one in shown]})


def _unfolded(found: Any) -> dict[str, Any]:
    return {
        "edge": asdict(found.edge),
        "documents": list(found.documents),
        "publishers": [asdict(p) for p in found.publishers],
        "origins": [
            {
                "origin": asdict(one.origin),
                "group": asdict(one.group) if one.group else None,
                "claims": [views.claim_(c) for c in one.claims],
            }
            for one in found.origins
        ],
        "denials": [views.claim_(c) for c in found.denials],
        "without origin": [views.claim_(c) for c in found.barren],
    }


def number(text: str | None, default: int, least: int, most: int) -> int:
    """A whole number from a parameter. Raises ParameterError."""
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 11 and least <= int(text) <= most):
        raise ParameterError(f"{text[:40]!r}; allowed: {least} to {most}")
    return int(text)
