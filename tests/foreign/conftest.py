"""The house, people who can be picked at its sign-in, and foreign programs that come in as them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from inbox.storage import schema as s
from inbox.storage.people import Person
from tests.foreign.program import Program, Wire, begun, wire_to
from tests.house import House, house_in

Comes = Callable[..., Awaitable[Program]]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """The service, where everybody can be picked at the sign-in."""
    async with house_in(tmp_path, commands_per_minute=6_000, looks_per_minute=6_000) as house:

        async def can_be_picked(connection: Any) -> None:
            await connection.execute(update(s.person).values(sample=True))

        await house.parts.services.store.writer.do(can_be_picked)
        yield house


@pytest.fixture
async def wire(house: House) -> AsyncIterator[Wire]:
    """Between the programs and the house."""
    assert house.server.port is not None
    async with wire_to(house.server.port) as wire:
        yield wire


@pytest.fixture
async def comes(wire: Wire) -> AsyncIterator[Comes]:
    """Somebody comes in by a foreign program: signed in, at an open socket, with a case open if so wished."""
    async with AsyncExitStack() as stack:

        async def come(person: Person | None, case: str = "", *transports: str) -> Program:
            program = await begun(wire.address)
            stack.push_async_callback(program.ends)
            if person is not None:
                assert await program.does("signIn", person=person.id) == {"status": 303}
                chosen = {"transports": transports} if transports else {}
                assert await program.does("connect", **chosen) == {"connected": True}
            if case:
                assert "ok" in await program.does("watch", case=case)
            return program

        yield come
