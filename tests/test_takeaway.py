"""What leaves the page: pictures with legend, citation and whose word; data with as many claims as the page counts."""

import codecs
import math
import re
import struct
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from browser import WAIT, Visitor, calm, marks
from exports import shown
from playwright.sync_api import Browser, expect
from serving import Served, serving
from viewing import views_of

from graph.evidence import Archive
from graph.lens import parse
from graph.service import application
from graph.service.live import Live
from graph.vocabulary import vocabulary

pytestmark = [
    *marks,
    pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning"),
]

ATTACK = "hasakah-prison-attack"
SVG = "{http://www.w3.org/2000/svg}"
PICTURES = {
    "focus": f"/?focus={ATTACK}",
    "focus, filtered": f"/?focus={ATTACK}&said=sdf&hide=withheld,conjecture",
    "focus, withdrawn": f"/?focus={ATTACK}&without=speaker:sdf",
    "whole": "/?view=whole",
    "whole, withdrawn": "/?view=whole&without=speaker:sdf&kind=party-statement",
}
FAMILIES = "() => (window.testimony.whole ?? window.testimony.around).names().map(({ family }) => family)"
FORMATS = ("csv", "jsonld", "trig", "graphml")


@pytest.fixture(scope="module")
def served(founding: Archive) -> Iterator[Served]:
    live = Live(founding)
    live.snapshot.weighing.claims  # noqa: B018 — read once before a page waits for it
    live.snapshot.views.rows  # noqa: B018
    with serving(application(live)) as server:
        yield server
    live.close()


@pytest.fixture
def visitor(browser: Browser, served: Served) -> Iterator[Visitor]:
    # where motion is not wanted, what a withdrawal fells stays in the picture, struck through
    with calm(browser, served, reduced_motion="reduce") as reader:
        yield reader


def look(visitor: Visitor, path: str) -> None:
    visitor.page.goto(visitor.served.address.rstrip("/") + path)
    visitor.page.wait_for_function(
        "() => (window.testimony?.whole?.lines() ?? window.testimony?.around?.lines() ?? []).length", timeout=4 * WAIT
    )
    expect(visitor.page.locator("[data-testid=counter]")).to_contain_text("shown of", timeout=4 * WAIT)
    visitor.settled()


def taken(visitor: Visitor, kind: str, folder: Path) -> bytes:
    """A picture from the menu, as a file."""
    menu = visitor.page.locator("[data-testid=take-away]")
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    with visitor.page.expect_download() as waiting:
        menu.locator(f"[data-take={kind}]").click()
    assert waiting.value.suggested_filename.endswith(f".{kind}")
    waiting.value.save_as(folder / kind)
    return (folder / kind).read_bytes()


def standing(visitor: Visitor) -> dict[str, tuple[str, str]]:
    """Status and words of every line that the picture on the page shows as standing."""
    lines = visitor.page.evaluate(
        "() => (window.testimony.whole ?? window.testimony.around).lines().map(({ id, status, text }) => ({ bundle: id, status, text }))"
    )
    return {line["bundle"]: (line["status"], line["text"]) for line in lines}


@pytest.mark.parametrize("name", PICTURES)
def test_a_saved_picture_says_what_each_line_is_and_whose_word(
    visitor: Visitor, founding: Archive, name: str, tmp_path: Path
) -> None:
    look(visitor, PICTURES[name])
    lines = standing(visitor)
    root = ET.fromstring(taken(visitor, "svg", tmp_path))
    drawn = root.findall(f".//{SVG}g[@data-bundle]")
    found = {line.get("data-bundle"): (line.get("data-status"), line.findtext(f"{SVG}title")) for line in drawn}
    assert len(drawn) == len(found)
    assert found == lines
    assert len(lines) > 3

    concepts = {c.notation: c for c in vocabulary().concepts("DrawnStatus").values()}
    rows = root.findall(f".//{SVG}g[@data-legend]")
    legend = {each.get("data-legend"): plain(each.find(f"{SVG}text")) for each in rows}
    drawn_so = Counter(status for status, _ in lines.values())
    assert legend == {
        status: f"{concepts[status].facts['glyph']} {concepts[status].label}{many} line{'' if many == 1 else 's'}"
        for status, many in drawn_so.items()
    }
    shapes = {each.get("data-shape") for each in root.findall(f".//{SVG}g[@data-shape]")}
    assert shapes == set(visitor.page.evaluate(FAMILIES))

    desc = root.findtext(f"{SVG}desc").split("\n")
    assert sorted(desc) == sorted(text for _, text in lines.values())
    for status, text in lines.values():  # … (status; whose word; documents)
        assert re.search(rf" \({re.escape(concepts[status].label)}; .+; [^;]+\)$", text), text
    notes = " ".join(plain(each) for each in root.find(f".//{SVG}g[@data-notes]"))
    assert f"corpus {founding.corpus_hash.removeprefix('sha256:')[:12]}" in notes
    assert visitor.page.locator(".drawn").text_content() in notes


