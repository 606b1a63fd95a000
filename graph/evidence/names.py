"""Finding things by name: labels in every language and the spellings that occur in documents."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from graph.model import Entity

# Letters that no decomposition folds: Turkish dotless i, Kurdish and Persian forms of Arabic letters.
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "đ": "d",
        "ک": "ك",
        "ی": "ي",
        "ێ": "ي",
        "ە": "ه",
        "ۆ": "و",
        "ڕ": "ر",
        "ڵ": "ل",
        "ة": "ه",
        "ى": "ي",
    }
)


_MISS = 4
_NEAR = 0.8
Rank = Callable[[str, str], int]


@dataclass(frozen=True, slots=True)
class Found:
    """An entity whose name matches; `matched` is the spelling that did."""

    entity: Entity
    matched: str
    claims: int


def fold(text: str) -> str:
    """Case, accents, apostrophes and hyphens set aside, so that `Serekaniye` finds `Serêkaniyê`."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    kept = (char for char in plain if not unicodedata.combining(char) and char not in "'’‘`ʿʾ")
    return " ".join("".join(char if char.isalnum() else " " for char in kept).split())


def find(entities: Iterable[Entity], counts: Mapping[str, int], text: str) -> list[Found]:
    """Every entity with a matching id, label or alias: whole names first, then the most spoken of.

    Where nothing matches, names that are nearly the same: transliterations differ in a letter or two.
    """
    wanted = fold(text)
    if not wanted:
        return []
    listed = list(entities)
    return _ranked(listed, counts, wanted, _rank) or _ranked(listed, counts, wanted, _likeness)


def _ranked(entities: Iterable[Entity], counts: Mapping[str, int], wanted: str, rank: Rank) -> list[Found]:
    ranked: list[tuple[int, int, str, Found]] = []
    for entity in entities:
        best = min(((rank(fold(name), wanted), at, name) for at, name in enumerate(_names(entity))), default=None)
        if best is not None and best[0] < _MISS:
            claims = counts.get(entity.id, 0)
            shown = entity.name if best[2] == entity.id else best[2]
            ranked.append((best[0], -claims, entity.id, Found(entity, shown, claims)))
    return [found for *_, found in sorted(ranked, key=lambda row: row[:3])]


def _names(entity: Entity) -> Iterable[str]:
    yield from (value for _, value in entity.label)
    yield from (alias.text for alias in entity.aliases)
    yield entity.id


def _rank(name: str, wanted: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in name:
        return 2
    return 3 if wanted in name else _MISS


def _likeness(name: str, wanted: str) -> int:
    """0 for a name that is nearly the same (difflib's ratio), else a miss."""
    matcher = SequenceMatcher(None, name, wanted)
    return 0 if matcher.real_quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR else _MISS
