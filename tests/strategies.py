"""Hypothesis strategies: corpus values as a reader could have made them."""

import unicodedata
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from graph.content import Date, Edge, Figure, Interval, Ref, Thing, Truth
from graph.corpus.schema import NUMERIC_COMPARATORS, UNITS, WORD_BOUNDS
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
from graph.vocabulary import vocabulary

# what a hand-written emitter gets wrong first
TRICKY = (
    "2022", "007", "-1", "1.50", "1e3", "true", "false", "NO", "null", "~", "2022-01-20", " leading", "trailing ",
    "a: b", "a #b", "#b", "'tis", '"quoted"', "it's", "- item", "? key", "[x]", "{x}", "a, b", "*", "&a", "!t", "%d",
    "@x", "`x`", "|", ">", "=", "<<", "who?", "?who", "...", "---", "\\n", "\\", "two\nlines", "two\n\n  lines\n", "\u00a0x", "a\u00a0b",
    "‘curly’ “quotes”", "كوباني", "Hesekê – \U0001f5fa", "x" * 200,
)  # fmt: skip
T = TypeVar("T")
HIDDEN = ("Cf", "Cc", "Cs", "Co", "Zl", "Zp", "Cn")


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text) or "x"


texts = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(exclude_categories=HIDDEN, exclude_characters="\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"), min_size=1, max_size=40).map(_clean),
)  # fmt: skip
claim_ids = st.integers(1, 99).map(lambda n: f"900-c{n}.1")
utterance_ids = st.integers(1, 99).map(lambda n: f"900-c{n}")
ids = st.from_regex(r"\A[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}\Z")
days = st.dates().map(str)
dates = st.tuples(days, st.sampled_from((4, 7, 10))).map(lambda pair: pair[0][: pair[1]])
hashes = st.from_regex(r"\A[0-9a-f]{64}\Z")
numbers = st.decimals(min_value=0, max_value=10**9, places=2) | st.integers(0, 10**12).map(Decimal)
properties = st.sampled_from(sorted(vocabulary().properties))


def names(scheme: str, *without: str) -> SearchStrategy[str]:
    """The terms of a scheme of ontology.ttl."""
    return st.sampled_from([name for name in vocabulary().concepts(scheme) if name not in without])


def tuples(items: SearchStrategy[T], least: int = 0, most: int = 3) -> SearchStrategy[tuple[T, ...]]:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start, end = sorted((draw(days), draw(days)))
    return Interval(start, end)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    of, unit = draw(st.tuples(ids, st.none()) | st.tuples(st.none(), st.sampled_from(UNITS)))
    as_of = draw(st.none() | dates)
    comparator = draw(st.sampled_from([*NUMERIC_COMPARATORS.values(), "Between", "InWords"]))
    if comparator == "InWords":
        words = draw(st.sampled_from(sorted(WORD_BOUNDS)))
        low, high = WORD_BOUNDS[words]
        return Figure(comparator, None, Decimal(low), None if high is None else Decimal(high), words, of, unit, as_of)
    if comparator == "Between":
        ends = sorted((draw(numbers), draw(numbers)))
        return Figure(comparator, None, ends[0], ends[1], None, of, unit, as_of)
    return Figure(comparator, draw(numbers), None, None, None, of, unit, as_of)


@st.composite
def edges(draw: st.DrawFn) -> Edge:
    predicate = draw(properties)
    wanted = vocabulary().property(predicate).range
    made: dict[str, SearchStrategy[Thing]] = {
        "boolean": st.just(Truth()),
        "date": dates.map(Date),
        "Interval": intervals(),
        "Estimate": figures(),
    }
    # an id that reads as a date would be one, so an id begins with a letter here
    letters = ids.filter(lambda name: name[0].isalpha()).map(Ref)
    thing = draw(st.one_of([made.get(kind, letters) for kind in wanted] or [letters]))
    return Edge(draw(ids), predicate, thing)


@st.composite
def hops(draw: st.DrawFn, inner: bool) -> Hop:
    certainty = draw(names("Certainty"))
    return Hop(
        speaker=draw(ids),
        commitment="OwnVoice" if inner else draw(names("Commitment", "OwnVoice")),
        force=draw(names("Force")) if inner else None,
        polarity=draw(names("Polarity")) if inner else None,
        certainty=certainty if inner else draw(st.sampled_from((certainty, None))),
        to=draw(tuples(ids)),
        cue=draw(st.none() | texts),
        circumstances=draw(tuples(names("Circumstance"))),
        held_by=draw(st.none() | st.builds(Custody, ids, names("HopBasis"))),
        said_at=draw(st.none() | dates),
        basis=draw(names("HopBasis")),
    )


def records() -> SearchStrategy[Record]:
    return st.builds(Record, ids, days)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    paragraph = draw(st.integers(1, 500))
    if draw(st.booleans()):
        return Passage(paragraph)
    start = draw(st.integers(0, 10**6))
    return Passage(paragraph, start, start + draw(st.integers(1, 400)), draw(hashes))


