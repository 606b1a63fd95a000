"""Traces of things in a text: names, numbers, dates, passives. Approximate on purpose, and the same every time."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from graph.corpus import words
from graph.model import Entity

_TOKEN = re.compile(r"[^\W_]+")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʿʾ`´"))
_SEPARATOR = r"[,\u00a0\u202f ](?=\d{3}(?!\d))"
_AMOUNT = re.compile(r"\d{1,3}(?:[,\u00a0\u202f ]\d{3}(?!\d))+(?:\.\d+)?|\d+(?:\.\d+)?")
_ONE = "|".join((*words.NUMBER_WORDS, "half"))
_SPELT = re.compile(
    rf"\b(?:an? )?(?:{_ONE})s?(?: (?:(?:and|an?) )*(?:{_ONE}|{'|'.join(words.SCALES)})s?)*\b|\ban? (?:{'|'.join(words.SCALES)})\b"
)
_NAMED = frozenset({"State", "Organisation", "ArmedForce", "Media", "Person", "Place", "Facility"})


def fold(text: str) -> str:
    """Lower case, without accents and apostrophes."""
    bare = unicodedata.normalize("NFKD", re.sub(r"['’]s\b", "", text)).translate(_APOSTROPHES)
    if not bare.isascii():
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return bare.casefold().replace("ı", "i").replace("-", " ")


@lru_cache(4096)
def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a text, each once, in order of appearance."""
    return tuple(dict.fromkeys(_TOKEN.findall(fold(text))))


# ---- words -----------------------------------------------------------------------------------


def akin(one: str, other: str) -> bool:
    """Whether two words are one word in two forms, or stand for each other."""
    return _forms(one, other) or bool(_groups(one) & _groups(other))


def _forms(one: str, other: str) -> bool:
    if one == other:
        return True
    if one[:1] != other[:1]:  # most pairs, told apart at little cost
        return False
    short, long = sorted((one, other), key=len)
    if long in (short + "s", short + "es") and len(short) > 1:
        return True
    shared = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return shared >= 4 and len(long) - shared <= 4


@lru_cache(16384)
def _groups(word: str) -> frozenset[int]:
    return frozenset(number for number, group in enumerate(words.SYNONYMS) if any_of(group).fullmatch(word))


def holds(text: str, wanted: tuple[str, ...]) -> bool:
    """Whether a text has one of some words, beginnings or phrases."""
    return bool(any_of(wanted).search(fold(text)))


