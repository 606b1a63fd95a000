"""The questions that an edge answers are those whose patterns fit it, in the order of the register."""

from hypothesis import given, settings
from hypothesis import strategies as st
from makers import claim

from graph.addressed import Asking
from graph.content import Edge, Ref, Truth
from graph.model import Pattern, Question

NAMES = st.sampled_from(["gate", "fire", "ferry"])
RELATIONS = st.sampled_from(["tookPlace", "wasBehind", "occurredAt"])
EDGES = st.builds(Edge, NAMES, RELATIONS, st.one_of(st.builds(Ref, NAMES), st.just(Truth())))
ENDS = st.one_of(NAMES, st.just("*"))
PATTERNS = st.lists(st.builds(Pattern, ENDS, RELATIONS, ENDS), min_size=1, max_size=3).map(tuple)


@settings(max_examples=200)
@given(st.lists(PATTERNS, max_size=5), st.lists(EDGES, max_size=5))
def test_an_edge_is_asked_about_by_every_question_that_fits_it_once(
    patterns: list[tuple[Pattern, ...]], edges: list[Edge]
) -> None:
    questions = [Question(f"q{at}", (("en", f"Question {at}?"),), "OneEvent", held) for at, held in enumerate(patterns)]
    asking = Asking(questions)
    for edge in edges:
        assert asking.of(edge) == [question for question in questions if question.addressed_by(edge)]
    claims = [claim(edge=edge) for edge in edges]
    expected = [(q, [c for c in claims if q.addressed_by(c.edge)]) for q in questions]
    assert list(asking.answered(claims)) == [(q, held) for q, held in expected if held]
