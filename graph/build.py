"""Corpus → a published build: N-Quads, TriG, search index, manifest and store, swapped in whole.

Everything is made in a fresh folder, flushed, then one rename of the link `current` publishes it;
whatever interrupts a build leaves the previous one as it was. The outputs carry no clock and no
random order: two builds of one corpus are byte-identical (the store beside them is an index).
"""

import fcntl
import gc
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, parse

from graph import __version__
from graph.checks import locator_problems, shape_problems, violations
from graph.content import Edge
from graph.corpus import reader
from graph.corpus.files import sync_folder
from graph.corpus.lints import lint
from graph.corpus.originals import recorded_text
from graph.errors import BuildError, CheckError, CorpusError
from graph.facets import rows, write_rows
from graph.model import Corpus
from graph.origins import RULE_VERSION, Drawn, derived, drawn_edges, judgement_problems, shown_claims
from graph.places import busiest, spread, write_places
from graph.rdf import sorted_lines, to_quads, trig
from graph.search import entries, write
from graph.store import RECORD, load
from graph.vocabulary import ontology_path, vocabulary

CURRENT = "current"
UNFINISHED = ".making-"
SEARCH = "search.db"
ROWS = "claims.jsonl"
PLACES = "places.json"
OUTPUTS = (RECORD, "derived.nq", "ontology.nq", "testimony.trig", SEARCH, ROWS, PLACES, "manifest.json")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """A published build: its folder and manifest."""

    folder: Path
    manifest: dict[str, Any]
    fresh: bool


def silent(_step: str) -> None:
    """Progress for nobody."""


def corpus_hash(folder: Path) -> str:
    """SHA-256 over the names and contents of the corpus files and ontology.ttl."""
    summary = hashlib.sha256()
    for path in [*reader.sources(folder), ontology_path()]:
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "absent"
        summary.update(f"{path.name}\0{content}\n".encode())
    return summary.hexdigest()


def code_hash() -> str:
    """SHA-256 over the package's own Python and query files: a changed rule is a stale build."""
    here = Path(__file__).parent
    summary = hashlib.sha256()
    for path in sorted([*here.rglob("*.py"), *here.rglob("*.rq")]):
        name = path.relative_to(here)
        if "explorer" not in name.parts:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            summary.update(f"{name.as_posix()}\0{content}\n".encode())
    return summary.hexdigest()


def check(folder: Path, progress: Progress = silent) -> Corpus:
    """Read the corpus and run every check over it and the graph it makes.

    Raises CorpusError or CheckError with all problems found.
    """
    with _uncollected():
        corpus = _read(folder, progress)
        _check(corpus, folder, _quads(corpus, drawn_edges(corpus)), progress)
    return corpus


def _read(folder: Path, progress: Progress) -> Corpus:
    """A corpus without a problem of form, a broken rule of coding or a slip that a lint finds."""
    progress("reading the corpus")
    corpus = reader.read(folder)
    progress("looking for slips of coding")
    texts = {document.id: recorded_text(folder, document) for document in corpus.documents}
    slips = lint(corpus, {name: text for name, text in texts.items() if text is not None})
    if slips := [*slips, *judgement_problems(corpus)]:
        raise CorpusError(slips)
    return corpus


def _quads(corpus: Corpus, drawn: Mapping[Edge, Drawn]) -> tuple[set[Quad], set[Quad]]:
    return to_quads(corpus), derived(corpus, drawn)


def _check(corpus: Corpus, folder: Path, quads: tuple[set[Quad], set[Quad]], progress: Progress) -> None:
    everything = quads[0] | quads[1]
    progress("checking shapes")
    problems = shape_problems(everything, str(folder))
    progress("checking invariants")
    problems += violations(everything, str(folder))
    progress("checking passages against attached originals")
    problems += locator_problems(corpus, folder)
    if problems:
        raise CheckError(problems)


def ontology_quads() -> set[Quad]:
    """The vocabulary itself, so that queries can use its labels, tokens and ranks."""
    return set(parse(path=str(ontology_path()), format=RdfFormat.TURTLE))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for unused cycles: a corpus makes many objects that live on and hardly a cycle, and going
    through them time and again is a quarter of the work."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


# ---- publishing ----------------------------------------------------------------------------


def build(folder: Path, out: Path, force: bool = False, progress: Progress = silent) -> Built:
    """Build and publish; a build of the same corpus by the same code is reused unless forced.

    Raises CorpusError, CheckError or BuildError; the previous build then stands untouched.
    """
    with _lock(out), _uncollected():
        inputs = {"corpus": corpus_hash(folder), "code": code_hash()}
        standing = _standing(out)
        if not force and standing is not None and standing.manifest.get("inputs") == inputs:
            _sweep(out, UNFINISHED + "*")
            return standing
        corpus = _read(folder, progress)
        drawn = drawn_edges(corpus)  # once: quads and rows tell the same
        quads = _quads(corpus, drawn)
        _check(corpus, folder, quads, progress)
        _sweep(out)
        fresh = Path(tempfile.mkdtemp(dir=out / "snapshots", prefix=UNFINISHED))
        try:
            return _publish(corpus, drawn, quads, inputs, fresh, out, progress)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise


