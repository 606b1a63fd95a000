"""The index as a file: SQLite with FTS5, the same bytes for the same entries and the same SQLite.

The words are folded here and parted by single spaces, so that FTS5 only has to split at spaces and
its own tables of Unicode play no part. An index of prefixes was measured and left out: a third more
bytes, and no faster, since placing what fits costs more than finding it.
"""

import sqlite3
import threading
import weakref
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from graph.errors import BuildError
from graph.search.ask import Asked
from graph.search.entry import COLUMNS, Entry, row

_REBUILD = "run `testimony build --force`: the index is rebuilt from corpus/"
_SCHEMA = f"""
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
PRAGMA auto_vacuum = NONE;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA secure_delete = ON;
CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  {", ".join(f"{name} {'INTEGER' if name == 'paragraph' else 'TEXT'} NOT NULL" for name in COLUMNS)},
  CHECK (field <> 'says' OR (status <> '' AND speaker <> '' AND chain <> '' AND documents <> '' AND claims <> '')),
  CHECK (field <> 'digest' OR documents <> '')
);
CREATE TABLE part (kind TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(body, content='', tokenize='ascii');
"""
# The rungs: a whole label, a whole alias, the beginning of a label, a label, an alias, a text that is no name.
# Each kind is a range of numbers, to which FTS5 keeps; a thing with several names counts once.
_FIND = f"""
WITH hit AS (
  SELECT entry.number AS number, thing, words.rank AS score,
    CASE
      WHEN field IN ('label', 'title') AND whole = :whole THEN 0
      WHEN field IN ('alias', 'id') AND whole = :whole THEN 1
      WHEN field IN ('label', 'title') AND substr(whole, 1, length(:whole)) = :whole THEN 2
      WHEN field IN ('label', 'title') THEN 3
      WHEN field IN ('alias', 'id') THEN 4
      ELSE 5
    END AS rung
  FROM words JOIN entry ON entry.number = words.rowid
  WHERE words MATCH :match AND words.rowid BETWEEN :first AND :last
), best AS (
  SELECT *, row_number() OVER (PARTITION BY thing ORDER BY rung, score, number) AS nth FROM hit
), placed AS (
  SELECT number, rung, score, count(*) OVER () AS total FROM best WHERE nth = 1
  ORDER BY rung, score, number LIMIT :limit
)
SELECT placed.total, placed.rung, {", ".join(f"entry.{name}" for name in COLUMNS)}
FROM placed JOIN entry ON entry.number = placed.number
ORDER BY placed.rung, placed.score, placed.number
"""  # noqa: S608
Found = tuple[int, int, Entry]  # how many of this kind there are, the rung, the entry


def write(path: Path, found: Iterable[Entry]) -> None:
    """Write the index of some entries. BuildError when this Python's SQLite has no FTS5."""
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        try:
            made.executescript(_SCHEMA)
        except sqlite3.OperationalError as error:
            raise BuildError(
                str(path),
                f"SQLite {sqlite3.sqlite_version} of this Python cannot search text ({error})",
                "use a Python whose sqlite3 has FTS5, as those of python.org and of Debian have",
            ) from None
        numbered = list(enumerate(found, start=1))
        places = ", ".join("?" * (1 + len(COLUMNS)))
        made.execute("BEGIN")
        made.executemany(f"INSERT INTO entry VALUES ({places})", ((n, *row(entry)) for n, entry in numbered))  # noqa: S608
        made.execute("INSERT INTO part SELECT kind, min(number), max(number) FROM entry GROUP BY kind ORDER BY kind")
        made.executemany("INSERT INTO words(rowid, body) VALUES (?, ?)", ((n, entry.body) for n, entry in numbered))
        made.execute("INSERT INTO words(words) VALUES ('optimize')")
        made.execute("COMMIT")
        made.execute("VACUUM")


class Index:
    """Answers over one published index; never writes. Threads take turns."""

    def __init__(self, path: Path) -> None:
        """Open it; BuildError when it is not there."""
        self.path = path
        self._turn = threading.Lock()
        try:
            self._file = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise BuildError(str(path), f"the index of words cannot be opened ({error})", _REBUILD) from None
        weakref.finalize(self, self._file.close)  # open as long as somebody asks, though the next build sweeps it

    def rows(self, asked: Asked, kind: str, limit: int = -1) -> list[Found]:
        """What fits among one kind, best first; at most `limit` (-1: all)."""
        if not asked.match:
            return []
        try:
            with self._turn:
                part = self._file.execute("SELECT first, last FROM part WHERE kind = ?", (kind,)).fetchone()
                given = {"match": asked.match, "whole": asked.whole, "limit": limit}
                listed = part and self._file.execute(_FIND, {**given, "first": part[0], "last": part[1]}).fetchall()
        except sqlite3.DatabaseError as error:
            raise BuildError(str(self.path), f"the index of words cannot be read ({error})", _REBUILD) from None
        return [(total, rung, Entry(*values)) for total, rung, *values in listed or ()]
