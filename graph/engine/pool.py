"""Workers kept warm over one snapshot, and what stops them.

One question at a time per worker. A worker that is late or gone is killed and another one forked; the
snapshot can be exchanged under load: new questions go to the new one, old ones finish on the old.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from graph.engine.messages import Ask, GoneError, LateError, Told, as_head, receive, send, to_told
from graph.errors import BuildError

_START = 60.0  # seconds until a snapshot is open
_ENDING = 0.2  # seconds in which a process that is ending has ended
SPARE = 0.5  # seconds a worker gets beyond the limit of its question to hand over a large answer


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question may take: seconds by the wall clock, bytes of memory, workers, and questions that wait."""

    seconds: float = 10.0
    memory: int = 1_500_000_000
    workers: int = max(2, os.cpu_count() or 2)
    waiting: int = 16

    @property
    def held(self) -> int:
        """Questions at most at one time, asked or waiting."""
        return self.workers + self.waiting

    def least(self, seconds: float | None) -> float:
        """What a question that asks for so many seconds gets."""
        return min(seconds or self.seconds, self.seconds)


class Worker:
    """A forked process, the socket to it, and the name of the build that it answers from."""

    def __init__(self, to: socket.socket, build: str) -> None:
        self.to, self.build = to, build
        head, _ = receive(to, time.monotonic() + _START)
        self.pid: int = head["pid"]

    def alive(self) -> bool:
        """Whether it still listens: an idle worker says nothing, and a dead one's socket is at its end."""
        self.to.setblocking(False)
        try:
            self.to.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            pass
        return False

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.to.close()


class Zygote:
    """The process that holds one snapshot, with its idle workers."""

    def __init__(self, folder: Path, memory: int, name: str, in_memory: int) -> None:
        ours, theirs = socket.socketpair()
        self.folder, self.name = folder, name
        told = map(str, (theirs.fileno(), folder, memory, in_memory))
        command = [sys.executable, "-m", "graph.engine.zygote", *told]
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603
        theirs.close()
        self._control = ours
        self._lock = threading.Lock()
        self.idle: deque[Worker] = deque()
        self.busy = 0
        self.retired = False
        try:
            self.facts, _ = receive(ours, time.monotonic() + _START)
        except (GoneError, LateError):
            self.close()
            raise BuildError(
                str(folder),
                "the store cannot be opened",
                "run `testimony build --force`: the store is an index and is rebuilt from corpus/",
            ) from None

    def fork(self) -> Worker:
        """A new worker. Raises GoneError or LateError when the snapshot's process is not there."""
        ours, theirs = socket.socketpair()
        try:
            with self._lock:
                socket.send_fds(self._control, [b"f"], [theirs.fileno()])
        except OSError as error:
            ours.close()
            raise GoneError from error
        finally:
            theirs.close()
        try:
            return Worker(ours, self.name)
        except BaseException:
            ours.close()
            raise

    def dead(self) -> bool:
        """Whether the process that holds the snapshot has ended. Its workers hear of it a moment before we do."""
        try:
            self._process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            return False
        return True

    def close(self) -> None:
        for worker in self.idle:
            worker.kill()
        self.idle.clear()
        self._control.close()
        self._process.kill()
        self._process.wait()


