"""ontology.ttl: its house style, its shapes, its looks, its logic, and what is derived from it.

Every rule is tried twice: it accepts what is there, and it refuses a copy that breaks it.
"""

import itertools
import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pyshacl
import pytest
from corpora import ROOT
from oracle import agreed
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef

from graph.checks.shapes import shape_problems
from graph.export.vocabulary import status_table, vocabulary_markdown
from graph.model import Corpus
from graph.rdf import to_quads
from graph.vocabulary import ID, OWL, ontology_path, vocabulary

HERE = Path(__file__).parent / "ontology"
SAY = Namespace(vocabulary().namespace)
X = Namespace(ID)
Node = ox.NamedNode | ox.Literal


@cache
def ontology() -> Graph:
    return Graph().parse(ontology_path(), format="turtle")


# ---- reading ---------------------------------------------------------------------------------


def test_both_parsers_read_the_same_triples() -> None:
    read = set(ox.parse(path=str(ontology_path()), format=ox.RdfFormat.TURTLE))
    assert len(read) == len(ontology()) > 4000


def test_no_blank_node_so_that_a_build_is_the_same_every_time() -> None:
    parts = {part for triple in ontology() for part in triple}
    assert {type(part) for part in parts} == {URIRef, Literal}


def test_every_list_of_a_shape_ends() -> None:
    for cell in ontology().subjects(RDF.first):
        seen = [cell]
        while (following := ontology().value(seen[-1], RDF.rest)) != RDF.nil:
            assert following is not None, f"{cell} is cut short"
            assert following not in seen, f"{cell} runs in a circle"
            seen.append(following)


# ---- house style -----------------------------------------------------------------------------

MUTANTS = [
    ("Y01-label", "Claim", "DELETE WHERE { say:Claim rdfs:label ?x }"),
    ("Y01-label", "content", "DELETE WHERE { say:content rdfs:label ?x }"),
    ("Y02-label-languages", "Actual", 'INSERT DATA { say:Actual skos:prefLabel "effektiv"@de }'),
    ("Y02-label-languages", "ModeScheme", 'INSERT DATA { say:ModeScheme skos:prefLabel "modes"@en }'),
    ("Y03-label-english", "Future", "DELETE WHERE { say:Future skos:prefLabel ?x }"),
    ("Y04-definition", "Utterance", "DELETE WHERE { say:Utterance skos:definition ?x }"),
    ("Y04-definition", "Document", 'INSERT DATA { say:Document skos:definition "A second definition."@en }'),
    ("Y04-definition", "mode", "DELETE WHERE { say:mode skos:definition ?x }"),
    (
        "Y04-definition",
        "attacked",
        'DELETE { say:attacked skos:definition ?x } INSERT { say:attacked skos:definition "Use of force"@en }'
        " WHERE { say:attacked skos:definition ?x }",
    ),
    ("Y05-one-parent", "Facility", "INSERT DATA { say:Facility rdfs:subClassOf say:Item }"),
    ("Y06-scheme", "Denies", "DELETE WHERE { say:Denies skos:inScheme ?x }"),
    ("Y06-scheme", "Affirms", "INSERT DATA { say:Affirms skos:inScheme say:NoScheme }"),
    ("Y07-notation", "Probable", "DELETE WHERE { say:Probable skos:notation ?x }"),
    ("Y07-notation", "Heading", 'INSERT DATA { say:Heading skos:notation "Head Line" }'),
    ("Y08-notation-unique", "Threatens", 'INSERT DATA { say:Threatens skos:notation "asks" }'),
    ("Y09-translated", "DrawnNegated", 'INSERT DATA { say:DrawnNegated skos:prefLabel "Negated"@ku }'),
    ("Y10-examples", "DrawnContested", "DELETE WHERE { say:DrawnContested skos:example ?x }"),
    ("Y10-examples", "MonitorTally", "DELETE WHERE { say:MonitorTally say:counterExample ?x }"),
    ("Y10-examples", "ReportedOpined", "DELETE WHERE { say:ReportedOpined skos:example ?x }"),
    ("Y10-examples", "AssessedRefuted", "DELETE WHERE { say:AssessedRefuted say:counterExample ?x }"),
    ("Y11-family", "supported", "DELETE WHERE { say:supported say:family ?x }"),
    ("Y11-family", "ordered", "INSERT DATA { say:ordered say:family say:Actual }"),
    ("Y12-forward", "freed", "DELETE WHERE { say:freed say:forwardReading ?x }"),
    ("Y13-backward", "freed", "DELETE WHERE { say:freed say:backwardReading ?x }"),
    ("Y14-domain", "heldAt", "DELETE WHERE { say:heldAt say:domainIncludes ?x }"),
    ("Y14-domain", "movedTo", "INSERT DATA { say:movedTo say:domainIncludes say:Nothing }"),
    ("Y15-range", "heldAt", "DELETE WHERE { say:heldAt say:rangeIncludes ?x }"),
    ("Y16-rung", "knewOf", "INSERT DATA { say:knewOf say:rung 0 }"),
    ("Y17-no-inference", "planned", "INSERT DATA { say:planned rdfs:subPropertyOf say:knewOf }"),
    ("Y17-no-inference", "used", "INSERT DATA { say:used rdfs:domain say:Actor }"),
    ("Y17-no-inference", "sent", "INSERT DATA { say:sent rdfs:range say:Actor }"),
    ("Y17-no-inference", "enabled", "INSERT DATA { say:enabled owl:inverseOf say:prevented }"),
    ("Y18-glyph", "DrawnWithheld", "DELETE WHERE { say:DrawnWithheld say:glyph ?x }"),
    ("Y19-line", "DrawnWithheld", "DELETE WHERE { say:DrawnWithheld say:lineStyle ?x }"),
    ("Y20-dash", "DrawnConjecture", 'INSERT DATA { say:DrawnConjecture say:dashPattern "8 4 2" }'),
    ("Y21-width", "DrawnCorroborated", "INSERT DATA { say:DrawnCorroborated say:lineWidth 40 }"),
    ("Y22-colour", "DrawnInsinuated", 'INSERT DATA { say:DrawnInsinuated say:colour "orange" }'),
    ("Y23-colour-dark", "DrawnInsinuated", "DELETE WHERE { say:DrawnInsinuated say:colourDark ?x }"),
    ("Y24-arrow", "DrawnHypothetical", 'INSERT DATA { say:DrawnHypothetical say:arrowShape "bar" }'),
    ("Y25-message", "S07-claim-evidence", 'INSERT DATA { shape:S07-claim-evidence sh:message "evidence!"@en }'),
    ("Y27-header", "", "DELETE WHERE { <https://w3id.org/testimony/ns> dcterms:license ?x }"),
]


