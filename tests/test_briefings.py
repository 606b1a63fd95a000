"""Briefings: run whole, held against their claims, and written in four formats in which no status is lost."""

import html
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat
import pypandoc
import pytest
from browser import marks
from corpora import FOUNDING, MINI, ROOT
from pages import hostile_corpus
from playwright.sync_api import Browser, Page, Route

from graph.briefing import printed
from graph.briefing.annex import facts
from graph.briefing.brief import Brief, brief
from graph.briefing.citing import CLAIM_ID
from graph.briefing.executed import prepare
from graph.briefing.formats import POLICY, as_html, as_markdown, rendered
from graph.briefing.lint import findings
from graph.briefing.manifest import briefing, manifest
from graph.briefing.picture import checked, size, slices
from graph.briefing.printed import as_docx, as_pdf
from graph.build import build
from graph.cli import main
from graph.errors import BriefingError, LensError
from graph.evidence import Archive
from graph.network.svg import status_word
from graph.notebook import Graph

NOTEBOOKS = sorted((ROOT / "notebooks").glob("briefing-*.ipynb"))
USUAL = ("briefing-b", "briefing-d")  # the others take the same way, in make soak
ALL = [
    pytest.param(path, id=path.stem[:10], marks=() if path.stem.startswith(USUAL) else pytest.mark.slow)
    for path in NOTEBOOKS
]
LINKS = "FamilyAllegedLink"
FLAT = "Verrin council opened the Low Gate [@900-c3.1]."
SOUND = "The Halmer constabulary says that it detained lock workers [@901-c2.1]."
OPENING = """from graph.notebook import open_graph
g = open_graph(build, corpus).seen(as_of, without)"""
PARAMETERS = 'build = ""\ncorpus = ""\nas_of = ""\nwithout = ""\nmost = 3'


# ---- the five ---------------------------------------------------------------------------------------

Made = Callable[[Path], Brief]


@pytest.fixture(scope="module")
def made(founding: Archive, founding_build: Path) -> Made:
    """A briefing of the project's own corpus; each is run once."""
    kept: dict[Path, Brief] = {}
    places = {"build": str(founding_build), "corpus": str(FOUNDING)}

    def make(path: Path) -> Brief:
        if path not in kept:
            kept[path] = brief(founding, path, {}, places, "http://127.0.0.1:8000/")
        return kept[path]

    return make


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem[:10])
def test_every_sentence_passes_and_every_parameter_can_be_set(path: Path, founding: Archive) -> None:
    prose, _ = briefing(path)
    assert findings(prose, founding) == []
    assert len([one for one in prose if one.cites]) >= 2
    assert list(prepare(path, {"as_of": "2022-01-31"}, {}).values) == ["build", "corpus", "as_of", "without"]
    told = " ".join(one.text for one in prose)
    assert "They lean." in told
    assert "no denial and no agreement" in told


@pytest.mark.parametrize("path", ALL)
def test_a_briefing_runs_and_says_what_it_rests_on(path: Path, made: Made, founding: Archive) -> None:
    one = made(path)
    assert one.findings == ()
    assert one.pictures or path.stem.startswith("briefing-e")
    assert founding.corpus_hash in as_html(one)
    cited = {name for sentence in briefing(path)[0] for name in sentence.cites}
    assert set(one.cited) == cited
    assert one.cited == manifest(founding.claim(name) for name in cited)


@pytest.mark.parametrize("path", ALL)
def test_every_number_of_a_cited_sentence_is_in_its_claims(path: Path, founding: Archive) -> None:
    days = {row.claim: " ".join(row.happened or ()) for row in founding.rows}
    words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"]
    for one in briefing(path)[0]:
        if one.cites:
            claims = [founding.claim(name) for name in one.cites]
            held = " ".join(
                f"{c.says} {c.object.label} {c.subject.label} {facts(c, {})} {days[c.claim]}" for c in claims
            )
            held += " ".join(words[int(n)] for n in re.findall(r"\b[1-8]\b", held))
            for number in re.findall(r"\d[\d,]*\d|\d", re.sub(r"document \d+", "", one.text)):
                assert re.search(rf"(?<!\d){re.escape(number)}(?!\d)|0{number}\b", held), (one.place, number)


