"""TriG for plain RDF tools, in a fixed order: the record, then one block per proposition."""

from collections.abc import Iterable
from functools import cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.vocabulary import DCTERMS, ID, OA, RDF, RDFS, SKOS, SKOSXL, XSD, vocabulary


def trig(quads: Iterable[Quad]) -> str:
    """TriG for plain RDF tools, in a fixed order: the record, then one block per proposition."""
    known = prefixes()
    spelled = cache(lambda term: _turtle(term, known))  # a term stands in three quads on average
    lines = [f"@prefix {name}: <{base}> ." for name, base in known.items()]
    lines.append("\n# The record: who says what. Nothing here is an allegation.")
    plain: dict[str, dict[str, list[str]]] = {}
    graphs: list[str] = []
    for quad in quads:
        row = [spelled(term) for term in (quad.subject, quad.predicate, quad.object)]
        if isinstance(quad.graph_name, DefaultGraph):
            plain.setdefault(row[0], {}).setdefault(row[1], []).append(row[2])
        else:
            graphs.append(f"{spelled(quad.graph_name)} {{ {' '.join(row)} . }}")
    for subject in sorted(plain):
        facts = [f"{predicate} {', '.join(sorted(values))}" for predicate, values in sorted(plain[subject].items())]
        lines.append(f"{subject}\n  " + " ;\n  ".join(facts) + " .")
    lines.append("\n# Propositions: mentioned, not asserted. Each is the content of a claim above.")
    return "\n".join([*lines, *sorted(graphs)]) + "\n"


def prefixes() -> dict[str, str]:
    """Short names of the namespaces that the record uses."""
    ours = {
        "ent": "entity/",
        "doc": "document/",
        "utt": "utterance/",
        "clm": "claim/",
        "hop": "hop/",
        "psg": "passage/",
        "prp": "proposition/",
        "est": "estimate/",
        "q": "question/",
        "grp": "origin-group/",
    }
    return {
        "say": vocabulary().namespace,
        **{name: ID + kind for name, kind in ours.items()},
        "rdf": RDF,
        "rdfs": RDFS,
        "skos": SKOS,
        "skosxl": SKOSXL,
        "dcterms": DCTERMS,
        "oa": OA,
        "xsd": XSD,
    }


def _turtle(term: object, prefixes: dict[str, str]) -> str:
    if isinstance(term, NamedNode):
        for name, base in prefixes.items():
            local = term.value.removeprefix(base)
            if (
                local != term.value
                and local
                and local.replace("-", "").replace("_", "").isalnum()
                and local.isascii()
                and not local.startswith("-")
            ):
                return f"{name}:{local}"
        return f"<{term.value}>"
    if (
        isinstance(term, Literal)
        and term.datatype.value.startswith(prefixes["xsd"])
        and term.datatype.value != prefixes["xsd"] + "string"
    ):
        return f'"{term.value}"^^xsd:{term.datatype.value.removeprefix(prefixes["xsd"])}'
    return str(term)