def style_breaches(of: Graph) -> set[tuple[str, str]]:
    """Code and local name of every term that breaks the house style."""
    shapes = Graph().parse(HERE / "style.ttl", format="turtle")
    _, report, _ = pyshacl.validate(of, shacl_graph=shapes, inference=None)
    assert isinstance(report, Graph)
    found = set()
    for result in report.subjects(SH.resultSeverity, SH.Violation):
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        code = str(report.value(result, SH.resultMessage))
        named = value if code.startswith(("Y05", "Y08", "Y09")) else focus
        found.add((code, str(named).rpartition("#")[2] if "#" in str(named) else ""))
    return found


def test_the_ontology_keeps_the_house_style() -> None:
    assert style_breaches(ontology()) == set()


def test_every_rule_of_style_refuses_its_mutants() -> None:
    mutant = Graph() + ontology()
    for prefix, namespace in ontology().namespaces():
        mutant.bind(prefix, namespace)
    for _, _, update in MUTANTS:
        before = set(mutant)
        mutant.update(update)
        assert set(mutant) != before, f"changes nothing: {update}"
    found = style_breaches(mutant)
    assert [(code, name) for code, name, _ in MUTANTS if (code, name) not in found] == []
    rules = set(re.findall(r"Y\d\d[a-z-]+", (HERE / "style.ttl").read_text(encoding="utf-8")))
    assert rules == {code for code, _, _ in MUTANTS}, "a rule without a mutant"


def test_no_two_terms_share_a_definition() -> None:
    seen: dict[str, URIRef] = {}
    for term, text in ontology().subject_objects(SKOS.definition):
        assert seen.setdefault(str(text), term) == term, f"{term} and {seen[str(text)]}: {text}"


def test_every_code_of_a_shape_is_given_once() -> None:
    codes = [str(m).partition("-")[0] for m in ontology().objects(None, SH.message)]
    assert len(codes) == len(set(codes)) > 90


