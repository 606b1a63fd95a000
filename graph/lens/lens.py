"""A lens: what a reader looks through. A value, and its one spelling in addresses, commands and notebooks.

Withdrawal and date come first and redraw every edge over what stands; facets, dates and thresholds
then hide claims and change no status.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from re import fullmatch
from typing import Any
from urllib.parse import quote

from graph.errors import LensError
from graph.origins import Withdrawal
from graph.vocabulary import vocabulary

FACETS = (
    "document",
    "publisher",
    "said",
    "relay",
    "speaker",
    "origin",
    "kind",
    "family",
    "question",
    "reported",
    "drawn",
)
WITHDRAWN = {
    "document": "documents",
    "publisher": "publishers",
    "speaker": "speakers",
    "group": "groups",
    "evidence": "evidence",
}
OTHERS = (
    "entity",
    "relation",
    "hide",
    "happened",
    "undated",
    "published",
    "origins",
    "without",
    "parties",
    "as-of",
    "recorded",
)
NAMES = (*FACETS, *OTHERS)
_DAY = r"\d{4}(-\d\d(-\d\d)?)?"
_SCHEMES = {"kind": "EvidenceKind", "reported": "ReportedStatus", "drawn": "DrawnStatus", "hide": "DrawnStatus"}

Span = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lens:
    """What is asked of each claim. Empty sets and strings ask nothing; a span has open ends where they are empty.

    `facets` holds the values allowed by facet (one of them is enough, every facet must agree), `hide`
    the drawn statuses left out, `undated` whether claims without any day stay in view where `happened` asks for
    some, `origins` the least number of independent origins. `withdrawal` names
    sources set aside, `as_of` a day by which a document was published, `recorded` one by which a claim
    was on record here.
    """

    facets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    entity: str = ""
    relation: str = ""
    hide: frozenset[str] = frozenset()
    happened: Span = ("", "")
    published: Span = ("", "")
    origins: int = 0
    withdrawal: Withdrawal = field(default_factory=Withdrawal)
    as_of: str = ""
    recorded: str = ""
    undated: bool = False

    @property
    def plain(self) -> bool:
        """Whether every status is the one of the build."""
        return not (self.withdrawal.carriers or self.withdrawal.parties or self.as_of or self.recorded)

    @property
    def standing(self) -> "Lens":
        """Only what redraws: withdrawal and dates of knowledge."""
        return Lens(withdrawal=self.withdrawal, as_of=self.as_of, recorded=self.recorded)

    @property
    def kept(self) -> "Lens":
        """The same without any withdrawal."""
        return replace(self, withdrawal=Withdrawal())

    def only(self, facet: str, *values: str) -> "Lens":
        """With one facet set to some values, or left open."""
        rest = {name: held for name, held in self.facets.items() if name != facet}
        return replace(self, facets={**rest, facet: frozenset(values)} if values else rest)

    # ---- spelling ---------------------------------------------------------------------------

    def parameters(self) -> dict[str, str]:
        """Name and text of everything that is asked, in a fixed order."""
        found = {name: ",".join(sorted(self.facets[name])) for name in FACETS if self.facets.get(name)}
        gone = sorted((c.kind, _token(c.id) if c.kind == "evidence" else c.id) for c in self.withdrawal.carriers)
        rest = {
            "entity": self.entity,
            "relation": self.relation,
            "hide": ",".join(sorted(self.hide)),
            "happened": _span(self.happened),
            "undated": "with" if self.undated else "",
            "published": _span(self.published),
            "origins": str(self.origins or ""),
            "without": ",".join(f"{kind}:{name}" for kind, name in gone),
            "parties": "without" if self.withdrawal.parties else "",
            "as-of": self.as_of,
            "recorded": self.recorded,
        }
        return found | {name: text for name, text in rest.items() if text}

    def query(self) -> str:
        """The parameters as they stand in an address."""
        return "&".join(f"{name}={quote(text, safe=',:.')}" for name, text in self.parameters().items())

    def __hash__(self) -> int:
        return hash(self.query())


def parse(given: Iterable[tuple[str, str]]) -> Lens:
    """A lens from parameters; a facet may be named several times. LensError says what is wrong with one."""
    texts: dict[str, list[str]] = {}
    for name, text in given:
        if name not in NAMES:
            raise LensError(name, "is no parameter of a lens", NAMES)
        texts.setdefault(name, []).extend(part for part in text.split(",") if part)
    facets = {name: frozenset(_known(name, texts[name])) for name in FACETS if texts.get(name)}
    one = {name: _one(name, texts.get(name, [])) for name in OTHERS if name not in ("hide", "without")}
    for name, allowed in (("parties", "without"), ("undated", "with")):
        if one[name] not in ("", allowed):
            raise LensError(name, f"cannot be {one[name]!r}", (allowed,))
    return Lens(
        facets,
        one["entity"],
        one["relation"],
        frozenset(_known("hide", texts.get("hide", []))) - {"none"},
        _ends("happened", one["happened"]),
        _ends("published", one["published"]),
        _number(one["origins"]),
        _withdrawal(texts.get("without", []), bool(one["parties"])),
        _day("as-of", one["as-of"]),
        _day("recorded", one["recorded"]),
        bool(one["undated"]),
    )


def _span(span: Span) -> str:
    return "..".join(span) if any(span) else ""


def _token(evidence: str) -> str:
    return vocabulary().concept("EvidenceKind", evidence).notation


def _known(name: str, values: Sequence[str]) -> Sequence[str]:
    scheme = _SCHEMES.get(name)
    if scheme is not None:
        allowed = [concept.notation for concept in vocabulary().concepts(scheme).values()]
        for value in values:
            if value not in allowed and (name, value) != ("hide", "none"):
                raise LensError(name, f"cannot be {value!r}", allowed)
    return values


def _one(name: str, values: Sequence[str]) -> str:
    if len(values) > 1:
        raise LensError(name, "is given more than once", ("one value",))
    return values[0] if values else ""


def _number(text: str) -> int:
    if text and not fullmatch(r"\d{1,3}", text):
        raise LensError("origins", f"cannot be {text!r}", ("a whole number up to 999",))
    return int(text or 0)


def _day(name: str, text: str) -> str:
    if text and not (fullmatch(_DAY, text) and _is_day(text + "-01-01"[len(text) - 4 :])):
        raise LensError(name, f"cannot be {text!r}", ("a year, month or day such as 2022-01-20",))
    return text


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _ends(name: str, text: str) -> Span:
    start, dots, end = text.partition("..")
    if text and not dots:
        end = start
    return _day(name, start), _day(name, end)


def _withdrawal(given: Sequence[str], parties: bool) -> Withdrawal:
    named: dict[str, set[str]] = {name: set() for name in WITHDRAWN}
    kinds = {concept.notation: concept.name for concept in vocabulary().concepts("EvidenceKind").values()}
    for text in given:
        kind, _, name = text.partition(":")
        if kind not in named or not name:
            raise LensError("without", f"cannot be {text!r}", [f"{known}:ID" for known in named])
        if kind == "evidence" and name not in kinds:
            raise LensError("without", f"knows no kind of evidence {name!r}", kinds)
        named[kind].add(kinds[name] if kind == "evidence" else name)
    sets: dict[str, Any] = {WITHDRAWN[kind]: frozenset(names) for kind, names in named.items()}
    return Withdrawal(**sets, parties=parties)
