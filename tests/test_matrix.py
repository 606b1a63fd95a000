"""Sources by status: every claim in view is counted in its row and column, whatever is cut."""

import pytest
from viewing import views_of

from graph.errors import LensError
from graph.evidence import Archive
from graph.lens import Lens, Views, parse
from graph.lens.filtering import values
from graph.lens.matrix import BY, matrix, ranked
from graph.vocabulary import vocabulary

LENSES = ((), (("hide", "single-origin,withheld"),), (("as-of", "2022-01-26"),), (("family", "part"), ("origins", "1")))


@pytest.fixture(scope="module")
def views(founding: Archive) -> Views:
    return views_of(founding)


@pytest.mark.parametrize("given", LENSES)
@pytest.mark.parametrize("by", BY)
def test_a_cell_counts_the_claims_that_its_lens_leaves(
    views: Views, by: str, given: tuple[tuple[str, str], ...]
) -> None:
    lens = parse(given)
    view = views.through(lens)
    found = matrix(view, by, 10**6)
    assert found.claims == len(view.rows)
    assert sum(found.totals) == len(view.rows)
    assert dict(zip(found.statuses, found.totals, strict=True)) == {
        status: sum(row.drawn == status for row in view.rows) for status in found.statuses
    }
    for line in found.lines[:6]:
        assert sum(line.cells) == line.claims
        for status, claims in zip(found.statuses, line.cells, strict=True):
            assert claims == sum(row.drawn == status and line.id in values(row, by) for row in view.rows)
            if claims and not lens.facets:
                others = frozenset(s for s in found.statuses if s != status)
                opened = parse([*given, (by, line.id)]) if line.id.find(",") < 0 else lens.only(by, line.id)
                hiding = parse([*(p for p in given if p[0] != "hide"), (by, line.id), ("hide", ",".join(others))])
                assert len(views.through(hiding).rows) == claims
                assert len(views.through(opened).rows) == line.claims
    assert found.several is (sum(line.claims for line in found.lines) > found.claims)
    assert found.several or sum(line.claims for line in found.lines) == found.claims


def test_lines_are_ranked_and_the_cut_is_told_without_touching_the_totals(views: Views) -> None:
    view = views.through(Lens())
    whole, cut = (matrix(view, "said", limit) for limit in (10**6, 3))
    assert cut.lines == whole.lines[:3]
    assert cut.total == whole.total == len({row.said for row in view.rows}) > 3
    assert cut.totals == whole.totals
    claims = [line.claims for line in whole.lines]
    assert claims == sorted(claims, reverse=True)


def test_the_columns_are_all_statuses_in_order_of_rank(views: Views) -> None:
    ranks = {c.notation: int(c.facts["cautionRank"]) for c in vocabulary().concepts("DrawnStatus").values()}
    assert sorted(ranked()) == sorted(ranks)
    assert [ranks[status] for status in ranked()] == sorted(ranks.values(), reverse=True)


def test_rows_that_cannot_be_are_refused_with_what_can(views: Views) -> None:
    with pytest.raises(LensError, match=r"by cannot be 'mood'; allowed: said, publisher, origin, document, kind"):
        matrix(views.through(Lens()), "mood")


def test_a_claim_on_two_kinds_of_evidence_stands_in_two_lines(views: Views) -> None:
    view = views.through(Lens())
    assert matrix(view, "kind").several is any(len(row.kind) > 1 for row in view.rows) is True
    assert matrix(view, "said").several is False
