"""The rule over columns: equal to the plain functions, claim by claim and edge by edge, whatever is set aside."""

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import numpy as np
import plain as plain_peer
import pytest
from corpora import MINI, ROOT
from generate import generate, rows
from generated import written_edges, written_out
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import EDGE, claim, document, entity, group, held, judged, register, relay, retracted, source
from test_origins import PEOPLE
from test_origins import claims as any_claim
from weights import KNOWN, PAPERS, PART, corpora, said, withdrawals

from graph.columns import ABSENT, REASONS, STATUSES, Columns, Csr, Drawer, Drawing, columns_of, counted
from graph.columns.rule import MASKS
from graph.content import Date, Edge, Figure
from graph.evidence import Archive
from graph.model import Claim, Corpus, Document, Pattern, Published, Question, SamePopulation
from graph.origins import (
    Register,
    Sources,
    Withdrawal,
    draw,
    origin_of,
    published_by,
    standing,
    withdrawn,
)
from graph.origins.counting import DISCOUNTS, origins
from graph.status import takes_side

Row = tuple[str, int, int, int, int, bool]
KINDS = {
    "document": "documents",
    "publisher": "publishers",
    "speaker": "speakers",
    "group": "groups",
    "evidence": "evidence",
}


def plain(claims: Sequence[Claim], sources: Sources, without: Withdrawal, as_of: str | None) -> dict[Edge, Row]:
    """Every edge as the definition draws it."""
    known = published_by(claims, as_of) if as_of else tuple(claims)
    left = standing(known, withdrawn(without, known, sources), sources)
    return {
        edge: (
            drawn.status,
            drawn.claims,
            drawn.documents,
            len(drawn.origins),
            drawn.independent.count,
            drawn.status != "DrawnWithheld" and drawn.independent.count < without.minimum,
        )
        for edge, drawn in draw(left, sources.register).items()
    }


def columned(columns: Columns, found: Drawing) -> dict[Edge, Row]:
    parts = (found.claims, found.documents, found.origins, found.independent, found.hidden)
    rows = zip(columns.edges, found.status.tolist(), *(part.tolist() for part in parts), strict=True)
    return {edge: (STATUSES[status], *rest) for edge, status, *rest in rows if status != ABSENT}


class Both:
    """The definition and the columns, over the same claims."""

    def __init__(self, claims: Iterable[Claim], known: Register, documents: Iterable[Document]) -> None:
        self.claims, papers = tuple(claims), tuple(documents)
        self.sources = Sources.of(known, papers)
        self.columns = columns_of(self.claims, known, papers)
        self.drawer = Drawer(self.columns)

    def agree(self, without: Withdrawal | None = None, as_of: str | None = None) -> dict[Edge, Row]:
        found = columned(self.columns, self.drawer.draw(without, as_of))
        assert found == plain(self.claims, self.sources, without or Withdrawal(), as_of)
        return found

    def count_alike(self) -> None:
        found, known = counted(self.columns), self.sources.register
        for at, one in enumerate(self.claims):
            origin = origin_of(one.utterance, known)
            why = next((name for name, holds in DISCOUNTS.items() if holds(one.utterance, known)), "")
            assert self.columns.names[found.key[at]] == origin.key, one.id
            assert self.columns.names[found.entity[at]] == origin.entity, one.id
            assert REASONS[found.discount[at]] == why, one.id
        for at, edge in enumerate(self.columns.edges):
            affirming = (c for c in self.claims if c.edge == edge and takes_side(c.utterance, "Affirms"))
            assert found.origins[at] == len(origins(affirming, known))

    def one_by_one(self) -> None:
        """Without each carrier that any claim has."""
        for carrier in sorted({c for one in self.claims for c in self.sources.withdrawables(one)}):
            self.agree(Withdrawal(**{KINDS[carrier.kind]: frozenset({carrier.id})}))


# ---- small corpora at random --------------------------------------------------------------------------