# ---- shapes over the record --------------------------------------------------------------------

RECORD = frozenset(ox.parse(path=str(HERE / "record.ttl"), format=ox.RdfFormat.TURTLE))
ALIEN = ox.NamedNode(ID + "nobody")


def broken(triples: frozenset[ox.Triple]) -> set[tuple[str, str]]:
    """Code and focus (by short id) of every shape that the triples break, after both engines."""
    problems = agreed(frozenset(ox.Quad(*t) for t in triples))
    return {(p.code, p.found.removesuffix(" breaks the shape").rpartition("#")[2]) for p in problems}


def shapes() -> Iterator[tuple[str, URIRef, URIRef, URIRef]]:
    """Code, property shape, path and a node of the record at which the shape aims."""
    for owner, shape in ontology().subject_objects(SH.property):
        path = ontology().value(shape, SH.path)
        assert isinstance(path, URIRef)
        yield str(shape).rpartition("#")[2], shape, path, _focus(owner)


def _focus(owner: URIRef) -> URIRef:
    for triple in sorted(RECORD, key=str):
        kind, subject = str(triple.predicate.value), triple.subject.value
        wanted = {
            SH.targetClass: triple.object.value if kind == str(RDF.type) else None,
            SH.targetSubjectsOf: kind,
            SH.targetObjectsOf: kind,
        }
        for how, value in wanted.items():
            aim = ontology().value(owner, how)
            if aim is not None and value is not None and _at_or_below(URIRef(value), aim):
                return URIRef(triple.object.value if how == SH.targetObjectsOf else subject)
    raise AssertionError(f"record.ttl has no node for {owner}")


def _at_or_below(kind: URIRef, aim: URIRef) -> bool:
    return aim in ontology().transitive_objects(kind, RDFS.subClassOf)


def _is_at(triple: ox.Triple, focus: URIRef, path: URIRef) -> bool:
    return triple.subject.value == str(focus) and triple.predicate.value == str(path)


def test_the_shapes_accept_a_node_of_every_class(mini: Corpus) -> None:
    assert broken(RECORD) == set()
    assert shape_problems(to_quads(mini), "mini") == []


def test_every_shape_refuses_a_node_that_lacks_what_it_asks_for() -> None:
    damage, expected = RECORD, set()
    for code, shape, path, focus in shapes():
        asks = {SH.minCount, SH.hasValue, SH.qualifiedMinCount} & set(ontology().predicates(shape))
        if asks and not str(focus).startswith(str(SAY)):
            damage = frozenset(t for t in damage if not _is_at(t, focus, path))
            expected.add((code, focus.removeprefix(ID)))
    assert expected - broken(damage) == set()
    assert len(expected) > 70


def test_every_shape_refuses_a_value_too_many() -> None:
    damage, expected = RECORD, set()
    for code, shape, path, focus in shapes():
        if ontology().value(shape, SH.maxCount) is not None or ontology().value(shape, SH.uniqueLang) is not None:
            more = ox.Literal("more", language="en") if path == SKOS.prefLabel else ALIEN
            also = ox.Literal("too", language="en") if path == SKOS.prefLabel else ox.NamedNode(ID + "noone")
            at = (ox.NamedNode(str(focus)), ox.NamedNode(str(path)))
            damage |= {ox.Triple(*at, more), ox.Triple(*at, also)}
            expected.add((code, focus.removeprefix(ID)))
    assert expected - broken(damage) == set()
    assert len(expected) > 60


def test_every_shape_refuses_a_value_of_the_wrong_kind() -> None:
    damage, expected = RECORD, set()
    for code, shape, path, focus in shapes():
        if ontology().value(shape, SH["class"]) is None:
            continue
        damage = frozenset(t for t in damage if not _is_at(t, focus, path))
        damage |= {ox.Triple(ox.NamedNode(str(focus)), ox.NamedNode(str(path)), ALIEN)}
        expected.add((code, focus.removeprefix(ID)))
    assert expected - broken(damage) == set()
    assert len(expected) > 12


