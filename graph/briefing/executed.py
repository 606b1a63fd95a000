"""A notebook run for a briefing: in a folder that is thrown away, without network, the source untouched.

Only what the graph itself shows is taken over; a printed text or somebody else's table has no status and no
source, and is marked as foreign.
"""

import ast
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import BriefingError, MissingPackageError
from graph.export.markdown import fenced

CLAIMS_SHOWN = "text/vnd.testimony.claims"  # what the graph shows names its claims under this type
HEAD = "head"  # a cell with this tag shows in the notebook what the head of a briefing says anyway
SECONDS = 300
Value = str | int | float | bool
_OFFLINE = """
import sys
def _offline(event, found):
    if event in ("socket.connect", "socket.sendto"):
        host = found[1][0] if isinstance(found[1], tuple) else ""
    elif event == "socket.getaddrinfo":
        host = found[0] or ""
    else:
        return
    if str(host) not in ("", "localhost") and not str(host).startswith(("127.", "::1")):
        raise PermissionError(f"a briefing is made offline, and this asks {host}")
sys.addaudithook(_offline)
del _offline
"""


@dataclass(frozen=True, slots=True)
class Output:
    """One thing shown: Markdown, a picture where there is one, the claims on it; `foreign` says what it is instead."""

    markdown: str
    picture: str = ""
    claims: tuple[str, ...] = ()
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell by its number in the notebook: prose, or what its code showed."""

    number: int
    prose: str = ""
    outputs: tuple[Output, ...] = ()


@dataclass(frozen=True, slots=True)
class Executed:
    """A notebook that was run, with the values of its parameters."""

    path: Path
    parameters: Mapping[str, Value]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A notebook that can be run: its cells, the place of its parameters, and their values."""

    path: Path
    notebook: Any
    at: int
    values: Mapping[str, Value]


def prepare(path: Path, given: Mapping[str, str], places: Mapping[str, str]) -> Prepared:
    """Read a notebook and set its parameters; `places` only where it has such. Raises BriefingError."""
    notebook = _read(path)
    at, defaults = _parameters(path, notebook)
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown":
            cell.source = _prose(path, number, cell.source)
    wanted = {**{name: text for name, text in places.items() if name in defaults}, **given}
    values = {name: _value(path, at, name, text, defaults) for name, text in wanted.items()}
    return Prepared(path, notebook, at, {**defaults, **values})


def run(ready: Prepared, seconds: int = SECONDS) -> Executed:
    """Run a notebook. Raises BriefingError with the cell, or MissingPackageError."""
    cells = list(ready.notebook.cells)
    _execute(ready, seconds)
    shown = tuple(
        Cell(number, prose=cell.source)
        if cell.cell_type == "markdown"
        else Cell(number, outputs=() if HEAD in cell.metadata.get("tags", ()) else tuple(_outputs(cell)))
        for number, cell in enumerate(cells, start=1)
        if cell.cell_type in ("markdown", "code")
    )
    return Executed(ready.path, ready.values, shown)


def _read(path: Path) -> Any:
    import graph.corpus.validation  # noqa: F401  # before nbformat, which would load what this leaves out: a second

    try:
        import nbformat
    except ImportError:
        raise MissingPackageError("nbformat", "'testimony[notebook,brief]'") from None
    try:
        return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise BriefingError(str(path), error.strerror or "unreadable", "name a notebook (.ipynb)") from None
    except (ValueError, KeyError, AttributeError, TypeError):
        raise BriefingError(str(path), "no notebook of format 4", "name a notebook (.ipynb)") from None


def _prose(path: Path, number: int, source: str) -> str:
    """The prose of a cell; pictures and marks of what is generated are not the author's to write."""
    for mark, what in (("![", "an image in prose"), ("<!-- generated", "a mark of what the graph generates")):
        if mark in source.replace("\\![", ""):
            raise BriefingError(f"{path}: cell {number}", what, "show a picture of the graph from a code cell instead")
    return "".join(c for c in source if not "\ue000" <= c <= "\uf8ff")


# ---- parameters -------------------------------------------------------------------------------------


def _parameters(path: Path, notebook: Any) -> tuple[int, dict[str, Value]]:
    """The place of the cell tagged `parameters`, and its plain values; (0, none) without one."""
    for at, cell in enumerate(notebook.cells):
        if "parameters" in cell.metadata.get("tags", ()):
            return at, dict(_plain_values(f"{path}: cell {at + 1}", cell.source))
    return 0, {}


