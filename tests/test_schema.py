"""The published schemas: valid, complete, and no laxer than what the reader enforces."""

import json
from typing import Any

import pytest
import yaml
from corpora import damaged, texts
from jsonschema import Draft202012Validator

from graph.corpus.reader import PARTS, kind_of
from graph.corpus.schema import NUMERIC_COMPARATORS, UNITS, WORD_BOUNDS, schemas
from graph.corpus.strictyaml import Plain, parse
from graph.vocabulary import vocabulary

KINDS = ("document", "entities", "questions", "origins", "assessments", "independence", "relations")


def published(kind: str) -> Any:
    """The schema as it lies in a file."""
    return json.loads(json.dumps(schemas()[kind]))


def errors(name: str, text: str) -> list[str]:
    """What the published schema, and nothing else, says about a file."""
    plain: Plain = parse(text, name).plain()
    loaded = json.loads(json.dumps(plain, default=float))
    found = Draft202012Validator(published(kind_of(name))).iter_errors(loaded)
    return ["/".join(map(str, error.absolute_path)) for error in found]


def test_there_is_one_schema_for_each_kind_of_file() -> None:
    assert tuple(schemas()) == KINDS
    assert {kind_of(name) for name in texts()} == set(KINDS)
    assert set(PARTS) < set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_valid(kind: str) -> None:
    schema = published(kind)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", sorted(texts()))
def test_the_files_answer_to_the_published_schema(name: str) -> None:
    assert errors(name, texts()[name]) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "path"),
    [
        ("900-gazette.yaml", "possessed, gate-key", "posessed, gate-key", "utterances/3/edges/0/1"),
        ("900-gazette.yaml", "[spring-market, tookPlace, true]", "[spring-market, tookPlace, false]", "utterances/13/edges/0/2"),
        ("900-gazette.yaml", "words: dozens", "words: dozen", "utterances/6/edges/1/2"),
        ("900-gazette.yaml", "mode: Generic", "mode: Often", "utterances/17/mode"),
        ("901-courier.yaml", "captured: 2031-04-09", "captured: 9 April", "document/captured"),
        ("entities.yaml", "kind: Topic", "kind: Actor", "entities/48/kind"),
    ],
)  # fmt: skip
def test_an_editor_finds_what_the_reader_finds(name: str, old: str, new: str, path: str) -> None:
    assert errors(name, damaged(name, old, new)[name]) == [path]


@pytest.mark.parametrize("kind", KINDS)
def test_every_mapping_is_closed(kind: str) -> None:
    """A key that is misspelt must not pass in silence."""
    opened = [
        path for path, schema in _objects(published(kind), kind) if schema.get("additionalProperties") is not False
    ]
    assert opened == []


def _objects(schema: Any, path: str) -> list[tuple[str, Any]]:
    found = [(path, schema)] if isinstance(schema, dict) and schema.get("type") == "object" else []
    inner = schema.items() if isinstance(schema, dict) else enumerate(schema) if isinstance(schema, list) else ()
    return found + [entry for key, value in inner for entry in _objects(value, f"{path}/{key}")]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_required_is_described(kind: str) -> None:
    for path, schema in _objects(published(kind), kind):
        assert set(schema["required"]) <= set(schema["properties"]), path


def test_the_order_of_keys_begins_with_what_identifies_and_says() -> None:
    utterance = schemas()["document"]["properties"]["utterances"]["items"]
    assert list(utterance["properties"])[:5] == ["id", "passage", "says", "printed", "by"]
    assert list(schemas()["document"]["properties"]) == ["document", "record", "digest", "utterances"]


def test_terms_come_from_the_ontology() -> None:
    utterance = schemas()["document"]["properties"]["utterances"]["items"]["properties"]
    assert utterance["mode"]["enum"] == list(vocabulary().concepts("Mode"))
    assert utterance["by"]["items"]["properties"]["commitment"]["enum"] == [
        name for name in vocabulary().concepts("Commitment") if name != "OwnVoice"
    ]
    kinds = schemas()["relations"]["properties"]["relations"]["items"]["properties"]["kind"]["enum"]
    assert [f"Relation{kind}" for kind in kinds] == list(vocabulary().concepts("RelationKind"))
    assert set(NUMERIC_COMPARATORS.values()) | {"Between", "InWords"} == set(vocabulary().concepts("Comparator"))


def test_number_words_have_ordered_bounds_and_units_are_plural() -> None:
    assert all(high is None or low <= high for low, high in WORD_BOUNDS.values())
    assert all(unit.endswith("s") or unit == "percent" for unit in UNITS)


def test_a_plain_yaml_reader_reads_the_same_texts() -> None:
    """Whoever opens a file with an ordinary parser meets no surprise but its implicit dates."""
    for name, text in texts().items():
        ordinary = yaml.load(text, Loader=yaml.BaseLoader)
        assert json.dumps(ordinary) == json.dumps(_words(parse(text, name).plain()))


def _words(value: Plain) -> object:
    if isinstance(value, list):
        return [_words(item) for item in value]
    if isinstance(value, dict):
        return {key: _words(item) for key, item in value.items()}
    return str(value).lower() if isinstance(value, bool) else str(value)
