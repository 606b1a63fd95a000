"""Strings written blind to harm the page, in every text that people read, in every view: they stay text."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import CHROMIUM, WAIT, Visitor, visiting
from drawer import LINES
from pages import without_policy
from playwright.sync_api import Browser, Dialog, TimeoutError
from serving import serving
from strangers import accepted, corpus_of, refusal, strings

import graph.build
from graph.evidence import Archive
from graph.service import application
from graph.service.live import Live
from graph.vocabulary import vocabulary

PARTS = 3
QUICK = slice(None, None, 7)
DOCUMENTS = ("900-gazette", "901-courier", "902-echo")
FALLS = "⊘ falls"  # said of an edge that a withdrawal leaves without a word
CANARY = "() => window.__pwned"


def archive_of(payloads: Sequence[str], place: Path) -> Archive:
    """A built corpus full of these strings; its wording is not judged, for a stranger's might pass the lints."""
    corpus, out = place / "corpus", place / "build"
    corpus.mkdir()
    corpus_of(payloads, corpus)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(graph.build, "lint", lambda *_: ())
        graph.build.build(corpus, out)
    return Archive.open(out, None)


# ---- what the reader of the corpus does with them -------------------------------------------------


def test_each_is_refused_with_a_clear_reason_or_may_stand() -> None:
    refused = {text: why for text in strings() if (why := refusal(text))}
    assert (len(strings()), len(refused)) == (165, 34)
    for text, why in refused.items():
        assert "; allowed: " in why, text
        assert "; fix: " in why, text
        assert "<script" not in why, "the reason does not repeat what it refuses"
    unseen = [text for text in strings() if any(char in "\u202e\u2066\u2067\u200b\u2028\u0000" for char in text)]
    assert unseen
    assert [text for text in unseen if text not in refused] == []


# ---- a walk through every view ---------------------------------------------------------------------

OPEN_ALL = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"
# The mouse over everything; a click and Enter on what can be pressed, so many of each sort, in the page and in the
# pictures. Now and then the page may come to rest, as it does under a hand.
STIR = """async ([scope, most]) => {
  const fire = (element, type) => element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
  const rest = async () => {
    for (let i = 0; i < 100 && document.querySelector('[aria-busy]'); i++) await new Promise((done) => setTimeout(done, 20));
  };
  const all = [...document.querySelectorAll(scope)].flatMap((root) => [...root.querySelectorAll('*')]);
  for (const element of all) for (const type of ['pointerenter', 'mouseover', 'mousemove']) fire(element, type);
  const steps = [];
  const pointers = (at, ...types) => {
    const below = at && document.elementFromPoint(at.x, at.y);
    for (const type of below ? types : []) below.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, clientX: at.x, clientY: at.y }));
  };
  for (const [testid, picture] of [['whole-graph', window.testimony?.whole], ['graph', window.testimony?.around]]) {
    if (!picture || !all.some((each) => each.dataset?.testid === testid)) continue;
    const [names, lines] = [picture.names(), picture.lines()].map((some) => some.map((each) => each.id));
    for (const id of [...names, ...lines]) pointers(picture.point(id), 'pointermove');
    for (const some of [lines, names]) steps.push(...some.slice(0, most).map((id) => () => pointers(picture.point(id), 'pointerdown', 'pointerup')));
  }
  const pressed = 'button, summary, [role=button], [data-mark], [role=option], tr[tabindex], a:not([download])';
  const seen = new Map();
  for (const element of all.filter((each) => each.matches(pressed))) {
    const sort = `${element.tagName} ${element.getAttribute('class')} ${element.dataset.mark} ${element.dataset.status}`;
    seen.set(sort, (seen.get(sort) ?? 0) + 1);
    if (seen.get(sort) > most) continue;
    element.addEventListener('click', (event) => event.preventDefault()); // a permalink would leave this page
    steps.push(() => {
      element.focus?.();
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      fire(element, 'click');
    });
  }
  for (const [at, step] of steps.entries()) {
    step();
    if (at % 4 === 3) await rest();
  }
  await rest();
  return steps.length;
}"""
CHIPS = "() => [...document.querySelectorAll('.chip')].map((chip) => chip.textContent)"
SCHEMES = "() => [...document.querySelectorAll('[href], [src], [action], [formaction]')].map((e) => e.href?.baseVal ?? e.href ?? e.src).filter((u) => typeof u === 'string' && u && !/^(https?|blob):/.test(u) && !u.startsWith('#'))"


def status_words() -> set[str]:
    """All that a chip may say: a status with its sign, or a status as reported."""
    drawn = vocabulary().concepts("DrawnStatus").values()
    reported = vocabulary().concepts("ReportedStatus").values()
    return {f"{c.facts['glyph']}{c.label}" for c in drawn} | {c.label for c in (*drawn, *reported)} | {FALLS}