def plain(element: ET.Element) -> str:
    """The text of an element, without the marks that keep its direction."""
    return re.sub("[\u2066-\u2069]", "", "".join(element.itertext()))


@pytest.mark.parametrize("path", [PICTURES["focus"], "/?focus=sdf&lang=ar&lines=25"])
def test_relations_are_written_along_the_lines_where_they_are_few(visitor: Visitor, path: str, tmp_path: Path) -> None:
    look(visitor, path)
    said = visitor.page.evaluate("() => window.testimony.around.lines().map(({ reading }) => reading)")
    root = ET.fromstring(taken(visitor, "svg", tmp_path))
    along = root.findall(f".//{SVG}text[@class='reading']")
    written = [plain(each) for each in along]
    assert len(written) == len(said) > 20
    unmatched = list(said)
    for words in written:
        unmatched.remove(next(each for each in unmatched if each == words or each.startswith(words.removesuffix("…"))))
    notes = " ".join(plain(each) for each in root.find(f".//{SVG}g[@data-notes]"))
    told = {line: text for line, (_, text) in standing(visitor).items()}
    cut = [each.get("data-reading") for each in along if plain(each).endswith("…")]
    assert [told[line] for line in cut if " ".join(told[line].split()) not in " ".join(notes.split())] == []
    assert len(cut) < len(said)
    paths = {line.get("data-bundle"): points(line) for line in root.findall(f".//{SVG}g[@data-bundle]")}
    strayed = []
    for each in along:
        x, y = map(float, re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", each.get("transform")).groups())
        far = {bundle: distance(path, x, y) for bundle, path in paths.items()}
        if far[each.get("data-reading")] > min(far.values()) + 0.5:
            strayed.append((plain(each), each.get("data-reading")))
    assert strayed == [], "words stand nearer to another line than to their own"
    turns = [float(each.get("transform").split("rotate(")[1].rstrip(")")) for each in along]
    assert all(-90 <= turn <= 90 for turn in turns), "words stand on their heads"


def points(line: ET.Element) -> list[tuple[float, float]]:
    """The points of a drawn line."""
    numbers = re.findall(r"[-\d.]+", line.find(f"{SVG}path").get("d"))
    return [(float(x), float(y)) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def distance(path: list[tuple[float, float]], x: float, y: float) -> float:
    """How far a point is from a broken line."""
    found = []
    for (x1, y1), (x2, y2) in pairwise(path):
        dx, dy = x2 - x1, y2 - y1
        share = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy or 1)))
        found.append(math.hypot(x - x1 - share * dx, y - y1 - share * dy))
    return min(found)


def test_names_around_a_name_are_written_whole(visitor: Visitor, tmp_path: Path) -> None:
    look(visitor, PICTURES["focus"])
    names = visitor.page.evaluate("() => window.testimony.around.names().map(({ whole }) => whole)")
    root = ET.fromstring(taken(visitor, "svg", tmp_path))
    groups = [
        group.findall(f"{SVG}text") for group in root.findall(f".//{SVG}g") if group.find(f"{SVG}text") is not None
    ]
    written = {" ".join(plain(row) for row in rows) for rows in groups}
    assert len(set(names) - written) <= len(names) / 20, set(names) - written


def test_among_many_lines_the_picture_says_why_no_relation_is_written(visitor: Visitor, tmp_path: Path) -> None:
    look(visitor, PICTURES["whole"])
    root = ET.fromstring(taken(visitor, "svg", tmp_path))
    assert root.findall(f".//{SVG}text[@class='reading']") == []
    notes = " ".join(plain(each) for each in root.find(f".//{SVG}g[@data-notes]"))
    assert "too many lines here for the words of each" in notes


