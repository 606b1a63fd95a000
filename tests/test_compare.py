"""Beside each other: the claims of two speakers add up, each edge with both sides; a day and now."""

from collections import Counter
from dataclasses import replace

import pytest
from viewing import views_of

from graph.errors import LensError, NotFoundError
from graph.evidence import Archive
from graph.lens import Lens, Views, parse
from graph.lens.beside import Beside, beside, how, offered, since, without
from graph.origins import Withdrawal, change, published_by, withdraw
from graph.rdf import proposition_id
from graph.vocabulary import vocabulary

PAIRS = (("sdf", "sohr"), ("author-000", "author-001"), ("bbc", "sdf"))
NARROW = parse([("happened", "2022-01-20..2022-01-31"), ("hide", "conjecture,withheld")])


@pytest.fixture(scope="module")
def views(founding: Archive) -> Views:
    return views_of(founding)


def claims_of(found: Beside, speaker: str) -> Counter[str]:
    columns = (found.both, found.only_one, found.only_other)
    held = (claim for column in columns for each in column.edges for claim in each.edge.claims)
    return Counter(claim.claim for claim in held if claim.chain[-1].speaker.id == speaker)


@pytest.mark.parametrize("lens", [Lens(), NARROW], ids=["all", "narrow"])
@pytest.mark.parametrize("pair", PAIRS)
def test_the_columns_add_up_to_the_claims_of_each_in_view(views: Views, lens: Lens, pair: tuple[str, str]) -> None:
    one, other = pair
    view = views.through(lens)
    found = beside(views, lens, one, other, 10**6)
    for speaker in pair:
        assert claims_of(found, speaker) == Counter(row.claim for row in view.rows if row.said == speaker)
    assert found.both.one + found.only_one.one == sum(row.said == one for row in view.rows)
    assert found.both.other + found.only_other.other == sum(row.said == other for row in view.rows)
    assert (found.only_one.other, found.only_other.one) == (0, 0)
    edges = {who: {row.proposition for row in view.rows if row.said == who} for who in pair}
    for column, expected in (
        (found.both, edges[one] & edges[other]),
        (found.only_one, edges[one] - edges[other]),
        (found.only_other, edges[other] - edges[one]),
    ):
        assert {each.edge.proposition for each in column.edges} == expected
        assert column.total == len(expected)
        for each in column.edges:
            assert {c.chain[-1].speaker.id for c in each.edge.claims} <= {one, other}
            for side, who in ((each.one, one), (each.other, other)):
                mine = [c for c in each.edge.claims if c.chain[-1].speaker.id == who]
                assert (side.claims if side else 0) == len(mine)
                assert set(side.how if side else ()) == {how(c) for c in mine}


def test_one_alone_is_everything_that_is_its_own_word(views: Views) -> None:
    found = beside(views, Lens(), "sdf", limit=10**6)
    assert claims_of(found, "sdf") == Counter(row.claim for row in views.rows if row.said == "sdf")
    assert found.both.total == found.only_other.total == 0
    assert beside(views, Lens(), "sdf", "sdf", 10**6) == found


def test_every_contradiction_between_the_two_and_no_other(views: Views) -> None:
    said = {row.claim: row.said for row in views.rows}
    expected: dict[frozenset[str], set[tuple[str, str]]] = {}
    for one in views.weighing.disagreements():
        for a in one.claims:
            for b in one.opposed:
                if a in said and b in said and said[a] != said[b]:
                    pair = frozenset((said[a], said[b]))
                    expected.setdefault(pair, set()).add((a, b))
    agreed = [pair for pair in (frozenset(p) for p in (("bbc", "voa"), ("hrw", "author-002"))) if pair not in expected]
    assert len(expected) > 4
    for pair in [*sorted(expected, key=sorted)[:6], *agreed]:
        first, second = sorted(pair)
        found = beside(views, Lens(), first, second, 1)
        told = {(a, b) for clash in found.clashes for a in clash.claims for b in clash.opposed}
        assert told == {ends for ends in expected.get(pair, set()) if said[ends[0]] in pair}


