"""Text that hides nothing: what cannot be seen, or would be obeyed, is written out as an escape."""

import re
import unicodedata

_CANDIDATE = re.compile(r"[^\n\t\x20-\x7e\xa1-\xac\xae-\u05ff\u0621-\u06dc\u1e00-\u1fff]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})


def visible(text: str) -> str:
    r"""The text, with control characters, bidi and zero-width marks, lone surrogates and non-characters as `\u202e`.

    Line feeds and tabs stay. Afterwards it can be written in UTF-8 and in XML, and is read as it stands.
    """
    return _CANDIDATE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    char = found.group()
    if unicodedata.category(char) not in _HIDDEN:
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
