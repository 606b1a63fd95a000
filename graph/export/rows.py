"""A claim as one flat row; the columns are the contract of `testimony export`, whatever the format."""

from collections.abc import Iterable

from graph.evidence import ClaimEvidence
from graph.export.visible import visible
from graph.rdf import iri

COLUMNS = (
    # for whoever reads a table: what is said, how it stands, whose word, where
    "says", "drawn_label", "reported_label", "speaker_labels", "publisher_label", "document_title",
    "published_from", "published_to", "paragraph", "digest", "subject_label", "reads", "object_label",
    "value_low", "value_high", "comparator", "unit", "as_of", "condition", "event_start", "event_end", "said_at",
    "evidence_labels", "adds_origin", "discount", "drawn_reason", "retracted",
    # tokens of the vocabulary
    "drawn_status", "reported_status", "polarity", "force", "certainty", "mode", "reading", "position",
    "evidence_kinds", "circumstances",
    # ids
    "claim", "utterance", "proposition", "subject", "predicate", "object", "object_id", "speakers", "addressee", "held_by",
    "about", "addresses", "origin", "origin_group", "root_origin", "document", "publisher", "char_start", "char_end",
    "passage_sha256", "permalink", "corpus",
)  # fmt: skip


def row(c: ClaimEvidence, corpus: str) -> dict[str, str]:
    """Short ids; speakers outermost first joined by ` > `; lists joined by `;`; absent is empty.

    `origin` is given where the claim adds one, `root_origin` always. Nothing in a cell is invisible.
    """
    values = {**_said(c), **_sourced(c), "corpus": corpus}
    return {name: "" if values[name] is None else visible(str(values[name])) for name in COLUMNS}


def told(c: ClaimEvidence) -> str:
    """A claim in one line: both statuses, the words, whose word it is, where."""
    chain = " › ".join(hop.speaker.label for hop in reversed(c.chain))
    where = f"{c.document.id}, {c.document.publisher.label}, {c.document.published_to}"
    return visible(f"[{c.drawn_status.label}; {c.reported_status.label}] {c.says} (said by {chain} › {where})")


def _said(c: ClaimEvidence) -> dict[str, object]:
    """The claim and its statuses."""
    figure = c.figure
    return {
        "claim": c.claim,
        "utterance": c.utterance,
        "proposition": c.proposition,
        "says": c.says,
        "subject": c.subject.id,
        "subject_label": c.subject.label,
        "predicate": c.predicate.id,
        "reads": c.reading,
        "object": _object(c),
        "object_id": c.object.id,
        "object_label": c.object.label,
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
        "reported_status": c.reported_status.id,
        "reported_label": c.reported_status.label,
        "drawn_status": c.drawn_status.id,
        "drawn_label": c.drawn_status.label,
        "drawn_reason": c.drawn_reason,
        "event_start": c.event_start,
        "event_end": c.event_end,
        "addresses": _joined(question.id for question in c.addresses),
        "about": _joined(named.id for named in c.about),
        "retracted": c.retracted,
    }


def _sourced(c: ClaimEvidence) -> dict[str, object]:
    """Whose word it is, and where it stands."""
    adds = c.discount is None
    return {
        "document": c.document.id,
        "document_title": c.document.title,
        "publisher": c.document.publisher.id,
        "publisher_label": c.document.publisher.label,
        "published_from": c.document.published_from,
        "published_to": c.document.published_to,
        "paragraph": c.passage.paragraph,
        "char_start": c.passage.start,
        "char_end": c.passage.end,
        "digest": c.passage.digest,
        "passage_sha256": c.passage.sha256,
        "speakers": c.speakers,
        "speaker_labels": " > ".join(hop.speaker.label for hop in c.chain),
        "addressee": _joined(named.id for hop in c.chain for named in hop.addressee),
        "circumstances": _joined(dict.fromkeys(t.id for hop in c.chain for t in hop.circumstances)),
        "held_by": _joined(dict.fromkeys(hop.held_by.id for hop in c.chain if hop.held_by)),
        "said_at": _joined(hop.said_at for hop in c.chain if hop.said_at),
        "evidence_kinds": _joined(kind.id for kind in c.evidence_kinds),
        "evidence_labels": _joined(kind.label for kind in c.evidence_kinds),
        "origin": c.origin.id if adds else None,
        "origin_group": c.origin_group.id if c.origin_group and adds else None,
        "root_origin": c.origin.id,
        "adds_origin": "true" if adds else "false",
        "discount": c.discount,
        "permalink": iri("claim", c.claim).value,
    }


def _object(c: ClaimEvidence) -> str:
    if c.object.id == "truth":
        return "true"
    is_value = c.object.id.startswith(("figure-", "date-", "interval-")) and c.object.label != c.object.id
    return c.object.label if is_value else c.object.id


def _joined(values: Iterable[str]) -> str:
    return ";".join(values)
