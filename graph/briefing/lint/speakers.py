"""Whether a sentence names the one whose word a claim is, or only somebody on the way."""

from graph.briefing.lint.names import Names, content_words, inner, stem
from graph.briefing.lint.words import Rules
from graph.evidence import ClaimEvidence, HopEvidence
from graph.model import Entity
from graph.search.folding import fold

_BLURRED = ("Role", "Collective", "Group")
_NEARLY = 0.7
_UNNAMED = frozenset({"anonymity-granted", "speaker-unidentified"})


class Speakers:
    """Who is named in a sentence, as far as attribution goes."""

    def __init__(self, names: Names, rules: Rules) -> None:
        self._names = names
        self._rules = rules

    def named(self, claim: ClaimEvidence, text: str) -> bool:
        """Whether the innermost speaker is named: by name, by institution, or by what the label says of the unnamed."""
        hop = claim.chain[-1]
        if self._by_name(hop.speaker.id, text):
            return True
        entity = self._names.entities.get(hop.speaker.id)
        if entity is None:
            return False
        if len(claim.chain) == 1 and self._by_name(claim.document.publisher.id, text):
            return True
        if self._is_author(entity):
            return self._rules.has("author", text) or self._by_name(claim.document.publisher.id, text)
        return self._shortly(entity, text) or self._belongs(entity, text) or self._blurred(hop, entity, text)

    def _shortly(self, entity: Entity, text: str) -> bool:
        """By a word of the name that no other actor bears, or by nearly all of its words."""
        found = {stem(word) for word in fold(text).split()}
        wanted = content_words(entity.name)
        nearly = len(wanted) > 2 and len(wanted & found) >= _NEARLY * len(wanted)
        return nearly or bool(self._names.distinctive.get(entity.id, frozenset()) & found)

    def speaking(self, claim: ClaimEvidence) -> set[str]:
        """Everybody whose word a claim is or who passes it on, with the bodies they speak for."""
        names = {claim.document.publisher.id, *(hop.speaker.id for hop in claim.chain)}
        names |= {hop.held_by.id for hop in claim.chain if hop.held_by}
        held = [self._names.entities[name] for name in sorted(names) if name in self._names.entities]
        bodies = {name for one in held for name in (one.institution, one.organ_of, *one.members) if name}
        return names | bodies

    def relayed(self, claim: ClaimEvidence, text: str) -> bool:
        """Whether somebody who passes the words on is named: a relay or the publisher."""
        passing = [*(hop.speaker.id for hop in claim.chain[:-1]), claim.document.publisher.id]
        return any(self._by_name(name, text) for name in passing)

    def _by_name(self, name: str, text: str) -> bool:
        return any(one.entity == name for one in self._names.mentions(text))

    def _is_author(self, entity: Entity) -> bool:
        return entity.id.startswith("author-") or entity.name.startswith("Author of ")

    def _belongs(self, entity: Entity, text: str) -> bool:
        """A person or an organ may be told by the body that it speaks for."""
        bodies = [name for name in (entity.institution, entity.organ_of) if name]
        if any(self._by_name(name, text) for name in bodies):
            return True
        folded = f" {fold(text)} "
        parts = [part for _, label in entity.label for part in inner(label)]
        return any(f" {fold(part)} " in folded for part in parts if part[:1].isupper() or len(part) > 8)

    def _blurred(self, hop: HopEvidence, entity: Entity, text: str) -> bool:
        """Somebody unnamed is named by what the register says of them, or as unnamed."""
        marks = {mark.id for mark in hop.circumstances}
        described = entity.kind == "Person" and entity.name[:1].islower()  # told by what they are, not by name
        if not described and not entity.unidentified and not any(self._names.kind(entity.id, (k,)) for k in _BLURRED):
            return False
        if hop.held_by is not None and self._rules.has("custody", text):
            return True
        if (marks & _UNNAMED or entity.unidentified) and self._rules.has("unnamed", text):
            return True
        wanted = content_words(entity.name)
        found = {stem(word) for word in fold(text).split()}
        return len(wanted & found) >= min(2, len(wanted))
