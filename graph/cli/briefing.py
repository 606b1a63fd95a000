"""The command that makes a page or a document of a notebook whose sentences cite claims."""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graph.briefing.brief import Brief, brief
from graph.briefing.formats import as_html, as_json, as_markdown
from graph.briefing.printed import as_docx, as_pdf
from graph.cli.show import note, progress, say
from graph.corpus.files import write_atomically
from graph.errors import BriefingError
from graph.evidence import Archive

Command = Callable[[str, Any, str, str], Any]
FORMS: dict[str, Callable[[Brief], bytes]] = {
    "html": lambda made: as_html(made).encode(),
    "md": lambda made: as_markdown(made).encode(),
    "pdf": as_pdf,
    "docx": as_docx,
}
_EXPLORER = "http://127.0.0.1:8000/"
_EXAMPLES = """  testimony brief notebooks/briefing-b-alleged-roles.ipynb --to html
  testimony brief notebooks/briefing-c-figures-over-time.ipynb --to pdf -o figures.pdf
  testimony brief mine.ipynb --to docx -p without=publisher:anf -p as_of=2022-01-31 --allow-findings
  testimony changed build --briefing briefing-b-alleged-roles.html

The notebook runs in a folder of its own, without network; its file is not touched. A cell tagged `parameters`
names what -p may set. A finding on a sentence ends the command with 1 and nothing is written, unless findings
are allowed: they then stand in the briefing. pdf and docx need Chromium; packages: pip install 'testimony[notebook,brief]'"""


def parser(command: Command) -> None:
    """Add the command to those there are."""
    made = command("brief", run, "run a notebook and write a briefing: notes, evidence, check, claims cited", _EXAMPLES)
    made.add_argument("notebook", type=Path, metavar="NOTEBOOK", help="a notebook (.ipynb) whose sentences cite claims")
    made.add_argument("--to", choices=list(FORMS), default="html", help="what to write (default: html)")
    made.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help="file to write (default: the notebook's name, here)"
    )
    made.add_argument(
        "-p", "--parameter", action="append", default=[], type=_pair, metavar="NAME=VALUE", help="may be repeated"
    )
    made.add_argument("--as-of", metavar="DATE", help="the same as -p as_of=DATE")
    made.add_argument("--allow-findings", action="store_true", help="write it all the same; its check lists them")
    made.add_argument("--address", default=_EXPLORER, metavar="URL", help=f"of the explorer, for links ({_EXPLORER})")
    made.add_argument("--build", type=Path, default=Path("build"), metavar="DIR", help="build folder (default: build)")
    made.add_argument(
        "--corpus", type=Path, default=Path("corpus"), metavar="DIR", help="corpus folder (default: corpus)"
    )
    made.add_argument("--json", action="store_true", help="print JSON")


def run(given: Namespace) -> int:
    """Write a briefing; 1 and no file where a sentence says more than its claims."""
    out = given.out or Path(f"{given.notebook.stem}.{given.to}")
    if out.resolve() == given.notebook.resolve():
        raise BriefingError(str(out), "the notebook itself", "choose another file with -o")
    values = {**({"as_of": given.as_of} if given.as_of else {}), **dict(given.parameter)}
    places = {"build": str(given.build.resolve()), "corpus": str(given.corpus.resolve())}
    with progress(4) as step:
        step("opening the build")
        archive = Archive.open(given.build)
        step("running the notebook")
        made = brief(archive, given.notebook, values, places, given.address)
        if made.findings and not given.allow_findings:
            return _refused(made)
        step(f"writing {given.to}")
        body = FORMS[given.to](made)
        step("saving")
        _save(out, body)
    if given.json:
        say(as_json(made))
    else:
        _told(made, out)
    return 0


def _refused(made: Brief) -> int:
    for one in made.findings:
        note(f"{one.place}: [{one.rule}] {one.found}; fix: {one.fix}")
        note(f"  found:   {one.sentence}")
        if one.suggestion:
            note(f"  suggest: {one.suggestion}")
    note(f"{len(made.findings)} findings; nothing was written (--allow-findings writes them into the briefing)")
    return 1


def _told(made: Brief, out: Path) -> None:
    findings = f", {len(made.findings)} findings" if made.findings else ""
    note(f"wrote {out}: {len(made.notes)} notes on {len(made.cited)} claims, {len(made.pictures)} pictures{findings}")


def _save(path: Path, body: bytes) -> None:
    try:
        write_atomically(path, body)
    except OSError as error:
        raise BriefingError(str(path), f"cannot be written ({error.strerror})", "choose another file with -o") from None


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (equals and name.isidentifier()):
        raise ArgumentTypeError(f"{text!r}; allowed: NAME=VALUE; fix: for example as_of=2022-01-31")
    return name, value
