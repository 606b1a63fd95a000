"""Starting the service on a free port of this machine."""

import socket
import webbrowser
from collections.abc import Callable
from typing import Any

import uvicorn

from graph.errors import ServiceError
from graph.service.app import application
from graph.service.live import Live

TRIED = 20


HOST = "127.0.0.1"
# a client that sends its request drop by drop, or holds many sockets, must not keep others out
_PATIENCE: dict[str, Any] = {"timeout_keep_alive": 5, "limit_concurrency": 200, "h11_max_incomplete_event_size": 65_536}


def free_socket(port: int, host: str = HOST) -> socket.socket:
    """A listening socket on `port`, or on the next free one of twenty; 0 lets the system choose.

    Raises ServiceError when none is free.
    """
    if not 0 <= port <= 65_535:
        raise ServiceError(f"port {port}", "not a port", "give a port from 1024 to 65535")
    reason = ""
    for candidate in range(port, min(port + TRIED, 65_536)):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
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
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, lifespan="off", **_PATIENCE
    )
    try:
        with listener:
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        live.close()