def _plain_values(where: str, source: str) -> Iterator[tuple[str, Value]]:
    fix = 'write name = "text", a number, True or False, one a line'
    try:
        for one in ast.parse(source).body:
            if not (isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)):
                raise BriefingError(where, "a parameter that is no plain value", fix)
            value = ast.literal_eval(one.value)
            if not isinstance(value, str | int | float):
                raise BriefingError(where, f"the parameter {one.targets[0].id!r} is no plain value", fix)
            yield one.targets[0].id, value
    except (SyntaxError, ValueError):
        raise BriefingError(where, "parameters that are no plain values", fix) from None


def _value(path: Path, at: int, name: str, text: str, defaults: Mapping[str, Value]) -> Value:
    where = f"{path}: cell {at + 1}"
    if name not in defaults:
        allowed = ", ".join(defaults) or "none: no cell is tagged `parameters`"
        raise BriefingError(where, f"no parameter {name!r}; allowed: {allowed}", "name one of them with -p NAME=VALUE")
    kind = type(defaults[name])
    if kind is str:
        return text
    try:
        found = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        found = text
    if type(found) is not kind:
        raise BriefingError(
            where, f"{text!r} for {name!r}; allowed: a value like {defaults[name]!r}", "write it in the same kind"
        )
    return found


# ---- execution --------------------------------------------------------------------------------------


def _execute(ready: Prepared, seconds: int) -> None:
    """Run the cells in place; what is put in beside them is taken out of nobody's file."""
    try:
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
        from traitlets.config import Config
    except ImportError:
        raise MissingPackageError("nbclient", "'testimony[notebook,brief]'") from None
    path, notebook, at, values = ready.path, ready.notebook, ready.at, ready.values
    own = list(notebook.cells)
    new: Any = nbformat.v4.new_code_cell
    given, guard = new("\n".join(f"{name} = {value!r}" for name, value in values.items())), new(_OFFLINE)
    notebook.cells = [guard, *own[: at + 1], given, *own[at + 1 :]] if values else [guard, *own]
    with tempfile.TemporaryDirectory(prefix="testimony-brief-") as place:
        client = NotebookClient(
            notebook,
            timeout=seconds,
            kernel_name="python3",
            resources={"metadata": {"path": place}},
            config=Config({"KernelManager": {"transport": "ipc", "ip": f"{place}/kernel"}}),  # no port is opened
        )
        environment = {**os.environ, "IPYTHONDIR": place, "PYTHONPATH": _absolute(os.environ.get("PYTHONPATH", ""))}
        try:
            client.execute(env=environment)
        except CellExecutionError as error:
            number = next((n for n, cell in enumerate(own, 1) if _failed(cell)), at + 1)
            told = f"{error.ename}: {error.evalue}".strip().splitlines()[0]
            raise BriefingError(f"{path}: cell {number}", told, "mend the cell, and run the notebook once") from None
        except (CellTimeoutError, DeadKernelError) as error:
            told = str(error).strip().splitlines()[0]
            raise BriefingError(str(path), told, f"let no cell run for more than {seconds} s") from None
        except Exception as error:  # no kernel of this name, no room for its files …
            raise BriefingError(
                str(path), f"no kernel could be started ({error})", "pip install 'testimony[notebook,brief]'"
            ) from None


def _absolute(paths: str) -> str:
    """Import paths from elsewhere: the kernel runs in a folder of its own."""
    return os.pathsep.join(str(Path(one).resolve()) for one in paths.split(os.pathsep) if one)


def _failed(cell: Any) -> bool:
    return cell.cell_type == "code" and any(output.output_type == "error" for output in cell.outputs)


def _outputs(cell: Any) -> Iterator[Output]:
    for output in cell.outputs:
        if output.output_type == "stream":
            yield Output(fenced(_text(output.text).rstrip()), foreign="a printed text")
        elif output.output_type in ("display_data", "execute_result"):
            yield _output(output.data)


def _output(data: Mapping[str, Any]) -> Output:
    plain = fenced(_text(data.get("text/plain", "")))
    if CLAIMS_SHOWN not in data:
        return Output(plain, foreign="an output that the graph did not make")
    picture = _text(data.get("image/svg+xml", "")).strip()
    return Output(_text(data.get("text/markdown", plain)), picture, tuple(_text(data[CLAIMS_SHOWN]).split()))


def _text(found: str | Sequence[str]) -> str:
    return found if isinstance(found, str) else "".join(found)