PLACED = {name: replace(paper, published=Published(f"2031-0{at}-01", f"2031-0{at}", "printed")) for at, (name, paper) in enumerate(PAPERS.items(), start=1)}  # fmt: skip
#: the same with judgements that reach the speakers one by one, and who printed it first
SIGNED = Register.of(
    (*KNOWN.entities.values(), entity("ferry-keeper", "Person")),
    (group("side", "council", "constabulary"),),
    (PART, Question("opened", (("en", "?"),), "YesNo", (Pattern("gate-opening", "occurredAt", "*"),))),
    (
        *(
            judged(one, other, question=question)
            for question in ("part", "opened")
            for one, other in (("side", "ministry"), ("council", "ferry-keeper"), ("ministry", "ferry-keeper"))
        ),
        judged("side", "ministry", "NotEstablished", "opened", "ind-doubt"),
    ),
    PAPERS.values(),
)
registers = st.sampled_from((KNOWN, SIGNED))
as_of = st.sampled_from((None, "2031-01", "2031-02-15", "2031-03"))


def placed(claims: Iterable[Claim], taken_back: Iterable[bool]) -> list[Claim]:
    """Claims of papers published one after another, some retracted."""
    dated = (replace(one, document=PLACED[one.document.id]) for one in claims)
    return [retracted(one) if gone else one for one, gone in zip(dated, taken_back, strict=False)]


@settings(max_examples=150)
@given(
    corpora(12),
    st.lists(st.integers(0, 7).map(lambda n: n == 0), min_size=12, max_size=12),
    registers,
    withdrawals,
    as_of,
)
def test_every_edge_is_drawn_as_the_definition_draws_it(
    claims: tuple[Claim, ...], gone: list[bool], known: Register, without: Withdrawal, date: str | None
) -> None:
    both = Both(placed(claims, gone), known, PLACED.values())
    both.count_alike()
    both.agree()
    both.agree(without)
    both.agree(without, date)


@settings(max_examples=100)
@given(st.lists(any_claim(), max_size=8), st.sampled_from((None, "2031-04-09", "2031-04")))
def test_origins_and_discounts_are_those_of_the_definition(claims: list[Claim], date: str | None) -> None:
    both = Both(claims, PEOPLE, (document("900-a"),))
    both.count_alike()
    both.agree(as_of=date)


@settings(max_examples=30)
@given(corpora(), registers)
def test_without_each_carrier(claims: tuple[Claim, ...], known: Register) -> None:
    Both(claims, known, PAPERS.values()).one_by_one()


# ---- figures ------------------------------------------------------------------------------------------

ASKED = Question(
    "toll", (("en", "?"),), "Cumulative", (Pattern("flood", "diedCount", "*"),),
    same_population=(SamePopulation(("residents", "people"), "coder-one", "2031-04-13", "All of them live there."),),
)  # fmt: skip
COUNTING = register(
    entity("people", part_of="residents"),
    entity("gazette", "Media"),
    groups=(group("side", "council", "constabulary"),),
    questions=(
        ASKED,
        replace(ASKED, id="held", behaviour="Stock", patterns=(Pattern("prison", "heldCount", "*"),)),
        replace(ASKED, id="day", behaviour="OneEvent", patterns=(Pattern("flood", "onDate", "*"),)),
    ),
    independence=(judged("side", "ministry", question="toll"), judged("side", "ministry", question="held")),
)
figures = st.builds(
    Figure,
    comparator=st.sampled_from(("Exactly", "AtLeast", "About", "LessThan")),
    value=st.sampled_from((Decimal(8), Decimal(10), Decimal(12))),
    of=st.sampled_from(("people", "people", "residents", "inmates")),
    as_of=st.sampled_from((None, "2031-01-20", "2031-02")),
)


@st.composite
def tolls(draw: st.DrawFn) -> Claim:
    subject, predicate = draw(st.sampled_from((("flood", "diedCount"), ("prison", "heldCount"), ("flood", "onDate"))))
    dates = st.sampled_from((Date("2031-01-20"), Date("2031-01"), Date("2031-02")))
    value = draw(dates if predicate == "onDate" else figures)
    who = source(
        draw(st.sampled_from(("council", "ministry", "constabulary"))),
        polarity=draw(st.sampled_from(("Affirms", "Affirms", "Denies"))),
    )
    outer = draw(st.sampled_from(((), (relay("gazette"),))))
    paper = draw(st.sampled_from(tuple(PLACED)))
    made = claim(*outer, who, edge=Edge(subject, predicate, value))
    return replace(made, document=PLACED[paper])


