"""The build that a script measures: the one that is named, the one that is there, or one made for the occasion."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from graph.build import build

ROOT = Path(__file__).parent.parent
MANIFEST = "manifest.json"


@contextmanager
def folder_of(arguments: Sequence[str]) -> Iterator[Path]:
    """The folder of a build for as long as the block runs; one line and exit 2 where a named folder holds none."""
    named = Path(arguments[1]) if len(arguments) > 1 else ROOT / "build"
    if (named / MANIFEST).is_file():
        yield named
    elif len(arguments) > 1:
        print(f"{named} holds no build; name a folder that `testimony build` wrote, or none", file=sys.stderr)
        raise SystemExit(2)
    else:
        with tempfile.TemporaryDirectory() as place:
            build(ROOT / "corpus", Path(place) / "build")
            yield Path(place) / "build"
