"""Every format, read back by somebody else's reader: no claim lost, none without status and source, nothing that runs."""

import codecs
import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from corpora import ROOT
from exports import (
    HOSTILE,
    OA,
    RDF_FORMS,
    SAY,
    TABLES,
    annotated,
    dataset,
    expected,
    hostile_archive,
    only,
    plain,
    rows,
    short,
    shown,
    written,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse
from rdflib import RDF, Graph, URIRef
from serving import Served, serving

from graph.cli import main
from graph.errors import ExportError, LensError, NotFoundError
from graph.evidence import Archive, ClaimEvidence
from graph.export import FORMATS, Backing, form
from graph.export.quads import record
from graph.export.rows import COLUMNS
from graph.export.schemas import ALWAYS, schemas
from graph.export.visible import visible
from graph.lens import NAMES, Views, check
from graph.lens import parse as parse_lens
from graph.model import Corpus
from graph.service import application
from graph.service.data import file_name
from graph.vocabulary import vocabulary

pytestmark = [  # what rdflib's own readers use
    pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning"),
]
PAIRS = {
    "drawn": "drawn_status",
    "reported": "reported_status",
    "document": "document",
    "relation": "predicate",
}


@pytest.fixture(scope="module")
def claims(mini_archive: Archive) -> list[ClaimEvidence]:
    return mini_archive.all_claims()


@pytest.fixture(scope="module")
def backing(mini_archive: Archive) -> Backing:
    return Backing.of(mini_archive)


@pytest.fixture(scope="module")
def hostile(mini: Corpus) -> Archive:
    return hostile_archive(mini)


# ---- nothing lost, nothing bare --------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_as_many_claims_out_as_in_each_with_status_and_source(
    claims: list[ClaimEvidence], backing: Backing, name: str
) -> None:
    assert shown(name, written(claims, backing, name)) == {c.claim: expected(c) for c in claims}


@pytest.fixture(scope="module")
def founding_claims(founding: Archive) -> list[ClaimEvidence]:
    return founding.all_claims()


@pytest.mark.parametrize("name", [*TABLES, "annotations"])
def test_every_row_has_what_no_row_may_lack(founding: Archive, founding_claims: list[ClaimEvidence], name: str) -> None:
    held = founding_claims
    found = rows(name, written(held, Backing.of(founding), name))
    assert [r["claim"] for r in found] == [c.claim for c in held] if name != "graphml" else True
    assert len(found) == len(held)
    assert [(r.get("claim"), column) for r in found for column in ALWAYS if not r.get(column)] == []
    assert {r["corpus"] for r in found} == {founding.corpus_hash}


@pytest.mark.slow
@pytest.mark.parametrize("name", RDF_FORMS)
def test_the_whole_corpus_in_rdf(founding: Archive, founding_claims: list[ClaimEvidence], name: str) -> None:
    held = founding_claims
    assert shown(name, written(held, Backing.of(founding), name)) == {c.claim: expected(c) for c in held}


NARROWING = ("entity", "document", "speaker", "origin", "drawn", "reported", "relation", "question")


@settings(max_examples=20)
@given(data=st.data())
def test_claims_shown_are_claims_held_by_the_filter(
    mini_archive: Archive, claims: list[ClaimEvidence], backing: Backing, data: st.DataObject
) -> None:
    held, behind = claims, backing
    wanted = data.draw(st.sets(st.sampled_from(sorted(NARROWING)), max_size=2))
    filters = {name: data.draw(st.sampled_from(_values(held, name)), label=name) for name in sorted(wanted)}
    kept = Views(mini_archive).through(parse_lens(filters.items())).claims()
    kept = data.draw(st.sampled_from([kept, kept[::2], kept[::-1][:3]]))
    for name in FORMATS:
        assert set(_ids(name, written(kept, behind, name))) == {c.claim for c in kept}, name
    for row in rows("jsonl", written(kept, behind, "jsonl")):
        assert all(row[PAIRS[n]] == value for n, value in filters.items() if n in PAIRS)
        assert filters.get("speaker") in (None, *row["speakers"].split(" > "))


def _values(held: list[ClaimEvidence], name: str) -> list[str]:
    """Every value that some claim meets, found without the filter."""
    found = {
        "entity": {c.subject.id for c in held},
        "document": {c.document.id for c in held},
        "speaker": {hop.speaker.id for c in held for hop in c.chain},
        "origin": {(c.origin_group or c.origin).id for c in held},
        "drawn": {c.drawn_status.id for c in held},
        "reported": {c.reported_status.id for c in held},
        "relation": {c.predicate.id for c in held},
        "question": {q.id for c in held for q in c.addresses},
    }
    return sorted(found[name])


