"""JSON Schemas (2020-12) of our JSON exports: a claim without status or source is not valid in any of them."""

from typing import Any

from graph.export.rows import COLUMNS
from graph.vocabulary import ID, vocabulary

Schema = dict[str, Any]
# in no row may these be empty
ALWAYS = (
    "claim", "utterance", "proposition", "document", "paragraph", "says", "subject", "subject_label", "predicate", "reads",
    "object", "object_id", "object_label", "polarity", "reported_status", "reported_label", "drawn_status", "drawn_label",
    "drawn_reason", "speakers", "speaker_labels", "evidence_kinds", "evidence_labels", "root_origin", "adds_origin",
    "document_title", "publisher", "publisher_label", "published_from", "published_to", "digest", "permalink", "corpus",
)  # fmt: skip
_WORDS: Schema = {"type": "string", "minLength": 1}
_TOLD: Schema = {"type": "string", "pattern": r"^\[.+; .+\] [\s\S]+ \(said by [\s\S]+\)$"}
_HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _tokens(scheme: str) -> list[str]:
    """The tokens of a scheme, in file order."""
    return [concept.notation for concept in vocabulary().concepts(scheme).values()]


def schemas() -> dict[str, Schema]:
    """Schema by name of the format."""
    made = {"jsonl": row_schema(), "geojson": _geojson(), "annotations": _annotations()}
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"Testimony export: {name}{' (each line)' if name == 'jsonl' else ''}",
            **schema,
        }
        for name, schema in made.items()
    }


def row_schema() -> Schema:
    """A claim as one flat object."""
    known: Schema = {name: _WORDS if name in ALWAYS else {"type": "string"} for name in COLUMNS}
    known |= {
        "claim": {"type": "string", "pattern": r"^[0-9]+-c[0-9]+\.[0-9]+$"},
        "paragraph": {"type": "string", "pattern": "^[1-9][0-9]*$"},
        "reported_status": {"enum": _tokens("ReportedStatus")},
        "drawn_status": {"enum": _tokens("DrawnStatus")},
        "polarity": {"enum": _tokens("Polarity")},
        "adds_origin": {"enum": ["true", "false"]},
        "permalink": {"type": "string", "pattern": f"^{ID}claim/"},
        "corpus": _HASH,
    }
    return _object(known, COLUMNS)


def _geojson() -> Schema:
    position = {"type": "array", "prefixItems": [_between(180), _between(90)], "minItems": 2, "maxItems": 2}
    point = _object({"type": {"const": "Point"}, "coordinates": position})
    points = _object(
        {"type": {"const": "MultiPoint"}, "coordinates": {"type": "array", "items": position, "minItems": 2}}
    )
    place = _object(
        {
            "role": {"enum": ["subject", "object", "about"]},
            "id": _WORDS,
            "label": _WORDS,
            "precision": {"enum": _tokens("CoordinatePrecision")},
            "coordinate_source": _WORDS,
        }
    )
    flat = row_schema()["properties"]
    feature = _object(
        {
            "type": {"const": "Feature"},
            "id": flat["claim"],
            "geometry": {"oneOf": [{"type": "null"}, point, points]},
            "properties": _object({"title": _TOLD, **flat, "places": {"type": "array", "items": place}}),
        }
    )
    return _object(
        {
            "type": {"const": "FeatureCollection"},
            "title": _WORDS,
            "corpus": _HASH,
            "features": {"type": "array", "items": feature},
        }
    )


def _annotations() -> Schema:
    ours = {"type": "string", "pattern": f"^{ID}"}
    words = _object(
        {
            "id": ours,
            "type": {"const": "TextualBody"},
            "purpose": {"const": "describing"},
            "format": {"const": "text/plain"},
            "language": {"const": "en"},
            "value": _TOLD,
        }
    )
    drawn = _object({"id": ours, "type": {"const": "say:DerivedStatus"}, "drawnStatus": _WORDS})
    claim = _object(
        {
            "id": ours,
            "type": {"const": "say:Claim"},
            "reportedStatus": _WORDS,
            "content": _object({"id": ours, "type": {"const": "say:Proposition"}, "drawnAs": drawn}),
            "row": row_schema(),
        }
    )
    whole = {"type": "integer", "minimum": 0}
    selector = _object({"id": ours, "type": {"const": "TextPositionSelector"}, "start": whole, "end": whole})
    paragraph = _object({"id": ours, "type": {"const": "say:DigestParagraph"}, "digestText": _WORDS})
    target = {
        "id": ours,
        "type": {"const": "SpecificResource"},
        "source": ours,
        "inParagraph": paragraph,
        "selector": selector,
        "passageSha256": _HASH,
    }
    annotation = _object(
        {
            "id": ours,
            "type": {"const": "Annotation"},
            "motivation": {"const": "describing"},
            "body": {"type": "array", "prefixItems": [words, claim], "minItems": 2, "maxItems": 2},
            "target": _object(target, ("id", "type", "source", "inParagraph")),
        }
    )
    page = _object(
        {
            "id": ours,
            "type": {"const": "AnnotationPage"},
            "partOf": ours,
            "startIndex": {"const": 0},
            "items": {"type": "array", "items": annotation},
        }
    )
    return _object(
        {
            "@context": {"type": "array", "minItems": 2},
            "id": ours,
            "type": {"const": "AnnotationCollection"},
            "label": _WORDS,
            "total": whole,
            "first": page,
        }
    )


def _object(properties: Schema, required: tuple[str, ...] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties if required is None else required),
        "additionalProperties": False,
    }


def _between(most: int) -> Schema:
    return {"type": "number", "minimum": -most, "maximum": most}
