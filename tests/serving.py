"""A real server for tests: uvicorn on a free port of this machine, stopped at the end."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from graph.evidence import Archive
from graph.service import application, free_socket
from graph.service.live import Live
from graph.service.server import SERVING


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Served:
    """Where a server listens."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def ask(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None, body: str | bytes | None = None
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str) -> Any:
        reply = self.ask(path)
        assert reply.status == 200, reply.body
        return reply.json()


@contextmanager
def serving(app: ASGIApp) -> Iterator[Served]:
    """Serve an application until the block ends."""
    listener = free_socket(0)
    server = uvicorn.Server(uvicorn.Config(app, **{**SERVING, "log_level": "error"}))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield Served(listener.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()


@contextmanager
def page_of(archive: Archive) -> Iterator[Served]:
    """The page over a corpus whose claims are read once, before a reader waits for them."""
    live = Live(archive)
    live.snapshot.weighing.claims  # noqa: B018 — read for its own sake
    try:
        with serving(application(live)) as server:
            yield server
    finally:
        live.close()
