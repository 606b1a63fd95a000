"""Evidence as a tree: edge → claims by status → chain → passage."""

from collections import defaultdict
from collections.abc import Sequence

from graph.evidence import ClaimEvidence, EdgeEvidence, HopEvidence
from graph.vocabulary import vocabulary


def tree(title: str, edges: Sequence[EdgeEvidence]) -> list[str]:
    """The lines of the tree."""
    if not edges:
        return [title, "└─ no claim in this corpus is about it; that is no statement about the world"]
    lines = [title]
    for number, edge in enumerate(edges, start=1):
        lines += branch(_edge(edge), number == len(edges))
    return lines


def branch(lines: Sequence[str], last: bool) -> list[str]:
    """Lines hung on a trunk."""
    head, *rest = lines
    return [("└─ " if last else "├─ ") + head, *(("   " if last else "│  ") + line for line in rest)]


def _edge(edge: EdgeEvidence) -> list[str]:
    glyphs = {c.notation: c.facts["glyph"] for c in vocabulary().concepts("DrawnStatus").values()}
    words = edge.reading if edge.object.id == "truth" else f"{edge.reading} {edge.object.label}"
    status = edge.drawn_status
    told = f"{status.label}, only said not to be so" if status.id == "negated" else status.label
    lines = [f"{glyphs[status.id]} {told}: {edge.subject.label} {words}", f"  drawn so because {edge.why}"]
    grouped: dict[str, list[ClaimEvidence]] = defaultdict(list)
    for claim in edge.claims:
        grouped[claim.reported_status.label].append(claim)
    groups = list(grouped.items())
    for at, (label, claims) in enumerate(groups):
        block = [f"{label} ({len(claims)})"]
        for number, claim in enumerate(claims, start=1):
            block += branch(_claim(claim), number == len(claims))
        lines += branch(block, at == len(groups) - 1)
    return lines


def _claim(c: ClaimEvidence) -> list[str]:
    hops = [_hop(hop, inner=hop is c.chain[-1]) for hop in reversed(c.chain)]
    facts = [c.polarity.label, c.certainty.label, c.mode.label]
    lines = [
        f"{c.claim}: {c.says}",
        f"said by {' › '.join(hops)} › {c.document.id} ({c.document.publisher.label}, {c.document.published_to})",
        f"evidence: {', '.join(kind.label for kind in c.evidence_kinds)}; {', '.join(facts)}"
        + (f"; adds no origin: {c.discount}" if c.discount else f"; origin {c.origin.label}"),
    ]
    if c.condition:
        lines.append(f"condition: {c.condition}")
    if c.could_also:
        lines.append(f"could also mean: {'; '.join(c.could_also)}")
    if c.retracted:
        lines.append(f"retracted {c.retracted}")
    place = f"paragraph {c.passage.paragraph}"
    if c.passage.quote is not None:
        lines.append(f"passage, {place}, original {c.passage.state}: “{c.passage.quote}”")
    else:
        lines.append(f"passage, {place}, {c.passage.state}; digest: {c.passage.digest}")
    return lines


def _hop(hop: HopEvidence, inner: bool) -> str:
    marks = [term.label for term in hop.circumstances]
    if hop.held_by:
        marks.append(f"held by {hop.held_by.label}")
    said = hop.speaker.label if inner else f"relayed by {hop.speaker.label} ({hop.commitment.label})"
    return f"{said} [{', '.join(marks)}]" if marks else said