@cache
def any_of(wanted: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern of some words; `conced-` is a beginning."""
    return re.compile(rf"\b(?:{'|'.join(_pattern(word) for word in wanted)})\b")


def _pattern(word: str) -> str:
    return re.escape(word.removesuffix("-")) + ("[a-z]*" if word.endswith("-") else "")


# ---- entities --------------------------------------------------------------------------------


def named(entity: Entity, document: str, text: str, entities: Mapping[str, Entity]) -> bool:
    """Whether a text names an entity: an alias of the document, the telling words of a label, or a member."""
    found = tokens(text)
    if any(_whole(alias.text, found) for alias in entity.aliases if alias.document == document):
        return True
    if any(akin(word, other) for word in _telling(entity) for other in found):
        return True
    return any(named(entities[m], document, text, entities) for m in entity.members if m in entities)


def hinted(entity: Entity, text: str) -> bool:
    """Whether a text has any word of a label, be it one that many things share: the council, both governments."""
    return any(akin(word, other) for word in _content(entity.name) for other in tokens(text))


def _whole(alias: str, found: tuple[str, ...]) -> bool:
    wanted = [word for word in tokens(alias) if word not in words.EMPTY] or list(tokens(alias))
    return all(any(_forms(word, other) for other in found) for word in wanted)


@lru_cache(4096)
def _telling(entity: Entity) -> frozenset[str]:
    """The words of labels that tell which thing is meant: the proper names of a named thing, else all."""
    labels = [text for _, text in entity.label]
    described = entity.name[0].islower() and not entity.name.startswith("al-")  # north of a town, an arrested leader
    proper = [
        w for label in labels for w in _TOKEN.findall(label.translate(_APOSTROPHES).replace("-", " ")) if w[0].isupper()
    ]
    if entity.kind in _NAMED and proper and not described:
        return _content(" ".join(proper))
    return _content(" ".join([*labels, entity.id.replace("-", " ")]))


def _content(text: str) -> frozenset[str]:
    found = tokens(text)
    return frozenset(w for w in found if w not in words.EMPTY) or frozenset(found)


# ---- numbers and dates -----------------------------------------------------------------------


@lru_cache(4096)
def amounts(text: str) -> tuple[Decimal, ...]:
    """The numbers of a text, in digits and then in words."""
    return (*_digits(text), *(_spelt(match[0]) for match in _SPELT.finditer(fold(text))))


def _digits(text: str) -> Iterator[Decimal]:
    for match in _AMOUNT.finditer(text):
        number = Decimal(re.sub(_SEPARATOR, "", match[0]))
        following = tokens(text[match.end() : match.end() + 12])[:1]
        yield number * (words.SCALES.get(following[0].removesuffix("s"), 1) if following else 1)


def _spelt(run: str) -> Decimal:
    """One number from its words: two hundred and fifty, two and a half, a dozen."""
    whole, part = Decimal(), Decimal()
    for word in run.split():
        scale = words.SCALES.get(word.removesuffix("s"))
        if word == "half":
            part += Decimal("0.5")
        elif word == "dozen":
            part = (part or Decimal(1)) * 12
        elif scale == 100:
            part = (part or Decimal(1)) * 100
        elif scale:
            whole, part = whole + (part or 1) * scale, Decimal()
        else:
            part += words.NUMBER_WORDS.get(word, 0)  # `and`, `a`: nothing
    return whole + part


def dated(text: str, when: str) -> bool:
    """Whether a text tells a date (`2022`, `2022-01`, `2022-01-20`) by its finest part: the year, the month, the day or weekday."""
    year, month, day = (*when.split("-"), "", "")[:3]
    found = set(tokens(text))
    if not month:
        return year in found
    name = words.MONTHS[int(month) - 1]
    if not day:
        return bool({name, name[:3]} & found)
    number = int(day)
    spelt = words.ORDINALS[number - 1 : number]
    weekday = words.WEEKDAYS[date.fromisoformat(when).weekday()]
    return bool({day, str(number), *(f"{number}{end}" for end in ("st", "nd", "rd", "th")), *spelt, weekday} & found)


def relative(text: str) -> bool:
    """Whether a text tells time from where it stands: last Thursday, the same day."""
    return holds(text, words.RELATIVE_DAYS)


# ---- sentences -------------------------------------------------------------------------------

_FRAME = re.compile(
    rf"^.*?(?:{any_of((*words.NEUTRAL_VERBS, *words.GRANTING)).pattern})(?: (?:that|as|for|on))?", re.DOTALL
)
_RELAY = re.compile(r",? as (?:the |its |an? )?[^,]{1,60}? (?:relays?|cites?|quotes?|reports?|gives?|passes)[^,]*,?")
_BE = r"\b(?:is|are|was|were|be|been|being|gets?|got)\b"
_ADVERBS = r"(?:\s+(?:not|also|then|later|first|now|still|all|\w+ly))*"
_PARTICIPLE = r"\s+(\w+ed|" + "|".join(words.IRREGULAR_PARTICIPLES) + r")\b"
_PASSIVE = re.compile(_BE + _ADVERBS + _PARTICIPLE)
_BY = re.compile(r"\bby\s+(?!\w+ing\b|\d|way\b|means\b|boat\b|car\b|air\b|land\b|night\b|day\b|then\b|now\b|the end\b)")
_ACTIVE = re.compile(
    r"\b(?:he|she|it|they|we|i|who|which|that|whose|its|their|our)\s+(?!is\b|are\b|was\b|were\b|had been\b|has been\b|have been\b|be\b)\w+"
)


def unrelayed(text: str) -> str:
    """The folded text without `as X relays it`."""
    return _RELAY.sub(" ", fold(text))


def content(text: str) -> str:
    """What is said, without the words that tell who says it."""
    return " ".join(_FRAME.sub("", sentence, count=1) for sentence in re.split(r"(?<=[.;:])\s+", unrelayed(text)))


def agentless(text: str) -> bool:
    """Whether a text has a passive and nothing that acts: no by-phrase, no pronoun with a verb."""
    plain = fold(text)
    acts = [match[1] for match in _PASSIVE.finditer(plain) if match[1] not in words.NO_ACTS]
    return bool(acts) and not _BY.search(plain) and not _ACTIVE.search(plain)
