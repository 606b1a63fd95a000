"""`/sparql`: the SPARQL 1.1 Protocol for reading, every answer complete, truncated or stopped and saying so.

W3C, SPARQL 1.1 Protocol (2013), sections 2.1 (query operation) and 2.2 (no update here); SPARQL 1.1
Service Description for the address without a query. Nothing is sent before an answer is whole.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, current_time, fail_after, move_on_after, to_thread
from pyoxigraph import NamedNode
from starlette.types import Receive, Scope, Send

from graph.engine import Ask, Awaited, Engine, Told
from graph.engine.answering import GRAPHS, RESULTS, is_proposition
from graph.errors import QueryError
from graph.queries.guard import (
    MAX_BYTES,
    NotSparqlError,
    guard,
    own_dataset,
    reads_content,
)
from graph.queries.meetings import joins, unmet
from graph.queries.names import known_terms
from graph.queries.pitfalls import pitfalls, statusless
from graph.service.negotiation import chosen

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
PATIENCE = 10  # seconds for the body of a request
LOOKING = 1  # seconds in which an empty answer is looked into
_STATUS = {"complete": 200, "truncated": 206, "refused": 403, "wrong": 400, "busy": 429}
_STOPPED = {"time": 504, "memory": 507}
_KNOWN = frozenset({"query", "default-graph-uri", "named-graph-uri", "timeout"})
Described = Callable[[str, str], tuple[str, bytes]]


class RequestError(Exception):
    """A request that the protocol does not allow, with its HTTP status."""

    def __init__(self, status: int, line: str) -> None:
        super().__init__(line)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: query, dataset, seconds it may take."""

    sparql: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    seconds: float | None


def asked(method: str, query_string: bytes, content_type: str, body: bytes) -> Asked:
    """A request as the protocol defines its three forms. Raises RequestError."""
    pairs = _pairs(query_string)
    sparql = None
    if method == "POST":
        kind = content_type.partition(";")[0].strip().lower()
        if kind == FORM:
            pairs = _pairs(body) + [pair for pair in pairs if pair[0] != "query"]
        elif kind == QUERY:
            sparql = _text(body)
        else:
            raise RequestError(415, f"a body of type {kind or 'none'}; allowed: {FORM}, {QUERY}")
    elif method not in ("GET", "HEAD"):
        raise RequestError(405, "queries are asked with GET or POST")
    if any(name == "update" for name, _ in pairs):
        raise RequestError(403, "this service only reads; change corpus/ and rebuild")
    found = [value for name, value in pairs if name == "query"]
    if len(found) + (sparql is not None) > 1:
        raise RequestError(400, "more than one query")
    seconds = next((value for name, value in pairs if name == "timeout"), None)
    if seconds is not None and not _is_seconds(seconds):
        raise RequestError(400, f"timeout={seconds[:20]!r}; allowed: seconds, as in timeout=5")
    return Asked(
        found[0] if found else sparql,
        tuple(value for name, value in pairs if name == "default-graph-uri"),
        tuple(value for name, value in pairs if name == "named-graph-uri"),
        float(seconds) if seconds else None,
    )


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        found = parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except (UnicodeDecodeError, ValueError):
        raise RequestError(400, "parameters that are not URL-encoded UTF-8, or more than 200 of them") from None
    return [pair for pair in found if pair[0] in _KNOWN or pair[0] == "update"]


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise RequestError(400, "a query that is not UTF-8") from None


def _is_seconds(text: str) -> bool:
    whole, _, part = text.partition(".")
    return text.isascii() and whole.isdigit() and (not part or part.isdigit()) and len(text) < 8 and float(text) > 0


