"""What is counted of cases, for unit, region and nation: a moment after it has happened."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.reactions.reaction import Reaction
from inbox.statistics.fact import KINDS
from inbox.storage.reacting.events import Happened
from inbox.storage.statistics.figures import clear, recount


async def _work(connection: AsyncConnection, events: Sequence[Happened]) -> None:
    await recount(connection, sorted({event.case for event in events}))


REACTION = Reaction("statistics", _work, kinds=KINDS, clear=clear)
