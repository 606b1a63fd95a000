"""The service: the page and the JSON it reads, for one reader's own machine.

Nothing here writes, and nothing is fetched from anywhere. A request is refused unless its Host is
this machine's, whatever a web page elsewhere may try (DNS rebinding); answers carry a strict
Content-Security-Policy, so that text from strangers cannot become script.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import NotFoundError, ServiceError, TestimonyError
from graph.evidence import Archive
from graph.service import linked, views
from graph.service.data import Data
from graph.service.drawer import Drawer
from graph.service.live import Live
from graph.service.looking import Looking
from graph.service.panes import Panes
from graph.service.parameters import ParameterError, number
from graph.service.sparql import Sparql
from graph.service.tracing import Tracing

STATIC = Path(__file__).parent.parent / "static"
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


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


_ALWAYS = _encoded(HEADERS)
LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Guard:
    """Refuses foreign Hosts and origins and every method that could write; adds the headers.

    `origins` are the web pages that may read from elsewhere (none unless named).
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] = LOCAL, origins: tuple[str, ...] = ()) -> None:
        self.app = app
        self.hosts = frozenset(hosts)
        self.origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        allowed = self._cross_origin(given.get(b"origin"))

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in message["headers"]}
                extra = _encoded({**HEADERS, **allowed}) if allowed else _ALWAYS
                message["headers"] = [*message["headers"], *(pair for pair in extra if pair[0] not in names)]
            await send(message)

        refusal = self._refusal(scope, given, bool(allowed))
        try:
            await (self.app if refusal is None else refusal)(scope, receive, with_headers)
        except TestimonyError as error:
            await _error(404 if isinstance(error, NotFoundError) else 400, str(error))(scope, receive, with_headers)

    def _cross_origin(self, origin: str | None) -> dict[str, str]:
        if origin not in self.origins:
            return {}
        return {
            "access-control-allow-origin": str(origin),
            "access-control-allow-methods": "GET, POST, OPTIONS",
            "access-control-allow-headers": "accept, content-type",
            "access-control-expose-headers": (
                "testimony-answer, testimony-rows, testimony-warning, testimony-content, testimony-build"
            ),
            "cross-origin-resource-policy": "cross-origin",
            "vary": "origin, accept",
        }

    def _refusal(self, scope: Scope, given: dict[bytes, str], allowed: bool) -> Response | None:
        host = given.get(b"host", "")
        if _name(host) not in self.hosts:
            return _error(421, f"this service answers on {', '.join(sorted(self.hosts))} only")
        origin = given.get(b"origin")
        if origin is not None and not allowed and origin not in (f"http://{host}", f"https://{host}"):
            return _error(403, "another site may not read this graph")
        if given.get(b"sec-fetch-site") in ("cross-site", "same-site") and not allowed and scope["path"] != "/":
            return _error(403, "another site may not read this graph")
        method, path = scope["method"], scope["path"]
        if method == "OPTIONS" and allowed:
            return Response(status_code=204)
        if method not in ("GET", "HEAD") and not (method == "POST" and path == "/sparql"):
            return _error(405, "this service only answers reading requests")
        return None


def _name(host: str) -> str:
    """The host without its port."""
    name, _, port = host.rpartition(":")
    return (name if name and port.isdigit() else host).lower()


def _error(status: int, line: str) -> JSONResponse:
    return JSONResponse({"error": line}, status_code=status)


