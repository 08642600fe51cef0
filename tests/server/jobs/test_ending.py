"""Work that comes back by itself and is told to end, in the middle of something and at rest."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, cast

import msgspec
import pytest
from sqlalchemy import text

from handlers.realtime.peer_events import PeerListener
from handlers.realtime.peers import SessionEnded
from inbox.storage.engine import ending
from inbox.storage.engine.bell import Bell, Came
from server.cluster.redis_peers import Frame, RedisPeers
from server.jobs.following import Following
from server.jobs.runner import Job, Jobs
from tests.house import House
from tests.services.ports import free_port

Work = Callable[[], Awaitable[None]]


def follows(work: Work) -> Following:
    async def round() -> Came:
        await work()
        return Came.NOTHING

    return Following("work", round, Bell(), chance=lambda: 0.5, count=lambda *_: None)


def comes_back(work: Work) -> Jobs:
    job = Job("work", timedelta(0), work)
    return Jobs((job,), effects=lambda: 0.5, count=lambda *_: None)


class Piece:
    """Work that has begun and goes on when it is told."""

    def __init__(self) -> None:
        self.begun, self.goes_on, self.ended = asyncio.Event(), asyncio.Event(), 0

    async def __call__(self) -> None:
        self.begun.set()
        await self.goes_on.wait()
        self.ended += 1


@pytest.fixture(params=[follows, comes_back])
async def begun(request: pytest.FixtureRequest) -> tuple[Following | Jobs, Piece]:
    piece = Piece()
    work: Following | Jobs = request.param(piece)
    work.start()
    await piece.begun.wait()
    return work, piece


async def test_what_is_under_way_ends_and_nothing_is_begun_after_it(begun: tuple[Following | Jobs, Piece]) -> None:
    work, piece = begun
    stopping = asyncio.create_task(work.stop())
    await asyncio.sleep(0)
    piece.goes_on.set()
    await stopping
    assert piece.ended == 1


async def test_what_never_ends_is_cut_off(
    begun: tuple[Following | Jobs, Piece], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending, "GRACE", 0.01)
    work, piece = begun
    await work.stop()
    assert piece.ended == 0


async def test_what_another_process_told_is_done_before_the_end() -> None:
    piece, nobody = Piece(), cast(Any, None)
    hearing = PeerListener(
        act=nobody,
        reading=nobody,
        identities=nobody,
        subscriptions=nobody,
        publisher=nobody,
        remote_presence=nobody,
        end_session=lambda _: piece(),
    )
    hearing.start()
    hearing.hear(SessionEnded("a session"))
    await piece.begun.wait()
    stopping = asyncio.create_task(hearing.stop())
    await asyncio.sleep(0)
    piece.goes_on.set()
    await stopping
    assert piece.ended == 1


async def test_what_another_process_waits_for_is_looked_for_to_its_end() -> None:
    piece = Piece()
    peers = RedisPeers(f"redis://127.0.0.1:{free_port()}", channel="c", process="here", effects=lambda: 0.5)
    peers.on_asked(piece)
    peers._take(msgspec.json.encode(Frame("another", 1, (), asks=True)))
    await piece.begun.wait()
    stopping = asyncio.create_task(peers.stop())
    await asyncio.sleep(0)
    piece.goes_on.set()
    await stopping
    assert piece.ended == 1


@pytest.mark.on_both_engines
async def test_to_stop_while_the_database_answers_is_no_error(house: House, caplog: pytest.LogCaptureFixture) -> None:
    async def look() -> None:
        async with house.parts.services.store.reading() as connection:
            await connection.execute(text("SELECT 1"))

    with caplog.at_level(logging.ERROR):
        for turn in range(40):
            work = comes_back(look)
            work.start()
            await asyncio.sleep(turn / 8_000)
            await work.stop()
    assert not caplog.records
