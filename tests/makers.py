"""Model values made in one line, for tests of rules: a claim with everything at its default."""

from dataclasses import replace
from itertools import count
from typing import Any

from graph.content import Edge, Ref
from graph.model import (
    Claim,
    Custody,
    Document,
    Entity,
    Hop,
    IndependenceJudgement,
    OriginGroup,
    Paragraph,
    Passage,
    Published,
    Question,
    Record,
    Retraction,
    SourceRelation,
    Utterance,
)
from graph.origins import Register

EDGE = Edge("gate-opening", "occurredAt", Ref("low-gate"))
TAKEN_BACK = Retraction("2031-05-01", "coder-one", "ExtractionError", "for a test")
_numbers = count(1)


def source(speaker: str = "council", **axes: Any) -> Hop:
    """An innermost hop that asserts, affirms and is certain."""
    force = axes.get("force", "Asserts")
    side = "TakesNoSide" if force in ("Asks", "Recommends", "Directs") else "Affirms"
    return Hop(
        **{
            "speaker": speaker,
            "commitment": "OwnVoice",
            "force": force,
            "polarity": side,
            "certainty": "Certain",
            **axes,
        }
    )


def relay(speaker: str = "author", commitment: str = "Neutral", **axes: Any) -> Hop:
    """A relaying hop."""
    return Hop(speaker=speaker, commitment=commitment, **axes)


def held(speaker: str = "worker", by: str = "constabulary", **axes: Any) -> Hop:
    """An innermost hop in custody."""
    return source(speaker, circumstances=("InCustody",), held_by=Custody(by, "Explicit"), **axes)


def utterance(*by: Hop, edges: tuple[Edge, ...] = (EDGE,), **rest: Any) -> Utterance:
    """An utterance of one body sentence, evidence a party's statement."""
    name = rest.pop("id", None) or f"900-c{next(_numbers)}"
    fields = {"evidence": ("PartyStatement",), "passage": Passage(1), "says": "It is said.", **rest}
    return Utterance(id=name, by=by or (source(),), edges=edges, **fields)


def document(name: str = "900-a", published: str = "2031-04-10") -> Document:
    """A document without contents."""
    return Document(
        id=name,
        title=name,
        kind="NewsReport",
        publisher="gazette",
        author="author",
        language="en",
        published=Published(published, published, "printed"),
        captured="2031-04-11",
        text_quality="CleanText",
        leaning="None.",
        record=Record("coder-one", "2031-04-12"),
        digest=(Paragraph(1, "A paragraph."),),
        utterances=(),
    )


def claim(*by: Hop, edge: Edge = EDGE, paper: str = "900-a", published: str = "2031-04-10", **rest: Any) -> Claim:
    """A claim of an utterance of its own."""
    u = utterance(*by, edges=(edge,), **rest)
    return Claim(u.claim_id(1), edge, u, document(paper, published))


def retracted(one: Claim) -> Claim:
    """The same claim, taken back."""
    return replace(one, utterance=replace(one.utterance, retracted=TAKEN_BACK))


def entity(name: str, kind: str = "Organisation", **rest: Any) -> Entity:
    """An entity with its id as label."""
    return Entity(name, kind, (("en", name),), **rest)


def register(
    *entities: Entity,
    groups: tuple[OriginGroup, ...] = (),
    questions: tuple[Question, ...] = (),
    independence: tuple[IndependenceJudgement, ...] = (),
    documents: tuple[Document, ...] = (),
) -> Register:
    """A register of some entities, groups, questions and judgements."""
    return Register.of(entities, groups, questions, independence, documents)


def group(name: str, *members: str) -> OriginGroup:
    """A signed origin group."""
    return OriginGroup(name, name, members, "coder-one", "2031-04-13", "One chain of command.")


def judged(
    one: str, other: str, verdict: str = "Established", question: str = "q", name: str | None = None
) -> IndependenceJudgement:
    """A signed judgement of independence."""
    return IndependenceJudgement(
        name or f"ind-{one}-{other}",
        (one, other),
        question,
        f"Independence{verdict}",
        "coder-one",
        "2031-04-13",
        f"{one} and {other} each looked.",
    )


def related(one: str, kind: str, other: str, name: str | None = None) -> SourceRelation:
    """A signed relation between two sources."""
    made = name or f"rel-{one}-{other}".replace(".", "-")
    return SourceRelation(made, f"Relation{kind}", one, other, "coder-one", "2031-04-13", f"{one} leads to {other}.")
