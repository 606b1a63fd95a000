"""Writing what was read gives the same bytes; reading what was written gives the same values."""

import json
from pathlib import Path

import pytest
import strategies as made
from corpora import FOUNDING, MINI, texts, write_corpus, written
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.corpus import writer
from graph.corpus.convert import Converter
from graph.corpus.reader import Source, checked, read, read_document
from graph.corpus.schema import schemas
from graph.corpus.strictyaml import Node, header_of, parse
from graph.model import (
    Assessment,
    Corpus,
    Document,
    Entity,
    IndependenceJudgement,
    OriginGroup,
    Question,
    SourceRelation,
)


@pytest.mark.parametrize("folder", [MINI, FOUNDING], ids=["mini", "founding"])
def test_a_corpus_is_written_as_it_was_read_byte_for_byte(folder: Path) -> None:
    if not any(folder.glob("[0-9]*.yaml")):
        pytest.skip(f"no corpus in {folder.name}")
    files = texts(folder)
    again = dict(written(read(folder), {name: header_of(text) for name, text in files.items()}))
    assert set(again) == set(files)
    for name, text in files.items():
        assert again[name] == text, f"{name} is not in canonical layout"


def test_a_written_corpus_reads_as_the_same_values(tmp_path: Path, mini: Corpus) -> None:
    write_corpus(tmp_path / "copy", mini)
    assert read(tmp_path / "copy") == mini


def _items(name: str, key: str, text: str) -> tuple[Converter, list[Node]]:
    _, root = checked(Source(name, text))
    assert isinstance(root.value, dict)
    items = root.value[key].value
    assert isinstance(items, list)
    return Converter(name), items


@settings(max_examples=50)
@given(made.documents())
def test_any_document_is_read_back_as_it_was(document: Document) -> None:
    text = writer.emit(writer.document_data(document))
    assert read_document(Source("900-x.yaml", text)) == document
    assert writer.emit(writer.document_data(read_document(Source("900-x.yaml", text)))) == text


@settings(max_examples=40)
@given(st.lists(made.entities(), min_size=1, max_size=3))
def test_any_entities_are_read_back_as_they_were(entities: list[Entity]) -> None:
    convert, items = _items("entities.yaml", "entities", writer.emit(writer.entities_data(entities)))
    assert [convert.entity(item) for item in items] == entities


@settings(max_examples=40)
@given(st.lists(made.questions(), min_size=1, max_size=3))
def test_any_questions_are_read_back_as_they_were(questions: list[Question]) -> None:
    convert, items = _items("questions.yaml", "questions", writer.emit(writer.questions_data(questions)))
    assert [convert.question(item) for item in items] == questions


@settings(max_examples=40)
@given(st.lists(made.groups(), min_size=1, max_size=3))
def test_any_groups_are_read_back_as_they_were(groups: list[OriginGroup]) -> None:
    convert, items = _items("origins.yaml", "groups", writer.emit(writer.origins_data(groups)))
    assert [convert.group(item) for item in items] == groups


@settings(max_examples=40)
@given(st.lists(made.assessments(), min_size=1, max_size=3))
def test_any_assessments_are_read_back_as_they_were(found: list[Assessment]) -> None:
    convert, items = _items("assessments.yaml", "assessments", writer.emit(writer.assessments_data(found)))
    assert [convert.assessment(item) for item in items] == found


@settings(max_examples=40)
@given(st.lists(made.independence(), min_size=1, max_size=3))
def test_any_judgements_of_independence_are_read_back_as_they_were(found: list[IndependenceJudgement]) -> None:
    convert, items = _items("independence.yaml", "judgements", writer.emit(writer.independence_data(found)))
    assert [convert.independence(item) for item in items] == found


@settings(max_examples=40)
@given(st.lists(made.relations(), min_size=1, max_size=3))
def test_any_relations_are_read_back_as_they_were(found: list[SourceRelation]) -> None:
    convert, items = _items("relations.yaml", "relations", writer.emit(writer.relations_data(found)))
    assert [convert.source_relation(item) for item in items] == found


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("text", made.TRICKY)
def test_a_tricky_text_survives_in_every_position(text: str) -> None:
    data = {"notes": [{"id": "a", "one": text, "list": [text, text], "map": {"inner": text}, "deep": [{"x": text}]}]}
    emitted = writer.emit(data)
    assert parse(emitted, "x.yaml").plain() == data


@given(made.texts)
@example("Who? Nobody.")
@example("\u0338x")  # would join with a `>` before it
def test_any_text_survives(text: str) -> None:
    assert parse(writer.emit({"a": [{"id": text}]}), "x.yaml").plain() == {"a": [{"id": text}]}


def test_long_values_become_blocks_and_short_ones_stay_on_a_line(mini: Corpus) -> None:
    emitted = dict(written(mini))
    for name, text in emitted.items():
        for line in text.splitlines():
            flow = line.strip().removeprefix("- ").split(": ", 1)[-1][:1] in "[{"
            assert not flow or len(line) <= writer.WIDTH + 4, f"{name}: {line}"


def test_defaults_are_left_out(mini: Corpus) -> None:
    text = dict(written(mini))["900-gazette.yaml"]
    for default in (
        "mode: Actual",
        "reading: Clear",
        "position: Body",
        "force: Asserts",
        "polarity: Affirms",
        "OwnVoice",
    ):
        assert default not in text


def test_keys_stand_in_the_order_of_the_schema(mini: Corpus) -> None:
    order = list(schemas()["document"]["properties"]["utterances"]["items"]["properties"])
    hop_order = list(
        schemas()["document"]["properties"]["utterances"]["items"]["properties"]["by"]["items"]["properties"]
    )
    heads = list(schemas()["document"]["properties"]["document"]["properties"])
    entity = list(schemas()["entities"]["properties"]["entities"]["items"]["properties"])
    question = list(schemas()["questions"]["properties"]["questions"]["items"]["properties"])
    for document in mini.documents:
        data = writer.document_data(document)
        assert _in_order(list(data["document"]), heads)
        for utterance in data["utterances"]:
            assert _in_order(list(utterance), order)
            assert all(_in_order(list(hop), hop_order) for hop in utterance["by"])
    assert all(_in_order(list(e), entity) for e in writer.entities_data(mini.entities)["entities"])
    assert all(_in_order(list(q), question) for q in writer.questions_data(mini.questions)["questions"])


def _in_order(keys: list[str], order: list[str]) -> bool:
    return [key for key in order if key in keys] == keys


def test_the_header_is_kept_and_nothing_is_added() -> None:
    assert writer.emit({"groups": []}, "# kept\n") == "# kept\ngroups: []\n"
    assert json.dumps(parse("# kept\ngroups: []\n", "x.yaml").plain()) == '{"groups": []}'
