"""A small focus picture: one entity in the middle, one row of text and one line for every bundle around it."""

from collections import defaultdict
from collections.abc import Sequence

from graph.evidence import Bundle, Focus
from graph.network import svg
from graph.network.layout import positions

WIDTH, MIDDLE, NARROW, ROW, GAP, TOP = 1240.0, 620.0, 150.0, 19.0, 10.0, 44.0
TEXT = 440.0  # width of the text on either side


def star(focus: Focus, role: str = "img") -> str:
    """The neighbourhood of an entity; `role` is `group` where the lines can be chosen."""
    sides = _sides(focus)
    rows = max(sum(1 + len(held) for _, held in side) + GAP / ROW * len(side) for side in (*sides, [("", ())]))
    height = TOP + max(3.0, rows) * ROW
    centre = (MIDDLE, (TOP + height) / 2)
    name = focus.entity.label
    shown = sum(bundle.claims for bundle in focus.bundles)
    counted = f"{shown} of {focus.total_claims} claims on {len(focus.bundles)} of {focus.total} lines"
    title = f"{name}: what is said in this corpus ({counted})"
    parts = [svg.words(16, 24, svg.clipped(title, WIDTH - 32, 15), 15, bold=True)]
    parts += _side(sides[0], focus, centre, 1, (height - TOP - _tall(sides[0])) / 2)
    parts += _side(sides[1], focus, centre, -1, (height - TOP - _tall(sides[1])) / 2)
    parts.append(_node(name, centre))
    keys, more = svg.legend({b.status.id for b in focus.bundles}, 16, height + 14, WIDTH - 32)
    told = f"{title}. " + " ".join(f"{sentence(bundle, focus)}." for bundle in focus.bundles)
    return svg.drawing(title, told, WIDTH, height + more + 24, [*parts, *keys], role)


Side = list[tuple[str, Sequence[Bundle]]]


def _sides(focus: Focus) -> tuple[Side, Side]:
    """Right and left: each neighbour with its bundles, in the order that the page uses."""
    held: dict[str, Sequence[Bundle]] = defaultdict(tuple)
    for bundle in focus.bundles:
        name = bundle.source if bundle.target == focus.entity.id else bundle.target
        held[name] = (*held[name], bundle)
    placed = positions(focus.entity.id, focus.nodes, ((b.source, b.target) for b in focus.bundles))
    order = sorted(held, key=lambda name: (placed[name][1], name))
    right = [(name, held[name]) for name in order if placed[name][0] >= 0]
    return right, [(name, held[name]) for name in order if placed[name][0] < 0]


def _tall(side: Side) -> float:
    return sum(ROW * (1 + len(held)) + GAP for _, held in side)


def _side(side: Side, focus: Focus, centre: tuple[float, float], sign: int, start: float) -> list[str]:
    labels = {node.id: node.label for node in focus.nodes}
    anchor = "start" if sign > 0 else "end"
    edge = MIDDLE + sign * (MIDDLE - 16 - TEXT)
    parts, y = [], TOP + start
    for name, held in side:
        parts.append(svg.words(edge, y + ROW - 5, svg.clipped(labels[name], TEXT, 13), 13, anchor, bold=True))
        for number, bundle in enumerate(held, start=1):
            parts.append(_bundle(bundle, focus, centre, sign, (edge, y + ROW * number + ROW - 6)))
        y += ROW * (1 + len(held)) + GAP
    return parts


def _bundle(bundle: Bundle, focus: Focus, centre: tuple[float, float], sign: int, at: tuple[float, float]) -> str:
    look = svg.looks()[bundle.status.id]
    (x, y), far = at, at[0] - sign * 8
    level, near = y - 4, centre[0] + sign * NARROW / 2
    path = (
        f"M{near:g} {centre[1]:g}C{(near + far) / 2:g} {centre[1]:g} {(near + far) / 2:g} {level:g} {far:g} {level:g}"
    )
    outward = bundle.source == focus.entity.id
    return (
        f'<g data-bundle="{svg.safe(bundle.id)}">{svg.hint(sentence(bundle, focus))}'
        f'<path d="{path}" fill="none" stroke="transparent" stroke-width="12"/>{svg.stroke(path, look)}'
        f"{svg.tip(far, level, sign > 0, look) if outward else ''}"
        f"{'' if outward else svg.tip(near, centre[1], sign < 0, look)}"
        f"{svg.words(x, y, label(bundle), 11.5, 'start' if sign > 0 else 'end')}</g>"
    )


def label(bundle: Bundle) -> str:
    """Status, relations and first source of a line, and how many more claims it carries."""
    claims = [claim for edge in bundle.edges for claim in edge.claims]
    first = claims[0]
    relations = ", ".join(dict.fromkeys(edge.reading for edge in bundle.edges))
    denies = " denies" if first.polarity.id == "denies" else ""
    more = f" +{len(claims) - 1}" if len(claims) > 1 else ""
    status, tail = svg.status_word(bundle.status.id), f"{denies} › {first.document.id}{more}"
    room = TEXT - (len(status) + len(tail) + 5) * 11.5 * svg.WIDE
    head = f"{status}: {svg.clipped(relations, min(120, room / 2), 11.5)} · "
    return svg.fitted(head, first.chain[-1].speaker.label, tail, TEXT, 11.5)


def sentence(bundle: Bundle, focus: Focus) -> str:
    """A line in words: ends, status, every relation, every source."""
    labels = {node.id: node.label for node in focus.nodes}
    relations = ", ".join(dict.fromkeys(edge.reading for edge in bundle.edges))
    claims = [claim for edge in bundle.edges for claim in edge.claims]
    sources = "; ".join(f"{c.chain[-1].speaker.label} › {c.document.id}, {c.claim}" for c in claims)
    status = svg.status_word(bundle.status.id)
    return f"{status}: {labels[bundle.source]} — {relations} — {labels[bundle.target]} ({sources})"


def _node(name: str, centre: tuple[float, float]) -> str:
    x, y = centre
    lines = _wrapped(name)
    parts = [
        f'<rect x="{x - NARROW / 2:g}" y="{y - 12 - 8 * len(lines):g}" width="{NARROW:g}" '
        f'height="{24 + 16 * len(lines):g}" rx="8" fill="#e9e5f7" stroke="{svg.INK}"/>'
    ]
    parts += [
        svg.words(x, y + 4 + 16 * (number - (len(lines) - 1) / 2), text, 13, "middle", bold=True)
        for number, text in enumerate(lines)
    ]
    return f"<g>{svg.hint(name)}{''.join(parts)}</g>"


def _wrapped(name: str) -> list[str]:
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) > 17:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [svg.clipped(text, NARROW - 12, 13) for text in lines[:4]]
