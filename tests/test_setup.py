"""Set-up: what a machine lacks is said in one line, before anything is installed."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from corpora import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "requirements").mkdir()
    for name in ("Makefile", "requirements/uv.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def python_that(refuses: str, place: Path) -> Path:
    """An interpreter that fails wherever its command holds certain words, as one would that lacks them."""
    fake = place / "python-that-lacks"
    fake.write_text(
        f'#!/bin/sh\ncase "$*" in *"{refuses}"*) exit 1;; esac\nexec "{sys.executable}" "$@"\n', encoding="utf-8"
    )
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    return fake


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ("import ensurepip, venv", "apt install python3-venv"),
        ("-m venv", "apt install python3-venv"),
        ("version_info", "needs Python 3.11 or newer"),
    ],
)
def test_what_python_lacks_is_named_in_one_line(checkout: Path, lacking: str, said: str) -> None:
    if shutil.which("make") is None:
        pytest.skip("make is not on the PATH")
    fake = python_that(lacking, checkout)
    done = subprocess.run(
        ["make", "--no-print-directory", ".venv/.uv", f"PYTHON={fake}"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    lines = [line for line in done.stdout.splitlines() if not line.startswith("setting up")]
    assert len(lines) == 1
    assert said in lines[0]
    assert not (checkout / ".venv" / "bin").exists()
