"""What the JSON interface offers, in OpenAPI 3.1 (OpenAPI Initiative, 2021): made here, served at /api/openapi.json."""

from typing import Any

from graph import __version__
from graph.export import FORMATS
from graph.lens import FOCUS_LIMIT, MEANINGS, MOST_LINES, NAMES, WHOLE_LIMIT
from graph.lens.beside import EDGES
from graph.lens.matrix import BY, ROWS
from graph.lens.timeline import LANES
from graph.queries import named_queries

LIMIT, MOST = 50, 500
CLAIMS = 150  # of one line
FALLS = 200  # edges that a withdrawal fells, and edges that it restates
_TERM = {
    "type": "object",
    "required": ["id", "label"],
    "properties": {"id": {"type": "string"}, "label": {"type": "string"}},
}


def document(address: str) -> dict[str, Any]:
    """The whole description, for a service at an address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Testimony",
            "version": __version__,
            "description": "A knowledge graph in which every edge is somebody's word: whatever shows an edge shows its status and whose word it is. Reading only.",
        },
        "servers": [{"url": address.rstrip("/")}],
        "paths": _paths(),
        "components": {"schemas": _schemas()},
    }


_BOM = "`with` begins CSV with a byte-order mark, by which spreadsheets know UTF-8"


def _paths() -> dict[str, Any]:
    lens = [_query(name, MEANINGS[name]) for name in NAMES]
    pages = [_number("limit", 1, MOST, LIMIT), _number("offset", 0, 10**9, 0)]
    return {
        "/api/claims": _get("Claims that meet every filter", [*lens, *pages], "Claims"),
        "/api/claims/{name}": _get("One claim with everything behind it", [_path("claim id, as in 003-c23.1")], "Claim"),
        "/api/export": _export(lens),
        "/api/export/columns": _text("What each column of a table of claims holds"),
        "/api/entities": _get("Entities", [_query("kind", "a class of the vocabulary"), *pages], "Entities"),
        "/api/entities/{name}": _get("One entity", [_path("entity id")], "Entity"),
        "/api/evidence": _get(
            "A sentence, the edges behind it, and who disagrees: give one of the three",
            [
                _query("claim", "claim id"),
                _query("proposition", "32 digits"),
                _query("bundle", "a line of a picture"),
                _number("limit", 1, MOST_LINES, CLAIMS),
            ],
            "Evidence",
        ),
        "/api/facets": _get("Claims by value of each facet, and by month", lens, "Object"),
        "/api/focus/{name}": _get(
            "The lines around an entity, with stored positions, and those that the withdrawal fells",
            [_path("entity id"), *lens, _number("limit", 1, MOST_LINES, FOCUS_LIMIT)],
            "Object",
        ),
        "/api/edges": _get("The edges in view, a row each", [*lens, *pages], "Object"),
        "/api/timeline": _get(
            "Claimed dates by event, and documents by publication", [*lens, _number("limit", 1, MOST, LANES)], "Object"
        ),
        "/api/matrix": _get(
            "Claims by one facet and by drawn status",
            [_query("by", "what the rows are", list(BY)), *lens, _number("limit", 1, MOST, ROWS)],
            "Object",
        ),
        "/api/questions": _get(
            "The questions that something in view answers; those that `words` find, best first",
            [*lens, _query("words", "in a reader's own words"), _number("limit", 1, MOST_LINES, MOST)],
            "Object",
        ),
        "/api/questions/{name}": _get(
            "Competing answers to a question, and what can be compared", [_path("question id"), *lens], "Object"
        ),
        "/api/beside": _get(
            "What two speakers or sides say, beside each other; with one, what only that one says",
            [
                _query("one", "the id of a speaker or of an origin group"),
                _query("other", "another's"),
                *lens,
                _number("limit", 1, MOST, EDGES),
            ],
            "Object",
        ),
        "/api/since": _get(
            "As known on the day of `as-of`, beside now", [*lens, _number("limit", 1, MOST, EDGES)], "Object"
        ),
        "/api/without": _get(
            "Everything, beside what the withdrawal of the lens leaves", [*lens, _number("limit", 1, MOST, EDGES)], "Object"
        ),
        "/api/speakers": _get(
            "Whose word is in view: speakers, and the sides of which several members speak",
            [*lens, _number("limit", 1, MOST_LINES, MOST_LINES)],
            "Object",
        ),
        "/api/falls": _get(
            "What the withdrawal of the lens fells or restates, and how many of each",
            [*lens, _number("limit", 1, MOST_LINES, FALLS)],
            "Object",
        ),
        "/api/parties": _get("Whom a withdrawal of the parties to the conflict sets aside", lens, "Object"),
        "/api/whole": _get(
            "The lines with most claims, with places that no filter moves",
            [*lens, _number("limit", 1, MOST_LINES, WHOLE_LIMIT)],
            "Object",
        ),
        "/api/ways": _get(
            "Ways between two names; who joins their steps is told of each",
            [_query("from", "entity id"), _query("to", "entity id"), _query("hypothetical", "with"), *lens],
            "Object",
        ),
        "/api/lens/sparql": _get("The lens as a SPARQL query; `exact` unless it draws statuses anew", lens, "Object"),
        "/api/origins/{name}": _get(
            "Documents, publishers, origins and groups behind each edge",
            [_path("a claim, a proposition's 32 digits or an entity"), _number("limit", 1, MOST, LIMIT)],
            "Origins",
        ),
        "/api/search": _get("Everything that bears a name, or says a word", [_query("q", "words, or a whole question"), _number("limit", 1, 100, 20)], "Search"),
        "/api/overview": _get("What is held, and where one can start", [], "Object"),
        "/api/queries": _get("The named queries", [], "Queries"),
        "/api/queries/{name}": _get(
            "The rows of a named query; its parameters are given by name",
            [_path("one of " + ", ".join(named_queries()))],
            "Table",
        ),
        "/api/query/{name}": _get(
            "A named query answered as /sparql answers, in SPARQL results or RDF; its parameters are given by name",
            [_path("one of " + ", ".join(named_queries()))],
            "Object",
        ),
        "/api/vocabulary": _get("Prefixes, and the terms that a query may use", [], "Vocabulary"),
        "/api/picture": _get(
            "What some rows of an answer are about, as lines with status and positions; each may be given many times",
            [_query("claim", "claim id"), _query("proposition", "32 digits")],
            "Picture",
        ),
    }  # fmt: skip


def _get(what: str, parameters: list[dict[str, Any]], schema: str) -> dict[str, Any]:
    answer = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        "get": {
            "summary": what,
            "parameters": parameters,
            "responses": {
                "200": {"description": "the answer", "content": answer},
                "400": {"description": "a parameter that cannot be so", "content": error},
                "404": {"description": "nothing here bears this id; the nearest is named", "content": error},
            },
        }
    }


def _text(what: str) -> dict[str, Any]:
    answer = {"description": "the answer", "content": {"text/plain": {"schema": {"type": "string"}}}}
    return {"get": {"summary": what, "parameters": [], "responses": {"200": answer}}}


def _export(lens: list[dict[str, Any]]) -> dict[str, Any]:
    """The claims as a file; what a format holds is told by its media type."""
    made = _get(
        "Claims that meet every filter, as a file",
        [_query("format", "csv unless named", list(FORMATS)), _query("bom", _BOM, ["with"]), *lens],
        "",
    )
    named = {one.media: {"schema": {"description": f"format={one.name}: {one.title}"}} for one in FORMATS.values()}
    made["get"]["responses"]["200"] = {"description": "every claim, each with its status and source", "content": named}
    return made


def _query(name: str, what: str, values: list[str] | None = None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"} if values is None else {"type": "string", "enum": values}
    return {"name": name, "in": "query", "description": what, "schema": schema}


def _number(name: str, least: int, most: int, default: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": default}
    return {"name": name, "in": "query", "schema": schema}


def _path(what: str) -> dict[str, Any]:
    return {"name": "name", "in": "path", "required": True, "description": what, "schema": {"type": "string"}}


def _schemas() -> dict[str, Any]:
    claim = {
        "type": "object",
        "description": "Somebody's word for an edge. Status, chain, document and passage are always there.",
        "required": ["claim", "says", "drawn_status", "reported_status", "chain", "document", "passage"],
        "properties": {
            "claim": {"type": "string"},
            "says": {"type": "string"},
            "drawn_status": _TERM,
            "reported_status": _TERM,
            "chain": {"type": "array", "minItems": 1},
        },
    }
    edge = {
        "type": "object",
        "required": ["proposition", "says", "status", "why", "said", "claims", "documents"],
        "properties": {"says": {"type": "string"}, "status": _TERM, "why": {"type": "string"}, "said": {"type": "string"}},
    }  # fmt: skip
    return {
        "Claim": claim,
        "Claims": _list("claims", "Claim"),
        "Entity": {"type": "object", "required": ["id", "kind", "label"]},
        "Entities": _list("entities", "Entity"),
        "Edge": edge,
        "Evidence": {"type": "object", "required": ["sentence", "edges"]},
        "Origins": {
            "type": "object",
            "required": ["title", "total", "truncated", "edges"],
            "properties": {
                "edges": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["edge", "documents", "publishers", "origins", "denials"],
                        "properties": {"edge": {"$ref": "#/components/schemas/Edge"}},
                    },
                }
            },
        },
        "Queries": {"type": "object", "required": ["queries"]},
        "Table": {
            "type": "object",
            "required": ["title", "columns", "rows"],
            "properties": {"columns": {"type": "array", "items": {"type": "string"}}, "rows": {"type": "array"}},
        },
        "Vocabulary": {"type": "object", "required": ["prefixes", "terms"]},
        "Picture": {"type": "object", "required": ["entity", "nodes", "bundles", "shown", "total"]},
        "Search": _search(),
        "Object": {"type": "object"},
        "Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}},
    }


def _search() -> dict[str, Any]:
    """What a search answers: entities at the top, the other groups beside them."""

    def hit(*required: str, **more: Any) -> dict[str, Any]:
        whole = {"type": "boolean", "description": "whether it holds all the words; those that do come first"}
        return {"type": "object", "required": [*required, "all_words"], "properties": {"all_words": whole, **more}}

    def group(of: dict[str, Any]) -> dict[str, Any]:
        listed = {"total": {"type": "integer"}, "results": {"type": "array", "items": of}}
        return {"type": "object", "required": ["total", "results"], "properties": listed}

    texts = {"type": "array", "items": {"type": "string"}}
    named = "subject, object or speaker whose names hold the words that the sentence itself does not"
    claim = hit(
        "claim", "says", "status", "speaker", "chain", "document", "named",
        status=_TERM, named={"type": "array", "items": _TERM, "description": named},
    )  # fmt: skip
    words = {
        "type": ["object", "null"],
        "description": "where `partial`: the folded words that were sought, left out as function words, held by nothing",
        "required": ["sought", "left_out", "unknown"],
        "properties": {"sought": texts, "left_out": texts, "unknown": texts},
    }
    entities = group(hit("id", "kind", "label", "matched", "claims"))
    return {
        "type": "object",
        "required": [
            *("query", "total", "results", "asks", "partial", "words", "note", "claims", "documents", "questions")
        ],
        "properties": {
            **entities["properties"],
            "asks": {"type": "boolean", "description": "whether it looks like a question: questions then come first"},
            "partial": {
                "type": "boolean",
                "description": "whether some of what was found holds some of the words only",
            },
            "words": words,
            "note": {"type": ["string", "null"], "description": "the same as a sentence to show beside what was found"},
            "claims": group(claim),
            "documents": group(hit("id", "title", "paragraph", "text")),
            "questions": group(hit("id", "label", "text", "claims")),
        },
    }


def _list(name: str, of: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["total", "offset", "truncated", name],
        "properties": {
            "total": {"type": "integer"},
            "truncated": {"type": "boolean", "description": "whether more follow"},
            name: {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}},
        },
    }