def _publish(
    corpus: Corpus,
    drawn: Mapping[Edge, Drawn],
    quads: tuple[set[Quad], set[Quad]],
    inputs: dict[str, str],
    fresh: Path,
    out: Path,
    progress: Progress,
) -> Built:
    progress("writing N-Quads and TriG")
    record, made = quads
    (fresh / RECORD).write_text("".join(sorted_lines(record)), encoding="utf-8")
    (fresh / "derived.nq").write_text("".join(sorted_lines(made)), encoding="utf-8")
    terms = ontology_quads()
    (fresh / "ontology.nq").write_text("".join(sorted_lines(terms)), encoding="utf-8")
    (fresh / "testimony.trig").write_text(trig(record | made | terms), encoding="utf-8")
    progress("indexing names and sentences")
    write(fresh / SEARCH, entries(corpus))
    listed = list(rows(corpus, drawn))
    write_rows(fresh / ROWS, listed)
    progress("laying out the picture")
    write_places(fresh / PLACES, spread(busiest((row.subject, row.target) for row in listed)))
    manifest = _manifest(corpus, inputs, fresh)
    (fresh / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    progress("loading the store")
    load(fresh, fresh / "store")
    for path in fresh.rglob("*"):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
    fresh.chmod(0o755)
    name = f"{inputs['corpus'][:16]}-{inputs['code'][:8]}"
    target = out / "snapshots" / name
    if target.exists():
        target = target.with_name(f"{name}-{1 + sum(1 for _ in target.parent.glob(name + '*'))}")
    fresh.rename(target)
    sync_folder(target.parent)
    _swap(out, target)  # the build before stays until the next one: somebody may be reading it
    return Built(target, manifest, True)


def _manifest(corpus: Corpus, inputs: dict[str, str], folder: Path) -> dict[str, Any]:
    claims = shown_claims(corpus)
    return {
        "product": "Testimony",
        "version": __version__,
        "ontology": vocabulary().version,
        "rules": {"drawn": RULE_VERSION},
        "inputs": inputs,
        "counts": {
            "documents": len(corpus.documents),
            "utterances": sum(len(d.utterances) for d in corpus.documents),
            "claims": len(claims),
            "propositions": len({claim.edge for claim in claims}),
            "entities": len(corpus.entities),
            "questions": len(corpus.questions),
        },
        "files": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in OUTPUTS
            if name != "manifest.json"
        },
    }


def _current(out: Path) -> Path | None:
    link = out / CURRENT
    return link.resolve() if link.is_symlink() and link.exists() else None


def _swap(out: Path, target: Path) -> None:
    """One rename publishes; the plain names beside it always lead to the published build."""
    beside = out / f".{CURRENT}.new"
    beside.unlink(missing_ok=True)
    beside.symlink_to(target.relative_to(out))
    beside.replace(out / CURRENT)
    for name in OUTPUTS:
        link = out / name
        if not link.is_symlink():
            link.unlink(missing_ok=True)
            link.symlink_to(Path(CURRENT) / name)
    sync_folder(out)


def _sweep(out: Path, pattern: str = "*") -> None:
    """Remove snapshots other than the published one: unfinished ones and those before it."""
    (out / "snapshots").mkdir(parents=True, exist_ok=True)
    keep = _current(out)
    for path in (out / "snapshots").glob(pattern):
        ours = path.name.startswith(UNFINISHED) or (path / "manifest.json").is_file()
        if ours and path.resolve() != keep and not (out / "snapshots").is_symlink():
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _lock(out: Path) -> Iterator[None]:
    """One builder at a time; a second one waits."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with (out / ".lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise BuildError(
            str(error.filename or out),
            f"cannot read or write here ({error.strerror or error})",
            "make room or choose another folder with --build",
        ) from None


def _standing(out: Path) -> Built | None:
    """The published build, if it is whole."""
    folder = _current(out)
    if folder is None:
        return None
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        intact = all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == told for name, told in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Built(folder, manifest, False) if intact and (folder / "store").is_dir() else None


def opened(out: Path) -> Built:
    """The published build of a folder; BuildError when there is none or it is damaged."""
    standing = _standing(out)
    if standing is None:
        raise BuildError(
            str(out),
            "no build, or a damaged one",
            "run `testimony build` where corpus/ lies, or name the folder with --build",
        )
    return standing