def test_no_allegation_is_left_out(founding: Archive, made: Made) -> None:
    """Claims shown are the claims of the graph: of the table, and of the page that is made of it."""
    links = {row.claim: row for row in founding.rows if row.family == LINKS and row.drawn != "withheld"}
    g = Graph(founding)
    sides = (
        g.alleged("turkish-state", "syrian-government"),
        g.alleged("turkish-state", "syrian-government", besides=True),
    )
    shown = [{name for row in table.rows for name in CLAIM_ID.findall(row[2])} for table in sides]
    assert shown[0].isdisjoint(shown[1])
    assert shown[0] | shown[1] == set(links)
    accused = {"turkish-state", "turkish-army", "mit", "syrian-government", "mukhabarat"}
    assert {name for name, row in links.items() if {row.subject, row.object} & accused} <= shown[0]

    page = as_html(made(next(path for path in NOTEBOOKS if path.stem.startswith("briefing-b"))))
    rows = [html.unescape(row) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]
    for name, row in links.items():
        assert any(f"{name} (" in one and status_word(row.drawn) in one for one in rows), name


def test_each_allegation_has_its_answer_or_the_silence(founding: Archive) -> None:
    for row in Graph(founding).alleged():
        assert row["kind of evidence"], row
        assert row["origins that count"], row
        assert re.match(r"denied: |says so of itself: |on the same question: |contested: |no answer ", row["answer"])
    by_claim = {row["alleged"]: row["answer"] for row in Graph(founding).alleged("turkish-state")}
    turkish = by_claim["Türkiye (Turkish state) had some part in attack on al-Sina'a prison, January 2022"]
    assert "no answer from Türkiye" in turkish
    assert "silent on this, in 125-akar-afrin, 126-akar-a-news" in turkish
    assert "says so of itself" in by_claim["wave of air attacks on the north-east, November 2022 was carried out by Türkiye (Turkish state)"]  # fmt: skip


def test_losses_are_what_a_withdrawal_changes(mini_archive: Archive) -> None:
    g = Graph(mini_archive)
    for row in g.losses():
        name = row["without"].rpartition("(")[2].rstrip(")")
        change = g.without(publishers=name).change
        assert row["edges not shown any more"] == str(len(change.fallen))
        assert row["edges drawn otherwise"] == str(sum(one.restated for one in change.edges))
    assert len(g.losses()) == 3


# ---- in a browser -----------------------------------------------------------------------------------


def visit(browser: Browser, place: Path, text: str) -> tuple[Page, list[str]]:
    """A page from a file; what it asks of anybody, and what it complains of."""
    (place / "page.html").write_text(text, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    told: list[str] = []

    def watch(route: Route) -> None:
        if route.request.url == (place / "page.html").as_uri():
            route.continue_()
        else:
            told.append(route.request.url)
            route.abort()

    context.route("**/*", watch)
    page = context.new_page()
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto((place / "page.html").as_uri())
    return page, told


@pytest.mark.browser
@pytest.mark.skipif(marks[1].args[0], reason="no chromium")
@pytest.mark.parametrize("path", ALL)
def test_a_page_shows_everything_and_asks_nothing(path: Path, made: Made, browser: Browser, tmp_path: Path) -> None:
    one = made(path)
    page, told = visit(browser, tmp_path, as_html(one))
    assert page.locator("figure svg").count() == len(one.pictures)
    for picture in page.locator("figure svg").all():
        box = picture.bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["height"] > 50
    assert page.locator("table").count() > 3
    assert page.locator("script, iframe, object, embed, link, img, form, [onclick]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for link in page.locator("sup a").all():
        assert page.locator(link.get_attribute("href") or "none").count() == 1
    assert told == []
    page.context.close()


@pytest.mark.browser
@pytest.mark.skipif(marks[1].args[0], reason="no chromium")
def test_the_policy_stops_a_script_and_without_it_one_runs(mini_brief: Brief, browser: Browser, tmp_path: Path) -> None:
    injected = as_html(mini_brief).replace("<main>", "<main><script>document.title = 'pwned'</script><img src='http://x.invalid/'>")  # fmt: skip
    for text, pwned in ((injected, False), (injected.replace(POLICY, ""), True)):
        page, told = visit(browser, tmp_path, text)
        assert (page.title() == "pwned") == pwned
        assert any(one.startswith("http://x.invalid") for one in told) == pwned
        page.context.close()


# ---- a small one ------------------------------------------------------------------------------------


def written(place: Path, *cells: str, name: str = "small.ipynb") -> Path:
    """A notebook: its parameters, its opening, then prose or, behind `>`, code."""
    new = nbformat.v4
    made = [new.new_markdown_cell("# A small briefing <!-- framing -->")]
    made += [new.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}), new.new_code_cell(OPENING)]
    for text in cells:
        made.append(new.new_code_cell(text[1:].strip()) if text.startswith(">") else new.new_markdown_cell(text))
    for number, cell in enumerate(made):
        cell.id = f"cell-{number:02}"
    nbformat.write(new.new_notebook(cells=made), place / name)
    return place / name


