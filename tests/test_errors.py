"""One tree of errors, each built from facts and shown as one line."""

import ast
import inspect
import pickle
import re

import pytest

from graph import errors
from graph.errors import (
    AttachError,
    BriefingError,
    BuildError,
    CheckError,
    CorpusError,
    EndpointError,
    ExportError,
    LensError,
    MissingPackageError,
    NotFoundError,
    Problem,
    QueryError,
    ServiceError,
    ShapeError,
    TestimonyError,
    VocabularyError,
    nearest,
)

FIRST = Problem("a.yaml", 3, "code", "found", "allowed", "fix")
SECOND = Problem("a.yaml", 12, "code", "found", "allowed", "fix")
EXAMPLES: tuple[TestimonyError, ...] = (
    CorpusError([SECOND, FIRST]),
    CheckError([FIRST]),
    VocabularyError("polarty", ["polarity"]),
    ShapeError("Claim", "sh:closed on a NodeShape", ["sh:property"]),
    QueryError("evidence", 4, "a syntax error", "mend it"),
    NotFoundError("entity", "gat", ["gate"]),
    LensError("origins", "cannot be 'many'", ("a whole number",)),
    BuildError("build", "damaged", "rebuild"),
    AttachError("900", "not attached", "attach it"),
    ExportError("parquet", "pyarrow is not installed", "install it"),
    ServiceError("port 8000", "taken", "name another"),
    MissingPackageError("pandas", "pandas", "or iterate over the table"),
    BriefingError("brief.md:3", "broken", "mend it"),
    EndpointError("http://h/query", "cut", "ask again"),
)


def _public() -> dict[str, type[TestimonyError]]:
    made = inspect.getmembers(errors, inspect.isclass)
    return {n: c for n, c in made if issubclass(c, TestimonyError) and not n.startswith("_")}


def test_the_drawn_tree_lists_exactly_the_classes() -> None:
    drawn = re.findall(r"^[├└]── (\w+) +\S", errors.__doc__ or "", re.MULTILINE)
    root = [line for line in (errors.__doc__ or "").splitlines() if re.fullmatch(r"\w+Error", line)]
    assert root == ["TestimonyError"]
    defined = [n.name for n in ast.parse(inspect.getsource(errors)).body if isinstance(n, ast.ClassDef)]
    assert sorted(drawn) == sorted(set(_public()) - {"TestimonyError"})
    assert drawn == [name for name in defined if name in drawn], "drawn in another order than defined"


def test_the_tree_is_as_deep_as_it_is_drawn() -> None:
    for name, kind in _public().items():
        parents = [parent.__name__ for parent in kind.__mro__[1:] if parent.__name__ in _public()]
        assert parents == ([] if name == "TestimonyError" else ["TestimonyError"])


def test_there_is_an_example_of_each() -> None:
    assert {type(error).__name__ for error in EXAMPLES} == set(_public()) - {"TestimonyError"}


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_is_lines_that_end_in_what_to_do(error: TestimonyError) -> None:
    assert error.lines()
    for line in error.lines():
        assert "\n" not in line
        assert "; fix: " in line
    assert "\n".join(error.lines()) == str(error)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_survives_the_way_between_processes(error: TestimonyError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert (str(again), again.lines()) == (str(error), error.lines())
    assert getattr(again, "problems", None) == getattr(error, "problems", None)


def test_problems_are_sorted_by_place_and_told_once() -> None:
    error = CorpusError([SECOND, FIRST, SECOND])
    assert error.problems == (FIRST, SECOND)
    assert str(error) == "\n".join(error.lines())


def test_a_problem_says_where_what_and_how() -> None:
    assert str(FIRST) == "a.yaml:3: [code] found; allowed: allowed; fix: fix"
    assert str(Problem("a.yaml", 0, "code", "f", "a", "x")) == "a.yaml: [code] f; allowed: a; fix: x"


def test_the_nearest_word_is_offered_and_no_far_one() -> None:
    assert nearest("polarty", ["mode", "polarity"]) == "did you mean 'polarity'?"
    assert nearest("xyz", ["mode", "polarity"]) == ""
    assert "testimony find WORD" in str(NotFoundError("entity", "gat"))
    assert "use one of them or define it there" in str(VocabularyError("zzz", ["mode"]))


def test_a_place_without_a_line_is_shown_without_one() -> None:
    assert str(QueryError("q", 0, "bad", "mend")) == "q: bad; fix: mend"
    assert str(QueryError("q", 7, "bad", "mend")) == "q:7: bad; fix: mend"
