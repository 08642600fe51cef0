"""A message from a client of one process reaches a client of the other, in order by number."""

import asyncio
import itertools
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from server.observability.readiness import MISSED
from tests.benchmarks.frames import Refused
from tests.benchmarks.threads import COLLEAGUES
from tests.patience import until
from tests.people import TORGET
from tests.processes.conftest import started
from tests.processes.pair import Listener, Pair
from tests.publishing import ASKED, next_version
from tests.services.ports import free_port
from tests.services.postgres import Postgres
from tests.services.redis import running_redis

THREADS, EACH, IN_FLIGHT = 20, 100, 5
REPORTER, KARIN, LARS = 0, 1, 2
A_SECOND = 1.5
"""What is promised, and the way there and back."""


def strays(listener: Listener, said: int) -> tuple[int, int, int]:
    """How many frames came out of order, not at all, or twice."""
    numbers, expected = listener.numbers, range(listener.head + 1, listener.head + said + 1)
    disorder = sum(later <= earlier for earlier, later in itertools.pairwise(numbers))
    return disorder, len(set(expected) - set(numbers)), len(numbers) - len(set(numbers))


async def test_what_one_writes_the_other_reads_at_once_at_another_process(pair: Pair) -> None:
    (thread,) = await pair.threads(1)
    async with pair.sitting((thread, REPORTER, 0), (thread, KARIN, 1)) as (anna, karin):
        await anna.says("Hej")
        assert (await karin.gets("entry"))[0]["event"]["text"] == "Hej"
        await karin.says("Hej själv")
        assert [entry["event"]["text"] for entry in await anna.gets("entry", 2)] == ["Hej", "Hej själv"]


async def test_a_version_that_is_published_is_asked_by_at_every_process_within_two_seconds(pair: Pair) -> None:
    (thread,) = await pair.threads(1)
    for where in (0, 1):
        assert ASKED not in (await pair.get(where, "/beratta/leave", thread.secrets[REPORTER]))[1]
    await pair.publishes(next_version())
    published = pair.watch()
    for where in (0, 1):
        while ASKED not in (await pair.get(where, "/beratta/leave", thread.secrets[REPORTER]))[1]:
            assert published.seconds < 2
            await asyncio.sleep(0.05)


@pytest.mark.slow
async def test_of_2000_messages_none_is_lost_doubled_or_out_of_order(pair: Pair) -> None:
    threads = await pair.threads(THREADS)
    seats = [(thread, who, who % 2) for thread in threads for who in range(4)]
    async with pair.sitting(*seats) as listeners:
        rooms = [listeners[at : at + 4] for at in range(0, len(listeners), 4)]

        async def one_after_the_other(room: list[Listener], first: int) -> None:
            for number in range(first, EACH, IN_FLIGHT):
                await room[number % 4].says(f"Rad {number}")

        await asyncio.gather(*(one_after_the_other(room, first) for room in rooms for first in range(IN_FLIGHT)))
        await until(lambda: not any(strays(one, EACH)[1] for one in listeners))
        assert {strays(one, EACH) for one in listeners} == {(0, 0, 0)}


async def test_whoever_lost_a_case_gets_nothing_after_it_is_acknowledged_at_another_process(pair: Pair) -> None:
    threads = await pair.threads(5)
    for thread in threads:
        seats = ((thread, REPORTER, 0), (thread, REPORTER, 1), (thread, KARIN, 0), (thread, LARS, 1))
        async with pair.sitting(*seats) as (anna, also_anna, karin, lars):
            stop = asyncio.Event()

            async def writes(who: Listener, stop: asyncio.Event = stop) -> None:
                while not stop.is_set():
                    await who.says("Hallå?")

            writers = [asyncio.create_task(writes(who)) for who in (anna, also_anna, anna)]
            await lars.gets("entry", 5)
            reply = await karin.gives("forward_case", unit=TORGET, reason="Det hände där.")
            seen = len(lars.frames)
            await anna.gets("entry", len(anna.numbers) + 20)
            stop.set()
            await asyncio.gather(*writers)
            assert reply.ok is not None
            # Only what was under way to the client when the acknowledgement came: none of it newer than the removal.
            assert [name for name, _ in lars.frames[seen:] if name == "entry"] == []
            assert "gone" in [name for name, _ in lars.frames]
            assert lars.numbers == list(range(lars.head + 1, lars.head + len(lars.numbers) + 1))


async def test_presence_and_typing_are_told_across_and_say_only_what_somebody_is(pair: Pair) -> None:
    (thread,) = await pair.threads(1)
    async with pair.sitting((thread, REPORTER, 0), (thread, KARIN, 1)) as (anna, karin):
        assert (await anna.gets("presence", 2))[-1]["here"] == [{"kind": "provider", "name": ""}]
        assert (await karin.gets("presence"))[-1]["here"] == [{"kind": "reporter", "name": ""}]
        await karin.asks("typing", {"case": thread.case, "on": True})
        assert (await anna.gets("typing"))[0] == {"case": thread.case, "on": True, "kind": "provider", "name": ""}
        await karin.asks("read", {"case": thread.case, "n": 2})
        assert (await anna.gets("read"))[0]["n"] == 2
        await karin.closes()
        await anna.gets("presence", 3)
        assert anna.frames[-1][1]["here"] == []