class Engine:
    """Answers questions over a published snapshot, whose name each answer bears; safe to use from several threads.

    A snapshot of at most `in_memory` bytes of N-Quads is read into memory first, which is worth it for who asks often.
    """

    def __init__(self, folder: Path, limits: Limits | None = None, name: str = "", in_memory: int = 0) -> None:
        self.limits, self._in_memory = limits or Limits(), in_memory
        self._lock = threading.Lock()
        self._free = threading.Semaphore(self.limits.workers)
        self._waiting = 0
        self._zygote = self._started(folder, name)

    def _started(self, folder: Path, name: str) -> Zygote:
        """A snapshot with every worker warm. Raises BuildError."""
        zygote = Zygote(folder.resolve(), self.limits.memory, name, self._in_memory)
        zygote.idle.extend(zygote.fork() for _ in range(self.limits.workers))
        return zygote

    @property
    def folder(self) -> Path:
        """The index that answers."""
        return self._zygote.folder

    @property
    def facts(self) -> dict[str, object]:
        """How the workers are cut off, `network` and `sealed`, and where the `index` is: memory or disk."""
        return dict(self._zygote.facts)

    def ask(self, ask: Ask, seconds: float | None = None) -> Told:
        """The answer, or why there is none: complete, truncated, stopped, refused, wrong or busy.

        The thread waits. An event loop asks through `graph.engine.awaited` instead.
        """
        limit = self.limits.least(seconds)
        with self._lock:
            if self._waiting >= self.limits.held:
                return crowded(self._waiting)
            self._waiting += 1
        try:
            if not self._free.acquire(timeout=limit):
                return no_turn(limit)
            try:
                return self._answered(ask, limit)
            finally:
                self._free.release()
        finally:
            with self._lock:
                self._waiting -= 1

    def _answered(self, ask: Ask, limit: float) -> Told:
        told, zygote = self._tried(ask, limit)
        if told.limit == "memory" and not zygote.retired and zygote.dead():
            told, zygote = self._tried(ask, limit)  # its workers went with it: no fault of this question
        return told if told.build else replace(told, build=zygote.name)

    def _tried(self, ask: Ask, limit: float) -> tuple[Told, Zygote]:
        zygote, worker = self.borrowed()
        told = None
        try:
            told = _exchanged(worker, ask, limit)
        finally:
            self.given_back(zygote, worker, told)
        return told, zygote

    def idle(self) -> tuple[Zygote, Worker] | None:
        """A worker of the current snapshot that lives and has nothing to do, if there is one; never waits."""
        while True:
            with self._lock:
                zygote = self._zygote
                if not zygote.idle:
                    return None
                zygote.busy += 1
                worker = zygote.idle.popleft()
            if worker.alive():
                return zygote, worker
            worker.to.close()  # it died while nobody asked, and its number may be another process's by now
            self._returned(zygote, None)

    def borrowed(self) -> tuple[Zygote, Worker]:
        """A worker of the current snapshot; a new one is forked where none is idle."""
        return self.idle() or self._forked()

    def given_back(self, zygote: Zygote, worker: Worker, told: Told | None) -> None:
        """A worker goes back with what came of its question; one that was stopped, or left alone, is killed."""
        if told is None or told.state == "stopped":
            worker.kill()
            self._returned(zygote, None)
        else:
            self._returned(zygote, worker)

    def _forked(self) -> tuple[Zygote, Worker]:
        """A new worker; the snapshot's process is started again if it died."""
        with self._lock:
            zygote = self._zygote
            zygote.busy += 1
        try:
            return zygote, zygote.fork()
        except (GoneError, LateError):
            with self._lock:
                zygote.busy -= 1
                if self._zygote is zygote:
                    zygote.close()
                    self._zygote = Zygote(zygote.folder, self.limits.memory, zygote.name, self._in_memory)
                zygote = self._zygote
                zygote.busy += 1
            return zygote, zygote.fork()

    def _returned(self, zygote: Zygote, worker: Worker | None) -> None:
        with self._lock:
            zygote.busy -= 1
            if worker is not None:
                if zygote.retired:
                    worker.kill()
                else:
                    zygote.idle.append(worker)
            if zygote.retired and zygote.busy == 0:
                zygote.close()

    def exchange(self, folder: Path, name: str = "") -> None:
        """Go over to another snapshot; questions under way finish on the old one. Raises BuildError, and stays."""
        fresh = self._started(folder, name)
        with self._lock:
            old, self._zygote = self._zygote, fresh
            old.retired = True
            if old.busy == 0:
                old.close()

    def close(self) -> None:
        """End every worker."""
        with self._lock:
            self._zygote.retired = True
            self._zygote.close()

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _exchanged(worker: Worker, ask: Ask, limit: float) -> Told:
    until = time.monotonic() + limit
    try:
        worker.to.settimeout(None)
        send(worker.to, as_head(ask))
        return to_told(*receive(worker.to, until + SPARE), worker.build)
    except LateError:
        return too_long(limit)
    except GoneError:
        return too_much()


def crowded(waiting: int) -> Told:
    """Refused, because too many wait."""
    return Told("busy", why=f"{waiting} questions are waiting", fix="ask again in a moment")


def no_turn(limit: float) -> Told:
    """Refused, because its turn did not come in time."""
    return Told("busy", why=f"no worker was free for {limit:g} s", fix="ask again in a moment")


def too_long(limit: float) -> Told:
    """Stopped by the clock."""
    return _stopped("time", f"it took more than {limit:g} s")


def too_much() -> Told:
    """Stopped by the limit of memory, or by a fault of the engine."""
    return _stopped("memory", "it took more memory than a question may, or the engine could not bear it")


def _stopped(limit: str, why: str) -> Told:
    return Told("stopped", limit=limit, why=f"stopped: {why}", fix="narrow it: bind a variable, add LIMIT, or split it")
