"""Model → corpus files, in one canonical layout, so that writing what was read gives the same bytes.

A record (document, utterance, entity, question, group) is a block; what it holds is written on one
line where that fits, else as a block. Defaults are left out. Keys stand in the order of the schema.
"""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from graph.content import Date, Edge, Figure, Interval, Ref, Thing
from graph.corpus.schema import NUMERIC_COMPARATORS, RELATION_PREFIX
from graph.model import (
    Assessment,
    Condition,
    Document,
    Entity,
    Hop,
    IndependenceJudgement,
    OriginGroup,
    Pattern,
    Question,
    SourceRelation,
    Utterance,
)

WIDTH = 110
_PLAIN = re.compile(r"[\w(/+’“«][^\n:#\[\]{},\"]*\Z")
_TYPED = re.compile(r"(true|false|-?[0-9]+(\.[0-9]+)?)\Z")
_COMPARATOR_KEYS = {name: key for key, name in NUMERIC_COMPARATORS.items()}


# ---- model → plain data --------------------------------------------------------------------


def document_data(document: Document) -> dict[str, Any]:
    """Plain data of a document file."""
    original = document.original
    return {
        "document": _kept(
            id=document.id,
            title=document.title,
            kind=document.kind,
            publisher=document.publisher,
            author=document.author,
            language=document.language,
            url=document.url,
            published={
                "from": document.published.start,
                "to": document.published.end,
                "basis": document.published.basis,
            },
            captured=document.captured,
            original=original
            and {
                "sha256": original.sha256,
                "codePoints": original.code_points,
                "paragraphs": [list(span) for span in original.paragraphs],
            },
            textQuality=document.text_quality,
            leaning=document.leaning,
            republishes=list(document.republishes),
            availability=document.availability,
            note=document.note,
        ),
        "record": {"by": document.record.by, "at": document.record.at},
        "digest": [{"p": p.number, "text": p.text} for p in document.digest],
        "utterances": [_utterance(u) for u in document.utterances],
    }


def entities_data(entities: Sequence[Entity]) -> dict[str, Any]:
    """Plain data of entities.yaml."""
    return {"entities": [_entity(e) for e in entities]}


def questions_data(questions: Sequence[Question]) -> dict[str, Any]:
    """Plain data of questions.yaml."""
    return {"questions": [_question(q) for q in questions]}


def origins_data(groups: Sequence[OriginGroup]) -> dict[str, Any]:
    """Plain data of origins.yaml."""
    return {
        "groups": [
            {"id": g.id, "label": g.label, "members": list(g.members), "by": g.by, "at": g.at, "reason": g.reason}
            for g in groups
        ]
    }


def assessments_data(assessments: Sequence[Assessment]) -> dict[str, Any]:
    """Plain data of assessments.yaml."""
    return {
        "assessments": [
            _kept(
                id=a.id,
                of={a.about.lower(): a.target},
                status=None if a.status == "AssessedUnassessed" else a.status,
                reliability=a.reliability,
                credibility=a.credibility,
                likelihood=a.likelihood,
                confidence=a.confidence,
                cites=list(a.cites),
                by=a.by,
                at=a.at,
                reason=a.reason,
            )
            for a in assessments
        ]
    }


def independence_data(judgements: Sequence[IndependenceJudgement]) -> dict[str, Any]:
    """Plain data of independence.yaml."""
    return {
        "judgements": [
            {
                "id": j.id,
                "between": list(j.between),
                "question": j.question,
                "verdict": j.verdict,
                "by": j.by,
                "at": j.at,
                "reason": j.reason,
            }
            for j in judgements
        ]
    }


def relations_data(relations: Sequence[SourceRelation]) -> dict[str, Any]:
    """Plain data of relations.yaml."""
    return {
        "relations": [
            {
                "id": r.id,
                "from": r.source,
                "kind": r.kind.removeprefix(RELATION_PREFIX),
                "to": r.target,
                "by": r.by,
                "at": r.at,
                "reason": r.reason,
            }
            for r in relations
        ]
    }


def _kept(**values: Any) -> dict[str, Any]:
    """Without what is empty or absent."""
    return {key: value for key, value in values.items() if value not in (None, [], (), False)}


def _utterance(u: Utterance) -> dict[str, Any]:
    passage = {"paragraph": u.passage.paragraph}
    located = {} if u.passage.start is None else {"chars": [u.passage.start, u.passage.end], "sha256": u.passage.sha256}
    return _kept(
        id=u.id,
        passage={**passage, **located},
        says=u.says,
        printed=u.printed,
        by=[_hop(hop, inner=number == len(u.by)) for number, hop in enumerate(u.by, start=1)],
        evidence=list(u.evidence),
        reading=None if u.reading == "Clear" else u.reading,
        position=None if u.position == "Body" else u.position,
        mode=None if u.mode == "Actual" else u.mode,
        condition=[_condition(c) for c in u.condition],
        edges=[_edge(e) for e in u.edges],
        about=list(u.about),
        couldAlso=list(u.could_also),
        infers=[{"claim": i.claim, "from": list(i.premises), "scheme": i.scheme, "needs": i.needs} for i in u.infers],
        lintOk=[{"code": x.code, "why": x.why} for x in u.lint_ok],
        record=u.record and {"by": u.record.by, "at": u.record.at},
        retracted=u.retracted
        and {"at": u.retracted.at, "by": u.retracted.by, "reason": u.retracted.reason, "note": u.retracted.note},
        note=u.note,
    )


