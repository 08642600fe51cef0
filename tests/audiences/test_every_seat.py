"""Thousands of random commands of people on every kind of seat, in two open regions: everybody gets what is theirs."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dialogs.errors import Refused
from inbox.cases.commands import KINDS
from inbox.cases.model import Actor, Case
from inbox.principals.seat import SeatKind
from inbox.storage import cases
from inbox.storage.administration.roles import add_with_roles
from inbox.storage.people import Person, add_person
from tests.audiences.course import CANARY, CITIZENS, Course
from tests.audiences.ledger import Somebody
from tests.audiences.table import Table
from tests.regions import DORA, NILS, NORA, NORTH, two
from tests.world import World, world_in

COMMANDS = 2_000
NOT_GIVEN = {"SubmitCase", "CloseThread", "StopWaiting", "ReleaseCase", "RefuseConsent", "RateAnswer"}
"""Drafts are sent as cases begin and threads closed by timers; the others say nothing."""


def test_of_thousands_of_commands_on_every_kind_of_seat_everybody_gets_what_is_theirs_and_nothing_else() -> None:
    done, refused, seen = Counter[str](), 0, 0
    for seed in range(6):
        course = Course(seed)
        seen += _go_on(course, COMMANDS)
        done, refused = done + course.done, refused + course.refused
    assert {*SeatKind, "code", "service", "at work in 99", "at work in 98"} <= set(done)
    assert {kind.__name__ for kind in KINDS.values()} - NOT_GIVEN <= set(done)
    assert sum(done[kind.__name__] for kind in KINDS.values()) > 2 * COMMANDS
    assert refused > 2 * COMMANDS
    assert seen > 2 * COMMANDS


def test_the_comparison_finds_a_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself is tried: one feed too many is found."""
    course, opens = Course(0), Table._open_to

    def leaky(self: Table, case: Case, actor: Actor) -> tuple[str, ...]:
        return (*opens(self, case, actor), *(feed for feed in case.heads if "@" in feed))

    monkeypatch.setattr(Table, "_open_to", leaky)
    with pytest.raises(AssertionError):
        _go_on(course, 200)


def _go_on(course: Course, commands: int) -> int:
    """How many texts somebody has got when everybody looked at everything."""
    seen = 0
    for number in range(1, commands + 1):
        course.goes_on()
        if number % 50 == 0:
            course.begins(course.chance.choice(("99", "98")))
        if number % 500 == 0:
            seen += course.looks()
    return seen


async def test_what_is_kept_of_it_is_read_by_everybody_as_it_was_told(tmp_path: Path, database_url: str) -> None:
    """The store reads by queries of its own: threads, what came after a number, homes and queues."""
    course = Course(7)
    _go_on(course, 500)
    async with world_in(tmp_path, database_url) as world:
        world.has_units(two())
        world.now = course.table.now
        await world.store.writer.do(lambda connection: _kept(connection, course))
        seen = 0
        for case, ledger in course.ledgers.items():
            for one in course.everybody(case):
                texts = {canary for canary in ledger.sides if course.may_see(case, one, canary)}
                assert await _read(world, case, one) == texts, one.name
                seen += len(texts)
        for one in course.everybody(next(iter(course.ledgers))):
            here = {case for case, ledger in course.ledgers.items() if ledger.here(one, world.now)}
            queue = {row.case.id for row in (await world.reading.queue(one.identity)).rows}
            home = {own.case.id for own in (await world.reading.home(one.identity)).cases}
            assert queue <= here, one.name
            assert home <= here, one.name
        assert seen > 200


async def _kept(connection: Any, course: Course) -> None:
    for one in CITIZENS[2:5]:
        person = Person(id=one.identity.person or "", name=one.identity.name, staff=False)
        await add_person(connection, person)
    for person in (NILS, NORA, DORA):
        await add_with_roles(connection, person, NORTH[person.id], course.table.now)
    for id, kept in course.table.kept.items():
        await cases.keep(connection, None, kept.case, kept.history)
        for seat in kept.seats:
            await cases.open_seat(connection, id, seat, kept.case.submitted_at)


async def _read(world: World, case: str, one: Somebody) -> set[str]:
    """The texts in a thread, which are those in its feed from the beginning."""
    try:
        thread = await world.reading.thread(case, one.identity)
        page = await world.reading.after(case, one.identity, 0)
    except Refused:
        return set()
    found = {str(each) for each in CANARY.findall(repr((thread.case, thread.entries, thread.notes)))}
    assert found == set(CANARY.findall(repr((page.viewer.case.title, page.entries, page.notes))))
    return found
