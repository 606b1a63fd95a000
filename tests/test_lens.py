"""The lens: one spelling, every refusal, counts that are counts, and a withdrawal that is the withdrawal."""

from collections import Counter
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lenses import falls, lenses, plain_lenses, withdrawals
from viewing import views_of

from graph.errors import LensError, NotFoundError
from graph.evidence import Archive, Named, spoken
from graph.evidence.values import spoken_by
from graph.evidence.weighing import Weighing
from graph.facets import Row
from graph.lens import FACETS, Lens, Views, parse
from graph.lens.filtering import values
from graph.lens.lines import line_of, lines_of
from graph.notebook.standing import changed, weighing_of
from graph.origins import Withdrawal, last_day
from graph.rdf import proposition_id
from graph.vocabulary import vocabulary

SOME = settings(max_examples=60)


@pytest.fixture(scope="module")
def views(mini_archive: Archive) -> Views:
    return Views(mini_archive)


# ---- spelling -----------------------------------------------------------------------------------


@SOME
@given(st.data())
def test_a_lens_is_what_its_spelling_reads_as(views: Views, data: st.DataObject) -> None:
    lens = data.draw(lenses(views.rows))
    spelt = parse(parse_qsl(lens.query()))
    assert spelt.parameters() == lens.parameters()
    assert spelt == replace(lens, facets={name: held for name, held in lens.facets.items() if held})
    assert hash(spelt) == hash(lens)


