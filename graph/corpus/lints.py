"""Lints: slips of coding that the rules cannot see, told from words; each may be overruled with a reason.

A lint reads what the coder wrote (`says`, the digest, labels) and, where the original is attached, its
words too. The original only ever adds problems: a corpus that is clean with its originals is clean
without them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from graph.content import Date, Edge, Figure, Interval, Ref, Thing
from graph.corpus import words
from graph.corpus.reading import Entities, Reading, readings, slip
from graph.corpus.traces import agentless, amounts, content, dated, fold, holds, relative
from graph.corpus.wording import denial_negative, says_stronger
from graph.errors import Problem
from graph.model import Corpus
from graph.vocabulary import vocabulary

Lint = Callable[[Reading], Iterator[Problem]]

# ---- one total, several parts -----------------------------------------------------------------


def total_per_part(r: Reading) -> Iterator[Problem]:
    """A total that is given once is no figure of each of several parts."""
    counted = [(edge, line) for edge, line in r.lined() if isinstance(edge.object, Figure)]
    for number, (edge, line) in enumerate(counted):
        same = _same(edge, [other for other, _ in counted[:number]])
        if same and not all(_each(edge, len(same) + 1, text) for text in (r.utterance.says, r.passage) if text):
            yield _total(r, [*same, edge], line)
        again = [e for e in _same(edge, [e for u in r.overlapping for e in u.edges]) if _related(r, edge, e)]
        if again and not _each(edge, len(again) + 1, r.ours):
            yield _total(r, [*again, edge], line)


def _total(r: Reading, same: list[Edge], line: int) -> Problem:
    parts = " and ".join(dict.fromkeys(" of ".join(_counted(edge)) for edge in same))
    return r.slip(
        "lint-total-per-part",
        f"one figure of {same[0].predicate} coded for {parts}",
        "a total once, for the whole",
        "make the parts one composite (`members:`) or one group, or say `each` if the text does",
        line,
    )


def _counted(edge: Edge) -> tuple[str, ...]:
    """What a figure counts: where, and whom."""
    return (edge.subject, edge.object.of) if isinstance(edge.object, Figure) and edge.object.of else (edge.subject,)


def _same(edge: Edge, others: list[Edge]) -> list[Edge]:
    """The edges that give the same figure for something else."""
    return [e for e in others if _figure(e) == _figure(edge) and _counted(e) != _counted(edge)]


def _figure(edge: Edge) -> tuple[str, Figure] | None:
    figure = edge.object
    return (edge.predicate, replace(figure, of=None, as_of=None)) if isinstance(figure, Figure) else None


def _each(edge: Edge, number: int, text: str) -> bool:
    """Whether a text gives a figure for each: by saying so, or as often as it is coded."""
    assert isinstance(edge.object, Figure)
    return holds(text, words.DISTRIBUTIVE) or _times(edge.object, text) >= number


_A = re.compile(r"\b(?:an?|another)\b")  # a year: one


def _times(figure: Figure, text: str) -> int:
    """How often a text gives a figure."""
    if figure.words:
        return fold(text).count(figure.words.removeprefix("a "))
    numbers = [*amounts(text), *([Decimal(1)] * len(_A.findall(fold(text))))]
    return min(numbers.count(n) for n in (figure.value, figure.low, figure.high) if n is not None)


def _related(r: Reading, one: Edge, other: Edge) -> bool:
    """Whether what two edges count belongs to one whole."""
    if one.subject != other.subject:
        return _kin(r, one.subject, other.subject)
    return _kin(r, _counted(one)[-1], _counted(other)[-1])


def _kin(r: Reading, one: str, other: str) -> bool:
    return bool(_wholes(r, one) & _wholes(r, other))


def _wholes(r: Reading, name: str) -> set[str]:
    entity = r.entities.get(name)
    above = (entity.part_of, entity.within) if entity else ()
    return {name, *(w for w in above if w), *(c.id for c in r.entities.values() if name in c.members)}


# ---- places that act --------------------------------------------------------------------------


def place_for_government(r: Reading) -> Iterator[Problem]:
    """Whoever speaks, holds or acts is no place: a city or country named for its government is the government."""
    u = r.utterance
    spoken = {name: "a speaker or hearer" for hop in u.by for name in (hop.speaker, *hop.to)}
    held = {hop.held_by.who: "a custodian" for hop in u.by if hop.held_by}
    for name, role in (held | spoken).items():
        if "Place" in r.kinds(name) or "Facility" in r.kinds(name):
            yield _stands_for(r, name, role)
    for edge, line in r.lined():
        acts = edge.predicate in words.PLACE_ACTS
        described = edge.predicate == "wasDescribedAs" and isinstance(edge.object, Ref) and _actor(r, edge.object.id)
        if (acts or described) and "Place" in r.kinds(edge.subject):
            yield _stands_for(r, edge.subject, f"the subject of {edge.predicate}", line)


def _stands_for(r: Reading, name: str, role: str, line: int = 0) -> Problem:
    return r.slip(
        "lint-place-for-government",
        f"the place {name} as {role}",
        "a State, an Organisation or people",
        "use the government or its organ; the city's name may be an alias of it",
        line,
    )


def _actor(r: Reading, name: str) -> bool:
    return any(vocabulary().is_a(kind, "Actor") for kind in r.kinds(name))


# ---- agents and traces ------------------------------------------------------------------------


def passive_agent(r: Reading) -> Iterator[Problem]:
    """A passive that names no agent gets none."""
    told, digest = content(r.utterance.says), content(r.digest)
    for edge, line in r.lined():
        agent = _agent(edge)
        if agent is None or r.traced(agent, told) or r.traced(agent, digest):
            continue
        where = "`says`" if agentless(told) else "the passage"
        if agentless(told) or (agentless(r.passage) and not r.traced(agent, r.passage)):
            yield r.slip(
                "lint-passive-agent",
                f"{agent} as the agent of {edge.predicate}, where {where} is a passive that names none",
                "an agent that the words name",
                "leave the agent out, or say in `says` who the text says it was",
                line,
            )


def _agent(edge: Edge) -> str | None:
    if edge.predicate in words.AGENT_SUBJECTS:
        return edge.subject
    return edge.object.id if edge.predicate in words.AGENT_OBJECTS and isinstance(edge.object, Ref) else None


def object_absent(r: Reading) -> Iterator[Problem]:
    """What an edge joins leaves a trace in the words: a name, a number, a date."""
    for edge, line in r.lined():
        for what in dict.fromkeys(_absent(r, edge)):
            yield r.slip(
                "lint-object-absent",
                f"no trace of {what}",
                "what `says` or the digest names; with the original, what its paragraph has or names before",
                "name it in `says`, give its spelling in this document as an alias, or correct the edge",
                line,
            )


def _absent(r: Reading, edge: Edge) -> Iterator[str]:
    thing = edge.object
    printed = r.paragraph if r.document.language == "en" else ""
    if isinstance(thing, Figure) and not all(_times(thing, text) for text in (r.ours, printed or r.ours)):
        yield f"the figure {thing.words or thing.value or f'{thing.low} to {thing.high}'}"
    for day in _days(thing):
        if not _told(r.ours, day, thing) or (printed and not dated(printed, day) and not relative(printed)):
            yield f"the date {day}"
    of = thing.of if isinstance(thing, Figure) else None
    names = [n for n in (edge.subject, thing.id if isinstance(thing, Ref) else None, of) if n]
    yield from _nameless(r, names, counts=of is not None)
    yield from (name for name in names if r.original and _spelt_here(r, name) and not r.named(name, r.original))


def _nameless(r: Reading, names: list[str], counts: bool) -> Iterator[str]:
    """Our words name who acts, and one end at least; with the original both ends are named, but where a count was made."""
    ours = [name for name in names if not _traced(r, name, "")]
    for name in ours:
        read = r.paragraph or r.document.original is None
        if ours == names or _actor(r, name) or (read and not counts and not _traced(r, name, r.paragraph)):
            yield name


def _traced(r: Reading, name: str, printed: str) -> bool:
    u = r.utterance
    speakers = " ".join(r.entities[hop.speaker].name for hop in u.by if hop.speaker in r.entities)
    spoken = {name for hop in u.by for name in (hop.speaker, _institution(r, hop.speaker))}
    referents = ("Event", "Topic", "Statement")
    known = name in r.used and any(vocabulary().is_a(kind, one) for kind in r.kinds(name) for one in referents)
    return name in spoken or known or r.traced(name, f"{r.ours} {speakers} {printed}")


def _institution(r: Reading, name: str) -> str | None:
    entity = r.entities.get(name)
    return entity.institution if entity else None


def _told(text: str, day: str, thing: Thing) -> bool:
    """Whether a text tells a date; a year, a month or one end of a stretch may be told from elsewhere (a month ago)."""
    coarse = day.count("-") < 2
    return dated(text, day) or (relative(text) and (coarse or any(dated(text, other) for other in _days(thing))))


def _days(thing: Thing) -> tuple[str, ...]:
    if isinstance(thing, Date):
        return (thing.text,)
    return (thing.start, thing.end) if isinstance(thing, Interval) else ()


def _spelt_here(r: Reading, name: str) -> bool:
    entity = r.entities.get(name)
    return entity is not None and any(alias.document == r.document.id for alias in entity.aliases)


# ---- all of them ------------------------------------------------------------------------------

LINTS: Mapping[str, Lint] = {
    "lint-says-stronger": says_stronger,
    "lint-denial-negative": denial_negative,
    "lint-total-per-part": total_per_part,
    "lint-place-for-government": place_for_government,
    "lint-passive-agent": passive_agent,
    "lint-object-absent": object_absent,
}
# lints that look into an attached original: without it, an exception of theirs may have nothing to except
OF_ORIGINALS = frozenset({"lint-total-per-part", "lint-passive-agent", "lint-object-absent"})


def lint(corpus: Corpus, originals: Mapping[str, str]) -> list[Problem]:
    """The slips of a whole corpus, sorted; `originals` are the attached texts by document id."""
    entities = {entity.id: entity for entity in corpus.entities}
    problems = list(_organs(entities))
    for document in corpus.documents:
        for reading in readings(document, entities, originals.get(document.id, "")):
            problems += utterance_problems(reading)
    return sorted(set(problems))


def utterance_problems(r: Reading) -> Iterator[Problem]:
    """What the lints find in one utterance, without what it excepts; and exceptions from nothing."""
    excepted = {entry.code for entry in r.utterance.lint_ok}
    attached = bool(r.original) or r.document.original is None
    for code, each in LINTS.items():
        found = list(each(r))
        if code not in excepted:
            yield from found
        elif not found and (attached or code not in OF_ORIGINALS):
            yield r.slip(
                "lint-exception-unused",
                f"an exception from {code}, which finds nothing",
                "an exception from what a lint finds",
                "remove it from `lintOk`",
            )


def _organs(entities: Entities) -> Iterator[Problem]:
    for entity in entities.values():
        for role, name in (("organOf", entity.organ_of), ("institution", entity.institution)):
            if name is not None and name in entities and entities[name].kind == "Place":
                yield slip(
                    entity.where,
                    "lint-place-for-government",
                    f"the place {name} as {role} of {entity.id}",
                    "a State or an Organisation",
                    "name the government or institution, not the place",
                )
