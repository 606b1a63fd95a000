"""Sentences of a briefing held against the claims they cite: one finding for each rule that is broken."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.briefing.citing import Known, sentence
from graph.briefing.lint.carried import carried
from graph.briefing.lint.content import Content
from graph.briefing.lint.firmness import Firmness
from graph.briefing.lint.ground import Case, Found, Ground
from graph.briefing.lint.words import Rules, rules
from graph.briefing.manifest import Manifest, fingerprint
from graph.briefing.prose import Sentence
from graph.evidence import Archive, ClaimEvidence

_NEAR = 28  # letters before a word in which it may be marked as somebody's term


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


class Linter:
    """The rules over one build; `held` is what the briefing's claims said when it was written."""

    def __init__(self, archive: Archive, by: Rules | None = None, held: Manifest | None = None) -> None:
        self._by = by or rules()
        self._held = held or {}
        self._ground = Ground(archive, self._by)
        self._firmness = Firmness(self._ground)
        self._content = Content(self._ground)

    @property
    def known(self) -> Known:
        """The claims met so far, by id."""
        return self._ground.known

    def check(self, one: Sentence) -> list[Finding]:
        """Every finding on one sentence."""
        claims = self._ground.load(one.cites)
        standing = tuple(claim for claim in claims if claim.retracted is None)
        case = Case(one, one.own, standing, carried(standing, self._ground.known, self._ground.names))
        found = [*self._citations(case, claims)]
        found += self._words(case)
        if one.cites:
            if standing and not one.quoted:
                found += [*self._firmness.check(case), *self._content.check(case)]
        else:
            found += self._uncited(case)
        suggestion = self._quoting(sentence(standing, self._ground.known))
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
        named = [(one.start, one.end) for one in self._ground.names.mentions(text)]

        def quoted(found: re.Match[str]) -> str:
            inside = any(a <= found.start() and found.end() <= b for a, b in named)
            return found[0] if inside else f"“{found[0]}”"

        return re.sub(self._by.slanted.pattern, quoted, text, flags=re.IGNORECASE)

    def _citations(self, case: Case, claims: Sequence[ClaimEvidence]) -> Iterator[Found]:
        for name in case.sentence.cites:
            if name not in self._ground.known:
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

    def _words(self, case: Case) -> Iterator[Found]:
        """Words that need no claim to be wrong."""
        named = [(one.start, one.end) for one in self._ground.names.mentions(case.told)]
        for found in self._by.slanted.finditer(case.told.lower()):
            before = case.told[max(0, found.start() - _NEAR) : found.start()]
            if not self._by.has("naming", before) and not any(
                a <= found.start() and found.end() <= b for a, b in named
            ):
                yield "slant", f"the word {found[0]!r}"
        for name in dict.fromkeys(self._ground.names.strange(case.text, self._by.capitalised)):
            if name not in case.carried.text:
                yield "person", f"the name {name!r}"

    def _uncited(self, case: Case) -> Iterator[Found]:
        one = case.sentence
        if one.framing or one.text.endswith("?") or not self._by.has("asserting", one.text):
            return
        named = self._ground.names.telling(one.text)
        if named:
            labels = dict.fromkeys(one.text[found.start : found.end] for found in named)
            yield "uncited", f"nothing cited, and it speaks of {', '.join(labels)}"
