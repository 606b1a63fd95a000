"""What the magics take. A parser here never ends the kernel: what is wrong is one line, help is a text."""

import shlex
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from typing import NoReturn

from graph.errors import TestimonyError


class OptionError(TestimonyError):
    """What follows a magic is not what it takes."""

    def __init__(self, magic: str, found: str) -> None:
        super().__init__(f"{magic}: {found}; fix: see {magic} -h")


class NoGraphError(TestimonyError):
    """No variable of the notebook holds a graph under this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no graph is open as {name!r}; fix: {name} = open_graph(…), or name another with --graph")


class HelpAsked(Exception):  # noqa: N818
    """Somebody asks for help: its text is the message."""


class Parser(ArgumentParser):
    """argparse without its exits."""

    def error(self, message: str) -> NoReturn:
        raise OptionError(self.prog, message)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise OptionError(self.prog, message or f"ended ({status})")

    def print_help(self, file: object = None) -> None:  # noqa: ARG002
        raise HelpAsked(self.format_help())


def parsed(parser: Parser, line: str) -> Namespace:
    """The options of a line. Raises OptionError, or HelpAsked."""
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise OptionError(parser.prog, f"a quotation that does not end ({error})") from None
    return parser.parse_args(words)


def _parser(magic: str, what: str, example: str) -> Parser:
    made = Parser(
        prog=magic,
        description=what,
        epilog=f"example:\n{example}",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument(
        "-g", "--graph", default="g", metavar="NAME", help="the variable that holds the graph (default: g)"
    )
    made.add_argument("-s", "--store-to", metavar="NAME", help="keep what it gives under this name")
    made.add_argument("--no-display", "--silent", action="store_true", help="show nothing")
    return made


def sparql_parser() -> Parser:
    """%%sparql"""
    made = _parser(
        "%%sparql",
        "Ask in SPARQL. A variable written $name takes its value from the notebook's variable of that name, bound, "
        "never pasted, and must be selected; so do the parameters of a header (# param: actor IRI …).",
        '  actor = "turkish-state"\n  %%sparql --store-to links\n  SELECT $actor ?claim ?status WHERE { … }',
    )
    made.add_argument("-e", "--endpoint", metavar="URL", help="ask this SPARQL 1.1 endpoint, which holds the record")
    made.add_argument("-p", "--path", default="", metavar="PATH", help="path at the endpoint, for example sparql")
    made.add_argument("--timeout", type=float, default=30.0, metavar="S", help="seconds to wait for the endpoint")
    return made


def name_parser(magic: str, what: str, metavar: str, example: str) -> Parser:
    """%trace and %claim"""
    made = _parser(magic, what, f"  {magic} {example}")
    made.add_argument("name", nargs="+", metavar=metavar)
    return made


def withdraw_parser() -> Parser:
    """%withdraw"""
    made = _parser(
        "%withdraw",
        "Look at the graph without some sources: what falls, and what is drawn otherwise. A view; nothing is written.",
        "  %withdraw --publisher anf --store-to left\n  %withdraw --parties",
    )
    for kind in ("document", "publisher", "speaker", "group"):
        made.add_argument(f"--{kind}", action="append", default=[], metavar="X", help="may be repeated")
    made.add_argument(
        "--evidence", action="append", default=[], metavar="KIND", help="a kind of evidence, by its token"
    )
    made.add_argument("--parties", action="store_true", help="every speaker marked as a party to the conflict")
    made.add_argument("--below", type=int, default=0, metavar="N", help="edges with fewer than N independent origins")
    return made


def as_of_parser() -> Parser:
    """%as_of"""
    made = _parser(
        "%as_of", "Look at the graph as it could have been known by the end of a date.", "  %as_of 2022-01-25"
    )
    made.add_argument("date", metavar="DATE", help="a year, month or day")
    made.add_argument("--record", action="store_true", help="by when it was put on record here, not by publication")
    return made
