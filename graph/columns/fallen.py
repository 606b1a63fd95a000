"""What falls when sources are set aside: graph.origins.withdrawal.standing, over columns."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from graph.columns.table import NONE, Columns, Csr, Flags, Ints, code, codes, spread
from graph.origins import Withdrawal


class Bearing:
    """Which claims rest on what, so that a withdrawal costs what it fells; claims by `place`, their new numbers."""

    def __init__(self, columns: Columns, place: Ints, published: Ints, visible: Flags) -> None:
        self.columns = columns
        self.published = published
        self.visible = visible  # by place, as is published
        names, hops = len(columns.names), place[spread(columns.hop_starts)]
        held = columns.hop_held != NONE
        self._by_name = Csr.by(
            np.concatenate([columns.hop_speaker, columns.hop_held[held]]), np.concatenate([hops, hops[held]]), names
        )
        self._by_document = Csr.by(columns.document, place, len(columns.document_name))
        self._by_kind = Csr.by(columns.evidence.values, place[columns.evidence.rows], codes("EvidenceKind"))
        self._steps = place[columns.step_claim]
        self._premises = place[columns.premises.values]
        self._step = columns.premises.rows
        self._print, self._publisher, self._side = columns.prints.rows, columns.publishers.rows, columns.sides.rows
        self._marked = _first_marked(columns, published[hops], visible[hops])

    def parties(self, until: int) -> NDArray[np.int64]:
        """The names that a visible claim of that time marks as a party, with those that they count with."""
        found = self._marked <= until
        names = np.flatnonzero(found)
        return np.union1d(names, self.columns.counted[names])

    def fallen(self, withdrawal: Withdrawal, until: int) -> Flags:
        """By place, whether a claim falls; only claims published by then hold up others."""
        down = np.zeros(len(self.columns), bool)
        parties = self.parties(until) if withdrawal.parties else np.zeros(0, np.int64)
        groups = self._groups_gone(withdrawal, parties)
        either = bool(withdrawal.publishers or withdrawal.groups or withdrawal.parties)
        by_name, by_document = withdrawal.speakers or either, withdrawal.documents or either
        for rows, gone in (
            (self._by_name, self._names_gone(withdrawal, parties, groups) if by_name else ()),
            (self._by_document, self._documents_gone(withdrawal, groups) if by_document else ()),
            (self._by_kind, [code("EvidenceKind", kind) for kind in withdrawal.evidence]),
        ):
            down[rows.of_rows(np.asarray(gone, np.int64))] = True
        return self._concluded(down, until) if len(self._steps) and down.any() else down

    def _gone(self, names: Iterable[str]) -> Flags:
        table = np.zeros(len(self.columns.names) + 1, bool)  # the last one is asked for NONE and never set
        number = self.columns.number
        table[[number[name] for name in names if name in number]] = True
        return table

    def _names_gone(self, withdrawal: Withdrawal, parties: NDArray[np.int64], groups: Flags) -> NDArray[np.int64]:
        """The names that whoever speaks through them falls with."""
        c = self.columns
        speakers = self._gone(withdrawal.speakers)
        speakers[parties] = True
        own = speakers[:-1] | groups[c.group] | (c.medium & self._gone(withdrawal.publishers)[:-1])
        return np.flatnonzero(own | own[c.counted])

    def _groups_gone(self, withdrawal: Withdrawal, parties: NDArray[np.int64]) -> Flags:
        """The origin groups set aside, those of the parties among them."""
        groups, member = self._gone(withdrawal.groups), self.columns.group[parties]
        groups[member[member != NONE]] = True
        return groups

    def _documents_gone(self, withdrawal: Withdrawal, groups: Flags) -> NDArray[np.int64]:
        rows = np.zeros(len(self.columns.document_name), bool)
        for gone, found, row in (
            (self._gone(withdrawal.documents), self.columns.prints.values, self._print),
            (self._gone(withdrawal.publishers), self.columns.publishers.values, self._publisher),
            (groups, self.columns.sides.values, self._side),
        ):
            rows[row[gone[found]]] = True
        return np.flatnonzero(rows)

    def _concluded(self, down: Flags, until: int) -> Flags:
        """Claims fall with their premises, in turn: with one of joint premises, with all of pooled ones."""
        here = self.visible[self._premises] & (self.published[self._premises] <= until)
        many = np.bincount(self._step[here], minlength=len(self._steps))
        least = np.where(self.columns.step_joint, 1, many)
        while True:
            gone = np.bincount(self._step[here & down[self._premises]], minlength=len(self._steps))
            falling = self._steps[(many > 0) & (gone >= least)]
            if down[falling].all():
                return down
            down[falling] = True


def _first_marked(columns: Columns, published: Ints, visible: Flags) -> Ints:
    """By name, the day of the first visible claim that marks it as a party; beyond all days where none does."""
    first = np.full(len(columns.names), np.iinfo(np.int32).max, np.int32)
    marks = columns.hop_party & visible
    np.minimum.at(first, columns.hop_speaker[marks], published[marks])
    return first
