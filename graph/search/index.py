"""The index as a file: SQLite with FTS5, the same bytes for the same entries and the same SQLite.

The words are folded here and parted by single spaces, so that FTS5 only has to split at spaces and
its own tables of Unicode play no part. An index of prefixes was measured and left out: a third more
bytes, and no faster, since placing what fits costs more than finding it.
"""

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

from graph.errors import BuildError
from graph.search.ask import NAMED_WORDS, Asked
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
CREATE TABLE name (number INTEGER PRIMARY KEY, entity INTEGER NOT NULL);
CREATE TABLE about (
  entity INTEGER NOT NULL, claim INTEGER NOT NULL, role INTEGER NOT NULL, PRIMARY KEY (entity, claim)
) WITHOUT ROWID;
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
SELECT placed.total, placed.rung, 1, '[]', {", ".join(f"entry.{name}" for name in COLUMNS)}
FROM placed JOIN entry ON entry.number = placed.number
ORDER BY placed.rung, placed.score, placed.number
"""  # noqa: S608
# The same by how much of the question a thing holds; `least` of it must be held, or a whole name stand in the question.
# A sentence holds a word also where a name of its subject, object or speaker does, and that counts half.
_HELD = f"""
WITH part AS MATERIALIZED (
  SELECT key AS part, json_extract(value, '$[0]') AS own, json_extract(value, '$[1]') AS named,
    json_extract(value, '$[2]') AS weight
  FROM json_each(:parts)
), own AS MATERIALIZED (
  SELECT part, weight, words.rowid AS number FROM part CROSS JOIN words
  WHERE words MATCH own AND words.rowid BETWEEN :first AND :last
), meant AS MATERIALIZED (
  SELECT DISTINCT part, weight, entity FROM part CROSS JOIN words JOIN name ON name.number = words.rowid
  WHERE words MATCH named AND words.rowid BETWEEN :from AND :to
), held AS (
  SELECT part, weight, number, 2 AS how, 9 AS role, 0.0 AS score FROM own
  UNION ALL SELECT part, weight, claim, 1, role, 0.0 FROM meant JOIN about USING (entity)
  UNION ALL SELECT -1, 0, rowid, 0, 9, rank FROM words WHERE words MATCH :match AND rowid BETWEEN :first AND :last
), word AS (
  SELECT number, weight, max(how) AS how, min(role) AS role, score FROM held GROUP BY number, part
), counted AS (
  SELECT number, sum(weight) AS covered, sum(weight * how) AS weight, min(score) AS score, min(role) AS role
  FROM word GROUP BY number
), hit AS (
  SELECT counted.*, thing,
    CASE WHEN whole <> '' AND instr(:asked, ' ' || whole || ' ') AND field <> 'id' THEN 0 ELSE 1 END AS rung
  FROM counted JOIN entry USING (number)
), best AS (
  SELECT *, row_number() OVER (PARTITION BY thing ORDER BY rung, weight DESC, score, number) AS nth FROM hit
  WHERE rung = 0 OR covered >= CASE WHEN :most THEN min(:least, (SELECT max(covered) FROM counted)) ELSE :least END
), placed AS (
  SELECT *, count(*) OVER () AS total FROM best WHERE nth = 1
  ORDER BY rung, weight DESC, score, role, number LIMIT :limit
)
SELECT placed.total, placed.rung, covered, (
    SELECT json_group_array(DISTINCT entry.thing)
    FROM meant JOIN about USING (entity) JOIN entry ON entry.number = meant.entity
    WHERE about.claim = placed.number
      AND NOT EXISTS (SELECT 1 FROM own WHERE own.number = placed.number AND own.part = meant.part)
  ), {", ".join(f"entry.{name}" for name in COLUMNS)}
FROM placed JOIN entry ON entry.number = placed.number
ORDER BY placed.rung, weight DESC, score, role, placed.number
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Found:
    """A row that was found, and how it stands among those of its kind."""

    total: int  # how many of this kind there are
    rung: int
    share: float  # of the weight of what was asked, how much it holds: 0 to 1
    named: tuple[str, ...]  # entities whose names hold what the text itself does not
    entry: Entry


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
        made.executemany("INSERT INTO name VALUES (?, ?)", _names(numbered))
        made.executemany("INSERT INTO about VALUES (?, ?, ?)", _about(numbered))
        made.execute("INSERT INTO part SELECT kind, min(number), max(number) FROM entry GROUP BY kind ORDER BY kind")
        made.executemany("INSERT INTO words(rowid, body) VALUES (?, ?)", ((n, entry.body) for n, entry in numbered))
        made.execute("INSERT INTO words(words) VALUES ('optimize')")
        made.execute("COMMIT")
        made.execute("VACUUM")


