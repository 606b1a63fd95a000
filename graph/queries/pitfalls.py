"""What a query may be answered wrongly, or with an emptiness that would read as silence; one sentence each.

The engine says nothing of these. A sentence is a warning beside the answer: unlike the guard, this may be mistaken.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from pyoxigraph import NamedNode

from graph.queries.guard import matches, reads_content
from graph.queries.names import names
from graph.rdf import maybe_iri
from graph.vocabulary import ID, vocabulary

_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_LOOKED_UP = 20  # nodes at most, so that a long query costs no more than a short one
_TERMS = frozenset({"a", "true", "false"})  # words that stand where a term stands; other words are keywords
_NAMING = re.compile(r"[:#/](?:label|prefLabel|altLabel)>?\Z")
_PATH = frozenset("|^!")
_STATUS = re.compile(r"(?:reported|drawn)Status\Z|(?:Reported|Drawn)[A-Z]")
# what claims share with their utterances, and what only one of the two has
_SHARED = frozenset({"inPassage", "outerHop", "originHop", "evidenceKind", "mode", "position", "reading"})
_OWN = frozenset(
    {"Claim", "Utterance", "GarbledReading", "content", "reportedStatus", "ofUtterance", "says", "about", "couldAlso"}
    | {"printed", "derivedFor", "conclusion", "premise", "relatesFrom", "relatesTo", "contestedClaim", "opposingClaim"}
)


def pitfalls(sparql: str, knows: Callable[[NamedNode], bool]) -> tuple[str, ...]:
    """Every warning for a query; `knows` tells whether a node occurs in the graph that answers."""
    ours = {name.text: name.iri for name in names(sparql)}
    return (*misread(sparql), *_outside(sparql, ours), *_untagged(sparql), *_strangers(ours, knows), *_twice(ours))


def statusless(sparql: str) -> tuple[str, ...]:
    """That a query looks inside propositions and names no status, so that no row of it can show one.

    What a row does show is not looked at, as the command and notebooks do: this is asked of every answer over HTTP.
    """
    if not reads_content(sparql) or any(_STATUS.match(_local(name.iri)) for name in names(sparql)):
        return ()
    return (
        "what is alleged is shown without its status, which is no answer about the world: "
        "add ?claim say:content ?g ; say:reportedStatus ?status",
    )


def misread(sparql: str) -> tuple[str, ...]:
    """What the engine answers wrongly without an error, inside `GRAPH ?g { … }`."""
    if "graph" not in sparql.casefold():  # as most queries: what follows reads every token
        return ()
    found: dict[str, None] = {}
    inside: list[str] = []  # the variable of each open GRAPH ?g, "" for any other brace
    pending, last, listed = "", "", False
    for kind, text, _ in matches(sparql):
        word = text.upper() if kind == "word" else ""
        graph = next((name for name in reversed(inside) if name), "")
        if text == "{":
            inside.append(pending)
        elif text == "}" and inside:
            inside.pop()
        elif graph and word in _AGGREGATES:
            found["an aggregate inside GRAPH ?g counts over all graphs: put it, and GROUP BY ?g, outside"] = None
        elif graph and word == "MINUS":
            found["MINUS inside GRAPH ?g removes nothing: put it outside, or use FILTER NOT EXISTS"] = None
        elif graph and listed and kind == "name" and text == graph:
            found["VALUES of the graph's variable inside GRAPH ?g is not heeded: put it outside"] = None
        listed = word == "VALUES" or (listed and text == "(")
        pending = text if last == "GRAPH" and kind == "name" and text[:1] in "?$" else ""
        last = word
    return tuple(found)


def _outside(sparql: str, ours: Mapping[str, str]) -> tuple[str, ...]:
    """Relations of content that are asked of the default graph, where nothing alleged lies: no rows, and no silence."""
    content = {name for name, iri in ours.items() if maybe_iri(iri) in vocabulary().content}
    asked = dict.fromkeys(name for name in _Pattern().predicates(sparql) if name in content) if content else ()
    return tuple(
        f"{name} outside GRAPH finds nothing, whatever is alleged: write GRAPH ?g {{ ?s {name} ?o }} and "
        "?claim say:content ?g , whose say:reportedStatus says how it is said"
        for name in asked
    )


def _untagged(sparql: str) -> tuple[str, ...]:
    """Texts without a language where a name is looked for: every name has one, and `"a"` is not `"a"@en`."""
    if '"' not in sparql and "'" not in sparql:
        return ()
    read = matches(sparql)
    texts = dict.fromkeys(
        text
        for (_, relation, _), (kind, text, _), (_, following, _) in zip(read, read[1:], read[2:], strict=False)
        if kind == "string" and _NAMING.search(relation) and following[0] not in "@^"
    )
    return tuple(
        f"{text} equals no name, because names have a language: write {text}@en, or look for the name" for text in texts
    )


def _strangers(ours: Mapping[str, str], knows: Callable[[NamedNode], bool]) -> tuple[str, ...]:
    """Nodes of ours that the graph does not know: that nothing is found of them is no silence."""
    named = [iri for iri in dict.fromkeys(ours.values()) if iri.startswith(ID) and not iri.endswith("/")]  # a prefix
    return tuple(
        f"this graph has no {iri.removeprefix(ID)}, so that an empty answer about it is no silence: search for its name"
        for iri in named[:_LOOKED_UP]
        if (node := maybe_iri(iri)) is not None and not knows(node)  # what is no IRI is the engine's to refuse
    )


def _twice(ours: Mapping[str, str]) -> tuple[str, ...]:
    """What claims share with their utterances, asked of whatever has it: each utterance comes beside its claims."""
    terms = {_local(iri) for iri in ours.values()}
    shared = next((text for text, iri in ours.items() if _local(iri) in _SHARED), "")
    if not shared or terms & _OWN or any(iri.startswith((f"{ID}claim/", f"{ID}utterance/")) for iri in ours.values()):
        return ()
    return (
        f"{shared} stands at claims and at their utterances too, and both are in the answer: add ?claim a say:Claim",
    )


def _local(iri: str) -> str:
    return iri.removeprefix(vocabulary().namespace)


class _Pattern:
    """Follows the triples of a query by its tokens: what stands second in one, outside every GRAPH."""

    def __init__(self) -> None:
        self.place = 0  # how many terms of the triple at hand have been read
        self._graphs: list[bool] = []  # of each open brace, whether it lies inside GRAPH
        self._brackets: list[int] = []  # where each open [ stands in its triple
        self._depth, self._after = 0, 0  # open (, and the place to go on at behind them
        self._path = False  # the open ( is of a path
        self._pending = self._data = False  # the next brace is a GRAPH's; it holds the rows of VALUES
        self._last = ""

    def predicates(self, sparql: str) -> Iterator[str]:
        """Each name that stands second in a triple of the default graph."""
        for kind, text, _ in matches(sparql):
            if self._depth and self._path and kind in ("name", "iri") and not any(self._graphs):
                yield text
            elif self._is_term(kind, text):
                if self.place == 1 and not any(self._graphs) and not self._data:
                    yield text
                self.place += 1
            elif kind in ("open", "close"):
                self._bracket(text)
            elif not self._depth:
                self._sign(kind, text)
            self._last = kind

    def _is_term(self, kind: str, text: str) -> bool:
        if self._depth or (kind == "name" and text.startswith("@")):
            return False
        return kind in ("name", "iri", "string") or (kind == "word" and (text in _TERMS or text[0].isdigit()))

    def _bracket(self, text: str) -> None:
        if text == "(":
            if not self._depth:
                self._path = self.place == 1 and self._last != "word" and not self._data
                self._after = 0 if self._last == "word" else self.place + 1
            self._depth += 1
        elif text == ")" and self._depth:
            self._depth -= 1
            self.place = self.place if self._depth else self._after
        elif text == "{":
            self._graphs.append(self._pending)
            self._pending, self.place = False, 0
        elif text == "}":
            self._graphs = self._graphs[:-1]
            self._data, self.place = False, 0
        elif text == "[":
            self._brackets.append(self.place)
            self.place = 1
        elif text == "]" and self._brackets:
            self.place = self._brackets.pop() + 1

    def _sign(self, kind: str, text: str) -> None:
        if kind == "word":
            word = text.upper()
            self._pending = word == "GRAPH"
            self._data = word == "VALUES"
            self.place = 0
        elif text in "/" or text in _PATH:
            self.place = min(self.place, 1)
        elif text in ".;,":
            self.place = ".;,".index(text)