def places(archive: Archive, live: Live) -> Iterator[str]:
    """The address of every view."""
    said = [row.said for row in live.snapshot.views.rows]
    one, other = sorted(set(said), key=lambda name: (-said.count(name), name))[:2]
    yield "/"
    for entity in ("gate-opening", one):
        yield f"/?focus={entity}"
    yield from (f"/?view={view}" for view in ("whole", "timeline", "matrix", "questions", "table"))
    yield from (f"/?view=questions&asked={question.id}" for question in archive.register.questions[:3])
    yield f"/?view=compare&from={one}&to={other}"
    yield "/?view=compare&as-of=2031-04"
    yield "/?view=compare&beside=without&without=document:900-gazette"
    yield f"/?view=paths&from=gate-opening&to={one}&hypothetical=with"
    yield from (f"/?doc={document}" for document in DOCUMENTS)
    yield "/?focus=gate-opening&without=document:900-gazette&falls=list"
    yield f"/?focus=gate-opening&sparql={quote(LINES)}"


class Walk:
    """A reader who opens, hovers over and presses everything, and what came of it."""

    def __init__(self, visitor: Visitor, payloads: Sequence[str], most: int) -> None:
        self.visitor, self.payloads, self.most = visitor, payloads, most
        self.read: list[str] = []
        self.expected = "$^"  # complaints that are no fault
        self.faults: list[str] = []
        visitor.page.on("dialog", self.asked)

    def asked(self, dialog: Dialog) -> None:
        self.faults.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def rest(self) -> None:
        """Wait until nothing is loading; after so many presses that may take a while, but it must end."""
        page = self.visitor.page
        try:
            page.wait_for_function("() => !document.querySelector('[aria-busy]')", timeout=4 * WAIT)
        except TimeoutError:
            busy = page.evaluate(
                "() => [...document.querySelectorAll('[aria-busy]')].map((e) => e.outerHTML.slice(0, 120))"
            )
            raise AssertionError(f"always busy at {page.url}: {busy}") from None

    def look(self, where: str) -> None:
        """Everything that must hold now."""
        page = self.visitor.page
        self.read.append(page.locator("body").inner_text())
        if page.evaluate(CANARY) is not None:
            self.faults.append(f"{where}: something ran")
        self.faults += [
            f"{where}: {line}"
            for line in (*self.visitor.elsewhere, *self.visitor.complaints)
            if not re.search(self.expected, line)
        ]
        self.visitor.elsewhere.clear()
        self.visitor.complaints.clear()
        self.faults += [f"{where}: a chip says {text!r}" for text in set(page.evaluate(CHIPS)) - status_words()]
        self.faults += [f"{where}: a link to {address!r}" for address in page.evaluate(SCHEMES)]

    def stir(self, where: str, scope: str = "main, .evidence, .results, .drawer") -> None:
        page = self.visitor.page
        page.evaluate(OPEN_ALL)
        page.wait_for_timeout(60)
        self.rest()
        self.look(where)
        assert page.evaluate(STIR, [scope, self.most])
        self.rest()
        self.look(f"{where} pressed")

    def place(self, path: str) -> None:
        self.visitor.open(path)
        self.rest()
        self.stir(path)

    def around(self) -> None:
        """Filters with every facet opened, and the band at the top."""
        for scope in (".legend", "header"):
            self.visitor.open("/?focus=gate-opening")
            self.visitor.drawn("gate-opening")
            self.stir(scope, scope)

    def search(self) -> None:
        """Each string asked for in the box: its parts are marked."""
        page = self.visitor.page
        self.visitor.open("/")
        for payload in ("halmer", *self.payloads[:12]):
            page.locator("[data-testid=search]").fill(payload[:60])
            page.wait_for_timeout(250)
            self.look(f"search for {payload!r}")
        page.locator("[data-testid=search]").fill("halmer")
        page.locator("[data-testid=results] mark").first.wait_for(timeout=WAIT)
        self.stir("search")

    def evidence(self, bundle: str) -> None:
        """Evidence with every fold opened and the picture of how it travelled."""
        self.visitor.open(f"/?focus=gate-opening&bundle={quote(bundle)}")
        self.visitor.evidence(bundle)
        self.visitor.page.locator("[data-testid=relay] > summary").click()
        self.visitor.page.locator(".relay-svg").wait_for(timeout=WAIT)
        self.stir(f"evidence of {bundle}")

    def saved(self, folder: Path) -> Path:
        """The picture of a name as a file."""
        page = self.visitor.page
        self.visitor.open("/?focus=gate-opening")
        self.visitor.drawn("gate-opening")
        page.locator("[data-testid=take-away] > summary").click()
        with page.expect_download() as waiting:
            page.locator("[data-take=svg]").click()
        file = folder / "picture.svg"
        waiting.value.save_as(file)
        return file


