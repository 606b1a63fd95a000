"""Commands for those who ask: query, trace, find."""

import csv
import dataclasses
import io
import json
import re
import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import RdfFormat, serialize

from graph import build as builder
from graph.cli.show import note, say, table
from graph.endpoint import Endpoint
from graph.errors import NotFoundError, QueryError
from graph.evidence import Archive, EdgeEvidence, Finding, Overview
from graph.export.cells import NOTE, cells
from graph.export.csv import inert
from graph.export.found import claim_found, document_found, entity_found, question_found
from graph.export.tree import tree
from graph.queries import NamedQuery, lacks_status, named, named_queries, parse_query, run
from graph.queries.meetings import never_met
from graph.queries.pitfalls import pitfalls
from graph.store import Answer, Queryable, Store


def query(given: Namespace) -> int:
    """Run a query and print its rows, or list the named ones."""
    if given.name is None:
        return _list_queries(given.json)
    asked = _read_query(given.name)
    if given.show:
        say(asked.sparql.rstrip())
        return 0
    values = _bindings(asked.name, given.bindings)
    store: Queryable
    if given.endpoint is None:
        store = embedded = Store.open(builder.opened(given.build).folder / "store")
        answer = _answered(embedded, asked, values)
    else:
        store = Endpoint.open(given.endpoint, given.timeout)
        answer = run(store, asked, values)
        _warn(pitfalls(asked.sparql, store.knows) + never_met(store, asked.sparql, answer))
    alleged = lacks_status(answer, asked.sparql)
    if alleged:
        note(_ALLEGED)
    title = asked.title if asked.title != asked.name else ""
    if answer.rows is not None:
        _print_rows(title, *cells(answer.rows, store, alleged), given)
    elif answer.truth is not None:
        _print_truth(answer.truth, alleged, given.json)
    else:
        if alleged:
            say(f"# {NOTE}")
        say((serialize(answer.triples or (), format=RdfFormat.N_TRIPLES) or b"").decode().rstrip())
    return 0


def _answered(store: Store, asked: NamedQuery, given: dict[str, str]) -> Answer:
    """A shipped query is answered here; a stranger's in a worker that can be stopped."""
    if named_queries().get(asked.name) == asked:
        return run(store, asked, given)
    from graph.asking import ask
    from graph.engine import Engine, Limits

    with Engine(Path(store.name), Limits(seconds=LIMIT, workers=1)) as engine:
        reply = ask(engine, store, asked, given)
    if reply.truncated:
        note("truncated: there is more than this; add LIMIT, or narrow the query")
    _warn(reply.warnings)
    return reply.answer


def _warn(traps: Iterable[str]) -> None:
    for trap in traps:
        note(f"careful: {trap}")


LIMIT = 60.0  # seconds for a query of one's own at the command
_ALLEGED = (
    "note: this shows what is alleged without its status and is no answer about the world; "
    "add ?claim say:content ?graph ; say:reportedStatus ?status, or use `testimony trace`"
)
_LEGEND = "drawn: the edge, over everything said about it; status: what this source does with it (testimony vocabulary)"


def _list_queries(as_json: bool) -> int:
    shipped = named_queries().values()
    if as_json:
        listed = [
            {
                "name": q.name,
                "title": q.title,
                "what": q.what,
                "parameters": [dataclasses.asdict(p) for p in q.parameters],
            }
            for q in shipped
        ]
        say(json.dumps(listed, indent=2, ensure_ascii=False))
    else:
        table(
            ("query", "what it gives", "parameters"),
            [(q.name, q.title, ", ".join(f"{p.name}=" for p in q.parameters)) for q in shipped],
        )
        say("run one with: testimony query NAME [PARAM=VALUE]")
    return 0


