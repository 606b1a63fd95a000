"""Questions in view: every answer with everybody who gives it, and only what can be compared is called a conflict."""

from collections import Counter

import pytest
from viewing import views_of

from graph.errors import NotFoundError
from graph.evidence import Archive
from graph.lens import Lens, Views, parse
from graph.lens.answers import ALIKE, ALIKE_NUMBER, answers, listed
from graph.origins import asked, bounds, disagreements
from graph.rdf import proposition_id

NARROW = parse([("document", "003-voa,103-sohr-toll,116-hrw-january"), ("hide", "withheld")])


@pytest.fixture(scope="module")
def views(founding: Archive) -> Views:
    return views_of(founding)


@pytest.fixture(scope="module")
def everything(views: Views) -> dict[str, object]:
    return {one.question.id: one for one in views.weighing.asked()}


@pytest.mark.parametrize("lens", [Lens(), NARROW, parse([("as-of", "2022-01-26")])], ids=["all", "narrow", "as of"])
def test_the_list_counts_what_its_questions_hold(views: Views, lens: Lens) -> None:
    view = views.through(lens)
    found = listed(view.rows)
    assert [one.claims for one in found] == sorted((one.claims for one in found), reverse=True)
    assert {one.question for one in found} == {name for row in view.rows for name in row.question}
    for one in found[:12]:
        laid = answers(views, lens, one.question)
        given = Counter(each.claim.claim for answer in laid.answers for each in answer.given)
        assert given == Counter(row.claim for row in view.rows if one.question in row.question)
        assert (len(laid.answers), given.total()) == (one.answers, one.claims)
        assert one.contested is any(answer.edge.drawn_status.id == "contested" for answer in laid.answers)
        assert {c for clash in laid.clashes for c in (*clash.claims, *clash.opposed)} <= view.ids
        assert {end for link in laid.links for end in (link.source, link.target)} <= set(given)


def test_comparisons_and_conflicts_are_those_of_the_whole_weighing(views: Views, everything: dict[str, object]) -> None:
    told = 0
    for name in ("killed-count", "held-count", "escapee-count", "aqaba-talks-held", "end-of-the-battle", "preparation-length"):  # fmt: skip
        whole, laid = everything[name], answers(views, Lens(), name)
        order = [answer.edge.proposition for answer in laid.answers]
        pairs = {
            (frozenset((order[a], order[b])), one.comparable, one.conflict, one.why)
            for one in laid.compared
            for a, b in one.pairs
        }
        assert pairs == {
            (frozenset((proposition_id(c.first), proposition_id(c.second))), c.comparable, c.conflict, c.why)
            for c in whole.comparisons  # type: ignore[attr-defined]
        }
        assert sum(len(one.pairs) for one in laid.compared) == len(whole.comparisons)  # type: ignore[attr-defined]
        clashes = Counter((clash.edge.proposition, clash.against.proposition, clash.claims, clash.opposed, clash.why) for clash in laid.clashes)  # fmt: skip
        assert clashes == Counter(
            (proposition_id(d.edge), proposition_id(d.against), d.claims, d.opposed, d.why)
            for d in whole.disagreements  # type: ignore[attr-defined]
            if {*d.claims, *d.opposed} <= views.through(Lens()).ids
        )
        told += len(laid.clashes)
    assert told > 30


def test_two_figures_rest_on_one_origin_where_claims_that_add_it_affirm_both(views: Views) -> None:
    found = 0
    for name in ("killed-count", "held-count", "escapee-count"):
        laid = answers(views, Lens(), name)
        for one, other in {pair for each in laid.compared for pair in each.pairs}:
            behind = [
                {
                    (given.claim.origin_group or given.claim.origin).id
                    for given in laid.answers[at].given
                    if not given.claim.discount and given.claim.polarity.id == "affirms"
                }
                for at in (one, other)
            ]
            assert ((one, other) in laid.one_origin) is bool(behind[0] & behind[1])
            found += (one, other) in laid.one_origin
    assert found > 0
    assert answers(views, Lens(), "escapee-count").one_origin == ()


def test_a_number_reads_on_from_what_is_said_of_its_event(views: Views) -> None:
    read = {
        answer.edge.reading
        for name in ("escapee-count", "recaptured-count")
        for answer in answers(views, Lens(), name).answers
    }
    assert {"saw the escape of", "saw the recapture of"} <= read


def test_each_side_of_a_clash_speaks_for_itself_alone(views: Views) -> None:
    for clash in answers(views, Lens(), "held-count").clashes:
        assert {c.claim for c in clash.edge.claims} == set(clash.claims)
        assert {c.claim for c in clash.against.claims} == set(clash.opposed)
    itself = [
        c for c in answers(views, Lens(), "aqaba-talks-held").clashes if c.edge.proposition == c.against.proposition
    ]
    assert itself
    assert all({c.claim for c in clash.edge.claims} == {*clash.claims, *clash.opposed} for clash in itself)


