"""The part of SHACL that is understood: told from what is not, and judged as an independent engine judges it."""

import importlib.util
import random
import subprocess
import sys
from pathlib import Path

import pytest
from corpora import MINI
from oracle import Quads, agreed
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph.checks import shape_problems
from graph.checks.shacl import Facts, Shapes, compiled
from graph.errors import ShapeError
from graph.rdf.terms import TYPE
from graph.vocabulary import ID, RDF, RDFS, SHACL, SKOS, XSD, vocabulary

PREFIXES = f"""
PREFIX sh: <{SHACL}> PREFIX rdf: <{RDF}> PREFIX rdfs: <{RDFS}> PREFIX xsd: <{XSD}>
PREFIX say: <{vocabulary().namespace}> PREFIX shape: <https://example.org/shapes#> PREFIX x: <{ID}>
"""
CLAIM = """
shape:Claim a sh:NodeShape ; sh:targetClass say:Claim ; sh:property shape:Mode .
shape:Mode a sh:PropertyShape ; sh:path say:mode ; sh:message "T01-mode: one mode; set it"@en .
"""


def triples(turtle: str) -> list[Triple]:
    return [Triple(q.subject, q.predicate, q.object) for q in parse(PREFIXES + turtle, format=RdfFormat.TURTLE)]


def shapes(turtle: str) -> Shapes:
    return compiled(triples(CLAIM + turtle))


def broken(shape: str, record: str) -> list[str]:
    """The short ids of the claims in a record that break a shape of the mode."""
    made = shapes(shape)
    return sorted(
        str(focus).rpartition("#")[2].rpartition("/")[2].rstrip(">")
        for focus, _ in made.broken(Facts(triples(record), made.predicates))
    )


