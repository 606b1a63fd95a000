"""The linter's rules and words, read from lint.yaml and checked: a misspelt status or family is refused."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from graph.corpus import strictyaml
from graph.errors import BriefingError, CorpusError
from graph.vocabulary import vocabulary

NAME = "lint.yaml"
LEVELS = ("error", "warning")
Pattern = re.Pattern[str]
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, how grave a finding is, what it finds and what mends it."""

    id: str
    level: str
    finds: str
    fix: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Words that tell a deed outright, and those in a claim that carry it."""

    told: Pattern
    carried: Pattern


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules that are on, and the lists of words they go by, as patterns over lower-case text."""

    rules: Mapping[str, Rule]
    families: Mapping[str, Pattern]
    comparators: Mapping[str, Pattern]
    allowed_for: Mapping[str, tuple[str, ...]]
    needs_drawn: Mapping[str, tuple[str, ...]]
    needs_reported: Mapping[str, tuple[str, ...]]
    rule_of: Mapping[str, str]
    deeds: Mapping[str, Deed]
    slant: Mapping[str, str]
    slanted: Pattern
    capitalised: frozenset[str]

    def without(self, *names: str) -> "Rules":
        """The same with some rules switched off."""
        return replace(self, rules={name: rule for name, rule in self.rules.items() if name not in names})

    def has(self, family: str, text: str) -> bool:
        """Whether a text has a word of a family."""
        return self.families[family].search(text.lower()) is not None

    def any(self, families: Iterable[str], text: str) -> bool:
        return any(self.has(family, text) for family in families)


def pattern(words: Iterable[str]) -> Pattern:
    """One pattern for a list of words; `*` at either end stands for any letters."""
    made = [
        r"\b" + r"\s+".join(re.escape(w).replace(r"\*", r"[\w’'-]*") for w in word.lower().split()) + r"(?!\w)"
        for word in sorted(words, key=len, reverse=True)
    ]
    return re.compile("|".join(made)) if made else _NEVER


@cache
def rules() -> Rules:
    """The rules of this package."""
    return parse(files(__package__).joinpath(NAME).read_text(encoding="utf-8"))


