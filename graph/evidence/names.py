"""Where no name fits: names that hold the text inside a word, then names that are nearly the same."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from graph.model import Entity
from graph.search import fold

_NEAR = 0.8
Fits = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """An entity whose name matches; `matched` is the spelling that did."""

    entity: Entity
    matched: str
    claims: int
    all_words: bool = True  # or it holds some of those that were asked for


def near(entities: Iterable[Entity], counts: Mapping[str, int], text: str) -> list[Found]:
    """Entities by a part of a word of their names, else by names nearly the same; the most spoken of first.

    Transliterations differ in a letter or two, which no folding may set aside.
    """
    wanted = fold(text)
    if not wanted:
        return []
    listed = list(entities)
    return _fitting(listed, counts, lambda name: wanted in name) or _fitting(listed, counts, _alike(wanted))


def _fitting(entities: Iterable[Entity], counts: Mapping[str, int], fits: Fits) -> list[Found]:
    found = []
    for entity in entities:
        name = next((name for name in _names(entity) if fits(_folded(name))), None)
        if name is not None:
            found.append(
                Found(entity, entity.name if name == entity.id else name, counts.get(entity.id, 0), all_words=False)
            )
    return sorted(found, key=lambda f: (-f.claims, f.entity.id))


def _names(entity: Entity) -> Iterable[str]:
    yield from (value for _, value in entity.label)
    yield from (alias.text for alias in entity.aliases)
    yield entity.id


@lru_cache(maxsize=100_000)
def _folded(name: str) -> str:
    """A name is held against everything that is typed, letter by letter."""
    return fold(name)


def _alike(wanted: str) -> Fits:
    """Whether a name is nearly the same (difflib's ratio)."""
    matcher = SequenceMatcher(b=wanted)  # what it prepares of its second text serves for all that is held against it
    bounds = matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio  # from above, the cheapest first

    def fits(name: str) -> bool:
        matcher.set_seq1(name)
        return all(bound() >= _NEAR for bound in bounds)

    return fits
