"""Starting the service on a free port of this machine."""

import asyncio
import socket
import webbrowser
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from graph.errors import ServiceError
from graph.service.app import application
from graph.service.live import Live

TRIED = 20


HOST = "127.0.0.1"
PATIENCE = 5  # seconds for the head of a request, and for the next request
MOST_HEAD = 65_536  # bytes


class PatientProtocol(HttpToolsProtocol):
    """HTTP that gives up on a request whose head does not come or does not end; the server itself would wait for ever."""

    _looking: asyncio.TimerHandle | None = None
    _since = 0.0  # when it began to wait
    _head: int | None = 0  # bytes of a head that has not ended; None while a body or an answer is under way

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._since = self.loop.time()
        self._look()

    def data_received(self, data: bytes) -> None:
        if self._head is not None and self._head > MOST_HEAD:
            self.send_400_response(f"a head of more than {MOST_HEAD} bytes")
            return
        super().data_received(data)
        if self._head is not None:
            self._head += len(data)

    def on_headers_complete(self) -> None:
        self._head = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._head = 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._since = self.loop.time()  # so that who keeps asking over one connection is never cut off

    def connection_lost(self, exc: Exception | None) -> None:
        if self._looking is not None:
            self._looking.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        """Close what has waited too long, or look again: one timer for a connection, not one for each request."""
        if self.transport.is_closing():
            return
        answering = self.cycle is not None and not self.cycle.response_complete
        left = PATIENCE if answering else self._since + PATIENCE - self.loop.time()
        if left <= 0:
            self.transport.close()
        else:
            self._looking = self.loop.call_later(left, self._look)


# a client that sends its request drop by drop, or holds many sockets, must not keep others out for longer
SERVING: dict[str, Any] = {
    "http": PatientProtocol,
    "timeout_keep_alive": PATIENCE,
    "limit_concurrency": 200,
    "proxy_headers": False,
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
    "lifespan": "off",
}


def free_socket(port: int, host: str = HOST) -> socket.socket:
    """A listening socket on `port`, or on the next free one of twenty; 0 lets the system choose.

    Raises ServiceError when none is free.
    """
    if not 0 <= port <= 65_535:
        raise ServiceError(f"port {port}", "not a port", "give a port from 1024 to 65535")
    reason = ""
    for candidate in range(port, min(port + TRIED, 65_536)):
        # with the protocol named: asyncio sends small packets at once only then, and an answer waited 40 ms otherwise
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen(128)
        except OSError as error:
            listener.close()
            reason = error.strerror or str(error)
            continue
        return listener
    raise ServiceError(f"{host}:{port}", f"no free port from here on ({reason})", "give another with --port")


def serve(live: Live, port: int, browser: bool, told: Callable[[str], None], origins: tuple[str, ...] = ()) -> None:
    """Serve until interrupted; `told` gets the lines to print once the socket listens."""
    app = application(live, origins=origins)
    listener = free_socket(port)
    address = f"http://{HOST}:{listener.getsockname()[1]}/"
    if port and listener.getsockname()[1] != port:
        told(f"port {port} is taken")
    told(f"open {address}")
    if browser:
        webbrowser.open(address)
    try:
        with listener:
            uvicorn.Server(uvicorn.Config(app, **SERVING)).run(sockets=[listener])
    finally:
        live.close()
