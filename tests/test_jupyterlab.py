"""JupyterLab itself: a fresh notebook with the magics, a line of its picture chosen, the evidence read."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from browser import browsing, marks
from corpora import MINI
from playwright.sync_api import Frame, Page, Route

from graph.evidence import Archive
from graph.notebook import Graph

pytestmark = list(marks)
TOKEN = "for-a-test"
WAIT = 60_000
_ANSWERS = """async () => {
  const shown = window.jupyterapp?.shell.currentWidget;
  if (!shown?.sessionContext) return false;
  await shown.sessionContext.ready;
  return Boolean(await shown.sessionContext.session?.kernel?.info);
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, mini_archive: Archive) -> Iterator[str]:
    """A JupyterLab of its own, without any settings of whoever runs the tests; its address with the token."""
    place = tmp_path_factory.mktemp("lab")
    (place / "notebooks").mkdir()
    build = Path(mini_archive.store.name).parents[2]
    sources = [
        f"from graph.notebook import open_graph\n%load_ext graph\ng = open_graph({str(build)!r}, {str(MINI)!r})",
        "%withdraw --publisher echo --store-to left",
        "left.focus('gate-opening')",
    ]
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), place / "notebooks" / "fresh.ipynb")
    homes = {f"JUPYTER_{name}_DIR": str(place / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    log = (place / "log").open("w", encoding="utf-8")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--port=0", f"--IdentityProvider.token={TOKEN}",
         "--ip=127.0.0.1", f"--ServerApp.root_dir={place / 'notebooks'}", "--LabApp.news_url=", "--allow-root", "--LabApp.expose_app_in_browser=True",
         "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
        env={**os.environ, **homes, "IPYTHONDIR": str(place / "ipython"), "HOME": str(place)},
        stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        yield _address(place, server)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(5)
        log.close()


def _address(place: Path, server: "subprocess.Popen[bytes]") -> str:
    for _ in range(600):
        for path in (place / "RUNTIME").glob("jpserver-*.json"):
            text = path.read_text(encoding="utf-8")
            if text.endswith("}\n") or text.endswith("}"):
                return f"http://127.0.0.1:{json.loads(text)['port']}/"
        assert server.poll() is None, (place / "log").read_text(encoding="utf-8")
        time.sleep(0.1)
    raise AssertionError((place / "log").read_text(encoding="utf-8"))


def _frame(page: Page) -> Frame:
    page.locator("iframe[title^='Testimony']").wait_for(timeout=WAIT)
    for _ in range(100):
        found = [frame for frame in page.frames if frame.url == "about:srcdoc"]
        if found and found[-1].locator("g[data-bundle]").count():
            return found[-1]
        page.wait_for_timeout(100)
    raise AssertionError("no picture")


def test_a_fresh_notebook_leads_from_a_line_to_its_evidence(lab: str, mini_archive: Archive) -> None:
    focus = Graph(mini_archive).without(publishers="echo").focus("gate-opening")
    with browsing() as browser:
        context = browser.new_context(viewport={"width": 1500, "height": 1100})
        elsewhere: list[str] = []

        def watch(route: Route) -> None:
            if route.request.url.startswith((lab, lab.replace("http", "ws", 1), "data:", "blob:")):
                route.continue_()
            else:
                elsewhere.append(route.request.url)
                route.abort()

        context.route("**/*", watch)
        page = context.new_page()
        page.goto(f"{lab}lab/tree/fresh.ipynb?token={TOKEN}", wait_until="domcontentloaded", timeout=WAIT)
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=WAIT)
        page.wait_for_function(_ANSWERS, timeout=WAIT)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-item[data-command='runmenu:run-all']").click()
        frame = _frame(page)
        bundle = max(focus.focus.bundles, key=lambda one: one.claims)
        frame.locator(f'g[data-bundle="{bundle.id}"] text').click(timeout=WAIT)
        cards = frame.locator("#evidence article")
        held = [claim for edge in bundle.edges for claim in edge.claims]
        assert [card.get_attribute("data-claim") for card in cards.all()] == [claim.claim for claim in held]
        assert held[0].says in cards.first.inner_text()
        assert held[0].drawn_status.label in cards.first.inner_text()
        told = page.locator(".jp-OutputArea-output pre").all_inner_texts()
        assert any(re.search(r"without publisher .*claims stay", " ".join(text.split())) for text in told)
        assert elsewhere == []
        context.close()
