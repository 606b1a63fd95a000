"""Pictures of a briefing: only the elements and attributes that the graph draws with, and nothing that acts or asks."""

import re

from graph.errors import BriefingError

_TAG = re.compile(r'<(/?)([a-z]+)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*="[^"<>]*")*)\s*/?>')
_ATTRIBUTE = re.compile(r'([a-zA-Z][a-zA-Z0-9:-]*)="([^"]*)"')
TAGS = frozenset({"svg", "g", "title", "desc", "text", "tspan", "path", "line", "rect", "circle", "polygon"})
ATTRIBUTES = frozenset(
    [
        "xmlns",
        "viewBox",
        "width",
        "height",
        "role",
        "style",
        "font-family",
        "font-size",
        "font-weight",
        "text-anchor",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "d",
        "points",
        "transform",
        "opacity",
        "unicode-bidi",
        "direction",
        "data-claim",
        "data-bundle",
        "aria-label",
    ]
)
_SVG = "http://www.w3.org/2000/svg"
_ASKS = re.compile(r"url\s*\(|@|\\|expression|:\s*//|javascript:", re.IGNORECASE)


def checked(picture: str, where: str) -> str:
    """The picture as it is; BriefingError when anything in it is not of the graph's own drawing."""
    at = 0
    while (start := picture.find("<", at)) >= 0:
        found = _TAG.match(picture, start)
        wrong = _wrong(found) if found else f"{picture[start : start + 30]!r}"
        if found is None or wrong:
            allowed = ", ".join(sorted(TAGS))
            raise BriefingError(where, f"a picture with {wrong}; allowed: {allowed}", "show a picture of the graph")
        at = found.end()
    if not picture.startswith("<svg ") or picture.count("<svg ") != 1:
        raise BriefingError(where, "no picture, or more than one; allowed: one <svg>", "show a picture of the graph")
    return picture


def _wrong(found: re.Match[str]) -> str:
    if found[2] not in TAGS:
        return f"the element {found[2]!r}"
    for name, value in _ATTRIBUTE.findall(found[3]):
        if name not in ATTRIBUTES:
            return f"the attribute {name!r}"
        if (name == "xmlns" and value != _SVG) or (name in ("style", "fill", "stroke") and _ASKS.search(value)):
            return f"{name}={value!r}"
    return ""


def size(picture: str) -> tuple[int, int]:
    """Width and height in pixels."""
    head = picture[: picture.find(">")]
    found = dict(re.findall(r' (width|height)="([\d.]+)"', head))
    return round(float(found.get("width", 980))), round(float(found.get("height", 600)))


def title(picture: str) -> str:
    """What the picture shows, as its title has it: escaped, as it stands there."""
    found = re.search(r"<title>([^<]*)</title>", picture)
    return found[1] if found else "picture"


def slices(picture: str, most: float) -> list[str]:
    """A tall picture as several, each at most so high, none cut through a line of its text."""
    wide, high = size(picture)
    taken = [
        (float(y) - float(letters), float(y) + float(letters) / 3)
        for y, letters in re.findall(r'<text x="[-\d.e]+" y="([\d.]+)" font-size="([\d.]+)"', picture)
    ]
    head, rest = picture[: picture.find(">")], picture[picture.find(">") :]
    pieces, start = [], 0.0
    while start < high:
        end = min(start + most, high)
        if end < high:
            crossed = [top for top, bottom in taken if start < top < end < bottom]
            while crossed:
                end = min(crossed)
                crossed = [top for top, bottom in taken if start < top < end < bottom]
        box = re.sub(r' viewBox="[^"]*"', f' viewBox="0 {start:g} {wide} {end - start:g}"', head)
        pieces.append(re.sub(r' height="[^"]*"', f' height="{end - start:g}"', box) + rest)
        start = end
    return pieces
