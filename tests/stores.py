"""Real SPARQL servers for tests, on a free port of this machine, ended with the block; and one that misbehaves."""

import os
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from graph.service import free_socket

VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 20000
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 100000
"""
GRANTS = "GRANT SPARQL_UPDATE TO \"SPARQL\"; DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7);"


def _free_port() -> int:
    with free_socket(0) as found:
        return int(found.getsockname()[1])


def _await(port: int, process: "subprocess.Popen[bytes]", seconds: float) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and process.poll() is None:
        with socket.socket() as trial:
            trial.settimeout(1)
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"no server on port {port} (ended with {process.poll()})")


@contextmanager
def _running(command: list[str], port: int, seconds: float, cwd: Path | None = None) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=cwd)
    try:
        _await(port, process, seconds)
        yield
    finally:
        process.kill()
        process.wait(timeout=20)


@contextmanager
def oxigraph(*options: str) -> Iterator[str]:
    """`oxigraph serve` in memory; its query address."""
    places = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])
    binary = shutil.which("oxigraph", path=places)
    if binary is None:
        pytest.fail("the server `oxigraph` is missing: it comes with the extra `dev`")
    port = _free_port()
    with _running([binary, "serve", "--bind", f"127.0.0.1:{port}", *options], port, 20):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Virtuoso over an empty database that anybody on this machine may fill; its query address."""
    server = shutil.which("virtuoso-t")
    client = shutil.which("isql-vt") or shutil.which("isql-v")
    if server is None or client is None:
        pytest.skip("Virtuoso is not installed (Debian: apt install virtuoso-opensource-7-bin)")
    ports = {"sql": _free_port(), "http": _free_port()}
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(**ports), encoding="utf-8")
    with _running([server, "+configfile", "virtuoso.ini", "+foreground"], ports["http"], 90, folder):
        where = f"127.0.0.1:{ports['sql']}"
        subprocess.run([client, where, "dba", "dba", f"exec={GRANTS}"], check=True, capture_output=True, timeout=60)
        yield f"http://127.0.0.1:{ports['http']}/sparql"


Behaviour = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def misbehaving(behaviour: Behaviour) -> Iterator[str]:
    """A server that answers every POST as told."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with suppress(OSError):  # whoever asked has gone, as it should
                behaviour(self)

        def log_message(self, *told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/query"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
