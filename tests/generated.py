"""Generated columns written out again as model values, to ask the definition about the same claims."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from makers import document, entity, group, judged, retracted, utterance

from graph.columns import Columns
from graph.content import Edge, Ref, Truth
from graph.model import Claim, CoverageRule, Custody, Document, Hop, Inferring, Pattern, Published, Question
from graph.origins import Register
from graph.vocabulary import vocabulary


def _names(scheme: str, values: Any) -> list[str | None]:
    table = [None, *vocabulary().concepts(scheme)]
    return [table[value] for value in values.tolist()]


def written_edges(c: Columns) -> list[Edge]:
    """The edges by number, no two of them the same."""
    return [
        _edge(at, *row) for at, row in enumerate(zip(c.subject.tolist(), c.truth, c.supposed.tolist(), strict=True))
    ]


def _edge(at: int, subject: int, truth: bool, supposed: int) -> Edge:
    if truth:
        return Edge(f"thing-{subject}", f"did-{at}", Truth())
    if supposed >= 0:
        return Edge(f"thing-{subject}", "wasInvolvedIn", Ref(f"thing-{supposed}"))
    return Edge(f"thing-{subject}", "occurredAt", Ref(f"place-{at}"))


def _pattern(edge: Edge) -> Pattern:
    return Pattern(edge.subject, edge.predicate, edge.object.id if isinstance(edge.object, Ref) else "*")


def written_out(c: Columns) -> tuple[list[Claim], Register, list[Document]]:
    """Claims, register and documents of columns in which no figures are compared."""
    assert not len(c.conflicts)
    assert not len(c.carried)
    documents = _documents(c)
    edges = written_edges(c)
    hops, infers = _hops(c), _infers(c)
    axes = {scheme.lower(): _names(scheme, getattr(c, scheme.lower())) for scheme in ("Mode", "Reading", "Position")}
    kinds = _names("EvidenceKind", c.evidence.values)
    claims = []
    for at in range(len(c)):
        edge = edges[c.edge[at]]
        said = utterance(
            *hops[c.hop_starts[at] : c.hop_starts[at + 1]],
            id=f"900-c{at}",
            edges=(edge,),
            evidence=tuple(kinds[c.evidence.starts[at] : c.evidence.starts[at + 1]]),
            infers=tuple(infers[at]),
            **{axis: values[at] for axis, values in axes.items()},
        )
        claim = Claim(said.claim_id(1), edge, said, documents[c.document[at]])
        claims.append(retracted(claim) if c.withheld[at] else claim)
    return claims, _register(c, documents), documents


def _hops(c: Columns) -> list[Hop]:
    last = dict(zip((c.hop_starts[1:] - 1).tolist(), zip(_names("Force", c.force), _names("Polarity", c.polarity), strict=True), strict=True))  # fmt: skip
    commitments, certainties = _names("Commitment", c.hop_commitment), _names("Certainty", c.hop_certainty)
    return [
        Hop(
            c.names[speaker],
            commitments[at] or "",
            *last.get(at, (None, None)),
            certainties[at],
            circumstances=("PartyToConflict",) if c.hop_party[at] else (),
            held_by=None if held < 0 else Custody(c.names[held], "Explicit"),
        )
        for at, (speaker, held) in enumerate(zip(c.hop_speaker.tolist(), c.hop_held.tolist(), strict=True))
    ]


def _infers(c: Columns) -> dict[int, list[Inferring]]:
    found: dict[int, list[Inferring]] = defaultdict(list)
    for at, (concluded, joint) in enumerate(zip(c.step_claim.tolist(), c.step_joint.tolist(), strict=True)):
        premises = tuple(f"900-c{premise}.1" for premise in c.premises[at].tolist())
        found[concluded].append(Inferring(1, premises, "FromSigns", "NeedsAll" if joint else "NeedsAny"))
    return found


def _documents(c: Columns) -> list[Document]:
    made = []
    for row in range(len(c.document_name)):
        day = str(c.published[row])
        date = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        names = [c.names[name] for name in c.prints[row].tolist()]
        made.append(
            replace(
                document(names[0]),
                publisher=c.names[c.publishers[row][0]],
                published=Published(date, date, "printed"),
                republishes=tuple(names[1:2]),
            )
        )
    return made


def _register(c: Columns, documents: list[Document]) -> Register:
    entities, members = [], defaultdict(list)
    for at, name in enumerate(c.names):
        institution = c.names[c.institution[at]] if c.institution[at] >= 0 else None
        kind = "Media" if c.medium[at] else "Organisation"
        entities.append(entity(name, kind, institution=institution, unidentified=bool(c.nobody[at])))
        if c.group[at] >= 0:
            members[c.names[c.group[at]]].append(name)
    edges = written_edges(c)
    rules = tuple(
        CoverageRule(
            _pattern(edges[denied]),
            tuple(_pattern(edges[edge]) for edge in c.contesting[at].tolist()),
            "a",
            "2031",
            "…",
        )
        for at in range(len(c.denying))
        for denied in c.denying[at].tolist()
    )
    questions = [Question("covering", (("en", "?"),), "YesNo", (), covers=rules)]
    for at in range(len(c.asked)):
        patterns = tuple(_pattern(edges[edge]) for edge in c.asked[at].tolist())
        questions.append(Question(f"asked-{at}", (("en", "?"),), "YesNo", patterns))
    independence = [
        judged(c.names[one], c.names[other], question=f"asked-{question}")
        for question, one, other in c.established.tolist()
    ]
    groups = [group(name, *of) for name, of in members.items()]
    return Register.of(entities, groups, questions, independence, documents)
