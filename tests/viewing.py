"""The views of an archive, made once for all tests: what they read from the store is kept."""

from functools import lru_cache

from graph.evidence import Archive
from graph.lens import Views


@lru_cache(4)
def views_of(archive: Archive) -> Views:
    """Views of one archive, the same each time."""
    return Views(archive)
