"""Claims as W3C Web Annotations: the target is the passage in its document, the body the claim with its status."""

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

from graph.evidence import ClaimEvidence
from graph.export.backing import Backing
from graph.export.quads import in_view, title
from graph.export.rows import row, told
from graph.export.visible import visible
from graph.rdf import iri
from graph.vocabulary import vocabulary

Json = dict[str, Any]
ANNO = "http://www.w3.org/ns/anno.jsonld"


def write(claims: Sequence[ClaimEvidence], backing: Backing, out: BinaryIO) -> int:
    """Write an annotation per claim; returns their number.

    Read as RDF it holds the statuses, the words and the place; what a claim is about stands in `row`, which
    is no RDF, so that nothing alleged is asserted.
    """
    collection = iri("annotations", backing.corpus).value
    found = {
        "@context": [ANNO, context()],
        "id": collection,
        "type": "AnnotationCollection",
        "label": f"{title(len(claims))}; corpus {backing.corpus}",
        "total": len(claims),
        "first": {
            "id": f"{collection}/1",
            "type": "AnnotationPage",
            "partOf": collection,
            "startIndex": 0,
            "items": [_annotation(claim, backing.corpus) for claim in claims],
        },
    }
    out.write(json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n")
    return len(claims)


def context() -> Json:
    """What we add to the terms of Web Annotation."""
    return {
        "say": vocabulary().namespace,
        "reportedStatus": {"@id": "say:reportedStatus", "@type": "@id"},
        "drawnStatus": {"@id": "say:drawnStatus", "@type": "@id"},
        "content": {"@id": "say:content", "@type": "@id"},
        "drawnAs": {"@reverse": "say:derivedFor", "@type": "@id"},
        "inParagraph": {"@id": "say:inParagraph", "@type": "@id"},
        "digestText": {"@id": "say:digestText", "@language": "en"},
        "passageSha256": "say:passageSha256",
        "row": None,
    }


def _annotation(c: ClaimEvidence, corpus: str) -> Json:
    name = iri("annotation", c.claim).value
    return {
        "id": name,
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {
                "id": f"{name}#words",
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "language": "en",
                "value": told(c),
            },
            _claim(c, corpus),
        ],
        "target": _target(c),
    }


def _claim(c: ClaimEvidence, corpus: str) -> Json:
    return {
        "id": iri("claim", c.claim).value,
        "type": "say:Claim",
        "reportedStatus": _status("ReportedStatus", c.reported_status.id),
        "content": {
            "id": iri("proposition", c.proposition).value,
            "type": "say:Proposition",
            "drawnAs": {
                "id": in_view(c).value,
                "type": "say:DerivedStatus",
                "drawnStatus": _status("DrawnStatus", c.drawn_status.id),
            },
        },
        "row": row(c, corpus),
    }


def _target(c: ClaimEvidence) -> Json:
    passage = c.passage
    found: Json = {
        "id": iri("passage", c.utterance).value,
        "type": "SpecificResource",
        "source": iri("document", c.document.id).value,
        "inParagraph": {
            "id": iri("paragraph", f"{c.document.id}/{passage.paragraph}").value,
            "type": "say:DigestParagraph",
            "digestText": visible(passage.digest),
        },
    }
    if passage.start is not None and passage.end is not None:
        found["selector"] = {
            "id": iri("selector", c.utterance).value,
            "type": "TextPositionSelector",
            "start": passage.start,
            "end": passage.end,
        }
    if passage.sha256:
        found["passageSha256"] = passage.sha256
    return found


def _status(scheme: str, token: str) -> str:
    return next(c.iri.value for c in vocabulary().concepts(scheme).values() if c.notation == token)
