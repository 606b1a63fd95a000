"""The linter of prose against the claims it cites: rules and words are data (lint.yaml), see docs/linter.md."""

from pathlib import Path

from graph.briefing.lint.linter import Finding, Linter
from graph.briefing.lint.words import Rule, Rules, rules
from graph.briefing.manifest import read_manifest
from graph.briefing.prose import read, sentences
from graph.evidence import Archive

__all__ = ["Finding", "Linter", "Rule", "Rules", "lint_file", "rules"]


def lint_file(path: Path, archive: Archive, by: Rules | None = None) -> list[Finding]:
    """The findings on a briefing, Markdown or a notebook; BriefingError for a file that is neither."""
    prose = read(path)
    held = {name: one for part in prose for name, one in read_manifest(part.text, part.name).items()}
    linter = Linter(archive, by, held)
    return [found for part in prose for one in sentences(part) for found in linter.check(one)]
