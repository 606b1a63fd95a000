"""Hypothesis strategies: lenses over the values that some rows hold."""

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from graph.evidence.weighing import ChangeTold
from graph.facets import Row
from graph.lens import FACETS, Lens, View
from graph.lens.filtering import values
from graph.origins import Withdrawal
from graph.vocabulary import vocabulary

FULL = ("2031-03-28", "2031-04-01", "2031-04-02", "2031-04-03", "2031-04-04", "2031-04-05", "2031-04-07", "2031-04-08")
DAYS = st.sampled_from(["", "2030", "2031", "2031-03", "2031-04", "2031-05", *FULL])
SPANS = st.one_of(st.just(("", "")), st.tuples(DAYS, DAYS))


def _of(choices: set[str], size: int) -> SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(sorted(choices)), max_size=size) if choices else st.just(frozenset())


def falls(view: View) -> list[ChangeTold]:
    """All that the withdrawal of a lens fells or restates, in words."""
    return view.told(view.changed)


def plain_lenses(rows: Sequence[Row]) -> SearchStrategy[Lens]:
    """Lenses that hide and redraw nothing; one or two facets, so that something is mostly left."""
    held = {name: {value for row in rows for value in values(row, name)} for name in FACETS}

    def one(name: str) -> SearchStrategy[tuple[str, frozenset[str]]]:
        return st.tuples(st.just(name), _of(held[name], 4))

    facets = st.lists(st.sampled_from(FACETS).flatmap(one), max_size=2).map(
        lambda pairs: {name: chosen for name, chosen in pairs if chosen}
    )
    statuses = {concept.notation for concept in vocabulary().concepts("DrawnStatus").values()}
    maybe = st.sampled_from([False, False, False, True])

    def sometimes(strategy: SearchStrategy[str]) -> SearchStrategy[str]:
        return maybe.flatmap(lambda yes: strategy if yes else st.just(""))

    return st.builds(
        Lens,
        facets=facets,
        entity=sometimes(st.sampled_from(sorted({row.subject for row in rows}))),
        relation=sometimes(st.sampled_from(sorted({row.predicate for row in rows}))),
        hide=_of(statuses, 3),
        happened=SPANS,
        published=SPANS,
        origins=st.sampled_from([0, 0, 0, 1, 2]),
        undated=st.booleans(),
    )


def withdrawals(rows: Sequence[Row]) -> SearchStrategy[Withdrawal]:
    """Withdrawals of what these rows rest on."""
    kinds = set(vocabulary().concepts("EvidenceKind"))
    return st.builds(
        Withdrawal,
        documents=_of({row.document for row in rows}, 1),
        publishers=_of({row.publisher for row in rows}, 1),
        speakers=_of({name for row in rows for name in row.speaker}, 2),
        groups=_of({row.origin for row in rows} - {row.said for row in rows}, 1),
        evidence=_of(kinds, 1),
        parties=st.sampled_from([False, False, True]),
    )


def lenses(rows: Sequence[Row]) -> SearchStrategy[Lens]:
    """Any lens at all."""
    return st.builds(
        lambda plain, gone, as_of, recorded: Lens(
            plain.facets,
            plain.entity,
            plain.relation,
            plain.hide,
            plain.happened,
            plain.published,
            plain.origins,
            gone,
            as_of,
            recorded,
            plain.undated,
        ),
        plain_lenses(rows),
        withdrawals(rows),
        st.one_of(st.just(""), DAYS),
        st.one_of(st.just(""), DAYS),
    )
