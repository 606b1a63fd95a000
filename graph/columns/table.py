"""Claims as integer columns, and what each column means; a store or a generator may fill them directly."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from graph.content import Edge
from graph.origins import last_day
from graph.vocabulary import vocabulary

Ints = NDArray[np.int32]
Codes = NDArray[np.uint8]
Flags = NDArray[np.bool_]

NONE = -1  # no name


@cache
def _codes(scheme: str) -> dict[str | None, int]:
    return {None: 0, **{name: at for at, name in enumerate(vocabulary().concepts(scheme), start=1)}}


def code(scheme: str, name: str | None) -> int:
    """The number of a concept of a scheme: from 1 in the order of ontology.ttl; 0 where none is stated."""
    return _codes(scheme)[name]


def codes(scheme: str) -> int:
    """How many codes a scheme has, 0 among them."""
    return len(_codes(scheme))


def marked(scheme: str, names: Iterable[str]) -> Flags:
    """By code of a scheme, whether it is one of some concepts."""
    table = np.zeros(len(_codes(scheme)), bool)
    table[[code(scheme, name) for name in names]] = True
    return table


def day(date: str) -> int:
    """The last day of a date as a number that sorts: 20220131 for 2022-01."""
    return int(last_day(date).replace("-", ""))


@dataclass(frozen=True, slots=True, eq=False)
class Csr:
    """Rows of unequal length: row `n` is `values[starts[n]:starts[n + 1]]`."""

    starts: NDArray[np.int64]
    values: Ints

    @classmethod
    def of(cls, rows: Iterable[Iterable[int]]) -> "Csr":
        """From rows written out."""
        listed = [tuple(row) for row in rows]
        starts = np.zeros(len(listed) + 1, np.int64)
        np.cumsum([len(row) for row in listed], out=starts[1:])
        return cls(starts, np.array([value for row in listed for value in row], np.int32))

    @classmethod
    def by(cls, row: Ints, values: Ints, rows: int) -> "Csr":
        """From pairs of row and value, in any order."""
        starts = np.zeros(rows + 1, np.int64)
        np.cumsum(np.bincount(row, minlength=rows), out=starts[1:])
        return cls(starts, values[np.argsort(row, kind="stable")].astype(np.int32, copy=False))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Ints:
        return self.values[self.starts[row] : self.starts[row + 1]]

    def of_rows(self, rows: NDArray[np.int64]) -> Ints:
        """The values of some rows, one row after another."""
        starts, sizes = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        before = np.cumsum(sizes) - sizes
        return self.values[np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))]

    @property
    def rows(self) -> Ints:
        """The row of every value."""
        return spread(self.starts)


def spread(starts: NDArray[np.int64]) -> Ints:
    """The row of every value of rows that begin at `starts`."""
    return np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))


def _no_pairs(width: int) -> Ints:
    return np.empty((0, width), np.int32)


@dataclass(frozen=True, eq=False, kw_only=True)
class Columns:
    """Claims as columns. Names, document rows, edges and claims are numbered from 0 in any order.

    Every entity, origin group and document id is a name, one number for one spelling. Concepts are
    numbers as `code` gives them.
    """

    # ---- by name
    names: tuple[str, ...]
    institution: Ints  # with which a name counts, or NONE
    group: Ints  # the origin group (a name) that it is a member of, or NONE
    medium: Flags  # whether it is a kind of Media
    nobody: Flags  # whether it is unidentified, with no institution to count with

    # ---- by document row (one id may have several rows, should claims disagree about it)
    document_name: Ints
    published: Ints  # the last day on which it may have been published, as `day` gives it
    first: Csr  # who published it first: itself, or what it prints again (names)
    prints: Csr  # the documents it rests on, itself among them (names)
    publishers: Csr  # the publishers it rests on (names)
    sides: Csr  # the origin groups of which those are members or organs (names)

    # ---- by edge
    subject: Ints  # any numbering: the same subject, the same number
    truth: Flags  # whether it says that its subject took place
    supposed: Ints  # the number of its object where it supposes that this took place too, or NONE

    # ---- by claim
    edge: Ints
    document: Ints  # the document row
    mode: Codes
    reading: Codes
    position: Codes
    force: Codes  # of the innermost hop, as is polarity
    polarity: Codes
    withheld: Flags
    concluded: Flags  # whether an inference on record leads to this edge of its utterance
    evidence: Csr  # codes of EvidenceKind

    # ---- by hop: those of claim n stand from hop_starts[n] to hop_starts[n + 1], outermost first
    hop_starts: NDArray[np.int64]
    hop_speaker: Ints
    hop_held: Ints  # who held the speaker, or NONE
    hop_commitment: Codes
    hop_certainty: Codes
    hop_party: Flags  # whether the speaker is marked as a party to the conflict

    # ---- by step of reasoning
    step_claim: Ints  # what is concluded
    step_joint: Flags  # whether it needs all of its premises
    premises: Csr  # claims

    # ---- what claims do to each other
    denying: Csr  # by coverage rule, the edges whose denial counts
    contesting: Csr  # by coverage rule, the edges that such a denial contests
    conflicts: Ints = field(default_factory=lambda: _no_pairs(2))  # pairs of claims whose figures cannot both hold
    carried: Ints = field(default_factory=lambda: _no_pairs(2))  # (one, other): the figure of one holds for the other's
    asked: Csr = field(default_factory=lambda: Csr.of(()))  # by judged question, the edges that answer it
    established: Ints = field(default_factory=lambda: _no_pairs(3))  # (judged question, name, name): independent there

    # ---- for whoever made them from claims
    claims: tuple[str, ...] = ()  # ids, by claim
    edges: tuple[Edge, ...] = ()  # by edge

    def __len__(self) -> int:
        return len(self.edge)

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of every name."""
        return {name: at for at, name in enumerate(self.names)}

    @cached_property
    def counted(self) -> Ints:
        """By name, the entity that a word of it counts with."""
        own = np.arange(len(self.names), dtype=np.int32)
        return np.where(self.institution == NONE, own, self.institution)

    @cached_property
    def key(self) -> Ints:
        """By name, what is counted for it: the group of the entity that it counts with, else that entity."""
        return np.where(self.group[self.counted] == NONE, self.counted, self.group[self.counted])
