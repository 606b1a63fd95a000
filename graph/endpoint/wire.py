"""One HTTP request to one named machine: no proxy, no other host, an end in time, an answer that is whole."""

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from graph.errors import EndpointError

TIMEOUT = 60.0
LARGEST = 256 * 1024 * 1024  # bytes of one answer
_MOVED = (301, 302, 307, 308)
_HOPS = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, headers by lower-case name, and the whole body."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        """The media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def words(self) -> str:
        """The beginning of the body, for a message."""
        return " ".join(self.body[:1000].decode("utf-8", "replace").split())[:200]


def address(url: str) -> SplitResult:
    """The parts of an endpoint's URL.

    Raises EndpointError for anything but http or https with a host and without a password.
    """
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        known = False
    if not known or not url.isascii() or any(c <= " " or c in '<>"{}|\\^`' for c in url):
        raise EndpointError(url, "not the address of an endpoint", "give http://HOST:PORT/PATH or https://HOST/PATH")
    if parts.username is not None:
        raise EndpointError(parts.hostname or url, "a name or password in the address", "leave it out")
    return parts


def post(url: str, body: bytes, kind: str, accept: str, timeout: float = TIMEOUT) -> Reply:
    """Send a POST and read the whole answer.

    Raises EndpointError when there is none in time, it is cut, or it leads to another host.
    """
    ends = monotonic() + timeout
    headers = {"Content-Type": kind, "Accept": accept, "Accept-Encoding": "identity", "User-Agent": "testimony"}
    for _ in range(_HOPS):
        parts = address(url)
        reply = _once(url, parts, body, headers, ends - monotonic(), timeout)
        if reply.status not in _MOVED:
            return reply
        target = urljoin(url, reply.headers.get("location", ""))
        if address(target)[:2] != parts[:2]:
            raise EndpointError(url, f"it sends us elsewhere, to {target}", "give that address, if you trust it")
        url = target
    raise EndpointError(url, "it sends us round in circles", "give the address of the endpoint itself")


def _once(url: str, parts: SplitResult, body: bytes, headers: dict[str, str], left: float, timeout: float) -> Reply:
    connection = _connection(parts, left)
    late = threading.Event()

    def stop() -> None:  # a server that drips a byte a second would never meet the socket's own limit
        late.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(max(left, 0), stop)
    watch.daemon = True
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.connect()
        line = connection.sock  # the connection forgets it once the answer has begun
        watch.start()
        connection.request("POST", path, body=body, headers=headers)
        with connection.getresponse() as answer:
            read = answer.read(LARGEST + 1)
            left_out = answer.length
        if len(read) > LARGEST:
            raise EndpointError(url, f"an answer of more than {LARGEST} bytes", "ask for less")
        if late.is_set():
            raise TimeoutError
        if left_out:  # fewer bytes than were promised
            raise http.client.IncompleteRead(read, left_out)
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, read)
    except (OSError, http.client.HTTPException) as error:
        raise _failure(url, error, late.is_set(), timeout) from None
    finally:
        watch.cancel()
        connection.close()


def _connection(parts: SplitResult, left: float) -> http.client.HTTPConnection:
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=left, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=left)


def _failure(url: str, error: Exception, late: bool, timeout: float) -> EndpointError:
    if late or isinstance(error, TimeoutError):
        return EndpointError(url, f"no whole answer within {timeout:g} s", "ask for less, or raise --timeout")
    if isinstance(error, http.client.IncompleteRead):
        return EndpointError(url, "the answer is cut", "ask again; look into the server's log and limits")
    if isinstance(error, ConnectionRefusedError):
        return EndpointError(url, "nothing answers there", "start the server, or correct the address")
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return EndpointError(url, f"the connection failed ({reason})", "check the address and the server")
