"""Names of the register in a sentence: which entities it names, and which capitalised words nobody there bears."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.model import Entity
from graph.search.folding import Word, words
from graph.vocabulary import vocabulary

_ACTING = ("Actor",)
_TELLING = ("Actor", "Event", "Place", "Group")
_BLURRED = ("Role", "Collective")
_TRADE = frozenset({"Agency", "News", "TV", "Newspaper"})  # what a medium's name may lose in a text
_NOT_A_NAME = re.compile(r"not named|name withheld|unsigned|not here|withheld")
_SMALL = frozenset(
    {"the", "of", "a", "an", "in", "on", "and", "for", "al", "el", "to", "that", "as", "at", "who", "not"}
)
_GENERIC = frozenset({"author", "people", "members", "government", "army", "state"})
_SHORT = 3  # letters of a name that counts only in capitals
_PARTICLES = r"(?:al|el|ar|as|at|az|ad|an|bin|ibn|abu|de|van|von|of|the)"
_RUN = re.compile(rf"\b[A-ZÀ-Þ](?:\.|[\w’'-]*)(?:[ ](?:{_PARTICLES}[ ])?(?:{_PARTICLES}-)?[A-ZÀ-Þ][\w’'-]*)+")


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named in a text: whole or short, and where."""

    entity: str
    start: int
    end: int


def head(label: str) -> str:
    """A label without what stands in brackets."""
    return re.sub(r"\s*\([^()]*\)", "", label).strip() or label


def inner(label: str) -> list[str]:
    """The parts of what a label has in brackets, without remarks of ours."""
    found = [part.strip() for one in re.findall(r"\(([^()]*)\)", label) for part in re.split(r"[,;]", one)]
    return [part for part in found if part and not _NOT_A_NAME.search(part)]


def labels_heads(labels: Iterable[str]) -> list[str]:
    """Labels without brackets, of more than one word."""
    return [name for name in map(head, labels) if " " in name]


def names_of(entity: Entity) -> set[str]:
    """Every way in which a text may name an entity."""
    labels = [text for _, text in entity.label]
    found = {name for label in labels for name in (label, head(label))} | {alias.text for alias in entity.aliases}
    found |= {part for label in labels for part in inner(label) if re.match(r"[A-Z]{2}|[A-Z]\w+ [A-Z]", part)}
    if entity.kind == "Media":
        found |= {name.rsplit(" ", 1)[0] for name in labels_heads(labels) if name.split()[-1] in _TRADE}
    if entity.kind == "Person":
        found |= {head(label).split()[-1] for label in labels if label[:1].isupper()}
    return {name for name in found if len(name) > 1}


class Names:
    """The register as names, folded: transliteration marks, hyphens and case make no difference."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self.entities = entities
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for entity in entities.values():
            for name in sorted(names_of(entity)):
                folded = tuple(word.folded for word in words(name) if not word.article)
                if folded and not (len(folded) == 1 and folded[0] in _GENERIC | _SMALL):
                    self._by_first[folded[0]].append((folded, entity.id))
        for listed in self._by_first.values():
            listed.sort(key=lambda one: -len(one[0]))
        self._found: dict[str, list[Mention]] = {}

    @cached_property
    def distinctive(self) -> Mapping[str, frozenset[str]]:
        """For each actor the stems of its name that no other actor bears: "the coalition" names one."""
        actors = [entity for entity in self.entities.values() if self.kind(entity.id, _ACTING)]
        often = Counter((e.kind in _BLURRED, stem) for e in actors for stem in content_words(e.name))
        return {
            e.id: frozenset(stem for stem in content_words(e.name) if often[(e.kind in _BLURRED, stem)] == 1)
            for e in actors
        }

    def mentions(self, text: str) -> list[Mention]:
        """The entities that a text names, the longest name first at each place; one spelling may mean several."""
        if text not in self._found:
            self._found[text] = self._mentions(text)
        return self._found[text]

    def _mentions(self, text: str) -> list[Mention]:
        found: list[Mention] = []
        given = [word for word in words(text) if not word.article]
        at = 0
        while at < len(given):
            fits = self._at(text, given, at)
            for _length, name, start, end in fits:
                found.append(Mention(name, start, end))
            at += max((length for length, *_ in fits), default=1)
        return found

    def _at(self, text: str, given: list[Word], at: int) -> list[tuple[int, str, int, int]]:
        found: list[tuple[int, str, int, int]] = []
        for name, entity in self._by_first.get(_owner(text, given[at]), ()):
            end = at + len(name)
            if len(name) == 1 or _fits(given[at:end], name):
                if found and len(name) < found[0][0]:
                    break
                if (
                    len(name) == 1
                    and len(name[0]) <= _SHORT
                    and not text[given[at].start : given[at].end][:2].isupper()
                ):
                    continue  # "is" is no organisation
                found.append((len(name), entity, given[at].start, given[end - 1].end))
        return found

    def kind(self, name: str, kinds: Iterable[str]) -> bool:
        entity = self.entities.get(name)
        return entity is not None and any(vocabulary().is_a(entity.kind, kind) for kind in kinds)

    def actors(self, text: str) -> list[Mention]:
        """The actors that a text names."""
        return [one for one in self.mentions(text) if self.kind(one.entity, _ACTING)]

    def telling(self, text: str) -> list[Mention]:
        """Actors, groups, events and places: what a statement can be about."""
        return [one for one in self.mentions(text) if self.kind(one.entity, _TELLING)]

    def strange(self, text: str, capitalised: frozenset[str]) -> Iterator[str]:
        """Names of several capitalised words that are nobody's in the register, nor made of known words."""
        covered = [(one.start, one.end) for one in self.mentions(text)]
        for run in _RUN.finditer(text):
            unknown = [
                word[0]
                for word in re.finditer(r"[A-ZÀ-Þ][\w’'-]*", run[0])
                if not any(a < run.start() + word.end() and run.start() + word.start() < b for a, b in covered)
                and _plain(word[0]) not in capitalised
                and not (run.start() + word.start() == 0 and word.start() == 0)
            ]
            if len(unknown) >= 2 or (unknown and _person_like(run[0], unknown, capitalised)):
                yield run[0]


def _owner(text: str, word: Word) -> str:
    """A word without the s of a possessive."""
    owning = re.search(r"['’]s$", text[word.start : word.end])
    return word.folded.removesuffix("s") if owning else word.folded


def _fits(given: list[Word], name: tuple[str, ...]) -> bool:
    """Whether words are a name; a possessive at its end counts as the name."""
    if len(given) != len(name) or given[1].folded not in (name[1], f"{name[1]}s"):
        return False
    whole = all(word.folded == mine for word, mine in zip(given[:-1], name, strict=False))
    return whole and given[-1].folded in (name[-1], f"{name[-1]}s")


def _plain(word: str) -> str:
    return re.sub(r"['’]s?$", "", word).rstrip(".")


def _person_like(run: str, unknown: list[str], capitalised: frozenset[str]) -> bool:
    """One unknown word beside others that are no known common words: a name with a part borrowed."""
    others = [word for word in run.split() if word not in unknown]
    return not all(_plain(word) in capitalised for word in others if word[:1].isupper())


def content_words(label: str) -> set[str]:
    """The words of a label that carry it, cut to their stems."""
    return {stem(word.folded) for word in words(head(label)) if word.folded not in _SMALL and len(word.folded) > 2}


def stem(word: str) -> str:
    """A folded word without its plural, and without its end where it is long."""
    return (word[:-1] if len(word) > 4 and word.endswith("s") else word)[:8]
