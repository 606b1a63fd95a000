"""The corpus many times over as a build that the page can be served from: `python benchmarks/large.py CLAIMS OUT`.

Each further copy is the corpus with ids of its own for documents, claims, questions and for what happens in them
(events, groups, roles, works …; a question that names none of them is asked once); actors, places and topics are shared, so that every hub is as much busier as there are
copies. Copies are written one after the other (quads, what is derived, rows), in the memory of one; what is derived for an
edge between two shared names is that of one copy. Shapes, lints and TriG are left out: they say nothing that the first copy
does not, and a page reads no TriG. Not a corpus: it says one thing many times.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph import __version__
from graph.build import CURRENT, PLACES, ROWS, SEARCH, ontology_quads
from graph.corpus import reader
from graph.facets import Row, rows, write_rows
from graph.model import Corpus
from graph.origins import RULE_VERSION, derived
from graph.places import busiest, spread, write_places
from graph.rdf import sorted_lines, to_quads
from graph.search import entries, write
from graph.store import load
from graph.vocabulary import vocabulary

ROOT = Path(__file__).parent.parent
SHARED = ("State", "Organisation", "ArmedForce", "Media", "Person", "Coder", "Place", "Facility", "Topic")
FREE = (
    "says",
    "title",
    "label",
    "text",
    "note",
    "reason",
    "why",
    "words",
    "cue",
    "printed",
)  # fields of words, not of ids


def build(claims: int, out: Path) -> int:
    """A build of at least so many claims, published in `out`; gives how many they are."""
    whole = reader.read(ROOT / "corpus")
    many = -(-claims // sum(1 for _ in whole.claims()))
    folder = out / "snapshots" / f"copies-{many}"
    folder.mkdir(parents=True)
    copies: list[Corpus] = []
    listed: list[Row] = []
    seen: set[int] = set()
    with (folder / "record.nq").open("w") as record, (folder / "derived.nq").open("w") as made:
        for number in range(many):
            copy = _copy(whole, number) if number else whole
            copies.append(copy)
            record.writelines(_fresh(sorted_lines(to_quads(copy)), seen))
            made.writelines(_fresh(sorted_lines(derived(copy)), seen))
            listed += rows(copy)
    (folder / "ontology.nq").write_text("".join(sorted_lines(ontology_quads())), "utf-8")
    write(folder / SEARCH, entries(_joined(copies)))
    write_rows(folder / ROWS, listed)
    write_places(folder / PLACES, spread(busiest((row.subject, row.target) for row in listed)))
    load(folder, folder / "store")
    utterances = sum(len(document.utterances) for copy in copies for document in copy.documents)
    counts = Counter(claims=len(listed), documents=sum(len(c.documents) for c in copies), utterances=utterances)
    _manifest(folder, {**counts, "propositions": len({row.proposition for row in listed})}, f"{many} copies")
    (out / CURRENT).symlink_to(folder.relative_to(out))
    return len(listed)


def _fresh(lines: Iterable[str], seen: set[int]) -> Iterator[str]:
    """The lines that no copy before has written: what the copies share stands once, as in any build."""
    for line in lines:
        if hash(line) not in seen:
            seen.add(hash(line))
            yield line


def _manifest(folder: Path, counts: Mapping[str, int], what: str) -> None:
    files = {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.is_file()}
    told = {
        "product": "Testimony",
        "version": __version__,
        "ontology": vocabulary().version,
        "rules": {"drawn": RULE_VERSION},
        "inputs": {"corpus": sha256(what.encode()).hexdigest(), "code": ""},
        "counts": counts,
        "files": files,
    }
    (folder / "manifest.json").write_text(json.dumps(told), "utf-8")


def _joined(copies: list[Corpus]) -> Corpus:
    """All copies as one, each shared name once."""
    parts = {part.name: tuple(one for copy in copies for one in getattr(copy, part.name)) for part in fields(Corpus)}
    once = {entity.id: entity for entity in reversed(parts["entities"])}
    return Corpus(**{**parts, "entities": tuple(once.values())})


# ---- a copy with ids of its own -----------------------------------------------------------------------


def _copy(whole: Corpus, number: int) -> Corpus:
    ids = dict(_ids(whole, number))
    own = tuple(e for e in whole.entities if e.id in ids)
    shared = tuple(replace(e, aliases=(), possible_same=()) for e in whole.entities if e.id not in ids)
    copy: Corpus = _renamed(replace(whole, entities=own), ids)
    named = tuple(replace(e, label=_labels(e.label, number)) for e in copy.entities)
    own_names = {e.id for e in own}
    asked = tuple(
        replace(made, label=_labels(made.label, number))
        for question, made in zip(whole.questions, copy.questions, strict=True)
        if own_names.intersection(end for p in question.patterns for end in (p.subject, p.object))
    )
    papers = tuple(replace(d, title=f"{d.title} ({number})") for d in copy.documents)
    return replace(copy, entities=(*named, *shared), questions=asked, documents=papers)


def _labels(held: tuple[tuple[str, str], ...], number: int) -> tuple[tuple[str, str], ...]:
    return tuple((lang, f"{text} ({number})") for lang, text in held)


def _ids(whole: Corpus, number: int) -> Iterator[tuple[str, str]]:
    """What is a copy's own, with its id there: documents and utterances by number, the rest with a mark."""
    for document, utterance in whole.utterances():
        for name in (document.id, utterance.id, *(name for name, _ in utterance.claims())):
            yield name, f"{number}{name}"
    marked: list[Any] = [*whole.questions, *whole.assessments, *whole.independence, *whole.relations]
    for name in (*(one.id for one in marked), *(e.id for e in whole.entities if e.kind not in SHARED)):
        yield name, f"{name}-x{number}"


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, tuple):
        return tuple(_renamed(one, ids) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        held = {f.name: getattr(value, f.name) for f in fields(value)}
        return type(value)(**{name: one if name in FREE else _renamed(one, ids) for name, one in held.items()})
    return value


if __name__ == "__main__":
    print(build(int(sys.argv[1]), Path(sys.argv[2])), "claims")
