"""Checked nodes → model values; figures, relations and objects are judged here, with their line."""

from decimal import Decimal
from typing import Any

from graph.corpus.schema import NUMERIC_COMPARATORS, WORD_BOUNDS
from graph.corpus.strictyaml import Node
from graph.errors import Problem, nearest
from graph.model import (
    Alias,
    Condition,
    CoverageRule,
    Custody,
    Date,
    Document,
    Edge,
    Entity,
    Figure,
    Hop,
    IdentityJudgement,
    Inferring,
    Interval,
    Original,
    OriginGroup,
    Paragraph,
    Passage,
    Pattern,
    PlaceFacts,
    Published,
    Question,
    Record,
    Ref,
    Retraction,
    SamePopulation,
    Thing,
    Truth,
    Utterance,
    Where,
)
from graph.vocabulary import vocabulary

COUNT_FAMILY = "FamilyQuantity"


def is_date(text: str) -> bool:
    """Whether a text is a date at some precision, of the proleptic Gregorian calendar."""
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or [len(p) for p in parts] not in ([4], [4, 2], [4, 2, 2]):
        return False
    month = int(parts[1]) if len(parts) > 1 else 1
    day = int(parts[2]) if len(parts) > 2 else 1
    if not 1 <= month <= 12 or day < 1:
        return False
    leap = int(parts[0]) % 4 == 0 and (int(parts[0]) % 100 != 0 or int(parts[0]) % 400 == 0)
    return day <= [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]


