"""A lens as a SPARQL query over the public vocabulary: what a reader asks for by ticking, in words that can be changed.

The rows are the claims of the lens, each with the drawn status of its edge, its speaker and its document. A
withdrawal or a date of knowledge draws statuses anew, which no query over the record does; a comment says so.
"""

from collections.abc import Iterator
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from graph.lens.lens import Lens, Span
from graph.origins import last_day
from graph.rdf import iri
from graph.vocabulary import vocabulary

_PREFIXES = {
    "say": vocabulary().namespace,
    "oa": "http://www.w3.org/ns/oa#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_CLAIM = """\
  ?claim a say:Claim ; say:content ?edge ; say:originHop/say:speaker ?speaker ;
         say:inPassage/oa:hasSource ?document .
  GRAPH ?edge { ?subject ?relation ?object }
  ?derived a say:DerivedStatus ; say:derivedFor ?edge ; say:drawnStatus/skos:notation ?status ."""
# The days that its own utterance gives for the event, else those that anybody gives it; "9999" and "0000" stand for an
# end that nobody gives, since an aggregate over nothing at all is an error.
_OWN = """\
  OPTIONAL {
    SELECT ?utterance ?subject (MIN(?first) AS ?own_from) (MAX(?last) AS ?own_to) WHERE {
      ?told a say:Claim ; say:ofUtterance ?utterance ; say:content ?dating .
      GRAPH ?dating { ?subject ?how ?when }
      OPTIONAL { ?when say:from ?start ; say:to ?end }
      BIND(IF(BOUND(?start), STR(?start), IF(?how IN (say:onDate, say:startedOn), STR(?when), "9999")) AS ?first)
      BIND(IF(BOUND(?end), STR(?end), IF(?how IN (say:onDate, say:endedOn), STR(?when), "0000")) AS ?last)
      FILTER(?first != "9999" || ?last != "0000")
    } GROUP BY ?utterance ?subject
  }"""
_ANYBODY = """\
  OPTIONAL {
    SELECT (?event AS ?END) (MIN(?first) AS ?END_from) (MAX(?last) AS ?END_to) WHERE {
      ?told a say:Claim ; say:content ?dating .
      FILTER NOT EXISTS { ?told say:retractedAt ?taken_back }
      GRAPH ?dating { ?event ?how ?when }
      OPTIONAL { ?when say:from ?start ; say:to ?end }
      BIND(IF(BOUND(?start), STR(?start), IF(?how IN (say:onDate, say:startedOn), STR(?when), "9999")) AS ?first)
      BIND(IF(BOUND(?end), STR(?end), IF(?how IN (say:onDate, say:endedOn), STR(?when), "0000")) AS ?last)
      FILTER(?first != "9999" || ?last != "0000")
    } GROUP BY ?event
  }"""
_PATTERNS = {
    "publisher": "?document say:publisher ?publisher .",
    "relay": "?claim say:outerHop/say:relays* ?relaying . ?relaying say:relays ?next ; say:speaker ?relay .",
    "speaker": "?claim say:outerHop/say:relays*/say:speaker ?voice .",
    "origin": """\
?counted a say:DerivedOrigin ; say:derivedFor ?claim ; say:rootOrigin ?root .
  OPTIONAL { ?counted say:rootGroup ?group }
  BIND(COALESCE(?group, ?root) AS ?origin)""",
    "kind": "?claim say:evidenceKind/skos:notation ?kind .",
    "family": "?relation say:family ?family .",
    "question": "?edge say:addresses ?question .",
    "reported": "?claim say:reportedStatus/skos:notation ?reported .",
}
_TOKENS = {"kind": "kind", "reported": "reported", "drawn": "status"}
_WHOSE_DAYS = ("own", "subject", "object")
_ENDING = "-12-31"


def to_sparql(lens: Lens) -> str:
    """The query whose rows are the claims of a lens; exact for a plain one."""
    body = [_CLAIM, *_facets(lens), *_rest(lens)]
    if any(lens.happened):
        body += ["  ?claim say:ofUtterance ?utterance .", _OWN, *(_anybody(end) for end in _WHOSE_DAYS[1:])]
        body += _happened(lens.happened, lens.undated)
    text = "\n".join(body)
    prefixes = [f"PREFIX {name}: <{base}>" for name, base in _PREFIXES.items() if f"{name}:" in text]
    head = ["# Claims in view, each with the drawn status of its edge, whose word it is, and its document."]
    select = "SELECT DISTINCT ?claim ?subject ?relation ?object ?status ?speaker ?document\nWHERE {"
    return "\n".join([*head, *_unsaid(lens), *prefixes, select, text, "} ORDER BY STR(?document) STR(?claim)", ""])


def _unsaid(lens: Lens) -> Iterator[str]:
    """What no query over the record can do, as comments; nothing of the lens stands in them that is not quoted."""
    if lens.plain:
        return
    yield "# Not asked by this query: statuses are those of the whole record, they are not drawn anew."
    asked = lens.standing.parameters()
    for name in ("without", "parties", "recorded"):
        if name in asked:
            yield f"#   {name}={quote(asked[name], safe=',:.-')} is left out: sources set aside, and claims inferred from them, are still here."
    if lens.as_of:
        yield f"#   as-of={lens.as_of}: only documents certainly published by then, but drawn over everything held."
    yield "# The page, `testimony withdraw` and `testimony as-of` draw every edge again over what stands."


# ---- facets -------------------------------------------------------------------------------------


def _facets(lens: Lens) -> Iterator[str]:
    for name, allowed in lens.facets.items():
        if allowed:
            yield from _facet(name, sorted(allowed))


def _facet(name: str, allowed: list[str]) -> list[str]:
    pattern = _PATTERNS.get(name)
    lines = [f"  {pattern}"] if pattern else []
    if name in _TOKENS:
        return [*lines, _values(_TOKENS[name], [_text(value) for value in allowed])]
    if name == "family":
        return [*lines, _values("family", [_term(value) for value in allowed])]
    kinds = {"document": ("document",), "question": ("question",), "origin": ("entity", "origin-group")}
    things = [_id(kind, value) for kind in kinds.get(name, ("entity",)) for value in allowed]
    if name == "origin":  # bound by an expression, which VALUES would not narrow
        return [*lines, f"  FILTER(?origin IN ({', '.join(things)}))"]
    return [*lines, _values({"said": "speaker", "speaker": "voice"}.get(name, name), things)]


def _rest(lens: Lens) -> Iterator[str]:
    if lens.hide:
        yield f"  FILTER(?status NOT IN ({', '.join(_text(one) for one in sorted(lens.hide))}))"
    if lens.entity:
        node = _id("entity", lens.entity)
        yield f"  FILTER(?subject = {node} || ?object = {node})"
    if lens.relation:
        yield f"  VALUES ?relation {{ {_term(lens.relation)} }}"
    if lens.origins:
        yield f"  ?derived say:independentOriginCount ?independent . FILTER(?independent >= {int(lens.origins)})"
    if any(lens.published):
        yield "  ?document say:publishedFrom ?published_from ; say:publishedTo ?published_to ."
        yield from (
            f"  FILTER({one})" for one in _overlap("STR(?published_from)", "STR(?published_to)", lens.published)
        )
    if lens.as_of:
        yield "  ?document say:publishedTo ?known ."
        yield f"  FILTER({_ended('STR(?known)')} <= {_text(last_day(lens.as_of))})"


# ---- days ---------------------------------------------------------------------------------------


def _anybody(end: str) -> str:
    return _ANYBODY.replace("?END", f"?{end}")


def _happened(asked: Span, undated: bool) -> Iterator[str]:
    """The first of three spans that is given at all, over which the days asked for must lie somewhere.

    Where none is given, only `undated` keeps the claim.
    """
    for side, nobody, open_ in (("from", "9999", "0000"), ("to", "0000", "9999")):
        given = ", ".join(f"?{whose}_{side}" for whose in _WHOSE_DAYS)
        yield f"  BIND(COALESCE({given}) AS ?{side})"
        yield f'  BIND(IF(?{side} = "{nobody}", "{open_}", ?{side}) AS ?happened_{side})'
    within = " && ".join(_overlap("?happened_from", "?happened_to", asked))
    yield f"  FILTER({'!' if undated else ''}BOUND(?from) {'||' if undated else '&&'} ({within}))"


def _overlap(held_from: str, held_to: str, asked: Span) -> Iterator[str]:
    """The conditions under which two spans share a day."""
    if asked[1]:
        yield f"{held_from} <= {_text(last_day(asked[1]))}"
    if asked[0]:
        yield f"{_ended(held_to)} >= {_text(asked[0])}"


def _ended(day: str) -> str:
    """A day of any precision, filled up so that a month or year compares as its last day."""
    return f'CONCAT({day}, SUBSTR("{_ENDING}", STRLEN({day}) - 3))'


# ---- terms: everything that a reader may have typed goes through one of these ---------------------


def _id(kind: str, name: str) -> str:
    """One of our IRIs. What could not stand in an id is percent-encoded, and then names nothing."""
    return str(iri(kind, quote(name, safe="-._~/")))


def _term(name: str) -> str:
    """A term of the vocabulary by its name, or an IRI that names nothing."""
    known = vocabulary()
    concepts = known.concepts("RelationFamily")
    if name in known.properties:
        return str(known.properties[name].iri)
    if name in concepts:
        return str(concepts[name].iri)
    return str(NamedNode(_PREFIXES["say"] + quote(name, safe="")))


def _text(value: str) -> str:
    return str(Literal(value))


def _values(variable: str, terms: list[str]) -> str:
    return f"  VALUES ?{variable} {{ {' '.join(terms)} }}"
