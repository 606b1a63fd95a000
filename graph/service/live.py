"""The published build that the service answers from, exchanged under load when another is published."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode

from graph.build import CURRENT, opened
from graph.engine import Engine, Limits
from graph.errors import TestimonyError
from graph.evidence import Archive, ClaimEvidence, Overview
from graph.evidence.weighing import Weighing
from graph.lens import Views
from graph.store import IN_MEMORY, Store

WARMED = 20_000  # claims
LOOKED = 0.5  # seconds between two looks at what is published


class Snapshot:
    """One published build with what was worked out from it; it never changes."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.held = Overview(archive)
        self.views = Views(archive)

    @property
    def folder(self) -> Path:
        """Where its index lies."""
        return Path(self.archive.store.name)

    @property
    def name(self) -> str:
        """What answers call it: the beginning of its corpus hash."""
        return self.archive.corpus_hash[:12]

    @cached_property
    def claims(self) -> list[ClaimEvidence]:
        """Every claim with everything behind it."""
        return self.archive.all_claims()

    @property
    def weighing(self) -> Weighing:
        """The questions of weight, asked of this build."""
        return self.views.weighing


@dataclass
class _Held:
    snapshot: Snapshot
    engine: Engine | None = None


class Live:
    """The snapshot and the engine of now. `watch` follows a build folder; without it nothing changes."""

    def __init__(self, archive: Archive, limits: Limits | None = None, in_memory: int = IN_MEMORY) -> None:
        self._held = _Held(Snapshot(archive))
        self._limits, self._in_memory = limits, in_memory
        self._lock = threading.Lock()
        self._over = threading.Event()

    @property
    def snapshot(self) -> Snapshot:
        """What is published, as far as we know."""
        return self._held.snapshot

    @property
    def engine(self) -> Engine:
        """The workers over it, started when first needed."""
        with self._lock:
            if self._held.engine is None:
                now = self._held.snapshot
                self._held.engine = Engine(now.folder, self._limits, now.name, self._in_memory)
            return self._held.engine

    def knows(self, node: NamedNode) -> bool:
        """Whether the graph that is published now says anything of a node."""
        return self.snapshot.archive.store.knows(node)

    @property
    def running(self) -> Engine | None:
        """The workers, if they have been started; never waits."""
        return self._held.engine

    def follow(self, out: Path, corpus: Path | None, failed: Callable[[str], None]) -> threading.Thread:
        """Look twice a second whether another build is published in `out`; `failed` is told why one was not taken."""

        def look() -> None:
            refused = None
            while not self._over.wait(LOOKED):
                try:
                    there = (out / CURRENT / "store").resolve()
                    if there in (self.snapshot.folder.resolve(), refused) or not there.is_dir():
                        continue
                    refused = there
                    self.exchange(Archive(Store.open(there), opened(out).manifest, corpus))
                    refused = None
                except (TestimonyError, OSError) as error:
                    failed(str(error))

        thread = threading.Thread(target=look, name="testimony-follow", daemon=True)
        thread.start()
        return thread

    def exchange(self, archive: Archive) -> None:
        """Answer from another build from now on; what is being answered ends on the one before."""
        fresh = Snapshot(archive)
        with self._lock:
            engine = self._held.engine
            if engine is None:  # under the lock, so that none starts meanwhile on the one before
                self._held.snapshot = fresh
                return
        engine.exchange(fresh.folder, fresh.name)
        with self._lock:
            self._held.snapshot = fresh

    def warm(self) -> threading.Thread:
        """Work out beforehand what the first withdrawal and the first whole graph need, unless that takes minutes."""

        def work() -> None:
            views = self.snapshot.views
            if len(views.rows) <= WARMED:
                _ = views.weighing.claims, views.weighing.drawn

        thread = threading.Thread(target=work, name="testimony-warm", daemon=True)
        thread.start()
        return thread

    def close(self) -> None:
        """Stop following, and end the workers."""
        self._over.set()
        with self._lock:
            if self._held.engine is not None:
                self._held.engine.close()
