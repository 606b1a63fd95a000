"""Checked nodes → model values: documents, entities, questions, groups."""

from decimal import Decimal
from typing import Any

from graph.content import Where
from graph.corpus.edges import EdgeConverter
from graph.corpus.schema import RELATION_PREFIX
from graph.corpus.strictyaml import Node
from graph.model import (
    Alias,
    Assessment,
    Condition,
    CoverageRule,
    Custody,
    Document,
    Entity,
    Hop,
    IdentityJudgement,
    IndependenceJudgement,
    Inferring,
    LintException,
    Original,
    OriginGroup,
    Paragraph,
    Passage,
    Pattern,
    PlaceFacts,
    Published,
    Question,
    Record,
    Retraction,
    SamePopulation,
    SourceRelation,
    Utterance,
)


class Converter(EdgeConverter):
    """Converts the nodes of one file; collects problems instead of stopping at the first."""

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
            lint_ok=tuple(LintException(x["code"], x["why"]) for x in plain.get("lintOk", ())),
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
        where = f" in question {plain['id']}"
        rules = _list(node, "covers")
        denials = [_field(rule, "denial") for rule in rules]
        contests = [pattern for rule in rules for pattern in _list(rule, "contests")]
        for pattern in (*_list(node, "patterns"), *denials, *contests):
            self.relation(str(_items(pattern)[1].value), pattern.line, where)
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

    def assessment(self, node: Node) -> Assessment:
        plain: Any = node.plain()
        ((about, target),) = plain["of"].items()
        return Assessment(
            id=plain["id"],
            about=ASSESSED[about],
            target=target,
            by=plain["by"],
            at=plain["at"],
            reason=plain["reason"],
            status=plain.get("status", "AssessedUnassessed"),
            reliability=plain.get("reliability"),
            credibility=plain.get("credibility"),
            likelihood=plain.get("likelihood"),
            confidence=plain.get("confidence"),
            cites=tuple(plain.get("cites", ())),
            where=Where(self.name, node.line),
        )

    def independence(self, node: Node) -> IndependenceJudgement:
        plain: Any = node.plain()
        return IndependenceJudgement(
            plain["id"],
            (plain["between"][0], plain["between"][1]),
            plain["question"],
            plain["verdict"],
            plain["by"],
            plain["at"],
            plain["reason"],
            Where(self.name, node.line),
        )

    def source_relation(self, node: Node) -> SourceRelation:
        plain: Any = node.plain()
        return SourceRelation(
            plain["id"],
            RELATION_PREFIX + plain["kind"],
            plain["from"],
            plain["to"],
            plain["by"],
            plain["at"],
            plain["reason"],
            Where(self.name, node.line),
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


ASSESSED = {"entity": "Entity", "document": "Document", "claim": "Claim", "garbled": "Garbled"}


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


def _items(node: Node) -> list[Node]:
    assert isinstance(node.value, list)
    return node.value


def _map(node: Node, key: str) -> dict[str, Node]:
    assert isinstance(node.value, dict)
    inner = node.value[key].value
    assert isinstance(inner, dict)
    return inner


def _field(node: Node, key: str) -> Node:
    assert isinstance(node.value, dict)
    return node.value[key]


def _list(node: Node, key: str) -> list[Node]:
    assert isinstance(node.value, dict)
    return _items(node.value[key]) if key in node.value else []


def _plain(node: Node, key: str) -> Any:
    assert isinstance(node.value, dict)
    return node.value[key].plain()
