"""Which commands were carried out already: a repeated client id gives what is stored."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import CaseId
from inbox.storage import schema as s
from inbox.storage.batching.atomic import Step, inserting_new


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


def remembering(case: CaseId, party: str, client_id: str, digest: str, first: int, last: int) -> Step:
    """Note that the command is carried out, if it was not before. With `last` below `first` nothing came of it."""
    values = {
        "case_id": case,
        "party": party,
        "client_id": client_id,
        "digest": digest,
        "first_seq": first,
        "last_seq": last,
    }
    return Step(_REMEMBER, [values], must=True)


_REMEMBER = inserting_new(s.command, *s.command.primary_key.columns)
