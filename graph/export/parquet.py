"""Claims as Parquet, one row a claim: the columns of the CSV, numbers and truth values as such, absent as null."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from graph.errors import ExportError
from graph.evidence import ClaimEvidence
from graph.export.backing import Backing
from graph.export.quads import title
from graph.export.rows import COLUMNS, row

_WHOLE = frozenset({"paragraph", "char_start", "char_end"})
_TRUTH = frozenset({"adds_origin"})
_ROWS = 50_000  # in a group, so that the bytes do not hang on a default of the library


def write(claims: Sequence[ClaimEvidence], backing: Backing, out: BinaryIO) -> int:
    """Write every claim; returns their number. Raises ExportError when pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise ExportError(
            "parquet", "pyarrow is not installed", "install the extra: pip install 'testimony[parquet]'"
        ) from None
    rows = [row(claim, backing.corpus) for claim in claims]
    facts = {"corpus": backing.corpus, "title": title(len(claims))}
    schema = pa.schema([(name, _type(pa, name)) for name in COLUMNS], metadata=facts)
    held = [[_value(name, one[name]) for one in rows] for name in COLUMNS]
    arrays = [pa.array(values, type=_type(pa, name)) for name, values in zip(COLUMNS, held, strict=True)]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd", row_group_size=_ROWS)
    return len(claims)


def _type(pa: Any, name: str) -> Any:
    return pa.int64() if name in _WHOLE else pa.bool_() if name in _TRUTH else pa.string()


def _value(name: str, text: str) -> str | int | bool | None:
    if text == "":
        return None
    return int(text) if name in _WHOLE else text == "true" if name in _TRUTH else text