def test_a_table_opens_in_a_spreadsheet_and_its_columns_are_told(visitor: Visitor, served: Served) -> None:
    look(visitor, PICTURES["focus"])
    visitor.page.locator("[data-testid=take-away] summary").click()
    with visitor.page.expect_download() as waiting:
        visitor.page.locator("[data-take=csv]").click()
    lines = Path(waiting.value.path()).read_bytes()
    assert lines.startswith(codecs.BOM_UTF8 + b"says,"), "spreadsheets would garble its letters"
    link = visitor.page.locator("[data-take=columns]")
    told = served.ask("/" + (link.get_attribute("href") or "")).body.decode()
    head = lines.decode("utf-8-sig").splitlines()[0].split(",")
    assert [name for name in head if f"\n{name}: " not in told] == []


@pytest.mark.parametrize("name", ["focus", "whole"])
def test_the_legend_counts_what_it_says(visitor: Visitor, founding: Archive, name: str, tmp_path: Path) -> None:
    look(visitor, PICTURES[name])
    lens = {"hide": "withheld"} | ({"entity": ATTACK} if name == "focus" else {})
    claims = views_of(founding).through(parse(lens.items())).counts.facets["drawn"]
    legend = visitor.page.locator("[data-testid=legend]")
    expect(legend.locator(".unit")).to_have_text("claims in view")
    for status in {status for status, _ in standing(visitor).values()}:
        row = legend.locator(f"li[data-status={status}]")
        assert row.locator(".number").text_content() == str(claims[status])
        counted = f"{claims[status]} claim{'' if claims[status] == 1 else 's'}"
        expect(row.get_by_role("checkbox")).to_have_accessible_name(re.compile(rf"(^|\D){counted}$"))
    drawn = sum(int(n) for n in re.findall(r"(\d+) lines?\b", saved_legend(visitor, tmp_path)))
    assert drawn == len(standing(visitor)) < sum(claims.values())


def saved_legend(visitor: Visitor, folder: Path) -> str:
    root = ET.fromstring(taken(visitor, "svg", folder))
    return "; ".join(plain(each) for each in root.findall(f".//{SVG}g[@data-legend]"))


@pytest.mark.parametrize("name", ["focus", "whole"])
def test_pixels_have_the_measure_of_the_drawing(visitor: Visitor, name: str, tmp_path: Path) -> None:
    look(visitor, PICTURES[name])
    root = ET.fromstring(taken(visitor, "svg", tmp_path))
    png = taken(visitor, "png", tmp_path)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    wide, tall = (float(root.get(side)) for side in ("width", "height"))
    scale = min(2, 8000 / max(wide, tall))
    assert struct.unpack(">II", png[16:24]) == (pytest.approx(wide * scale, abs=1), pytest.approx(tall * scale, abs=1))
    assert len(png) > 20_000


VIEWS = {
    "everything": "/?view=whole&hide=none",
    "as it opens": f"/?focus={ATTACK}",
    "filtered": f"/?focus={ATTACK}&said=sdf&hide=withheld,conjecture",
    "withdrawn": f"/?focus={ATTACK}&without=speaker:sdf",
    "another view": "/?view=timeline&kind=organisation-statement",
}


@pytest.mark.parametrize("name", [pytest.param("everything", marks=pytest.mark.slow), *list(VIEWS)[1:]])
def test_data_has_as_many_claims_as_the_page_counts(visitor: Visitor, served: Served, name: str) -> None:
    visitor.page.goto(served.address.rstrip("/") + VIEWS[name])
    counter = visitor.page.locator("[data-testid=counter]")
    expect(counter).to_contain_text("shown of", timeout=4 * WAIT)
    visitor.settled()
    counted = int(counter.text_content().split()[0].replace(",", ""))
    visitor.page.locator("[data-testid=take-away] summary").click()
    held = []
    for format_ in FORMATS:
        address = visitor.page.locator(f"[data-take={format_}]").evaluate("(a) => a.href")
        reply = served.ask(address.removeprefix(served.address.rstrip("/")))
        assert reply.status == 200, address
        held.append(shown(format_, reply.body))
    assert counted > 0
    assert [len(claims) for claims in held] == [counted] * len(FORMATS)
    assert all(claims == held[0] for claims in held)
