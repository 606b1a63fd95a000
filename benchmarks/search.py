"""What text search costs: the project's corpus and 100,000 invented claims, against a plain scan.

Usage: python benchmarks/search.py [CLAIMS]; `make bench` prints its rows for 20,000. The peer is the cheapest
honest rival: every text folded once and kept in memory, then read through for each question.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from rich.console import Console
from rich.table import Table

from graph.corpus.reader import read
from graph.search import Entry, Index, entries, fold, most, search, write

ROOT = Path(__file__).parent.parent
ASKED = {
    "one name": "Hasakah",
    "two words": "prison attack",
    "three letters": "pri",
    "one letter": "a",
    "an alias": "Daesh",
}
WHOLE = {
    "a question": "did Turkey plan the attack?",
    "a long one": "how many of the prisoners who escaped fled to Turkey",
}


def invented(model: list[Entry], claims: int) -> Iterator[Entry]:
    """Entries like those of a corpus, in its proportions: words by Zipf's law, new names among them."""
    chance = random.Random(2031)
    known = sorted({word for entry in model for word in entry.text.split()}, key=lambda w: (len(w), w))
    words = [*known, *(f"Name{n}" for n in range(claims // 5))]
    weights = list(accumulate(1 / (n + 2) for n in range(len(words))))
    copies = -(-claims // sum(len(entry.claims.split()) for entry in model))
    for entry in model:
        for n in range(copies):
            text = " ".join(chance.choices(words, cum_weights=weights, k=len(entry.text.split())))
            about = tuple((f"{thing}-{n}", role) for thing, role in entry.about)
            yield replace(entry, thing=f"{entry.thing}-{n}", text=text, whole=entry.whole and fold(text), about=about)


def best(task: Callable[[], object], rounds: int = 5) -> float:
    """Milliseconds, wall, the best of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def measure(name: str, listed: list[Entry], place: Path) -> Iterator[tuple[str, str, str, str]]:
    """Rows of the table: size and time of writing, then one row a question."""
    path = place / "search.db"
    path.unlink(missing_ok=True)
    start = time.perf_counter()
    write(path, listed)
    took, text = time.perf_counter() - start, sum(len(entry.text.encode()) for entry in listed)
    claims = sum(len(entry.claims.split()) for entry in listed)
    yield f"{name}: {claims} claims, {len(listed)} entries, written in {took:.1f} s", "", "", ""
    size = path.stat().st_size
    yield "  size", f"{size / 1e6:.1f} MB", f"{text / 1e6:.1f} MB of text", f"{size / text:.1f}"
    index, folded = Index(path), [entry.body for entry in listed]
    for what, asked in ASKED.items():
        wanted = fold(asked).split()

        def scan(wanted: list[str] = wanted) -> list[str]:
            return [text for text in folded if all(f" {word}" in f" {text}" for word in wanted)]

        ours, theirs = best(lambda asked=asked: search(index, asked)), best(scan)  # type: ignore[misc]
        found = sum(search(index, asked).totals.values())
        yield f"  {what}: {found} found", f"{ours:.1f} ms", f"{theirs:.1f} ms (scan, unranked)", f"{ours / theirs:.2f}"
    for what, asked in WHOLE.items():
        found = sum(most(index, asked).totals.values())
        yield f"  {what}: {found} found", f"{best(lambda asked=asked: most(index, asked)):.1f} ms", "", ""  # type: ignore[misc]


def rows(claims: int = 100_000) -> Iterator[tuple[str, str, str, str]]:
    """Both measurements."""
    with tempfile.TemporaryDirectory(prefix="testimony-bench-") as place:
        own = entries(read(ROOT / "corpus"))
        yield from measure("search, own corpus", own, Path(place))
        yield from measure("search, invented", list(invented(own, claims)), Path(place))


if __name__ == "__main__":
    table = Table("what", "ours", "peer", "ratio", title="Testimony: text search", title_justify="left")
    for row in rows(*map(int, sys.argv[1:])):
        table.add_row(*row)
    Console(width=120).print(table)
