"""The same workers, asked from an event loop: no thread for a question, which would cost more than a small answer."""

import asyncio
from dataclasses import replace

from graph.engine.messages import PIECE, Ask, Told, as_head, packed, to_told, unpacked
from graph.engine.pool import SPARE, Engine, Worker, Zygote, crowded, no_turn, too_long, too_much


class Awaited:
    """An engine for one event loop, in place of `Engine.ask` and with the same answers; not to be mixed with it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turns = asyncio.Semaphore(engine.limits.workers)
        self._held = 0

    async def ask(self, ask: Ask, seconds: float | None = None) -> Told:
        """The answer, or why there is none: complete, truncated, stopped, refused, wrong or busy."""
        limits = self._engine.limits
        limit = limits.least(seconds)
        if self._held >= limits.held:
            return crowded(self._held)
        self._held += 1
        try:
            if not await self._turn(limit):
                return no_turn(limit)
            try:
                return await self._answered(ask, limit)
            finally:
                self._turns.release()
        finally:
            self._held -= 1

    async def _turn(self, limit: float) -> bool:
        if not self._turns.locked():
            return await self._turns.acquire()
        try:
            async with asyncio.timeout(limit):
                return await self._turns.acquire()
        except TimeoutError:
            return False

    async def _answered(self, ask: Ask, limit: float) -> Told:
        told, zygote = await self._tried(ask, limit)
        if told.limit == "memory" and not zygote.retired and await asyncio.to_thread(zygote.dead):
            told, zygote = await self._tried(ask, limit)  # its workers went with it: no fault of this question
        return told if told.build else replace(told, build=zygote.name)

    async def _tried(self, ask: Ask, limit: float) -> tuple[Told, Zygote]:
        found = self._engine.idle()
        zygote, worker = found if found is not None else await asyncio.to_thread(self._engine.borrowed)
        told = None
        try:
            told = await _exchanged(worker, ask, limit)
        finally:  # also when whoever asked has gone
            self._engine.given_back(zygote, worker, told)
        return told, zygote


async def _exchanged(worker: Worker, ask: Ask, limit: float) -> Told:
    loop = asyncio.get_running_loop()
    worker.to.setblocking(False)  # a new one waits, as a thread wants it
    held = bytearray()
    try:
        async with asyncio.timeout(limit + SPARE):
            await loop.sock_sendall(worker.to, packed(as_head(ask)))
            while (message := unpacked(held)) is None:
                got = await loop.sock_recv(worker.to, PIECE)
                if not got:
                    return too_much()
                held += got
    except TimeoutError:
        return too_long(limit)
    except OSError:
        return too_much()
    return to_told(*message, worker.build)
