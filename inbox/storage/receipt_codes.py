"""Receipt codes: hashes alone, each of a draft that is about to be sent, and of the case that it becomes."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import CaseId
from inbox.principals.principal import CodeHolder
from inbox.storage import schema as s


async def add_code(connection: AsyncConnection, holder: CodeHolder, code_hash: str, at: datetime) -> CodeHolder:
    """Keep a code of a draft; whoever was to hold one of it before holds this one. The same code twice is one."""
    query = select(s.receipt_code.c.id).where(
        s.receipt_code.c.case_id == holder.case, s.receipt_code.c.hash == code_hash
    )
    known: str | None = await connection.scalar(query)
    if known is not None:
        return CodeHolder(known, holder.case)
    await remove_codes(connection, holder.case)
    row = {"id": holder.id, "case_id": holder.case, "hash": code_hash, "created_at": at}
    await connection.execute(insert(s.receipt_code).values(row))
    return holder


async def holds_code(connection: AsyncConnection, holder: CodeHolder) -> bool:
    """Whether there is such a code of that draft or case."""
    query = select(s.receipt_code.c.id).where(s.receipt_code.c.id == holder.id, s.receipt_code.c.case_id == holder.case)
    return await connection.scalar(query) is not None


async def find_code(connection: AsyncConnection, code_hash: str, since: datetime) -> CodeHolder | None:
    """Who holds the code with that hash, given since then, where it opens a case: one of a draft opens nothing yet."""
    query = (
        select(s.receipt_code.c.id, s.receipt_code.c.case_id)
        .join(s.seat, (s.seat.c.code_id == s.receipt_code.c.id) & (s.seat.c.case_id == s.receipt_code.c.case_id))
        .where(s.receipt_code.c.hash == code_hash, s.receipt_code.c.created_at >= since)
    )
    row = (await connection.execute(query)).first()
    return None if row is None else CodeHolder(row.id, row.case_id)


async def remove_codes(connection: AsyncConnection, draft: CaseId) -> None:
    """Those of a draft that is thrown away, or that got another one."""
    await connection.execute(delete(s.receipt_code).where(s.receipt_code.c.case_id == draft))
