"""Commands for those who keep the corpus: build, check, attach, locate, schema, vocabulary, codebook."""

import json
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from graph import build as builder
from graph.cli.show import note, progress, say, table
from graph.corpus import reader
from graph.corpus.files import write_atomically
from graph.corpus.originals import attach as attach_originals
from graph.corpus.originals import original_text, passage_of
from graph.corpus.schema import schemas
from graph.corpus.strictyaml import read_text
from graph.errors import CheckError, CorpusError, NotFoundError, Problem
from graph.model import Document

STEPS = 10


def build(given: Namespace) -> int:
    """Build and publish; says what was built."""
    with progress(STEPS) as step:
        built = builder.build(given.corpus, given.build, given.force, step)
    counts = built.manifest["counts"]
    if given.json:
        say(json.dumps({"folder": str(given.build), "fresh": built.fresh, **built.manifest}, indent=2, sort_keys=True))
    else:
        verb = "built" if built.fresh else "unchanged:"
        held = ", ".join(f"{counts[k]} {k}" for k in ("documents", "utterances", "claims", "propositions", "entities"))
        say(f"{verb} {held} in {given.build} (corpus {built.manifest['inputs']['corpus'][:12]})")
    return 0


def check(given: Namespace) -> int:
    """Check everything; problems go to standard error, one line each."""
    try:
        with progress(STEPS) as step:
            corpus = builder.check(given.corpus, step)
    except (CorpusError, CheckError) as error:
        if given.json:
            say(json.dumps({"problems": [asdict(problem) for problem in error.problems]}, indent=2, ensure_ascii=False))
        raise
    claims = sum(1 for _ in corpus.claims())
    if given.json:
        say(json.dumps({"documents": len(corpus.documents), "claims": claims, "problems": []}))
    else:
        say(f"no problem in {len(corpus.documents)} documents, {claims} claims")
    return 0


def attach(given: Namespace) -> int:
    """Attach originals; says which were found and how their passages stand."""
    corpus = reader.read(given.corpus)
    results = attach_originals(corpus, given.corpus, given.folder)
    if given.json:
        say(
            json.dumps(
                [
                    {"document": r.document, "state": r.state, "file": r.file, "passages": dict(r.passages)}
                    for r in results
                ],
                indent=2,
            )
        )
    else:
        rows = [
            (r.document, r.state, r.file or "", ", ".join(f"{n} {s}" for s, n in sorted(r.passages.items())))
            for r in results
        ]
        table(("document", "original", "file", "passages"), rows)
    return 0


def locate(given: Namespace) -> int:
    """Print the passage of some words, ready for a corpus file."""
    document = _document(given.corpus, given.document)
    found = passage_of(document, original_text(given.corpus, document), given.paragraph, given.words)
    if given.json:
        say(json.dumps({"paragraph": found.paragraph, "chars": [found.start, found.end], "sha256": found.sha256}))
    else:
        say(f"passage: {{paragraph: {found.paragraph}, chars: [{found.start}, {found.end}], sha256: {found.sha256}}}")
    return 0


def _document(folder: Path, name: str) -> Document:
    """One document without its neighbours: a coder locates passages before the whole is in order."""
    known = {path.stem: path for path in reader.sources(folder) if path.name not in reader.PARTS.values()}
    if name not in known:
        raise NotFoundError("document", name, tuple(known))
    return reader.read_document(reader.Source(str(known[name]), read_text(known[name], str(known[name]))))


def schema(given: Namespace) -> int:
    """Write the JSON Schemas."""
    for name, made in schemas().items():
        path = given.folder / f"{name}.schema.json"
        write_atomically(path, (json.dumps(made, indent=2, ensure_ascii=False) + "\n").encode())
        note(f"wrote {path}")
    return 0


def vocabulary_page(given: Namespace) -> int:
    """Print the vocabulary as Markdown."""
    from graph.export.vocabulary import status_table, vocabulary_markdown

    print(status_table() if given.statuses else vocabulary_markdown(), end="")
    return 0


def codebook_page(given: Namespace) -> int:
    """Print the counted part of the codebook, or put it into the page."""
    from graph.corpus.agreement import agreements, read_second_reading
    from graph.export.codebook import BEGIN, END, codebook, spliced

    corpus = reader.read(given.corpus)
    reading = read_second_reading(given.corpus, corpus)
    if given.json:
        pairs = agreements(reading, corpus) if reading else []
        say(json.dumps([{"before": asdict(before), "now": asdict(now)} for before, now in pairs], indent=2))
        return 0
    part = codebook(corpus, reading)
    if not given.write:
        print(part, end="")
        return 0
    path = given.corpus / "README.md"
    page = read_text(path, str(path))
    if BEGIN not in page or END not in page:
        raise CorpusError([Problem(str(path), 0, "codebook-marks", "no place for it", f"{BEGIN} … {END}", "add both")])
    write_atomically(path, spliced(page, part).encode())
    note(f"wrote {path}")
    return 0
