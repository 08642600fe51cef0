"""The outbox: what shall be done outside of our database, written with what it follows from, until it is done.

A row names things by their ids and says no more: what is told of them is read when it is sent, and may be gone by then.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, RowMapping, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s

Body = Mapping[str, str | int]
"""Ids, kinds and numbers; never a text that somebody wrote, nor an address."""


class Letter(Struct, frozen=True):
    """Something to be done."""

    id: str
    """The same at every try, for whoever gets it twice."""
    channel: str
    key: str
    """What is done in order: of two with the same key the later waits for the earlier."""
    body: Body
    due_at: datetime


class Claimed(Struct, frozen=True):
    """Something that is being done here, until its time is over."""

    row: int
    id: str
    channel: str
    key: str
    body: dict[str, Any]
    at: datetime
    tries: int
    """With this one."""


class Dead(Struct, frozen=True):
    """What was tried as often as makes sense."""

    id: str
    channel: str
    tries: int
    fault: str
    at: datetime
    """When it was given up."""


_box = s.outbox.c
_before = s.outbox.alias("before")
_OPEN = (_box.done_at.is_(None), _box.dead_at.is_(None))
_FIRST = ~(
    select(_before.c.row)
    .where(_before.c.channel == _box.channel, _before.c.key == _box.key, _before.c.row < _box.row)
    .where(_before.c.done_at.is_(None), _before.c.dead_at.is_(None))
    .correlate(s.outbox)
    .exists()
)
"""Of its key."""


async def put(connection: AsyncConnection, letters: Sequence[Letter]) -> None:
    """Write down what shall be done, in the transaction of what it follows from."""
    rows = [
        {
            "id": letter.id,
            "channel": letter.channel,
            "key": letter.key,
            "body": msgspec.json.encode(letter.body).decode(),
            "at": letter.due_at,
            "due_at": letter.due_at,
            "tries": 0,
        }
        for letter in letters
    ]
    if rows:
        await connection.execute(insert(s.outbox), rows)


async def is_due(connection: AsyncConnection, channel: str, now: datetime, longest: timedelta) -> bool:
    """Whether there is anything to do."""
    query = select(_box.row).where(*_OPEN, _FIRST, _box.channel == channel, _due(now, longest))
    return (await connection.execute(query.limit(1))).first() is not None


async def claim(
    connection: AsyncConnection, channel: str, now: datetime, until: datetime, most: int, longest: timedelta
) -> list[Claimed]:
    """What is due, the first of each key, nobody else's until then. Whoever dies at it leaves it to the next.

    Nothing waits for longer than `longest`: where it seems to, it was noted by a clock that went wrong.
    """
    query = select(s.outbox).where(*_OPEN, _FIRST, _box.channel == channel, _due(now, longest))
    query = query.order_by(_box.due_at, _box.row).limit(most).with_for_update(skip_locked=True)
    rows = (await connection.execute(query)).mappings().all()
    if rows:
        mine = update(s.outbox).where(_box.row.in_([row["row"] for row in rows]))
        await connection.execute(mine.values(due_at=until, tries=_box.tries + 1))
    return [_claimed(row) for row in rows]


async def done(connection: AsyncConnection, letter: Claimed, now: datetime) -> None:
    """It is done, whoever has claimed it since."""
    this = update(s.outbox).where(_box.row == letter.row, _box.done_at.is_(None))
    await connection.execute(this.values(done_at=now, dead_at=None, fault=None))


async def failed(connection: AsyncConnection, letter: Claimed, fault: str, again: datetime) -> None:
    """It is tried again then; not where somebody else has claimed it since."""
    await connection.execute(_mine(letter).values(fault=fault, due_at=again))


async def give_up(connection: AsyncConnection, letter: Claimed, fault: str, now: datetime) -> None:
    """It is not tried again by itself; not where somebody else has claimed it since."""
    await connection.execute(_mine(letter).values(fault=fault, dead_at=now))


async def note_try(connection: AsyncConnection, letter: Claimed, at: datetime, ms: int, fault: str | None) -> None:
    """Write down that it was tried, and how it went."""
    await connection.execute(
        insert(s.outbox_try).values(outbox_row=letter.row, n=letter.tries, at=at, ms=ms, fault=fault)
    )


async def dead(connection: AsyncConnection) -> list[Dead]:
    """What was given up, the oldest first."""
    query = select(s.outbox).where(_box.dead_at.is_not(None)).order_by(_box.row)
    rows = (await connection.execute(query)).mappings()
    return [Dead(row["id"], row["channel"], row["tries"], row["fault"] or "", row["dead_at"]) for row in rows]


async def revive(connection: AsyncConnection, now: datetime) -> int:
    """What was given up is due again, with all its tries; how much there was."""
    again = update(s.outbox).where(_box.dead_at.is_not(None)).values(dead_at=None, due_at=now, tries=0)
    return (await connection.execute(again)).rowcount


async def count_open(connection: AsyncConnection) -> dict[str, int]:
    """How much waits in each channel."""
    query = select(_box.channel, func.count().label("number")).where(*_OPEN).group_by(_box.channel)
    return {row.channel: row.number for row in await connection.execute(query)}


async def forget_done(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Remove what was done before then, with its tries; how much."""
    query = select(_box.row).where(_box.done_at < before).order_by(_box.row).limit(most)
    rows = list(await connection.scalars(query))
    if rows:
        await connection.execute(delete(s.outbox_try).where(s.outbox_try.c.outbox_row.in_(rows)))
        await connection.execute(delete(s.outbox).where(_box.row.in_(rows)))
    return len(rows)


def _due(now: datetime, longest: timedelta) -> ColumnElement[bool]:
    return or_(_box.due_at <= now, _box.due_at > now + longest)


def _mine(letter: Claimed) -> Any:
    return update(s.outbox).where(_box.row == letter.row, _box.tries == letter.tries, *_OPEN)


def _claimed(row: RowMapping) -> Claimed:
    return Claimed(
        row=row["row"],
        id=row["id"],
        channel=row["channel"],
        key=row["key"],
        body=msgspec.json.decode(row["body"]),
        at=row["at"],
        tries=row["tries"] + 1,
    )
