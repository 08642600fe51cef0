"""Which commands were carried out already: a repeated client id gives what is stored."""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.model import CaseId
from inbox.storage import schema as s


async def find_done(
    connection: AsyncConnection, case: CaseId, party: str, client_id: str
) -> tuple[str, int, int] | None:
    """Digest of the command, and the first and last number of what it led to; None if it is new."""
    columns = s.command.c
    query = select(columns.digest, columns.first_seq, columns.last_seq).where(
        columns.case_id == case, columns.party == party, columns.client_id == client_id
    )
    row = (await connection.execute(query)).first()
    return None if row is None else (row.digest, row.first_seq, row.last_seq)


async def remember(
    connection: AsyncConnection, case: CaseId, party: str, client_id: str, digest: str, first: int, last: int
) -> None:
    """Note that the command is carried out. With `last` below `first` nothing came of it."""
    values = {
        "case_id": case,
        "party": party,
        "client_id": client_id,
        "digest": digest,
        "first_seq": first,
        "last_seq": last,
    }
    await connection.execute(insert(s.command).values(values))
