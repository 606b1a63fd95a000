"""A small, strict subset of YAML with a line for every value.

No anchors, aliases, tags or several documents (an alias can blow up to gigabytes); no implicit
types but `true`, `false` and plain numbers (`NO` stays a word, a date stays a text); a key may
occur once; comments only at the top, because a rewrite would lose any other; nothing invisible,
neither as it stands nor behind an escape.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml

from graph.errors import CorpusError, Problem

MAX_BYTES = 8_000_000
MAX_DEPTH = 24
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Zl", "Zp"}
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters and marks that show nothing
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C parser where it was built
_STEP = {
    yaml.MappingStartEvent: 1,
    yaml.SequenceStartEvent: 1,
    yaml.MappingEndEvent: -1,
    yaml.SequenceEndEvent: -1,
}

Plain = str | int | bool | Decimal | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Node:
    """A value with the line it starts on; containers hold nodes."""

    value: "str | int | bool | Decimal | list[Node] | dict[str, Node]"
    line: int

    def plain(self) -> Plain:
        """The same without lines."""
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return self.value

    def at(self, path: list[str | int]) -> "Node":
        """The node at a path, or the deepest one that exists."""
        node = self
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                break
        return node


def problem(file: str, line: int, code: str, found: str, allowed: str, fix: str) -> CorpusError:
    """A CorpusError with one problem."""
    return CorpusError([Problem(file, line, code, found, allowed, fix)])


def read_text(path: Path, name: str) -> str:
    """The text of a corpus file: UTF-8, no BOM, NFC, no invisible controls, bounded size."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise problem(
            name,
            0,
            "file-unreadable",
            error.strerror or "unreadable",
            "a readable file",
            "check the path and its permissions",
        ) from None
    if size > MAX_BYTES:
        raise problem(name, 0, "file-too-large", f"{size} bytes", f"at most {MAX_BYTES} bytes", "split the document")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise problem(
            name,
            line,
            "encoding",
            f"byte 0x{raw[error.start]:02x} that is not UTF-8",
            "UTF-8",
            "save the file as UTF-8",
        ) from None


def check_characters(text: str, name: str, line: int = 1) -> None:
    """Refuse what cannot be seen, and letters that could be written in two ways.

    Raises CorpusError; `line` is the line of the file on which the text begins.
    """
    for number, content in enumerate(text.split("\n"), start=line):
        hidden = None if content.isascii() and content.isprintable() else next(filter(_unseen, content), None)
        if hidden is not None:
            raise problem(
                name,
                number,
                "invisible-character",
                f"U+{ord(hidden):04X} {unicodedata.name(hidden, 'control')}",
                "visible characters, spaces and line ends (a line feed alone)",
                "delete the character (bidi and zero-width controls can hide what a line says)",
            )
        if not unicodedata.is_normalized("NFC", content):
            raise problem(
                name,
                number,
                "not-nfc",
                "decomposed characters",
                "text in Unicode form NFC",
                "normalise the file to NFC",
            )


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in _INVISIBLE or char in _BLANK


def header_of(text: str) -> str:
    """The comment lines at the top, kept on a rewrite."""
    lines: list[str] = []
    for line in text.split("\n"):
        if not line.startswith("#"):
            break
        lines.append(line + "\n")
    return "".join(lines)[: len(text)]


def _no_stray_comments(text: str, name: str) -> None:
    position = len(header_of(text))
    if "#" not in text[position:]:
        return
    for token in yaml.scan(text, Loader=_Loader):
        gap = text[position : token.start_mark.index]
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            gap += text[token.start_mark.index :].split("\n", 1)[0]  # the line on which a block begins
        if "#" in gap:
            line = text.count("\n", 0, position + gap.index("#")) + 1
            raise problem(
                name,
                line,
                "stray-comment",
                "a comment inside the file",
                "comments at the top only",
                "use a `note:` key: a rewrite keeps notes and would lose comments",
            )
        position = max(position, token.end_mark.index)


def parse(text: str, name: str) -> Node:
    """Parse a corpus file.

    Raises CorpusError naming file and line.
    """
    check_characters(text, name)
    try:
        _no_hidden_structure(text, name)
        _no_stray_comments(text, name)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "broken YAML"
        raise problem(
            name,
            mark.line + 1 if mark else 0,
            "yaml-syntax",
            str(reason),
            "well-formed YAML",
            "mend the indentation, quotes or brackets there",
        ) from None
    if root is None:
        raise problem(name, 1, "yaml-empty", "an empty file", "a corpus file", "delete the file or fill it")
    return _convert(root, name)


def _no_hidden_structure(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        depth += _STEP.get(type(event), 0)
        if depth > MAX_DEPTH:  # before anything recursive sees the text
            raise problem(
                name, line, "yaml-depth", "nesting too deep", f"at most {MAX_DEPTH} levels", "flatten the value"
            )
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise problem(
                name,
                line,
                "yaml-alias",
                "an anchor or alias",
                "plain values only",
                "write the value out: aliases can hide or multiply content",
            )
        if tag := getattr(event, "tag", None):
            raise problem(name, line, "yaml-tag", f"the tag {tag}", "plain values only", "remove the tag")


def _convert(node: yaml.Node, name: str) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        if node.style == '"':  # escapes may spell what may not stand in the file
            check_characters(node.value.replace("\n", " "), name, line)
        return Node(_scalar(node), line)
    if isinstance(node, yaml.SequenceNode):
        return Node([_convert(item, name) for item in node.value], line)
    result: dict[str, Node] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise problem(name, key_line, "yaml-key", "a key that is not a word", "words as keys", "write a plain key")
        key = key_node.value
        check_characters(key.replace("\n", " "), name, key_line)
        if key in result:
            raise problem(
                name, key_line, "duplicate-key", f"the key {key!r} twice", "each key once", "remove one of the two"
            )
        value = _convert(value_node, name)
        result[key] = Node(value.value, key_line)
    return Node(result, line)


def _scalar(node: yaml.ScalarNode) -> str | int | bool | Decimal:
    text: str = node.value
    if node.style:  # plain is None in one parser and empty in the other
        return text
    if text in ("true", "false"):
        return text == "true"
    number = _NUMBER.match(text)
    if number and len(text) < 30:
        return Decimal(text) if number.group(2) else int(text)
    return text
