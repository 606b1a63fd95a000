"""Notebooks: executed whole, stored without outputs; the helpers behind them escape what they show."""

import html
import re
from pathlib import Path

import nbformat
import pytest
from corpora import FOUNDING, ROOT
from nbclient import NotebookClient

from graph.errors import BuildError, QueryError
from graph.evidence import Archive
from graph.notebook import Graph, Table, Trace, open_graph

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TUTORIALS = [path for path in NOTEBOOKS if path.name[0].isdigit()]  # the briefings run in test_briefings.py


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


Executed = dict[str, nbformat.NotebookNode]


@pytest.fixture(scope="module")
def all_executed(tmp_path_factory: pytest.TempPathFactory, founding_build: Path) -> Executed:
    """The notebooks, run where a reader would run them: beside a build of the corpus."""
    place = tmp_path_factory.mktemp("place")
    (place / "notebooks").mkdir()
    (place / "corpus").symlink_to(FOUNDING)
    (place / "build").symlink_to(founding_build)
    found = {}
    for path in TUTORIALS:
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(place / "notebooks")}})
        client.execute()
        found[path.stem] = notebook
    return found


@pytest.fixture(scope="module")
def executed(all_executed: Executed) -> nbformat.NotebookNode:
    """The first notebook."""
    return all_executed["01-first-look"]


def test_the_notebooks_have_fixed_ids_and_links_that_lead_somewhere() -> None:
    for path in NOTEBOOKS:
        cells = nbformat.read(path, as_version=4).cells
        assert [cell.id for cell in cells] == [f"cell-{number:02}" for number in range(len(cells))]
        for target in re.findall(r"\]\(([^)#]+)", "".join(c.source for c in cells if c.cell_type == "markdown")):
            assert (path.parent / target).exists(), target


def test_ten_queries_answer_with_status_and_source(all_executed: Executed) -> None:
    cells = [cell for cell in all_executed["02-sparql-in-ten-queries"].cells if cell.source.startswith("%%sparql")]
    assert len(cells) == 10
    for number, cell in enumerate(cells, start=1):
        (output,) = cell.outputs
        head, *rows = output["data"]["text/plain"].splitlines()
        assert rows, number
        assert "note" not in head.split(), "a row without its status says so"
        if number > 1:  # the first is about documents, of which nobody alleges anything
            assert {"status", "drawn"} & set(head.split()), number
            assert {"speaker", "document", "denies"} & set(head.split()), number


def test_a_document_from_nothing_is_checked_built_and_drawn(all_executed: Executed) -> None:
    notebook = all_executed["03-adding-a-document"]
    checks = [c.outputs[0]["text"] for c in notebook.cells if 'main(["check"' in c.source]
    assert "[unknown-entity] the entity 'coder-one'" in checks[0]
    assert checks[1].startswith("no problem in 1 documents")
    shown = _shown(notebook, 'g.focus("grounding")')
    assert "⇄ contested" in shown["image/svg+xml"]
    assert "950-c3.1" in shown["text/plain"]
    assert "3 drawn otherwise" in _shown(notebook, "g.without(")["text/plain"]
    assert "950-c2.1" in _shown(notebook, "g.figure(")["text/plain"]


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
    facts, alleged = re.match(
        r"(\d+) predicates of facts about the corpus; (\d+) of them alleges anything", said
    ).groups()  # type: ignore[union-attr]
    assert int(facts) > 50
    assert alleged == "0"


def test_its_picture_is_a_sandboxed_frame_with_a_plain_twin(executed: nbformat.NotebookNode, founding: Archive) -> None:
    shown = _shown(executed, "g.picture(")
    assert 'sandbox="allow-scripts allow-popups"' in shown["text/html"]
    page = html.unescape(shown["text/html"])
    claims = Graph(founding).claims("turkish-state")
    for claim in claims:
        assert f"{claim.document.id}, {claim.claim}]" in shown["text/plain"]
        assert claim.claim in page


def test_it_weighs_without_changing_anything(executed: nbformat.NotebookNode, founding: Archive) -> None:
    left = _shown(executed, "left = g.without(")["text/plain"]
    assert left == repr(Graph(founding).without(publishers="anf"))
    assert "a view" not in left
    assert "killed" in _shown(executed, "left.as_of(")["text/plain"]
    timeline = _shown(executed, "g.timeline(")
    assert timeline["image/svg+xml"].count("<g data-claim=") == len(
        Graph(founding).timeline("hasakah-prison-attack").claims
    )


def test_it_traces_a_line_to_its_passage(executed: nbformat.NotebookNode, founding: Archive) -> None:
    tree = _shown(executed, "g.trace(")["text/plain"]
    claim = next(c for c in Graph(founding).claims("hasakah-prison-attack") if c.claim in tree)
    assert claim.drawn_reason in tree
    assert claim.passage.digest in tree or (claim.passage.quote or "") in tree


def test_tables_escape_what_they_show() -> None:
    table = Table(("<b>",), (("<script>alert(1)</script>",),), note="<i>")
    assert "<script>" not in table.html()
    assert "<b>" not in table.html()
    assert "&lt;script&gt;" in table.html()
    assert list(table) == [{"<b>": "<script>alert(1)</script>"}]
    assert "<script>alert(1)</script>" in repr(table)


def test_traces_escape_what_they_show(mini_archive: Archive) -> None:
    hostile = Trace("<img src=x onerror=alert(1)>", ())
    assert "<img" not in hostile.html()
    assert "&lt;img" in hostile.html()
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
