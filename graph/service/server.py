"""Starting the service on a free port of this machine."""

import asyncio
import socket
import webbrowser
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from graph.errors import ServiceError
from graph.service.app import application
from graph.service.live import Live

TRIED = 20


HOST = "127.0.0.1"
PATIENCE = 5  # seconds for the head of a request, and for the next request


class PatientProtocol(H11Protocol):
    """HTTP that gives up on a request whose head does not come; the server itself would wait for ever."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait()  # from here on, so that who keeps asking over one connection is never cut off

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(PATIENCE, self._give_up)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        idle = self.cycle is None or self.cycle.response_complete
        if idle and not self.transport.is_closing():
            self.transport.close()


# a client that sends its request drop by drop, or holds many sockets, must not keep others out for longer
SERVING: dict[str, Any] = {
    "http": PatientProtocol,
    "timeout_keep_alive": PATIENCE,
    "limit_concurrency": 200,
    "h11_max_incomplete_event_size": 65_536,
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