class Sparql:
    """The endpoint as an ASGI application, over an engine that may be exchanged while it runs."""

    def __init__(
        self,
        engine: Callable[[], Engine],
        described: Described,
        build: Callable[[], str],
        running: Callable[[], Engine | None] = lambda: None,
        knows: Callable[[NamedNode], bool] = lambda _: True,
    ) -> None:
        self._engine = engine
        self._running = running
        self._knows = knows
        self._described = described
        self._build = build
        self._awaited: Awaited | None = None
        self._reading = CapacityLimiter(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            body = b""
            if scope["method"] == "POST":
                with fail_after(PATIENCE):
                    body = await _body(receive)
            request = asked(scope["method"], scope["query_string"], headers.get(b"content-type", ""), body)
            if request.sparql is None:
                media, described = self._described(headers.get(b"accept", ""), headers.get(b"host", ""))
                await respond(send, 200, media, described)
                return
            base = f"http://{headers.get(b'host', '')}{scope['path']}"
            told = await self._told(request, request.sparql, headers.get(b"accept", ""), base)
        except TimeoutError:
            await respond(send, 408, "application/json", _json({"error": f"no whole body in {PATIENCE} s"}))
            return
        except RequestError as error:
            await respond(send, error.status, "application/json", _json({"error": str(error)}))
            return
        await self.answer(send, told, reads_content(request.sparql))

    async def _told(self, request: Asked, sparql: str, accept: str, base: str) -> Told:
        media, graph_media = chosen(accept, RESULTS), chosen(accept, GRAPHS)
        if media is None and graph_media is None:
            raise RequestError(406, f"none of {accept[:200]}; allowed: {', '.join([*RESULTS, *GRAPHS])}")
        for name in (*request.default_graphs, *request.named_graphs):
            _absolute(name)
        bare = next((name for name in request.default_graphs if is_proposition(name)), None)
        if bare is not None:
            return Told("refused", why=f"{bare} as default graph would turn what is alleged into plain triples")
        try:
            guard(sparql, "query", datasets=True)
            known_terms(sparql, "query")
        except QueryError as error:
            state = "wrong" if isinstance(error, NotSparqlError) else "refused"
            return Told(state, why=error.found, fix=error.fix, line=error.line)
        ask = Ask(
            sparql,
            media=media or next(iter(RESULTS)),
            graph_media=graph_media or next(iter(GRAPHS)),
            default_graphs=request.default_graphs,
            named_graphs=request.named_graphs,
            own_dataset=own_dataset(sparql),
            base=base,
        )
        start = current_time()
        told = await self.put(ask, request.seconds)
        if (told.kind == "triples" and graph_media is None) or (told.kind in ("rows", "truth") and media is None):
            raise RequestError(406, f"an answer of {told.kind} has none of the media types asked for")
        careful = pitfalls(sparql, self._knows)
        if told.state in ("complete", "truncated") and not told.empty:
            careful += statusless(sparql)
        if told.empty and not (ask.default_graphs or ask.named_graphs or ask.own_dataset):
            careful += await self._never_meet(sparql, start)
        return replace(told, warnings=careful) if careful else told

    async def _never_meet(self, sparql: str, start: float) -> tuple[str, ...]:
        """Which relations of a query without an answer never meet; nothing where that takes too long to tell.

        With `start`, the moment when it was put, it is answered no later than a query may be.
        """
        engine = self._running()
        until = start + engine.limits.seconds if engine else start
        with move_on_after(min(LOOKING, until - current_time())):
            # one at a time, since Python does little else meanwhile; who waits too long goes without
            questions = unmet(await to_thread.run_sync(joins, sparql, limiter=self._reading))
            try:
                text = next(questions)
                while (told := await self.put(Ask(text))).state == "complete":
                    text = questions.send(told.values())
            except StopIteration as said:
                return tuple(said.value)
        return ()

    async def put(self, ask: Ask, seconds: float | None = None) -> Told:
        """A question that has passed the guard, put to the engine unless too many wait."""
        if self._awaited is None:
            engine = self._running()
            if engine is None:  # the first question starts it, and others need not wait
                engine = await to_thread.run_sync(self._engine)
            self._awaited = self._awaited or Awaited(engine)  # another question may have been here meanwhile
        return await self._awaited.ask(ask, seconds)

    async def answer(self, send: Send, told: Told, content: bool) -> None:
        """The answer with what it is in its headers; `content`: the query looks inside propositions."""
        extra = {"testimony-answer": told.state, "testimony-build": told.build or self._build(), "vary": "accept"}
        if told.state in ("complete", "truncated"):
            if told.rows is not None:
                extra["testimony-rows"] = str(told.rows)
            if told.warnings:
                extra["testimony-warning"] = "; ".join(told.warnings)
            if content:
                extra["testimony-content"] = "read"
            await respond(send, _STATUS[told.state], f"{told.media}; charset=utf-8", told.body, extra)
            return
        status = _STOPPED[told.limit] if told.state == "stopped" else _STATUS[told.state]
        if status == 429:
            extra["retry-after"] = "1"
        plain = {"error": told.why, "state": told.state, "fix": told.fix, "line": told.line, "column": told.column}
        await respond(send, status, "application/json", _json(plain), extra)


def _absolute(name: str) -> None:
    if "://" not in name and not name.startswith("urn:"):
        raise RequestError(400, f"graph {name[:100]!r}; allowed: an absolute IRI")


async def _body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RequestError(400, "the request ended early")
        size += len(message.get("body", b""))
        if size > 4 * MAX_BYTES:  # a form may escape each byte in three
            raise RequestError(413, f"a body of more than {4 * MAX_BYTES} bytes")
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _json(plain: Mapping[str, object]) -> bytes:
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")


async def respond(
    send: Send, status: int, media: str, body: bytes, extra: Mapping[str, str] | Iterable[tuple[str, str]] = ()
) -> None:
    """One whole response; header values from outside are made one line of Latin-1."""
    listed = dict(extra)
    headers = [(b"content-type", media.encode("latin-1")), (b"content-length", str(len(body)).encode("ascii"))]
    headers += [
        (name.encode("latin-1"), " ".join(value.split()).encode("latin-1", "replace")) for name, value in listed.items()
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
