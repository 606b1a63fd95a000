"""Content negotiation: the media type that a request likes best (RFC 9110, section 12.5.1)."""

from collections.abc import Iterable
from functools import lru_cache

_USUAL = 300  # bytes of a header that is worth keeping


def chosen(accept: str, offered: Iterable[str]) -> str | None:
    """The best of the offered types; the first of equals, and None when none will do.

    An empty header accepts everything. A specific range decides before a general one.
    """
    return (_kept if len(accept) <= _USUAL else _chosen)(accept, tuple(offered))


def _chosen(accept: str, offered: tuple[str, ...]) -> str | None:
    ranges = _ranges(accept)
    if not ranges:
        return next(iter(offered))
    best, quality = None, 0.0
    for media in offered:
        found = max(((_specific(r, media), q) for r, q in ranges.items() if _specific(r, media)), default=(0, 0.0))[1]
        if found > quality:
            best, quality = media, found
    return best


_kept = lru_cache(maxsize=64)(_chosen)  # a client asks for the same again and again


def _ranges(accept: str) -> dict[str, float]:
    ranges: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            ranges[_ALIASES.get(name, name)] = next((_quality(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
    return ranges


# what clients also call them
_ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/json": "application/sparql-results+json",
    "text/xml": "application/sparql-results+xml",
    "application/x-turtle": "text/turtle",
    "text/n3": "text/turtle",
    "text/ntriples": "application/n-triples",
    "text/plain": "application/n-triples",
}


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _specific(wanted: str, media: str) -> int:
    """How exactly a range names a type: 3 itself, 2 its family, 1 everything, 0 not at all."""
    if wanted == media:
        return 3
    if wanted == f"{media.partition('/')[0]}/*":
        return 2
    return 1 if wanted == "*/*" else 0