class Converter:
    """Converts the nodes of one file; collects problems instead of stopping at the first."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def _bad(self, line: int, code: str, found: str, allowed: str, fix: str) -> None:
        self.problems.append(Problem(self.name, line, code, found, allowed, fix))

    # ---- documents -----------------------------------------------------------------------

    def document(self, root: Node) -> Document:
        head = _map(root, "document")
        plain: Any = Node(head, 0).plain()
        original = plain.get("original")
        record = _record(_plain(root, "record"))
        return Document(
            id=plain["id"],
            title=plain["title"],
            kind=plain["kind"],
            publisher=plain["publisher"],
            author=plain["author"],
            language=plain["language"],
            published=Published(plain["published"]["from"], plain["published"]["to"], plain["published"]["basis"]),
            captured=plain["captured"],
            text_quality=plain["textQuality"],
            leaning=plain["leaning"],
            record=record,
            digest=tuple(Paragraph(d["p"], d["text"]) for d in _plain(root, "digest")),
            utterances=tuple(self.utterance(n) for n in _list(root, "utterances")),
            url=plain.get("url"),
            original=original
            and Original(original["sha256"], original["codePoints"], tuple((a, b) for a, b in original["paragraphs"])),
            republishes=tuple(plain.get("republishes", ())),
            availability=plain.get("availability"),
            note=plain.get("note"),
            where=Where(self.name, head["id"].line),
        )

    def utterance(self, node: Node) -> Utterance:
        plain: Any = node.plain()
        edges = _list(node, "edges")
        retracted = plain.get("retracted")
        return Utterance(
            id=plain["id"],
            passage=_passage(plain["passage"]),
            says=plain["says"],
            by=_hops(plain["by"]),
            evidence=tuple(plain.get("evidence", ())),
            printed=plain.get("printed"),
            reading=plain.get("reading", "Clear"),
            position=plain.get("position", "Body"),
            mode=plain.get("mode", "Actual"),
            condition=tuple(self.condition(n) for n in _list(node, "condition")),
            edges=tuple(self.edge(n) for n in edges),
            about=tuple(plain.get("about", ())),
            could_also=tuple(plain.get("couldAlso", ())),
            infers=tuple(
                Inferring(i["claim"], tuple(i["from"]), i["scheme"], i["needs"]) for i in plain.get("infers", ())
            ),
            note=plain.get("note"),
            record=_record(plain["record"]) if "record" in plain else None,
            retracted=retracted
            and Retraction(retracted["at"], retracted["by"], retracted["reason"], retracted["note"]),
            where=Where(self.name, node.line),
            edge_lines=tuple(e.line for e in edges),
        )

    def condition(self, node: Node) -> Condition:
        plain: Any = node.plain()
        assert isinstance(node.value, dict)
        return Condition(self.edge(node.value["edge"]), plain["link"], plain.get("polarity", "Affirms"))

    # ---- edges ---------------------------------------------------------------------------

    def edge(self, node: Node) -> Edge:
        subject, predicate, thing = (n.value for n in _items(node))
        known = vocabulary().properties
        if not isinstance(subject, str) or not isinstance(predicate, str):
            self._bad(
                node.line,
                "edge-form",
                f"the edge {node.plain()!r}",
                "[subject, relation, object]",
                "give subject and relation as words",
            )
            return Edge("", "", Truth())
        if predicate not in known:
            self._bad(
                node.line,
                "unknown-relation",
                f"the relation {predicate!r}",
                "a content property of ontology.ttl",
                nearest(predicate, tuple(known)) or "see docs/vocabulary.md",
            )
            return Edge(subject, predicate, Truth())
        return Edge(subject, predicate, self.thing(_items(node)[2], predicate))

    def thing(self, node: Node, predicate: str) -> Thing:
        wanted = vocabulary().property(predicate).range
        value = node.value
        thing: Thing | None = None
        if value is True and "boolean" in wanted:
            thing = Truth()
        elif isinstance(value, int) and not isinstance(value, bool) and "date" in wanted and is_date(str(value)):
            thing = Date(str(value))
        elif isinstance(value, str) and "date" in wanted and is_date(value):
            thing = Date(value)
        elif isinstance(value, dict) and "Interval" in wanted and set(value) == {"from", "to"}:
            thing = self._interval(node)
        elif isinstance(value, dict) and "Estimate" in wanted:
            thing = self._figure(node)
        elif isinstance(value, str) and not set(wanted) & {"boolean", "date", "Interval", "Estimate"}:
            thing = Ref(value)
        if thing is None:
            self._bad(
                node.line,
                "object-form",
                f"{node.plain()!r} as object of {predicate}",
                _range_words(wanted),
                "give an object of that form",
            )
            return Truth()
        return thing

    def _interval(self, node: Node) -> Interval:
        plain: Any = node.plain()
        start, end = str(plain["from"]), str(plain["to"])
        if not (is_date(start) and is_date(end)) or start > end:
            self._bad(
                node.line,
                "interval-order",
                f"an interval from {start} to {end}",
                "two dates in order",
                "mend the dates",
            )
        return Interval(start, end)

    def _figure(self, node: Node) -> Figure:
        plain: Any = node.plain()
        comparators = [key for key in plain if key in NUMERIC_COMPARATORS or key in ("between", "words")]
        allowed = ", ".join([*NUMERIC_COMPARATORS, "between", "words"])
        if len(comparators) != 1:
            self._bad(
                node.line,
                "figure-comparator",
                f"a figure with {len(comparators) or 'no'} comparator{'s' * (len(comparators) > 1)}",
                f"exactly one of {allowed}",
                "say how the source bounds the number, `exactly` for a bare one",
            )
            return Figure("Exactly")
        if ("of" in plain) == ("unit" in plain):
            self._bad(
                node.line,
                "figure-population",
                "a figure without population or unit"
                if "of" not in plain
                else "a figure with both population and unit",
                "`of:` a group for counts, or `unit:` for durations and distances",
                "name who or what is counted",
            )
        extra = set(plain) - {comparators[0], "of", "unit", "asOf"}
        if extra:
            self._bad(
                node.line,
                "figure-key",
                f"the key {min(extra)!r} in a figure",
                f"one comparator ({allowed}), of or unit, asOf",
                "remove it",
            )
        as_of = str(plain["asOf"]) if "asOf" in plain else None
        if as_of and not is_date(as_of):
            self._bad(
                node.line, "date-form", f"asOf {as_of!r}", "a date like 2022, 2022-01 or 2022-01-26", "mend the date"
            )
        value, low, high, words = self._bounds(node.line, comparators[0], plain[comparators[0]])
        comparator = NUMERIC_COMPARATORS.get(comparators[0], "Between" if comparators[0] == "between" else "InWords")
        return Figure(comparator, value, low, high, words, plain.get("of"), plain.get("unit"), as_of)

    def _bounds(
        self, line: int, key: str, given: Any
    ) -> tuple[Decimal | None, Decimal | None, Decimal | None, str | None]:
        if key == "words":
            if given not in WORD_BOUNDS:
                self._bad(
                    line,
                    "figure-words",
                    f"the number word {given!r}",
                    ", ".join(WORD_BOUNDS),
                    "use the nearest of these or a number",
                )
                return None, None, None, str(given)
            low, high = WORD_BOUNDS[given]
            return None, Decimal(low), None if high is None else Decimal(high), given
        numbers = given if key == "between" else [given]
        if (
            not isinstance(numbers, list)
            or not all(isinstance(n, int | Decimal) and not isinstance(n, bool) for n in numbers)
            or (key == "between" and len(numbers) != 2)
        ):
            self._bad(
                line, "figure-number", f"{given!r} as {key}", "a number, or two for `between`", "give plain digits"
            )
            return None, None, None, None
        ends = [Decimal(n) for n in numbers]
        if key == "between":
            if ends[0] > ends[1]:
                self._bad(
                    line, "figure-order", f"between {ends[0]} and {ends[1]}", "the low end first", "swap the ends"
                )
            return None, ends[0], ends[1], None
        if ends[0] < 0:
            self._bad(
                line, "figure-number", f"{ends[0]} as {key}", "zero or more", "counts and lengths are never negative"
            )
        return ends[0], None, None, None

    # ---- entities, questions, groups -----------------------------------------------------

    def entity(self, node: Node) -> Entity:
        plain: Any = node.plain()
        place = plain.get("place")
        return Entity(
            id=plain["id"],
            kind=plain["kind"],
            label=_labels(plain["label"]),
            aliases=tuple(Alias(a["text"], a["lang"], a["document"]) for a in plain.get("aliases", ())),
            organ_of=plain.get("organOf"),
            institution=plain.get("institution"),
            within=plain.get("within"),
            part_of=plain.get("partOf"),
            members=tuple(plain.get("members", ())),
            unidentified=plain.get("unidentified", False),
            place=place
            and PlaceFacts(
                Decimal(place["lat"]), Decimal(place["lon"]), place["precision"], place["level"], place["source"]
            ),
            possible_same=tuple(
                IdentityJudgement(j["with"], j["by"], j["at"], j["reason"]) for j in plain.get("possibleSame", ())
            ),
            formerly=tuple(plain.get("formerly", ())),
            note=plain.get("note"),
            where=Where(self.name, node.line),
        )

    def question(self, node: Node) -> Question:
        plain: Any = node.plain()
        for pattern in plain["patterns"]:
            if pattern[1] not in vocabulary().properties:
                self._bad(
                    node.line,
                    "unknown-relation",
                    f"the relation {pattern[1]!r} in question {plain['id']}",
                    "a content property of ontology.ttl",
                    nearest(pattern[1], tuple(vocabulary().properties)) or "see docs/vocabulary.md",
                )
        return Question(
            id=plain["id"],
            label=_labels(plain["label"]),
            behaviour=plain["behaviour"],
            patterns=tuple(Pattern(*p) for p in plain["patterns"]),
            same_population=tuple(
                SamePopulation((s["pair"][0], s["pair"][1]), s["by"], s["at"], s["reason"])
                for s in plain.get("samePopulation", ())
            ),
            covers=tuple(
                CoverageRule(
                    Pattern(*c["denial"]), tuple(Pattern(*p) for p in c["contests"]), c["by"], c["at"], c["reason"]
                )
                for c in plain.get("covers", ())
            ),
            note=plain.get("note"),
            where=Where(self.name, node.line),
        )

    def group(self, node: Node) -> OriginGroup:
        plain: Any = node.plain()
        return OriginGroup(
            plain["id"],
            plain["label"],
            tuple(plain["members"]),
            plain["by"],
            plain["at"],
            plain["reason"],
            Where(self.name, node.line),
        )


def _hops(plain: list[dict[str, Any]]) -> tuple[Hop, ...]:
    """Defaults: the innermost hop asserts, affirms and is certain; a relay is neutral."""
    hops: list[Hop] = []
    for number, hop in enumerate(plain, start=1):
        inner = number == len(plain)
        held = hop.get("heldBy")
        force = hop.get("force", "Asserts") if inner else hop.get("force")
        side = "TakesNoSide" if force in ("Asks", "Recommends", "Directs") else "Affirms"
        hops.append(
            Hop(
                speaker=hop["speaker"],
                commitment=hop.get("commitment", "OwnVoice" if inner else "Neutral"),
                force=force,
                polarity=hop.get("polarity", side) if inner else hop.get("polarity"),
                certainty=hop.get("certainty", "Certain") if inner else hop.get("certainty"),
                to=tuple(hop.get("to", ())),
                cue=hop.get("cue"),
                circumstances=tuple(hop.get("circumstance", ())),
                held_by=held and Custody(held["who"], held["basis"]),
                said_at=str(hop["saidAt"]) if "saidAt" in hop else None,
                basis=hop.get("basis", "Explicit"),
            )
        )
    return tuple(hops)


def _passage(plain: dict[str, Any]) -> Passage:
    start, end = plain.get("chars", (None, None))
    return Passage(plain["paragraph"], start, end, plain.get("sha256"))


def _record(plain: dict[str, Any]) -> Record:
    return Record(plain["by"], plain["at"])


def _labels(plain: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((lang, plain[lang]) for lang in ("en", "ku", "ar", "tr") if lang in plain)


def _range_words(wanted: tuple[str, ...]) -> str:
    words = {
        "boolean": "true",
        "date": "a date like 2022-01-20",
        "Interval": "{from: …, to: …}",
        "Estimate": "a figure like {about: 200, of: a-group}",
    }
    return " or ".join(words.get(w, f"the id of a {w}") for w in wanted)


def _items(node: Node) -> list[Node]:
    assert isinstance(node.value, list)
    return node.value


def _map(node: Node, key: str) -> dict[str, Node]:
    assert isinstance(node.value, dict)
    inner = node.value[key].value
    assert isinstance(inner, dict)
    return inner


def _list(node: Node, key: str) -> list[Node]:
    assert isinstance(node.value, dict)
    return _items(node.value[key]) if key in node.value else []


def _plain(node: Node, key: str) -> Any:
    assert isinstance(node.value, dict)
    return node.value[key].plain()
