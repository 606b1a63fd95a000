"""Corpus → a published build: N-Quads, TriG, manifest and store, swapped in whole.

Everything is made in a fresh folder, flushed, then one rename of the link `current` publishes it;
whatever interrupts a build leaves the previous one as it was. The outputs carry no clock and no
random order: two builds of one corpus are byte-identical (the store beside them is an index).
"""

import fcntl
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from graph import __version__
from graph.checks import shape_problems, violations
from graph.corpus import reader
from graph.corpus.files import sync_folder
from graph.corpus.originals import anchors, original_text
from graph.errors import BuildError, CheckError, Problem
from graph.model import Corpus, Edge
from graph.origins import RULE_VERSION, Drawn, Register, discount, draw, origin_of
from graph.rdf import edge_text, iri, proposition, proposition_id, sorted_lines, text, to_quads, typed
from graph.store import load
from graph.vocabulary import ID, RDF, RDFS, ontology_path, say, vocabulary

TYPE, LABEL = NamedNode(RDF + "type"), NamedNode(RDFS + "label")
CURRENT = "current"
OUTPUTS = ("record.nq", "derived.nq", "ontology.nq", "testimony.trig", "manifest.json")
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
        if "explorer" not in path.parts:
            summary.update(path.read_bytes())
    return summary.hexdigest()


def check(folder: Path, progress: Progress = silent) -> Corpus:
    """Read the corpus and run every check over it and the graph it makes.

    Raises CorpusError or CheckError with all problems found.
    """
    progress("reading the corpus")
    corpus = reader.read(folder)
    _check(corpus, folder, _quads(corpus), progress)
    return corpus


def _quads(corpus: Corpus) -> tuple[set[Quad], set[Quad]]:
    return to_quads(corpus), derived(corpus)


def _check(corpus: Corpus, folder: Path, quads: tuple[set[Quad], set[Quad]], progress: Progress) -> None:
    everything = quads[0] | quads[1]
    progress("checking shapes")
    problems = shape_problems(everything, str(folder))
    progress("checking invariants")
    problems += violations(everything, str(folder))
    progress("checking passages against attached originals")
    problems += _locator_problems(corpus, folder)
    if problems:
        raise CheckError(problems)


def _locator_problems(corpus: Corpus, folder: Path) -> Iterator[Problem]:
    """Passages find their words in the attached text; a text with another hash is reported whole."""
    for document in corpus.documents:
        content = original_text(folder, document)
        if content is None or document.original is None:
            continue
        where = document.where
        if hashlib.sha256(content.encode()).hexdigest() != document.original.sha256:
            yield Problem(
                where.file,
                where.line,
                "L01-original-hash",
                f"the attached original of {document.id} has another hash",
                document.original.sha256,
                "attach the text that was read: testimony attach DIR",
            )
        for name, found in anchors(document, content).items():
            if found.state in ("moved", "orphaned"):
                line = next(u.where.line for u in document.utterances if u.id == name)
                moved = f"; its words stand at {found.start}" if found.start is not None else ""
                yield Problem(
                    where.file,
                    line,
                    "L02-locator",
                    f"the passage of {name} is {found.state}{moved}",
                    "a passage whose words stand where it says",
                    "run `testimony locate` and correct the passage",
                )


# ---- derived results -----------------------------------------------------------------------


def derived(corpus: Corpus) -> set[Quad]:
    """Drawn status per proposition and origin per claim, as nodes of their own, with rule version."""
    register = Register.of(corpus.entities, corpus.groups, corpus.questions)
    claims = [c for c in corpus.claims() if not _protected(c.utterance.retracted)]
    quads: set[Quad] = set()

    def put(subject: NamedNode, predicate: NamedNode, target: NamedNode | Literal) -> None:
        quads.add(Quad(subject, predicate, target, DefaultGraph()))

    for edge, drawn in draw(claims, register).items():
        _derived_status(edge, drawn, put)
    for claim in claims:
        node = iri("derived", f"origin/{claim.id}")
        put(node, TYPE, say.DerivedOrigin)
        put(node, LABEL, text(f"origin of {claim.id}", "en"))
        put(node, say.derivedFor, iri("claim", claim.id))
        put(node, say.ruleVersion, text(RULE_VERSION))
        origin, reason = origin_of(claim.utterance, register), discount(claim.utterance, register)
        put(node, say.addsOrigin, typed("false" if reason else "true", "boolean"))
        put(node, say.rootOrigin, iri("entity", origin.entity))
        if origin.group:
            put(node, say.rootGroup, iri("origin-group", origin.group))
        if reason:
            put(node, say.discount, text(reason, "en"))
    return quads


