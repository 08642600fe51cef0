"""How far each reaction has come: a row for each, held by the transaction that does its work."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete, insert, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s


class Position(Struct, frozen=True):
    """How far a reaction has come."""

    name: str
    row: int
    """The last that it has done all of."""
    tries: int = 0
    """How often the next one failed."""
    fault: str | None = None
    due_at: datetime | None = None
    """When it is tried again."""
    own: int = 0
    """PostgreSQL's number of the transaction that holds it."""


class Parked(Struct, frozen=True):
    """An event that a reaction could not do."""

    reaction: str
    row: int
    at: datetime
    """When it was given up."""
    fault: str


_OWN = text("pg_current_xact_id()::text::bigint AS own")


async def hold(connection: AsyncConnection, name: str) -> Position | None:
    """Its position, nobody else's until the transaction ends; None if it has none, or another process holds it."""
    own = _OWN if connection.dialect.name == "postgresql" else literal(0).label("own")
    query = select(s.reaction, own).where(s.reaction.c.name == name).with_for_update(skip_locked=True)
    row = (await connection.execute(query)).mappings().first()
    return None if row is None else Position(**row)


async def positions(connection: AsyncConnection) -> dict[str, Position]:
    """How far each has come that has begun."""
    return {row["name"]: Position(**row) for row in (await connection.execute(select(s.reaction))).mappings()}


async def begin(connection: AsyncConnection, name: str, row: int) -> None:
    """A reaction is new: it begins after that row."""
    if await connection.scalar(select(s.reaction.c.name).where(s.reaction.c.name == name)) is None:
        await connection.execute(insert(s.reaction).values(name=name, row=row, tries=0))


async def keep(connection: AsyncConnection, position: Position) -> None:
    """Note how far it has come."""
    values = {name: getattr(position, name) for name in ("row", "tries", "fault", "due_at")}
    await connection.execute(update(s.reaction).where(s.reaction.c.name == position.name).values(values))


async def park(connection: AsyncConnection, parked: Parked) -> None:
    """Put an event aside."""
    values = {name: getattr(parked, name) for name in Parked.__struct_fields__}
    await connection.execute(insert(s.parked_event).values(values))


async def hold_parked(connection: AsyncConnection, name: str, after: int) -> Parked | None:
    """The next of what a reaction has put aside, nobody else's until the transaction ends."""
    of = s.parked_event.c
    query = select(s.parked_event).where(of.reaction == name, of.row > after).order_by(of.row).limit(1)
    row = (await connection.execute(query.with_for_update(skip_locked=True))).mappings().first()
    return None if row is None else Parked(**row)


async def every_parked(connection: AsyncConnection) -> list[Parked]:
    """Whatever was put aside."""
    query = select(s.parked_event).order_by(s.parked_event.c.reaction, s.parked_event.c.row)
    return [Parked(**row) for row in (await connection.execute(query)).mappings()]


async def unpark(connection: AsyncConnection, name: str, rows: Sequence[int] | None = None) -> None:
    """What was put aside is done; all of it where no rows are named."""
    gone = delete(s.parked_event).where(s.parked_event.c.reaction == name)
    await connection.execute(gone if rows is None else gone.where(s.parked_event.c.row.in_(rows)))
