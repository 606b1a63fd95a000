"""Curves of seconds over the number of claims, both scales logarithmic, as SVG."""

from collections.abc import Sequence
from math import log10
from typing import Any

Line = tuple[str, str, str, str]  # key, label, colour, dashes
_LABELS = {-4: "0.1 ms", -3: "1 ms", -2: "10 ms", -1: "100 ms", 0: "1 s", 1: "10 s", 2: "100 s"}


def picture(found: list[dict[str, Any]], lines: Sequence[Line], steps: range) -> str:
    """The curves over the number of claims; `steps` are the powers of ten of a second on the axis."""
    left, top, wide, high = 70, 20, 330, 260

    def x(claims: float) -> float:
        return round(left + wide * (log10(claims) - 4) / 2, 1)

    def y(seconds: float) -> float:
        return round(top + high * (steps[-1] - log10(seconds)) / (len(steps) - 1), 1)

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 330" font-family="sans-serif" font-size="11">',
        "<title>CPU time over the number of claims</title>",
        '<rect width="600" height="330" fill="#fff"/>',
    ]
    for step in steps:
        at, label = (
            y(10.0**step),
            _LABELS[step],
        )
        parts.append(f'<path d="M{left} {at}h{wide}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 6}" y="{at + 4}" text-anchor="end">{label}</text>')
    parts += [
        f'<text x="{x(one["claims"])}" y="{top + high + 18}" text-anchor="middle">{one["claims"]:,}</text>'
        for one in found
    ]
    parts.append(f'<text x="{left + wide / 2}" y="{top + high + 36}" text-anchor="middle">claims</text>')
    low = float("inf")
    for name, label, colour, dash in lines:
        known = [one for one in found if one.get(name)]
        if not known:
            continue
        points = " ".join(f"{x(one['claims'])},{y(one[name])}" for one in known)
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        at = y(known[-1][name])
        low = at if low == float("inf") else max(at, low + 13)
        parts.append(f'<text x="{left + wide + 8}" y="{low + 4}" fill="{colour}">{label}</text>')
    return "\n".join([*parts, "</svg>", ""])