def test_values_come_from_their_scheme() -> None:
    """Each property is given a concept of a scheme that is not its own, one after the other."""
    damage, expected = set(RECORD), set()
    for owner, path in ontology().subject_objects(SH.targetObjectsOf):
        code = next(iter(ontology().objects(owner, SH.property)))
        scheme = ontology().value(code, SH.hasValue)
        if scheme is None or (code, SH.path, SKOS.inScheme) not in ontology():
            continue
        wrong = SAY.LevelSite if scheme != SAY.PlaceLevelScheme else SAY.Asserts
        damage.add(ox.Triple(ox.NamedNode(X.somewhere), ox.NamedNode(path), ox.NamedNode(wrong)))
        expected.add((str(code).rpartition("#")[2], str(wrong).rpartition("#")[2]))
    assert expected - broken(frozenset(damage)) == set()
    assert len(expected) == 34


@pytest.mark.parametrize(
    ("code", "focus", "without", "added"),
    [
        ("S51-estimate-counted", "count", "population", None),
        ("S51-estimate-counted", "count", None, ("unit", ox.Literal("days"))),
        ("S52-estimate-amount", "count", "value", None),
        ("S86-retraction-note", "claim", "retractionNote", None),
    ],
)
def test_shapes_that_allow_one_of_two(
    code: str, focus: str, without: str | None, added: tuple[str, Node] | None
) -> None:
    damage = {t for t in RECORD if without is None or not _is_at(t, X[focus], SAY[without])}
    if added is not None:
        damage.add(ox.Triple(ox.NamedNode(X[focus]), ox.NamedNode(SAY[added[0]]), added[1]))
    assert (code, focus) in broken(frozenset(damage))


# ---- logic -------------------------------------------------------------------------------------

LOGIC = {RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, URIRef(OWL + "disjointWith")}


def inconsistencies(triples: frozenset[ox.Triple]) -> list[str]:
    """What the OWL 2 RL closure of the ontology's logic and a record finds inconsistent."""
    closed = Graph()
    for triple in ontology():
        if triple[1] in LOGIC and str(triple[0]).startswith(str(SAY)):
            closed.add(triple)
    closed.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    rules = owlrl.OWLRL_Semantics(closed, axioms=False, daxioms=False, rdfs=False)
    rules.closure()
    return [str(message) for message in rules.error_messages]


def test_ontology_and_record_are_consistent_under_owl_rl(mini: Corpus) -> None:
    record = {ox.Triple(q.subject, q.predicate, q.object) for q in to_quads(mini) if q.graph_name == ox.DefaultGraph()}
    assert inconsistencies(frozenset(record) | RECORD) == []


@pytest.mark.parametrize(
    "addition",
    [
        "x:claim a say:Proposition .",
        "x:doc say:content x:prop .",  # whatever has content is a claim, and no document is one
        "x:utt say:relays x:inner .",
        "x:mate a say:Place .",
        "x:mate a say:Facility .",  # by way of the class above it
        "x:count say:from 1 .",
    ],
)
def test_an_inconsistent_addition_is_caught(addition: str) -> None:
    text = f"PREFIX say: <{SAY}> PREFIX x: <{X}> {addition}"
    assert inconsistencies(RECORD | set(ox.parse(text, format=ox.RdfFormat.TURTLE))) != []


# ---- order and facts ----------------------------------------------------------------------------


def test_drawn_statuses_stand_in_the_order_of_caution() -> None:
    drawn = list(vocabulary().concepts("DrawnStatus").values())
    assert [int(c.facts["cautionRank"]) for c in drawn] == list(range(1, 12))
    assert [c.notation for c in drawn] == [
        "withheld", "hypothetical", "view-or-demand", "contested", "negated", "insinuated", "conjecture",
        "no-origin-shown", "single-origin", "several-origins", "corroborated",
    ]  # fmt: skip


def test_reported_statuses_stand_in_the_order_in_which_they_apply() -> None:
    reported = list(vocabulary().concepts("ReportedStatus").values())
    assert [int(c.facts["precedence"]) for c in reported] == list(range(1, 18))
    assert [c.notation for c in reported] == [
        "garbled", "recommended", "threatened", "promised", "insinuated-by-question", "counterfactual", "conditional",
        "predicted", "insinuated-by-position", "opined", "denied", "negated", "inferred", "estimated", "supposed",
        "attributed", "own-voice",
    ]  # fmt: skip