def test_a_facet_may_be_given_at_once_or_several_times_and_an_empty_one_asks_nothing() -> None:
    once, twice = parse([("said", "sdf,anf")]), parse([("said", "anf"), ("said", "sdf")])
    assert once == twice
    assert parse([("said", ""), ("happened", ""), ("origins", ""), ("hide", "none"), ("parties", "")]) == Lens()
    assert parse([("happened", "2022-01")]).happened == ("2022-01", "2022-01")
    assert parse([("happened", "..2022")]).happened == ("", "2022")
    assert not parse([("parties", "without")]).plain
    assert Lens(origins=3, hide=frozenset({"conjecture"})).plain


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("colour", "red", "is no parameter of a lens; allowed: document"),
        ("kind", "hearsay", "cannot be 'hearsay'; allowed:"),
        ("reported", "shouted", "cannot be 'shouted'"),
        ("drawn", "DrawnContested", "cannot be 'DrawnContested'"),
        ("drawn", "none", "cannot be 'none'"),
        ("hide", "everything", "cannot be 'everything'"),
        ("entity", "a,b", "is given more than once; allowed: one value"),
        ("origins", "-1", "cannot be '-1'; allowed: a whole number up to 999"),
        ("origins", "1000", "cannot be '1000'"),
        ("origins", "two", "cannot be 'two'"),
        ("happened", "2022-13..", "cannot be '2022-13'; allowed: a year, month or day"),
        ("happened", "2022-02-30", "cannot be '2022-02-30'"),
        ("published", "..soon", "cannot be 'soon'"),
        ("published", "1..2..3", "cannot be"),
        ("as-of", "yesterday", "cannot be 'yesterday'"),
        ("recorded", "22-01-01", "cannot be '22-01-01'"),
        ("without", "sdf", "cannot be 'sdf'; allowed: document:ID, publisher:ID, speaker:ID, group:ID, evidence:ID"),
        ("without", "speaker:", "cannot be 'speaker:'"),
        ("without", "custodian:sdf", "cannot be 'custodian:sdf'"),
        ("without", "evidence:hearsay", "knows no kind of evidence 'hearsay'"),
        ("parties", "yes", "cannot be 'yes'; allowed: without"),
        ("undated", "without", "cannot be 'without'; allowed: with"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(name: str, text: str, told: str) -> None:
    with pytest.raises(LensError) as caught:
        parse([(name, text)])
    line = str(caught.value)
    assert line.startswith(f"{name} ")
    assert told in line
    assert "; allowed: " in line
    assert "; fix: " in line


# ---- what is in view ----------------------------------------------------------------------------


@SOME
@given(st.data())
def test_only_what_was_retracted_is_drawn_withheld_whatever_is_set_aside(views: Views, data: st.DataObject) -> None:
    found = views.through(data.draw(lenses(views.rows)))
    withheld = [row for row in found.standing.rows if row.drawn == "withheld"]
    assert all(row.retracted for row in withheld)
    assert any(row.drawn == "withheld" for row in views.rows)
    assert "retracted" in vocabulary().concept("DrawnStatus", "DrawnWithheld").definition


def meets(row: Row, lens: Lens, besides: str = "") -> bool:
    """Whether a claim is in view, said again in other words; `besides` is left unasked."""
    for name, allowed in lens.facets.items():
        if allowed and name != besides and not set(values(row, name)) & allowed:
            return False
    if row.drawn in lens.hide or row.independent < lens.origins:
        return False
    if lens.entity not in ("", row.subject, row.object) or lens.relation not in ("", row.predicate):
        return False
    asked = {"happened": (lens.happened, row.happened), "published": (lens.published, row.published)}
    kept = row.happened is None and lens.undated
    return all(
        name == besides or not any(span) or touches(held, span) or (name == "happened" and kept)
        for name, (span, held) in asked.items()
    )


def touches(held: tuple[str, str] | None, asked: tuple[str, str]) -> bool:
    if held is None:
        return False
    first, last = held[0] or "0000-01-01", last_day(held[1] or "9999")
    starts, ends = asked[0] or "0000-01-01", last_day(asked[1] or "9999")
    day = {4: "-01-01", 7: "-01", 10: ""}
    return first + day[len(first)] <= ends and starts + day[len(starts)] <= last


@SOME
@given(st.data())
def test_rows_and_counts_are_those_of_one_look_at_every_claim(views: Views, data: st.DataObject) -> None:
    lens = data.draw(plain_lenses(views.rows))
    view = views.through(lens)
    assert view.rows == [row for row in views.rows if meets(row, lens)]
    for name in FACETS:
        left = [value for row in views.rows if meets(row, lens, name) for value in values(row, name)]
        hidden = name == "drawn" and lens.hide
        if not hidden:  # a hidden status is still counted, so that one sees what showing it would bring
            assert view.counts.facets[name] == Counter(left)
    assert view.counts.undated == sum(row.happened is None for row in views.rows if meets(row, lens, "happened"))
    published = [row.published[0][:7] for row in views.rows if meets(row, lens, "published")]
    assert view.counts.published == Counter(published)


def test_a_hidden_status_is_counted_where_it_can_be_shown_again(views: Views) -> None:
    assert views.through(Lens(hide=frozenset({"contested"}))).counts.facets["drawn"]["contested"] > 0


def test_through_no_lens_one_sees_what_the_archive_shows(views: Views, mini_archive: Archive) -> None:
    through = views.through(Lens())
    for entity in mini_archive.register.entities:
        seen, focus = through.focus(entity, 10_000), mini_archive.focus(entity, 10_000)
        lines = {line.id: (sorted(line.claims), line.status) for line in seen.lines}
        assert lines == {b.id: (sorted(c.claim for e in b.edges for c in e.claims), b.status.id) for b in focus.bundles}
        assert [line.id for line in seen.lines] == [bundle.id for bundle in focus.bundles]
        assert {node.id for node in seen.nodes} == {node.id for node in focus.nodes}
        assert (seen.total, seen.total_claims, seen.fallen) == (focus.total, focus.total_claims, ())
    with pytest.raises(NotFoundError):
        through.focus("nobody")


# ---- withdrawal ---------------------------------------------------------------------------------


@settings(max_examples=30)
@given(st.data())
def test_a_withdrawal_through_a_lens_is_the_withdrawal(views: Views, data: st.DataObject) -> None:
    weighing: Weighing = views.weighing
    gone = data.draw(withdrawals(views.rows))
    view = views.through(Lens(withdrawal=gone))
    changed, left, _ = weighing.withdraw(gone)
    shown = {row.claim for row in views.rows}
    assert {row.claim for row in view.rows} == {claim.id for claim in left} & shown
    after = {proposition_id(one.edge): one.after for one in changed.edges}
    for row in view.rows:
        if (drawn := after.get(row.proposition)) is not None:
            assert row.independent == drawn.independent.count
    told = {(one.before.proposition if one.before else "", one.after is None): one.why for one in falls(view)}
    assert told == {
        (proposition_id(one.edge), one.falls): one.why for one in changed.edges if one.falls or one.restated
    }
    fallen = {edge.proposition for line in view.whole(10_000).fallen for edge in line.edges}
    assert {name for name, falls in told if falls} <= fallen


def test_what_falls_is_told_with_its_status_and_whose_word_it_was(views: Views) -> None:
    view = views.through(Lens(withdrawal=Withdrawal(speakers=frozenset({"halmer-council"}))))
    assert any(one.after is None for one in falls(view))
    assert any(one.after is not None for one in falls(view))
    for one in falls(view):
        assert one.before
        assert all((one.before.status.label, one.before.said, one.before.documents, one.why))
    assert view.focus("gate-opening").fallen
    kept = views.through(view.lens.kept)
    assert kept.rows == list(views.rows)
    assert falls(kept) == []


LAST = "2099"


@settings(max_examples=30)
@given(st.data())
def test_what_falls_heeds_the_minimum_and_the_judgements_of_the_day_as_a_change_between_views_does(
    views: Views, data: st.DataObject
) -> None:
    days = sorted({row.published[0] for row in views.rows})
    lens = Lens(
        withdrawal=data.draw(withdrawals(views.rows)),
        origins=data.draw(st.integers(0, 2)),
        recorded=data.draw(st.sampled_from(["", *days, LAST])),
    )
    after, before = views.through(lens), views.through(lens.kept)
    found = changed(weighing_of(views, before), weighing_of(views, after), before, after)
    expected = {proposition_id(one.edge): (one.falls, one.why) for one in found.edges if one.falls or one.restated}
    told = {one.before.proposition: (one.after is None, one.why) for one in falls(after) if one.before}
    assert told == expected


def test_an_edge_left_with_fewer_origins_than_asked_falls(founding: Archive) -> None:
    views = views_of(founding)
    several = [row for row in views.rows if row.independent >= 2]
    said = next(row.said for row in several if row.adds and row.independent == 2)
    lens = parse([("origins", "2"), ("without", f"speaker:{said}")])
    told = {one.before.proposition: one for one in falls(views.through(lens)) if one.before}
    below = {name for name, one in told.items() if one.after is None and "fewer than 2" in one.why}
    assert below
    assert set(told) <= {row.proposition for row in several}


@settings(max_examples=20)
@given(st.data())
def test_facets_hide_within_what_stands_and_change_no_status(views: Views, data: st.DataObject) -> None:
    lens = data.draw(lenses(views.rows))
    standing = {row.claim: row for row in views.through(lens.standing).rows}
    for row in views.through(lens).rows:
        assert standing[row.claim] == row


@pytest.mark.parametrize("name", ["mini_archive", "founding"])
def test_a_line_from_rows_says_whose_word_it_is_as_its_evidence_does(name: str, request: pytest.FixtureRequest) -> None:
    view = Views(request.getfixturevalue(name)).through(Lens())
    shared = {row.proposition for row in view.rows if row.denies}
    rows = [row for row in view.rows if row.proposition in shared or row.polarity == "takes-no-side"]
    made, total = lines_of(rows, lambda held: line_of(held, view.archive.assembler), len(rows))
    told = {line.id: line for line in made}
    assert len(told) == total > 0
    for bundle, line in told.items():
        assert line.said == spoken(view.claims(row for row in rows if row.bundle == bundle))


def test_a_line_that_is_kept_is_the_one_that_would_be_made(mini_archive: Archive) -> None:
    kept = Views(mini_archive)
    whole = kept.through(Lens()).whole().lines
    without = Lens(withdrawal=Withdrawal(speakers=frozenset({"halmer-council"})))
    for view in (kept.through(without), kept.through(Lens())):
        assert view.whole() == Views(mini_archive).through(view.lens).whole()
    assert kept.through(without).whole().lines != whole
    assert kept.line.cache_info().hits > 0


def test_who_takes_no_side_never_affirms() -> None:
    asking, denying = Named("a", "A"), Named("b", "B")
    assert spoken_by([(asking, "takes-no-side"), (denying, "denies")]) == "denied by B; said by A"
    assert spoken_by([(asking, "affirms"), (denying, "denies")]) == "affirmed by A; denied by B"
