"""Small corpora for tests of weight: a few claims of a few documents, with premises, and what may be withdrawn."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from makers import EDGE, claim, document, entity, group, held, judged, register, relay, source

from graph.content import Edge, Ref, Truth
from graph.model import Claim, CoverageRule, Inferring, Pattern, Question
from graph.origins import Sources, Withdrawal

TOOK_PLACE = Edge("gate-opening", "tookPlace", Truth())
NO_PART = Edge("verrin", "wasInvolvedIn", Ref("gate-opening"))
ORDERED = Edge("verrin", "ordered", Ref("gate-opening"))
RULE = CoverageRule(
    Pattern("verrin", "wasInvolvedIn", "gate-opening"),
    (Pattern("verrin", "ordered", "gate-opening"),),
    "coder-one",
    "2031-04-13",
    "Who had no part gave no order.",
)
PART = Question("part", (("en", "What part?"),), "YesNo", (RULE.denial, *RULE.contests), covers=(RULE,))
PAPERS = {
    "900-a": replace(document("900-a"), publisher="gazette"),
    "901-b": replace(document("901-b"), publisher="courier"),
    "902-c": replace(document("902-c"), publisher="echo", republishes=("900-a",)),
}
KNOWN = register(
    entity("gazette", "Media"),
    entity("courier", "Media"),
    entity("echo", "Media"),
    entity("council"),
    entity("constabulary"),
    entity("ministry"),
    entity("ada", "Person", institution="council"),
    groups=(group("side", "council", "constabulary"),),
    questions=(PART,),
    independence=(judged("side", "ministry", question="part"),),
)
SOURCES = Sources.of(KNOWN, PAPERS.values())


def said(
    number: int, *by: Any, edge: Edge = EDGE, paper: str = "900-a", premises: tuple[int, ...] = (), needs: str = "NeedsAny", **rest: Any
) -> Claim:  # fmt: skip
    """Claim `900-cN.1` of a paper, concluded from the claims of some numbers."""
    infers = (Inferring(1, tuple(name(p) for p in premises), "FromSigns", needs),) if premises else ()
    made = claim(*by, edge=edge, id=f"900-c{number}", infers=infers, **rest)
    return replace(made, document=PAPERS[paper])


def name(number: int) -> str:
    return f"900-c{number}.1"


def names(claims: Any) -> list[str]:
    return [claim.id for claim in claims]


_SPEAKERS = ("council", "constabulary", "ministry", "ada", "ferry-keeper")


@st.composite
def corpora(draw: st.DrawFn, most: int = 6) -> tuple[Claim, ...]:
    """A few claims; premises are earlier ones, so that no claim rests on itself."""
    claims: list[Claim] = []
    for number in range(1, draw(st.integers(1, most)) + 1):
        speaker = draw(st.sampled_from(_SPEAKERS))
        marks = draw(st.sampled_from(((), (), (), ("PartyToConflict",))))
        inner = draw(
            st.sampled_from(
                (
                    source(speaker, circumstances=marks),
                    source(speaker, circumstances=marks),
                    source(speaker, polarity="Denies"),
                    source(speaker, force="Asks"),
                    held("worker", "constabulary"),
                )
            )
        )
        outer = draw(st.sampled_from(((), (relay("author"),), (relay("author"), relay("gazette")))))
        earlier = tuple(range(1, number))
        premises = tuple(draw(st.lists(st.sampled_from(earlier), max_size=3, unique=True))) if earlier else ()
        claims.append(
            said(
                number,
                *outer,
                inner,
                edge=draw(st.sampled_from((EDGE, TOOK_PLACE, NO_PART, ORDERED))),
                paper=draw(st.sampled_from(tuple(PAPERS))),
                premises=premises,
                needs=draw(st.sampled_from(("NeedsAny", "NeedsAll"))),
                evidence=(draw(st.sampled_from(("PartyStatement", "EyewitnessAccount", "AnalystInference"))),),
            )
        )
    return tuple(claims)


def _some(*of: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(of), max_size=1)


withdrawals = st.builds(
    Withdrawal,
    documents=_some(*PAPERS),
    publishers=_some("gazette", "courier", "echo"),
    speakers=_some(*_SPEAKERS, "author", "worker"),
    groups=_some("side"),
    evidence=_some("PartyStatement", "AnalystInference"),
    parties=st.booleans(),
    minimum=st.integers(0, 2),
)