@settings(max_examples=100)
@given(st.lists(tolls(), min_size=2, max_size=7), withdrawals, as_of)
def test_figures_and_dates_conflict_and_carry_each_other(
    claims: list[Claim], without: Withdrawal, date: str | None
) -> None:
    both = Both(claims, COUNTING, PLACED.values())
    both.agree(without)
    both.agree(as_of=date)


# ---- cases --------------------------------------------------------------------------------------------


def test_no_claims_draw_nothing() -> None:
    both = Both((), KNOWN, ())
    assert both.agree() == both.agree(Withdrawal(parties=True, minimum=2), "2031") == {}


def test_three_of_whom_every_two_are_established_are_three() -> None:
    known = register(
        questions=(PART,),
        independence=tuple(judged(a, b, question="part") for a, b in ("ab", "bc", "ac", "cd")),
    )
    edge = Edge("verrin", "ordered", EDGE.object)
    part = Pattern("verrin", "ordered", "*")
    known = replace(known, questions=(replace(PART, patterns=(part,)),))
    papers = tuple(PAPERS.values())
    claims = [said(n, source(who), edge=edge, paper=("900-a", "901-b")[n % 2]) for n, who in enumerate("abcd")]
    claims += [said(9, source("a"), edge=edge, paper="901-b"), said(10, source("c"), edge=edge, paper="901-b")]
    both = Both(claims, known, papers)
    assert both.agree()[edge][:1] + both.agree()[edge][3:5] == ("DrawnCorroborated", 4, 3)
    assert both.agree(Withdrawal(documents=frozenset({"901-b"})))[edge][4] == 1  # all that is left shares a publisher
    assert both.agree(Withdrawal(speakers=frozenset("a")))[edge][4] == 2


def test_every_reason_of_the_rule_has_its_column() -> None:
    assert list(MASKS) == list(DISCOUNTS)
    assert REASONS[1:] == tuple(DISCOUNTS)


# ---- whole corpora ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def invented(mini: Corpus) -> Both:
    return Both(mini.claims(), Register.of_corpus(mini), mini.documents)


@pytest.fixture(scope="module")
def own(founding: Archive) -> Both:
    names = dict.fromkeys(name.rpartition(".")[0] for name in founding.claim_ids())
    return Both(founding.claims_of_utterances(names), founding.register, founding.documents.values())


def test_the_invented_corpus(invented: Both) -> None:
    invented.count_alike()
    assert {row[0] for row in invented.agree().values()} >= {"DrawnContested", "DrawnWithheld", "DrawnSingleOrigin"}
    invented.one_by_one()
    for date in ("2031-04-08", "2031-04", "2031"):
        invented.agree(Withdrawal(parties=True, minimum=2), date)


def test_the_corpus_of_the_project(own: Both) -> None:
    own.count_alike()
    own.agree()
    own.agree(Withdrawal(parties=True, minimum=2))
    own.agree(as_of="2022-01-31")
    names = sorted({one.document.id for one in own.claims} | {one.document.publisher for one in own.claims})
    for name in names[::12]:  # the definition takes its time
        own.agree(Withdrawal(documents=frozenset({name}), publishers=frozenset({name})))


# ---- invented in number ------------------------------------------------------------------------------


def test_generated_claims_are_drawn_as_the_same_claims_written_out() -> None:
    none = np.empty((0, 2), np.int32)
    made = replace(generate(1500), conflicts=none, carried=none)  # these would need figures to be written out
    claims, known, documents = written_out(made)
    both = Both(claims, known, documents)
    both.count_alike()
    drawer = Drawer(made)
    for view, date in views_of(made):
        both.agree(view, date)
        ours, theirs = drawer.draw(view, date), both.drawer.draw(view, date)
        number = {edge: at for at, edge in enumerate(both.columns.edges)}
        order = [number[one] for one in written_edges(made)]
        for field in fields(Drawing):
            assert (getattr(ours, field.name) == getattr(theirs, field.name)[order]).all(), (field.name, view)