def parse(text: str, name: str = NAME) -> Rules:
    """Rules from a text in the form of lint.yaml; BriefingError names what is wrong."""
    try:
        plain = strictyaml.parse(text, name).plain()
    except CorpusError as error:
        first = error.problems[0]
        raise BriefingError(f"{first.file}:{first.line}", first.found, first.fix) from None
    return _Reader(name).read(plain)


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name

    def _refuse(self, found: str, allowed: Iterable[str]) -> BriefingError:
        return BriefingError(self._name, found, f"write one of: {', '.join(allowed)}")

    def _keys(self, found: object, allowed: Iterable[str], where: str, whole: bool = True) -> dict[str, object]:
        """A mapping with exactly the keys allowed, or with some of them."""
        wanted = tuple(allowed)
        if not isinstance(found, dict):
            raise self._refuse(f"{where} is no mapping", wanted)
        strange = [key for key in found if key not in wanted]
        missing = [key for key in wanted if whole and key not in found]
        if strange or missing:
            what = f"{strange[0]!r} in {where}" if strange else f"{missing[0]!r} missing in {where}"
            raise self._refuse(what, wanted)
        return dict(found)

    def _words(self, found: object, where: str) -> tuple[str, ...]:
        if not isinstance(found, list) or not all(isinstance(word, str) and word.strip() for word in found):
            raise self._refuse(f"{where} is no list of words", ("[word, other word]",))
        return tuple(str(word) for word in found)

    def _lists(self, found: object, where: str) -> dict[str, tuple[str, ...]]:
        if not isinstance(found, dict):
            raise self._refuse(f"{where} is no mapping", ("name: [words]",))
        return {str(key): self._words(value, f"{where}: {key}") for key, value in found.items()}

    def read(self, plain: object) -> Rules:
        top = self._keys(plain, _PARTS, "the file")
        listed = self._rules(top["rules"])
        families = self._lists(top["families"], "families")
        self._keys(families, FAMILIES, "families")
        comparators = self._lists(top["comparators"], "comparators")
        tokens = [c.notation for c in vocabulary().concepts("Comparator").values()]
        self._keys(comparators, tokens, "comparators")
        allowed = self._lists(top["allowed-for"], "allowed-for")
        for key, others in allowed.items():
            self._keys(dict.fromkeys((key, *others)), tokens, "allowed-for", whole=False)
        needs = self._keys(top["needs"], ("drawn", "reported"), "needs")
        drawn = self._needs(needs["drawn"], "DrawnStatus", families, whole=True)
        reported = self._needs(needs["reported"], "ReportedStatus", families, whole=False)
        rule_of = self._keys(top["rule-of"], dict.fromkeys((*drawn, *reported)), "rule-of")
        for key, rule in rule_of.items():
            if rule not in listed:
                raise self._refuse(f"{rule!r} for {key} in rule-of", listed)
        slant = self._slant(top["slant"])
        return Rules(
            listed,
            {name: pattern(words) for name, words in families.items()},
            {name: pattern(words) for name, words in comparators.items()},
            allowed,
            drawn,
            reported,
            {key: str(rule) for key, rule in rule_of.items()},
            self._deeds(top["deeds"]),
            slant,
            pattern(slant),
            frozenset(self._words(top["capitalised"], "capitalised")),
        )

    def _rules(self, found: object) -> dict[str, Rule]:
        if not isinstance(found, list):
            raise self._refuse("rules is no list", RULES)
        made = []
        for one in found:
            facts = self._keys(one, ("id", "level", "finds", "fix"), "a rule")
            made.append(Rule(*(str(facts[key]) for key in ("id", "level", "finds", "fix"))))
            if made[-1].level not in LEVELS:
                raise self._refuse(f"level {made[-1].level!r} of {made[-1].id}", LEVELS)
        listed = {rule.id: rule for rule in made}
        self._keys(listed, RULES, "rules")
        return listed

    def _needs(
        self, found: object, scheme: str, families: Mapping[str, tuple[str, ...]], whole: bool
    ) -> dict[str, tuple[str, ...]]:
        tokens = [concept.notation for concept in vocabulary().concepts(scheme).values()]
        made = self._lists(self._keys(found, tokens, f"needs of {scheme}", whole), "needs")
        for key, names in made.items():
            self._keys(dict.fromkeys(names), families, f"needs of {key}", whole=False)
        return made

    def _deeds(self, found: object) -> dict[str, Deed]:
        if not isinstance(found, dict):
            raise self._refuse("deeds is no mapping", ("name: {told: [words], carried: [words]}",))
        made = {}
        for name, both in found.items():
            lists = self._lists(self._keys(both, ("told", "carried"), f"deed {name}"), f"deed {name}")
            made[str(name)] = Deed(pattern(lists["told"]), pattern(lists["carried"]))
        return made

    def _slant(self, found: object) -> dict[str, str]:
        if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
            raise self._refuse("slant is no mapping of words", ('word: "neutral word"',))
        return {str(word): str(neutral) for word, neutral in found.items()}


_PARTS = (
    "rules",
    "families",
    "comparators",
    "allowed-for",
    "needs",
    "rule-of",
    "deeds",
    "slant",
    "capitalised",
)
RULES = (
    "unknown",
    "retracted",
    "changed",
    "hypothetical",
    "view",
    "contested",
    "negated",
    "conjecture",
    "certainty",
    "flat",
    "hardened",
    "overclaim",
    "wrong-speaker",
    "unattributed",
    "custody",
    "stranger",
    "member",
    "silence",
    "deed",
    "comparator",
    "figure",
    "number",
    "person",
    "slant",
    "uncited",
)
FAMILIES = (
    "saying",
    "inference",
    "insinuation",
    "dispute",
    "negation",
    "hypothetical",
    "view",
    "softening",
    "strong",
    "overclaim",
    "purpose",
    "denied",
    "speech",
    "voices",
    "silence",
    "consent",
    "joint",
    "corpus",
    "custody",
    "naming",
    "relaying",
    "unnamed",
    "author",
    "status-nouns",
    "count-words",
    "asserting",
)
