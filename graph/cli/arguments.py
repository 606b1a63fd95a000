"""What the command takes, with help and examples."""

import argparse
from argparse import ArgumentTypeError
from functools import partial
from pathlib import Path
from typing import Any

from graph import __version__
from graph.cli import ask, briefing, briefs, curate, exporting, serving, stores, weigh_arguments
from graph.store import IN_MEMORY

_EXAMPLES = """examples:
  testimony build                                  build the graph from corpus/
  testimony serve --port 8010                      open the explorer
  testimony query                                  list the named queries
  testimony query about-ankara                     run one
  testimony query alleged-links actor=turkish-state
  testimony trace hasakah-prison-attack            everything said about an entity, down to the passages
  testimony trace 003-c23.2 --json
  testimony origins 003-c23.2                      on whose word an edge rests
  testimony withdraw --publisher anf               what changes without a source
  testimony export --format csv -o claims.csv
  testimony lint briefing.md                       hold sentences against the claims they cite
  testimony brief notebooks/briefing-b-alleged-roles.ipynb --to html
  testimony push http://127.0.0.1:7878/query       load the build into a SPARQL store
"""


def parser() -> argparse.ArgumentParser:
    """The argument parser of the whole command."""
    top = argparse.ArgumentParser(
        prog="testimony",
        description="A knowledge graph in which every edge is somebody's word.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"testimony {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (
        _build,
        _check,
        _attach,
        _locate,
        _query,
        _trace,
        _find,
        _export,
        _weigh,
        _brief,
        _push,
        _serve,
        _schema,
        _vocabulary,
        _codebook,
    ):
        add(commands)
    return top


def _command(commands: Any, name: str, run: Any, what: str, example: str = "") -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=what,
        description=what[0].upper() + what[1:] + ".",
        epilog=f"example:\n{example}" if example else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.set_defaults(run=run)
    return made


def _corpus(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="corpus folder (default: corpus)"
    )


def _out(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--build", type=Path, default=Path("build"), metavar="DIR", help="build folder (default: build)"
    )


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON")


def _build(commands: Any) -> None:
    command = _command(
        commands, "build", curate.build, "build the graph from the corpus and publish it", "  testimony build --force"
    )
    _corpus(command)
    _out(command)
    command.add_argument("--force", action="store_true", help="build even if nothing has changed")
    _json(command)


def _check(commands: Any) -> None:
    command = _command(
        commands,
        "check",
        curate.check,
        "check the corpus: format, coding rules, shapes, invariants, passages",
        "  testimony check --corpus corpus",
    )
    _corpus(command)
    _json(command)


def _attach(commands: Any) -> None:
    command = _command(
        commands,
        "attach",
        curate.attach,
        "attach original texts from a folder, known by their hashes",
        "  testimony attach ~/originals",
    )
    command.add_argument("folder", type=Path, metavar="DIR", help="folder with the originals, whatever their names")
    _corpus(command)
    _json(command)


def _locate(commands: Any) -> None:
    command = _command(
        commands,
        "locate",
        curate.locate,
        "find words in an attached original and print the passage to record",
        '  testimony locate 003-voa 13 "the words"',
    )
    command.add_argument("document", help="document id")
    command.add_argument("paragraph", type=int, help="number of the paragraph (non-empty lines, from 1)")
    command.add_argument("words", help="the words of the passage, exactly")
    _corpus(command)
    _json(command)


def _query(commands: Any) -> None:
    command = _command(
        commands,
        "query",
        ask.query,
        "run a named query, a file, or standard input (-); without a name, list the named queries",
        "  testimony query about-sdf\n  testimony query alleged-links actor=turkish-state --csv\n"
        "  echo 'SELECT …' | testimony query -\n  testimony query mine.rq entity=sdf\n"
        "  testimony query about-sdf --endpoint http://127.0.0.1:7878/query",
    )
    command.add_argument("name", nargs="?", metavar="NAME|FILE|-", help="which query")
    command.add_argument("bindings", nargs="*", metavar="PARAM=VALUE", help="values for its parameters")
    form = command.add_mutually_exclusive_group()
    _json(form)  # type: ignore[arg-type]
    form.add_argument("--csv", action="store_true", help="print CSV")
    form.add_argument("--show", action="store_true", help="print the query itself")
    _out(command)
    command.add_argument("--endpoint", metavar="URL", help="ask a SPARQL endpoint that `testimony push` filled")
    _timeout(command)


def _trace(commands: Any) -> None:
    command = _command(
        commands,
        "trace",
        ask.trace,
        "show the evidence behind an edge, a claim or an entity as a tree",
        "  testimony trace turkish-state\n  testimony trace 000-c1.1",
    )
    command.add_argument(
        "name",
        metavar="EDGE|CLAIM|ENTITY",
        help="an entity id or name, a claim or utterance id, or a proposition's 32 digits",
    )
    command.add_argument("--limit", type=int, default=40, metavar="N", help="edges shown at most (default: 40)")
    _corpus(command)
    _out(command)
    _json(command)


def _find(commands: Any) -> None:
    command = _command(
        commands,
        "find",
        ask.find,
        "find actors, places, events by any of their names, and what is said by its words",
        "  testimony find Serekaniye",
    )
    command.add_argument("text", nargs="+", help="words, in any spelling that occurs; the last may be unfinished")
    command.add_argument(
        "--limit", type=int, default=10, metavar="N", help="claims, documents and questions shown (default: 10 each)"
    )
    _out(command)
    _json(command)


def _export(commands: Any) -> None:
    exporting.parser(partial(_command, commands))


def _weigh(commands: Any) -> None:
    weigh_arguments.parsers(partial(_command, commands))


def _brief(commands: Any) -> None:
    briefs.parsers(partial(_command, commands))
    briefing.parser(partial(_command, commands))


def _timeout(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--timeout", type=_seconds, default=60.0, metavar="S", help="seconds to wait for one answer (default: 60)"
    )


def _push(commands: Any) -> None:
    command = _command(
        commands,
        "push",
        stores.push,
        "load the build into a SPARQL store, and look whether it would show an allegation as a fact",
        "  testimony push http://127.0.0.1:7878/query\n  testimony push http://127.0.0.1:8890/sparql --json\n"
        "  testimony push --bulk bulk\n  testimony push http://127.0.0.1:8890/sparql --check",
    )
    command.add_argument("url", nargs="?", metavar="URL", help="where the store answers queries")
    command.add_argument("--update", default="", metavar="URL", help="where it takes updates, unless beside that")
    command.add_argument("--store", default="", metavar="URL", help="where it takes graphs (Graph Store Protocol)")
    command.add_argument(
        "--accept-union",
        action="store_true",
        help="load propositions as graphs even where the default graph is the union of all graphs",
    )
    command.add_argument("--bulk", type=Path, metavar="DIR", help="write N-Quads for the store's own loader")
    command.add_argument(
        "--check",
        action="store_true",
        help="load nothing: compare what lies there with the build, named queries included",
    )
    _timeout(command)
    _out(command)
    _json(command)


def _serve(commands: Any) -> None:
    command = _command(
        commands,
        "serve",
        serving.serve,
        "build if needed and serve the explorer on this machine",
        "  testimony serve --port 8010 --no-browser\n"
        "  curl -G http://127.0.0.1:8010/sparql --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 3'",
    )
    command.add_argument("--port", type=int, default=8000, help="port, or the next free one (default: 8000)")
    command.add_argument("--no-browser", action="store_true", help="do not open a browser")
    command.add_argument(
        "--seconds", type=_seconds, default=10.0, metavar="S", help="most that a query may take (default: 10)"
    )
    command.add_argument(
        "--in-memory",
        type=_megabytes,
        default=IN_MEMORY >> 20,
        metavar="MB",
        help=f"hold builds of up to so many MB of N-Quads in memory for SPARQL, which takes three times as much and answers"
        f" four times as fast (default: {IN_MEMORY >> 20}; 0: read the index on disk)",
    )
    command.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="URL",
        help="a web page elsewhere that may read from this service, as in https://example.org; may be repeated",
    )
    _corpus(command)
    _out(command)


def _megabytes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise ArgumentTypeError(f"{text!r} is not a whole number of megabytes")
    return int(text)


def _seconds(text: str) -> float:
    whole = text.replace(".", "", 1)
    if not (whole.isascii() and whole.isdigit() and 0 < float(text) <= 3600):
        raise ArgumentTypeError(f"{text!r} is not a number of seconds up to 3600")
    return float(text)


def _schema(commands: Any) -> None:
    command = _command(
        commands,
        "schema",
        curate.schema,
        "publish the JSON Schemas of the corpus files",
        "  testimony schema corpus/schema",
    )
    command.add_argument("folder", type=Path, metavar="DIR", help="where to write them")


def _vocabulary(commands: Any) -> None:
    command = _command(
        commands,
        "vocabulary",
        curate.vocabulary_page,
        "print the vocabulary as a page of Markdown",
        "  testimony vocabulary --statuses",
    )
    command.add_argument("--statuses", action="store_true", help="only the table of drawn statuses")


def _codebook(commands: Any) -> None:
    command = _command(
        commands,
        "codebook",
        curate.codebook_page,
        "print what the codebook counts: claims, statuses, silences, agreement of the two readings",
        "  testimony codebook --write",
    )
    command.add_argument("--write", action="store_true", help="put it into README.md of the corpus folder")
    _corpus(command)
    _json(command)
