"""Commands that weigh: origins, disagreements, withdraw, as-of, fragility."""

import json
from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from graph.cli.show import note, say, table
from graph.errors import NotFoundError
from graph.evidence import Archive
from graph.evidence.weighing import ChangeTold, Weighing
from graph.export import weighed
from graph.origins import Asked, Carrier, Change, Disagreement, Drift, Fragility, Withdrawal
from graph.rdf import proposition_id
from graph.vocabulary import vocabulary


def _open(given: Namespace) -> Weighing:
    return Weighing(Archive.open(given.build))


def _dump(value: Any) -> int:
    say(json.dumps(value, indent=2, ensure_ascii=False))
    return 0


def _lines(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


# ---- origins ----------------------------------------------------------------------------------------


def origins(given: Namespace) -> int:
    """Unfold the edges of an edge, a claim or an entity."""
    weighing = _open(given)
    title, edges = weighing.named(given.name)
    if given.json:
        return _dump(
            {
                "title": title,
                "edges": [asdict(weighing.unfold(edge)) for edge in edges[: given.limit]],
                "total": len(edges),
            }
        )
    say(f"{title}: what stands behind each edge")
    if not edges:
        say(_SILENT)
    for edge in edges[: given.limit]:
        _lines(weighed.unfolded_lines(weighing.unfold(edge)))
    _rest(len(edges), given.limit, "edges")
    return 0


_SILENT = "no visible claim of this corpus is about it; that is no statement about the world"


def _rest(number: int, limit: int, what: str) -> None:
    if number > limit:
        note(f"{limit} of {number} {what} shown; --limit {number} shows all")


# ---- fragility --------------------------------------------------------------------------------------


def fragile(given: Namespace) -> int:
    """Show without which sources an edge, or each edge of an entity, falls."""
    weighing = _open(given)
    title, edges = weighing.named(given.name)
    found = sorted((weighing.fragility(edge) for edge in edges), key=lambda one: (one.least is None, one.least or 0))
    if given.json:
        return _dump(
            {"title": title, "edges": [_fragile(one, weighing) for one in found[: given.limit]], "total": len(edges)}
        )
    say(f"{title}: without which sources nobody affirms it")
    if not edges:
        say(_SILENT)
    for one in found[: given.limit]:
        _lines(weighed.fragility_lines(one, weighing.told(one.edge), weighing))
    _rest(len(edges), given.limit, "edges")
    return 0


def _fragile(one: Fragility, weighing: Weighing) -> dict[str, Any]:
    ways = [[[_carrier(carrier, weighing) for carrier in choice] for choice in way] for way in one.ways]
    return {
        "edge": asdict(weighing.told(one.edge)),
        "affirming": one.affirming,
        "falls_without": ways,
        "cut_at": one.cut,
    }


def _carrier(carrier: Carrier, weighing: Weighing) -> dict[str, str]:
    return {"kind": carrier.kind, "id": carrier.id, "words": weighing.carrier(carrier)}


# ---- withdraw ---------------------------------------------------------------------------------------


def withdraw(given: Namespace) -> int:
    """Show what changes without some sources; without any, what the corpus rests on."""
    weighing = _open(given)
    asked = Withdrawal(
        weighing.checked("document", given.document),
        weighing.checked("publisher", given.publisher),
        weighing.checked("speaker", given.speaker),
        weighing.checked("group", given.group),
        weighing.kinds(given.evidence),
        given.parties,
        given.below or 0,
    )
    if asked == Withdrawal():
        return _loads(weighing, given)
    change, left, gone = weighing.withdraw(asked)
    words = weighed.withdrawn_words(asked, gone, weighing)
    groups = {
        "fallen": weighing.changes(change.fallen, left),
        "restated": weighing.changes((one for one in change.edges if one.restated), left),
        "otherwise": weighing.changes((one for one in change.changed if not one.falls and not one.restated), left),
    }
    if given.json:
        return _dump({"withdrawn": words, **_change(change, groups, weighing)})
    say(f"Without {'; '.join(words)}")
    say(weighed.change_counted(change))
    if not change.changed:
        say("nothing changes")
    _changes("not shown any more", groups["fallen"], given.limit, ("with it", "without"))
    _changes("drawn otherwise", groups["restated"], given.limit, ("with it", "without"))
    _changes("same status, for other reasons or fewer claims", groups["otherwise"], given.limit, ("with it", "without"))
    _disagreements(change, weighing, ("disagreements that vanish", "disagreements that appear"))
    note("a view only: nothing was written, and the whole is back with the next command")
    return 0


def _changes(title: str, found: Sequence[ChangeTold], limit: int, words: tuple[str, str]) -> None:
    if found:
        _lines(weighed.hung(f"{title} ({len(found)})", [weighed.change_lines(one, *words) for one in found[:limit]]))
        _rest(len(found), limit, f"edges {title}")


def _disagreements(change: Change, weighing: Weighing, titles: tuple[str, str]) -> None:
    for title, found in zip(titles, (change.vanished, change.appeared), strict=True):
        _lines(weighed.opposed_lines(f"{title} ({len(found)})", found, weighing))


def _change(change: Change, groups: dict[str, list[ChangeTold]], weighing: Weighing) -> dict[str, Any]:
    return {
        "claims": {"before": change.claims_before, "after": change.claims_after},
        **{name: [asdict(one) for one in found] for name, found in groups.items()},
        "disagreements": {
            "vanished": [_opposed(one, weighing) for one in change.vanished],
            "appeared": [_opposed(one, weighing) for one in change.appeared],
        },
    }


def _opposed(one: Disagreement, weighing: Weighing) -> dict[str, Any]:
    edges = {"edge": one.edge, "against": one.against}
    return {
        "kind": one.kind,
        **{name: {"proposition": proposition_id(e), "says": weighing.sentence(e)} for name, e in edges.items()},
        "status": "contested",
        "claims": one.claims,
        "opposed": one.opposed,
        "questions": one.questions,
        "why": one.why,
        "words": weighing.opposed(one),
    }


def _loads(weighing: Weighing, given: Namespace) -> int:
    found = weighing.loads()
    if given.json:
        return _dump(
            {
                "withdrawn": [],
                "loads": [
                    {
                        "carriers": [_carrier(c, weighing) for c in load.carriers],
                        "edges": load.edges,
                        "claims": load.claims,
                    }
                    for load in found
                ],
            }
        )
    if not found:
        say("no visible claim: nothing rests on anything")
        return 0
    title = f"Nothing is withdrawn. What the corpus rests on: edges and claims that fall without it alone, of {len(weighing.by_edge)} edges"
    table(("without", "edges fall", "claims fall"), weighed.load_rows(found[: given.limit], weighing), title)
    _rest(len(found), given.limit, "sources")
    return 0


# ---- as of ------------------------------------------------------------------------------------------


def as_of(given: Namespace) -> int:
    """Show what was known on a date, and what has changed since."""
    weighing = _open(given)
    known, change = weighing.as_of(given.date, given.record)
    clock = "by record" if given.record else "by publication"
    groups = {
        "since": weighing.changes((one for one in change.edges if one.appears), weighing.claims, known),
        "restated": weighing.changes((one for one in change.edges if one.restated), weighing.claims, known),
        "fallen": weighing.changes(change.fallen, weighing.claims, known),
    }
    statuses = _statuses(change)
    if given.json:
        return _dump({"date": given.date, "clock": clock, "statuses": statuses, **_change(change, groups, weighing)})
    documents = len({claim.document.id for claim in known})
    say(
        f"As known on {given.date}, {clock}: {change.claims_before} of {weighed.count(change.claims_after, 'claim')}"
        f" in {documents} of {weighed.count(len(weighing.archive.documents), 'document')}"
    )
    if not known:
        say("nothing was known yet; that is no statement about the world")
    say("; ".join(f"{number} {label}" for label, number in statuses.items()))
    _changes("drawn otherwise since", groups["restated"], given.limit, ("then", "now"))
    _changes("not shown any more", groups["fallen"], given.limit, ("then", "now"))
    _changes("said since", groups["since"], given.limit, ("then", "now"))
    _disagreements(change, weighing, ("disagreements gone since", "disagreements since"))
    return 0


def _statuses(change: Change) -> dict[str, int]:
    """How many edges were drawn in each status, the most cautious first."""
    ranked = sorted(vocabulary().concepts("DrawnStatus").values(), key=lambda c: int(c.facts["cautionRank"]))
    found = [one.before.status for one in change.edges if one.before is not None]
    return {c.label: found.count(c.name) for c in ranked if c.name in found}


# ---- disagreements ----------------------------------------------------------------------------------


def disagreements(given: Namespace) -> int:
    """List the questions with their disagreements, or unfold one question."""
    weighing = _open(given)
    asked = {one.question.id: one for one in weighing.asked()}
    if given.question is not None:
        if given.question not in asked:
            raise NotFoundError("question", given.question, tuple(asked))
        return _question(asked[given.question], weighing, given.json)
    outside = [one for one in weighing.disagreements() if not one.questions]
    moved = [drift for drift in weighing.drifts() if drift.moved]
    if given.json:
        return _dump(
            {
                "questions": [dict(zip(_COLUMNS, _row(one), strict=True)) for one in asked.values()],
                "outside": [_opposed(one, weighing) for one in outside],
                "drifts": [_drift(one, weighing) for one in moved],
            }
        )
    rows = [[str(cell) for cell in _row(one)] for one in asked.values() if one.answers]
    if rows:
        table(_COLUMNS, rows, "Questions that somebody answers")
    else:
        say("nobody in this corpus answers a question; silence is no agreement")
    _lines(weighed.opposed_lines(f"outside any question ({len(outside)})", outside, weighing))
    if moved:
        say(f"wordings that move ({len(moved)})")
        for one in moved[: given.limit]:
            _lines(weighed.drift_lines(one, weighing))
        _rest(len(moved), given.limit, "wordings")
    note("unfold one question with: testimony disagreements QUESTION")
    return 0


_COLUMNS = ("question", "asks", "answers", "contested", "figures in conflict", "figures not compared")


def _row(one: Asked) -> tuple[str, str, int, int, int, int]:
    contested = sum(answer.drawn.status == "DrawnContested" for answer in one.answers)
    conflicts = sum(pair.conflict for pair in one.comparisons)
    apart = sum(not pair.comparable for pair in one.comparisons)
    return one.question.id, dict(one.question.label)["en"], len(one.answers), contested, conflicts, apart


def _question(one: Asked, weighing: Weighing, as_json: bool) -> int:
    edges = {answer.edge for answer in one.answers}
    moved = [drift for drift in weighing.drifts() if drift.moved and edges.intersection(s.edge for s in drift.steps)]
    if not as_json:
        _lines(weighed.question_lines(one, weighing))
        for drift in moved:
            _lines(weighed.drift_lines(drift, weighing))
        return 0
    return _dump(
        {
            "question": one.question.id,
            "asks": dict(one.question.label)["en"],
            "answers": [
                {"edge": asdict(weighing.told(answer.edge)), "given": [asdict(given) for given in answer.given]}
                for answer in one.answers
            ],
            "figures": [
                {
                    "first": proposition_id(pair.first),
                    "second": proposition_id(pair.second),
                    "comparable": pair.comparable,
                    "conflict": pair.conflict,
                    "why": pair.why,
                }
                for pair in one.comparisons
            ],
            "disagreements": [_opposed(found, weighing) for found in one.disagreements],
            "drifts": [_drift(drift, weighing) for drift in moved],
        }
    )


def _drift(drift: Drift, weighing: Weighing) -> list[dict[str, Any]]:
    return [
        {
            "claim": step.claim,
            "edge": proposition_id(step.edge),
            "drawn": weighing.drawn_words(step.edge),
            "speaker": step.speaker,
            "relay": step.relay,
            "when": step.when,
            "document": step.document,
            "certainty": step.certainty,
            "position": step.position,
            "moves": [asdict(move) for move in step.moves],
        }
        for step in drift.steps
    ]