def _hop(hop: Hop, inner: bool) -> dict[str, Any]:
    side = "TakesNoSide" if hop.force in ("Asks", "Recommends", "Directs") else "Affirms"
    return _kept(
        speaker=hop.speaker,
        commitment=None if inner else hop.commitment,
        force=None if hop.force == "Asserts" else hop.force,
        polarity=None if hop.polarity == side else hop.polarity,
        certainty=None if inner and hop.certainty == "Certain" else hop.certainty,
        to=list(hop.to),
        cue=hop.cue,
        circumstance=list(hop.circumstances),
        heldBy=hop.held_by and {"who": hop.held_by.who, "basis": hop.held_by.basis},
        saidAt=hop.said_at,
        basis=None if hop.basis == "Explicit" else hop.basis,
    )


def _condition(condition: Condition) -> dict[str, Any]:
    side = None if condition.polarity == "Affirms" else condition.polarity
    return _kept(edge=_edge(condition.edge), link=condition.link, polarity=side)


def _edge(edge: Edge) -> list[Any]:
    return [edge.subject, edge.predicate, _thing(edge.object)]


def _thing(thing: Thing) -> Any:
    match thing:
        case Ref(name):
            return name
        case Date(text):
            return text
        case Interval(start, end):
            return {"from": start, "to": end}
        case Figure():
            return _figure(thing)
        case _:
            return True


def _figure(figure: Figure) -> dict[str, Any]:
    if figure.comparator == "Between":
        bound: dict[str, Any] = {"between": [figure.low, figure.high]}
    elif figure.comparator == "InWords":
        bound = {"words": figure.words}
    else:
        bound = {_COMPARATOR_KEYS[figure.comparator]: figure.value}
    return {**bound, **_kept(of=figure.of, unit=figure.unit, asOf=figure.as_of)}


def _entity(e: Entity) -> dict[str, Any]:
    return _kept(
        id=e.id,
        kind=e.kind,
        label=dict(e.label),
        aliases=[{"text": a.text, "lang": a.lang, "document": a.document} for a in e.aliases],
        organOf=e.organ_of,
        institution=e.institution,
        within=e.within,
        partOf=e.part_of,
        members=list(e.members),
        unidentified=e.unidentified,
        place=e.place
        and {
            "lat": e.place.lat,
            "lon": e.place.lon,
            "precision": e.place.precision,
            "level": e.place.level,
            "source": e.place.source,
        },
        possibleSame=[{"with": j.with_, "by": j.by, "at": j.at, "reason": j.reason} for j in e.possible_same],
        formerly=list(e.formerly),
        note=e.note,
    )


def _question(q: Question) -> dict[str, Any]:
    return _kept(
        id=q.id,
        label=dict(q.label),
        behaviour=q.behaviour,
        patterns=[_pattern(p) for p in q.patterns],
        samePopulation=[{"pair": list(s.pair), "by": s.by, "at": s.at, "reason": s.reason} for s in q.same_population],
        covers=[
            {
                "denial": _pattern(c.denial),
                "contests": [_pattern(p) for p in c.contests],
                "by": c.by,
                "at": c.at,
                "reason": c.reason,
            }
            for c in q.covers
        ],
        note=q.note,
    )


def _pattern(pattern: Pattern) -> list[str]:
    return [pattern.subject, pattern.predicate, pattern.object]


# ---- plain data → text ---------------------------------------------------------------------


def emit(data: Mapping[str, Any], header: str = "") -> str:
    """Canonical text of a corpus file: records as blocks, the rest on one line where it fits."""
    lines: list[str] = []
    for key, value in data.items():
        if isinstance(value, list):
            lines.append(f"{key}:" if value else f"{key}: []")
            for item in value:
                lines += _record_item(item)
        else:
            lines.append(f"{key}:")
            lines += [f"  {line}" for line in _block(value, indent=2)]
    return header + "\n".join(lines) + "\n"


def _record_item(item: Mapping[str, Any]) -> list[str]:
    if set(item) == {"p", "text"}:
        return [f"  - p: {item['p']}", f"    text: {_scalar(item['text'])}"]
    block = _block(item, indent=4)
    return [f"  - {block[0]}", *(f"    {line}" for line in block[1:])]


def _block(mapping: Mapping[str, Any], indent: int) -> list[str]:
    lines: list[str] = []
    for key, value in mapping.items():
        flow = _flow(value)
        if not isinstance(value, list | dict) or indent + len(key) + 2 + len(flow) <= WIDTH:
            lines.append(f"{key}: {flow if isinstance(value, list | dict) else _scalar(value)}")
        elif isinstance(value, dict):
            lines.append(f"{key}:")
            lines += [f"  {line}" for line in _block(value, indent + 2)]
        else:
            lines.append(f"{key}:")
            for item in value:
                lines += _list_item(item, indent + 2)
    return lines


def _list_item(item: Any, indent: int) -> list[str]:
    flow = _flow(item)
    if isinstance(item, dict) and indent + 2 + len(flow) > WIDTH:
        block = _block(item, indent + 4)
        return [f"  - {block[0]}", *(f"    {line}" for line in block[1:])]
    return [f"  - {flow}"]


def _flow(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    # inside brackets a plain `?` is well-formed, but one of the two parsers stumbles over it
    return _scalar(value, plain=not (isinstance(value, str) and "?" in value))


def _scalar(value: Any, plain: bool = True) -> str:
    if value is True:
        return "true"
    if isinstance(value, int | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    text = str(value)
    if plain and _PLAIN.match(text) and not _TYPED.match(text) and text == text.strip():
        return text
    return json.dumps(text, ensure_ascii=False)