CELLS = (
    f"{SOUND} Ada Merrow says that the Halmer council met; Ilsa Torn denies it [@900-c9.1; @900-c10.1].",
    "> g.told('901-c2.1', '900-c3.1')",
    "> g.figure('held-in-lockhouse')",
    "> g.origins('900-c3.1')",
)


@pytest.fixture(scope="module")
def mini_places(mini_archive: Archive) -> dict[str, str]:
    return {"build": str(Path(mini_archive.store.name).parents[2]), "corpus": str(MINI)}


@pytest.fixture(scope="module")
def mini_brief(
    mini_archive: Archive, mini_places: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Brief:
    return brief(mini_archive, written(tmp_path_factory.mktemp("small"), *CELLS), {}, mini_places)


def command(place: Mapping[str, str], *more: str | Path) -> int:
    return main(["brief", "--build", place["build"], "--corpus", place["corpus"], *map(str, more)])


def test_two_runs_give_the_same_bytes_and_touch_no_notebook(
    mini_archive: Archive, mini_places: Mapping[str, str], mini_brief: Brief, tmp_path: Path
) -> None:
    path = written(tmp_path, *CELLS)
    before = path.read_bytes()
    again = brief(mini_archive, path, {}, mini_places)
    assert as_html(again) == as_html(mini_brief)
    assert as_markdown(again) == as_markdown(mini_brief)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert str(mini_places["build"]) not in as_html(again)


def test_a_flat_allegation_fails_and_nothing_is_written(
    mini_places: Mapping[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = written(tmp_path, f"{SOUND} {FLAT}"), tmp_path / "out.html"
    assert command(mini_places, path, "-o", out) == 1
    told = capsys.readouterr().err
    assert "small.ipynb:cell 4:1: [" in told
    assert "nothing was written" in told
    assert "Traceback" not in told
    assert not out.exists()
    assert command(mini_places, path, "-o", out, "--allow-findings") == 0
    assert re.search(r"Findings: [1-9]", out.read_text(encoding="utf-8"))


@pytest.mark.parametrize("form", ["md", "html"])
def test_what_was_cited_is_held_against_a_build(
    form: str, mini_brief: Brief, mini_places: Mapping[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = as_html(mini_brief) if form == "html" else as_markdown(mini_brief)
    path = tmp_path / f"small.{form}"
    path.write_text(text, encoding="utf-8")
    assert main(["changed", mini_places["build"], "--briefing", str(path)]) == 0
    said = mini_brief.cited["901-c2.1"].said
    path.write_text(text.replace(f'"said": "{said}"', f'"said": "{"0" * 64}"'), encoding="utf-8")
    capsys.readouterr()
    assert main(["changed", mini_places["build"], "--briefing", str(path)]) == 1
    told = capsys.readouterr().out
    assert "unsupported: The Halmer constabulary says" in told
    assert "because 901-c2.1 says something else now" in told


def test_markdown_keeps_prose_that_can_be_linted_again(
    mini_brief: Brief, mini_archive: Archive, tmp_path: Path
) -> None:
    path = tmp_path / "small.md"
    path.write_text(as_markdown(mini_brief), encoding="utf-8")
    prose, held = briefing(path)
    assert held == mini_brief.cited
    assert findings(prose, mini_archive, held) == []
    assert [one.cites for one in prose if one.cites] == [("901-c2.1",), ("900-c9.1", "900-c10.1")]
    assert "data:image/svg+xml;base64," in path.read_text(encoding="utf-8")


def test_a_date_takes_claims_out_of_view_and_says_so(
    mini_archive: Archive, mini_places: Mapping[str, str], tmp_path: Path
) -> None:
    early = brief(mini_archive, written(tmp_path, *CELLS), {"as_of": "2031-04-05"}, mini_places)
    assert [one.rule for one in early.findings] == ["unseen"]
    page = as_html(early)
    assert "(outside this view: 901-c2.1)" in page
    assert "Not in this view: 901-c2.1." in page
    assert "2031-04-05, by publication" in page


REFUSED = {
    "no parameter": ((), {"asof": "2031"}, "cell 2: no parameter 'asof'; allowed: build, corpus, as_of, without, most"),
    "wrong kind": ((), {"most": "many"}, "cell 2: 'many' for 'most'; allowed: a value like 3"),
    "no date": ((), {"as_of": "soon"}, "as-of cannot be 'soon'"),
    "failing cell": (("> g.told('901-c99.1')",), {}, "cell 4: NotFoundError: no claim '901-c99.1'"),
    "network": (
        ("> import urllib.request as r\nr.urlopen('http://192.0.2.1/', timeout=2)",),
        {},
        "cell 4: URLError: <urlopen error a briefing is made offline, and this asks 192.0.2.1>",
    ),
    "image": (("![x](http://x.invalid/y.png)",), {}, "cell 4: an image in prose"),
    "hidden prose": ((f"<!-- generated -->\n{FLAT}\n<!-- /generated -->",), {}, "cell 4: a mark of what the graph"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_with_its_cell(
    name: str, mini_archive: Archive, mini_places: Mapping[str, str], tmp_path: Path
) -> None:
    cells, given, said = REFUSED[name]
    with pytest.raises((BriefingError, LensError), match="fix: ") as refused:
        brief(mini_archive, written(tmp_path, *cells), given, mini_places)
    assert said in str(refused.value)


def test_what_the_graph_did_not_make_is_a_finding(
    mini_archive: Archive, mini_places: Mapping[str, str], tmp_path: Path
) -> None:
    shown = "> from IPython.display import HTML\nprint('Verrin council did it')\nHTML('<script>alert(1)</script>')"
    found = brief(mini_archive, written(tmp_path, SOUND, shown), {}, mini_places)
    assert [one.rule for one in found.findings] == ["foreign", "foreign"]
    assert "<script>" not in as_html(found)


def test_a_file_that_is_no_notebook_is_refused(mini_places: Mapping[str, str], tmp_path: Path) -> None:
    (tmp_path / "b.ipynb").write_text("{", encoding="utf-8")
    assert command(mini_places, tmp_path / "b.ipynb") == 1
    assert command(mini_places, tmp_path / "none.ipynb") == 1
    path = written(tmp_path, SOUND)
    assert command(mini_places, path, "-o", path) == 1


# ---- print and Word ---------------------------------------------------------------------------------


def docx_text(body: bytes, place: Path, form: str) -> str:
    (place / "read.docx").write_bytes(body)
    return str(pypandoc.convert_file(str(place / "read.docx"), form, extra_args=["--wrap=none"]))


@pytest.mark.browser
@pytest.mark.skipif(marks[1].args[0], reason="no chromium")
def test_word_and_print_keep_tables_notes_pictures_and_statuses(mini_brief: Brief, tmp_path: Path) -> None:
    body = as_docx(mini_brief)
    text = docx_text(body, tmp_path, "markdown")
    for note in mini_brief.notes:
        assert f"[^{note.number}]: according to" in text
    assert "lock workers[^1]" in text
    for words in ("○ single origin", "⇄ contested", "statement in custody", "Claims cited"):
        assert words in text, words
    assert docx_text(body, tmp_path, "html").count("<table") >= 3
    with zipfile.ZipFile(io.BytesIO(body)) as held:
        pictures = [name for name in held.namelist() if name.endswith(".png")]
        assert len(pictures) == len(mini_brief.pictures) == 1
        assert held.read(pictures[0]).startswith(b"\x89PNG")
    pdf = as_pdf(mini_brief)
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 2


def test_without_chromium_it_says_what_to_do(mini_brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed.shutil, "which", lambda _name: None)
    for make in (as_pdf, as_docx):
        with pytest.raises(BriefingError, match=r"no Chromium on the path; allowed: chromium.*fix: install"):
            make(mini_brief)


# ---- hostile texts ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """A briefing on the invented corpus with a payload after every text that people read."""
    place = tmp_path_factory.mktemp("hostile")
    (place / "corpus").mkdir()
    hostile_corpus(place / "corpus")
    build(place / "corpus", place / "build")
    places = {"build": str(place / "build"), "corpus": str(place / "corpus")}
    cells = (SOUND, "> g.alleged()", "> g.documents()", "> g.figure('held-in-lockhouse')", "> g.origins('900-c3.1')")
    return brief(Archive.open(place / "build"), written(place, *cells), {}, places)


@pytest.mark.browser
@pytest.mark.skipif(marks[1].args[0], reason="no chromium")
def test_a_hostile_label_is_inert_in_every_format(hostile: Brief, browser: Browser, tmp_path: Path) -> None:
    page = as_html(hostile)
    assert "pwned" in page
    opened, told = visit(browser, tmp_path, page.replace(POLICY, ""))  # the text itself is inert, without the policy
    assert told == []
    assert opened.locator("script, iframe, img, form, object, svg a").count() == 0
    assert opened.evaluate(
        "[...document.querySelectorAll('*')].every(e => ![...e.attributes].some(a => /^on/.test(a.name)))"
    )
    assert not opened.evaluate("Boolean(window.pwned)")
    opened.context.close()
    tags = re.sub(r"<svg.*?</svg>|<!--.*?-->", "", rendered(as_markdown(hostile)), flags=re.DOTALL)
    assert not re.search(r"<(?:script|img(?! src=\"#harmful-link)|iframe|svg|a href=\"javascript)", tags)
    native = docx_text(as_docx(hostile), tmp_path, "native")
    assert "pwned" in native
    assert "RawInline" not in native
    assert "RawBlock" not in native
    assert not re.search(r'Link[^\n]*\("(?!http://127|#|\?claim=|http)[^"]*"', native)


@pytest.mark.parametrize(
    "picture",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><rect style="background: url(http://x.invalid)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:alert(1)"></a></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><g x=1 onclick=alert(1)></g></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><!-- --><title>a</title></svg>',
        '<svg xmlns="http://x.invalid/"></svg>',
        "text",
    ],
)
def test_a_picture_that_acts_is_refused(picture: str, mini_archive: Archive) -> None:
    assert checked(Graph(mini_archive).timeline().picture, "x")
    with pytest.raises(BriefingError, match=r"b\.ipynb: cell 3: .*allowed: "):
        checked(picture, "b.ipynb: cell 3")


def test_a_tall_picture_is_cut_between_its_lines(mini_archive: Archive) -> None:
    whole = Graph(mini_archive).timeline().picture
    wide, high = size(whole)
    pieces = slices(whole, 200)
    boxes = [[float(n) for n in re.findall(r'viewBox="([^"]*)"', piece)[0].split()] for piece in pieces]
    assert len(pieces) > high / 200
    assert sum(box[3] for box in boxes) == high
    assert all(box[2] == wide and 0 < box[3] <= 200 for box in boxes)
    for y, letters in re.findall(r'<text x="[^"]*" y="([^"]*)" font-size="([^"]*)"', whole):
        top, base = float(y) - float(letters), float(y)
        assert [box for box in boxes if box[1] <= top and base <= box[1] + box[3]], (y, letters)
    assert all(checked(piece, "x") for piece in pieces)


def test_prose_with_html_shows_it_as_text() -> None:
    shown = rendered(
        'a <img src=x onerror="alert(1)"> [b](javascript:alert(1))\n\n<script>alert(1)</script>\n\n<b>c</b>'
    )
    assert not re.search(r"<(?:img|script|b)\b|javascript", shown)


@pytest.mark.slow
def test_papermill_sets_the_same_parameters(founding_build: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.ipynb"
    path = next(path for path in NOTEBOOKS if path.stem.startswith("briefing-d"))
    values = {"build": str(founding_build), "corpus": str(FOUNDING), "as_of": "2022-12-31"}
    given = [word for name, value in values.items() for word in ("-p", name, value)]
    command = [sys.executable, "-m", "papermill", str(path), str(made), "--no-progress-bar", *given]
    told = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert told.returncode == 0, told.stderr
    cells = nbformat.read(made, as_version=4).cells
    outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("2022-12-31" in str(output) for output in outputs)
    assert not [output for output in outputs if output.output_type == "error"]
