"""Every summary says what counting the claims says, and the named queries read them."""

import pytest
from aggregates import FACETS, all_counted, all_summed, claims_counted, claims_summed
from pyoxigraph import Literal

from graph.build import ontology_quads
from graph.model import Corpus
from graph.origins import derived
from graph.origins.summaries import BY_STATUS, Counted, Summary, summaries
from graph.queries import named, run
from graph.rdf import to_quads
from graph.store import Rows, Store
from graph.vocabulary import vocabulary


def store_of(corpus: Corpus) -> Store:
    return Store.of({*to_quads(corpus), *derived(corpus), *ontology_quads()})


@pytest.fixture(scope="module", params=["invented", "founding"])
def store(request: pytest.FixtureRequest, mini: Corpus, founding_corpus: Corpus) -> Store:
    return store_of(mini if request.param == "invented" else founding_corpus)


def told(rows: Rows) -> set[tuple[str, ...]]:
    return {tuple(term.value if term else "" for term in row) for row in rows.rows}


@pytest.mark.parametrize("facet", FACETS)
def test_a_summary_says_what_the_claims_say(store: Store, facet: str) -> None:
    counted = told(store.rows(all_counted(facet)))
    assert counted
    assert told(store.rows(all_summed(facet))) == counted
    assert told(store.rows(claims_summed(facet))) == told(store.rows(claims_counted(facet)))


def test_every_facet_is_held_against_the_claims() -> None:
    assert set(FACETS) == set(vocabulary().concepts("Facet"))


@pytest.mark.parametrize("facet", FACETS)
def test_the_named_queries_read_the_summaries(store: Store, facet: str) -> None:
    query = "counts-by-status" if facet in BY_STATUS.values() else "counts"
    rows = run(store, named(query), {"by" if query == "counts-by-status" else "facet": facet}).rows
    assert rows is not None
    claims = rows.columns.index("claims")
    assert len([row for row in rows.rows if row[claims] != Literal(0)]) == len(store.rows(all_counted(facet)).rows)


def test_what_is_taken_back_is_in_no_summary_and_a_document_without_a_claim_has_one(mini: Corpus) -> None:
    taken = {claim.document.id for claim in mini.claims() if claim.withheld}
    assert taken, "the test shows nothing"
    rows = told(store_of(mini).rows(claims_summed("FacetDocument").replace("FILTER(?claims > 0)", "")))
    counts = {document.rpartition("/")[2]: int(claims) for document, claims in rows}
    assert set(counts) == {document.id for document in mini.documents}
    for document in mini.documents:
        standing = [c for c in mini.claims() if c.document.id == document.id and not c.withheld]
        assert counts[document.id] == len(standing)


def test_an_origin_counts_once_however_many_claims_it_stands_behind() -> None:
    def claim(name: str, edge: str, origin: str | None) -> Counted:
        return Counted(name, edge, "d", origin, "DrawnSingleOrigin", (("FacetSpeaker", "s"),))

    found = summaries([claim("1", "e", "o"), claim("2", "e", "o"), claim("3", "f", None)])
    assert found == [
        Summary("FacetSpeaker", "s", "", 3, 2, 1, 1),
        Summary("FacetSpeakerByStatus", "s", "DrawnSingleOrigin", 3, 2, 1, 1),
    ]