@st.composite
def utterances(draw: st.DrawFn) -> Utterance:
    claims = claim_ids
    relays = draw(tuples(hops(inner=False), most=2))
    return Utterance(
        id=f"900-c{draw(st.integers(1, 9999))}",
        passage=draw(passages()),
        says=draw(texts),
        by=(*relays, draw(hops(inner=True))),
        evidence=draw(tuples(names("EvidenceKind"))),
        printed=draw(st.none() | texts),
        reading=draw(names("Reading")),
        position=draw(names("Position")),
        mode=draw(names("Mode")),
        condition=draw(tuples(st.builds(Condition, edges(), names("ConditionLink"), names("Polarity")), most=2)),
        edges=draw(tuples(edges())),
        about=draw(tuples(ids)),
        could_also=draw(tuples(texts)),
        infers=draw(
            tuples(
                st.builds(Inferring, st.integers(1, 9), tuples(claims, 1), names("Argument"), names("Needs")), most=2
            )
        ),
        note=draw(st.none() | texts),
        record=draw(st.none() | records()),
        retracted=draw(st.none() | st.builds(Retraction, days, ids, names("Retraction"), texts)),
    )


def documents() -> SearchStrategy[Document]:
    spans = tuples(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), 1)
    return st.builds(
        Document,
        id=st.just("900-x"),
        title=texts,
        kind=names("DocumentKind"),
        publisher=ids,
        author=ids,
        language=st.sampled_from(("en", "ku", "ar", "tr")),
        published=st.builds(Published, days, days, texts),
        captured=days,
        text_quality=names("TextQuality"),
        leaning=texts,
        record=records(),
        digest=tuples(st.builds(Paragraph, st.integers(1, 500), texts), 1),
        utterances=tuples(utterances(), most=2),
        url=st.none() | st.just("https://example.org/a?b=c#d"),
        original=st.none() | st.builds(Original, hashes, st.integers(1, 10**6), spans),
        republishes=tuples(ids),
        availability=st.none() | texts,
        note=st.none() | texts,
    )


def labels() -> SearchStrategy[tuple[tuple[str, str], ...]]:
    others = st.fixed_dictionaries({}, optional={"ku": texts, "ar": texts, "tr": texts})
    ordered = others.map(lambda made: [(lang, made[lang]) for lang in ("ku", "ar", "tr") if lang in made])
    return st.tuples(texts, ordered).map(lambda pair: (("en", pair[0]), *pair[1]))


def entities() -> SearchStrategy[Entity]:
    degrees = st.decimals(-90, 90, places=4)
    kinds = [kind for kind in vocabulary().kinds("Entity") if kind not in ("Entity", "Actor")]
    return st.builds(
        Entity,
        id=ids,
        kind=st.sampled_from(kinds),
        label=labels(),
        aliases=tuples(st.builds(Alias, texts, st.sampled_from(("en", "ar", "de")), ids)),
        organ_of=st.none() | ids,
        institution=st.none() | ids,
        within=st.none() | ids,
        part_of=st.none() | ids,
        members=st.just(()) | tuples(ids, 2),
        unidentified=st.booleans(),
        place=st.none()
        | st.builds(PlaceFacts, degrees, degrees, names("CoordinatePrecision"), names("PlaceLevel"), texts),
        possible_same=tuples(st.builds(IdentityJudgement, ids, ids, days, texts), most=2),
        formerly=tuples(ids),
        note=st.none() | texts,
    )


def questions() -> SearchStrategy[Question]:
    slots = ids | st.just("*")
    patterns = st.builds(Pattern, slots, properties, slots)
    return st.builds(
        Question,
        id=ids,
        label=labels(),
        behaviour=names("QuantityBehaviour"),
        patterns=tuples(patterns, 1),
        same_population=tuples(st.builds(SamePopulation, st.tuples(ids, ids), ids, days, texts), most=2),
        covers=tuples(st.builds(CoverageRule, patterns, tuples(patterns, 1), ids, days, texts), most=2),
        note=st.none() | texts,
    )


def assessments() -> SearchStrategy[Assessment]:
    targets = (
        st.tuples(st.sampled_from(("Entity", "Document")), ids)
        | st.tuples(st.just("Claim"), claim_ids)
        | st.tuples(st.just("Garbled"), utterance_ids)
    )

    def made(of: tuple[str, str], **rest: Any) -> Assessment:
        return Assessment(about=of[0], target=of[1], **rest)

    return st.builds(
        made,
        id=ids,
        of=targets,
        by=ids,
        at=days,
        reason=texts,
        status=names("AssessedStatus"),
        reliability=st.none() | names("Reliability"),
        credibility=st.none() | names("Credibility"),
        likelihood=st.none() | names("Likelihood"),
        confidence=st.none() | names("Confidence"),
        cites=tuples(claim_ids, most=2),
    )


def independence() -> SearchStrategy[IndependenceJudgement]:
    pairs = st.lists(ids, min_size=2, max_size=2, unique=True).map(lambda pair: (pair[0], pair[1]))
    return st.builds(IndependenceJudgement, ids, pairs, ids, names("Independence"), ids, days, texts)


def relations() -> SearchStrategy[SourceRelation]:
    return st.builds(SourceRelation, ids, names("RelationKind"), claim_ids | ids, claim_ids | ids, ids, days, texts)


def groups() -> SearchStrategy[OriginGroup]:
    return st.builds(OriginGroup, ids, texts, tuples(ids, 1), ids, days, texts)
