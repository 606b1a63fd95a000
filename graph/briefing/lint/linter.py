"""Sentences of a briefing held against the claims they cite: one finding for each rule that is broken."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.briefing.citing import Known, opposing, rank, sentence
from graph.briefing.lint.carried import Carried, carried, figures
from graph.briefing.lint.names import Mention, Names
from graph.briefing.lint.numbers import Number, in_date, months, numbers, of_dates
from graph.briefing.lint.speakers import Speakers
from graph.briefing.lint.words import Rules, rules
from graph.briefing.manifest import Manifest, fingerprint
from graph.briefing.prose import Sentence
from graph.evidence import Archive, ClaimEvidence
from graph.search.folding import fold

_SOLID = "corroborated"
_REACH = 36  # letters before a word in which a no bears on it
_NEAR = 28  # letters before a word in which it may be marked as somebody's term
_TOLD = ("saying", "inference", "insinuation")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a sentence does and should not, where, and how it may be told instead."""

    rule: str
    level: str
    place: str
    sentence: str
    found: str
    fix: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class _Case:
    """A sentence with its claims; `told` is what of its words is ours."""

    sentence: Sentence
    told: str
    claims: tuple[ClaimEvidence, ...]
    carried: Carried

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def solid(self) -> bool:
        """Whether every cited edge is corroborated."""
        return all(claim.drawn_status.id == _SOLID for claim in self.claims)


