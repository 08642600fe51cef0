"""What was counted, for those who look."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.storage import schema as s


async def by_kind(connection: AsyncConnection) -> dict[str, int]:
    """How many events of each kind there were."""
    query = select(s.tally.c.kind, func.sum(s.tally.c.number).label("number")).group_by(s.tally.c.kind)
    return {row.kind: int(row.number) for row in await connection.execute(query)}
