"""Magics in a real kernel: what they give, what they keep, and errors that are one line and still errors."""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from corpora import MINI
from nbclient import NotebookClient
from serving import Served, serving

from graph.errors import NotFoundError
from graph.evidence import Archive
from graph.notebook import Graph
from graph.notebook import options as taken
from graph.notebook.magics import wanted
from graph.notebook.options import HelpAsked, OptionError, parsed
from graph.queries import named
from graph.service import application

ABOUT = """SELECT $entity ?claim ?status ?speaker WHERE {
  GRAPH ?g { $entity ?relation ?object }
  ?claim <https://w3id.org/testimony/ns#content> ?g ;
         <https://w3id.org/testimony/ns#reportedStatus>/<http://www.w3.org/2004/02/skos/core#notation> ?status ;
         <https://w3id.org/testimony/ns#originHop>/<https://w3id.org/testimony/ns#speaker> ?speaker .
} ORDER BY ?claim"""
GOOD = {
    "open": "from graph.notebook import open_graph\n%load_ext graph\ng = open_graph({build!r}, {corpus!r})",
    "help": "%%sparql -h\nanything",
    "line": "%sparql --help",
    "bound": 'entity = "gate-opening"\n',
    "cell": f"%%sparql\n{ABOUT}",
    "named": "%%sparql\nabout",
    "kept": f"%%sparql --store-to kept --no-display\n{ABOUT}",
    "used": "len(kept), sorted(kept.columns)",
    "trace": "%trace gate-opening",
    "claim": "%claim 900-c1.1",
    "withdraw": "%withdraw --publisher courier --store-to left",
    "view": "left.claims() != g.claims()",
    "as_of": "%as_of 2031-04-06",
    "quoted": "%trace 'Halmer council'",
}
BAD = {
    "%%sparql --no-such-flag\nSELECT": "%%sparql: unrecognized arguments: --no-such-flag; fix: see %%sparql -h",
    "%%sparql --store-to 1x\nSELECT": "is no name of a variable",
    "%%sparql\n   ": "no query below the magic",
    "%%sparql\nSELEKT ?s": "not SPARQL",
    "%%sparql --path sparql\nASK {}": "--path without --endpoint",
    "%%sparql\nSELECT $nowhere { $nowhere ?p ?o }": "no variable of the notebook 'nowhere'",
    "%%sparql --endpoint http://127.0.0.1:9/query\nASK {}": "127.0.0.1:9",
    "%%sparql\nSELECT ?s { SERVICE <http://example.org/> { ?s ?p ?o } }": "SERVICE",
    "%%sparql --graph other\nASK {}": "no graph is open as 'other'",
    "%trace": "%trace: the following arguments are required",
    "%claim 900-c999.1": "no claim '900-c999.1'",
    "%trace 'open": "a quotation that does not end",
    "%withdraw": "nothing to withdraw",
    "%withdraw --publisher currier": "did you mean 'courier'",
    "%withdraw --below many": "invalid int value",
    "%as_of yesterday": "such as 2022-01-20",
}


@pytest.fixture(scope="module")
def cells(mini_archive: Archive) -> dict[str, nbformat.NotebookNode]:
    """Every cell as it ran, one kernel for all of them."""
    build = str(Path(mini_archive.store.name).parents[2])
    sources = {name: text.replace("{build!r}", repr(build)).replace("{corpus!r}", repr(str(MINI))) for name, text in GOOD.items()}  # fmt: skip
    sources |= {text: text for text in BAD} | {"alive": "len(kept)"}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in sources.values()])
    NotebookClient(notebook, timeout=120, allow_errors=True).execute()
    return dict(zip(sources, notebook.cells, strict=True))


def _data(cell: nbformat.NotebookNode, kind: str = "text/plain") -> str:
    return "".join(str(o["data"].get(kind, "")) for o in cell.outputs if "data" in o)


def _streamed(cell: nbformat.NotebookNode, name: str) -> str:
    return "".join(o["text"] for o in cell.outputs if o.output_type == "stream" and o["name"] == name)


def test_a_query_takes_its_values_from_the_notebook(
    cells: dict[str, nbformat.NotebookNode], mini_archive: Archive
) -> None:
    expected = Graph(mini_archive).sparql(ABOUT, entity="gate-opening")
    assert len(expected) > 5
    assert _data(cells["cell"]) == repr(expected)
    assert "<table" in _data(cells["cell"], "text/html")
    assert _data(cells["named"]) == repr(Graph(mini_archive).query("about", entity="gate-opening"))