def opened_alone(browser: Browser, file: Path) -> list[str]:
    """What a saved picture does when it is opened as a document of its own."""
    context = browser.new_context()
    page, faults = context.new_page(), list[str]()
    page.on("request", lambda r: r.url.startswith("file:") or faults.append(r.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    page.goto(file.as_uri())
    page.wait_for_timeout(150)
    if (
        page.evaluate("() => document.documentElement.tagName + document.getElementsByTagName('parsererror').length")
        != "svg0"
    ):
        faults.append("it is not a well-formed picture")
    if page.evaluate(CANARY) is not None:
        faults.append("something ran")
    names = "() => [...new Set([...document.getElementsByTagName('*')].map((e) => e.localName))].sort().join(' ')"
    drawn = set(page.evaluate(names).split())
    if drawn - {"svg", "g", "path", "rect", "ellipse", "line", "text", "tspan", "title", "desc"}:
        faults.append(f"elements of somebody else: {sorted(drawn)}")
    context.close()
    return faults


PARTED = [
    pytest.param(QUICK, True, id="a sample"),
    *(
        pytest.param(
            slice(part, None, PARTS),
            policy,
            marks=pytest.mark.slow,
            id=f"part {part} {'with' if policy else 'without'} the policy",
        )
        for policy in (True, False)
        for part in range(PARTS)
    ),
]


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path: the page is tested in a real browser")
@pytest.mark.parametrize(("part", "policy"), PARTED)
def test_text_from_strangers_stays_text_wherever_it_is_read(
    browser: Browser, tmp_path: Path, part: slice, policy: bool
) -> None:
    payloads = accepted()[part]
    archive = archive_of(payloads, tmp_path)
    live = Live(archive)
    app = application(live)
    with serving(app if policy else without_policy(app)) as server, visiting(browser, server) as visitor:
        walk = Walk(visitor, payloads, 1 if part == QUICK else 2)
        walk.search()
        for path in places(archive, live):
            walk.place(path)
        walk.around()
        for bundle in archive.focus("gate-opening").bundles[:2]:
            walk.evidence(bundle.id)
        walk.faults += [f"saved: {fault}" for fault in opened_alone(browser, walk.saved(tmp_path))]
        read = " ".join("\n".join(walk.read).split())
        unread = [payload for payload in payloads if " ".join(payload.split()) not in read]
    live.close()
    assert walk.faults == []
    assert unread == [], "a string that was never in sight proves nothing"


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path: the page is tested in a real browser")
def test_and_the_walk_would_see_what_runs_and_what_poses_as_a_status(browser: Browser, mini_archive: Archive) -> None:
    plant = """() => {
      document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.__pwned=1"><a href="javascript:void 0">x</a>');
      document.querySelector('.chip, main').insertAdjacentHTML('beforeend', '<span class="chip">corroborated by all</span>');
    }"""
    with (
        closing(Live(mini_archive)) as live,
        serving(without_policy(application(live))) as server,
        visiting(browser, server) as visitor,
    ):
        walk = Walk(visitor, (), 1)
        visitor.open("/")
        walk.look("before")
        assert walk.faults == []
        visitor.page.evaluate(plant)
        visitor.page.wait_for_timeout(200)
        walk.look("after")
        found = " ".join(walk.faults)
        assert all(word in found for word in ("something ran", "a chip says", "a link to"))


# ---- in the address ----------------------------------------------------------------------------------

ADDRESSES = (
    ("focus",),
    ("claim",),
    ("proposition",),
    ("doc",),
    ("view=questions", "asked"),
    ("view=paths", "from", "to"),
    ("view=compare", "from", "to"),
    ("view=timeline", "document", "without"),
    ("sparql",),
    ("view", "lang", "hide", "published"),
)
GO = """async ([fixed, names, told]) => {
  const query = new URLSearchParams(fixed);
  for (const name of names) query.set(name, JSON.parse(told));
  history.pushState(null, '', '?' + query);
  dispatchEvent(new PopStateEvent('popstate'));
  await new Promise((done) => setTimeout(done, 30));
}"""


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path: the page is tested in a real browser")
@pytest.mark.parametrize("every", [11, pytest.param(1, marks=pytest.mark.slow)])
def test_an_address_made_to_harm_gives_a_calm_answer(browser: Browser, mini_archive: Archive, every: int) -> None:
    """Ids and filters that nothing bears, with quotes, brackets and halves of letters, break no selector."""
    with (
        closing(Live(mini_archive)) as live,
        serving(application(live)) as server,
        visiting(browser, server) as visitor,
    ):
        walk = Walk(visitor, (), 1)
        walk.expected = r"status of 4\d\d"
        visitor.open("/?focus=gate-opening")
        for number, text in enumerate(strings()[::every]):
            names = ADDRESSES[number % len(ADDRESSES)]
            fixed = "&".join(["focus=gate-opening", *(name for name in names if "=" in name)])
            visitor.page.evaluate(GO, [fixed, [name for name in names if "=" not in name], json.dumps(text)])
            walk.rest()
            walk.look(f"{names}: {ascii(text)[:80]}")
        assert "\n".join(walk.faults) == ""
        visitor.open("/?focus=gate-opening")
        visitor.drawn("gate-opening")
