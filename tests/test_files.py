"""A file that is written is there whole, or the old one is."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graph.corpus.files import sync_folder, write_atomically


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "a.yaml"
    write_atomically(path, b"old")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written_with_its_folder_and_can_be_read_by_all(old: Path) -> None:
    assert old.read_bytes() == b"old"
    assert old.stat().st_mode & 0o777 == 0o644
    assert names(old.parent) == ["a.yaml"]


def test_an_old_file_is_replaced_and_not_written_into(old: Path) -> None:
    with old.open("rb") as reading:
        write_atomically(old, b"new and longer")
        assert reading.read() == b"old"
    assert old.read_bytes() == b"new and longer"
    assert names(old.parent) == ["a.yaml"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "ctrl-c"])
@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_failure_at_any_step_leaves_the_old_file_alone(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    def fail(*_given: object) -> None:
        raise error

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, step, fail)
    with pytest.raises(type(error)):
        write_atomically(old, b"new")
    monkeypatch.undo()
    assert old.read_bytes() == b"old"
    assert names(old.parent) == ["a.yaml"]


def test_the_bytes_are_on_disk_before_the_name_and_the_name_before_the_return(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Record the real calls in order: flush the file, rename it, flush the folder."""
    order: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def watched_fsync(descriptor: int) -> None:
        order.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")  # noqa: PTH112
        fsync(descriptor)

    def watched_replace(self: Path, to: Path) -> Path:
        order.append("rename")
        return replace(self, to)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    write_atomically(old, b"new")
    assert [step for step in order if Path("/proc/self/fd").exists() or step == "rename"] == [
        "file",
        "rename",
        "folder",
    ]


WRITER = """
import sys
from pathlib import Path
from graph.corpus.files import write_atomically
path, n = Path(sys.argv[1]), 0
print("ready", flush=True)
while True:
    n += 1
    write_atomically(path, f"{n}\\n".encode() * 20_000)
"""


def test_a_writer_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    for _ in range(4):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        while not path.exists():
            pass
        process.send_signal(signal.SIGKILL)
        process.communicate()
        lines = path.read_bytes().split(b"\n")
        assert len(lines) == 20_001
        assert len(set(lines)) == 2  # one number, and the end


def test_a_folder_that_is_not_there_cannot_be_flushed(tmp_path: Path) -> None:
    sync_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "none")