def test_kinds_of_evidence_that_add_no_origin() -> None:
    kinds = vocabulary().concepts("EvidenceKind").values()
    assert {c.name for c in kinds if c.facts["addsOrigin"] != "true"} == {
        "UnattributedStatement", "TemporalCoincidence", "AnalystInference", "ExpertOpinion", "AuthorOpinion",
    }  # fmt: skip
    assert {c.name for c in kinds if c.facts["custodial"] == "true"} == {
        "CustodialStatement", "MinorCustodialStatement",
    }  # fmt: skip


def test_the_ladder_of_accountability_rises_and_no_rung_is_shared() -> None:
    rungs = {p.name: p.rung for p in vocabulary().properties.values() if p.rung is not None}
    assert sorted(rungs.values()) == list(range(1, len(rungs) + 1))
    assert {vocabulary().property(name).family for name in rungs} == {"FamilyAllegedLink"}
    ladder = [
        "benefitedFrom",
        "knewOf",
        "wasInvolvedIn",
        "facilitated",
        "supported",
        "planned",
        "ordered",
        "perpetratedBy",
    ]
    assert [rungs[name] for name in ladder] == sorted(rungs[name] for name in ladder)


def test_symmetric_relations_read_alike_both_ways() -> None:
    symmetric = [p for p in vocabulary().properties.values() if p.symmetric]
    assert {p.name for p in symmetric} == {"coordinatedWith", "simultaneousWith"}
    assert all(p.forward == p.backward and p.domain == p.range for p in symmetric)


def test_admiralty_and_icd_203_are_whole() -> None:
    grades = {
        s: {c.notation: c.facts["nonValue"] for c in vocabulary().concepts(s).values()}
        for s in ("Reliability", "Credibility")
    }
    assert grades == {
        "Reliability": {**dict.fromkeys("ABCDE", "false"), "F": "true"},
        "Credibility": {**dict.fromkeys("12345", "false"), "6": "true"},
    }
    steps = [
        (int(c.facts["lowPercent"]), int(c.facts["highPercent"])) for c in vocabulary().concepts("Likelihood").values()
    ]
    assert steps == [(1, 5), (5, 20), (20, 45), (45, 55), (55, 80), (80, 95), (95, 99)]
    assert [c.notation for c in vocabulary().concepts("Confidence").values()] == ["low", "moderate", "high"]


def test_objects_are_nodes_or_values_and_never_either() -> None:
    """The reader tells a date, a figure or `true` from an entity's id by the relation alone."""
    values = {"boolean", "date", "Interval", "Estimate"}
    for relation in vocabulary().properties.values():
        assert not set(relation.range) & values or set(relation.range) <= values, relation.name
        assert ("Estimate" in relation.range) == (relation.family == "FamilyQuantity"), relation.name


# ---- looks --------------------------------------------------------------------------------------

