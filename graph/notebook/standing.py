"""The questions of weight, asked of what stands under a lens, and what differs from what stood before."""

from collections.abc import Sequence
from functools import cached_property

from graph.content import Edge
from graph.evidence import Archive
from graph.evidence.weighing import ChangeTold, Weighing
from graph.export import weighed
from graph.lens import Lens, View, Views
from graph.model import Claim, SourceRelation
from graph.origins import Change, Register, Sources, change, last_day, register_by, withdrawn
from graph.rdf import proposition_id

MOST = 20  # edges of one kind in a summary


class Stood(Weighing):
    """A weighing over some claims of a build, with the judgements that had been signed by then."""

    def __init__(self, archive: Archive, claims: Sequence[Claim], register: Register, recorded: str = "") -> None:
        super().__init__(archive)
        self.register = register
        self.sources = Sources(register, archive.documents)
        self._left = tuple(claims)
        self._recorded = recorded

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that stand."""
        return self._left

    @cached_property
    def relations(self) -> tuple[SourceRelation, ...]:
        """Those between what stands, signed by then: nothing goes back to a claim that is not in view."""
        gone = set(self.archive.claim_ids()).difference(claim.id for claim in self._left)
        until = last_day(self._recorded) if self._recorded else ""
        return tuple(
            relation
            for relation in super().relations
            if gone.isdisjoint((relation.source, relation.target)) and (not until or last_day(relation.at) <= until)
        )


def weighing_of(views: Views, view: View) -> Weighing:
    """The weighing of a view; that of the build where nothing is withdrawn and no date set."""
    whole, lens = views.weighing, view.lens
    if view.standing.claims is None:
        return whole
    register = register_by(whole.register, lens.recorded) if lens.recorded else whole.register
    return Stood(views.archive, view.standing.claims, register, lens.recorded)


def changed(was: Weighing, now: Weighing, before: View, after: View) -> Change:
    """What differs between two views: of what the first did not show, nothing can fall."""
    found = change(was.claims, now.claims, was.register, now.register, after.lens.origins)
    shown = {row.proposition for row in before.rows}

    def seen(edge: Edge) -> bool:
        return proposition_id(edge) in shown

    return Change(
        tuple(one for one in found.edges if one.before is None or seen(one.edge)),
        tuple(one for one in found.vanished if all(map(seen, one.contested))),
        found.appeared,
        len(before.rows),
        len(after.rows),
    )


def lens_words(lens: Lens, whole: Weighing) -> list[str]:
    """What a lens sets aside and when it looks."""
    gone = withdrawn(lens.withdrawal, whole.claims, whole.sources)
    words = [f"as published by {lens.as_of}"] if lens.as_of else []
    words += [f"as on record by {lens.recorded}"] if lens.recorded else []
    words += [f"without {one}" for one in weighed.withdrawn_words(lens.withdrawal, gone, whole)]
    least = f"only edges with at least {weighed.count(lens.origins, 'independent origin')}"
    return [*words, *([least] if lens.origins else [])]


def change_told(found: Change, gone: Sequence[ChangeTold], again: Sequence[ChangeTold]) -> list[str]:
    """The summary of a change: how many, and the first of each kind with status and source."""
    lines = [weighed.change_counted(found)]
    for title, told in (("not shown any more", gone), ("drawn otherwise", again)):
        if told:
            blocks = [weighed.change_lines(one, "before", "now") for one in told[:MOST]]
            more = [[f"and {len(told) - MOST} more"]] if len(told) > MOST else []
            lines += weighed.hung(f"{title} ({len(told)})", [*blocks, *more])
    return lines
