"""What is known of attachments: which draft or case they hang on, who put them there, and in what they were sent."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.events import FileRef, Recorded
from inbox.model import CaseId, PartyId
from inbox.storage import schema as s


class StoredFile(Struct, frozen=True, kw_only=True):
    """A file that has arrived. Its bytes lie under owner and digest."""

    id: str
    owner: CaseId
    party: PartyId
    name: str
    kind: str
    """Media type, found from the content."""
    size: int
    digest: str
    at: datetime
    event_id: str | None = None
    """The event it was sent with; None while it waits for its message."""

    @property
    def ref(self) -> FileRef:
        """What events say of it."""
        return FileRef(id=self.id, name=self.name, kind=self.kind, size=self.size)


async def add_file(connection: AsyncConnection, file: StoredFile) -> None:
    """Note a file that has arrived."""
    values = {field: getattr(file, field) for field in StoredFile.__struct_fields__}
    await connection.execute(insert(s.file).values(values))


async def find_file(connection: AsyncConnection, owner: CaseId, id: str) -> StoredFile | None:
    """The file with that id, if it hangs on that draft or case."""
    query = select(s.file).where(s.file.c.id == id, s.file.c.owner == owner)
    row = (await connection.execute(query)).mappings().first()
    return None if row is None else _stored(row)


async def files_of(connection: AsyncConnection, owner: CaseId) -> list[StoredFile]:
    """Every file of a draft or case, oldest first."""
    query = select(s.file).where(s.file.c.owner == owner).order_by(s.file.c.at, s.file.c.id)
    return [_stored(row) for row in (await connection.execute(query)).mappings()]


async def remove_file(connection: AsyncConnection, owner: CaseId, id: str) -> None:
    """Forget a file that has not been sent with anything."""
    await connection.execute(
        delete(s.file).where(s.file.c.id == id, s.file.c.owner == owner, s.file.c.event_id.is_(None))
    )


async def unused(
    connection: AsyncConnection, owner: CaseId, party: PartyId, ids: tuple[str, ...]
) -> tuple[FileRef, ...]:
    """Those of the files that the party put here and has not sent with anything yet."""
    query = select(s.file).where(
        s.file.c.owner == owner, s.file.c.party == party, s.file.c.id.in_(ids), s.file.c.event_id.is_(None)
    )
    found = {row["id"]: _stored(row).ref for row in (await connection.execute(query)).mappings()}
    return tuple(found[id] for id in ids if id in found)


async def bind(connection: AsyncConnection, recorded: list[Recorded]) -> None:
    """Note in what the files were sent."""
    for item in recorded:
        refs: tuple[FileRef, ...] = getattr(item.event, "files", ())
        if refs:
            ids = [ref.id for ref in refs]
            await connection.execute(update(s.file).where(s.file.c.id.in_(ids)).values(event_id=item.envelope.id))


def _stored(row: RowMapping) -> StoredFile:
    return StoredFile(**{field: row[field] for field in StoredFile.__struct_fields__})
