"""What the evidence carries, as text: every edge with its status, the reason, and whose word it is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from graph.evidence import ClaimEvidence
from graph.evidence.weighing import BackTold, ChangeTold, EdgeTold, OriginTold, Unfolded, Weighing
from graph.export.tree import branch
from graph.origins import (
    Asked,
    Carrier,
    Change,
    Disagreement,
    Drift,
    Fragility,
    Load,
    Move,
    Step,
    Withdrawal,
    move_words,
)
from graph.vocabulary import vocabulary

_SIDES = {"Affirms": "affirmed", "Denies": "denied", "TakesNoSide": "raised"}
_MARKS = {"harder": "▲ harder", "softer": "▽ softer", "other": "◇ different"}


def count(number: int, word: str) -> str:
    """A number with its word, in the singular where it is one."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def hung(title: str, blocks: Sequence[Sequence[str]]) -> list[str]:
    """Blocks of lines under a title."""
    lines = [title]
    for number, block in enumerate(blocks, start=1):
        lines += branch(block, number == len(blocks))
    return lines


def edge_lines(edge: EdgeTold) -> list[str]:
    """An edge: status and words, the reason, the source."""
    return [
        f"{_glyph(edge)} {_status(edge)}: {edge.says}",
        f"  because {edge.why}",
        f"  {edge.said or 'said by nobody in view'} (in {', '.join(edge.documents) or 'no document in view'})",
    ]


def _glyph(edge: EdgeTold) -> str:
    glyphs = {c.notation: c.facts["glyph"] for c in vocabulary().concepts("DrawnStatus").values()}
    return glyphs[edge.status.id]


def _status(edge: EdgeTold) -> str:
    return f"{edge.status.label}, only said not to be so" if edge.status.id == "negated" else edge.status.label


def change_lines(change: ChangeTold, was: str, now: str) -> list[str]:
    """An edge before and after."""
    shown = change.before or change.after
    if shown is None:
        return [change.why]
    before = f"{_status(change.before)}, because {change.before.why}" if change.before else "not said yet"
    after = f"{_status(change.after)}, because {change.why}" if change.after else f"not shown, because {change.why}"
    return [
        f"{shown.says}",
        f"  {was}: {before}",
        f"  {now}: {after}",
        f"  {shown.said} (in {', '.join(shown.documents)})",
    ]


# ---- withdrawal ---------------------------------------------------------------------------------------


def withdrawn_words(asked: Withdrawal, gone: frozenset[Carrier], weighing: Weighing) -> list[str]:
    """What is set aside, each with its kind."""
    kinds = vocabulary().concepts("EvidenceKind")
    named = [weighing.carrier(one) for one in sorted(asked.carriers) if one.kind != "evidence"]
    named += [f"evidence: {kinds[kind].label}" for kind in sorted(asked.evidence)]
    if asked.parties:
        parties = [weighing.carrier(one) for one in sorted(gone - asked.carriers)]
        named.append(f"the parties to the conflict ({', '.join(parties) or 'none is marked as one'})")
    if asked.minimum:
        named.append(f"edges with fewer than {count(asked.minimum, 'independent origin')}")
    return named


def change_counted(change: Change) -> str:
    """How much stays, falls and is drawn otherwise, in one line."""
    restated = sum(one.restated for one in change.edges)
    return (
        f"{change.claims_after} of {count(change.claims_before, 'claim')} stay; "
        f"{count(len(change.fallen), 'edge')} not shown any more, {restated} drawn otherwise, "
        f"{count(len(change.vanished), 'disagreement')} gone"
    )


# ---- origins ----------------------------------------------------------------------------------------


def unfolded_lines(found: Unfolded) -> list[str]:
    """Documents → publishers → origins → groups, and under each origin the chains that lead here."""
    edge = found.edge
    groups = sum(1 for origin in found.origins if origin.group is not None)
    summary = (
        f"{count(len(edge.claims), 'claim')} in {count(len(found.documents), 'document')}"
        f" → {count(len(found.publishers), 'publisher')}"
        f" → {count(len(found.origins), 'origin')}{f', {groups} of them a group that counts as one' if groups else ''}"
    )
    blocks = [[summary]]
    back: dict[str, list[str]] = defaultdict(list)
    for step in found.upstream:
        back[step.claim] += _back(step)

    def hang(title: str, claims: Iterable[ClaimEvidence]) -> list[str]:
        return hung(title, [[*_chain(claim), *back[claim.claim]] for claim in claims])

    blocks += [hang(_origin(origin), origin.claims) for origin in found.origins]
    if found.denials:
        blocks.append(hang("denied", found.denials))
    if found.barren:
        barren = [[*_chain(c), f"  because {c.discount}", *back[c.claim]] for c in found.barren]
        blocks.append(hung("adds no origin", barren))
    first, *rest = edge_lines(edge)
    return [first, *rest, *(line for n, block in enumerate(blocks, 1) for line in branch(block, n == len(blocks)))]


def _origin(origin: OriginTold) -> str:
    return f"origin {origin.group.label} (group {origin.group.id})" if origin.group else f"origin {origin.origin.label}"