class Linter:
    """The rules over one build; `held` is what the briefing's claims said when it was written."""

    def __init__(self, archive: Archive, by: Rules | None = None, held: Manifest | None = None) -> None:
        self._archive = archive
        self._by = by or rules()
        self._held = held or {}
        self._names = Names(archive.register.entities)
        self._speakers = Speakers(self._names, self._by)
        self._known: dict[str, ClaimEvidence] = {}

    # ---- claims ---------------------------------------------------------------------------

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self._archive.claim_ids())

    def _load(self, wanted: Sequence[str]) -> list[ClaimEvidence]:
        """Some claims of the build, with what stands against them at hand."""
        for names in (wanted, opposing(self._known[name] for name in wanted if name in self._known)):
            missing = [name for name in names if name in self._ids and name not in self._known]
            self._fetch(missing)
        self._fetch([n for n in opposing(self._known[w] for w in wanted if w in self._known) if n not in self._known])
        return [self._known[name] for name in wanted if name in self._known]

    def _fetch(self, names: Sequence[str]) -> None:
        utterances = dict.fromkeys(name.rpartition(".")[0] for name in names)
        for claim in self._archive.evidence_of(self._archive.claims_of_utterances(utterances)):
            self._known[claim.claim] = claim

    @property
    def known(self) -> Known:
        """The claims met so far, by id."""
        return self._known

    # ---- findings -------------------------------------------------------------------------

    def check(self, one: Sentence) -> list[Finding]:
        """Every finding on one sentence."""
        claims = self._load(one.cites)
        standing = tuple(claim for claim in claims if claim.retracted is None)
        case = _Case(one, one.own, standing, carried(standing, self._known, self._names))
        found = [*self._citations(case, claims)]
        found += self._words(case)
        if one.cites:
            found += self._claimed(case) if standing and not one.quoted else []
        else:
            found += self._uncited(case)
        suggestion = self._quoting(sentence(standing, self._known))
        return [self._finding(rule, what, one, suggestion) for rule, what in found if rule in self._by.rules]

    def _finding(self, rule: str, what: str, one: Sentence, suggestion: str) -> Finding:
        held = self._by.rules[rule]
        told = self._neutral(one.text) if rule == "slant" and not suggestion else suggestion
        return Finding(rule, held.level, one.place, one.text, what, held.fix, told)

    def _neutral(self, text: str) -> str:
        told = re.sub(self._by.slanted.pattern, lambda f: self._by.slant[f[0].lower()], text, flags=re.IGNORECASE)
        return re.sub(r"\s+", " ", told).strip()

    def _quoting(self, text: str) -> str:
        """Our words for a claim may hold a source's own term: it is shown as a term."""
        named = [(one.start, one.end) for one in self._names.mentions(text)]

        def quoted(found: re.Match[str]) -> str:
            inside = any(a <= found.start() and found.end() <= b for a, b in named)
            return found[0] if inside else f"“{found[0]}”"

        return re.sub(self._by.slanted.pattern, quoted, text, flags=re.IGNORECASE)

    def _citations(self, case: _Case, claims: Sequence[ClaimEvidence]) -> Iterator[tuple[str, str]]:
        for name in case.sentence.cites:
            if name not in self._known:
                yield "unknown", f"no claim {name!r} in this build"
        for claim in claims:
            if claim.retracted is not None:
                yield "retracted", f"{claim.claim} was retracted {claim.retracted}"
                continue
            held = self._held.get(claim.claim)
            if held is not None and held.said != fingerprint(claim):
                yield "changed", f"{claim.claim} now says: {claim.says}"
            elif held is not None and held.drawn != claim.drawn_status.id:
                yield "changed", f"the edge of {claim.claim} was {held.drawn} and is {claim.drawn_status.id}"

    def _words(self, case: _Case) -> Iterator[tuple[str, str]]:
        """Words that need no claim to be wrong."""
        named = [(one.start, one.end) for one in self._names.mentions(case.told)]
        for found in self._by.slanted.finditer(case.told.lower()):
            before = case.told[max(0, found.start() - _NEAR) : found.start()]
            if not self._by.has("naming", before) and not any(
                a <= found.start() and found.end() <= b for a, b in named
            ):
                yield "slant", f"the word {found[0]!r}"
        for name in dict.fromkeys(self._names.strange(case.text, self._by.capitalised)):
            if name not in case.carried.text:
                yield "person", f"the name {name!r}"

    def _uncited(self, case: _Case) -> Iterator[tuple[str, str]]:
        one = case.sentence
        if one.framing or one.text.endswith("?") or not self._by.has("asserting", one.text):
            return
        named = self._names.telling(one.text)
        if named:
            labels = dict.fromkeys(one.text[found.start : found.end] for found in named)
            yield "uncited", f"nothing cited, and it speaks of {', '.join(labels)}"

    def _claimed(self, case: _Case) -> Iterator[tuple[str, str]]:
        """Rules on a sentence with claims: firmness first, then who, then what."""
        firmness = next((found for found in self._firmness(case) if found[0] in self._by.rules), None)
        if firmness:
            yield firmness
        if not firmness or firmness[0] != "flat":
            wrong = [*self._speech(case), *self._attribution(case, firmness is None)]
            yield from wrong[:1]
        for rule in (self._vouching, self._custody, self._strangers, self._silent, self._deeds):
            yield from rule(case)
        yield from self._figures(case)
        yield from self._numbers(case)

    # ---- firmness -------------------------------------------------------------------------

    def _firmness(self, case: _Case) -> Iterator[tuple[str, str]]:
        """What the statuses of the claims need and the sentence lacks, the gravest first."""
        lacking: list[tuple[int, str, str]] = []
        cited = {claim.claim for claim in case.claims}
        flat = not self._by.any(_TOLD, self._masked(case))
        for claim in case.claims:
            for token, needs in self._needs(claim):
                rule = self._by.rule_of[token]
                both = rule == "contested" and any(name in cited for name in opposing([claim]) if name != claim.claim)
                if needs and rule != "flat" and not both and not self._by.any(needs, case.text):
                    status = claim.drawn_status.label
                    what = f"{claim.claim} is {token.replace('-', ' ')}" + (
                        "" if token == claim.drawn_status.id else f" ({status})"
                    )
                    lacking.append((_ORDER.index(rule), rule, what))
        for _, rule, what in sorted(lacking):
            yield rule, what
        shaky = [c for c in case.claims if c.drawn_status.id != _SOLID and not self._softened(c, case)]
        if flat and shaky:
            yield "flat", f"{shaky[0].claim} is {shaky[0].drawn_status.label}, told as a fact"
        elif shaky and (apart := self._apart(case)):
            yield "flat", f"a sentence of its own, told as a fact: {apart}"
        elif flat and (beyond := self._beyond(case)):
            yield "flat", f"{beyond!r} is no part of the corroborated edge"

    def _apart(self, case: _Case) -> str | None:
        """A further sentence on an actor that no attribution covers, where several stand before one citation."""
        for part in re.split(r"(?<=[.!?])\s+(?=[A-Z])", case.told)[1:]:
            telling = self._names.actors(part) and self._by.has("asserting", part)
            if telling and not self._by.any((*_TOLD, "denied"), part):
                return part
        return None

    def _beyond(self, case: _Case) -> str | None:
        """A number or a month in a flat sentence that the cited edges themselves do not hold."""
        edges = " ".join(f"{claim.subject.label} {claim.object.label}" for claim in case.claims)
        values = {number.value for number in numbers(re.sub(r"[-–]", " ", edges))}
        held = {*months(edges), *(of_dates(re.findall(r"\d{4}-\d\d(?:-\d\d)?", edges))[1])}
        values |= of_dates(re.findall(r"\d{4}-\d\d(?:-\d\d)?", edges))[0]
        told = [case.text[n.start : n.end] for n in numbers(case.text) if n.value not in values and n.value != 1]
        return next(iter([*told, *sorted(months(case.text) - held)]), None)

    def _softened(self, claim: ClaimEvidence, case: _Case) -> bool:
        """Whether the words that the claim's own statuses need stand there: "would" says that it is no event."""
        own = [held for token, held in self._needs(claim) if self._by.rule_of[token] not in ("flat", "contested")]
        return self._by.any([name for held in own for name in held], self._masked(case))

    def _needs(self, claim: ClaimEvidence) -> Iterator[tuple[str, tuple[str, ...]]]:
        drawn, reported = claim.drawn_status.id, claim.reported_status.id
        yield drawn, self._by.needs_drawn[drawn]
        if drawn != _SOLID and reported in self._by.needs_reported:
            yield reported, self._by.needs_reported[reported]
        if claim.polarity.id == "denies" and drawn != "negated":
            yield "denied", self._by.needs_reported["denied"]

    # ---- who ------------------------------------------------------------------------------

    def _attribution(self, case: _Case, firm: bool) -> Iterator[tuple[str, str]]:
        if case.solid or any(self._speakers.named(claim, case.text) for claim in case.claims):
            return
        shaky = next(claim for claim in case.claims if claim.drawn_status.id != _SOLID)
        speaker = shaky.chain[-1].speaker.label
        others = [
            one for one in self._names.actors(case.text) if one.entity in {h.speaker.id for h in shaky.chain[:-1]}
        ]
        if others or self._speakers.relayed(shaky, case.text):
            if not (self._by.has("relaying", case.text) and self._by.has("unnamed", case.text)):
                yield (
                    "wrong-speaker",
                    f"it is the word of {speaker}, whom the sentence does not name, only who relays it",
                )
        elif firm:
            yield "unattributed", f"it is the word of {speaker}, and the sentence names nobody who says it"

    # ---- vouching -------------------------------------------------------------------------

    def _vouching(self, case: _Case) -> Iterator[tuple[str, str]]:
        if case.solid:
            return
        told = case.told.lower()
        for found in self._by.families["strong"].finditer(told):
            if found[0][:5] not in case.carried.says.lower() and not self._denied(told, found.start()):
                yield "hardened", f"{found[0]!r} on what is {_status(case)}"
                break
        several = all(rank(claim.drawn_status.id) >= rank("several-origins") for claim in case.claims)
        vouched = self._by.families["overclaim"].search(told)
        if vouched and not several and vouched[0] not in case.carried.says.lower():
            if not self._denied(told, vouched.start()):
                yield "overclaim", f"{vouched[0]!r} on what is {_status(case)}"

    def _denied(self, told: str, at: int) -> bool:
        """Whether a no, or a question, stands in the few words before a place."""
        clause = re.split(r"[;:]", told[max(0, at - _REACH) : at])[-1]
        return self._by.has("denied", clause)

    def _custody(self, case: _Case) -> Iterator[tuple[str, str]]:
        held = [claim for claim in case.claims if any(hop.held_by for hop in claim.chain)]
        if held and not case.solid and not self._by.has("custody", case.text):
            yield "custody", f"{held[0].claim} rests on words in custody"

    # ---- what -----------------------------------------------------------------------------

    def _strangers(self, case: _Case) -> Iterator[tuple[str, str]]:
        at: dict[tuple[int, int], set[str]] = {}
        for one in self._names.actors(case.text):
            at.setdefault((one.start, one.end), set()).add(one.entity)
        carried_words = f" {fold(case.carried.text)} "
        for (start, end), entities in at.items():
            told = case.text[start:end]
            if entities & case.carried.members and not self._by.has("joint", case.text):
                yield "member", f"{told!r}, of whom it is said only together with others"
            elif not entities & case.carried.entities and f" {fold(told)} " not in carried_words:
                if case.text[end : end + 1] != "-":
                    yield "stranger", f"{told!r}, of whom no cited claim speaks"

    def _speech(self, case: _Case) -> Iterator[tuple[str, str]]:
        """Words put into the mouth of somebody whose word no cited claim is."""
        speaking = {name for claim in case.claims for name in self._speakers.speaking(claim)}
        speaking |= {one.entity for one in self._names.actors(case.carried.says) if self._speaks(case.carried.says, one)}
        says = case.carried.says.lower()
        for one in self._names.actors(case.told):
            verb = self._speaks(case.told, one)
            if verb and one.entity not in speaking and verb[0][:5] not in says:
                yield "wrong-speaker", f"{case.told[one.start : one.end]!r} {verb[0]}, whose word no cited claim is"
                return
        for voice in self._by.families["voices"].finditer(case.told.lower()):
            verb = self._by.families["speech"].match(_after(case.told, voice.end()))
            if verb and voice[0][:5] not in case.carried.text.lower():
                yield "wrong-speaker", f"{voice[0]!r}, of whom no cited claim knows"

    def _speaks(self, text: str, one: Mention) -> re.Match[str] | None:
        return self._by.families["speech"].match(_after(text, one.end))

    def _silent(self, case: _Case) -> Iterator[tuple[str, str]]:
        told = case.told.lower()
        silence = self._by.families["silence"].search(told)
        if silence:
            rest = told[: silence.start()] + " " * len(silence[0]) + told[silence.end() :]
            consent = [one for one in self._by.families["consent"].finditer(rest) if not self._denied(rest, one.start())]
            if consent:
                yield "silence", f"{silence[0]!r} told as {consent[0][0]!r}"

    def _deeds(self, case: _Case) -> Iterator[tuple[str, str]]:
        told = self._masked(case)
        for deed in self._by.deeds.values():
            found = deed.told.search(told)
            if found and not deed.carried.search(case.carried.told.lower()) and not self._denied(told, found.start()):
                yield "deed", f"{found[0]!r}, which no cited claim says"
                return

    def _masked(self, case: _Case) -> str:
        """Our words without names: a title or an organisation may bear the word for a deed."""
        text = case.told.lower()
        for one in self._names.mentions(case.told):
            text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
        return text

    def _figures(self, case: _Case) -> Iterator[tuple[str, str]]:
        counted = [claim for claim in case.claims if claim.figure is not None]
        for number in numbers(case.text):
            giving = [claim for claim in counted if number.value in figures(claim)]
            if not giving or in_date(case.text, number):
                continue
            around = _around(case.text, number)
            if not any(self._compared(claim, around, case) for claim in giving):
                wanted = giving[0].figure
                assert wanted is not None
                told = case.text[number.start : number.end]
                yield "comparator", f"{told!r} where the estimate is: {giving[0].object.label}"
            elif not self._dated(case):
                yield "figure", f"{case.text[number.start : number.end]!r} without a date"

    def _compared(self, claim: ClaimEvidence, around: str, case: _Case) -> bool:
        assert claim.figure is not None
        token = claim.figure.comparator.id
        accepted = (token, *self._by.allowed_for.get(token, ()))
        if token not in ("exactly", "in-words"):
            return any(self._by.comparators[name].search(around) for name in accepted)
        bounds = ("at-least", "more-than", "at-most", "less-than")
        found = (self._by.comparators[name].search(around) for name in bounds)
        return all(one is None or one[0] in case.carried.says.lower() for one in found)

    def _dated(self, case: _Case) -> bool:
        return bool(months(case.text) or _YEAR.search(case.text))

    def _numbers(self, case: _Case) -> Iterator[tuple[str, str]]:
        for number in numbers(case.text):
            told = case.text[number.start : number.end]
            after = case.text[number.end : number.end + 40].lower()
            before = case.text[max(0, number.start - 20) : number.start].lower()
            counts = self._by.families["status-nouns"].match(
                after.lstrip(" ").removeprefix("independent ").removeprefix("different ")
            )
            labels = re.search(rf"(?:{self._by.families['count-words'].pattern})\s*$", before)
            if (
                number.value in case.carried.numbers
                or counts
                or labels
                or told.lower() in ("one", "zero", "hundred", "thousand")
            ):
                continue
            yield "number", f"the number {told!r}, which no cited claim carries"
        for month in sorted(months(case.text) - case.carried.months):
            yield "number", f"the month {month!r}, which no cited claim carries"


_ORDER = ("hypothetical", "view", "contested", "negated", "conjecture", "certainty", "flat")
def _status(case: _Case) -> str:
    return ", ".join(dict.fromkeys(c.drawn_status.label for c in case.claims if c.drawn_status.id != _SOLID))


def _after(text: str, end: int) -> str:
    """What follows a name, past an aside between commas and words such as `has not`."""
    rest = re.sub(r"^[’']s?", "", text[end : end + 120].lower())
    rest = re.sub(r"^\s*\([^)]*\)", "", rest)
    rest = re.sub(r"^,[^,;:]*,", "", rest)
    return re.sub(r"^(?:\s|has|have|had|did|does|do|not|never|also|itself|later|then|thus|therefore)+\b\s*", "", rest)


def _around(text: str, number: Number) -> str:
    """A few words on either side of a number, in lower case."""
    before = re.split(r"\s+", re.split(r"[;:(]", text[: number.start])[-1].strip())[-5:]
    after = re.split(r"\s+", re.split(r"[;:(),.]", text[number.end :])[0].strip())[:4]
    return " ".join([*before, text[number.start : number.end], *after]).lower()
