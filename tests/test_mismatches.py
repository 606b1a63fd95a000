"""A value of another kind than what is there, and GRAPH misused, are told from silence; silence is left alone."""

import pytest

from graph.evidence import Archive
from graph.queries.guard import guard
from graph.queries.meetings import joins, never_met
from graph.queries.mismatches import MOST_TEXT
from graph.store import Queryable
from graph.vocabulary import DCTERMS, ID, OA, RDFS, SKOS, XSD, vocabulary

HEAD = (
    f"PREFIX say: <{vocabulary().namespace}> PREFIX skos: <{SKOS}> PREFIX rdfs: <{RDFS}> PREFIX dct: <{DCTERMS}>\n"
    f"PREFIX oa: <{OA}> PREFIX xsd: <{XSD}> PREFIX ent: <{ID}entity/>\n"
)


def told(store: Queryable, text: str) -> tuple[str, ...]:
    guard(HEAD + text, "query")
    answer = store.query(HEAD + text)
    assert answer.empty
    return never_met(store, HEAD + text, answer)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '?c say:reportedStatus "denied"',
            'nodes, and "denied" is none (write say:reportedStatus/skos:notation "denied")',
        ),
        ('?c say:reportedStatus ?s FILTER(?s = "denied")', "(write say:reportedStatus/skos:notation"),
        ('?c say:reportedStatus ?s FILTER("denied" = ?s && ?c != 1)', "(write say:reportedStatus/skos:notation"),
        ('?c say:reportedStatus ?s FILTER(?s IN ("denied", "negated"))', "(write say:reportedStatus/skos:notation"),
        ('?c say:originHop/say:polarity "denies"', "(write say:polarity/skos:notation"),
        ('?p oa:hasSource "003-voa"', '(write oa:hasSource/dcterms:identifier "003-voa")'),
        ('?h say:circumstance "in custody"@en', '(write say:circumstance/skos:prefLabel "in custody"@en)'),
        (
            '?d say:publishedFrom ?t FILTER(?t > "2022-01-26")',
            'dates, and "2022-01-26" is none (write "2022-01-26"^^xsd:date)',
        ),
        ('?d say:publishedFrom ?t FILTER(?t > "2022")', 'say:publishedFrom leads to dates, and "2022" is none: '),
        ('?d skos:prefLabel ?l FILTER(?l = "ANF News")', '(write "ANF News"@en, or compare its STR)'),
        (
            "GRAPH ?g { ?e say:killedCount 374 }",
            "say:killedCount leads to nodes, and 374 is none (they have say:high, say:low, say:value)",
        ),
        ("GRAPH ?g { ?e say:killedCount ?n } FILTER(?n > 10)", "(they have say:high, say:low, say:value)"),
        ('GRAPH ?g { ?e say:onDate ?t } FILTER(?t > "2022-01-20")', '(write "2022-01-20"^^xsd:date)'),
        ("GRAPH ?g { ?e say:killedCount ?n . ?n say:value ?v }", "say:value inside GRAPH finds nothing"),
        ("GRAPH ?g { ?e say:killedCount/say:value ?v }", "say:value inside GRAPH finds nothing"),
        ("GRAPH ?g { ?c say:speaker ?who }", "say:speaker inside GRAPH finds nothing"),
        ("GRAPH ?g { ?e say:hadTarget ?t ; say:perpetratedBy ?a }", "say:hadTarget and say:perpetratedBy in one GRAPH"),
    ],
)
def test_what_can_find_nothing_is_told_with_what_would(founding: Archive, text: str, sentence: str) -> None:
    (line,) = told(founding.store, f"SELECT * {{ {text} }}")
    assert sentence in line


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "?a say:attacked ent:hasakah-prison-attack",
            "say:attacked leads to Actor, Group, Place, Item, and ent:hasakah",
        ),
        ("ent:isis say:perpetratedBy ?e", "say:perpetratedBy begins at Event, and ent:isis is none"),
    ],
)
def test_a_thing_where_a_relation_never_has_one_is_told(founding: Archive, text: str, sentence: str) -> None:
    (line,) = told(founding.store, f"SELECT * {{ GRAPH ?g {{ {text} }} ?claim say:content ?g }}")
    assert line.startswith(sentence)


def test_it_is_told_what_is_said_between_such_things(founding: Archive) -> None:
    (line,) = told(founding.store, "SELECT * { GRAPH ?g { ?a say:attacked ent:hasakah-prison-attack } }")
    assert "(from ent:hasakah-prison-attack: say:perpetratedBy, " in line
    assert "; to ent:hasakah-prison-attack: say:wasInvolvedIn, " in line
    assert "say:escapeeCount" not in line  # of which no number is the actor


@pytest.mark.parametrize(
    "text",
    [
        "GRAPH ?g { ent:turkish-state say:ordered ent:hasakah-prison-attack }",
        "GRAPH ?g { ent:turkish-state say:wasDescribedAs ent:sinaa-prison }",
        "GRAPH ?g { ?a ?r ent:hasakah-prison-attack ; ?q 3 }",
        '?c say:reportedStatus/skos:notation "no-such-status"',
        '?c say:reportedStatus ?s FILTER(?s != "denied" && BOUND(?none))',
        '?c say:reportedStatus ?s FILTER(?s = "denied" || BOUND(?none))',
        '?d say:publishedFrom ?t FILTER(?t > "2099-01-01"^^xsd:date)',
        "?e say:value ?v FILTER(?v > 1000000000)",
        '?e skos:prefLabel "no such name"@en',
        "OPTIONAL { GRAPH ?g { ?c say:speaker ?w } } FILTER(BOUND(?w))",
    ],
)
def test_what_is_silence_is_left_alone(founding: Archive, text: str) -> None:
    assert told(founding.store, f"SELECT * {{ {text} }}") == ()


def test_of_what_the_advice_says_something_is_found(founding: Archive) -> None:
    for text in (
        '?c say:reportedStatus/skos:notation "denied"',
        '?p oa:hasSource/dct:identifier "003-voa"',
        '?d say:publishedFrom ?t FILTER(?t > "2022-01-26"^^xsd:date)',
        "GRAPH ?g { ?e say:killedCount ?n } ?n say:value ?v",
        "GRAPH ?g { ?e say:hadTarget ?t } GRAPH ?h { ?e say:perpetratedBy ?a }",
    ):
        assert not founding.store.query(f"{HEAD}SELECT * {{ {text} }}").empty, text


@pytest.mark.parametrize("value", ['a\\" } ?s ?p ?o . { \\"', 'a\\n\\t\\" #', "x" * 1000])
def test_a_value_stays_a_value_in_what_is_asked(founding: Archive, value: str) -> None:
    (line,) = told(founding.store, f'SELECT * {{ ?c say:reportedStatus "{value}" }}')
    assert len(line) < 300 + MOST_TEXT
    for doubt in joins(f'{HEAD}SELECT * {{ ?c say:reportedStatus "{value}" }}'):
        guard(next(doubt.told()), "asked")
