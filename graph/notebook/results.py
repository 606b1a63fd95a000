"""What the methods of a graph give back: tables, traces, words, drawings and quick pictures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from graph.errors import MissingPackageError
from graph.evidence import ClaimEvidence, EdgeEvidence, Focus
from graph.export import markdown
from graph.export.tree import tree
from graph.network import focus_page
from graph.network.star import star
from graph.network.svg import looks, status_word
from graph.network.told import lines
from graph.notebook.display import COLUMNS, Shown, claim_rows, folded, frame, pre, table

_FRAME = 760


@dataclass(frozen=True, repr=False)
class Table(Shown):
    """Rows of a query as text; iterate for one mapping a row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def text(self) -> str:
        widths = [max(len(r[i]) for r in (self.columns, *self.rows)) for i in range(len(self.columns))]
        lined = [
            "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
            for row in (self.columns, *self.rows)
        ]
        return "\n".join([*([self.note] if self.note else []), *lined])

    def html(self) -> str:
        return table(self.columns, self.rows, self.note)

    def markdown(self) -> str:
        return markdown.table(self.columns, [_marked(self.columns, row) for row in self.rows], self.note)

    def to_df(self) -> Any:
        """The rows as a pandas DataFrame, its note in `attrs`; MissingPackageError where pandas is not installed."""
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise MissingPackageError("pandas", "pandas", "or iterate over the table: one mapping a row") from None
        made = pandas.DataFrame(list(self.rows), columns=list(self.columns))
        made.attrs["note"] = self.note
        return made


@dataclass(frozen=True, repr=False)
class Trace(Shown):
    """Evidence as a tree of text."""

    title: str
    edges: tuple[EdgeEvidence, ...]

    @property
    def claims(self) -> tuple[ClaimEvidence, ...]:
        return tuple(claim for edge in self.edges for claim in edge.claims)

    def text(self) -> str:
        return "\n".join(tree(self.title, self.edges))


@dataclass(frozen=True, repr=False)
class Told(Shown):
    """Lines in which every edge stands with its status and its source; `found` holds the values behind them."""

    lines: tuple[str, ...]
    found: tuple[Any, ...] = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, repr=False)
class Drawing(Shown):
    """A picture drawn by hand, with every claim on it; the rows below say the same without it.

    `days` has for each claim the day or days at which it is drawn.
    """

    title: str
    picture: str
    claims: tuple[ClaimEvidence, ...]
    days: tuple[str, ...]
    note: str = ""

    def svg(self) -> str:
        return self.picture

    def text(self) -> str:
        rows = [f"{day}  {told}" for day, told in zip(self.days, lines(self.claims), strict=True)]
        return "\n".join([self.title, *([self.note] if self.note else []), *rows])

    def html(self) -> str:
        rows = [(day, *row) for day, row in zip(self.days, claim_rows(self.claims), strict=True)]
        twin = folded(f"the same as {len(rows)} rows", table(("day", *COLUMNS), rows))
        return f'<figure style="margin: 0">{self.picture}</figure>{pre(self.note) if self.note else ""}{twin}'

    def markdown(self) -> str:
        columns = ("day", *COLUMNS)
        rows = [(day, *row) for day, row in zip(self.days, claim_rows(self.claims), strict=True)]
        return markdown.table(columns, [_marked(columns, row) for row in rows], self.note)


@dataclass(frozen=True, repr=False)
class Neighbourhood(Shown):
    """What is said of one entity: lines to choose, with the words behind them."""

    focus: Focus
    address: str | None = None

    @property
    def claims(self) -> tuple[ClaimEvidence, ...]:
        return tuple(claim for bundle in self.focus.bundles for edge in bundle.edges for claim in edge.claims)

    @property
    def title(self) -> str:
        counted = f"{len(self.claims)} of {self.focus.total_claims} claims on {len(self.focus.bundles)} of {self.focus.total} lines"
        return f"{self.focus.entity.label}: {counted}"

    def svg(self) -> str:
        return star(self.focus)

    def text(self) -> str:
        return "\n".join([self.title, *lines(self.claims)])

    def html(self) -> str:
        rows = folded(f"{self.title}, as rows", table(COLUMNS, claim_rows(self.claims)))
        return frame(focus_page(self.focus, self.address), f"Testimony: {self.focus.entity.label}", _FRAME) + rows

    def markdown(self) -> str:
        return markdown.table(COLUMNS, [_marked(COLUMNS, row) for row in claim_rows(self.claims)], self.title)


@dataclass(frozen=True, repr=False)
class Picture(Shown):
    """A quick pyvis picture whose lines lead to their evidence, with a plain-text twin."""

    network: Any
    claims: tuple[ClaimEvidence, ...]
    height: int = 860

    def text(self) -> str:
        return "\n".join([f"{len(self.claims)} claims", *lines(self.claims)])

    def html(self) -> str:
        rows = folded(f"the same as {len(self.claims)} rows", table(COLUMNS, claim_rows(self.claims)))
        return frame(self.network.html, "Testimony: a quick picture", self.height) + rows

    def markdown(self) -> str:
        return markdown.table(COLUMNS, [_marked(COLUMNS, row) for row in claim_rows(self.claims)])


def _marked(columns: Sequence[str], row: Sequence[str]) -> tuple[str, ...]:
    """A row whose drawn status has its glyph beside its word."""
    return tuple(
        status_word(text) if name == "drawn" and text in looks() else text
        for name, text in zip(columns, row, strict=True)
    )