# ---- nothing is ignored ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("added", "named"),
    [
        ("shape:Mode sh:pattern 'a' .", "sh:pattern on a PropertyShape"),
        ("shape:Mode sh:nodeKind sh:IRI .", "sh:nodeKind"),
        ("shape:Mode sh:in rdf:nil .", "sh:in"),
        ("shape:Mode sh:node shape:Claim .", "sh:node"),
        ("shape:Claim sh:not shape:Mode .", "sh:not"),
        ("shape:Claim sh:closed true .", "sh:closed"),
        ("shape:Claim sh:sparql shape:Query .", "sh:sparql"),
        ("shape:Claim sh:targetNode say:Claim .", "sh:targetNode"),
        ("shape:Claim sh:minCount 1 .", "sh:minCount on a NodeShape"),
        ("shape:Mode sh:property shape:Claim .", "sh:property on a PropertyShape"),
        ("shape:Mode sh:targetClass say:Claim .", "sh:targetClass on a PropertyShape"),
        ("shape:Mode sh:severity sh:Warning .", "sh:severity"),
        ("shape:Mode sh:deactivated true .", "sh:deactivated"),
        ("shape:Mode sh:qualifiedMaxCount 1 .", "sh:qualifiedMaxCount"),
        ("shape:Claim rdfs:subClassOf say:Claim .", "subClassOf"),
        ("shape:Claim a rdfs:Class .", "shape of an unknown sort"),
        ("shape:Other a sh:Shape .", "shape of an unknown sort"),
        ("say:Claim sh:property shape:Mode .", "shape of an unknown sort"),
        ("shape:Mode sh:minCount 1 , 2 .", "sh:minCount 2 times"),
        ("shape:Mode sh:message 'T02-other: so; mend'@en .", "sh:message 2 times"),
        ("shape:Mode sh:minCount 'one' .", "where a number is due"),
        ("shape:Mode sh:uniqueLang false .", "sh:uniqueLang"),
        ("shape:Mode sh:datatype xsd:date .", "sh:datatype"),
        ("shape:Mode sh:languageIn shape:Tags . shape:Tags rdf:first say:en ; rdf:rest rdf:nil .", "sh:languageIn"),
        ("shape:Mode sh:qualifiedValueShape shape:Claim .", "without a count"),
        ("shape:Claim sh:or shape:Cut . shape:Cut rdf:first shape:Mode .", "a list that breaks off"),
        ("shape:Claim sh:or shape:Cut . shape:Cut rdf:first shape:Mode ; rdf:rest shape:Cut .", "turns back at Cut"),
        ("shape:Claim sh:or shape:Own . shape:Own rdf:first shape:Claim ; rdf:rest rdf:nil .", "refers to itself"),
        ("shape:Claim sh:or shape:One . shape:One rdf:first shape:Mode ; rdf:rest rdf:nil .", "no sh:message"),
        ("shape:Claim sh:property shape:Bare . shape:Bare a sh:PropertyShape ; sh:minCount 1 .", "one plain sh:path"),
        ("shape:Claim sh:property shape:Part . shape:Part a sh:NodeShape .", "sh:property Part, which has no path"),
        ("shape:Part a sh:PropertyShape ; sh:path shape:Steps . shape:Steps rdf:first say:mode ; rdf:rest rdf:nil .", "sh:path"),
        ("shape:Part a sh:PropertyShape ; sh:path shape:Back . shape:Back sh:inversePath say:mode .", "unknown sort"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(added: str, named: str) -> None:
    with pytest.raises(ShapeError) as caught:
        shapes(added)
    (line,) = caught.value.lines()
    assert named in line
    assert line.startswith("ontology.ttl: ")
    assert "; allowed: " in line


def test_a_shape_that_nothing_aims_at_is_read_all_the_same() -> None:
    with pytest.raises(ShapeError, match="Idle: sh:pattern"):
        shapes("shape:Idle a sh:PropertyShape ; sh:path say:mode ; sh:pattern 'a' .")


# ---- each constraint, at its limits ----------------------------------------------------------------

RECORD = """
x:none a say:Claim .
x:one a say:Claim ; say:mode 1 .
x:two a say:Claim ; say:mode 1 , "a"@en .
x:tags a say:Claim ; say:mode "a"@en , "b"@EN .
x:british a say:Claim ; say:mode "colour"@en-GB .
x:like a say:Claim ; say:mode "a"@eng .
x:ill a say:Claim ; say:mode "one"^^xsd:integer .
x:empty a say:Claim ; say:mode "" .
x:person a say:Claim ; say:mode x:somebody .
x:somebody a say:Person .
x:stranger say:mode 1 .
"""
EVERY = {"none", "one", "two", "tags", "british", "like", "ill", "empty", "person"}


@pytest.mark.parametrize(
    ("constraint", "kept"),
    [
        ("sh:minCount 1", EVERY - {"none"}),
        ("sh:minCount 2", {"two", "tags"}),
        ("sh:maxCount 0", {"none"}),
        ("sh:maxCount 1", EVERY - {"two", "tags"}),
        ("sh:hasValue 1", {"one", "two"}),
        ("sh:hasValue 1 , 'a'@en", {"two"}),
        ("sh:datatype xsd:integer", {"none", "one"}),
        ("sh:minLength 1", EVERY - {"empty"}),
        ("sh:minLength 3", {"none", "british", "ill", "person"}),
        ("sh:uniqueLang true", EVERY - {"tags"}),
        ("sh:languageIn shape:English", {"none", "tags", "british"}),
        ("sh:class x:nothing", {"none"}),
        ("sh:class say:Person", {"none", "person"}),
        ("sh:class say:Entity", {"none", "person"}),
        ("sh:qualifiedValueShape shape:InEnglish ; sh:qualifiedMinCount 1", {"two", "tags", "british"}),
        ("sh:qualifiedValueShape shape:InEnglish ; sh:qualifiedMinCount 2", {"tags"}),
        ("sh:or shape:Either", {"none", "one", "tags", "british", "two"}),
        ("sh:xone shape:Both", {"none", "british", "ill"}),
    ],
)
def test_a_constraint_refuses_what_it_should_and_no_more(constraint: str, kept: set[str]) -> None:
    shape = f"""shape:Mode {constraint} .
    shape:English rdf:first "en" ; rdf:rest rdf:nil .
    shape:InEnglish a sh:NodeShape ; sh:languageIn shape:English .
    shape:Whole a sh:NodeShape ; sh:datatype xsd:integer .
    shape:Either rdf:first shape:InEnglish ; rdf:rest shape:Or .
    shape:Or rdf:first shape:Whole ; rdf:rest rdf:nil .
    shape:Named a sh:NodeShape ; sh:class say:Person .
    shape:Long a sh:NodeShape ; sh:minLength 3 .
    shape:Both rdf:first shape:Named ; rdf:rest shape:And .
    shape:And rdf:first shape:Long ; rdf:rest rdf:nil ."""
    record = RECORD + "say:Person rdfs:subClassOf say:Actor . say:Actor rdfs:subClassOf say:Entity ."
    assert set(broken(shape, record)) == EVERY - kept


def test_a_target_takes_in_the_classes_below_it_and_both_ends_of_a_property() -> None:
    aims = """shape:Mode sh:minCount 9 . shape:Top a sh:NodeShape ; sh:property shape:Mode ; """
    record = (
        "x:a a say:Below ; say:says x:b . say:Below rdfs:subClassOf say:Middle . say:Middle rdfs:subClassOf say:Top ."
    )
    assert broken(aims + "sh:targetClass say:Top .", record) == ["a"]
    assert broken(aims + "sh:targetSubjectsOf say:says .", record) == ["a"]
    assert broken(aims + "sh:targetObjectsOf say:says .", record) == ["b"]


def test_classes_in_a_circle_come_to_an_end() -> None:
    record = "x:a a say:One . say:One rdfs:subClassOf say:Claim . say:Claim rdfs:subClassOf say:One ."
    assert broken("shape:Mode sh:minCount 1 .", record) == ["a"]


# ---- over the default graph ----------------------------------------------------------------------

HERE = Path(__file__).parent / "ontology"
GOOD: Quads = frozenset(Quad(*t) for t in parse(path=str(HERE / "record.ttl"), format=RdfFormat.TURTLE))


def test_what_stands_in_a_proposition_is_no_fact() -> None:
    stray = Triple(NamedNode(ID + "x"), TYPE, vocabulary().term("Claim"))
    inside = Quad(stray.subject, stray.predicate, stray.object, NamedNode(ID + "proposition/p"))
    outside = Quad(stray.subject, stray.predicate, stray.object, DefaultGraph())
    assert shape_problems(GOOD | {inside}, "record") == []
    assert "S01-claim-content" in {p.code for p in shape_problems(GOOD | {outside}, "record")}


def test_a_fact_that_is_told_twice_is_one() -> None:
    assert shape_problems([*GOOD, *GOOD], "record") == []


def test_a_problem_names_the_node_the_rule_and_the_fix() -> None:
    without = frozenset(q for q in GOOD if q.predicate != vocabulary().term("mode"))
    assert (
        "corpus: [S08-claim-mode] claim breaks the shape; allowed: a claim has exactly one mode; "
        "fix: set it on the utterance"
    ) in {str(problem) for problem in shape_problems(without, "corpus")}


LABEL = NamedNode(SKOS + "prefLabel")
TEXTS = [
    Literal("a", language="en"),
    Literal("b", language="en"),
    Literal("c", language="en-gb"),
    Literal("d", language="ku"),
    Literal(""),
    Literal("7"),
    Literal("7", datatype=NamedNode(XSD + "integer")),
    Literal("7", datatype=NamedNode(XSD + "decimal")),
]
KINDS = [vocabulary().term(name) for name in (*vocabulary().kinds("Entity"), "Claim", "Estimate", "WithheldRecord")]


@pytest.mark.parametrize("seed", range(12))
def test_both_engines_find_the_same_in_a_record_damaged_at_random(seed: int) -> None:
    dice = random.Random(seed)
    quads = sorted(GOOD, key=str)
    nodes = sorted({part for quad in quads for part in (quad.subject, quad.object)}, key=str)
    subjects = sorted({quad.subject for quad in quads}, key=str)
    predicates = [*sorted({quad.predicate for quad in quads}, key=str), *[TYPE] * 5, *[LABEL] * 3]
    damaged = GOOD - set(dice.sample(quads, dice.randint(0, len(quads) // 3)))
    for _ in range(dice.randint(1, 60)):
        predicate = dice.choice(predicates)
        target = dice.choice({TYPE: KINDS, LABEL: TEXTS}.get(predicate, [*nodes, *TEXTS]))
        damaged |= {Quad(dice.choice(subjects), predicate, target)}
    assert agreed(frozenset(damaged), GOOD) != []


# ---- what it runs on -------------------------------------------------------------------------------

ALONE = """
import sys
for name in {without!r}:
    sys.modules[name] = None
from graph.cli import main
status = main(["check", "--corpus", {corpus!r}])
print(sorted(set({unloaded!r}) & {{name for name, module in sys.modules.items() if module}}))
sys.exit(status)
"""


def test_a_check_needs_no_other_engine() -> None:
    assert _checked(without=["pyshacl", "owlrl", "rdflib"], unloaded=[]) == "[]"


def test_a_check_does_not_load_the_grammars_that_come_with_jupyter() -> None:
    if importlib.util.find_spec("rfc3987_syntax") is None:
        pytest.skip("rfc3987_syntax is not installed: nothing to keep from loading")
    assert _checked(without=[], unloaded=["rfc3987_syntax", "lark"]) == "[]"


def _checked(without: list[str], unloaded: list[str]) -> str:
    code = ALONE.format(without=without, corpus=str(MINI), unloaded=unloaded)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]
