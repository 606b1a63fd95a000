"""A briefing as PDF, printed by Chromium, and as a Word file, written by Pandoc with its pictures as PNG."""

import html
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from graph.briefing import picture
from graph.briefing.brief import MARK, NOTE, PICTURE, Brief
from graph.briefing.formats import POLICY, as_html, close
from graph.errors import BriefingError, MissingPackageError
from graph.export.markdown import inert

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_QUIET = ("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking",
          "--disable-dev-shm-usage", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND")  # fmt: skip
_SECONDS = 180
_WIDE = 6.0  # inches of paper between the margins of a Word page
_SHEET, _PAGE = 660, 1300  # how high a picture may be on a sheet that lies across, and on a Word page, in its own units


def as_pdf(made: Brief) -> bytes:
    """The page as Chromium prints it. Raises BriefingError where there is no Chromium."""
    browser = _browser("pdf")
    with tempfile.TemporaryDirectory(prefix="testimony-print-") as place:
        page, out = Path(place, "briefing.html"), Path(place, "briefing.pdf")
        page.write_text(as_html(made, _SHEET), encoding="utf-8")
        _asked(browser, place, f"--print-to-pdf={out}", "--no-pdf-header-footer", page.as_uri())
        return _result(out)


def as_docx(made: Brief) -> bytes:
    """A Word file with footnotes. Raises BriefingError or MissingPackageError."""
    try:
        import pypandoc
    except ImportError:
        raise MissingPackageError("pypandoc", "'testimony[notebook,brief]'") from None
    browser = _browser("docx") if made.pictures else ""
    with tempfile.TemporaryDirectory(prefix="testimony-docx-") as place:
        for number, held in enumerate(made.pictures):
            for part, piece in enumerate(picture.slices(held, _PAGE)):
                _drawn(browser, place, f"{number}-{part}", piece)
        out = Path(place, "briefing.docx")
        try:
            pypandoc.convert_text(
                _for_pandoc(made, place),
                "docx",
                format="commonmark_x-raw_html-raw_attribute-tex_math_dollars-smart-yaml_metadata_block-emoji",
                outputfile=str(out),
                extra_args=["--metadata", f"title={made.title}", "--metadata", "lang=en"],
            )
        except (RuntimeError, OSError) as error:
            raise BriefingError("docx", f"Pandoc failed ({error})", "try --to html, and report this") from None
        return _result(out)


def _for_pandoc(made: Brief, place: str) -> str:
    def put(found: re.Match[str]) -> str:
        if found[1] == NOTE:
            gone = [c.claim for c in made.notes[int(found[2]) - 1].claims if c.claim in made.unseen]
            return f"[^{found[2]}]" + (f" (outside this view: {', '.join(gone)})" if gone else "")
        if found[1] == PICTURE:
            told = inert(html.unescape(picture.title(made.pictures[int(found[2])])))
            parts = range(len(picture.slices(made.pictures[int(found[2])], _PAGE)))
            return "\n\n".join(f"![{told}]({place}/{found[2]}-{part}.png){{width={_WIDE}in}}" for part in parts)
        return ""

    notes = [
        f"[^{note.number}]: {inert(note.words)} \\[{'; '.join(claim.claim for claim in note.claims)}\\]"
        for note in made.notes
    ]
    return "\n\n".join([MARK.sub(put, close(made.body)), *notes])


# ---- chromium ---------------------------------------------------------------------------------------


def _browser(form: str) -> str:
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise BriefingError(
            form, "no Chromium on the path; allowed: " + ", ".join(_NAMES), "install Chromium, or use --to html or md"
        )
    return found


def _drawn(browser: str, place: str, number: str, held: str) -> None:
    """A picture as PNG, twice as fine as on a screen."""
    wide, high = picture.size(held)
    page, out = Path(place, f"{number}.html"), Path(place, f"{number}.png")
    page.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{held}",
        encoding="utf-8",
    )
    _asked(
        browser, place, f"--screenshot={out}", f"--window-size={wide},{high}", "--force-device-scale-factor=2",
        page.as_uri(),
    )  # fmt: skip
    _result(out)


def _asked(browser: str, place: str, *what: str) -> None:
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()  # Chromium's own sandbox refuses to run for root
    try:
        subprocess.run(  # noqa: S603
            [browser, *_QUIET, *root, f"--user-data-dir={place}/profile", *what],
            check=True, capture_output=True, timeout=_SECONDS,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as error:
        raise BriefingError(
            browser, f"it failed ({type(error).__name__})", "use --to html, and print the page"
        ) from None


def _result(out: Path) -> bytes:
    if not out.is_file() or not out.stat().st_size:
        raise BriefingError(out.name, "nothing was written", "use --to html or md")
    return out.read_bytes()
