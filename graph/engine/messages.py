"""What goes to a worker and comes back: a length, a line of JSON, and the bytes of the answer."""

import json
import socket
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

_HEAD = 16  # eight hexadecimal digits for each of the two lengths


@dataclass(frozen=True, slots=True)
class Ask:
    """A query with bound variables (terms in N-Triples), the media type wanted, and the dataset it names.

    `rows` and `bytes` are the most that an answer may hold before it is cut, and says so.
    """

    sparql: str
    bindings: tuple[tuple[str, str], ...] = ()
    media: str = "application/sparql-results+json"
    graph_media: str = "text/turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    own_dataset: bool = False  # the query names its dataset with FROM
    base: str | None = None  # what relative IRIs are relative to, when the query does not say
    rows: int = 20_000
    bytes: int = 64_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it.

    `state` is complete, truncated, stopped (by a limit), refused (before it ran), wrong (not SPARQL, or
    it failed) or busy. `why` says so in a sentence; `line` and `column` where the text is wrong.
    """

    state: str
    kind: str = ""  # rows, truth or triples
    media: str = ""
    rows: int | None = None
    why: str = ""
    fix: str = ""
    line: int = 0
    column: int = 0
    limit: str = ""  # time, memory or crash, when stopped
    warnings: tuple[str, ...] = ()
    build: str = ""  # the name of the build that answered
    body: bytes = field(default=b"", repr=False)


class GoneError(Exception):
    """The other end is not there any more."""


class LateError(Exception):
    """The other end did not answer in time."""


def send(to: socket.socket, head: dict[str, Any], body: bytes = b"") -> None:
    """One message. Raises GoneError."""
    line = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        to.sendall(b"%08x%08x" % (len(line), len(body)) + line)
        if body:
            to.sendall(body)
    except (BrokenPipeError, ConnectionError, OSError) as error:
        raise GoneError from error


def receive(source: socket.socket, until: float | None = None) -> tuple[dict[str, Any], bytes]:
    """One message, by a moment of the monotonic clock. Raises GoneError or LateError."""
    lengths = b"".join(_exactly(source, _HEAD, until))
    line, body = int(lengths[:8], 16), int(lengths[8:], 16)
    head = json.loads(b"".join(_exactly(source, line, until)).decode("utf-8", "surrogatepass"))
    return head, b"".join(_exactly(source, body, until))


def _exactly(source: socket.socket, size: int, until: float | None) -> Iterator[bytes]:
    while size:
        if until is not None:
            left = until - time.monotonic()
            if left <= 0:
                raise LateError
            source.settimeout(left)
        try:
            got = source.recv(min(size, 1 << 20))
        except TimeoutError:
            raise LateError from None
        except OSError as error:
            raise GoneError from error
        if not got:
            raise GoneError
        size -= len(got)
        yield got


def as_head(of: Ask | Told) -> dict[str, Any]:
    """A message's fields, without the bytes."""
    plain = asdict(of)
    plain.pop("body", None)
    return plain


def to_ask(head: dict[str, Any]) -> Ask:
    """The question that a head carries."""
    lists = {name: tuple(head[name]) for name in ("default_graphs", "named_graphs")}
    return Ask(**{**head, **lists, "bindings": tuple((name, term) for name, term in head["bindings"])})


def to_told(head: dict[str, Any], body: bytes) -> Told:
    """The answer that a head and bytes carry."""
    return Told(**{**head, "warnings": tuple(head["warnings"])}, body=body)