def _protected(retracted: Any) -> bool:
    return retracted is not None and retracted.reason == "ProtectPerson"


def _derived_status(edge: Edge, drawn: Drawn, put: Callable[[NamedNode, NamedNode, NamedNode | Literal], None]) -> None:
    node = iri("derived", f"status/{proposition_id(edge)}")
    put(node, TYPE, say.DerivedStatus)
    put(node, LABEL, text(f"drawn status of {edge_text(edge)}", "en"))
    put(node, say.derivedFor, proposition(edge))
    put(node, say.drawnStatus, vocabulary().term(drawn.status))
    put(node, say.drawnReason, text(drawn.why, "en"))
    put(node, say.claimCount, typed(drawn.claims, "integer"))
    put(node, say.documentCount, typed(drawn.documents, "integer"))
    put(node, say.originCount, typed(len(drawn.origins), "integer"))
    put(node, say.ruleVersion, text(RULE_VERSION))


def ontology_quads() -> set[Quad]:
    """The vocabulary itself, so that queries can use its labels, tokens and ranks."""
    return set(parse(path=str(ontology_path()), format=RdfFormat.TURTLE))


# ---- publishing ----------------------------------------------------------------------------


def build(folder: Path, out: Path, force: bool = False, progress: Progress = silent) -> Built:
    """Build and publish; a build of the same corpus by the same code is reused unless forced.

    Raises CorpusError, CheckError or BuildError; the previous build then stands untouched.
    """
    inputs = {"corpus": corpus_hash(folder), "code": code_hash()}
    with _lock(out):
        if not force and (standing := _standing(out)) and standing.manifest["inputs"] == inputs:
            return standing
        progress("reading the corpus")
        corpus = reader.read(folder)
        quads = _quads(corpus)
        _check(corpus, folder, quads, progress)
        _sweep(out)
        fresh = Path(tempfile.mkdtemp(dir=out / "snapshots", prefix=".making-"))
        try:
            return _publish(corpus, quads, inputs, fresh, out, progress)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise


