"""Fifty queries meant to harm, written by somebody who had not seen the guard, and ten that came after.

Each has a kind (parser, time, memory, reach, trick) and what should come of it: refused, stopped, or
anything that is whole and in time. What is huge is made here, not stored.
"""
# ruff: noqa: UP031

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

CANARY_PORT = 47806  # nothing may ever arrive here
C = f"http://127.0.0.1:{CANARY_PORT}/canary"
INV = "http://canary.invalid/sparql"
P = "PREFIX say: <https://w3id.org/testimony/ns#>\n"


@dataclass(frozen=True, slots=True)
class Hostile:
    name: str
    kind: str
    query: str
    expect: str  # refused, stopped or any


@cache
def fifty() -> tuple[Hostile, ...]:
    """Those written blind."""
    return (*_parser(), *_time(), *_memory(), *_reach(), *_trick())


def digest(queries: tuple[Hostile, ...]) -> str:
    """One hash over names, texts and expectations."""
    plain = json.dumps([[q.name, q.kind, q.query, q.expect] for q in queries])
    return hashlib.sha256(plain.encode("ascii")).hexdigest()


def _parser() -> Iterator[Hostile]:
    n = 60000
    yield Hostile("groups-60000-deep", "parser", "SELECT * WHERE " + "{" * n + " ?s ?p ?o " + "}" * n, "any")
    n = 50000
    yield Hostile(
        "filter-brackets-50000-deep",
        "parser",
        "SELECT * WHERE { ?s ?p ?o FILTER(" + "(" * n + "1=1" + ")" * n + ") } LIMIT 1",
        "any",
    )
    n = 30000
    yield Hostile(
        "functions-30000-deep",
        "parser",
        "SELECT (" + "STR(" * n + "?s" + ")" * n + " AS ?x) WHERE { ?s ?p ?o } LIMIT 1",
        "any",
    )
    yield Hostile(
        "unary-operators-120000",
        "parser",
        "SELECT * WHERE { ?s ?p ?o FILTER(" + "!" * 120000 + "true || " + "- " * 20000 + "1 < 2) } LIMIT 1",
        "any",
    )
    n = 40000
    yield Hostile(
        "path-brackets-and-stars-deep",
        "parser",
        P
        + "SELECT * WHERE { ?s "
        + "(" * n
        + "say:content"
        + ")*" * n
        + "/"
        + "^(" * 5000
        + "say:content"
        + ")" * 5000
        + " ?o } LIMIT 1",
        "any",
    )
    n = 15000
    yield Hostile(
        "blank-node-lists-and-collections-deep",
        "parser",
        P + "SELECT * WHERE { ?s say:content " + "[ say:content ( " * n + "1" + " ) ]" * n + " } LIMIT 1",
        "any",
    )
    n = 8000
    yield Hostile(
        "quoted-triples-8000-deep",
        "parser",
        P + "SELECT * WHERE { " + "<< " * n + "?s say:content ?o" + " >> say:content ?o" * n + " } LIMIT 1",
        "any",
    )
    yield Hostile(
        "in-list-150000",
        "parser",
        "SELECT * WHERE { ?s ?p ?o FILTER(?o IN (" + ",".join(str(i) for i in range(150000)) + ")) } LIMIT 5",
        "any",
    )
    yield Hostile(
        "values-80000-rows-wide",
        "parser",
        "SELECT * WHERE { VALUES (?a ?b ?c ?d) { "
        + " ".join("(%d UNDEF %d UNDEF)" % (i, i) for i in range(80000))
        + " } ?s ?p ?a } LIMIT 5",
        "any",
    )
    yield Hostile(
        "order-by-30000-keys",
        "parser",
        "SELECT ?s WHERE { ?s ?p ?o } ORDER BY "
        + " ".join("DESC(STRLEN(STR(?o))+%d)" % i for i in range(30000))
        + " LIMIT 3",
        "any",
    )
    yield Hostile(
        "huge-iri-and-huge-literal",
        "parser",
        "SELECT * WHERE { <http://example.org/"
        + "a" * 1_000_000
        + "> ?p ?o . ?s ?q '''"
        + "\\u00e9x" * 150_000
        + "''' }",
        "any",
    )
    yield Hostile(
        "odd-unicode-everywhere",
        "parser",
        'SELECT ?\u00e9\u0301x ?\u4e00 WHERE { ?\u00e9\u0301x ?\u4e00 "\u202e\u2066\ufffe\U0001f469\u200d\U0001f680\u200b\\U0010FFFF\u0000\u0085\u2028'
        + "e"
        + "\u0301" * 20000
        + '"@x-i . ?x\u00b7\u203f ?\u0131 <http://example.org/\u202e\U0001f600\u00a0> }',
        "any",
    )
    yield Hostile(
        "nul-between-tokens",
        "parser",
        "SELECT * WHERE { ?s ?p ?o }\u0000 SERVICE <" + C + "?nul> { ?s ?p ?o }",
        "refused",
    )
    yield Hostile(
        "strings-that-never-end",
        "parser",
        "SELECT * WHERE { ?s ?p \"\\uD800\" ; ?p '''"
        + "''\\'" * 150000
        + '""" . ?s ?p "x\n . ?s ?p <http://example.org/',
        "refused",
    )


