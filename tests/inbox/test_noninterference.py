"""What is not for somebody changes nothing in what they get: two worlds, one with more happening out of their sight."""

import asyncio
import re
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dialogs.errors import Refused
from inbox.cases import commands as c
from inbox.principals.principal import SERVICE, CodeHolder, Who
from inbox.principals.seat import SeatKind
from inbox.storage.engine.engines import url_of
from inbox.storage.people import Person
from tests.people import ANNA, BO, BOARD, EKBACKEN, FIA, KARIN, LARS, OLLE, identity
from tests.services.stores import store_at
from tests.world import START, World, world_in

Done = Callable[[World, str], Awaitable[Any]]
ID = re.compile(r"00000000-0000-7000-8000-\d{12}")
EXAMPLES = 9
"""For each who looks: 63 together."""
SHARED = c.Parts(answers=True, since="all")


def does(who: Any, kind: type[c.Command], **fields: Any) -> Done:
    """Somebody gives a command, if it can be given now: refused in one world, it is refused in the other."""

    async def do(world: World, case: str) -> None:
        command: Any = kind(case=case, client_id=world.new_id(), **fields)
        with suppress(Refused):
            await world.act.carry_out(command, identity(who))

    return do


FOR_ALL: tuple[Done, ...] = (
    does(ANNA, c.PostMessage, text="Till alla.", widens=True),
    does(KARIN, c.PostMessage, text="Vi svarar alla.", widens=True),
    does(OLLE, c.PostMessage, text="Nämnden svarar alla.", widens=True),
    does(KARIN, c.AskReporter, text="När var det?", widens=True),
    does(KARIN, c.StopWaiting),
    does(KARIN, c.SetPlace, unit=EKBACKEN),
)
NOTES: tuple[Done, ...] = (
    does(KARIN, c.WriteNote, text="Inom enheten."),
    does(LARS, c.WriteNote, text="Inom enheten, en gång till."),
)
OF_BOARD: tuple[Done, ...] = (does(OLLE, c.WriteNote, text="Inom nämnden."),)
BETWEEN: tuple[Done, ...] = (
    does(KARIN, c.PostMessage, text="Till nämnden.", audience=c.Audience.UNIT_BOARD),
    does(OLLE, c.PostMessage, text="Till enheten.", audience=c.Audience.UNIT_BOARD),
)
TO_CITIZEN: tuple[Done, ...] = (
    does(ANNA, c.PostMessage, text="Till nämnden.", audience=c.Audience.CITIZEN_BOARD),
    does(OLLE, c.PostMessage, text="Till Anna.", audience=c.Audience.CITIZEN_BOARD),
)
HIDDEN: dict[str, tuple[Any, tuple[Done, ...]]] = {
    "anna": (ANNA, (*NOTES, *OF_BOARD, *BETWEEN)),
    "guardian": ("code-1", (*NOTES, *OF_BOARD, *BETWEEN)),
    "patient": (BO, (*NOTES, *OF_BOARD, *BETWEEN)),
    "former": ("code-2", (*NOTES, *OF_BOARD, *BETWEEN, *TO_CITIZEN)),
    "karin": (KARIN, (*OF_BOARD, *TO_CITIZEN)),
    "olle": (OLLE, NOTES),
    "fia": (FIA, (*NOTES, *OF_BOARD, *BETWEEN, *TO_CITIZEN)),
}
"""Who looks, a person or by which code, and what is not for them. A former proxy's time is over."""


@pytest.mark.slow
@pytest.mark.parametrize("who", sorted(HIDDEN))
def test_what_is_hidden_from_somebody_changes_nothing_they_get(who: str, template: Path) -> None:
    person, hidden = HIDDEN[who]
    step = st.tuples(st.sampled_from(FOR_ALL), st.lists(st.sampled_from(hidden), max_size=2))

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(step, min_size=1, max_size=3))
    def try_it(steps: list[tuple[Done, list[Done]]]) -> None:
        bare = asyncio.run(seen_after([(visible, []) for visible, _ in steps], person, template))
        assert asyncio.run(seen_after(steps, person, template)) == bare

    try_it()


def test_the_comparison_finds_what_is_not_hidden(template: Path) -> None:
    """The test itself is tried: what is for Anna too is seen."""
    visible = FOR_ALL[0]
    bare = asyncio.run(seen_after([(visible, [])], ANNA, template))
    assert asyncio.run(seen_after([(visible, [FOR_ALL[1]])], ANNA, template)) != bare


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database to be copied: Anna's case, with others beside her, which Karin handles and Olle has joined."""

    async def make(folder: Path) -> str:
        async with world_in(folder) as world:
            case = await world.complains(ANNA)
            await does(KARIN, c.TakeCase)(world, case)
            await does(ANNA, c.GiveConsent, unit=BOARD, parts=SHARED, text="Ja.")(world, case)
            await does(OLLE, c.TakeCase)(world, case)
            over: Any = {"sits_as": SeatKind.PROXY, "code": "code-2", "until": START + timedelta(hours=1)}
            for seat in (
                {"party": "reporter", "sits_as": SeatKind.GUARDIAN, "code": "code-1"},
                {"party": "patient", "sits_as": SeatKind.PATIENT, "person": BO.id},
                {"party": "reporter", **over},
            ):
                await does(SERVICE, c.OpenSeat, **seat)(world, case)
            return case

    folder = tmp_path_factory.mktemp("template")
    case = asyncio.run(make(folder))
    return (folder / "world.db").rename(folder / case)


async def seen_after(steps: list[tuple[Done, list[Done]]], person: Person | str, template: Path) -> str:
    """Everything that somebody gets at the end. What they do not see happens at hours of its own."""
    with tempfile.TemporaryDirectory() as folder:
        store = store_at(url_of(Path(shutil.copy(template, folder)), ""))
        store.start()
        try:
            return await _played(World(store, first_id=10_000), steps, person, template.name)
        finally:
            await store.close()


async def _played(world: World, steps: list[tuple[Done, list[Done]]], person: Person | str, case: str) -> str:
    for day, (visible, hidden) in enumerate(steps, start=1):
        world.now = START + timedelta(days=day)
        await visible(world, case)
        await _all_read(world, case)
        for hour, one in enumerate(hidden, start=1):
            world.now = START + timedelta(days=day, hours=hour)
            await one(world, case)
            await _all_read(world, case)
    world.now = START + timedelta(days=30)
    return _renamed(repr(await _got(world, case, person)))


async def _all_read(world: World, case: str) -> None:
    """Everybody who may has the case open and reads whatever comes."""
    for who in (ANNA, KARIN, OLLE):
        await world.reading.mark_read(case, identity(who), 1 << 30)


async def _got(world: World, case: str, person: Person | str) -> list[object]:
    """The thread, every page of the feed, the home page, the queue in each of its views, and what is refused."""
    who = identity(Who(CodeHolder(person, case)) if isinstance(person, str) else person)
    found: list[object] = [await world.reading.home(who)]
    found += [await world.reading.queue(who, only) for only in ("all", "mine", "free")]
    try:
        thread = await world.reading.thread(case, who)
        found.append(thread)
        found += [await world.reading.after(case, who, n) for n in (0, thread.head - 1, thread.head)]
    except Refused as refusal:
        found.append(refusal.code)
        with suppress(Refused):
            found.append(await world.reading.register_entry(case, who))
    return found


def _renamed(text: str) -> str:
    """Ids by the order in which they appear: they are made in the order in which things happen, seen or not."""
    names: dict[str, str] = {}
    return ID.sub(lambda found: names.setdefault(found.group(), f"id-{len(names)}"), text)
