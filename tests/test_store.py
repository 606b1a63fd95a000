"""The store answers and never writes; what is wrong with it or with a query is told in one line."""

import shutil
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from pyoxigraph import Store as Oxigraph

from graph.errors import BuildError, QueryError
from graph.store import Store, in_memory, load

A, B, C, G = (NamedNode(f"http://a/{name}") for name in "abcg")
QUADS = (Quad(A, B, C), Quad(A, B, Literal("x", language="en")), Quad(A, B, C, G), Quad(C, B, A, G))
MEMORY = Store.of(QUADS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index on disk, made from N-Quads."""
    place = tmp_path_factory.mktemp("made")
    (place / "record.nq").write_text("".join(f"{quad} .\n" for quad in QUADS))
    load(place, place / "store")
    return place / "store"


def test_an_index_on_disk_holds_what_the_lines_hold(folder: Path) -> None:
    assert set(Store.open(folder).quads()) == set(QUADS) == set(MEMORY.quads())


def test_the_same_is_held_in_memory(folder: Path) -> None:
    index = in_memory(folder)
    assert index is not None
    assert set(index) == set(QUADS)


def test_what_is_too_large_or_not_whole_is_left_on_disk(folder: Path, tmp_path: Path) -> None:
    size = (folder.parent / "record.nq").stat().st_size
    assert in_memory(folder, size) is not None
    assert in_memory(folder, size - 1) is None
    assert in_memory(tmp_path / "store") is None, "no lines beside the index"
    (tmp_path / "record.nq").write_text("<http://a/a> <http://a/b> .\n")
    assert in_memory(tmp_path / "store") is None, "a damaged line: half a store would answer with silence"


def test_rows_keep_columns_order_and_unbound_cells() -> None:
    rows = MEMORY.rows("SELECT ?o ?none { <http://a/a> ?p ?o } ORDER BY isIRI(?o)")
    assert rows.columns == ("o", "none")
    assert rows.rows == ((Literal("x", language="en"), None), (C, None))


def test_the_other_forms_of_a_query() -> None:
    assert MEMORY.query("ASK { <http://a/a> ?p ?o }").truth is True
    assert MEMORY.query("ASK { <http://a/c> ?p ?o }").truth is False
    triples = MEMORY.query("CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o . FILTER(isIRI(?o)) }").triples
    assert [(t.subject, t.object) for t in triples or ()] == [(C, A)]
    with pytest.raises(QueryError, match="not a SELECT query; fix: write SELECT"):
        MEMORY.rows("ASK {}")


def test_a_description_never_looks_inside_named_graphs() -> None:
    assert MEMORY.query("DESCRIBE <http://a/c>").triples == ()


def test_variables_are_bound_and_not_pasted() -> None:
    tricky = Literal('" } INSERT { <x:a> <x:b> "')
    assert MEMORY.rows("SELECT ?o ?s { ?s ?p ?o }", {"o": tricky}).rows == ()
    assert MEMORY.rows("SELECT ?o ?s { ?s ?p ?o }", {"o": C}).rows == ((A,),)


def test_an_error_names_file_line_and_column() -> None:
    with pytest.raises(QueryError, match=r"mine\.rq:2: not SPARQL: column \d+, .*; fix: mend"):
        MEMORY.query("SELECT * {\n ?s ?p }", where="mine.rq")
    with pytest.raises(QueryError, match=r"^mine\.rq:1: not SPARQL"):
        MEMORY.query("", where="mine.rq")


@pytest.mark.parametrize(
    ("text", "found", "fix"),
    [
        ("SELECT ?p (COUNT(?o) AS ?n) { ?s ?p ?o }", "that GROUP BY does not name", "name it in GROUP BY"),
        ("SELECT ?p { ?s ?p ?o } GROUP BY ?s", "that GROUP BY does not name", "name it in GROUP BY"),
        ("SELECT ?p { ?s ?p ?o } ORDER BY COUNT(?o)", "that GROUP BY does not name", "name it in GROUP BY"),
        (
            "SELECT (STR(?p) AS ?t) (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY (STR(?p))",
            "computes with a variable",
            "BIND(",
        ),
        ("SELECT * { ?s ?p ?o } GROUP BY ?p", "SELECT * with GROUP BY", "name the variables"),
        ("SELECT ?s (?o AS ?s) { ?s ?p ?o }", "AS names a variable", "choose another name"),
    ],
)
def test_an_aggregate_gone_wrong_is_told_in_words(text: str, found: str, fix: str) -> None:
    with pytest.raises(QueryError) as caught:
        MEMORY.query(text)
    assert found in caught.value.found
    assert fix in caught.value.fix
    assert "expected" not in str(caught.value)


def test_lookups_by_subject_object_and_graph() -> None:
    assert set(MEMORY.about(A)) == {QUADS[0], QUADS[1]}
    assert MEMORY.about(C) == []
    assert MEMORY.of_object(B, C) == [QUADS[0]]
    assert MEMORY.of_object(B, A) == []  # only in a named graph
    assert set(MEMORY.in_graph(G)) == {QUADS[2], QUADS[3]}
    assert all(isinstance(q.graph_name, DefaultGraph) for q in MEMORY.about(A))


# ---- nothing is written ---------------------------------------------------------------------------


def test_an_update_is_no_query() -> None:
    for text in (
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "LOAD <file:///etc/hosts>",
    ):
        with pytest.raises(QueryError, match="not SPARQL"):
            MEMORY.query(text)
    assert len(set(MEMORY.quads())) == len(QUADS)


def test_the_engine_itself_refuses_to_write_what_is_published(folder: Path) -> None:
    index = Oxigraph.read_only(str(folder))
    for write in (
        lambda: index.update("INSERT DATA { <x:a> <x:b> <x:c> }"),
        lambda: index.add(Quad(A, B, B)),
        lambda: index.remove(QUADS[0]),
        index.clear,
    ):
        with pytest.raises((RuntimeError, OSError), match="read-write instances"):
            write()
    assert set(Store.open(folder).quads()) == set(QUADS)


def test_the_store_offers_no_way_to_write() -> None:
    offered = {name for name in dir(Store) if not name.startswith("_")}
    assert offered == {
        "about",
        "bearing",
        "columns",
        "ids",
        "in_graph",
        "knows",
        "name",
        "of",
        "of_object",
        "open",
        "quads",
        "query",
        "record",
        "rows",
        "value",
    } - {"name"}


def test_the_record_comes_from_its_lines_or_from_memory(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(Store.open(folder).record()) == set(QUADS) == set(MEMORY.record())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "record.nq").write_text("<http://a/a> <http://a/b> <http://a/other> .\n")
    assert set(MEMORY.record()) == set(QUADS), "lines that lie where the command was started are somebody else's"
    moved = shutil.copytree(folder.parent, tmp_path / "moved")
    store = Store.open(moved / "store")
    (moved / "record.nq").write_text("<http://a/a> <http://a/b> .\n")
    with pytest.raises(
        BuildError, match=r"record\.nq: the record cannot be read .*; fix: run `testimony build --force`"
    ):
        list(store.record())


# ---- a store that cannot be opened ----------------------------------------------------------------


def test_no_store_and_a_damaged_store_are_told_with_their_remedy(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no store here; fix: run `testimony build`"):
        Store.open(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BuildError, match="cannot be opened"):
        Store.open(tmp_path / "empty")
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    for path in copy.glob("MANIFEST-*"):
        path.write_bytes(b"\0" * 40)
    with pytest.raises(BuildError, match=r"cannot be opened .*build --force"):
        Store.open(copy)