def test_what_is_kept_is_kept_and_not_shown(cells: dict[str, nbformat.NotebookNode]) -> None:
    assert cells["kept"].outputs == []
    assert _data(cells["used"]).endswith("['claim', 'speaker', 'status'])")
    assert _data(cells["alive"]) in _data(cells["used"])


def test_trace_and_claim_show_statuses_and_sources(
    cells: dict[str, nbformat.NotebookNode], mini_archive: Archive
) -> None:
    g = Graph(mini_archive)
    assert _data(cells["trace"]) == repr(g.evidence("gate-opening"))
    assert _data(cells["claim"]) == repr(g.trace("900-c1.1"))
    assert _data(cells["quoted"]) == repr(g.evidence("halmer-council"))
    assert "said by" in _data(cells["claim"])


def test_views_are_shown_with_what_fell(cells: dict[str, nbformat.NotebookNode], mini_archive: Archive) -> None:
    g = Graph(mini_archive)
    assert _data(cells["withdraw"]) == repr(g.without(publishers="courier"))
    assert "not shown any more" in _data(cells["withdraw"])
    assert _data(cells["view"]) == "True"
    assert _data(cells["as_of"]) == repr(g.as_of("2031-04-06"))


def test_help_is_a_text_and_ends_nothing(cells: dict[str, nbformat.NotebookNode]) -> None:
    for name in ("help", "line"):
        assert "--store-to" in _streamed(cells[name], "stdout")
        assert cells[name].outputs[0].output_type == "stream"
    assert not [o for name in GOOD for o in cells[name].outputs if o.output_type == "error"]


@pytest.mark.parametrize("source", BAD)
def test_an_error_is_one_line_without_a_traceback(source: str, cells: dict[str, nbformat.NotebookNode]) -> None:
    said = _streamed(cells[source], "stderr")
    assert BAD[source] in said
    assert said.count("\n") == 1
    assert "Traceback" not in str(cells[source].outputs)
    assert "fix:" in said


def test_a_notebook_run_unattended_stops_at_an_error() -> None:
    sources = ("%load_ext graph", "%trace anything", "print('went on')")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in sources])
    with pytest.raises(Exception, match="UsageError"):
        NotebookClient(notebook, timeout=60).execute()
    assert notebook.cells[2].outputs == []


@pytest.fixture
def served(mini_archive: Archive) -> Iterator[Served]:
    with serving(application(mini_archive)) as server:
        yield server


def test_values_are_found_outside_strings_comments_and_names() -> None:
    text = 'SELECT $a ?b { $a ?p "$no" . ?b ?q <http://example.org/$no> } # $no'
    assert wanted(text, {"a": 1, "no": 2}) == {"a": 1}
    assert wanted(named("about").sparql, {"entity": "x"}) == {"entity": "x"}
    with pytest.raises(NotFoundError, match="did you mean 'actors'"):
        wanted("SELECT $actor {}", {"actors": 1, "_": 2})


def test_a_value_is_bound_and_never_pasted(mini_archive: Archive) -> None:
    g = Graph(mini_archive)
    text = "SELECT ?name ?s { ?s ?p ?name }"
    assert len(g.sparql(text, name="x' . ?a ?b ?c } #")) == 0
    assert len(g.sparql("SELECT ?s ?p { ?s ?p ?o }", s="gate-opening")) > 1
    assert g.sparql("SELECT ?n ?m { BIND(?n + 1 AS ?m) }", n=41).rows == (("42",),)


def test_parsers_never_exit() -> None:
    with pytest.raises(HelpAsked, match="example:"):
        parsed(taken.as_of_parser(), "-h")
    with pytest.raises(OptionError, match="see %withdraw -h"):
        parsed(taken.withdraw_parser(), "--nothing")
    with pytest.raises(OptionError):
        taken.sparql_parser().exit(2)
    given = parsed(taken.sparql_parser(), "--store-to x -e http://127.0.0.1:1 -p sparql --silent")
    assert (given.store_to, given.endpoint, given.path, given.no_display) == ("x", "http://127.0.0.1:1", "sparql", True)
