"""The command that writes claims in a format of somebody else's, whole, with status and source."""

import hashlib
import io
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from graph.cli.show import note, progress, say
from graph.corpus.files import write_atomically
from graph.errors import ExportError
from graph.evidence import Archive
from graph.export import FORMATS, Backing, Format
from graph.export.schemas import schemas
from graph.lens import MEANINGS, Lens, Views, check, parse

_STEPS = 3
_EXAMPLES = """  testimony export --format csv -o claims.csv
  testimony export --format trig --document 003-voa -o voa.trig
  testimony export --format geojson --drawn contested -o contested.geojson
  testimony export --format parquet --speaker sdf -o sdf.parquet --json
  testimony export --format csv --question killed-count --without publisher:anf -o figures.csv
  testimony export --format geojson --schema

formats:
""" + "\n".join(
    f"  {made.name:<12} {made.suffix:<13} {made.title}{f' (extra: {made.needs})' if made.needs else ''}"
    for made in FORMATS.values()
)


def parser(command: Callable[..., ArgumentParser]) -> None:
    """Add the command to those there are."""
    made = command(
        "export", export, "write claims in another format, each with its status and source; filters narrow", _EXAMPLES
    )
    made.add_argument("what", nargs="?", choices=["claims"], default="claims", help="what to export (default: claims)")
    made.add_argument("--format", choices=list(FORMATS), default="csv", help="file format (default: csv)")
    made.add_argument("-o", "--out", type=Path, metavar="FILE", help="file to write (default: standard output)")
    narrowing = made.add_argument_group(
        "which claims", "several values, where the help says 'one of': separated by commas, or the option again"
    )
    for name, what in MEANINGS.items():
        narrowing.add_argument(f"--{name}", action="append", default=[], metavar="VALUE", help=what)
    made.add_argument("--build", type=Path, default=Path("build"), metavar="DIR", help="build folder (default: build)")
    made.add_argument("--schema", action="store_true", help="print the JSON Schema of a JSON format instead")
    made.add_argument(
        "--json",
        action="store_true",
        help="tell as JSON what was written (on standard error where the claims are not in a file)",
    )


def export(given: Namespace) -> int:
    """Write claims in a format; a file is replaced whole or not at all."""
    form = FORMATS[given.format]
    if given.schema:
        return _schema(form)
    if given.out is None and form.binary and sys.stdout.isatty():
        raise ExportError(form.name, "not for a terminal", f"name a file: -o claims{form.suffix}")
    lens = parse((name, value) for name in MEANINGS for value in getattr(given, name.replace("-", "_")))
    body, count, corpus = _written(given.build, form, lens)
    if given.out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
    else:
        _save(given.out, body)
    if given.json:
        told = {
            "format": form.name,
            "file": None if given.out is None else str(given.out),
            "claims": count,
            "bytes": len(body),
            "sha256": hashlib.sha256(body).hexdigest(),
            "corpus": corpus,
            "filters": lens.parameters(),
        }
        (note if given.out is None else say)(json.dumps(told, ensure_ascii=False))
    elif given.out is not None:
        note(f"wrote {count} claims to {given.out}")
    return 0


def _written(build: Path, form: Format, lens: Lens) -> tuple[bytes, int, str]:
    with progress(_STEPS) as step:
        step("opening the build")
        archive = Archive.open(build)
        check(archive, lens)
        step("reading the claims")
        claims = Views(archive).through(lens).claims()
        step(f"writing {form.name}")
        out = io.BytesIO()
        count = form.write(claims, Backing.of(archive), out)
    return out.getvalue(), count, archive.corpus_hash


def _save(path: Path, body: bytes) -> None:
    try:
        write_atomically(path, body)
    except OSError as error:
        raise ExportError(
            str(path), f"cannot be written ({error.strerror})", "choose another file with --out"
        ) from None


def _schema(form: Format) -> int:
    known = schemas()
    if form.name not in known:
        raise ExportError(form.name, "not a JSON format of ours", f"choose one of {', '.join(known)}")
    say(json.dumps(known[form.name], indent=2, ensure_ascii=False))
    return 0