def test_who_denies_what_the_other_affirms_stands_first(views: Views) -> None:
    opposed = 0
    sides: dict[str, dict[bool, set[str]]] = {}
    for row in views.rows:
        sides.setdefault(row.proposition, {}).setdefault(row.denies, set()).add(row.said)
    pairs = {(a, d) for held in sides.values() for a in held.get(False, ()) for d in held.get(True, ()) if a != d}
    for affirms, denies in sorted(pairs)[:5]:
        column = beside(views, Lens(), affirms, denies).both
        marks = [each.opposed for each in column.edges]
        assert marks == sorted(marks, reverse=True)
        opposed += any(marks)
    assert opposed


def test_a_cut_is_told_and_the_counts_stay(views: Views) -> None:
    whole, cut = (beside(views, Lens(), "sdf", "sohr", limit).only_one for limit in (10**6, 4))
    assert len(cut.edges) == 4
    assert (cut.total, cut.one) == (whole.total, whole.one)


def test_an_unknown_speaker_is_refused(views: Views) -> None:
    with pytest.raises(NotFoundError, match="no entity 'nobody'"):
        beside(views, Lens(), "nobody")


# ---- sides --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lens", [Lens(), NARROW], ids=["all", "narrow"])
def test_offered_is_everybody_who_speaks_in_view_and_nobody_else(views: Views, lens: Lens) -> None:
    view = views.through(lens)
    said = Counter(row.said for row in view.rows)
    groups = {group.id: [m for m in group.members if said[m]] for group in views.archive.register.groups.values()}
    found = {one.id: (one.claims, one.members) for one in offered(view)}
    sides = {name: (sum(said[m] for m in held), len(held)) for name, held in groups.items() if len(held) > 1}
    assert sides
    assert found == {name: (count, 0) for name, count in said.items()} | sides
    counts = [one.claims for one in offered(view)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 0


def test_a_side_is_the_word_of_all_its_members_and_of_nobody_else(views: Views) -> None:
    groups = {group.id: set(group.members) for group in views.archive.register.groups.values()}
    one, other = groups["grp-sdf"], {"sohr"}
    found = beside(views, Lens(), "grp-sdf", "sohr", 10**6)
    held = (
        claim
        for column in (found.both, found.only_one, found.only_other)
        for e in column.edges
        for claim in e.edge.claims
    )
    assert Counter(c.claim for c in held) == Counter(row.claim for row in views.rows if row.said in one | other)
    edges = [{row.proposition for row in views.rows if row.said in who} for who in (one, other)]
    assert {each.edge.proposition for each in found.both.edges} == edges[0] & edges[1] != set()
    assert found.both.one + found.only_one.one == sum(row.said in one for row in views.rows)
    alone = beside(views, Lens(), "sdf", "sohr", 10**6)
    assert {c.edge.proposition for c in alone.clashes} <= {c.edge.proposition for c in found.clashes}


def test_nobody_is_put_beside_the_own_side(views: Views) -> None:
    with pytest.raises(LensError, match="other shares sdf with 'grp-sdf'; allowed: somebody of another side"):
        beside(views, Lens(), "grp-sdf", "sdf")


# ---- everything and what is left ----------------------------------------------------------------


WITHDRAWN = {
    "a publisher": ("publisher:anf", Withdrawal(publishers=frozenset({"anf"}))),
    "a speaker": ("speaker:sdf", Withdrawal(speakers=frozenset({"sdf"}))),
}


@pytest.mark.parametrize("name", WITHDRAWN)
def test_with_and_without_is_what_the_withdrawal_says(views: Views, name: str) -> None:
    text, withdrawal = WITHDRAWN[name]
    found = without(views, parse([("without", text)]), 10**6)
    weighing = views.weighing
    changed = {proposition_id(e.edge): e for e in withdraw(weighing.claims, withdrawal, weighing.sources).edges}
    told = {each.edge.proposition: each for held in (found.both, found.only_left) for each in held.edges}
    token = {c.name: c.notation for c in vocabulary().concepts("DrawnStatus").values()}
    for proposition, each in told.items():
        one = changed[proposition]
        if one.before:  # of what nobody holds any more the weighing tells nothing
            assert each.before
            assert each.before.id == token[one.before.status]
        assert (each.after.id if each.after else None) == (token[one.after.status] if one.after else None), one
    assert {each.edge.proposition for each in found.only_left.edges} == {p for p in told if not changed[p].after}
    assert found.only_right.total == 0
    assert set(told) == {row.proposition for row in views.rows}
    restated = [each.before != each.after for each in found.both.edges]
    assert restated == sorted(restated, reverse=True)
    assert sum(restated) == found.restated > 0
    assert (found.claims_left, found.claims_right) == (
        len(views.rows),
        len(views.through(parse([("without", text)])).rows),
    )


def test_what_a_filter_hides_after_the_withdrawal_keeps_both_its_statuses(views: Views) -> None:
    asked = [("without", "publisher:anf"), ("drawn", "single-origin")]
    found = without(views, parse(asked), 10**6)
    assert all(each.before and each.before.id == "single-origin" for each in found.only_left.edges)
    assert all(
        each.after and each.after.id == "single-origin" != (each.before and each.before.id)
        for each in found.only_right.edges
    )
    assert found.only_right.total > 0
    cut = without(views, parse(asked), 1)
    assert (cut.both.edges, cut.both.total) == (found.both.edges[:1], found.both.total)


def test_without_a_withdrawal_there_is_nothing_to_put_beside(views: Views) -> None:
    with pytest.raises(LensError, match="without is missing"):
        without(views, parse([("as-of", "2022-01-26")]))


# ---- a day and now ------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2022-01-24", "2022-01-26", "2022-11"])
def test_then_and_now_are_what_the_weighing_says(views: Views, day: str) -> None:
    found = since(views, parse([("as-of", day)]), 10**6)
    known = published_by(views.weighing.claims, day)
    changed = change(known, views.weighing.claims, views.weighing.register)
    shown = {row.proposition for row in views.rows}
    names = {proposition_id(one.edge): one for one in changed.edges if proposition_id(one.edge) in shown}
    assert {each.edge.proposition for each in found.new} == {name for name, one in names.items() if one.before is None}
    restated = {
        name for name, one in names.items() if one.before and one.after and one.before.status != one.after.status
    }
    assert {each.edge.proposition for each in found.restated} == restated
    assert found.gone == ()
    assert all(each.before is None and each.after is not None for each in found.new)
    assert all(each.before != each.after for each in found.restated)
    assert found.totals == (len(found.new), len(restated), 0)
    assert found.same + len(found.new) + len(restated) == len({row.proposition for row in views.rows})
    assert (found.claims_then, found.claims_now) == (len(views.through(parse([("as-of", day)])).rows), len(views.rows))


def test_an_edge_that_is_drawn_otherwise_leaves_a_view_of_one_status(views: Views) -> None:
    whole = since(views, parse([("as-of", "2022-01-26")]), 10**6)
    status = next(each.before.id for each in whole.restated if each.before)
    lens = replace(parse([("as-of", "2022-01-26")]), facets={"drawn": frozenset({status})})
    found = since(views, lens, 10**6)
    left = {each.edge.proposition for each in whole.restated if each.before and each.before.id == status}
    assert {each.edge.proposition for each in found.gone} == left != set()
    assert all(each.after is None and each.before and each.before.id == status for each in found.gone)


def test_without_a_day_there_is_nothing_to_compare(views: Views) -> None:
    with pytest.raises(LensError, match="as-of is missing"):
        since(views, Lens())
