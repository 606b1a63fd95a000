"""Commands for briefings: lint, changed."""

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph.briefing.changes import Changed, Unsupported, between, claims_of, since, told, unsupported
from graph.briefing.lint import Finding, findings
from graph.briefing.manifest import briefing
from graph.cli.show import note, say
from graph.errors import BriefingError
from graph.evidence import Archive

Command = Callable[[str, Any, str, str], Any]


def parsers(command: Command) -> None:
    """Add the commands; `command` makes one from its name, function, purpose and example."""
    made = command(
        "lint",
        lint,
        "hold the sentences of briefings against the claims they cite; exit 1 when there are findings",
        "  testimony lint briefing.md\n  testimony lint notebooks/*.ipynb --json\n"
        "  (cite as [@000-c12.1; @003-c4.1] before the full stop; mark your own frame with <!-- framing -->)",
    )
    made.add_argument("files", nargs="+", type=Path, metavar="FILE", help="Markdown (.md) or a notebook (.ipynb)")
    _common(made)
    made = command(
        "changed",
        changed,
        "show what changed between two builds, or since a briefing was written",
        "  testimony changed build-of-may build\n  testimony changed build --briefing briefing.md\n"
        "  testimony changed build-of-may build --briefing briefing.md --json",
    )
    made.add_argument("old", type=Path, metavar="OLD_BUILD", help="build folder; alone, the one a briefing is held to")
    made.add_argument("new", nargs="?", type=Path, metavar="NEW_BUILD", help="the later build folder")
    made.add_argument("--briefing", type=Path, metavar="FILE", help="say which of its sentences are unsupported now")
    made.add_argument("--json", action="store_true", help="print JSON")


def _common(made: Any) -> None:
    made.add_argument("--build", type=Path, default=Path("build"), metavar="DIR", help="build folder (default: build)")
    made.add_argument("--json", action="store_true", help="print JSON")


# ---- lint -------------------------------------------------------------------------------------------


def lint(given: Namespace) -> int:
    """Print the findings on some briefings; 1 when there are any."""
    archive = Archive.open(given.build)
    briefings = [briefing(path) for path in given.files]  # a bad file is refused before anything is printed
    read_in = sum(len(sentences) for sentences, _ in briefings)
    found = [one for sentences, held in briefings for one in findings(sentences, archive, held)]
    if given.json:
        say(
            json.dumps({"sentences": read_in, "findings": [asdict(one) for one in found]}, indent=2, ensure_ascii=False)
        )
        return 1 if found else 0
    for one in found:
        _show(one)
    counted = ", ".join(f"{number} {rule}" for rule, number in sorted(Counter(one.rule for one in found).items()))
    note(f"{read_in} sentences, {len(found)} findings{f': {counted}' if counted else ''}")
    return 1 if found else 0


def _show(one: Finding) -> None:
    say(f"{one.place}: [{one.rule}] {one.level}: {one.found}; fix: {one.fix}")
    say(f"  found:   {one.sentence}")
    if one.suggestion:
        say(f"  suggest: {one.suggestion}")


# ---- changed ----------------------------------------------------------------------------------------


def changed(given: Namespace) -> int:
    """Print what changed, and which sentences of a briefing are unsupported now; 1 when a sentence is."""
    if given.new is None and given.briefing is None:
        raise BriefingError(
            str(given.old), "one build and nothing to hold it against", "name a second build, or --briefing FILE"
        )
    sentences, held = briefing(given.briefing, pages=True) if given.briefing else ([], {})
    latest = Archive.open(given.new or given.old)
    now = claims_of(latest)
    if given.new is not None:
        found = between(Archive.open(given.old), latest)
    elif held:
        found = since(held, now)
    else:
        raise BriefingError(
            str(given.briefing),
            "no list of cited claims",
            "put in the comment `<!-- cited {…} -->`, or name two builds",
        )
    fallen = unsupported(sentences, found, now)
    if given.json:
        plain = {"changes": [asdict(one) for one in found], "unsupported": [asdict(one) for one in fallen]}
        say(json.dumps(plain, indent=2, ensure_ascii=False))
    else:
        _tell(found, fallen, given.briefing)
    return 1 if fallen else 0


def _tell(found: Sequence[Changed], fallen: Sequence[Unsupported], held_to: Path | None) -> None:
    for one in found:
        say(f"{one.kind}: {told(one)}")
    if not found:
        say("nothing changed")
    for lost in fallen:
        say(f"{lost.place}: unsupported: {lost.sentence}")
        for why in lost.why:
            say(f"  because {why}")
    if held_to is not None and not fallen:
        say("every cited sentence still stands on what it cites")
