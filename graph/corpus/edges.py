"""Edges, figures and dates of one corpus file → model values, judged here with their line."""

from decimal import Decimal
from typing import Any

from graph.content import Date, Edge, Figure, Interval, Ref, Thing, Truth
from graph.corpus.dates import after, is_date
from graph.corpus.schema import NUMERIC_COMPARATORS, UNITS, WORD_BOUNDS
from graph.corpus.strictyaml import Node
from graph.errors import Problem, nearest
from graph.vocabulary import vocabulary

_VALUES = frozenset({"boolean", "date", "Interval", "Estimate"})  # ranges that are no entities
_COMPARATORS = (*NUMERIC_COMPARATORS, "between", "words")
_DATE_LIKE = "a date like 2022, 2022-01 or 2022-01-26"
_UNBOUND: tuple[None, None, None, None] = (None, None, None, None)


class EdgeConverter:
    """Converts edges; collects problems instead of stopping at the first."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def bad(self, line: int, code: str, found: str, allowed: str, fix: str) -> None:
        self.problems.append(Problem(self.name, line, code, found, allowed, fix))

    def edge(self, node: Node) -> Edge:
        assert isinstance(node.value, list)
        subject, predicate = (part.value for part in node.value[:2])
        if not isinstance(subject, str) or not isinstance(predicate, str):
            self.bad(
                node.line,
                "edge-form",
                f"the edge {node.plain()!r}",
                "[subject, relation, object]",
                "give subject and relation as words",
            )
            return Edge("", "", Truth())
        if not self.relation(predicate, node.line):
            return Edge(subject, predicate, Truth())
        return Edge(subject, predicate, self.thing(node.value[2], predicate))

    def relation(self, name: str, line: int, where: str = "") -> bool:
        """Whether a relation is known; a problem if not."""
        known = vocabulary().properties
        if name not in known:
            self.bad(
                line,
                "unknown-relation",
                f"the relation {name!r}{where}",
                "a content property of ontology.ttl",
                nearest(name, tuple(known)) or "see docs/vocabulary.md",
            )
        return name in known

    def thing(self, node: Node, predicate: str) -> Thing:
        wanted = vocabulary().property(predicate).range
        thing = self._thing(node, frozenset(wanted))
        if thing is None:
            self.bad(
                node.line,
                "object-form",
                f"{node.plain()!r} as object of {predicate}",
                _range_words(wanted),
                "give an object of that form",
            )
            return Truth()
        return thing

    def _thing(self, node: Node, wanted: frozenset[str]) -> Thing | None:
        value = node.value
        if isinstance(value, bool):
            return Truth() if value and "boolean" in wanted else None
        if isinstance(value, dict):
            if "Interval" in wanted and set(value) == {"from", "to"}:
                return self._interval(node)
            return self._figure(node) if "Estimate" in wanted else None
        if isinstance(value, str | int) and "date" in wanted and is_date(str(value)):
            return Date(str(value))
        # a relation without a stated range takes any entity
        return Ref(value) if isinstance(value, str) and (wanted - _VALUES or not wanted) else None

    def _interval(self, node: Node) -> Interval:
        plain: Any = node.plain()
        start, end = str(plain["from"]), str(plain["to"])
        if not (is_date(start) and is_date(end)) or after(start, end):
            self.bad(
                node.line,
                "interval-order",
                f"an interval from {start} to {end}",
                "two dates in order",
                "mend the dates",
            )
        return Interval(start, end)

    def _figure(self, node: Node) -> Figure:
        plain: Any = node.plain()
        comparators = [key for key in plain if key in _COMPARATORS]
        if len(comparators) != 1:
            self.bad(
                node.line,
                "figure-comparator",
                f"a figure with {len(comparators) or 'no'} comparator{'s' * (len(comparators) > 1)}",
                f"exactly one of {', '.join(_COMPARATORS)}",
                "say how the source bounds the number, `exactly` for a bare one",
            )
            return Figure("Exactly")
        key = comparators[0]
        self._figure_keys(node.line, plain, key)
        value, low, high, words = self._bounds(node.line, key, plain[key])
        comparator = NUMERIC_COMPARATORS.get(key, "Between" if key == "between" else "InWords")
        of, unit = self._population(node.line, plain)
        as_of = str(plain["asOf"]) if "asOf" in plain else None
        if as_of is not None and not is_date(as_of):
            self.bad(node.line, "date-form", f"asOf {as_of!r}", _DATE_LIKE, "mend the date")
        return Figure(comparator, value, low, high, words, of, unit, as_of)

    def _figure_keys(self, line: int, plain: dict[str, Any], comparator: str) -> None:
        extra = set(plain) - {comparator, "of", "unit", "asOf"}
        if extra:
            allowed = f"one comparator ({', '.join(_COMPARATORS)}), of or unit, asOf"
            fix = nearest(min(extra), (*_COMPARATORS, "of", "unit", "asOf")) or "remove it"
            self.bad(line, "figure-key", f"the key {min(extra)!r} in a figure", allowed, fix)

    def _population(self, line: int, plain: dict[str, Any]) -> tuple[str | None, str | None]:
        of, unit = plain.get("of"), plain.get("unit")
        if ("of" in plain) == ("unit" in plain):
            self.bad(
                line,
                "figure-population",
                "a figure with both population and unit" if "of" in plain else "a figure without population or unit",
                "`of:` a group for counts, or `unit:` for durations and distances",
                "name who or what is counted",
            )
        elif "of" in plain and not isinstance(of, str):
            self.bad(line, "figure-population", f"{of!r} as population", "the id of a group", "name one group")
        elif "unit" in plain and unit not in UNITS:
            self.bad(
                line,
                "figure-unit",
                f"{unit!r} as unit",
                ", ".join(UNITS),
                nearest(str(unit), UNITS) or "convert to one of these",
            )
        return of if isinstance(of, str) else None, unit if isinstance(unit, str) else None

    def _bounds(
        self, line: int, key: str, given: Any
    ) -> tuple[Decimal | None, Decimal | None, Decimal | None, str | None]:
        if key == "words":
            return self._words(line, given)
        numbers = given if key == "between" else [given]
        if (
            not isinstance(numbers, list)
            or len(numbers) != (2 if key == "between" else 1)
            or not all(map(_number, numbers))
        ):
            allowed = "two numbers, zero or more" if key == "between" else "a number, zero or more"
            self.bad(line, "figure-number", f"{given!r} as {key}", allowed, "give plain digits")
            return _UNBOUND
        ends = [Decimal(number) for number in numbers]
        if key != "between":
            return ends[0], None, None, None
        if ends[0] > ends[1]:
            self.bad(line, "figure-order", f"between {ends[0]} and {ends[1]}", "the low end first", "swap the ends")
        return None, ends[0], ends[1], None

    def _words(self, line: int, given: Any) -> tuple[None, Decimal | None, Decimal | None, str | None]:
        bounds = WORD_BOUNDS.get(given) if isinstance(given, str) else None
        if bounds is None:
            self.bad(
                line,
                "figure-words",
                f"the number word {given!r}",
                ", ".join(WORD_BOUNDS),
                nearest(str(given), tuple(WORD_BOUNDS)) or "use the nearest of these or a number",
            )
            return _UNBOUND
        low, high = bounds
        return None, Decimal(low), None if high is None else Decimal(high), str(given)


def _number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= 0


def _range_words(wanted: tuple[str, ...]) -> str:
    words = {
        "boolean": "true (a denial is polarity)",
        "date": _DATE_LIKE,
        "Interval": "{from: …, to: …}",
        "Estimate": "a figure like {about: 200, of: a-group}",
    }
    return " or ".join(words.get(w, f"the id of a {w}") for w in wanted) or "the id of an entity"