def _time() -> Iterator[Hostile]:
    yield Hostile("cartesian-three", "time", "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "stopped")
    yield Hostile(
        "cartesian-four-counted",
        "time",
        "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . GRAPH ?g { ?d ?e ?f } GRAPH ?h { ?i ?j ?k } ?l ?m ?n2 . FILTER(STR(?a) != STR(?l) && STR(?g) != STR(?h)) }",
        "stopped",
    )
    yield Hostile(
        "path-any-star-between-all-pairs",
        "time",
        P
        + "SELECT (COUNT(*) AS ?n) WHERE { ?x (say:content|!say:content)* ?y . ?y (^say:content|!^say:content)* ?z . FILTER(?x != ?z) }",
        "stopped",
    )
    yield Hostile(
        "path-nested-closure-both-ways",
        "time",
        P
        + "SELECT DISTINCT ?x ?y WHERE { ?x (((say:content|!say:content)|^(say:content|!say:content))+/((say:content|!say:content)|^(say:content|!say:content))*)* ?y } ORDER BY ?y ?x",
        "stopped",
    )

    def opt(k: int) -> str:
        return (
            ""
            if k == 0
            else "OPTIONAL { ?a%d ?b%d ?c%d . FILTER(?c%d != ?c%d || STRLEN(STR(?a%d)) > %d) %s }"
            % (k, k, k, k, k + 1, k, k % 3, opt(k - 1))
        )

    yield Hostile(
        "optional-nested-unconnected", "time", "SELECT (COUNT(*) AS ?n) WHERE { ?a7 ?b7 ?c7 " + opt(6) + " }", "stopped"
    )
    yield Hostile(
        "minus-of-products",
        "time",
        "SELECT (COUNT(*) AS ?n) WHERE { { ?a ?p ?b . ?c ?q ?d } MINUS { ?a ?r ?e . ?c ?t ?f . FILTER(STR(?e) < STR(?f)) } MINUS { ?x ?p ?y . ?z ?q ?w } }",
        "stopped",
    )
    yield Hostile(
        "regex-that-backtracks",
        "time",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o . BIND(CONCAT('"
        + "a" * 64
        + "', STR(?o), '!') AS ?t) FILTER(REGEX(?t, '^(([a-z])+.)+(a|aa|a?)+((x+x+)+y|(.*a){20})+$', 'i') || REGEX(?t, '(a?){200}a{200}$')) }",
        "any",
    )
    yield Hostile(
        "aggregates-nested-over-products",
        "time",
        "SELECT (MAX(?m) AS ?mm) WHERE { { SELECT ?k (SUM(?n) AS ?m) WHERE { { SELECT ?k ?j (COUNT(DISTINCT ?v) AS ?n) WHERE { ?s ?p ?o . ?t ?q ?u . BIND(SUBSTR(STR(?s),1,40) AS ?k) BIND(MD5(CONCAT(STR(?t),STR(?o))) AS ?j) BIND(SHA512(CONCAT(STR(?o),STR(?u))) AS ?v) } GROUP BY ?k ?j } } GROUP BY ?k } }",
        "stopped",
    )
    yield Hostile(
        "subqueries-without-a-shared-variable",
        "time",
        "SELECT (COUNT(*) AS ?n) WHERE { { SELECT ?a WHERE { ?a ?b ?c } ORDER BY ?c } { SELECT ?d WHERE { ?d ?e ?f } ORDER BY DESC(?f) } { SELECT DISTINCT ?g WHERE { ?g ?h ?i } } { SELECT (?j AS ?jj) WHERE { ?j ?k ?l } } FILTER(CONCAT(STR(?a),STR(?d)) != CONCAT(STR(?g),STR(?jj))) }",
        "stopped",
    )
    yield Hostile(
        "order-by-over-a-product-limit-one",
        "time",
        "SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY SHA256(CONCAT(STR(?a),STR(?f),STR(?i))) RAND() LIMIT 1",
        "stopped",
    )
    yield Hostile(
        "join-by-substring",
        "time",
        "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . FILTER(CONTAINS(LCASE(STR(?c)), UCASE(STR(?f))) || STRENDS(MD5(STR(?a)), SUBSTR(SHA1(STR(?d)),1,6))) }",
        "stopped",
    )
    yield Hostile(
        "ask-that-is-never-true",
        "time",
        "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STRLEN(CONCAT(STR(?a),STR(?d),STR(?g))) < 3) FILTER NOT EXISTS { ?a ?x ?d . ?d ?y ?g } }",
        "stopped",
    )


def _memory() -> Iterator[Hostile]:
    yield Hostile(
        "group-concat-of-everything",
        "memory",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?s),STR(?p),STR(?o)); SEPARATOR='"
        + "-" * 5000
        + "') AS ?all) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
        "any",
    )
    yield Hostile(
        "construct-of-a-product",
        "memory",
        P
        + "CONSTRUCT { ?a ?e ?i . ?d ?h ?c . ?g say:content [ say:content ?a, ?d, ?g ] } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "stopped",
    )
    yield Hostile(
        "concat-doubled-fortyfive-times",
        "memory",
        "SELECT (STRLEN(?v45) AS ?n) (SUBSTR(?v45, 7, 3) AS ?t) WHERE { BIND(STR(RAND()) AS ?v0) "
        + " ".join("BIND(CONCAT(?v%d,?v%d) AS ?v%d)" % (i, i, i + 1) for i in range(45))
        + " }",
        "stopped",
    )
    yield Hostile(
        "distinct-over-a-product",
        "memory",
        "SELECT DISTINCT (CONCAT(STR(?a),' ',STR(?c),' ',STR(?d),' ',STR(?f)) AS ?x) WHERE { ?a ?b ?c . ?d ?e ?f } OFFSET 9000000000",
        "stopped",
    )

    def rep(k: int) -> str:
        return "STR(?s)" if k == 0 else "REPLACE(%s, '(.)', '$1$1$1$1$1$1$1$1')" % rep(k - 1)

    yield Hostile(
        "replace-that-grows-by-eight",
        "memory",
        "SELECT (STRLEN(?x) AS ?n) WHERE { { SELECT ?s WHERE { ?s ?p ?o } LIMIT 1 } BIND(" + rep(14) + " AS ?x) }",
        "stopped",
    )
    vals = " ".join(str(i) for i in range(200))
    yield Hostile(
        "values-product-without-data",
        "memory",
        "SELECT (COUNT(DISTINCT CONCAT(STR(?v0),'/',STR(?v1),'/',STR(?v2),'/',STR(?v3),'/',STR(?v4),'/',STR(?v5))) AS ?n) (GROUP_CONCAT(?v5) AS ?g) WHERE { "
        + " ".join("VALUES ?v%d { %s }" % (i, vals) for i in range(6))
        + " }",
        "stopped",
    )


def _reach() -> Iterator[Hostile]:
    yield Hostile(
        "service-mixed-case",
        "reach",
        "SELECT * WHERE { ?s ?p ?o . sErViCe <" + C + "?mixed> { ?s ?q ?r } } LIMIT 1",
        "refused",
    )
    yield Hostile(
        "service-silent-glued", "reach", "SELECT*{?s ?p 1.SERVICE SILENT<" + C + "?glued>{?s ?q ?r}}", "refused"
    )
    yield Hostile(
        "service-by-variable",
        "reach",
        "SELECT * WHERE { VALUES ?e { <"
        + C
        + "?var> <"
        + INV
        + "> <file:///etc/hostname> } SERVICE SILENT ?e { ?s ?p ?o } }",
        "refused",
    )
    yield Hostile(
        "service-by-prefixed-name-deep-inside",
        "reach",
        "PREFIX e: <http://127.0.0.1:47806/>\nSELECT * WHERE { ?s ?p ?o FILTER NOT EXISTS { { SELECT ?s WHERE { OPTIONAL { { ?s ?p2 ?o2 } UNION { SERVICE e:canary { ?s ?p2 ?o2 } } } } } } } LIMIT 1",
        "refused",
    )
    yield Hostile(
        "service-only-as-a-word",
        "reach",
        P
        + "# SERVICE <"
        + C
        + '?comment> { }\nSELECT ?SERVICE ("SERVICE <'
        + C
        + '?string> { ?s ?p ?o }"@service AS ?load) WHERE { ?SERVICE say:SERVICE ?o . OPTIONAL { <'
        + C
        + "?SERVICE%20SILENT> say:service.silent '''INSERT DATA { } ; LOAD <"
        + INV
        + ">''' } } LIMIT 5",
        "any",
    )
    yield Hostile(
        "from-remote-and-local-files",
        "reach",
        "SELECT * FROM <"
        + C
        + "?from> FROM <file:///etc/passwd> FROM NAMED <"
        + INV
        + "> WHERE { { ?s ?p ?o } UNION { GRAPH <"
        + C
        + "?graph> { ?s ?p ?o } } } LIMIT 5",
        "any",
    )
    yield Hostile("load-silent", "reach", "LOAD SILENT <" + C + "?load> INTO GRAPH <http://example.org/g>", "refused")
    yield Hostile(
        "load-relative-to-a-base",
        "reach",
        "BASE <http://127.0.0.1:47806/>\nPREFIX : <canary#>\nlOaD<canary?base>;",
        "refused",
    )
    yield Hostile(
        "insert-and-delete",
        "reach",
        P
        + "WITH <http://example.org/g> DELETE { ?s ?p ?o } INSERT { ?s say:content true } USING <"
        + C
        + "?using> WHERE { ?s ?p ?o } ; INSERT DATA { say:a say:content say:b } ; DELETE WHERE { ?s ?p ?o }",
        "refused",
    )
    yield Hostile(
        "clear-drop-create-copy",
        "reach",
        "CREATE SILENT GRAPH <http://example.org/g> ; COPY DEFAULT TO <http://example.org/g> ; MOVE SILENT <http://example.org/g> TO DEFAULT ; CLEAR SILENT ALL ; DROP ALL",
        "refused",
    )


def _trick() -> Iterator[Hostile]:
    yield Hostile(
        "hash-inside-an-iri-hides-service",
        "trick",
        "SELECT * WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o . ?s <http://example.org/x#> ?y . SERVICE <"
        + C
        + "#hash> { ?s ?p ?o } }",
        "refused",
    )
    yield Hostile(
        "less-than-and-greater-than-around-service",
        "trick",
        "SELECT * WHERE { ?s ?p ?x FILTER(?x<1)SERVICE<" + C + "?lt>{?s ?q ?y}FILTER(?x>0 && '#'<\"'\") }",
        "refused",
    )
    yield Hostile(
        "carriage-return-ends-the-comment",
        "trick",
        "SELECT * WHERE { ?s ?p ?o . # nothing here \" ' \rSERVICE #\r <" + C + "?cr> # }\r { ?s ?q ?r } }",
        "refused",
    )
    yield Hostile(
        "escaped-letters-in-keyword-and-iri",
        "trick",
        "SELECT * WHERE { ?s ?p ?o . \\u0053\\U00000045R\\u0056ICE \\u0053ILENT <http\\u003A//127.0.0.1\\u003A47806/canary?esc> \\u007B ?s ?q ?r \\u007D }",
        "refused",
    )
    yield Hostile(
        "escaped-quote-may-end-the-string",
        "trick",
        'SELECT * WHERE { ?s ?p "a\\u0022 . SERVICE <' + C + '?quote> { ?s ?q ?r } \\u0023 " . }',
        "any",
    )
    yield Hostile(
        "escaped-hash-in-a-local-name",
        "trick",
        "PREFIX e: <http://example.org/>\nSELECT * WHERE { ?s e:a\\#b\\'c\\&d ?o ; e:b 'it\\'s # \\\\' . SERVICE <"
        + C
        + "?local> { ?s ?q ?r } # '\n}",
        "refused",
    )
    yield Hostile(
        "bom-and-comments-before-an-update",
        "trick",
        "\ufeff# SELECT * WHERE { ?s ?p ?o }\n#\u2028SELECT\nPREFIX select: <http://example.org/SELECT#>\n\tdElEtE#where#\nWHERE { ?s ?p ?o }",
        "refused",
    )
    yield Hostile(
        "two-queries-in-one",
        "trick",
        "SELECT * WHERE { ?s ?p ?o } LIMIT 1 ;\n#\nSELECT * WHERE { SERVICE <"
        + C
        + "?second> { ?s ?p ?o } }\nASK { } INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }",
        "refused",
    )


@cache
def later() -> tuple[Hostile, ...]:
    """What was found afterwards, by somebody who had read the guard."""
    hidden = "SERVICE <" + C + "?%s> { ?s ?q ?r }"
    e = "PREFIX : <http://example.org/> "
    tricks = {
        "middle-dot": e + "SELECT * { ?s :a\u00b7\\'b ?o . " + hidden + " # '\n}",
        "combining-accent": e + "SELECT * { ?s :a\u0301\\'b ?o . " + hidden + " # '\n}",
        "dot-before-escape": e + "SELECT * { ?s :a.\\'b ?o . " + hidden + " # '\n}",
        "less-hash-greater": "SELECT * { FILTER(1<2)#>'''\n" + hidden + " #'''\n}",
        "less-hash-inside": "SELECT * { FILTER(1<2#>'''\n)" + hidden + " #'''\n}",
        "less-than-an-iri": "SELECT * { FILTER(<http://example.org/><<http://example.org/#b>)" + hidden + " }",
    }
    quadratic = {"quotes": '\\"a', "apostrophes": "\\'a", "long-quotes": "\\'''a", "opened": "<a"}
    return (
        *(Hostile(name, "trick", text % name, "refused") for name, text in tricks.items()),
        *(Hostile(name, "parser", (piece * 32_000)[:31_900], "refused") for name, piece in quadratic.items()),
    )
