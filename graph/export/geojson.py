"""Claims as GeoJSON (RFC 7946): a feature per claim, on the places it names, or nowhere where it names none."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from graph.evidence import ClaimEvidence, Named
from graph.export.backing import Backing
from graph.export.quads import title
from graph.export.rows import row, told
from graph.export.visible import visible
from graph.model import PlaceFacts
from graph.vocabulary import vocabulary

Json = dict[str, Any]


def write(claims: Sequence[ClaimEvidence], backing: Backing, out: BinaryIO) -> int:
    """Write every claim; returns their number.

    A claim is put where it says itself, never where another claim of its event is: joined so, one speaker's
    place would meet another's deed.
    """
    found = {
        "type": "FeatureCollection",
        "title": title(len(claims)),
        "corpus": backing.corpus,
        "features": [_feature(claim, backing) for claim in claims],
    }
    out.write(json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n")
    return len(claims)


def _feature(claim: ClaimEvidence, backing: Backing) -> Json:
    places = list(_places(claim, backing.places))
    return {
        "type": "Feature",
        "id": claim.claim,
        "geometry": _geometry([backing.places[name.id] for _, name in places]),
        "properties": {
            "title": told(claim),
            **row(claim, backing.corpus),
            "places": [_place(role, name, backing.places[name.id]) for role, name in places],
        },
    }


def _places(claim: ClaimEvidence, known: Mapping[str, PlaceFacts]) -> Iterator[tuple[str, Named]]:
    """The places a claim names, each once, with the part it has there; `about` is described and not claimed."""
    seen: set[str] = set()
    for role, name in (("subject", claim.subject), ("object", claim.object), *(("about", a) for a in claim.about)):
        if name.id in known and name.id not in seen:
            seen.add(name.id)
            yield role, name


def _geometry(places: Sequence[PlaceFacts]) -> Json | None:
    points = [[float(place.lon), float(place.lat)] for place in places]
    if not points:
        return None
    return (
        {"type": "Point", "coordinates": points[0]}
        if len(points) == 1
        else {"type": "MultiPoint", "coordinates": points}
    )


def _place(role: str, name: Named, place: PlaceFacts) -> Json:
    return {
        "role": role,
        "id": name.id,
        "label": visible(name.label),
        "precision": vocabulary().concept("CoordinatePrecision", place.precision).notation,
        "coordinate_source": visible(place.source),
    }