async def test_signing_out_closes_the_sockets_of_the_session_at_every_process(pair: Pair) -> None:
    (thread,) = await pair.threads(1)
    async with pair.sitting((thread, REPORTER, 1), (thread, KARIN, 1)) as (anna, karin):
        status, _ = await pair.get(0, "/lamna", thread.secrets[REPORTER])
        assert status == 303
        # Told before this is: both go by the same way.
        async with pair.sitting((thread, LARS, 0)) as (lars,):
            await karin.sees("provider")
            await lars.says("Är du kvar?")
            await karin.gets("entry")
        assert anna.numbers == []


async def test_a_role_that_is_taken_away_is_gone_at_every_process_within_a_second(pair: Pair) -> None:
    (thread,) = await pair.threads(1)
    seats = ((thread, REPORTER, 0), (thread, KARIN, 1), (thread, LARS, 0), (thread, LARS, 1))
    async with pair.sitting(*seats) as (anna, karin, here, there):
        await anna.says("Hej")
        for lars in (here, there):
            await lars.gets("entry")
        await pair.takes_roles(COLLEAGUES[LARS - 1])
        taken = pair.watch()
        for where in (0, 1):
            while (await pair.get(where, f"/personal/arende/{thread.case}", thread.secrets[LARS]))[0] == 200:
                assert taken.seconds < A_SECOND
                await asyncio.sleep(0.02)
        told = [list(lars.numbers) for lars in (here, there)]
        for lars in (here, there):
            for command in ("write_note", "post_message"):
                with pytest.raises(Refused, match="no_such_case"):
                    await lars.gives(command, text="Kvar?")
        await anna.says("Är det bara vi nu?")
        assert [entry["event"]["text"] for entry in await karin.gets("entry", 2)] == ["Hej", "Är det bara vi nu?"]
        assert [lars.numbers for lars in (here, there)] == told


async def test_a_session_that_runs_out_is_cut_at_every_process_and_told_nothing_more(pair: Pair) -> None:
    (thread,) = await pair.threads(1)
    # Whoever is at a socket is asked for the session again when it runs out: until then it takes time to sit down.
    before = pair.watch()
    async with pair.sitting((thread, REPORTER, 0), (thread, KARIN, 0), (thread, KARIN, 1)) as (anna, *_):
        await anna.says("Är ni där?")
    lasts = 3 + 3 * before.seconds
    await pair.ends_session(thread.secrets[LARS], timedelta(seconds=lasts))
    began = pair.watch()
    seats = ((thread, REPORTER, 0), (thread, LARS, 0), (thread, LARS, 1))
    async with pair.sitting(*seats) as (anna, *both):
        await anna.says("Hej")
        for lars in both:
            await lars.gets("entry")
        for lars in both:
            await lars.is_cut()
        assert began.seconds < lasts + 2 * A_SECOND
        await anna.says("Är du kvar?")
        assert [len(lars.numbers) for lars in both] == [1, 1]
        for where in (0, 1):
            path = f"/personal/arende/{thread.case}"
            assert (await pair.get(where, path, thread.secrets[LARS]))[0] == 303


@pytest.mark.slow
async def test_without_redis_everything_still_arrives_and_health_says_so(tmp_path: Path, postgres: Postgres) -> None:
    port = free_port()
    async with started(tmp_path, postgres.url(postgres.make()), f"redis://127.0.0.1:{port}/0") as pair:
        (thread,) = await pair.threads(1)
        async with pair.sitting((thread, REPORTER, 0), (thread, KARIN, 1)) as (anna, karin):
            assert await degraded(pair, 0) is True
            await anna.says("Ett")
            await karin.gets("entry")
            with running_redis(port):
                await until_back(pair)
                await anna.says("Två")
                await karin.gets("entry", 2)
            await anna.says("Tre")
            assert [entry["event"]["text"] for entry in await karin.gets("entry", 3)] == ["Ett", "Två", "Tre"]
            assert await degraded(pair, 1) is True
            _, text = await pair.get(1, "/health/ready")
            assert msgspec.json.decode(text)["says"] == [MISSED["neighbours"]]
            # Who writes is not told from process to process meanwhile; what is written is.
            await karin.asks("typing", {"case": thread.case, "on": True})
            await karin.says("Fyra")
            assert (await anna.gets("entry", 4))[-1]["event"]["text"] == "Fyra"
            assert "typing" not in [name for name, _ in anna.frames]


async def until_back(pair: Pair) -> None:
    async def is_back() -> bool:
        return not (await degraded(pair, 0) or await degraded(pair, 1))

    await until(is_back)


async def degraded(pair: Pair, where: int) -> bool:
    """What health says; the process is ready all the same."""
    status, text = await pair.get(where, "/health/ready")
    assert status == 200
    said: dict[str, bool] = msgspec.json.decode(text)
    return said["degraded"]
