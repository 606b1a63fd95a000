"""The YAML subset: no surprise in a value, never a traceback, always a line."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from corpora import read_texts, texts
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.corpus.reader import Source, read_document, read_sources
from graph.corpus.strictyaml import header_of, parse
from graph.errors import CorpusError, Problem

FILES = texts()


def refused(text: str) -> tuple[str, int]:
    """Code and line of the only problem."""
    with pytest.raises(CorpusError) as caught:
        parse(text, "x.yaml")
    (problem,) = caught.value.problems
    return problem.code, problem.line


@pytest.mark.usefixtures("either_parser")
class TestEitherParser:
    @pytest.mark.parametrize("word", ["NO", "no", "yes", "off", "null", "~", "2022-01-20", "0x1f", "1_000", "1e3", ".5", "012", "Infinity", "True"])  # fmt: skip
    def test_a_word_stays_a_word(self, word: str) -> None:
        assert parse(f"a: {word}\n", "x.yaml").plain() == {"a": word}

    @pytest.mark.parametrize(("written", "value"), [("true", True), ("false", False), ("12", 12), ("-3", -3), ("1.50", Decimal("1.50"))])  # fmt: skip
    def test_plain_truths_and_numbers_are_read(self, written: str, value: object) -> None:
        read = parse(f"a: {written}\nb: '{written}'\nc: [{written}]\n", "x.yaml").plain()
        assert read == {"a": value, "b": written, "c": [value]}
        assert isinstance(read, dict)
        assert type(read["a"]) is type(value)

    def test_a_number_of_any_length_is_harmless(self) -> None:
        assert parse(f"a: {'9' * 100_000}\n", "x.yaml").plain() == {"a": "9" * 100_000}

    def test_every_value_knows_its_line(self) -> None:
        root = parse("a:\n  b: 1\n  c:\n    - x\n    - y: 2\n", "x.yaml")
        assert [root.at(path).line for path in (["a"], ["a", "b"], ["a", "c"], ["a", "c", 1], ["a", "c", 1, "y"])] == [1, 2, 3, 5, 5]  # fmt: skip
        assert root.at(["a", "nothing", 7]).line == 1

    @pytest.mark.parametrize(
        ("text", "code", "line"),
        [
            ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
            ("a: &x 1\nb: *x\n", "yaml-alias", 1),
            ("a: {<<: *x}\n", "yaml-alias", 1),
            ("a: 1\nb: !!str 2\n", "yaml-tag", 2),
            ("a: 1\n\nb: !x 2\n", "yaml-tag", 3),
            ("a: [1\nb: 2\n", "yaml-syntax", 2),
            ("a: 'x\n", "yaml-syntax", 2),
            ("a: 1\n\tb: 2\n", "invisible-character", 2),
            ("a: 1\n--- \nb: 2\n", "yaml-syntax", 2),
            ("a: 1\n# c\nb: 2\n", "stray-comment", 2),
            ("a: 1 # c\n", "stray-comment", 1),
            ("a: 1\n# c", "stray-comment", 2),
            ("a: |\n  # text\nb: > # c\n  x\n", "stray-comment", 3),
            ("a: [1,\n  # c\n  2]\n", "stray-comment", 2),
            ("? [a]\n: b\n", "yaml-key", 1),
            ("a: 1\n? {b: c}\n: d\n", "yaml-key", 2),
            ("a: 1\nb: \"\\u202e\"\n", "invisible-character", 2),
            ("a: 1\nb: \"x\\0\"\n", "invisible-character", 2),
            ("a: 1\n\"b\\u200d\": 2\n", "invisible-character", 2),
            ("a: \ud800\n", "invisible-character", 1),
            ("a: e\u0301\n", "not-nfc", 1),
            ("\ufeffa: 1\n", "invisible-character", 1),
            ("a: 1\r\nb: 2\r\n", "invisible-character", 1),
            ("", "yaml-empty", 1),
            ("# only\n", "yaml-empty", 1),
        ],
    )  # fmt: skip
    def test_what_is_not_in_the_subset_is_refused(self, text: str, code: str, line: int) -> None:
        assert refused(text)[0] == code
        assert refused(text)[1] in (line, line - 1) if code == "yaml-syntax" else refused(text)[1] == line

    def test_an_alias_bomb_is_refused_before_it_is_built(self) -> None:
        layers = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 40))
        assert refused(f"l0: &l0 [x]\n{layers}") == ("yaml-alias", 1)

    @pytest.mark.parametrize("bomb", ["[" * 100_000, "{a: " * 100_000, "- " * 10_000, "a:\n" + "".join(f"{' ' * n}b:\n" for n in range(1, 200))], ids=["flow", "maps", "dashes", "blocks"])  # fmt: skip
    def test_deep_nesting_is_refused_before_anything_recurses(self, bomb: str) -> None:
        assert refused(bomb)[0] in ("yaml-depth", "yaml-syntax")

    def test_a_hash_inside_a_value_is_no_comment(self) -> None:
        text = "a: x#y\nb: \"# x\"\nc: |\n  # text\nd: '#'\n"
        assert parse(text, "x.yaml").plain() == {"a": "x#y", "b": "# x", "c": "# text\n", "d": "#"}

    def test_the_corpus_reads_the_same(self, mini: object) -> None:
        assert read_texts(FILES) == mini


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("# a\n# b\nx: 1\n", "# a\n# b\n"),
        ("x: 1\n# a\n", ""),
        ("# a", "# a"),
        ("", ""),
        ("# a\n\n# b\nx: 1\n", "# a\n"),
    ],
)
def test_the_header_is_the_comment_at_the_top(text: str, header: str) -> None:
    assert header_of(text) == header


# ---- whatever comes, a CorpusError or a value -----------------------------------------------


def settled(read: Callable[[], object]) -> None:
    """Reads, or raises a CorpusError whose problems name a file and mostly a line; nothing else."""
    problems: tuple[Problem, ...] = ()
    try:
        read()
    except CorpusError as error:
        problems = error.problems or (Problem("", 0, "a CorpusError without a problem", "", "", ""),)
    for problem in problems:
        assert problem.file.endswith(".yaml")
        assert problem.line >= 1, str(problem)


YAMLISH = st.lists(
    st.sampled_from([*"abA0-:,#[]{}&*!|>'\"%@`?\\\n\t ", ": ", "- ", "\n  ", "---\n", "...", "<<: ", "\\u0041", "\u2028", "é", "\ud800", "true", "1.5"]),
    max_size=60,
).map("".join)  # fmt: skip


@settings(max_examples=300)
@given(st.text() | YAMLISH)
@example("a: \x85b")
@example("? ")
@example("- - -\n -")
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    settled(lambda: parse(text, "x.yaml"))


@settings(max_examples=150)
@given(st.sampled_from(sorted(FILES)), st.text(max_size=60) | YAMLISH)
def test_any_text_as_a_corpus_file_is_read_or_refused(name: str, text: str) -> None:
    settled(lambda: read_sources([Source(name, text)]))


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, str]:
    """The invented corpus with one stretch of one file deleted, doubled, moved or overwritten."""
    name = draw(st.sampled_from(sorted(FILES)))
    text = FILES[name]
    start = draw(st.integers(0, len(text) - 1))
    end = min(len(text), start + draw(st.sampled_from([0, 1, 2, 5, 20, 80])))
    piece = text[start:end]
    other = draw(st.integers(0, len(text) - 1))
    new = draw(st.sampled_from(["", piece * 2, text[other : other + 12], "true", "7", "[]", "{}", "x", "\n", "-1.5", '""', "*"]))  # fmt: skip
    return {**FILES, name: text[:start] + new + text[end:]}


@settings(max_examples=70)
@given(mutated())
def test_a_damaged_corpus_is_read_or_refused(files: dict[str, str]) -> None:
    settled(lambda: read_texts(files))


VALUES = ["true", "7", "-1.5", "[]", "{}", "[[]]", "{a: b}", '""', "x", "[x, 1, true]", "'2031'", '"\\n"', ""]


@settings(max_examples=150)
@given(st.data())
def test_any_value_in_the_place_of_another_is_read_or_refused(data: st.DataObject) -> None:
    text = FILES["901-courier.yaml"]
    line = data.draw(st.sampled_from([n for n, content in enumerate(text.split("\n")) if ": " in content]))
    lines = text.split("\n")
    lines[line] = f"{lines[line].split(': ', 1)[0]}: {data.draw(st.sampled_from(VALUES))}"
    settled(lambda: read_document(Source("901-courier.yaml", "\n".join(lines))))


@settings(max_examples=150)
@given(st.data())
def test_any_value_inside_an_edge_is_read_or_refused(data: st.DataObject) -> None:
    figure = "{between: [20, 25], of: lock-workers, asOf: 2031-04-03}"
    part = data.draw(
        st.sampled_from(["lockhouse, ", "heldCount, ", figure, "[20, 25]", "20", "lock-workers, asOf", "2031-04-03}"])
    )
    rest = {"lockhouse, ": ", ", "heldCount, ": ", ", "lock-workers, asOf": ", asOf", "2031-04-03}": "}"}.get(part, "")
    edge = f"[lockhouse, heldCount, {figure}]".replace(part, data.draw(st.sampled_from(VALUES)) + rest)
    text = FILES["901-courier.yaml"].replace(f"[lockhouse, heldCount, {figure}]", edge)
    settled(lambda: read_document(Source("901-courier.yaml", text)))