def _chain(claim: ClaimEvidence) -> list[str]:
    hops = [hop.speaker.label + (f" [held by {hop.held_by.label}]" if hop.held_by else "") for hop in claim.chain[::-1]]
    document = claim.document
    return [f"{claim.claim}: {' › '.join(hops)} › {document.id} ({document.publisher.label}, {document.published_to})"]


def _back(step: BackTold) -> list[str]:
    """What a claim goes back to, and who says so for which reason."""
    how = "goes back to" if step.kind.id == "relays" else step.kind.label
    lead = how if step.of == step.claim else f"{step.of} in turn {how}"
    held = "; itself on words in custody" if step.in_custody else ""
    source = f"{step.speaker.label}, {step.document}, {step.published}, {step.status.label}{held}"
    words = f"{step.says} ({source})" if step.says else f"no longer shown: it was taken back ({step.document})"
    return [
        f"  {lead} {step.to}: {words}",
        f"    because {step.reason} ({step.relation}, signed by {step.signer.label}, {step.signed_at})",
    ]


# ---- fragility --------------------------------------------------------------------------------------


def fragility_lines(found: Fragility, edge: EdgeTold, weighing: Weighing) -> list[str]:
    """An edge and the smallest sets of sources without which nobody affirms it."""
    lines = edge_lines(edge)
    if not found.affirming:
        return [*lines, "└─ nobody affirms it as so: there is no support to fall"]
    blocks = [[" and ".join(_choice(choice, weighing) for choice in way)] for way in found.ways]
    head = f"affirmed in {count(len(found.affirming), 'claim')} ({', '.join(found.affirming)}); falls without any of:"
    if found.cut is not None:
        blocks.append([f"cut at sets of {found.cut}: larger ones were not sought"])
    return [*lines, *branch(hung(head, blocks), last=True)]


def _choice(choice: Sequence[Carrier], weighing: Weighing) -> str:
    words = " or ".join(weighing.carrier(carrier) for carrier in choice)
    return f"[{words}]" if len(choice) > 1 else words


def load_rows(loads: Iterable[Load], weighing: Weighing) -> list[tuple[str, ...]]:
    """Rows of a table: what carries, and what falls without it alone."""
    return [
        (" = ".join(weighing.carrier(carrier) for carrier in load.carriers), str(load.edges), str(len(load.claims)))
        for load in loads
    ]


# ---- disagreements ----------------------------------------------------------------------------------


def question_lines(asked: Asked, weighing: Weighing) -> list[str]:
    """A question with its answers, what can be compared, and who denies what."""
    blocks = [_answer(asked, number, weighing) for number in range(len(asked.answers))]
    paired = {frozenset((pair.first, pair.second)) for pair in asked.comparisons}  # shown below, pair by pair
    blocks += [
        [weighing.opposed(one)]
        for one in asked.disagreements
        if one.kind != "figures" or frozenset(one.contested) not in paired
    ]
    figures = [
        [
            f"{'conflict' if pair.conflict else 'compared' if pair.comparable else 'not compared'}: {pair.why}",
            *(f"  {weighing.drawn_words(edge)}" for edge in (pair.first, pair.second)),
        ]
        for pair in asked.comparisons
    ]
    if not asked.answers:
        blocks = [["nobody in this corpus answers; silence is no answer"]]
    return hung(f"{dict(asked.question.label)['en']} ({asked.question.id})", [*blocks, *figures])


def _answer(asked: Asked, number: int, weighing: Weighing) -> list[str]:
    answer = asked.answers[number]
    lines = edge_lines(weighing.told(answer.edge))[:2]
    for given in answer.given:
        relays = "".join(f", relayed by {weighing.label(name)}" for name in given.relays[::-1])
        side = _SIDES[given.side]
        lines.append(
            f"  {given.claim}: {side} by {weighing.label(given.speaker)}{relays}; {given.when}, {given.document}"
        )
    return lines


def opposed_lines(title: str, found: Iterable[Disagreement], weighing: Weighing) -> list[str]:
    """Disagreements under a title; nothing where there are none."""
    blocks = [[weighing.opposed(one)] for one in found]
    return hung(title, blocks) if blocks else []


def drift_lines(drift: Drift, weighing: Weighing) -> list[str]:
    """One matter from its origin through its repetitions, each move marked."""
    blocks = [
        [_step(step, weighing), *(f"  {_move(move, weighing.label)}" for move in step.moves)] for step in drift.steps
    ]
    return hung(weighing.drawn_words(drift.steps[0].edge), blocks)


def _step(step: Step, weighing: Weighing) -> str:
    how = "relayed by" if step.relay else "said by"
    position = vocabulary().concept("Position", step.position).label
    certainty = vocabulary().concept("Certainty", step.certainty).label
    return f"{step.when} {step.claim}: {how} {weighing.label(step.speaker)}, {certainty}, {position} ({step.document})"


def _move(move: Move, label: Callable[[str], str]) -> str:
    was, now = move_words(move, label)
    return f"{_MARKS[move.direction]}: {move.aspect} {was} → {now}"
