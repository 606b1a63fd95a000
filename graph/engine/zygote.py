"""The process that holds a snapshot and forks workers from it: `python -m graph.engine.zygote`.

Single-threaded Python, so that a fork is safe; it opens the index once, and a worker costs a fork.
The control socket carries one byte with the worker's end of a new socket for each worker wanted.
"""

import ctypes
import os
import resource
import signal
import socket
import sys
from pathlib import Path

from pyoxigraph import DefaultGraph, Store

from graph.engine.answering import answer
from graph.engine.messages import GoneError, as_head, receive, send, to_ask
from graph.store import in_memory
from graph.vocabulary import vocabulary

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Hold the snapshot and fork until the control socket closes."""
    control, folder = socket.socket(fileno=int(sys.argv[1])), sys.argv[2]
    memory, most_in_memory = int(sys.argv[3]), int(sys.argv[4])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asked; the socket closes then
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a dead worker leaves nothing behind
    # no signal of a dead parent here: it would come when the thread ends that started us; the closed socket ends us
    cut_off = _without_network()
    held = in_memory(Path(folder), most_in_memory)
    index = held if held is not None else Store.read_only(folder)
    index.query("SELECT * WHERE { ?s ?p ?o } LIMIT 1", default_graph=DefaultGraph())
    _ = vocabulary().properties
    sealed = held is not None or _all_tables_open(folder)
    network, place = "none" if cut_off else "namespace refused", "disk" if held is None else "memory"
    try:
        send(control, {"pid": os.getpid(), "network": network, "sealed": sealed, "index": place})
    except GoneError:
        return  # who asked for it ended meanwhile
    while True:
        try:
            _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        except OSError:
            return
        if not descriptors:
            return
        if os.fork() == 0:
            control.close()
            _work(index, socket.socket(fileno=descriptors[0]), memory, sealed)
            os._exit(0)
        os.close(descriptors[0])


def _work(index: Store, asker: socket.socket, memory: int, sealed: bool) -> None:
    """Answer one question after the other until the socket closes."""
    _die_with_parent()
    _limit(memory, sealed)
    try:
        send(asker, {"pid": os.getpid()})
        while True:
            head, _ = receive(asker)
            told = answer(index, to_ask(head))
            send(asker, as_head(told), told.body)
    except (GoneError, MemoryError):
        return


def _limit(memory: int, sealed: bool) -> None:
    """No more memory than given beyond what the snapshot takes, no core file, no new file or socket."""
    taken = _virtual()
    for what, most in ((resource.RLIMIT_AS, taken + memory), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    if sealed:  # the index is in memory or all of its tables are open: a worker needs no new descriptor
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _virtual() -> int:
    pages = Path("/proc/self/statm")
    return int(pages.read_text(encoding="ascii").split()[0]) * resource.getpagesize() if pages.exists() else 1 << 40


def _all_tables_open(folder: str) -> bool:
    """Whether every table file of the index is among the open descriptors."""
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        return False
    held = set()
    for link in descriptors.iterdir():
        try:
            held.add(link.resolve())
        except OSError:
            continue
    return {path.resolve() for path in Path(folder).glob("*.sst")} <= held


def _libc() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(None, use_errno=True)
    except OSError:
        return None


def _die_with_parent() -> None:
    libc = _libc()
    if libc is not None and sys.platform == "linux":
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _without_network() -> bool:
    """Leave the machine's network for an empty one, where the system allows that to a user."""
    libc = _libc()
    if libc is None or sys.platform != "linux":
        return False
    return int(libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)) == 0


if __name__ == "__main__":
    main()
