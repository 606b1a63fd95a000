"""Ways between two names: a chain of words is told as a word of nobody unless somebody says all of it."""

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import NotFoundError
from graph.evidence import Archive
from graph.facets import Row, token
from graph.lens import Lens, View, Views, parse
from graph.lens.paths import NEVER, NOBODY, SPEAKER, STEPS, UNREAL, UTTERANCE, Way, ways
from graph.vocabulary import vocabulary

RANKS = {c.notation: int(c.facts["cautionRank"]) for c in vocabulary().concepts("DrawnStatus").values()}


@pytest.fixture(scope="module")
def view(founding: Archive) -> View:
    return Views(founding).through(Lens())


def tokens(names: frozenset[str]) -> set[str]:
    return {token("DrawnStatus", name) for name in names}


def usable(view: View, hypothetical: bool) -> list[Row]:
    """The rows that may be steps, told anew from the rule."""
    out = tokens(NEVER) if hypothetical else tokens(NEVER | UNREAL)
    entities = view.archive.register.entities
    return [
        r for r in view.rows if r.drawn not in out and not r.denies and r.object in entities and r.subject != r.object
    ]


def nodes(way: Way, start: str) -> list[str]:
    found = [start]
    for step in way.steps:
        ends = (step.edge.subject, step.edge.object)
        assert found[-1] == ends[0 if step.forward else 1]
        found.append(ends[1 if step.forward else 0])
    return found


PAIRS = [
    ("turkish-state", "isis"),
    ("turkish-state", "sdf"),
    ("mit", "mukhabarat"),
    ("isis", "us-government"),
    ("mit", "isis"),
]


@pytest.mark.parametrize(("start", "end"), PAIRS)
@pytest.mark.parametrize("hypothetical", [False, True])
def test_every_short_way_is_found_and_no_other(view: View, start: str, end: str, hypothetical: bool) -> None:
    rows = usable(view, hypothetical)
    network = nx.Graph([(row.subject, row.object) for row in rows])
    expected = sum(1 for _ in nx.all_simple_paths(network, start, end, cutoff=STEPS))
    found = ways(view, start, end, hypothetical)
    assert (found.total, found.cut) == (expected, False)
    for way in found.ways:
        assert nodes(way, start)[-1] == end
        assert {step.edge.status for step in way.steps} <= {row.drawn for row in rows}


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_a_way_is_joined_only_by_whoever_says_all_of_it(view: View, start: str, end: str) -> None:
    rows = usable(view, False)
    for way in ways(view, start, end).ways:
        between = [
            [row for row in rows if {row.subject, row.object} == set(pair)] for pair in pairwise(nodes(way, start))
        ]
        utterances = set.intersection(*({row.claim.rpartition(".")[0] for row in held} for held in between))
        speakers = set.intersection(*({row.said for row in held} for held in between))
        assert way.joined == (UTTERANCE if utterances else SPEAKER if speakers else NOBODY)
        if way.joined == UTTERANCE:
            assert len({step.claim.rpartition(".")[0] for step in way.steps}) == 1
        if len(way.steps) > 1 and way.joined != NOBODY:
            assert way.by is not None
            assert {row.said for row in view.rows if row.claim in {s.claim for s in way.steps}} == {way.by.id}
        else:
            assert way.by is None
        assert RANKS[way.weakest] == min(RANKS[step.edge.status] for step in way.steps)
        assert way.origins == min(step.edge.origins for step in way.steps)


def test_an_alleged_part_and_a_proven_attack_do_not_make_a_proven_link(view: View) -> None:
    through = [
        w for w in ways(view, "turkish-state", "isis").ways if "hasakah-prison-attack" in nodes(w, "turkish-state")
    ]
    assert through
    assert all(way.weakest != "corroborated" and way.origins == 0 for way in through)
    assert all(way.joined != UTTERANCE for way in through)


def test_joined_ways_come_first_then_short_ones(view: View) -> None:
    order = [(UTTERANCE, SPEAKER, NOBODY).index(way.joined) for way in ways(view, "turkish-state", "sdf").ways]
    assert order == sorted(order)
    found = ways(view, "turkish-state", "sdf").ways
    for joined in (UTTERANCE, SPEAKER, NOBODY):
        lengths = [len(way.steps) for way in found if way.joined == joined]
        assert lengths == sorted(lengths)


def test_what_is_only_supposed_joins_nothing_unless_asked_for(view: View) -> None:
    unreal = [row for row in view.rows if row.drawn in tokens(UNREAL) and not row.denies]
    real = {(row.subject, row.object) for row in usable(view, False)}
    entities = view.archive.register.entities
    only = [
        row
        for row in unreal
        if row.object in entities and (row.subject, row.object) not in real and (row.object, row.subject) not in real
    ]
    assert only
    for row in only[:5]:
        direct = [w for w in ways(view, row.subject, row.object).ways if len(w.steps) == 1]
        asked = [w for w in ways(view, row.subject, row.object, hypothetical=True).ways if len(w.steps) == 1]
        assert not direct
        assert asked


def test_a_way_goes_through_the_lens(founding: Archive) -> None:
    views = Views(founding)
    whole = ways(views.through(Lens()), "turkish-state", "isis")
    less = ways(views.through(parse([("without", "publisher:anf")])), "turkish-state", "isis")
    assert less.total < whole.total


def test_unknown_names_are_refused(view: View) -> None:
    with pytest.raises(NotFoundError, match="nobody-at-all"):
        ways(view, "isis", "nobody-at-all")
    assert ways(view, "isis", "isis").total == 0


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_a_way_is_the_same_in_both_directions(view: View, data: st.DataObject) -> None:
    ends = sorted({row.subject for row in usable(view, False)})
    start, end = data.draw(st.sampled_from(ends)), data.draw(st.sampled_from(ends))
    there, back = ways(view, start, end), ways(view, end, start)
    assert there.total == back.total
    assert sorted(w.joined for w in there.ways) == sorted(w.joined for w in back.ways) or there.total > len(there.ways)
