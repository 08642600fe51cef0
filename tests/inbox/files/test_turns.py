"""Senders take turns: whoever sends many waits for their own alone."""

import asyncio
import io
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from inbox.attachments.attaching import ToDraft
from inbox.files.kinds import Kind
from inbox.files.limits import DRAFT, room_for_one_more
from inbox.files.object_store import Shelf
from inbox.files.pictures.sandbox import AT_ONCE, Result
from inbox.files.pictures.turns import Turns
from inbox.files.store import Files
from inbox.intake.drafts import Owner
from tests.inbox.files import samples
from tests.inbox.files.test_store import arriving
from tests.patience import PATIENCE


class Desk:
    """Writes down who has a place, and lets each go when told."""

    def __init__(self, places: int) -> None:
        self.turns = Turns(places)
        self.begun: list[str] = []
        self.may_end: dict[str, asyncio.Event] = {}

    async def work(self, name: str) -> None:
        async with self.turns.turn(name.partition("-")[0]):
            self.begun.append(name)
            await self.may_end.setdefault(name, asyncio.Event()).wait()

    def comes(self, *names: str) -> dict[str, "asyncio.Task[None]"]:
        return {name: asyncio.create_task(self.work(name)) for name in names}

    async def ends(self, *names: str) -> None:
        for name in names:
            self.may_end[name].set()
        await settled()


async def settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_whoever_sends_many_never_has_every_place() -> None:
    desk = Desk(3)
    tasks = desk.comes(*(f"olle-{n}" for n in range(10)))
    await settled()
    assert desk.begun == ["olle-0", "olle-1"]
    tasks |= desk.comes("anna-0")
    await settled()
    assert desk.begun == ["olle-0", "olle-1", "anna-0"]
    for task in tasks.values():
        task.cancel()


async def test_a_place_goes_to_whoever_waited_longest_since_their_last_turn() -> None:
    desk = Desk(2)
    tasks = desk.comes("olle-0", "bo-0", "olle-1", "olle-2", "olle-3", "anna-0", "anna-1", "eva-0")
    await settled()
    assert desk.begun == ["olle-0", "bo-0"]
    await desk.ends("olle-0", "bo-0")
    assert desk.begun[2:] == ["olle-1", "anna-0"]
    await desk.ends("olle-1", "anna-0")
    assert desk.begun[4:] == ["eva-0", "olle-2"]
    await desk.ends("eva-0", "olle-2")
    assert desk.begun[6:] == ["anna-1", "olle-3"]
    await desk.ends("anna-1", "olle-3")
    await asyncio.gather(*tasks.values())


async def test_whoever_goes_away_while_waiting_holds_nothing_up() -> None:
    desk = Desk(1)
    tasks = desk.comes("olle-0", "bo-0", "anna-0")
    await settled()
    tasks["bo-0"].cancel()
    await desk.ends("olle-0")
    assert desk.begun == ["olle-0", "anna-0"]
    tasks["anna-0"].cancel()
    await settled()
    after = desk.comes("eva-0")
    await settled()
    assert desk.begun[-1] == "eva-0"
    await desk.ends("eva-0")
    await after["eva-0"]


async def test_a_small_picture_is_taken_while_many_large_ones_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = io.BytesIO()
    Image.new("L", (5000, 5000)).save(target, "JPEG")
    large = target.getvalue()
    files = Files(Shelf(tmp_path / "files"), tmp_path / "desk")
    going: list[int] = []
    full, never = asyncio.Event(), asyncio.Event()

    async def work(kind: Kind, desk: Path) -> bytes:
        content = (desk / "arrived").read_bytes()
        going.append(len(content))
        if len(going) == AT_ONCE:
            full.set()
        if content == large:
            await never.wait()
        (desk / "made").write_bytes(content)
        return msgspec.json.encode(Result(kind))

    monkeypatch.setattr("inbox.files.pictures.sandbox._work", work)
    room = room_for_one_more([], DRAFT)
    heavy = [
        asyncio.create_task(files.keep(f"owner-{n}", arriving(large, 10_000_000), room, f"nobody-{n}"))
        for n in range(8)
    ]
    await full.wait()
    async with asyncio.timeout(PATIENCE):
        await files.keep("mine", arriving(samples.JPEG), room, "anna")
    assert going == [len(large)] * AT_ONCE + [len(samples.JPEG)]
    for task in heavy:
        task.cancel()
    await asyncio.gather(*heavy, return_exceptions=True)


def test_nobodys_browsers_are_one_sender_by_where_they_come_from() -> None:
    here = {ToDraft("a-draft", Owner(key=f"browser {n}", person=None), "203.0.113.9").sender for n in range(20)}
    there = ToDraft("a-draft", Owner(key="browser 0", person=None), "198.51.100.7").sender
    assert len(here) == 1
    assert there not in here
    known = [ToDraft("a-draft", Owner(key="browser 0", person=person), "203.0.113.9").sender for person in ("a", "b")]
    assert len({*known, *here}) == 3