def application(
    source: Archive | Live, hosts: tuple[str, ...] = LOCAL, static: Path = STATIC, origins: tuple[str, ...] = ()
) -> Starlette:
    """The ASGI application over a build, or over whatever build is published now.

    Raises ServiceError when the page has not been bundled.
    """
    if not (static / "index.html").is_file():
        raise ServiceError(str(static), "the page has not been bundled", "run `make page`")
    live = source if isinstance(source, Live) else Live(source)
    api, data, looking, linked = Api(live), Data(live), Looking(live), Linked(live)
    tracing = Tracing(live)
    panes = Panes(live)
    sparql = Sparql(lambda: live.engine, linked.service, lambda: live.snapshot.name, lambda: live.running, live.knows)
    drawer = Drawer(live, sparql)
    return Starlette(
        routes=[
            Route("/sparql", sparql, methods=["GET", "HEAD", "POST"]),
            Route("/api/openapi.json", data.openapi),
            Route("/api/claims", data.claims),
            Route("/api/claims/{name}", data.claim),
            Route("/api/export", data.export),
            Route("/api/export/columns", data.columns),
            Route("/api/entities", data.entities),
            Route("/api/entities/{name}", data.entity),
            Route("/api/origins/{name}", data.origins),
            Route("/api/queries", data.queries),
            Route("/api/queries/{name}", data.query),
            Route("/api/query/{name}", drawer.query, methods=["GET", "HEAD"]),
            Route("/api/vocabulary", drawer.vocabulary),
            Route("/api/picture", drawer.picture),
            Route("/api/overview", api.overview),
            Route("/api/search", api.search),
            Route("/api/facets", looking.facets),
            Route("/api/focus/{name}", looking.focus),
            Route("/api/edges", looking.edges),
            Route("/api/falls", looking.falls),
            Route("/api/parties", looking.parties),
            Route("/api/timeline", panes.timeline),
            Route("/api/matrix", panes.matrix),
            Route("/api/questions", panes.questions),
            Route("/api/questions/{name}", panes.asked),
            Route("/api/speakers", panes.speakers),
            Route("/api/beside", panes.beside),
            Route("/api/since", panes.since),
            Route("/api/without", panes.without),
            Route("/api/whole", tracing.whole),
            Route("/api/ways", tracing.ways),
            Route("/api/document/{name}", looking.document),
            Route("/api/lens/sparql", looking.sparql),
            Route("/api/evidence", looking.evidence),
            Route("/api/{rest:path}", _unknown),
            Route("/id/{path:path}", linked.resource),
            Route("/.well-known/void", linked.dataset),
            Mount("/", StaticFiles(directory=static, html=True)),
        ],
        middleware=[Middleware(Guard, hosts=hosts, origins=origins)],
        exception_handlers={
            NotFoundError: _handler(404),
            ParameterError: _handler(400),
            TestimonyError: _handler(400),
            HTTPException: _http_error,
            Exception: _handler(500),
        },
    )


def _handler(status: int) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(_request: Request, error: Exception) -> Response:
        told = isinstance(error, TestimonyError | ParameterError)
        return _error(status, str(error) if told else "the service failed; its log says more")

    return handle


async def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _error(error.status_code, error.detail)


async def _unknown(request: Request) -> Response:
    return _error(404, f"no such address: {request.url.path[:MAX_TEXT]}")


class Linked:
    """What is on record of an IRI, of the endpoint and of the data set, in RDF."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def service(self, accept: str, host: str) -> tuple[str, bytes]:
        found = linked.service_description(f"http://{host}/sparql", accept)
        return found.media, found.body

    def dataset(self, request: Request) -> Response:
        found = linked.void(self._live.snapshot.archive, str(request.base_url), request.headers.get("accept", ""))
        return Response(found.body, media_type=found.media, headers={"vary": "accept"})

    def resource(self, request: Request) -> Response:
        path = request.path_params["path"]
        found = linked.described(self._live.snapshot.archive, path, request.headers.get("accept", ""))
        if found is None:
            kind, _, name = path.partition("/")
            return RedirectResponse(f"/?{quote(kind)}={quote(name)}", status_code=303, headers={"vary": "accept"})
        return Response(found.body, media_type=found.media, headers={"vary": "accept"})


class Api:
    """What the page reads, one method per address; each is run in a worker thread, the store being thread-safe."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def overview(self, _request: Request) -> Response:
        now = self._live.snapshot
        return JSONResponse(views.overview(now.archive, now.held))

    def search(self, request: Request) -> Response:
        query = request.query_params.get("q", "")[:MAX_TEXT]
        limit = number(request.query_params.get("limit"), 20, 1, 100)
        return JSONResponse(views.search(query, self._live.snapshot.held.search(query, limit), limit))
