"""What the commands that weigh take, with help and examples."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graph.cli import weigh
from graph.corpus.dates import is_date

LIMIT = 20
Command = Callable[[str, Any, str, str], ArgumentParser]


def parsers(command: Command) -> None:
    """Add the commands; `command` makes one from its name, function, purpose and example."""
    made = command(
        "origins",
        weigh.origins,
        "unfold documents, publishers, origins and groups behind an edge, a claim or an entity",
        "  testimony origins 003-c18.1\n  testimony origins turkish-state",
    )
    _name(made, "EDGE|CLAIM|ENTITY")
    made = command(
        "disagreements",
        weigh.disagreements,
        "list the questions on which sources disagree, or unfold one",
        "  testimony disagreements held-count",
    )
    made.add_argument("question", nargs="?", metavar="QUESTION", help="a question id")
    _common(made)
    made = command(
        "withdraw",
        weigh.withdraw,
        "show what changes without some sources; without any option, what the corpus rests on",
        "  testimony withdraw --publisher anf\n  testimony withdraw --parties\n"
        "  testimony withdraw --evidence analyst-inference --below 2",
    )
    for kind, what in (
        ("document", "a document, and what prints it again"),
        ("publisher", "a publisher, and what it relays elsewhere"),
        ("speaker", "a speaker or custodian, wherever they stand in a chain"),
        ("group", "every member of an origin group"),
        ("evidence", "a kind of evidence, by its token"),
    ):
        metavar = "KIND" if kind == "evidence" else "X"
        made.add_argument(f"--{kind}", action="append", default=[], metavar=metavar, help=f"{what}; may be repeated")
    made.add_argument("--parties", action="store_true", help="every speaker marked as a party to the conflict")
    made.add_argument("--below", type=_number, metavar="N", help="edges with fewer than N independent origins")
    _common(made)
    made = command(
        "as-of",
        weigh.as_of,
        "show what was known on a date, and what has changed since",
        "  testimony as-of 2022-01-31\n  testimony as-of 2026-11 --record",
    )
    made.add_argument("date", type=_date, metavar="DATE", help="a year, month or day; its end counts")
    made.add_argument("--record", action="store_true", help="by when it was put on record here, not by publication")
    _common(made)
    made = command(
        "fragility",
        weigh.fragile,
        "show the smallest sets of sources without which an edge, or each edge of an entity, falls",
        "  testimony fragility 003-c18.1\n  testimony fragility hasakah-prison-attack --limit 5",
    )
    _name(made, "EDGE|ENTITY")


def _name(made: ArgumentParser, metavar: str) -> None:
    words = "an entity id or name, a claim id, or a proposition's 32 digits"
    made.add_argument("name", metavar=metavar, help=words)
    _common(made)


def _common(made: ArgumentParser) -> None:
    made.add_argument("--limit", type=_number, default=LIMIT, metavar="N", help=f"shown at most (default: {LIMIT})")
    made.add_argument("--build", type=Path, default=Path("build"), metavar="DIR", help="build folder (default: build)")
    made.add_argument("--json", action="store_true", help="print JSON")


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def _date(text: str) -> str:
    if not is_date(text):
        raise ArgumentTypeError(f"{text!r} is not a date; write 2031, 2031-04 or 2031-04-05")
    return text
