"""The documented JSON interface: claims, entities, origins and named queries, each edge with status and source.

What it offers is described in OpenAPI 3.1 by `graph/service/openapi.py`; lists are cut openly.
"""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from graph.evidence import Archive, ClaimEvidence
from graph.export import Backing, form
from graph.export.cells import cells
from graph.export.columns import columns_text
from graph.lens import Lens
from graph.queries import named, named_queries, run
from graph.service import views
from graph.service.live import Live
from graph.service.looking import lens_of
from graph.service.openapi import LIMIT, MOST, document
from graph.service.parameters import ParameterError, number

T = TypeVar("T")
BOM = b"\xef\xbb\xbf"  # spreadsheets take a CSV without it for the letters of one country
LONGEST = 80  # letters of a file's name, before its hash


class Data:
    """One method per address."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def openapi(self, request: Request) -> Response:
        return JSONResponse(document(str(request.base_url)))

    def claims(self, request: Request) -> Response:
        """Claims in view through the lens of the address, in the order of the corpus."""
        view = self._live.snapshot.views.through(lens_of(request))
        page = _page(request, "claims", view.rows, lambda row: row)
        return JSONResponse({**page, "claims": [views.claim_(claim) for claim in view.claims(page["claims"])]})

    def export(self, request: Request) -> Response:
        """The same claims, all of them, in a format."""
        now = self._live.snapshot
        lens = lens_of(request)
        claims = now.views.through(lens).claims()
        name, bom = request.query_params.get("format", "csv"), request.query_params.get("bom", "")
        if bom and (bom, name) != ("with", "csv"):
            raise ParameterError(f"bom {bom[:40]!r} in {name[:40]!r}; allowed: bom=with, format=csv")
        return exported(claims, now.archive, name, lens, BOM if bom else b"")

    def columns(self, _request: Request) -> Response:
        """What each column of a table holds, to be read."""
        return PlainTextResponse(columns_text())

    def claim(self, request: Request) -> Response:
        return JSONResponse(views.claim_(self._live.snapshot.archive.claim(request.path_params["name"])))

    def entities(self, request: Request) -> Response:
        kind = request.query_params.get("kind")
        held = self._live.snapshot.archive.register.entities.values()
        found = [e for e in sorted(held, key=lambda e: e.id) if kind in (None, e.kind)]
        return JSONResponse(_page(request, "entities", found, views.entity))

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


def exported(claims: Sequence[ClaimEvidence], archive: Archive, name: str, lens: Lens, head: bytes = b"") -> Response:
    """Claims in a format after some bytes, as a file to keep, named by what was asked for and from which corpus.

    Raises NotFoundError for a format that is none, ExportError for one that lacks its extra.
    """
    made, out = form(name), io.BytesIO()
    out.write(head)
    made.write(claims, Backing.of(archive), out)
    disposition = f'attachment; filename="{file_name(lens)}-{archive.corpus_hash[:12]}{made.suffix}"'
    return Response(out.getvalue(), headers={"content-type": made.media, "content-disposition": disposition})


def _page(request: Request, name: str, found: Sequence[T], told: Callable[[T], Any]) -> dict[str, Any]:
    """The part of a list that is asked for, and how much there is."""
    limit = number(request.query_params.get("limit"), LIMIT, 1, MOST)
    offset = number(request.query_params.get("offset"), 0, 0, 10**9)
    shown = found[offset : offset + limit]
    cut = offset + len(shown) < len(found)
    return {"total": len(found), "offset": offset, "truncated": cut, name: [told(one) for one in shown]}


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
        "upstream": [asdict(back) for back in found.upstream],
    }


def file_name(lens: Lens) -> str:
    """What a file of the claims through a lens is called, in letters that every system takes: `testimony-claims-said-sdf`.

    What is hidden from the start is not named; a long name is cut.
    """
    asked = {name: text for name, text in lens.parameters().items() if (name, text) != ("hide", "withheld")}
    words = re.sub(r"[^A-Za-z0-9]+", "-", "-".join(("testimony-claims", *(f"{n}-{t}" for n, t in asked.items()))))
    return words[:LONGEST].strip("-")
