"""The workers asked from an event loop: the same answers and the same limits as from a thread, and nobody held up."""

import asyncio
import json
import os
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from test_engine import DEEP, PRODUCT, kill_idle

from graph.engine import Ask, Awaited, Engine, Limits, Told
from graph.engine.messages import PIECE, packed, unpacked
from graph.evidence import Archive

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
LIMIT = 1.0


@pytest.fixture(scope="module")
def engine(mini_archive: Archive) -> Iterator[Engine]:
    with opened(mini_archive, Limits(seconds=LIMIT, memory=300_000_000, workers=2)) as made:
        yield made


def opened(archive: Archive, limits: Limits) -> Engine:
    return Engine(Path(archive.store.name), limits)


def asked(engine: Engine, work: Callable[[Awaited], Coroutine[Any, Any, Any]]) -> Any:
    async def run() -> Any:
        return await work(Awaited(engine))

    return asyncio.run(run())


def test_it_answers_as_a_thread_does(mini_archive: Archive) -> None:
    rows = Ask("SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 2000")
    cut = Ask("SELECT ?s { ?s ?p ?o } ORDER BY ?s", rows=3)
    with opened(mini_archive, Limits(seconds=60, workers=2)) as patient:  # a busy machine stops none of the two
        for ask in (rows, cut, Ask("ASK {}"), Ask("SELECT {"), Ask(COUNT)):
            assert asked(patient, lambda awaited, ask=ask: awaited.ask(ask)) == patient.ask(ask)
        assert len(patient.ask(rows).body) > PIECE  # so that an answer in several pieces was among them


def test_a_message_is_read_when_it_is_whole() -> None:
    whole = packed({"state": "complete"}, b"body")
    assert [unpacked(whole[:size]) for size in range(len(whole))] == [None] * len(whole)
    assert unpacked(whole) == ({"state": "complete"}, b"body")


@pytest.mark.parametrize(("query", "limit"), [(PRODUCT, "time"), (DEEP, "memory")], ids=["runaway", "too deep"])
def test_what_runs_away_or_crashes_is_stopped_and_others_are_answered(engine: Engine, query: str, limit: str) -> None:
    async def work(awaited: Awaited) -> tuple[Told, list[str], Told]:
        slow = asyncio.create_task(awaited.ask(Ask(query)))
        meanwhile = [(await awaited.ask(Ask("ASK {}"))).state for _ in range(3)]
        return await slow, meanwhile, await awaited.ask(Ask(COUNT))

    told, meanwhile, after = asked(engine, work)
    assert (told.state, told.limit) == ("stopped", limit)
    assert meanwhile == ["complete"] * 3
    assert json.loads(after.body)["results"]["bindings"]


def test_the_loop_goes_on_while_a_question_is_worked_at(engine: Engine) -> None:
    async def work(awaited: Awaited) -> int:
        turns, slow = 0, asyncio.create_task(awaited.ask(Ask(PRODUCT)))
        while not slow.done():
            await asyncio.sleep(0.01)
            turns += 1
        return turns

    assert asked(engine, work) > 10


def test_who_asks_when_everybody_waits_is_told_so(mini_archive: Archive) -> None:
    async def work(awaited: Awaited) -> tuple[list[Told], Told]:
        told = await asyncio.gather(*(awaited.ask(Ask(PRODUCT)) for _ in range(5)))
        return list(told), await awaited.ask(Ask("ASK {}"))

    with opened(mini_archive, Limits(seconds=1, workers=1, waiting=1)) as narrow:
        told, after = asked(narrow, work)
    states = [each.state for each in told]
    assert states.count("busy") >= 3
    assert "stopped" in states
    assert any("questions are waiting" in each.why for each in told)
    assert after.state == "complete"


def test_who_gives_up_takes_the_worker_with_it(mini_archive: Archive) -> None:
    """Whose question is cancelled leaves no worker behind that answers somebody else with it."""

    async def work(awaited: Awaited) -> Told:
        task = asyncio.create_task(awaited.ask(Ask(PRODUCT)))
        await asyncio.sleep(0.2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return await awaited.ask(Ask(COUNT))

    with opened(mini_archive, Limits(seconds=20, workers=1)) as narrow:
        told = asked(narrow, work)
    assert (told.state, told.kind) == ("complete", "rows")


def test_a_killed_holder_of_the_snapshot_is_started_again(mini_archive: Archive) -> None:
    async def work(awaited: Awaited) -> list[str]:
        return [(await awaited.ask(Ask("ASK {}"))).state for _ in range(5)]

    with opened(mini_archive, Limits(workers=1)) as engine:
        os.kill(engine._zygote._process.pid, 9)
        assert asked(engine, work) == ["complete"] * 5


def test_a_worker_that_died_while_idle_costs_nobody_an_answer(mini_archive: Archive) -> None:
    async def work(awaited: Awaited) -> list[str]:
        return [(await awaited.ask(Ask("ASK {}"))).state for _ in range(3)]

    with opened(mini_archive, Limits(workers=2)) as engine:
        kill_idle(engine)
        assert asked(engine, work) == ["complete"] * 3