def _ids(name: str, body: bytes) -> list[str]:
    """Claims of a format, the RDF ones read by a fast reader: rdflib reads them all elsewhere."""
    if name not in RDF_FORMS:
        return [r["claim"] for r in rows(name, body)]
    forms = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
    found = [
        q.subject.value.rpartition("/")[2]
        for q in parse(body, format=forms[name])
        if isinstance(q.subject, NamedNode) and q.object == vocabulary().term("Claim")
    ]
    assert len(found) == len(set(found))
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_no_claims_are_an_empty_file_that_says_of_what(backing: Backing, name: str) -> None:
    body = written([], backing, name)
    assert shown(name, body) == {}
    if name not in ("csv", "jsonl", "parquet"):
        assert backing.corpus in body.decode()


@pytest.mark.parametrize("name", FORMATS)
def test_without_a_status_the_readers_notice(
    claims: list[ClaimEvidence], backing: Backing, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checks above are worth something: with the column of statuses gone, they fail."""
    drawn = vocabulary().term("drawnStatus")
    bare = replace(backing, quads=lambda held: {q for q in backing.quads(held) if q.predicate != drawn})
    for module in ("csv", "jsonlines", "parquet", "graphml", "geojson", "annotations"):
        real = sys.modules[f"graph.export.{module}"].row  # type: ignore[attr-defined]
        monkeypatch.setattr(f"graph.export.{module}.row", lambda c, h, real=real: {**real(c, h), "drawn_status": ""})
    monkeypatch.setattr("graph.export.annotations._status", lambda *_: "")
    body = written(claims, bare, name)
    with pytest.raises((AssertionError, KeyError, ValueError)):
        assert shown(name, body) == {c.claim: expected(c) for c in claims}
    if name in schemas():
        with pytest.raises(jsonschema.ValidationError):
            _validate(name, body)


# ---- RDF -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RDF_FORMS)
def test_a_naive_query_over_the_default_graph_gives_no_allegation(
    claims: list[ClaimEvidence], backing: Backing, name: str
) -> None:
    found = dataset(name, written(claims, backing, name))
    content = {p.iri.value for p in vocabulary().properties.values()}
    seen = found.query("SELECT ?s ?p ?o WHERE { ?s ?p ?o }")
    assert len(seen) > len(claims)
    assert [row for row in seen if str(row[1]) in content] == []
    inside = found.query("SELECT ?g ?p WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?g != <urn:x-rdflib:default>) }")
    assert {str(p) for _, p in inside} <= content
    assert {short(g) for g, _ in inside} >= {c.proposition for c in claims}


def test_the_quads_are_those_of_the_record_and_of_these_claims_alone(
    mini_archive: Archive, claims: list[ClaimEvidence], backing: Backing
) -> None:
    kept = next(c for c in claims if sum(1 for other in claims if other.utterance == c.utterance) > 1)
    everything = set(mini_archive.store.quads())
    held = parse(written([kept], backing, "nquads"), format=RdfFormat.N_QUADS)
    found = {q for q in held if "/id/excerpt/" not in str(q.subject)}
    assert found <= everything
    content = {q.graph_name for q in found if not isinstance(q.graph_name, DefaultGraph)}
    conditions = {q.object for q in found if q.predicate == vocabulary().term("conditionContent")}
    assert content - conditions == {NamedNode(f"https://w3id.org/testimony/id/proposition/{kept.proposition}")}


@pytest.mark.parametrize("name", RDF_FORMS)
def test_the_three_forms_hold_the_same_quads(claims: list[ClaimEvidence], backing: Backing, name: str) -> None:
    def terms(body: bytes, form_: str) -> set[tuple[str, ...]]:
        found = dataset(form_, body)
        return {(s.n3(), p.n3(), o.n3(), str(g)) for s, p, o, g in found.quads()}

    some = claims[::3]
    assert terms(written(some, backing, name), name) == terms(written(some, backing, "nquads"), "nquads")


def test_everything_named_in_the_file_bears_a_name_there(claims: list[ClaimEvidence], backing: Backing) -> None:
    quads = backing.quads(claims[:5])
    known = {q.subject for q in quads}
    kinds = ("entity", "document", "paragraph", "question", "estimate", "interval", "utterance", "passage")
    starts = tuple(f"https://w3id.org/testimony/id/{kind}/" for kind in kinds)
    named = {q.object for q in quads if isinstance(q.object, NamedNode) and q.object.value.startswith(starts)}
    about_documents = {q.object for q in quads if q.predicate in (vocabulary().term("republishes"),)}
    assert named - known - about_documents == set()


def test_a_status_drawn_over_part_of_the_corpus_is_not_passed_off_as_the_build_s(
    mini_archive: Archive, claims: list[ClaimEvidence]
) -> None:
    other = next(c.drawn_status for c in claims if c.drawn_status != claims[0].drawn_status)
    looked = replace(claims[0], drawn_status=other, drawn_reason="seen without one source")
    found = shown("nquads", written([looked], Backing.of(mini_archive), "nquads"))
    assert found[looked.claim].drawn == other.id
    stated = [q for q in record(mini_archive.store, [looked]) if q.predicate == vocabulary().term("drawnStatus")]
    (node,) = {str(q.subject) for q in stated}
    assert f"/derived/status-in-view/{looked.proposition}/" in node
    again = replace(looked, drawn_reason="seen without another")
    assert not {q.subject for q in record(mini_archive.store, [again])} >= {q.subject for q in stated}
    assert (
        shown("annotations", written([looked], Backing.of(mini_archive), "annotations"))[looked.claim].drawn == other.id
    )


# ---- GeoJSON, annotations, Parquet -----------------------------------------------------------------


def _validate(name: str, body: bytes) -> None:
    schema = schemas()[name]
    for one in [json.loads(line) for line in body.splitlines()] if name == "jsonl" else [json.loads(body)]:
        jsonschema.validate(one, schema, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", schemas())
def test_json_meets_its_published_schema(
    claims: list[ClaimEvidence], backing: Backing, hostile: Archive, name: str
) -> None:
    published = ROOT / "docs" / "schema" / f"{name}.schema.json"
    schema = json.loads(published.read_text(encoding="utf-8"))
    assert schema == schemas()[name], f"run: testimony export --format {name} --schema > docs/schema/{published.name}"
    jsonschema.Draft202012Validator.check_schema(schema)
    _validate(name, written(claims, backing, name))
    _validate(name, written(hostile.all_claims(), Backing.of(hostile), name))


def test_a_claim_is_where_it_says_and_nowhere_else(claims: list[ClaimEvidence], backing: Backing) -> None:
    features = {f["id"]: f for f in json.loads(written(claims, backing, "geojson"))["features"]}
    nowhere = 0
    for claim in claims:
        feature, named = features[claim.claim], {claim.subject.id, claim.object.id, *(n.id for n in claim.about)}
        placed = {p["id"] for p in feature["properties"]["places"]}
        assert placed == named & set(backing.places)
        nowhere += feature["geometry"] is None
        assert (feature["geometry"] is None) == (not placed)
    assert 0 < nowhere < len(claims)
    there = next(f for f in features.values() if [p["id"] for p in f["properties"]["places"]] == ["halmer"])
    assert there["geometry"] == {"type": "Point", "coordinates": [-40.125, 12.4]}
    assert there["properties"]["places"][0]["precision"]


def test_several_places_are_all_shown_each_with_its_part(claims: list[ClaimEvidence], backing: Backing) -> None:
    from graph.evidence import Named

    two = replace(
        claims[0],
        subject=Named("halmer", "Halmer"),
        object=Named("halmer", "Halmer"),
        about=(Named("sael-valley", "Sael valley"),),
    )
    (feature,) = json.loads(written([two], backing, "geojson"))["features"]
    assert feature["geometry"] == {"type": "MultiPoint", "coordinates": [[-40.125, 12.4], [-40.0, 12.5]]}
    assert [(p["role"], p["id"]) for p in feature["properties"]["places"]] == [
        ("subject", "halmer"),
        ("about", "sael-valley"),
    ]


def test_an_annotation_leads_to_the_passage_and_alleges_nothing(claims: list[ClaimEvidence], backing: Backing) -> None:
    graph = annotated(written(claims, backing, "annotations"))
    content = {p.iri.value for p in vocabulary().properties.values()}
    assert {str(p) for p in graph.predicates()} & content == set()
    ranged = [c for c in claims if c.passage.start is not None]
    assert ranged
    for claim in ranged:
        node = URIRef(f"https://w3id.org/testimony/id/annotation/{claim.claim}")
        selector = only(graph, only(graph, node, OA.hasTarget), OA.hasSelector)
        ends = [int(str(only(graph, selector, end))) for end in (OA.start, OA.end)]
        assert ends == [claim.passage.start, claim.passage.end]
        words = {str(v) for b in graph.objects(node, OA.hasBody) for v in graph.objects(b, RDF.value)}
        (line,) = words
        for part in (claim.says, claim.drawn_status.label, claim.reported_status.label, claim.document.id):
            assert part in line
        assert all(hop.speaker.label in line for hop in claim.chain)
    edges = {r["claim"]: r["label"] for r in rows("graphml", written(claims, backing, "graphml"))}
    titles = {r["claim"]: r["title"] for r in rows("geojson", written(claims, backing, "geojson"))}
    assert edges == titles, "beside a line and on a map stands the same sentence"
    assert titles[ranged[-1].claim] == line
    assert _blank(graph) == []
    assert (None, SAY.drawnStatus, None) in graph


def _blank(graph: Graph) -> list[Any]:
    """Blank nodes other than the cells of the one list."""
    from rdflib import BNode

    cells = set(graph.subjects(RDF.first))
    return [t for triple in graph for t in triple if isinstance(t, BNode) and t not in cells]


def test_parquet_has_types_and_names_its_corpus(claims: list[ClaimEvidence], backing: Backing) -> None:
    table = pq.read_table(io.BytesIO(written(claims, backing, "parquet")))
    assert table.column_names == list(COLUMNS)
    kinds = {name: str(table.schema.field(name).type) for name in ("paragraph", "char_start", "adds_origin", "says")}
    assert kinds == {"paragraph": "int64", "char_start": "int64", "adds_origin": "bool", "says": "string"}
    assert table.schema.metadata[b"corpus"].decode() == backing.corpus
    assert table["adds_origin"].to_pylist() == [c.discount is None for c in claims]


# ---- hostile texts ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_texts_go_through_every_format(hostile: Archive, name: str) -> None:
    held = hostile.all_claims()
    body = written(held, Backing.of(hostile), name)
    assert shown(name, body) == {c.claim: expected(c) for c in held}
    if name in RDF_FORMS:
        says = plain(dataset(name, body)).objects(None, SAY.says)
        assert {str(text) for text in says} == {HOSTILE}
        return
    safe = "=1+1\"'`<b>]]></data>&amp;\n\\u000d\t\\u0000\\u001b[31m\\u202e\\u2066\\u2028\\{}"
    assert {r["says"] for r in rows(name, body)} == {f"'{safe}" if name == "csv" else safe}
    if name != "parquet":
        assert not {"\0", "\r", "\x1b", "\u202e", "\u2066", "\u2028"} & set(body.decode())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_of_the_table_is_a_formula(claims: list[ClaimEvidence], backing: Backing, start: str) -> None:
    bad = replace(claims[0], says=f"{start}cmd|' /C calc'!A0", drawn_reason=f"{start}1")
    (row,) = rows("csv", written([bad], backing, "csv"))
    assert [
        v for v in row.values() if v.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    ] == []


def test_what_cannot_be_seen_is_written_out_and_letters_are_left() -> None:
    assert visible("Hesekê هالمر “x”\n\t–") == "Hesekê هالمر “x”\n\t–"
    assert visible("a\u200bb\x85c\ud800d\ufffee\U000e0001") == "a\\u200bb\\u0085c\\ud800d\\ufffee\\U000e0001"
    for code in [*range(0x3100), *range(0xD7FF, 0xE001), *range(0xFE00, 0x10000)]:
        char = chr(code)
        assert visible(char) == char or not char.isprintable() or code in (0x2028, 0x2029)


# ---- the same bytes, whole files, the command ------------------------------------------------------

_HASHES = """
import hashlib, io, sys
from pathlib import Path
from graph.evidence import Archive
from graph.export import FORMATS, Backing
archive = Archive.open(Path(sys.argv[1]))
claims = archive.all_claims()
for name, form in FORMATS.items():
    out = io.BytesIO()
    form.write(claims, Backing.of(archive), out)
    print(name, hashlib.sha256(out.getvalue()).hexdigest())
"""


def test_the_same_claims_are_the_same_bytes(mini_archive: Archive, claims: list[ClaimEvidence]) -> None:
    out, behind = Path(mini_archive.store.name).parents[2], Backing.of(mini_archive)
    here = [f"{n} {hashlib.sha256(written(claims, behind, n)).hexdigest()}" for n in FORMATS]
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", _HASHES, str(out)],
            capture_output=True, text=True, check=True, cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.stdout.split("\n")[:-1] == here


@pytest.fixture(scope="module")
def built(mini_archive: Archive) -> str:
    return str(Path(mini_archive.store.name).parents[2])


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["export", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_writes_each_format(
    capsys: pytest.CaptureFixture[str], built: str, tmp_path: Path, claims: list[ClaimEvidence], name: str
) -> None:
    path = tmp_path / f"claims{FORMATS[name].suffix}"
    given_ = ("--format", name, "--build", built, "-o", str(path), "--drawn", "contested", "--json")
    status, out, err = _run(capsys, *given_)
    kept = {c.claim for c in claims if c.drawn_status.id == "contested"}
    told = json.loads(out)
    assert (status, err) == (0, "")
    assert (told["claims"], told["bytes"], told["filters"]) == (len(kept), path.stat().st_size, {"drawn": "contested"})
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert set(shown(name, path.read_bytes())) == kept
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_file_that_cannot_be_finished_leaves_the_one_before(
    capsys: pytest.CaptureFixture[str], built: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "claims.parquet"
    path.write_bytes(b"before")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    status, out, err = _run(capsys, "--format", "parquet", "--build", built, "-o", str(path))
    assert (status, out) == (1, "")
    assert "pyarrow is not installed" in err
    assert "testimony[parquet]" in err
    assert err.count("\n") == 1
    assert path.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("filters", "hint"),
    [
        (("--entity", "halmr"), "did you mean 'halmer'?"),
        (("--document", "900-gazett"), "did you mean '900-gazette'?"),
        (("--relation", "wasInvolvedInn"), "did you mean 'wasInvolvedIn'?"),
        (("--question", "none"), "no question 'none'"),
    ],
)
def test_a_filter_that_names_nothing_is_refused(
    capsys: pytest.CaptureFixture[str], built: str, filters: tuple[str, ...], hint: str
) -> None:
    status, out, err = _run(capsys, *filters, "--build", built)
    assert (status, out) == (1, "")
    assert hint in err


def test_the_command_prints_schemas_and_claims(capsys: pytest.CaptureFixture[str], built: str) -> None:
    status, out, _ = _run(capsys, "--format", "geojson", "--schema")
    assert (status, json.loads(out)) == (0, schemas()["geojson"])
    assert "choose one of jsonl, geojson, annotations" in _run(capsys, "--format", "csv", "--schema")[2]
    status, out, err = _run(capsys, "claims", "--format", "jsonl", "--build", built, "--json")
    assert status == 0
    assert json.loads(err)["claims"] == len(out.splitlines())
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    said = capsys.readouterr().out
    assert all(f"  {name}" in said for name in FORMATS)
    assert "example" in said


def test_a_format_of_bytes_is_not_poured_into_a_terminal(built: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert main(["export", "--format", "parquet", "--build", built]) == 1


def test_an_unknown_format_is_refused_with_a_hint() -> None:
    with pytest.raises(NotFoundError, match="did you mean 'geojson'"):
        form("geojsn")


def test_values_are_known_before_they_are_asked(mini_archive: Archive, claims: list[ClaimEvidence]) -> None:
    for name in NARROWING:
        for value in _values(claims, name):
            check(mini_archive, parse_lens([(name, value)]))
        with pytest.raises((NotFoundError, LensError)):
            check(mini_archive, parse_lens([(name, "\0")]))


def test_without_pyarrow_the_extra_is_named(backing: Backing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"pip install 'testimony\[parquet\]'"):
        FORMATS["parquet"].write([], backing, io.BytesIO())


# ---- the service -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(mini_archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    static = tmp_path_factory.mktemp("static")
    (static / "index.html").write_text("<!doctype html>", encoding="utf-8")
    with serving(application(mini_archive, static=static)) as found:
        yield found


@pytest.mark.parametrize("name", FORMATS)
def test_the_service_gives_each_format_as_a_file(
    served: Served, mini_archive: Archive, claims: list[ClaimEvidence], name: str
) -> None:
    made = FORMATS[name]
    reply = served.ask(f"/api/export?format={name}&document=900-gazette")
    kept = [c for c in claims if c.document.id == "900-gazette"]
    assert (reply.status, reply.headers["content-type"]) == (200, made.media)
    suffix = f'{mini_archive.corpus_hash[:12]}{made.suffix}"'
    assert (
        reply.headers["content-disposition"] == f'attachment; filename="testimony-claims-document-900-gazette-{suffix}'
    )
    assert reply.body == written(kept, Backing.of(mini_archive), name)


def test_a_table_for_spreadsheets_begins_with_a_mark_that_readers_take_off(served: Served) -> None:
    plain, marked = (served.ask(f"/api/export?format=csv{more}").body for more in ("", "&bom=with"))
    assert not plain.startswith(codecs.BOM_UTF8)
    assert marked == codecs.BOM_UTF8 + plain
    rows = list(csv.DictReader(io.StringIO(marked.decode("utf-8-sig"), newline="")))
    assert rows == list(csv.DictReader(io.StringIO(plain.decode(), newline="")))
    options = pyarrow.csv.ParseOptions(newlines_in_values=True)
    tables = [pyarrow.csv.read_csv(io.BytesIO(body), parse_options=options) for body in (plain, marked)]
    assert tables[0].equals(tables[1])
    assert tables[1].column_names == list(COLUMNS)


def test_each_column_is_told_to_whoever_has_the_file_alone(served: Served) -> None:
    reply = served.ask("/api/export/columns")
    assert (reply.status, reply.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    told = [line.partition(": ") for line in reply.body.decode().splitlines()[2:]]
    assert [name for name, _, _ in told] == list(COLUMNS)
    assert all(len(meaning) > 10 for _, _, meaning in told)
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    assert [f"| `{name}` | {meaning} |" for name, _, meaning in told if f"| `{name}` | {meaning} |" not in page] == []


def test_a_file_is_called_by_what_was_asked_for() -> None:
    assert file_name(parse_lens([("hide", "withheld")])) == "testimony-claims"
    asked = [("entity", "isis"), ("said", "sdf"), ("hide", "withheld,contested"), ("happened", "2022-01..")]
    assert (
        file_name(parse_lens(asked)) == "testimony-claims-said-sdf-entity-isis-hide-contested-withheld-happened-2022-01"
    )
    hostile = file_name(parse_lens([("entity", '../"\r\n\u202e;' + "x" * 300)]))
    assert re.fullmatch(r"testimony-claims-entity-x+", hostile)
    assert len(hostile) == 80


@pytest.mark.parametrize("name", [*RDF_FORMS, "csv", "annotations"])
def test_without_a_source_the_files_bear_the_status_drawn_anew(
    served: Served, mini_archive: Archive, claims: list[ClaimEvidence], name: str
) -> None:
    asked = "without=document:900-gazette"
    held = Views(mini_archive).through(parse_lens([tuple(asked.split("=", 1))])).claims()
    before = {c.claim: c.drawn_status.id for c in claims}
    assert any(before[c.claim] != c.drawn_status.id for c in held), "nothing was drawn anew"
    reply = served.ask(f"/api/export?format={name}&{asked}")
    assert shown(name, reply.body) == {c.claim: expected(c) for c in held}


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("format=xls", 404, "no export format"),
        ("colour=red", 400, "colour"),
        ("format=trig&bom=with", 400, "allowed: bom=with, format=csv"),
        ("bom=yes", 400, "'yes'"),
        ("drawn=contestd", 400, "contested"),
    ],
)
def test_the_service_refuses_what_it_cannot_give(served: Served, query: str, status: int, said: str) -> None:
    reply = served.ask(f"/api/export?{query}")
    assert reply.status == status
    assert said in reply.json()["error"]


def test_the_description_names_each_format_and_filter(served: Served) -> None:
    described = served.get("/api/openapi.json")["paths"]["/api/export"]["get"]
    assert {p["name"] for p in described["parameters"]} == {"format", "bom", *NAMES}
    assert set(described["responses"]["200"]["content"]) == {made.media for made in FORMATS.values()}


def test_every_format_is_told_in_the_documentation() -> None:
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    for made in FORMATS.values():
        assert f"| `{made.name}` | `{made.suffix}` | `{made.media}` |" in page
    for column in COLUMNS:
        assert f"`{column}`" in page
