"""The command that fills a store for many uses, and looks what it makes of it."""

import dataclasses
import json
from argparse import Namespace

from graph import build as builder
from graph.cli.show import note, progress, say
from graph.endpoint import Endpoint, Held, Places, differing, probe, write_bulk
from graph.endpoint import push as push_build
from graph.errors import EndpointError
from graph.queries import named_queries
from graph.store import Store

_STEPS = 12


def push(given: Namespace) -> int:
    """Load a build into a store, write files for its loader, or look whether it holds the build."""
    built = builder.opened(given.build)
    corpus = built.manifest["inputs"]["corpus"]
    if given.bulk is not None:
        lines = write_bulk(built.folder, corpus, given.bulk)
        if given.json:
            say(json.dumps({"folder": str(given.bulk), "lines": lines}))
        else:
            say(f"wrote {', '.join(f'{name} ({count} quads)' for name, count in lines.items())} to {given.bulk}")
            note(
                "load record.nq with propositions.nq, or with flat.nq where the default graph is the union of all graphs"
            )
    if given.url is None:
        if given.bulk is None:
            raise EndpointError("push", "no address and no folder", "write testimony push URL, or --bulk DIR")
        return 0
    places = Places.of(given.url, given.update, given.store)
    if given.check:
        return _check(given, built, places)
    with progress(_STEPS) as step:
        pushed = push_build(built.folder, corpus, places, given.accept_union, given.timeout, step)
    if given.json:
        say(json.dumps({**dataclasses.asdict(pushed), "corpus": corpus}))
    else:
        how = "laid flat" if not pushed.held.graphs else "in graphs of their own"
        count = pushed.held.graphs or pushed.held.flat
        say(f"pushed {pushed.held.record} facts and {count} propositions {how} to {pushed.url} ({pushed.way})")
        say(verdict(pushed.held))
    return 0


def _check(given: Namespace, built: builder.Built, places: Places) -> int:
    shipped = sum(1 for query in named_queries().values() if not query.parameters)
    with progress(shipped) as step:
        held = probe(built.folder, places, given.timeout)
        endpoint = Endpoint.open(places.query, given.timeout)
        other = differing(Store.open(built.folder / "store"), endpoint, step)
    if given.json:
        say(json.dumps({"url": places.query, "held": dataclasses.asdict(held), "differing": other}))
    else:
        say(f"{places.query} holds this build; {shipped - len(other)} of {shipped} named queries give the same rows")
        say(verdict(held))
    for name, reason in other.items():
        note(f"{name}: {reason or f'{places.query} gives other rows than the build; fix: ask it without --endpoint'}")
    return 1 if "" in other.values() else 0


def verdict(held: Held) -> str:
    """One line on what a naive query would see."""
    if held.bare:
        return "the default graph is the union of all graphs: a naive ?s ?p ?o SHOWS ALLEGATIONS AS PLAIN TRIPLES"
    if held.union:
        return "the default graph is the union of all graphs, so propositions lie flat: a naive ?s ?p ?o shows no allegation"
    return "a naive ?s ?p ?o shows no allegation"
