"""Claims made ready once and drawn over any part of them: equal to drawing the part anew, and what that hangs on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers import claim, judged, register, source
from test_columns import COUNTING, registers, tolls
from test_figures import CARRIED, question
from weights import KNOWN, corpora, said

from graph.content import Edge
from graph.evidence import Archive
from graph.evidence.weighing import Weighing
from graph.model import Claim
from graph.origins import Redrawing, Register, draw, standing
from graph.origins.drawn import Grounds


def parts(claims: Sequence[Claim], data: st.DataObject) -> Iterator[list[Claim]]:
    for _ in range(3):
        yield [claim for claim in claims if data.draw(st.booleans())]


@given(corpora(), registers, st.data())
def test_any_part_is_drawn_as_anew(claims: tuple[Claim, ...], known: Register, data: st.DataObject) -> None:
    ready = Redrawing(claims, known)
    assert ready.all == draw(claims, known)
    for part in parts(claims, data):
        assert ready.over(part) == draw(part, known)


@given(st.lists(tolls(), min_size=2, max_size=7), st.data())
def test_so_are_figures_that_conflict_and_carry_each_other(made: list[Claim], data: st.DataObject) -> None:
    claims = [numbered(number, one) for number, one in enumerate(made, start=1)]
    ready = Redrawing(claims, COUNTING)
    for part in parts(claims, data):
        assert ready.over(part) == draw(part, COUNTING)


def numbered(number: int, one: Claim) -> Claim:
    """The same claim of an utterance of its own."""
    return replace(one, utterance=replace(one.utterance, id=f"{one.document.id[:3]}-c{number}"))


def without_each(weighing: Weighing) -> Iterator[tuple[Claim, ...]]:
    """The claims left without each source on which any rests."""
    carriers = {carrier for claim in weighing.claims for carrier in weighing.sources.withdrawables(claim)}
    for carrier in sorted(carriers, key=lambda one: (one.kind, one.id)):
        yield standing(weighing.claims, frozenset({carrier}), weighing.sources)


def test_so_is_the_corpus_without_its_sources(founding: Archive) -> None:
    weighing = Weighing(founding)
    for left in islice(without_each(weighing), 0, None, 4):  # each fourth: a property holds for the others
        assert weighing.redrawing.over(left) == draw(left, weighing.register)


def carried_by_one_without_origin() -> tuple[list[Claim], Register]:
    """A figure of two origins that two others carry, one of which shows no origin and is named all the same."""
    few, many = (Edge("prison", "heldCount", figure) for figure in CARRIED[0][1::-1])
    more = replace(many, object=replace(CARRIED[0][0], value=Decimal(155)))
    high = claim(source("ministry"), edge=many, paper="901-b", id="901-c1")
    high = replace(high, document=replace(high.document, publisher="courier"))
    heard = claim(source("ada"), edge=more, evidence=("UnattributedStatement",), id="900-c2")
    asked = question("Stock")
    known = register(questions=(asked,), independence=(judged("council", "ministry", question=asked.id),))
    return [claim(edge=few), high, heard], known


@pytest.mark.parametrize("field", Grounds._fields)
def test_an_edge_is_decided_anew_where_any_of_its_grounds_differs(founding: Archive, field: str) -> None:
    class Blind(Redrawing):
        def _grounds(self, *given: Any) -> Grounds:
            return super()._grounds(*given)._replace(**{field: ()})

    weighing = Weighing(founding)
    few, known = carried_by_one_without_origin()
    whole = Blind(weighing.claims, weighing.register)
    assert Blind(few, known).over(few[:2]) != draw(few[:2], known) or any(
        whole.over(left) != draw(left, weighing.register) for left in without_each(weighing)
    )


def test_other_claims_are_refused() -> None:
    with pytest.raises(ValueError, match="1 claims are not among"):
        Redrawing([said(1)], KNOWN).over([said(1), said(2)])
