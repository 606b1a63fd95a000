"""Entries for an index of words."""

from dataclasses import replace
from typing import Any

from graph.search import Entry
from graph.search.ask import Asked


def entity(name: str, label: str, *aliases: str) -> list[Entry]:
    found = [Entry("entity", name, "label", "en", label)]
    found += [Entry("entity", name, "alias", "en", alias, documents="900-x") for alias in aliases]
    return [replace(entry, whole=Asked.of(entry.text).whole) for entry in found]


def says(name: str, text: str, **rest: Any) -> Entry:
    known = {"documents": "900-x", "claims": name, "status": "ReportedDenied", "speaker": "council", "chain": "a > b"}
    return Entry("claim", name, "says", "en", text, **{**known, **rest})