def _read_query(name: str) -> NamedQuery:
    if name == "-":
        return parse_query("standard input", sys.stdin.read())
    path = Path(name)
    if name not in named_queries() and (path.suffix or "/" in name or path.exists()):
        try:
            return parse_query(name, path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            raise QueryError(name, 0, "a file that is not UTF-8", "save it as UTF-8") from None
        except OSError as error:
            raise QueryError(name, 0, error.strerror or "unreadable", "check the path") from None
    return named(name)


def _bindings(where: str, pairs: list[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise QueryError(where, 0, f"{pair!r}, which is not PARAM=VALUE", f"write {pair}=VALUE")
        given[name] = value
    return given


def _print_truth(truth: bool, alleged: bool, as_json: bool) -> None:
    if as_json:
        say(json.dumps({"boolean": truth, **({"note": _ALLEGED} if alleged else {})}))
    else:
        say("yes" if truth else "no")


def _print_rows(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]], given: Namespace) -> None:
    if given.json:
        listed = [{c: text for c, text in zip(columns, row, strict=True) if text} for row in rows]
        say(json.dumps({"title": title, "columns": columns, "rows": listed}, indent=2, ensure_ascii=False))
    elif given.csv:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([columns, *([inert(text) for text in row] for row in rows)])
        sys.stdout.write(out.getvalue())
    elif not rows:
        say(
            f"{title}: no rows. Nothing in this corpus answers; that is no answer about the world."
            if title
            else "no rows"
        )
    else:
        table(columns, rows, title)
        if {"drawn", "status"} <= set(columns):
            note(_LEGEND)


# ---- trace ---------------------------------------------------------------------------------


def trace(given: Namespace) -> int:
    """Print the evidence behind an edge, a claim or an entity."""
    archive = Archive.open(given.build, given.corpus)
    title, edges = _traced(archive, given.name)
    shown = edges[: max(given.limit, 1)]
    if given.json:
        say(
            json.dumps(
                {"title": title, "edges": [dataclasses.asdict(edge) for edge in shown], "total": len(edges)},
                indent=2,
                ensure_ascii=False,
            )
        )
        return 0
    for line in tree(title, shown):
        say(line)
    if len(shown) < len(edges):
        note(f"{len(shown)} of {len(edges)} edges shown; --limit {len(edges)} shows all")
    return 0


def _traced(archive: Archive, name: str) -> tuple[str, list[EdgeEvidence]]:
    if re.fullmatch(r"\d{2,4}-c\d+\.\d+", name):
        claim = archive.claim(name)
        return f"Claim {name}", [_only(archive.edges([claim.proposition])[0], name)]
    if re.fullmatch(r"\d{2,4}-c\d+", name):
        return f"Utterance {name}", _uttered(archive, name)
    if re.fullmatch(r"[0-9a-f]{32}", name):
        edges = archive.edges([name])
        if not edges:
            raise NotFoundError("edge", name)
        return "Edge", edges
    entity = name if name in archive.register.entities else _by_name(archive, name)
    edges = archive.edges(archive.propositions_about(entity))
    ordered = sorted(edges, key=lambda edge: (-len(edge.claims), edge.claims[0].claim))
    return f"{archive.named(entity).label}: what is said in this corpus", ordered


def _uttered(archive: Archive, name: str) -> list[EdgeEvidence]:
    claims = archive.evidence_of(archive.claims_of_utterances([name]))
    if not claims:
        raise NotFoundError("claim", f"{name}.1", archive.claim_ids())
    ids = {claim.claim for claim in claims}
    return [_only(edge, *ids) for edge in archive.edges([claim.proposition for claim in claims])]


def _only(edge: EdgeEvidence, *claims: str) -> EdgeEvidence:
    return dataclasses.replace(edge, claims=tuple(c for c in edge.claims if c.claim in claims))


def _by_name(archive: Archive, name: str) -> str:
    found = Overview(archive).find(name)
    if not found:
        raise NotFoundError("claim, utterance, edge or entity", name, tuple(archive.register.entities))
    return found[0].entity.id


# ---- find ---------------------------------------------------------------------------------


def find(given: Namespace) -> int:
    """List entities by name, then claims, documents and questions by their words."""
    text = " ".join(given.text)
    found = Overview(Archive.open(given.build)).search(text, max(given.limit, 1))
    if given.json:
        say(json.dumps(_found_rows(found), indent=2, ensure_ascii=False))
        if found.note:
            note(found.note)
    else:
        _print_found(text, found)
    for kind, shown in (("claim", found.claims), ("document", found.documents), ("question", found.questions)):
        total = found.totals[kind]
        if len(shown) < total:
            note(f"{len(shown)} of {total} {kind}s shown; --limit {total} shows all")
    return 0


def _found_rows(found: Finding) -> list[dict[str, object]]:
    """One list, entities first; `group` tells what each row is."""
    return [
        {"group": group, **row}
        for group, rows in (
            ("entity", [entity_found(f) for f in found.entities]),
            ("claim", [claim_found(f) for f in found.claims]),
            ("document", [document_found(f) for f in found.documents]),
            ("question", [question_found(f) for f in found.questions]),
        )
        for row in rows
    ]


def _print_found(text: str, found: Finding) -> None:
    if found.note:
        say(found.note)
    if found.asks:
        _print_questions(found)
    if found.entities:
        table(
            ("id", "name", "matched", "kind", "claims"),
            [(f.entity.id, f.entity.name, f.matched, f.entity.kind, str(f.claims)) for f in found.entities],
        )
    else:
        say(f"nothing is named {text!r} in this corpus")
    if found.claims:
        table(
            ("claim", "says", "status", "speaker", "document"),
            [(" ".join(f.claims), f.says.text, f.status.id, f.chain, f.document.id) for f in found.claims],
            "what is said, with whose word it is",
        )
    if found.documents:
        table(
            ("document", "where", "our words"),
            [
                (f.document.id, f"paragraph {f.paragraph}" if f.paragraph else "title", f.passage.text)
                for f in found.documents
            ],
            "documents",
        )
    if not found.asks:
        _print_questions(found)


def _print_questions(found: Finding) -> None:
    if found.questions:
        table(("id", "question"), [(f.question.id, f.passage.text) for f in found.questions], "questions")
