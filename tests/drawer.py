"""Helpers for tests of the SPARQL drawer: asking, and reading what it says."""

import re
from urllib.parse import quote, unquote

from browser import Visitor
from playwright.sync_api import expect

from graph.vocabulary import vocabulary

PREFIXES = f"PREFIX say: <{vocabulary().namespace}>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
LINES = (
    PREFIXES
    + """SELECT ?claim ?subject ?drawn ?says WHERE {
  ?claim say:content ?g ; say:ofUtterance/say:says ?says .
  ?derived say:derivedFor ?g ; say:drawnStatus/skos:notation ?drawn .
  GRAPH ?g { ?subject ?relation ?object }
} ORDER BY ?claim LIMIT 8"""
)
BARE = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } LIMIT 3"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def asking(visitor: Visitor, query: str, **more: str) -> None:
    """Open the page with a query that has been run."""
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    visitor.open(f"/?sparql={quote(query)}{rest}")
    answered(visitor)


def answered(visitor: Visitor) -> None:
    expect(visitor.page.locator("[data-testid=answer-state]")).not_to_have_text(re.compile("Nothing has been|Asking"))
    visitor.settled()


def query_in_address(visitor: Visitor) -> str | None:
    found = re.search(r"[?&]sparql=([^&]*)", visitor.page.url)
    return unquote(found.group(1).replace("+", " ")) if found else None


def type_query(visitor: Visitor, query: str) -> None:
    """Type into the editor without the help of completion."""
    visitor.page.locator("[data-testid=editor] .cm-content").focus()
    visitor.page.keyboard.press("ControlOrMeta+a")
    visitor.page.keyboard.insert_text(query)


def state(visitor: Visitor) -> str:
    return visitor.texts("[data-testid=answer-state]")[0]


def cells(visitor: Visitor, row: int) -> list[str]:
    found = visitor.page.locator("[data-testid=answer-table] tbody tr").nth(row).locator("td")
    return [" ".join(text.split()) for text in found.all_text_contents()]