def _publish(
    corpus: Corpus,
    quads: tuple[set[Quad], set[Quad]],
    inputs: dict[str, str],
    fresh: Path,
    out: Path,
    progress: Progress,
) -> Built:
    progress("writing N-Quads and TriG")
    record, made = quads
    (fresh / "record.nq").write_text("".join(sorted_lines(record)), encoding="utf-8")
    (fresh / "derived.nq").write_text("".join(sorted_lines(made)), encoding="utf-8")
    terms = ontology_quads()
    (fresh / "ontology.nq").write_text("".join(sorted_lines(terms)), encoding="utf-8")
    (fresh / "testimony.trig").write_text(trig(record | made | terms), encoding="utf-8")
    manifest = _manifest(corpus, inputs, fresh)
    (fresh / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    progress("loading the store")
    load(fresh, fresh / "store")
    for path in fresh.rglob("*"):
        if path.is_file():
            with path.open("rb") as handle:
                _fsync(handle.fileno())
    fresh.chmod(0o755)
    name = f"{inputs['corpus'][:16]}-{inputs['code'][:8]}"
    target = out / "snapshots" / name
    if target.exists():
        target = target.with_name(f"{name}-{1 + sum(1 for _ in target.parent.glob(name + '*'))}")
    fresh.rename(target)
    sync_folder(target.parent)
    _swap(out, target)  # the build before stays until the next one: somebody may be reading it
    return Built(target, manifest, True)


def _fsync(descriptor: int) -> None:
    import os

    os.fsync(descriptor)


def _manifest(corpus: Corpus, inputs: dict[str, str], folder: Path) -> dict[str, Any]:
    claims = list(corpus.claims())
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


def _sweep(out: Path) -> None:
    """Remove what interrupted builds left."""
    (out / "snapshots").mkdir(parents=True, exist_ok=True)
    keep = _current(out)
    for path in (out / "snapshots").iterdir():
        if path.resolve() != keep:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _lock(out: Path) -> Iterator[None]:
    """One builder at a time; a second one waits."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        handle = (out / ".lock").open("w")
    except OSError as error:
        raise BuildError(
            str(out), f"cannot write here ({error.strerror})", "choose another folder with --build"
        ) from None
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


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
    except (OSError, ValueError, KeyError):
        return None
    return Built(folder, manifest, False) if intact and (folder / "store").is_dir() else None


def opened(out: Path) -> Built:
    """The published build of a folder; BuildError when there is none or it is damaged."""
    standing = _standing(out)
    if standing is None:
        raise BuildError(str(out), "no build, or a damaged one", "run `testimony build`")
    return standing


# ---- TriG ----------------------------------------------------------------------------------


def trig(quads: Iterable[Quad]) -> str:
    """TriG for plain RDF tools, in a fixed order: the record, then one block per proposition."""
    prefixes = _prefixes()
    lines = [f"@prefix {name}: <{base}> ." for name, base in prefixes.items()]
    lines.append("\n# The record: who says what. Nothing here is an allegation.")
    plain: dict[str, dict[str, list[str]]] = {}
    graphs: list[str] = []
    for quad in quads:
        row = [_turtle(term, prefixes) for term in (quad.subject, quad.predicate, quad.object)]
        if isinstance(quad.graph_name, DefaultGraph):
            plain.setdefault(row[0], {}).setdefault(row[1], []).append(row[2])
        else:
            graphs.append(f"{_turtle(quad.graph_name, prefixes)} {{ {' '.join(row)} . }}")
    for subject in sorted(plain):
        facts = [f"{predicate} {', '.join(sorted(values))}" for predicate, values in sorted(plain[subject].items())]
        lines.append(f"{subject}\n  " + " ;\n  ".join(facts) + " .")
    lines.append("\n# Propositions: mentioned, not asserted. Each is the content of a claim above.")
    return "\n".join([*lines, *sorted(graphs)]) + "\n"


def _prefixes() -> dict[str, str]:
    ours = {
        "ent": "entity/",
        "doc": "document/",
        "utt": "utterance/",
        "clm": "claim/",
        "hop": "hop/",
        "psg": "passage/",
        "prp": "proposition/",
        "est": "estimate/",
        "q": "question/",
        "grp": "origin-group/",
    }
    return {
        "say": vocabulary().namespace,
        **{name: ID + kind for name, kind in ours.items()},
        "rdf": RDF,
        "rdfs": RDFS,
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "skosxl": "http://www.w3.org/2008/05/skos-xl#",
        "dcterms": "http://purl.org/dc/terms/",
        "oa": "http://www.w3.org/ns/oa#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }


def _turtle(term: object, prefixes: dict[str, str]) -> str:
    if isinstance(term, NamedNode):
        for name, base in prefixes.items():
            local = term.value.removeprefix(base)
            if (
                local != term.value
                and local
                and local.replace("-", "").replace("_", "").isalnum()
                and local.isascii()
                and not local.startswith("-")
            ):
                return f"{name}:{local}"
        return f"<{term.value}>"
    if (
        isinstance(term, Literal)
        and term.datatype.value.startswith(prefixes["xsd"])
        and term.datatype.value != prefixes["xsd"] + "string"
    ):
        return f'"{term.value}"^^xsd:{term.datatype.value.removeprefix(prefixes["xsd"])}'
    return str(term)
