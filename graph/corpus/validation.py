"""The library of JSON Schema, loaded without a part that takes it seconds and that no schema of ours needs.

Where Jupyter is installed, so are grammars of international addresses, which the library builds on import.
It takes them for optional, and so does this: whoever imports the library first goes without.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without(optional: str) -> Iterator[None]:
    """Keep a module from loading meanwhile; one that is loaded already stays."""
    if optional in sys.modules:
        yield
        return
    sys.modules[optional] = None  # type: ignore[assignment]  # Python's mark of a module that cannot be imported
    try:
        yield
    finally:
        del sys.modules[optional]


with _without("rfc3987_syntax"):
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import extend

__all__ = ["Draft202012Validator", "FormatChecker", "ValidationError", "extend"]