def views_of(columns: Columns) -> list[tuple[Withdrawal, str | None]]:
    """What may be set aside in generated claims, each kind once, and dates."""

    def name(number: int) -> frozenset[str]:
        return frozenset({columns.names[number]})

    printed, often = int(columns.prints.values[-1]), np.bincount(columns.hop_speaker)
    member = int(columns.group[np.argmax(np.where(columns.group[: len(often)] >= 0, often, -1))])
    keeper = int(columns.hop_held.max())
    views = [
        Withdrawal(minimum=2),
        Withdrawal(parties=True),
        Withdrawal(documents=name(printed)),
        Withdrawal(documents=frozenset(columns.names[n] for n in np.unique(columns.prints.values[:300]))),
        Withdrawal(publishers=name(int(np.bincount(columns.publishers.values).argmax()))),
        Withdrawal(speakers=name(int(often.argmax()))),
        Withdrawal(speakers=name(keeper)),
        Withdrawal(groups=name(member)),
        Withdrawal(evidence=frozenset({"PartyStatement"})),
    ]
    return [(view, None) for view in views] + [(Withdrawal(parties=True), "2031-03"), (Withdrawal(), "2031-06-15")]


def _other(name: str, values: Any) -> Any:
    """A column gone wrong: its values moved by one place, one side of its pairs moved, or all of them alike."""
    if name in ("document_name", "first"):  # an exchange of documents would change no count
        return np.full_like(values, values[0])
    if name == "hop_starts":  # the outermost hop of each chain goes to the claim before
        return values + np.append((np.diff(values) > 1) & (np.arange(len(values) - 1) > 0), False)
    if values.ndim == 2:
        return np.column_stack([values[:, :-1], np.roll(values[:, -1], 1)])
    return np.roll(values, -1)


LABELS = {"names", "claims", "edges"}
COLUMNS = [field.name for field in fields(Columns) if field.name not in LABELS]


@pytest.fixture(scope="module")
def many() -> Columns:
    return generate(6000)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_damaged_column_is_seen(many: Columns, name: str) -> None:
    # without media in between, who published a document first is the only way by which a word comes
    made = replace(many, medium=np.zeros_like(many.medium)) if name == "first" else many
    column = getattr(made, name)
    values = column.values if isinstance(column, Csr) else column
    damaged = _other(name, values)
    damaged = replace(column, values=damaged) if isinstance(column, Csr) else damaged
    sound, drawer = Drawer(made), Drawer(replace(made, **{name: damaged}))
    drawn = ((sound.draw(*view), drawer.draw(*view)) for view in views_of(made))
    seen = (
        not np.array_equal(getattr(one, field.name), getattr(other, field.name))
        for one, other in drawn
        for field in fields(Drawing)
    )
    assert any(seen)


def test_the_peer_of_the_benchmark_follows_the_same_rule() -> None:
    made = generate(3000)
    listed, found = rows(made), counted(made)
    keys, numbers = plain_peer.Walk(listed, plain_peer.Tables.of(made)).count()
    assert keys == found.key.tolist()
    assert numbers == {edge: many for edge, many in enumerate(found.origins.tolist()) if many}
    again = counted(plain_peer.loaded(listed, made))
    assert all((getattr(again, field.name) == getattr(found, field.name)).all() for field in fields(found))


def test_the_same_number_and_seed_give_the_same_claims() -> None:
    first, second, other = rows(generate(500)), rows(generate(500)), rows(generate(500, seed=2))
    assert first == second
    assert first != other


# ---- numpy stays out of the core ----------------------------------------------------------------------


def test_the_core_works_without_numpy() -> None:
    program = (
        "import sys; sys.modules['numpy'] = None\n"
        "import graph.cli, graph.service, graph.notebook, graph.network, graph.export\n"
        "assert 'graph.columns' not in sys.modules\n"
        "graph.cli.main(['check', '--corpus', sys.argv[1]])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(MINI)],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_words_in_custody_count_with_the_outermost_custodian() -> None:
    twice = claim(relay("author"), replace(held("worker", "ministry"), commitment="Neutral"), held("other", "council"))
    both = Both([twice], PEOPLE, ())
    both.count_alike()
    assert both.columns.names[both.drawer.counted.key[0]] == "ministry"
