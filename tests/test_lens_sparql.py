"""A lens as SPARQL: its rows are the claims of the lens, and nothing typed by a reader becomes syntax."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lenses import lenses, plain_lenses

from graph.evidence import Archive
from graph.facets import Row
from graph.lens import Lens, Views, parse
from graph.lens.sparql import to_sparql
from graph.origins import Withdrawal
from graph.queries import lacks_status
from graph.queries.guard import guard
from graph.queries.names import known_terms
from graph.rdf import short

FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def asked(archive: Archive, lens: Lens) -> list[tuple[str, str, str, str]]:
    text = to_sparql(lens)
    rows = archive.store.rows(text)
    held = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
    return sorted(
        (short(row["claim"]), row["status"].value, short(row["speaker"]), short(row["document"])) for row in held
    )


def meant(rows: list[Row]) -> list[tuple[str, str, str, str]]:
    return sorted((row.claim, row.drawn, row.said, row.document) for row in rows)


@FEW
@given(st.data())
def test_the_rows_are_the_claims_of_the_lens(mini_archive: Archive, data: st.DataObject) -> None:
    views = Views(mini_archive)
    lens = data.draw(plain_lenses(views.rows))
    assert asked(mini_archive, lens) == meant(views.through(lens).rows)


FOUNDING = (
    "",
    "said=sdf&hide=withheld",
    "origin=grp-sdf",
    "relay=ronahi-tv,sana",
    "happened=2022-01-20..2022-01-26",
    "happened=..2021",
    "happened=2021-04-01..2021-04",
    "happened=2022-02..",
    "published=2022-01..2022-01-22&kind=party-statement",
    "entity=turkish-state&family=FamilyAllegedLink&reported=attributed",
    "origins=1&relation=hadActor",
    "question=killed-count",
)


@pytest.mark.parametrize("address", FOUNDING)
def test_and_so_they_are_in_the_projects_own_corpus(founding: Archive, address: str) -> None:
    lens = parse(tuple(part.split("=")) for part in address.split("&") if part)  # type: ignore[misc]
    rows = Views(founding).through(lens).rows
    assert rows, "a lens through which nothing is seen shows nothing"
    assert asked(founding, lens) == meant(rows)


def test_the_query_of_any_lens_passes_the_guard_and_shows_a_status(mini_archive: Archive) -> None:
    views = Views(mini_archive)

    @FEW
    @given(lenses(views.rows))
    def check(lens: Lens) -> None:
        text = to_sparql(lens)
        guard(text, "lens")
        known_terms(text, "lens")
        assert not lacks_status(mini_archive.store.query(text), text)

    check()


HOSTILE = (
    "x> } SELECT * { ?s ?p ?o } #",
    'x" } DROP ALL ; #',
    "x\\u003e\n} INSERT DATA { <a> <b> <c> }",
    "x' ) || true || ('",
    "} UNION { ?claim a say:Claim",
    "é\u200b ",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_reader_types_becomes_syntax(mini_archive: Archive, text: str) -> None:
    names = ("document", "publisher", "said", "relay", "speaker", "origin", "kind", "family", "question", "reported")
    for name in names:
        assert asked(mini_archive, Lens({name: frozenset({text})})) == []
    assert asked(mini_archive, Lens(entity=text)) == []
    assert asked(mini_archive, Lens(relation=text)) == []
    kept = Lens(hide=frozenset({text}), withdrawal=Withdrawal(speakers=frozenset({text})))
    assert len(asked(mini_archive, kept)) == len(mini_archive.rows)
    comments = [line for line in to_sparql(kept).splitlines() if line.startswith("#")]
    assert text not in "\n".join(comments)


def test_what_is_drawn_anew_is_said_not_to_be(mini_archive: Archive) -> None:
    assert "drawn anew" not in to_sparql(Lens(origins=1))
    told = to_sparql(parse([("without", "speaker:verrin-council"), ("as-of", "2031-05")]))
    assert "without=speaker:verrin-council is left out" in told
    assert "not drawn anew" in told
    late = Lens(as_of="2031-05")
    known = {claim.id for claim in Views(mini_archive).through(late).standing.claims or ()}
    assert {row[0] for row in asked(mini_archive, late)} == known & {row.claim for row in mini_archive.rows}
