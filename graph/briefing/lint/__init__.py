"""The linter of prose against the claims it cites: rules and words are data (lint.yaml), see docs/linter.md."""

from collections.abc import Iterable

from graph.briefing.lint.linter import Finding, Linter
from graph.briefing.lint.words import Rule, Rules, rules
from graph.briefing.manifest import Manifest
from graph.briefing.prose import Sentence
from graph.evidence import Archive

__all__ = ["Finding", "Linter", "Rule", "Rules", "findings", "rules"]


def findings(sentences: Iterable[Sentence], archive: Archive, held: Manifest | None = None) -> list[Finding]:
    """The findings on the sentences of one briefing; `held` is the manifest that it carries."""
    linter = Linter(archive, held=held)
    return [found for one in sentences for found in linter.check(one)]
