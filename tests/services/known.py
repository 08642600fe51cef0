"""Somebody becomes known by another name, or by a number."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s
from inbox.storage.engine.store import Store
from inbox.storage.people import Person, private_fields


async def known_as(store: Store, *people: Person) -> None:
    """Their names and numbers are these from now on."""

    async def change(connection: AsyncConnection) -> None:
        for person in people:
            row = update(s.person).where(s.person.c.id == person.id)
            await connection.execute(row.values(**await private_fields(connection, person)))

    await store.writer.do(change)
