"""What other processes tell, and what only one of them does."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.realtime.peers import Here
from inbox.storage import schema as s
from server.jobs.leases import JobLease
from server.jobs.runner import Job, Jobs
from tests.filing import filed
from tests.house import House
from tests.people import ANNA, KARIN, LARS, who
from tests.sockets import at_socket

pytestmark = pytest.mark.on_both_engines


async def test_whoever_loses_a_role_is_shut_out_of_what_is_open(house: House) -> None:
    case = await filed(house, ANNA)
    lars, karin = await at_socket(house, LARS, case), await at_socket(house, KARIN, case)

    async def work(connection: AsyncConnection) -> None:
        await connection.execute(delete(s.grant).where(s.grant.c.person_id == LARS.id))

    services = house.parts.services
    await services.store.writer.do(work)
    await services.publisher.person_changed(LARS.id)
    await lars.gets("gone")
    await karin.says("take_case", case)
    await karin.gets("entry")
    await lars.settles()
    assert [name for name, _ in lars.frames if name == "entry"] == []


async def test_somebody_at_another_process_is_here_too_until_it_says_no_more(house: House) -> None:
    case = await filed(house, ANNA)
    anna = await at_socket(house, ANNA, case)
    remote_presence = house.parts.services.publisher._remote_presence
    assert remote_presence.hear(Here("other", {case: (who(KARIN),)})) == {case}
    assert remote_presence.hear(Here("other", {case: (who(KARIN),)})) == set()
    await at_socket(house, LARS, case)
    assert (await anna.gets("presence", 2))[-1]["here"] == [{"kind": "provider", "name": ""}]
    assert remote_presence.hear(Here("other", {case: ()})) == {case}
    assert remote_presence.at(case) == set()


async def test_of_several_processes_one_does_a_job_in_each_round(house: House) -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("once")

    job = Job("threads", timedelta(minutes=10), work, once=True)
    turns = JobLease(house.parts.services.store, house.clock, 0)
    processes = [Jobs((job,), effects=lambda: 0.5, count=lambda *_: None, turn=turns.do) for _ in "abc"]
    for expected in (1, 2):
        await asyncio.gather(*(process.run_once(job) for process in processes))
        assert len(done) == expected
        house.clock.passes(timedelta(minutes=9))


async def test_an_id_that_no_database_can_hold_is_no_such_case(house: House) -> None:
    anna = await house.browser(ANNA)
    for id in ("a\x00b", "a\ud800b", "\x00"):
        socket = await at_socket(house, ANNA)
        assert (await socket.asks("watch", case=id, after=0))["error"]["code"] in {"no_such_case", "malformed"}
        assert (await socket.says("post_message", id, text="Hej"))["error"]["code"] in {"no_such_case", "malformed"}
    for path in ("/api/v1/cases/a%00b", "/arende/a%00b", "/arenden/a%00b"):
        assert (await anna.get(path)).status == 404
