"""The service: the page and the JSON it reads, for one reader's own machine.

Nothing here writes, and nothing is fetched from anywhere. A request is refused unless its Host is
this machine's, whatever a web page elsewhere may try (DNS rebinding); answers carry a strict
Content-Security-Policy, so that text from strangers cannot become script.
"""

from collections.abc import Awaitable, Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import NotFoundError, ServiceError, TestimonyError
from graph.evidence import Archive, Overview
from graph.service import views

STATIC = Path(__file__).parent.parent / "static"
KEPT = 256  # neighbourhoods and panels remembered: a published build never changes
MAX_TEXT = 200
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Guard:
    """Refuses foreign Hosts and origins and every method that could write; adds the headers."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] = LOCAL) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in message["headers"]}
                extra = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in names]
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        refusal = self._refusal(Request(scope))
        answer: ASGIApp = self.app if refusal is None else refusal
        await answer(scope, receive, with_headers)

    def _refusal(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if _name(host) not in self.hosts:
            return _error(421, f"this service answers on {', '.join(sorted(self.hosts))} only")
        origin = request.headers.get("origin")
        if origin is not None and origin.partition("://")[2] != host:
            return _error(403, "another site may not read this graph")
        if request.method not in ("GET", "HEAD"):
            return _error(405, "this service only answers reading requests")
        return None


def _name(host: str) -> str:
    """The host without its port."""
    name, _, port = host.rpartition(":")
    return (name if name and port.isdigit() else host).lower()


def _error(status: int, line: str) -> JSONResponse:
    return JSONResponse({"error": line}, status_code=status)


def application(archive: Archive, hosts: tuple[str, ...] = LOCAL, static: Path = STATIC) -> Starlette:
    """The ASGI application over one build. Raises ServiceError when the page has not been bundled."""
    if not (static / "index.html").is_file():
        raise ServiceError(str(static), "the page has not been bundled", "run `make page`")
    api = Api(archive)
    return Starlette(
        routes=[
            Route("/api/overview", api.overview),
            Route("/api/search", api.search),
            Route("/api/focus/{name}", api.focus),
            Route("/api/document/{name}", api.document),
            Route("/api/evidence", api.evidence),
            Route("/api/{rest:path}", _unknown),
            Mount("/", StaticFiles(directory=static, html=True)),
        ],
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={
            NotFoundError: _handler(404),
            TestimonyError: _handler(400),
            HTTPException: _http_error,
            Exception: _handler(500),
        },
    )


def _handler(status: int) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(_request: Request, error: Exception) -> Response:
        line = str(error) if isinstance(error, TestimonyError) else "the service failed; its log says more"
        return _error(status, line)

    return handle


async def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _error(error.status_code, error.detail)


async def _unknown(request: Request) -> Response:
    return _error(404, f"no such address: {request.url.path[:MAX_TEXT]}")


class Api:
    """One method per address; each is run in a worker thread, the store being thread-safe."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._held = Overview(archive)
        self._overview = views.overview(archive, self._held)
        self._focus = lru_cache(KEPT)(lambda name: views.focus(archive, archive.focus(name)))
        self._evidence = lru_cache(KEPT)(self._find_evidence)

    def overview(self, _request: Request) -> Response:
        return JSONResponse(self._overview)

    def search(self, request: Request) -> Response:
        query = request.query_params.get("q", "")[:MAX_TEXT]
        limit = request.query_params.get("limit", "20")
        if not limit.isdecimal() or not 1 <= int(limit[:6]) <= 100:
            return _error(400, f"limit={limit[:MAX_TEXT]}; allowed: 1 to 100")
        return JSONResponse(views.search(query, self._held.find(query), int(limit)))

    def focus(self, request: Request) -> Response:
        return JSONResponse(self._focus(request.path_params["name"]))

    def document(self, request: Request) -> Response:
        name = request.path_params["name"]
        paragraphs = [views.paragraph(p) for p in self._held.paragraphs(name)]
        return JSONResponse({"document": views.document_(self._archive.document(name)), "paragraphs": paragraphs})

    def evidence(self, request: Request) -> Response:
        given = [
            (key, request.query_params[key])
            for key in ("bundle", "claim", "proposition")
            if key in request.query_params
        ]
        if len(given) != 1:
            return _error(400, "give exactly one of bundle, claim, proposition")
        return JSONResponse(self._evidence(*given[0]))

    def _find_evidence(self, key: str, name: str) -> dict[str, Any]:
        if key == "claim":
            name = self._archive.bundle_of_claim(name).id
        found = self._archive.proposition(name) if key == "proposition" else self._archive.bundle(name)
        return views.evidence(found)
