"""The vocabulary is closed, is read from ontology.ttl alone, and nothing in it is nameless."""

import pytest
from pyoxigraph import BlankNode, RdfFormat, parse

from graph.errors import VocabularyError
from graph.vocabulary import ontology_path, say, vocabulary


def test_a_misspelt_term_raises_and_says_what_may_be_meant() -> None:
    with pytest.raises(VocabularyError, match=r"'contnet' is not a term; .*did you mean 'content'"):
        _ = say.contnet
    for ask in (vocabulary().term, vocabulary().property, vocabulary().concepts):
        with pytest.raises(VocabularyError):
            ask("Nonesuch")
    with pytest.raises(VocabularyError):
        vocabulary().concept("Mode", "Asserts")
    with pytest.raises(VocabularyError):
        vocabulary().name("http://www.w3.org/2004/02/skos/core#prefLabel")


def test_a_term_and_its_name_are_two_ways_of_saying_one() -> None:
    for name in vocabulary().names:
        assert vocabulary().name(vocabulary().term(name).value) == name
    assert say.content == vocabulary().term("content")


def test_python_does_not_take_special_names_for_terms() -> None:
    with pytest.raises(AttributeError):
        _ = say.__wrapped__


def test_no_blank_node_stands_in_the_ontology() -> None:
    for quad in parse(path=str(ontology_path()), format=RdfFormat.TURTLE):
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)


def test_schemes_keep_the_order_of_the_file_and_tokens_are_distinct() -> None:
    assert list(vocabulary().concepts("Mode")) == ["Actual", "Future", "Conditional", "Counterfactual", "Generic"]
    for concepts in vocabulary().schemes.values():
        assert len({c.notation for c in concepts.values()}) == len(concepts)
        assert all(c.label and c.definition for c in concepts.values())


@pytest.mark.parametrize(
    ("scheme", "rank", "size"), [("ReportedStatus", "precedence", 17), ("DrawnStatus", "cautionRank", 11)]
)
def test_decision_lists_are_ranked_without_a_gap(scheme: str, rank: str, size: int) -> None:
    ranks = sorted(int(c.facts[rank]) for c in vocabulary().concepts(scheme).values())
    assert ranks == list(range(1, size + 1))


def test_content_properties_have_both_readings_a_family_and_known_ends() -> None:
    families = vocabulary().concepts("RelationFamily")
    for relation in vocabulary().properties.values():
        assert relation.forward
        assert relation.family in families
        for kind in relation.domain:
            assert vocabulary().is_a(kind, "Entity"), (relation.name, kind)
        for kind in relation.range:
            value = kind in ("boolean", "date", "Interval", "Estimate")
            assert value or (relation.backward and vocabulary().is_a(kind, "Entity")), (relation.name, kind)


def test_classes_know_their_ancestors() -> None:
    assert vocabulary().is_a("Facility", "Entity")
    assert not vocabulary().is_a("Entity", "Facility")
    assert vocabulary().is_a("HypotheticalEvent", "Event")
    assert set(vocabulary().kinds("Event")) == {"Event", "HypotheticalEvent"}
