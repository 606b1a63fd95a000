"""Notebooks: executed whole, stored without outputs; the helpers behind them escape what they show."""

import html
import re
from pathlib import Path

import nbformat
import pytest
from corpora import FOUNDING, ROOT
from nbclient import NotebookClient

from graph.build import build
from graph.errors import BuildError, QueryError
from graph.evidence import Archive
from graph.notebook import Graph, Table, Trace, open_graph

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    """The first notebook, run where a reader would run it: beside a build of the corpus."""
    place = tmp_path_factory.mktemp("place")
    (place / "notebooks").mkdir()
    (place / "corpus").symlink_to(FOUNDING)
    build(FOUNDING, place / "build")
    notebook = nbformat.read(ROOT / "notebooks" / "01-first-look.ipynb", as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(place / "notebooks")}})
    client.execute()
    return notebook


def _shown(notebook: nbformat.NotebookNode, source: str) -> dict[str, str]:
    cell = next(c for c in notebook.cells if source in c.source)
    return {
        kind: str(data)
        for output in cell.outputs
        for kind, data in output.get("data", {"text/plain": output.get("text", "")}).items()
    }


def test_it_asks_with_status_and_source(executed: nbformat.NotebookNode) -> None:
    table = _shown(executed, 'g.query("alleged-links"')["text/html"]
    for column in ("claim", "drawn", "status", "speaker", "document"):
        assert f"<th>{column}</th>" in table
    assert "hasakah-prison-attack" in table


def test_it_finds_no_allegation_in_the_default_graph(executed: nbformat.NotebookNode) -> None:
    said = _shown(executed, "naive =")["text/plain"]
    facts, alleged = re.match(r"(\d+) facts about the corpus; (\d+) of them an allegation", said).groups()  # type: ignore[union-attr]
    assert int(facts) > 1000
    assert alleged == "0"


def test_its_picture_is_a_sandboxed_frame_with_a_plain_twin(executed: nbformat.NotebookNode, founding: Archive) -> None:
    shown = _shown(executed, "g.picture(")
    assert 'sandbox="allow-scripts allow-popups"' in shown["text/html"]
    page = html.unescape(shown["text/html"])
    claims = Graph(founding).claims("turkish-state")
    for claim in claims:
        assert f"{claim.document.id}; {claim.claim}]" in shown["text/plain"]
        assert claim.claim in page


def test_it_traces_a_line_to_its_passage(executed: nbformat.NotebookNode, founding: Archive) -> None:
    tree = _shown(executed, "g.trace(")["text/plain"]
    claim = next(c for c in Graph(founding).claims("hasakah-prison-attack") if c.claim in tree)
    assert claim.drawn_reason in tree
    assert claim.passage.digest in tree or (claim.passage.quote or "") in tree


def test_tables_escape_what_they_show() -> None:
    table = Table(("<b>",), (("<script>alert(1)</script>",),), note="<i>")
    assert "<script>" not in table._repr_html_()
    assert "<b>" not in table._repr_html_()
    assert "&lt;script&gt;" in table._repr_html_()
    assert list(table) == [{"<b>": "<script>alert(1)</script>"}]
    assert "<script>alert(1)</script>" in repr(table)


def test_traces_escape_what_they_show(mini_archive: Archive) -> None:
    hostile = Trace("<img src=x onerror=alert(1)>", ())
    assert "<img" not in hostile._repr_html_()
    assert "&lt;img" in hostile._repr_html_()
    assert "drawn so because" in repr(Graph(mini_archive).trace("900-c3.1"))


def test_queries_take_the_guarded_path(mini_archive: Archive) -> None:
    g = Graph(mini_archive)
    with pytest.raises(QueryError, match="SERVICE"):
        g.query("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="not bound"):
        g.query("about")
    assert "without its status" in repr(g.query("SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"))
    assert next(iter(g.find("halmer council")))["id"] == "halmer-council"
    assert repr(g).startswith(f"{mini_archive.manifest['counts']['claims']} claims from 3 documents")


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="run `testimony build`"):
        open_graph(tmp_path / "nothing")
