"""Printing: progress on standard error, tables and trees on standard output.

Texts of the corpus are printed without markup and without control characters: a terminal obeys
escape sequences as a browser obeys script.
"""

import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

NARROWEST = 14  # characters a column needs to be read


def plain(text: str) -> str:
    """The text without characters that a terminal would obey."""
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "\ufffd" for c in text)


@contextmanager
def progress(steps: int) -> Iterator[Callable[[str], None]]:
    """A progress bar with the name of the step; silent unless a person watches."""
    if not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=steps)

        def step(name: str) -> None:
            bar.update(task, description=name, advance=1)

        yield step


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
    """A table as wide as the terminal, or 200 characters in a pipe; too wide a one is told row by row."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)
    if sys.stdout.isatty() and console.width < NARROWEST * len(columns):
        _records(columns, rows, title)
        return
    made = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*(Text(plain(cell)) for cell in row))
    console.print(made)


def _records(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> None:
    """One block a row: words broken into strips of six letters cannot be read."""
    say(title)
    wide = max(len(column) for column in columns)
    for row in rows:
        say()
        for column, text in zip(columns, row, strict=True):
            if text:
                say(f"{column.rjust(wide)}  {text}")


def say(line: str = "") -> None:
    """A line on standard output."""
    print(plain(line))


def note(line: str) -> None:
    """A line on standard error."""
    print(plain(line), file=sys.stderr)