# Machado, Oliveira and Fernandes 2009, severity 1.0, over linear RGB.
VISION: dict[str, tuple[tuple[float, float, float], ...]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
GROUNDS = {"colour": ("#ffffff", "#fbfaf6"), "colourDark": ("#16181d", "#18171f")}  # plain, and the page's canvas
# One hue in two shades; the two must differ in glyph and in line instead.
SHADES = {frozenset({"several-origins", "corroborated"})}
LEAST_DIFFERENCE = 43
LEAST_CONTRAST = 3


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(rgb: list[float]) -> float:
    return 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIELAB under D65."""
    xyz = (
        (0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047,
        luminance(rgb),
        (0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str, vision: str) -> float:
    """CIE76: the distance in CIELAB, as somebody with that vision sees the two."""
    seen = [
        lab([min(1, max(0, sum(m * p for m, p in zip(row, linear(c), strict=True)))) for row in VISION[vision]])
        for c in (one, other)
    ]
    return math.dist(*seen)


def test_the_measures_give_known_values() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)
    assert lab(linear("#ff0000")) == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    assert difference("#ff0000", "#ff0000", "protanopia") == 0
    assert difference("#00b000", "#e00000", "normal") > 3 * difference("#00b000", "#b08000", "deuteranopia")


@pytest.mark.parametrize("ground", GROUNDS)
def test_colours_stand_out_from_their_ground(ground: str) -> None:
    for status in vocabulary().concepts("DrawnStatus").values():
        for behind in GROUNDS[ground]:
            assert contrast(status.facts[ground], behind) >= LEAST_CONTRAST, (status.notation, behind)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("ground", GROUNDS)
def test_different_colours_differ_for_every_eye(ground: str, vision: str) -> None:
    statuses = vocabulary().concepts("DrawnStatus").values()
    for one, other in itertools.combinations(statuses, 2):
        colours = one.facts[ground], other.facts[ground]
        if len(set(colours)) == 1 or frozenset({one.notation, other.notation}) in SHADES:
            continue
        assert difference(*colours, vision) >= LEAST_DIFFERENCE, (one.notation, other.notation)


def test_statuses_of_one_hue_differ_in_glyph_and_in_line() -> None:
    statuses = list(vocabulary().concepts("DrawnStatus").values())
    assert len({c.facts["glyph"] for c in statuses}) == len(statuses)
    lines = {(c.facts["lineStyle"], c.facts["dashPattern"], c.facts["lineWidth"]) for c in statuses}
    assert len(lines) == len(statuses)
    assert len({(c.facts["dashPattern"], c.facts["lineWidth"]) for c in statuses}) == len(statuses)


def test_only_what_is_hypothetical_has_a_hollow_head() -> None:
    statuses = vocabulary().concepts("DrawnStatus").values()
    assert [c.notation for c in statuses if "hollow" in c.facts["arrowShape"]] == ["hypothetical"]


# ---- the only vocabulary ----------------------------------------------------------------------------

GRAPH = ROOT / "graph"
SOURCES = [
    path
    for pattern in ("**/*.py", "**/*.rq", "explorer/src/**/*.ts", "explorer/src/**/*.css", "explorer/*.html")
    for path in sorted(GRAPH.glob(pattern))
    if "node_modules" not in path.parts
]


def own_iris(path: Path, text: str) -> Iterator[str]:
    """Lines that spell out an ontology IRI of ours. A query must declare its prefix, and may."""
    declared = f"PREFIX say: <{vocabulary().namespace}>"
    for number, line in enumerate(text.splitlines(), start=1):
        if "w3id.org/testimony/ns" in line and not (path.suffix == ".rq" and line.strip() == declared):
            yield f"{path.name}:{number}: {line.strip()}"


def test_no_file_but_the_ontology_spells_out_its_iris() -> None:
    assert len(SOURCES) > 80
    assert [found for path in SOURCES for found in own_iris(path, path.read_text(encoding="utf-8"))] == []


def test_a_spelt_out_iri_is_found() -> None:
    assert list(own_iris(Path("x.py"), f'CLAIM = "{SAY}Claim"')) != []
    assert list(own_iris(Path("x.rq"), f"SELECT * WHERE {{ ?x a <{SAY}Claim> }}")) != []
    assert list(own_iris(Path("x.rq"), f"PREFIX said: <{SAY}>")) != []


def test_instance_iris_come_from_one_constant() -> None:
    """Queries cannot import it; Python can."""
    spelt = [path.name for path in SOURCES if path.suffix == ".py" and f'"{ID}' in path.read_text(encoding="utf-8")]
    assert spelt == ["vocabulary.py"]


def test_every_term_that_code_and_queries_use_exists() -> None:
    used = {
        (path.name, term)
        for path in SOURCES
        for term in re.findall(
            r"\bsay\.([A-Za-z]\w*)" if path.suffix == ".py" else r"\bsay:([A-Za-z]\w*)",
            path.read_text(encoding="utf-8"),
        )
        if path.suffix in (".py", ".rq")
    }
    assert len(used) > 200
    assert sorted((name, term) for name, term in used if term not in vocabulary().names) == []


# ---- what is made from it ----------------------------------------------------------------------------


def test_the_page_of_the_vocabulary_is_the_one_that_is_made() -> None:
    page = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    assert page == vocabulary_markdown(), "run: testimony vocabulary > docs/vocabulary.md"


def test_the_page_holds_every_term() -> None:
    page = vocabulary_markdown()
    schemes = {f"{name}Scheme" for name in vocabulary().schemes}
    drawn = {c.name: c.notation for c in vocabulary().concepts("DrawnStatus").values()}
    missing = [n for n in vocabulary().names if n not in schemes and f"`{drawn.get(n, n)}`" not in page]
    assert missing == []
    assert all(vocabulary().definition(scheme) in page for scheme in schemes)


def test_the_table_of_statuses_has_one_row_each_the_best_supported_first() -> None:
    rows = status_table().splitlines()[2:]
    assert rows[0].split(" | ")[1] == "corroborated"
    assert len(rows) == 11
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}
