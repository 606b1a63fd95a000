"""The vocabulary as a Markdown page, and the table of drawn statuses: both read from ontology.ttl."""

from collections.abc import Iterable, Sequence

from graph.vocabulary import OWL, RDF, Concept, ContentProperty, vocabulary

_INTRO = """\
# Vocabulary

Made from `ontology.ttl` by `testimony vocabulary`: edit that file, not this page. Version {version}, namespace
`{namespace}`.

A token is what tables and exports show; a name is what corpus files and queries write. Nothing here says that
anything happened: content properties are what claims are about, and they stand inside propositions only.
"""
_KINDS = (
    (OWL + "ObjectProperty", "Properties of the record whose object is a node"),
    (OWL + "DatatypeProperty", "Properties of the record whose object is a value"),
    (OWL + "AnnotationProperty", "Facts about the terms themselves"),
    (RDF + "Property", "Properties of the record whose object is a node or a value"),
)
_FACTS = {
    "precedence": "rank",
    "certaintyRank": "rank",
    "addsOrigin": "adds origin",
    "custodial": "custodial",
    "nonValue": "non-value",
    "lowPercent": "from %",
    "highPercent": "to %",
}


def vocabulary_markdown() -> str:
    """The whole vocabulary as one Markdown page."""
    known = vocabulary()
    parts = [
        _INTRO.format(version=known.version, namespace=known.namespace),
        _classes(),
        *(_properties(kind, title) for kind, title in _KINDS),
        "## Schemes of values\n",
        *(_scheme(scheme) for scheme in known.schemes),
        "## Content properties\n",
        *(_family(family) for family in known.concepts("RelationFamily").values()),
    ]
    return "\n".join(parts)


def status_table() -> str:
    """The drawn statuses, the best supported first: glyph, word, line, meaning."""
    ranked = sorted(vocabulary().concepts("DrawnStatus").values(), key=lambda c: -int(c.facts["cautionRank"]))
    rows = [(c.facts["glyph"], c.label, f"{c.facts['lineStyle']}{_head(c)}", c.definition) for c in ranked]
    return _table(("glyph", "drawn as", "line", "meaning"), rows)


def _head(status: Concept) -> str:
    return ", hollow head" if "hollow" in status.facts["arrowShape"] else ""


def _classes() -> str:
    known = vocabulary()
    rows = [
        (f"`{name}`", known.label(name), _code(known.parents.get(name)), known.definition(name))
        for name in known.of_type(OWL + "Class")
    ]
    return "## Classes\n\n" + _table(("name", "label", "kind of", "definition"), rows)


def _properties(kind: str, title: str) -> str:
    known = vocabulary()
    rows = [(f"`{name}`", known.label(name), known.definition(name)) for name in known.of_type(kind)]
    return f"## {title}\n\n" + _table(("name", "label", "definition"), rows)


def _scheme(scheme: str) -> str:
    known = vocabulary()
    concepts = list(known.concepts(scheme).values())
    title = known.label(f"{scheme}Scheme")
    head = f"### {title[0].upper()}{title[1:]}\n\n{known.definition(f'{scheme}Scheme')}\n\n"
    if scheme == "DrawnStatus":
        return head + status_table() + "\n" + _examples(concepts)
    facts = [fact for fact in _FACTS if fact in concepts[0].facts]
    rows = [
        (f"`{c.name}`", f"`{c.notation}`", _labels(c), *(c.facts[fact] for fact in facts), c.definition)
        for c in concepts
    ]
    table = _table(("name", "token", "label", *(_FACTS[fact] for fact in facts), "definition"), rows)
    return head + table + ("\n" + _examples(concepts) if concepts[0].example else "")


def _labels(concept: Concept) -> str:
    return " · ".join([concept.label, *(text for lang, text in sorted(concept.labels.items()) if lang != "en")])


def _examples(concepts: Sequence[Concept]) -> str:
    rows = [(f"`{c.notation}`", c.example, c.counter_example) for c in concepts]
    return _table(("token", "an example", "no example"), rows)


def _family(family: Concept) -> str:
    relations = [p for p in vocabulary().properties.values() if p.family == family.name]
    title = family.label[0].upper() + family.label[1:]
    rung = any(p.rung is not None for p in relations)
    rows = [_relation(p, rung) for p in relations]
    columns = ("name", "subject … object", "object … subject", "subject", "object", *(["rung"] * rung), "definition")
    return f"### {title}\n\n{family.definition}\n\n" + _table(columns, rows)


def _relation(relation: ContentProperty, rung: bool) -> tuple[str, ...]:
    return (
        f"`{relation.name}`",
        relation.forward,
        relation.backward or "–",
        ", ".join(relation.domain),
        ", ".join(relation.range),
        *([str(relation.rung or "–")] * rung),
        relation.definition,
    )


def _code(name: str | None) -> str:
    return f"`{name}`" if name else "–"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)
