"""Lints on the wording of an utterance: no firmer than what was said, and denied where it is denied."""

import re
from collections.abc import Iterator

from graph.content import Edge, Ref
from graph.corpus import words
from graph.corpus.reading import Reading
from graph.corpus.traces import any_of, content, fold, hinted, holds, unrelayed
from graph.errors import Problem
from graph.status import reported_status
from graph.vocabulary import vocabulary

# ---- who says it, and how firmly --------------------------------------------------------------


def says_stronger(r: Reading) -> Iterator[Problem]:
    """`says` is no firmer than what was said: attributed, hedged as its status is, granting nothing."""
    yield from _attribution(r)
    yield from _hedge(r)
    yield from _granting(r)


def _attribution(r: Reading) -> Iterator[Problem]:
    u = r.utterance
    spoken = [hop.speaker for hop in u.by if _speaks(r, hop.speaker)]
    own = len(u.by) == 1 and holds(u.says, words.TEXT_WORDS)
    if not own and u.source.speaker not in spoken:
        yield r.slip(
            "lint-says-stronger",
            f"a `says` that names {'only who relays it' if spoken else 'nobody who says it'}",
            f"words that name {u.source.speaker}",
            "begin with who says it: `The author says …`, `X, as Y relays it, said …`",
        )
    elif not holds(u.says, words.SAYING):
        yield r.slip(
            "lint-says-stronger",
            "a `says` without a word of saying",
            "says, calls, asks, is quoted …",
            "say that it is said, not that it is so",
        )


def _speaks(r: Reading, name: str) -> bool:
    entity = r.entities.get(name)
    says = r.utterance.says
    if entity is None or r.named(name, says) or hinted(entity, says):
        return True
    return entity.institution is not None and r.traced(entity.institution, says)


def _hedge(r: Reading) -> Iterator[Problem]:
    u = r.utterance
    for status in sorted({reported_status(u, edge, False) for edge in u.edges}):
        wanted = words.HEDGES.get(status)
        if wanted and not holds(u.says, wanted):
            shown = ", ".join(word.replace("-", "…") for word in wanted[:6])
            yield r.slip(
                "lint-says-stronger",
                f"a `says` firmer than the status {vocabulary().label(status)!r}",
                f"a word that shows it ({shown} …)",
                "word it as the source does, or correct the axes that give the status",
            )


def _granting(r: Reading) -> Iterator[Problem]:
    u = r.utterance
    carried = (
        any(hop.commitment == "Endorses" for hop in u.by)
        or bool(words.GRANTING_EVIDENCE & set(u.evidence))
        or any(edge.predicate in words.GRANTING_RELATIONS for edge in u.edges)
    )
    word = _first(u.says, words.COMMENTING)
    if word is None and not carried:
        word = _leading(u.says)
    if word is not None:
        yield r.slip(
            "lint-says-stronger",
            f"{word!r} in `says`, which grants what is said",
            "said, stated, told …; a granting verb where a hop Endorses or the evidence is an admission",
            "use a neutral verb, or record who endorses",
        )


def _first(text: str, wanted: tuple[str, ...]) -> str | None:
    match = any_of(wanted).search(fold(text))
    return match[0] if match else None


def _leading(says: str) -> str | None:
    """A granting word of the one who tells, not one inside what is told."""
    plain = unrelayed(says)
    granting, neutral = any_of(words.GRANTING).search(plain), any_of(words.NEUTRAL_VERBS).search(plain)
    return granting[0] if granting and not (neutral and neutral.start() < granting.start()) else None


# ---- what is denied ---------------------------------------------------------------------------

_NEGATED = re.compile(
    r"\b(?:did|does|do|was|were|is|are|has|have|had|would|will|could|can)(?:nt| not)\b(?! only)|\b(?:cannot|never|nobody|no one|none of)\b"
)
_DENIES = re.compile(r"den(?:y|ies|ied)")
_NOTHING = re.compile(
    r"\s*(?:that )?(?:there (?:was|were|is|are|had been) )?no\b(?! (?:longer|doubt))|.*\b(?:untrue|false|not true)\b"
)
_CLAUSE = re.compile(
    r"[,;:]|\b(?:but|who|whom|which|because|until|unless|if|when|where|while|since|than|although|though)\b"
)


def denial_negative(r: Reading) -> Iterator[Problem]:
    """A denial denies a positive proposition, in words that deny; an affirmation is no plain negation."""
    u = r.utterance
    conditions = [(c.edge, u.where.line) for c in u.condition if c.polarity == "Denies"]
    for edge, line in (*(r.lined() if u.source.polarity == "Denies" else ()), *conditions):
        for found in _negative_ends(r, edge):
            yield r.slip(
                "lint-denial-negative",
                f"a denial of what is negative already ({found})",
                "polarity Denies with a positive proposition",
                "name the thing itself (the escape, not the lack of one)",
                line,
            )
    if u.source.polarity == "Denies" and not holds(u.says, words.NEGATIVES):
        yield r.slip(
            "lint-denial-negative",
            "a denial whose `says` has no negative word",
            "denies, not, no, never, untrue …",
            "say that it is denied, or set the polarity to Affirms",
        )
    if u.source.polarity == "Affirms" and not u.condition and _plainly_negated(r):
        yield r.slip(
            "lint-denial-negative",
            "an affirmation whose `says` is a plain negation",
            "polarity Denies with the positive proposition",
            "set the polarity, or say what is affirmed",
        )


def _negative_ends(r: Reading, edge: Edge) -> Iterator[str]:
    if holds(vocabulary().label(edge.predicate), words.NEGATIVE_LABEL):
        yield vocabulary().label(edge.predicate)
    for name in (edge.subject, *([edge.object.id] if isinstance(edge.object, Ref) else [])):
        entity = r.entities.get(name)
        if entity and entity.kind in ("Event", "HypotheticalEvent", "Topic", "Statement"):
            label = re.sub(words.UNSAID, "", re.sub(r"\([^)]*\)", "", entity.name))
            if holds(label, words.NEGATIVE_LABEL):
                yield entity.name


def _plainly_negated(r: Reading) -> bool:
    told = _CLAUSE.split(content(r.utterance.says), maxsplit=1)[0]
    carried = any(
        edge.predicate in words.NEGATIVE_RELATIONS or any(_negative_ends(r, edge)) for edge in r.utterance.edges
    )
    plain = re.sub(words.UNSAID, "", told)
    verb = _first(unrelayed(r.utterance.says), words.NEUTRAL_VERBS) or ""
    return not carried and bool(_DENIES.match(verb) or _NEGATED.search(plain) or _NOTHING.match(plain))
