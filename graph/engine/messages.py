"""What goes to a worker and comes back: a length, a line of JSON, and the bytes of the answer."""

import json
import socket
import time
from dataclasses import dataclass, field, fields
from typing import Any

_HEAD = 16  # eight hexadecimal digits for each of the two lengths
PIECE = 1 << 18  # bytes read at a time


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

    @property
    def empty(self) -> bool:
        """Whether it is a whole answer without a row or a triple, or a no."""
        return self.state == "complete" and (self.rows == 0 or (self.kind == "truth" and b"false" in self.body))

    def values(self) -> list[list[str]]:
        """The values in the rows of an answer in JSON, in the order of its columns."""
        table = json.loads(self.body)
        return [
            [row[name]["value"] for name in table["head"]["vars"] if name in row]
            for row in table["results"]["bindings"]
        ]


class GoneError(Exception):
    """The other end is not there any more."""


class LateError(Exception):
    """The other end did not answer in time."""


def packed(head: dict[str, Any], body: bytes = b"") -> bytes:
    """A message as it goes over the socket: both lengths, the line, the bytes."""
    line = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return b"%08x%08x%b%b" % (len(line), len(body), line, body)


def unpacked(held: bytes | bytearray) -> tuple[dict[str, Any], bytes] | None:
    """The message that the bytes hold, or None while some are missing. Only one is under way at a time."""
    if len(held) < _HEAD:
        return None
    line, body = _HEAD + int(held[:8], 16), int(held[8:_HEAD], 16)
    if len(held) < line + body:
        return None
    return json.loads(held[_HEAD:line].decode("utf-8", "surrogatepass")), bytes(held[line : line + body])


def send(to: socket.socket, head: dict[str, Any], body: bytes = b"") -> None:
    """One message. Raises GoneError."""
    try:
        to.sendall(packed(head, body))
    except OSError as error:
        raise GoneError from error


def receive(source: socket.socket, until: float | None = None) -> tuple[dict[str, Any], bytes]:
    """One message, by a moment of the monotonic clock. Raises GoneError or LateError."""
    held = bytearray()
    while (message := unpacked(held)) is None:
        held += _more(source, until)
    return message


def _more(source: socket.socket, until: float | None) -> bytes:
    if until is not None:
        left = until - time.monotonic()
        if left <= 0:
            raise LateError
        source.settimeout(left)
    try:
        got = source.recv(PIECE)
    except TimeoutError:
        raise LateError from None
    except OSError as error:
        raise GoneError from error
    if not got:
        raise GoneError
    return got


_USUAL = {kind: {one.name: one.default for one in fields(kind) if one.name != "body"} for kind in (Ask, Told)}


def as_head(of: Ask | Told) -> dict[str, Any]:
    """A message's fields that are not as they usually are, without the bytes."""
    return {name: value for name, usual in _USUAL[type(of)].items() if (value := getattr(of, name)) != usual}


def to_ask(head: dict[str, Any]) -> Ask:
    """The question that a head carries."""
    lists = {name: tuple(head.get(name, ())) for name in ("default_graphs", "named_graphs")}
    return Ask(**{**head, **lists, "bindings": tuple((name, term) for name, term in head.get("bindings", ()))})


def to_told(head: dict[str, Any], body: bytes, build: str = "") -> Told:
    """The answer that a head and bytes carry, of the build with this name."""
    return Told(**{**head, "warnings": tuple(head.get("warnings", ())), "build": build}, body=body)
