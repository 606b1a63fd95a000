"""Pictures drawn by hand: well formed, inert, every claim with its status and its source."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import cycle
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import PAYLOADS

from graph.evidence import Archive, ClaimEvidence, Focus, Named
from graph.network import Ranged, dated, focus_page, ranges, star, timeline
from graph.network.svg import fitted, legend, looks, safe, status_word
from graph.network.timeline import span, ticks
from graph.notebook import Graph
from graph.vocabulary import vocabulary

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def claims(mini_archive: Archive) -> list[ClaimEvidence]:
    return mini_archive.all_claims()


@pytest.fixture(scope="module")
def focus(mini_archive: Archive) -> Focus:
    return mini_archive.focus("gate-opening")


def _hostile(claim: ClaimEvidence, payload: str) -> ClaimEvidence:
    """A claim every readable text of which carries a payload."""

    def bad(named: Named) -> Named:
        return Named(named.id, f"{named.label} {payload}")

    chain = tuple(replace(hop, speaker=bad(hop.speaker)) for hop in claim.chain)
    document = replace(claim.document, id=f"{claim.document.id}{payload}", title=payload)
    passage = replace(claim.passage, digest=payload)
    return replace(claim, subject=bad(claim.subject), object=bad(claim.object), reading=payload, says=payload,
                   chain=chain, document=document, passage=passage)  # fmt: skip


def _ranged(claim: ClaimEvidence, low: int = 3, high: int | None = 9) -> Ranged:
    return Ranged(claim, claim.subject.label, "2031-04-05", Decimal(low), None if high is None else Decimal(high))


def _poisoned_focus(focus: Focus) -> Focus:
    loads = cycle(PAYLOADS)
    bundles = tuple(
        replace(b, edges=tuple(replace(e, reading=next(loads), claims=tuple(_hostile(c, next(loads)) for c in e.claims)) for e in b.edges))
        for b in focus.bundles
    )  # fmt: skip
    nodes = tuple(replace(node, label=f"{node.label} {next(loads)}") for node in focus.nodes)
    return replace(focus, entity=replace(focus.entity, label=next(loads)), nodes=nodes, bundles=bundles)


def _inert(picture: str) -> ElementTree.Element:
    """The picture as a tree: nothing in it but what we draw, no address, no handler."""
    root = ElementTree.fromstring(picture)
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {"svg", "title", "desc", "rect", "g", "path", "line", "text", "tspan"}
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "href" not in name
            assert "url(" not in value
    return root


def test_every_text_stays_text(claims: list[ClaimEvidence], focus: Focus) -> None:
    loads = cycle(PAYLOADS)
    bad = [_hostile(claim, next(loads)) for claim in claims]
    for picture in (
        timeline(PAYLOADS[0], bad),
        ranges(PAYLOADS[1], [_ranged(claim) for claim in bad]),
        star(_poisoned_focus(focus)),
    ):
        root = _inert(picture)
        assert "onerror=window.pwned" in "".join(root.itertext()), "the payloads are there, as words"


@given(st.text(max_size=60))
def test_any_text_at_all_leaves_xml_well_formed_and_is_escaped(text: str) -> None:
    root = ElementTree.fromstring(f'<a b="{safe(text)}">{safe(text)}</a>')
    assert (root.text or "").count("<") == text.count("<")


def test_a_timeline_shows_every_dated_claim_with_status_and_source(claims: list[ClaimEvidence]) -> None:
    held = dated(claims)
    assert {c.claim for c in held} == {c.claim for c in claims if c.event_start or c.event_end}
    assert len(held) > 2
    root = _inert(timeline("All", claims))
    rows = {group.get("data-claim"): group for group in root.iter(f"{SVG}g")}
    assert set(rows) == {claim.claim for claim in held}
    for claim in held:
        _told(rows[claim.claim], claim)


def test_figures_show_every_claim_as_wide_as_its_wording(mini_archive: Archive) -> None:
    g = Graph(mini_archive)
    drawing = g.figure("held-in-lockhouse")
    said = {row["claim"] for row in g.query("figures", question="held-in-lockhouse")}
    assert {claim.claim for claim in drawing.claims} == said
    rows = {group.get("data-claim"): group for group in _inert(drawing.svg()).iter(f"{SVG}g")}
    assert set(rows) == said
    for claim in drawing.claims:
        _told(rows[claim.claim], claim)
    between = "".join(rows["901-c1.1"].itertext())
    assert "20 to 25" in between
    assert "2031-04-03" in between


def _told(row: ElementTree.Element, claim: ClaimEvidence) -> None:
    """The visible words of a row, not only its hint."""
    words = [" ".join("".join(text.itertext()).split()) for text in row.iter(f"{SVG}text")]
    shown = " ".join(words)
    assert claim.drawn_status.label in shown
    assert claim.reported_status.label in shown
    assert looks()[claim.drawn_status.id].glyph in shown
    assert f"› {claim.document.id}, {claim.claim}" in shown
    lines = [path.get("stroke-dasharray", "") for path in row.iter(f"{SVG}path") if path.get("fill") == "none"]
    assert looks()[claim.drawn_status.id].dash in lines


def test_an_open_end_has_an_arrow_and_a_closed_one_a_stop(claims: list[ClaimEvidence]) -> None:
    def heads(picture: str) -> int:
        return sum(path.get("d", "").endswith("Z") for path in _inert(picture).iter(f"{SVG}path"))

    assert heads(ranges("q", [_ranged(claims[0])])) == 0
    assert heads(ranges("q", [_ranged(claims[0], high=None)])) == 1


def test_what_is_counted_otherwise_has_a_scale_of_its_own(claims: list[ClaimEvidence]) -> None:
    first = _ranged(claims[0], 1, 2)
    other = replace(first, counted="something else", high=Decimal(4000))
    alone, both = ranges("q", [first]), ranges("q", [first, other])
    bar = re.compile(rf'data-claim="{claims[0].claim}".*?</g>')
    assert re.search(r"M[\d.]+ [\d.]+H[\d.]+", bar.findall(alone)[0]).group() in both  # type: ignore[union-attr]


def test_a_star_shows_every_line_with_status_and_source(focus: Focus) -> None:
    root = _inert(star(focus))
    rows = {group.get("data-bundle"): group for group in root.iter(f"{SVG}g") if group.get("data-bundle")}
    assert set(rows) == {bundle.id for bundle in focus.bundles}
    for bundle in focus.bundles:
        shown = " ".join("".join(text.itertext()) for text in rows[bundle.id].iter(f"{SVG}text"))
        first = bundle.edges[0].claims[0]
        assert shown.startswith(status_word(bundle.status.id))
        assert f"› {first.document.id}" in shown
        hint = rows[bundle.id].find(f"{SVG}title")
        assert hint is not None
        for edge in bundle.edges:
            for claim in edge.claims:
                assert f"{claim.chain[-1].speaker.label} › {claim.document.id}, {claim.claim}" in (hint.text or "")


def test_pictures_speak_to_a_screen_reader(focus: Focus, claims: list[ClaimEvidence]) -> None:
    for picture in (star(focus), timeline("T", claims), ranges("R", [_ranged(claims[0])])):
        root = ElementTree.fromstring(picture)
        assert root.get("role") == "img"
        assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
        assert root[0].text
        assert "›" in (root[1].text or ""), "the description names status and source too"


def test_the_legend_has_dash_glyph_and_word_of_the_vocabulary() -> None:
    tokens = {c.notation for c in vocabulary().concepts("DrawnStatus").values()}
    parts, height = legend(tokens, 0, 0, 900)
    text = "".join(parts)
    for concept in vocabulary().concepts("DrawnStatus").values():
        assert concept.facts["glyph"] in text
        assert concept.label[:20] in text
        if concept.facts["dashPattern"]:
            assert f'stroke-dasharray="{concept.facts["dashPattern"]}"' in text
    assert height > 60


def test_a_picture_is_the_same_again(focus: Focus, claims: list[ClaimEvidence]) -> None:
    assert star(focus) == star(focus)
    assert timeline("T", claims) == timeline("T", claims[::-1])


def test_nothing_to_draw_is_said() -> None:
    assert "no claim here dates an event" in timeline("T", [])
    assert "nobody here gives a figure" in ranges("R", [])


@given(st.text(max_size=80), st.text(max_size=300), st.text(max_size=80), st.floats(0, 600))
def test_status_and_source_are_never_cut(head: str, middle: str, tail: str, width: float) -> None:
    found = fitted(head, middle, tail, width)
    assert found.startswith(head)
    assert found.endswith(tail)


def test_a_month_means_any_of_its_days(claims: list[ClaimEvidence]) -> None:
    month = replace(claims[0], event_start="2031-04", event_end=None)
    assert [day.isoformat() for day in span(month)] == ["2031-04-01", "2031-04-30"]
    first, last = span(month)
    assert ticks(first, last)[0] == first
    assert ticks(first, last)[-1] == last
    assert ticks(first, first) == [first]


def test_the_page_runs_only_its_own_script(focus: Focus) -> None:
    page = focus_page(_poisoned_focus(focus))
    assert page.count("<script") == 2
    assert "default-src 'none'; script-src 'sha256-" in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "").replace("http://192.0.2.1/x", "")