def _first(numbered: list[tuple[int, Entry]]) -> dict[str, int]:
    """The number that stands for an entity: that of the first of its names."""
    found: dict[str, int] = {}
    for number, entry in numbered:
        if entry.kind == "entity":
            found.setdefault(entry.thing, number)
    return found


def _names(numbered: list[tuple[int, Entry]]) -> list[tuple[int, int]]:
    first = _first(numbered)
    return [(number, first[entry.thing]) for number, entry in numbered if entry.kind == "entity"]


def _about(numbered: list[tuple[int, Entry]]) -> list[tuple[int, int, int]]:
    """Which sentence concerns which entity, once, in its first role."""
    first = _first(numbered)
    roles: dict[tuple[int, int], int] = {}
    for number, entry in numbered:
        for thing, role in entry.about:
            if thing in first:
                at = (first[thing], number)
                roles[at] = min(role, roles.get(at, role))
    return [(*at, role) for at, role in sorted(roles.items())]


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

    def rows(self, asked: Asked, kind: str, limit: int = -1, least: float = 0.5) -> list[Found]:
        """What fits among one kind, best first; at most `limit` (-1: all).

        Where most of the words are enough, `least` is the share of their weight that is held.
        """
        if not asked.match:
            return []
        if not (part := self._asked("SELECT first, last FROM part WHERE kind = ?", (kind,))):
            return []
        first, last = part[0]
        given = {"match": asked.match, "whole": asked.whole, "limit": limit, "first": first, "last": last}
        every = 1
        if asked.most or (kind == "claim" and len(asked.parts) <= NAMED_WORDS):
            held = self._held(asked, kind, least)
            every = held["every"] or 1
            listed = self._asked(_HELD, {**given, **held})
        else:
            listed = self._asked(_FIND, given)
        return [
            Found(total, rung, covered / every, tuple(sorted(json.loads(named))), Entry(*values))
            for total, rung, covered, named, *values in listed
        ]

    def unknown(self, asked: Asked) -> tuple[str, ...]:
        """Words of a question that nothing here holds."""
        return tuple(word.folded for word, n in zip(asked.sought, self._counts(asked.parts), strict=True) if not n)

    def _held(self, asked: Asked, kind: str, least: float) -> dict[str, Any]:
        """What `_HELD` is given: each word counts by how rare it is, or as one where all must be held."""
        between = self._asked("SELECT first, last FROM part WHERE kind = 'entity'", ()) if kind == "claim" else []
        begin, end = between[0] if between else (0, -1)
        weights = self._rarity(asked.parts) if asked.most else [1] * len(asked.parts)
        # how many, who: among the questions they decide between equals
        little = [(word, word, 1) for word in asked.little] if kind == "question" else []
        return {
            "parts": json.dumps([*zip(asked.parts, asked.names, weights, strict=True), *little]),
            "from": begin,
            "to": end,
            "least": sum(weights) * least if asked.most else len(weights),
            "every": sum(weights),
            "most": asked.most,
            "asked": f" {asked.whole} ",
        }

    def _rarity(self, parts: Sequence[str]) -> list[int]:
        """What each word counts: none when nothing holds it."""
        every = self._asked("SELECT max(last) FROM part", ())[0][0]
        return [round(1000 * log((every + 1) / (n + 0.5))) if n else 0 for n in self._counts(parts)]

    def _counts(self, parts: Sequence[str]) -> list[int]:
        """How many entries hold each word."""
        return [self._asked("SELECT count(*) FROM words WHERE words MATCH ?", (part,))[0][0] for part in parts]

    def _asked(self, query: str, given: Any) -> list[Any]:
        try:
            with self._turn:
                return self._file.execute(query, given).fetchall()
        except sqlite3.DatabaseError as error:
            raise BuildError(str(self.path), f"the index of words cannot be read ({error})", _REBUILD) from None