def test_a_range_is_what_the_wording_allows_with_its_open_ends(views: Views) -> None:
    figures = {proposition_id(c.edge): c.edge.object for c in views.weighing.claims}
    seen = set()
    for name in ("killed-count", "held-count", "escapee-count"):
        for answer in answers(views, Lens(), name).answers:
            figure = figures[answer.edge.proposition]
            low, high = bounds(figure)  # type: ignore[arg-type]
            kind = figure.comparator  # type: ignore[union-attr]
            seen.add(kind)
            assert answer.high == (None if high is None else format(high.normalize(), "f"))
            assert answer.low == (None if kind in ("AtMost", "LessThan") else format(low.normalize(), "f"))
            if kind in ("AtLeast", "MoreThan"):
                assert answer.high is None
    assert {"Exactly", "AtLeast", "About"} <= seen


def test_the_moment_of_an_answer_tells_its_clock(views: Views) -> None:
    clocks = set()
    for one in answers(views, Lens(), "held-count").answers + answers(views, Lens(), "killed-count").answers:
        for each in one.given:
            clocks.add(each.clock)
            said = [hop.said_at for hop in each.claim.chain if hop.said_at]
            figure = each.claim.figure
            expected = {
                "as-of": figure.as_of if figure else None,
                "said": said[-1] if said else None,
                "published": each.claim.document.published_to,
            }[each.clock]
            assert each.when == expected
            assert (each.clock == "as-of") is bool(figure and figure.as_of)
    assert clocks >= {"as-of", "published"}


def test_who_goes_back_to_whom_is_signed_or_only_says_the_same(views: Views, founding: Archive) -> None:
    signed = {(r.source, r.target) for r in founding.parts.relations}
    asks = {row.claim: set(row.question) for row in views.rows}
    both = sorted({name for a, b in signed for name in asks.get(a, set()) & asks.get(b, set())})
    assert len(both) > 4
    laid = answers(views, Lens(), "killed-count")
    by_claim = {each.claim.claim: answer for answer in laid.answers for each in answer.given}
    kinds = Counter(link.kind for link in laid.links)
    for link in laid.links:
        if link.kind in (ALIKE, ALIKE_NUMBER):
            same = by_claim[link.source].edge.proposition == by_claim[link.target].edge.proposition
            assert same is (link.kind == ALIKE)
            assert link.label == ("says the same as" if same else "gives the same number as")
        else:
            assert (link.source, link.target) in signed
            assert "signed by" in link.why
        assert {link.source, link.target} <= set(by_claim)
    assert {ALIKE, "updates"} <= set(kinds)
    within = {(a, b) for a, b in signed if {a, b} <= set(by_claim)}
    alike = (ALIKE, ALIKE_NUMBER)
    assert {(link.source, link.target) for link in laid.links if link.kind not in alike} == within
    pairs = Counter(frozenset((link.source, link.target)) for link in laid.links if link.kind in alike)
    assert set(pairs.values()) <= {1}


def test_what_differs_is_told_by_labels_and_names(views: Views) -> None:
    told = [
        link for name in ("who-carried-out-the-attack", "escapee-count") for link in answers(views, Lens(), name).links
    ]
    differ = {(link.source, link.target): link.why for link in told if link.kind in (ALIKE, ALIKE_NUMBER)}
    assert differ["004-c63.1", "106-c6.1"] == ("position: here presupposed, there body; source: here none, there shown")
    assert differ["103-c1.1", "113-c4.1"].startswith("population: here ISIS prisoners")
    ids = {*views.archive.register.entities, "Body", "Heading", "Presupposed"}
    words = {word for why in differ.values() for word in why.replace(";", " ").replace(",", " ").split()}
    assert not words & {name for name in ids if "-" in name or name[0].isupper()}


def test_what_is_out_of_view_contests_without_being_shown(views: Views) -> None:
    whole = answers(views, Lens(), "aqaba-talks-held")
    deniers = {
        c.chain[-1].speaker.id for clash in whole.clashes for c in clash.against.claims if c.polarity.id == "denies"
    }
    left = parse([("said", ",".join({row.said for row in views.rows} - deniers))])
    laid = answers(views, left, "aqaba-talks-held")
    assert laid.clashes == ()
    assert any(answer.edge.drawn_status.id == "contested" for answer in laid.answers)  # no filter changes a status


def test_the_mini_corpus_in_full(mini_archive: Archive) -> None:
    views = views_of(mini_archive)
    claims = views.weighing.claims
    found = {one.question.id: one for one in asked(claims, mini_archive.register)}
    for name, whole in found.items():
        laid = answers(views, parse([("hide", "withheld")]), name)  # what is withheld answers nothing
        assert {answer.edge.proposition for answer in laid.answers} == {proposition_id(a.edge) for a in whole.answers}
    assert disagreements(claims, mini_archive.register)


def test_an_unknown_question_is_refused_with_the_nearest(views: Views) -> None:
    with pytest.raises(NotFoundError, match="did you mean 'killed-count'"):
        answers(views, Lens(), "kiled-count")
