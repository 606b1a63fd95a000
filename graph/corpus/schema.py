"""The published JSON Schemas of the corpus files, made from ontology.ttl.

Editors complete and check corpus files with them; the reader checks with the same objects, so what
is published is what is enforced. The order of `properties` is the canonical order of keys.
"""

from functools import cache
from typing import Any

from graph.corpus.lints import LINTS
from graph.vocabulary import vocabulary

Schema = dict[str, Any]

PARTIAL_DATE = "partial-date"  # a format of our own: a real date, to the year, month or day
DATE = {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "format": PARTIAL_DATE}
DAY = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "format": "date"}
TEXT = {"type": "string", "minLength": 1, "maxLength": 4000}
ID = {"type": "string", "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80}
HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
LANG = {"enum": ["en", "ku", "ar", "tr", "fr", "de", "ru"]}
UTTERANCE_ID = {"type": "string", "pattern": r"^[0-9]{2,4}-c[1-9][0-9]*$"}
CLAIM_ID = {"type": "string", "pattern": r"^[0-9]{2,4}-c[1-9][0-9]*\.[1-9][0-9]*$"}
# a claim, a document or a question
END = {"type": "string", "pattern": r"^[a-z0-9]+([-.][a-z0-9]+)*$", "maxLength": 80}

NUMERIC_COMPARATORS = {
    "exactly": "Exactly",
    "atLeast": "AtLeast",
    "moreThan": "MoreThan",
    "atMost": "AtMost",
    "lessThan": "LessThan",
    "about": "About",
}
# Conventional bounds of number words; `say:InWords` flags them wherever they are shown.
WORD_BOUNDS: dict[str, tuple[int, int | None]] = {
    "a few": (2, 9),
    "several": (3, 9),
    "many": (10, None),
    "dozens": (20, 99),
    "tens": (20, 99),
    "tens or hundreds": (20, 999),
    "hundreds": (200, 999),
    "thousands": (2000, 9999),
    "tens of thousands": (20000, 99999),
}
UNITS = ("seconds", "minutes", "hours", "days", "weeks", "months", "years", "metres", "kilometres", "percent")


def _object(properties: Schema, required: tuple[str, ...]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Schema, least: int = 1) -> Schema:
    return {"type": "array", "items": items, "minItems": least}


def _enum(scheme: str, *without: str) -> Schema:
    return {"enum": [name for name in vocabulary().concepts(scheme) if name not in without]}


def _signed(properties: Schema) -> Schema:
    return _object({**properties, "by": ID, "at": DAY, "reason": TEXT}, (*properties, "by", "at", "reason"))


def _labels() -> Schema:
    return _object({"en": TEXT, "ku": TEXT, "ar": TEXT, "tr": TEXT}, ("en",))


def _edge() -> Schema:
    """Subject, relation, object; the reader checks relation and object with messages of its own."""
    number = {"type": "number"}
    comparators: Schema = dict.fromkeys(NUMERIC_COMPARATORS, number)
    thing: Schema = {
        "anyOf": [
            {"type": "string"},
            {"const": True},
            _object({"from": DATE, "to": DATE}, ("from", "to")),
            _object(
                {
                    **comparators,
                    "between": {"type": "array", "items": number, "minItems": 2, "maxItems": 2},
                    "words": {"enum": list(WORD_BOUNDS)},
                    "of": ID,
                    "unit": {"enum": list(UNITS)},
                    "asOf": DATE,
                },
                (),
            ),
        ]
    }
    return {
        "type": "array",
        "prefixItems": [ID, {"enum": list(vocabulary().properties)}, thing],
        "minItems": 3,
        "maxItems": 3,
    }


def _hop() -> Schema:
    custody = _object({"who": ID, "basis": _enum("HopBasis")}, ("who", "basis"))
    return _object(
        {
            "speaker": ID,
            "commitment": _enum("Commitment", "OwnVoice"),
            "force": _enum("Force"),
            "polarity": _enum("Polarity"),
            "certainty": _enum("Certainty"),
            "to": _list(ID),
            "cue": TEXT,
            "circumstance": _list(_enum("Circumstance")),
            "heldBy": custody,
            "saidAt": DATE,
            "basis": _enum("HopBasis"),
        },
        ("speaker",),
    )


def _utterance() -> Schema:
    passage = _object(
        {
            "paragraph": {"type": "integer", "minimum": 1},
            "chars": {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
            "sha256": HASH,
        },
        ("paragraph",),
    )
    condition = _object(
        {"edge": _edge(), "link": _enum("ConditionLink"), "polarity": _enum("Polarity")},
        ("edge", "link"),
    )
    inferring = _object(
        {
            "claim": {"type": "integer", "minimum": 1},
            "from": _list(CLAIM_ID),
            "scheme": _enum("Argument"),
            "needs": _enum("Needs"),
        },
        ("claim", "from", "scheme", "needs"),
    )
    retracted = _object(
        {"at": DAY, "by": ID, "reason": _enum("Retraction"), "note": TEXT},
        ("at", "by", "reason", "note"),
    )
    return _object(
        {
            "id": UTTERANCE_ID,
            "passage": passage,
            "says": TEXT,
            "printed": TEXT,
            "by": _list(_hop()),
            "evidence": _list(_enum("EvidenceKind")),
            "reading": _enum("Reading"),
            "position": _enum("Position"),
            "mode": _enum("Mode"),
            "condition": _list(condition),
            "edges": _list(_edge()),
            "about": _list(ID),
            "couldAlso": _list(TEXT),
            "infers": _list(inferring),
            "lintOk": _list(_object({"code": {"enum": list(LINTS)}, "why": TEXT}, ("code", "why"))),
            "record": _object({"by": ID, "at": DAY}, ("by", "at")),
            "retracted": retracted,
            "note": TEXT,
        },
        ("id", "passage", "says", "by"),
    )


def _document() -> Schema:
    span = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
    head = _object(
        {
            "id": {"type": "string", "pattern": r"^[0-9]{2,4}-[a-z0-9]+(-[a-z0-9]+)*$"},
            "title": TEXT,
            "kind": _enum("DocumentKind"),
            "publisher": ID,
            "author": ID,
            "language": LANG,
            "url": {"type": "string", "pattern": r"^https?://[^\s<>\"]+$"},
            "published": _object({"from": DAY, "to": DAY, "basis": TEXT}, ("from", "to", "basis")),
            "captured": DAY,
            "original": _object(
                {"sha256": HASH, "codePoints": {"type": "integer", "minimum": 1}, "paragraphs": _list(span)},
                ("sha256", "codePoints", "paragraphs"),
            ),
            "textQuality": _enum("TextQuality"),
            "leaning": TEXT,
            "republishes": _list(ID),
            "availability": TEXT,
            "note": TEXT,
        },
        ("id", "title", "kind", "publisher", "author", "language", "published", "captured", "textQuality", "leaning"),
    )
    digest = _object({"p": {"type": "integer", "minimum": 1}, "text": TEXT}, ("p", "text"))
    return _object(
        {
            "document": head,
            "record": _object({"by": ID, "at": DAY}, ("by", "at")),
            "digest": _list(digest),
            "utterances": _list(_utterance(), least=0),
        },
        ("document", "record", "digest", "utterances"),
    )


def _entities() -> Schema:
    place = _object(
        {
            "lat": {"type": "number", "minimum": -90, "maximum": 90},
            "lon": {"type": "number", "minimum": -180, "maximum": 180},
            "precision": _enum("CoordinatePrecision"),
            "level": _enum("PlaceLevel"),
            "source": TEXT,
        },
        ("lat", "lon", "precision", "level", "source"),
    )
    kinds = [k for k in vocabulary().kinds("Entity") if k not in ("Entity", "Actor")]
    entity = _object(
        {
            "id": ID,
            "kind": {"enum": kinds},
            "label": _labels(),
            "aliases": _list(_object({"text": TEXT, "lang": LANG, "document": ID}, ("text", "lang", "document"))),
            "organOf": ID,
            "institution": ID,
            "within": ID,
            "partOf": ID,
            "members": _list(ID, least=2),
            "unidentified": {"const": True},
            "place": place,
            "possibleSame": _list(_signed({"with": ID})),
            "formerly": _list(ID),
            "note": TEXT,
        },
        ("id", "kind", "label"),
    )
    return _object({"entities": _list(entity)}, ("entities",))


def _questions() -> Schema:
    pattern = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 3, "maxItems": 3}
    pair = {"type": "array", "items": ID, "minItems": 2, "maxItems": 2}
    question = _object(
        {
            "id": ID,
            "label": _labels(),
            "behaviour": _enum("QuantityBehaviour"),
            "patterns": _list(pattern),
            "samePopulation": _list(_signed({"pair": pair})),
            "covers": _list(_signed({"denial": pattern, "contests": _list(pattern)})),
            "note": TEXT,
        },
        ("id", "label", "behaviour", "patterns"),
    )
    return _object({"questions": _list(question)}, ("questions",))


def _origins() -> Schema:
    group = _object(
        {"id": ID, "label": TEXT, "members": _list(ID), "by": ID, "at": DAY, "reason": TEXT},
        ("id", "label", "members", "by", "at", "reason"),
    )
    return _object({"groups": _list(group)}, ("groups",))


def _assessments() -> Schema:
    target: Schema = {
        **_object({"entity": ID, "document": ID, "claim": CLAIM_ID, "garbled": UTTERANCE_ID}, ()),
        "minProperties": 1,
        "maxProperties": 1,
    }
    assessment = _object(
        {
            "id": ID,
            "of": target,
            "status": _enum("AssessedStatus"),
            "reliability": _enum("Reliability"),
            "credibility": _enum("Credibility"),
            "likelihood": _enum("Likelihood"),
            "confidence": _enum("Confidence"),
            "cites": _list(CLAIM_ID),
            "by": ID,
            "at": DAY,
            "reason": TEXT,
        },
        ("id", "of", "by", "at", "reason"),
    )
    return _object({"assessments": _list(assessment)}, ("assessments",))


def _independence() -> Schema:
    judgement = _object(
        {
            "id": ID,
            "between": {"type": "array", "items": ID, "minItems": 2, "maxItems": 2},
            "question": ID,
            "verdict": _enum("Independence"),
            "by": ID,
            "at": DAY,
            "reason": TEXT,
        },
        ("id", "between", "question", "verdict", "by", "at", "reason"),
    )
    return _object({"judgements": _list(judgement)}, ("judgements",))


RELATION_PREFIX = "Relation"  # the concepts bear it, so that say:RelationRelays is not taken for say:relays


def _relations() -> Schema:
    relation = _object(
        {
            "id": ID,
            "from": END,
            "kind": {"enum": [n.removeprefix(RELATION_PREFIX) for n in vocabulary().concepts("RelationKind")]},
            "to": END,
            "by": ID,
            "at": DAY,
            "reason": TEXT,
        },
        ("id", "from", "kind", "to", "by", "at", "reason"),
    )
    return _object({"relations": _list(relation)}, ("relations",))


@cache
def schemas() -> dict[str, Schema]:
    """Schema by name of the file kind: document, and one for each part of a corpus."""
    made = {
        "document": _document(),
        "entities": _entities(),
        "questions": _questions(),
        "origins": _origins(),
        "assessments": _assessments(),
        "independence": _independence(),
        "relations": _relations(),
    }
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"Testimony corpus file: {name}",
            **schema,
        }
        for name, schema in made.items()
    }
