"""Invented claims in any number, of a realistic shape: the same ones for the same number and seed.

A few actors say most of it (Zipf), through chains of one to three hops; papers print each other again;
one claim in twenty denies, one in twenty-five passes through custody, one in fifty is concluded from
others. Names mean nothing. Not a corpus: who or what is meant is nowhere said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from graph.columns import Columns, Csr, code, counted
from graph.vocabulary import vocabulary

NONE = -1
EVIDENCE = {
    "PartyStatement": 22, "OrganisationStatement": 14, "MediaReport": 14, "EyewitnessAccount": 8,
    "CustodialStatement": 4, "OfficialDocument": 4, "AnonymousOfficial": 5, "MonitorTally": 3, "VisualRecord": 2,
    "UnattributedStatement": 12, "AnalystInference": 5, "AuthorOpinion": 4, "ExpertOpinion": 2, "TemporalCoincidence": 1,
}  # fmt: skip


def generate(many: int, seed: int = 1) -> Columns:
    """That many claims as columns."""
    rng = np.random.default_rng(seed)
    actors, papers = max(60, many // 25), max(12, many // 12)
    people = _people(rng, actors)
    documents, upstream = _documents(rng, papers, people, actors)
    claims = _claims(rng, many, upstream)
    edge = claims["edge"]
    held = int(edge.max()) + 1
    hops = _hops(rng, people, claims.pop("speaker"), claims.pop("lengths"))
    pairs = np.empty((0, 2), np.int32)
    made = Columns(
        **people.columns(papers),
        **documents,
        **claims,
        **hops,
        **_steps(rng, claims["concluded"]),
        **_edges(rng, held),
        denying=Csr.of(()),
        contesting=Csr.of(()),
        conflicts=pairs,
        carried=pairs,
    )
    return _related(rng, made)


# ---- who ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _People:
    """Actors and their groups; the first groups of names are actors, then groups, then documents."""

    weight: NDArray[np.float64]
    institution: NDArray[np.int32]
    group: NDArray[np.int32]
    groups: int
    medium: NDArray[np.bool_]
    nobody: NDArray[np.bool_]

    def pick(self, rng: Generator, many: int, among: NDArray[np.bool_] | None = None) -> NDArray[np.int32]:
        weight = self.weight if among is None else self.weight * among
        return np.searchsorted(np.cumsum(weight / weight.sum())[:-1], rng.random(many), side="right").astype(np.int32)

    def columns(self, papers: int) -> dict[str, Any]:
        rest = self.groups + papers
        return {
            "names": tuple(f"{kind}-{at}" for kind, last in (("actor", len(self.weight)), ("group", self.groups), ("paper", papers)) for at in range(last)),
            "institution": np.append(self.institution, np.full(rest, NONE, np.int32)),
            "group": np.append(self.group, np.full(rest, NONE, np.int32)),
            "medium": np.append(self.medium, np.zeros(rest, bool)),
            "nobody": np.append(self.nobody, np.zeros(rest, bool)),
        }  # fmt: skip


def _people(rng: Generator, actors: int) -> _People:
    weight = rng.permutation(1.0 / (np.arange(actors) + 4))
    groups = max(3, actors // 25)
    spokes = rng.random(actors) < 0.06
    institution = np.where(spokes, rng.integers(0, actors, actors), NONE).astype(np.int32)
    group = np.where(rng.random(actors) < 0.15, actors + rng.integers(0, groups, actors), NONE).astype(np.int32)
    medium = rng.random(actors) < 0.1
    medium[:3] = True
    return _People(weight, institution, group, groups, medium, (rng.random(actors) < 0.05) & ~spokes)


# ---- where --------------------------------------------------------------------------------------------


def _documents(rng: Generator, papers: int, people: _People, actors: int) -> tuple[dict[str, Any], NDArray[np.int64]]:
    """Documents, and for one in eight the earlier one that it prints again."""
    publisher = people.pick(rng, papers, people.medium)
    upstream = np.where(rng.random(papers) < 0.125, (rng.random(papers) * np.arange(papers)).astype(np.int64), NONE)
    upstream[0] = NONE
    base, group = actors + people.groups, people.group
    first, prints, publishers = [], [], []
    for at, (own, above) in enumerate(zip(publisher.tolist(), upstream.tolist(), strict=True)):
        first.append(first[above] if above >= 0 else [own])
        prints.append([base + at, *(prints[above] if above >= 0 else ())])
        publishers.append([own, *(publishers[above] if above >= 0 else ())])
    days = 20310000 + 100 * rng.integers(1, 13, papers) + rng.integers(1, 29, papers)
    return {
        "document_name": np.arange(base, base + papers, dtype=np.int32),
        "published": days.astype(np.int32),
        "first": Csr.of(first),
        "prints": Csr.of(prints),
        "publishers": Csr.of(publishers),
        "sides": Csr.of([sorted({int(group[one]) for one in of if group[one] != NONE}) for of in publishers]),
    }, upstream


# ---- what ---------------------------------------------------------------------------------------------


def _one_of(rng: Generator, scheme: str, many: int, weights: dict[str | None, float]) -> NDArray[np.uint8]:
    """Codes of concepts in some proportion."""
    codes = np.array([code(scheme, name) for name in weights], np.uint8)
    shares = np.cumsum(list(weights.values())) / sum(weights.values())
    return codes[np.searchsorted(shares[:-1], rng.random(many), side="right")]


def _claims(rng: Generator, many: int, upstream: NDArray[np.int64]) -> dict[str, Any]:
    document = np.sort(rng.integers(0, len(upstream), many)).astype(np.int32)
    edge = (max(many * 2 // 5, 2) * rng.random(many) ** 1.7).astype(np.int64)
    again = _printed_again(rng, document, upstream)
    force = _one_of(
        rng, "Force", many, {"Asserts": 90, "Opines": 4, "Asks": 2, "Directs": 2, "Threatens": 1, "Promises": 1}
    )
    polarity = _one_of(rng, "Polarity", many, {"Affirms": 95, "Denies": 5})
    polarity[np.isin(force, [code("Force", "Asks"), code("Force", "Directs")])] = code("Polarity", "TakesNoSide")
    kinds = _one_of(rng, "EvidenceKind", many, EVIDENCE)
    twice = np.flatnonzero(rng.random(many) < 0.1)
    second = _one_of(rng, "EvidenceKind", len(twice), EVIDENCE)
    lengths = rng.choice([1, 2, 3], many, p=[0.35, 0.45, 0.2])
    evidence = Csr.by(np.append(np.arange(many), twice), np.append(kinds[again], second), many)
    return {
        "edge": np.unique(edge[again], return_inverse=True)[1].astype(np.int32),
        "document": document,
        "speaker": again,
        "lengths": np.minimum(lengths[again] + (again != np.arange(many)), 3),
        "mode": _one_of(rng, "Mode", many, {"Actual": 90, "Generic": 3, "Future": 4, "Conditional": 2, "Counterfactual": 1}),
        "reading": _one_of(rng, "Reading", many, {"Clear": 97, "Ambiguous": 2, "Garbled": 1}),
        "position": _one_of(rng, "Position", many, {"Body": 90, "Heading": 4, "Presupposed": 2, "Aside": 2, "Caption": 2}),
        "force": force[again],
        "polarity": polarity[again],
        "withheld": rng.random(many) < 0.005,
        "concluded": rng.random(many) < 0.02,
        "evidence": evidence,
    }  # fmt: skip


def _edges(rng: Generator, many: int) -> dict[str, Any]:
    """Subjects; one edge in 25 says that its subject took place, one in eight supposes that something else did."""
    subject, truth = rng.integers(0, max(many // 3, 1), many, np.int32), rng.random(many) < 0.04
    supposed = np.where((rng.random(many) < 0.125) & ~truth, rng.permutation(subject), NONE)
    repeated = np.ones(many, bool)
    repeated[np.unique(np.stack([subject, supposed], axis=1), axis=0, return_index=True)[1]] = False
    return {"subject": subject, "truth": truth, "supposed": np.where(repeated, NONE, supposed).astype(np.int32)}


def _printed_again(rng: Generator, document: NDArray[np.int32], upstream: NDArray[np.int64]) -> NDArray[np.int64]:
    """By claim, the claim that it repeats: one of the document that its own prints again; else itself."""
    starts = np.searchsorted(document, np.arange(len(upstream) + 1))
    above = upstream[document]
    sizes = np.where(above >= 0, starts[above + 1] - starts[above], 0)
    chosen = starts[above] + (rng.random(len(document)) * sizes).astype(np.int64)
    return np.where(sizes > 0, chosen, np.arange(len(document)))


def _hops(rng: Generator, people: _People, again: NDArray[np.int64], lengths: NDArray[np.int64]) -> dict[str, Any]:
    starts = np.concatenate([[0], np.cumsum(lengths)])
    many, last = int(starts[-1]), starts[1:] - 1
    inner = np.zeros(many, bool)
    inner[last] = True
    relays = people.pick(rng, many, people.medium), people.pick(rng, many)  # papers and their authors
    speaker = np.where(rng.random(many) < 0.4, *relays)
    speaker[last] = people.pick(rng, len(last))[again]
    keepers = people.pick(rng, many)
    held = rng.random(many) < np.where(inner, 0.035, 0.004)
    said = _one_of(rng, "Certainty", many, {"Certain": 86, "Probable": 8, "Possible": 4, "Unstated": 2})
    softened = _one_of(rng, "Certainty", many, {None: 94, "Probable": 4, "Possible": 2})
    relayed = _one_of(rng, "Commitment", many, {"Neutral": 78, "Endorses": 8, "Distances": 10, "Rejects": 4})
    parties = np.isin(speaker, np.argsort(-people.weight)[5:15])
    return {
        "hop_starts": starts.astype(np.int64),
        "hop_speaker": speaker,
        "hop_held": np.where(held, keepers, NONE).astype(np.int32),
        "hop_commitment": np.where(inner, code("Commitment", "OwnVoice"), relayed).astype(np.uint8),
        "hop_certainty": np.where(inner, said, softened).astype(np.uint8),
        "hop_party": parties & (rng.random(many) < 0.3),
    }


# ---- what claims do to each other ---------------------------------------------------------------------


def _steps(rng: Generator, concluded: NDArray[np.bool_]) -> dict[str, Any]:
    """Conclusions from one to three earlier claims."""
    concluded[0] = False
    claims = np.flatnonzero(concluded)
    sizes = rng.integers(1, 4, len(claims))
    premises = [
        sorted(set((rng.random(size) * at).astype(int).tolist())) for at, size in zip(claims, sizes, strict=True)
    ]
    return {
        "step_claim": claims.astype(np.int32),
        "step_joint": rng.random(len(claims)) < 0.5,
        "premises": Csr.of(premises),
    }


def _related(rng: Generator, made: Columns) -> Columns:
    """The same with coverage rules, figures that conflict or carry each other, and judgements of independence."""
    found = counted(made)
    adds = (found.discount == 0) & ~made.withheld & (made.polarity == code("Polarity", "Affirms"))
    adding = np.flatnonzero(adds & np.isin(made.mode, [code("Mode", "Actual"), code("Mode", "Generic")]))
    denied = np.unique(made.edge[made.polarity == code("Polarity", "Denies")])
    rules, pairs = max(4, len(made) // 5000), max(8, len(made) // 200)
    edges = len(made.subject)
    asked, established = _judged(rng, made, found.entity, adding, max(3, len(made) // 5000))
    return replace(
        made,
        denying=Csr.of(sorted(set(rng.choice(denied, 3).tolist())) for _ in range(rules)),
        contesting=Csr.of(sorted(set(rng.integers(0, edges, 6).tolist())) for _ in range(rules)),
        conflicts=_pairs(rng, adding, made.edge, pairs),
        carried=_carried(rng, made, found.entity, adding, asked.values, established),
        asked=asked,
        established=established,
    )


def _pairs(rng: Generator, claims: NDArray[np.int64], edge: NDArray[np.int32], many: int) -> NDArray[np.int32]:
    """Pairs of claims of two edges."""
    pairs = rng.choice(claims, (many, 2)).astype(np.int32)
    return pairs[edge[pairs[:, 0]] != edge[pairs[:, 1]]]


def _carried(
    rng: Generator,
    made: Columns,
    entity: NDArray[np.int32],
    adding: NDArray[np.int64],
    asked: NDArray[np.int32],
    established: NDArray[np.int32],
) -> NDArray[np.int32]:
    """Claims of judged names whose figure holds for that of a claim that answers a judged question."""
    ones = adding[np.isin(entity[adding], established[:, 1:])]
    others = adding[np.isin(made.edge[adding], asked)]
    pairs = np.stack([rng.choice(ones, len(others) // 4), rng.choice(others, len(others) // 4)], axis=1)
    return pairs[made.edge[pairs[:, 0]] != made.edge[pairs[:, 1]]].astype(np.int32)


def _judged(
    rng: Generator, made: Columns, entity: NDArray[np.int32], adding: NDArray[np.int64], questions: int
) -> tuple[Csr, NDArray[np.int32]]:
    """For every question some edges with several speakers, of whom a few are established as independent."""
    by_edge = Csr.by(made.edge[adding], entity[adding], len(made.subject))
    several = np.flatnonzero(np.diff(by_edge.starts) > 2)
    asked = [sorted(set(rng.choice(several, 12).tolist())) for _ in range(questions)]
    pairs: dict[tuple[int, int, int], None] = {}
    for question, edges in enumerate(asked):
        for at in edges[::2]:
            speaking = np.unique(by_edge[at])[:3].tolist()
            pairs.update({(question, a, b): None for a in speaking for b in speaking if a < b})
    return Csr.of(asked), np.array(list(pairs), np.int32).reshape(-1, 3)


# ---- the same as plain rows ---------------------------------------------------------------------------

Row = tuple[Any, ...]


def rows(columns: Columns) -> list[Row]:
    """Every claim as one tuple of numbers, words and tuples, as a program without columns would hold it.

    (edge, hops, kinds of evidence, mode, reading, position, force, polarity, withheld); a hop is (speaker,
    who held them or None, commitment, certainty or None).
    """

    def words(scheme: str, values: Any) -> list[str | None]:
        table = [None, *vocabulary().concepts(scheme)]
        return [table[value] for value in values.tolist()]

    held = [None if who == NONE else who for who in columns.hop_held.tolist()]
    hops = list(zip(columns.hop_speaker.tolist(), held, words("Commitment", columns.hop_commitment), words("Certainty", columns.hop_certainty), strict=True))  # fmt: skip
    kinds = words("EvidenceKind", columns.evidence.values)
    axes = [
        words(scheme, getattr(columns, scheme.lower()))
        for scheme in ("Mode", "Reading", "Position", "Force", "Polarity")
    ]
    return list(
        zip(
            columns.edge.tolist(),
            _cut(hops, columns.hop_starts),
            _cut(kinds, columns.evidence.starts),
            *axes,
            columns.withheld.tolist(),
            strict=True,
        )
    )


def _cut(values: Sequence[Any], starts: NDArray[np.int64]) -> list[tuple[Any, ...]]:
    at = starts.tolist()
    return [tuple(values[a:b]) for a, b in pairwise(at)]
