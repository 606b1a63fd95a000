"""Names of ours in a query are found as the engine reads them, and a term that there is not is told."""

import pytest

from graph.errors import QueryError
from graph.queries.names import known_terms, names
from graph.vocabulary import ID, vocabulary

SAY = "PREFIX say: <https://w3id.org/testimony/ns#> PREFIX x: <http://example.org/> "


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (SAY + "SELECT ?c { ?c a say:Clam }", "'Clam'"),
        ("SELECT ?c { ?c a <https://w3id.org/testimony/ns#Clam> }", "'Clam'"),
        ("prefix s: <https://w3id.org/testimony/ns#>\nSELECT ?c { ?c\n s:contents ?p }", "'contents'"),
        ("PREFIX : <https://w3id.org/testimony/ns#>\nSELECT ?c { ?c :contents ?p }", "'contents'"),
        ("PREFIX r: <https://w3id.org/testimony/ns#reported>\nSELECT ?c { ?c r:Staatus ?p }", "'reportedStaatus'"),
    ],
)
def test_a_term_that_the_vocabulary_lacks_is_refused_with_the_nearest(text: str, found: str) -> None:
    with pytest.raises(QueryError) as caught:
        known_terms(text, "q")
    assert found in str(caught.value)
    assert "did you mean" in str(caught.value)
    assert str(caught.value).startswith(f"q:{text.count(chr(10)) + 1}:")


@pytest.mark.parametrize(
    ("term", "fix"),
    [
        ("Denied", "'ReportedDenied'"),
        ("contested", "'DrawnContested'"),
        ("SameOrigin", "'RelationSameOrigin'"),
    ],
)
def test_a_value_without_its_scheme_is_answered_with_it(term: str, fix: str) -> None:
    with pytest.raises(QueryError) as caught:
        known_terms(f"{SAY}SELECT ?c {{ ?c say:reportedStatus say:{term} }}", "q")
    assert fix in caught.value.fix


@pytest.mark.parametrize(
    "text",
    [
        SAY + "SELECT ?c { ?c a say:Claim ; x:Clam ?o }",
        SAY + "# say:Clam in a comment\nSELECT ?c { ?c say:says 'say:Clam' }",
        "SELECT ?c { ?c a <http://example.org/Clam> }",
        "PREFIX r: <https://w3id.org/testimony/ns#reported> SELECT ?c { ?c r:Status ?s }",
        "# PREFIX y: <https://w3id.org/testimony/ns#>\nPREFIX y: <http://example.org/> SELECT ?c { ?c y:Clam ?o }",
        SAY + "PREFIX say: <http://example.org/> SELECT ?c { ?c say:Clam ?o }",
    ],
)
def test_other_words_are_not_taken_for_terms(text: str) -> None:
    known_terms(text, "q")


def test_a_name_is_told_as_written_with_its_iri_and_its_place() -> None:
    text = f"PREFIX c: <{ID}claim/> SELECT * {{ c:003-c1\\.1 ?p <{ID}entity/isis> }}"
    found = [(name.text, name.iri) for name in names(text)]
    assert found == [("c:003-c1\\.1", f"{ID}claim/003-c1.1"), (f"<{ID}entity/isis>", f"{ID}entity/isis")]
    assert [text[name.position :].startswith(name.text) for name in names(text)] == [True, True]


def test_a_prefix_alone_names_nothing() -> None:
    assert names(f"PREFIX say: <{vocabulary().namespace}> PREFIX id: <{ID}> ASK {{ ?s ?p ?o }}") == ()
