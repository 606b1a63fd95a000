"""A claim as one flat row; the columns are the contract of `testimony export claims`."""

from collections.abc import Iterable

from graph.evidence import ClaimEvidence

COLUMNS = (
    "claim", "utterance", "document", "paragraph", "char_start", "char_end", "says",
    "subject", "predicate", "object", "value_low", "value_high", "comparator", "unit", "as_of",
    "polarity", "force", "certainty", "mode", "condition", "reading", "position", "addressee",
    "reported_status", "drawn_status", "speakers", "origin", "origin_group", "evidence_kinds",
    "circumstances", "event_start", "event_end", "said_at", "published_from", "published_to",
    "addresses", "retracted",
)  # fmt: skip


def row(c: ClaimEvidence) -> dict[str, str]:
    """Short ids; speakers outermost first joined by ` > `; lists joined by `;`; absent is empty."""
    figure = c.figure
    values = {
        "claim": c.claim,
        "utterance": c.utterance,
        "document": c.document.id,
        "paragraph": c.passage.paragraph,
        "char_start": c.passage.start,
        "char_end": c.passage.end,
        "says": c.says,
        "subject": c.subject.id,
        "predicate": c.predicate.id,
        "object": _object(c),
        "value_low": figure and figure.low,
        "value_high": figure and figure.high,
        "comparator": figure and figure.comparator.id,
        "unit": figure and figure.unit,
        "as_of": figure and figure.as_of,
        "polarity": c.polarity.id,
        "force": c.force.id,
        "certainty": c.certainty.id,
        "mode": c.mode.id,
        "condition": c.condition,
        "reading": c.text_reading.id,
        "position": c.position.id,
        "addressee": _joined(named.id for hop in c.chain for named in hop.addressee),
        "reported_status": c.reported_status.id,
        "drawn_status": c.drawn_status.id,
        "speakers": c.speakers,
        "origin": c.origin.id if c.discount is None else None,
        "origin_group": c.origin_group.id if c.origin_group and c.discount is None else None,
        "evidence_kinds": _joined(kind.id for kind in c.evidence_kinds),
        "circumstances": _joined(dict.fromkeys(t.id for hop in c.chain for t in hop.circumstances)),
        "event_start": c.event_start,
        "event_end": c.event_end,
        "said_at": _joined(hop.said_at for hop in c.chain if hop.said_at),
        "published_from": c.document.published_from,
        "published_to": c.document.published_to,
        "addresses": _joined(question.id for question in c.addresses),
        "retracted": c.retracted,
    }
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _object(c: ClaimEvidence) -> str:
    if c.object.id == "truth":
        return "true"
    is_value = c.object.id.startswith(("figure-", "date-", "interval-")) and c.object.label != c.object.id
    return c.object.label if is_value else c.object.id


def _joined(values: Iterable[str]) -> str:
    return ";".join(values)
