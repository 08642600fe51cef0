"""What is known of attachments: which draft or case they hang on, who put them there, and in what they were sent."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import RowMapping, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.events import CaseShared, ConsentAsked, FileRef, Recorded, StatementReleased
from inbox.cases.model import CITIZENS, Actor, CaseId, PartyId
from inbox.principals.seat import FIRST_SEAT, SeatId
from inbox.storage import schema as s
from inbox.storage.batching.atomic import Step


class StoredFile(Struct, frozen=True, kw_only=True):
    """A file that has arrived. Its bytes lie under owner and digest."""

    id: str
    owner: CaseId
    party: PartyId
    seat: SeatId = FIRST_SEAT
    """Who has put it here: until it is sent, it is theirs alone."""
    name: str
    kind: str
    """Media type, found from the content."""
    size: int
    digest: str
    at: datetime
    event_id: str | None = None
    """The event it was sent with; None while it waits for its message."""
    width: int = 0
    """Of its preview; 0 where there is none."""
    height: int = 0
    locked: bool = False
    """Whether it is a document that asks for a password or a certificate."""

    @property
    def ref(self) -> FileRef:
        """What events say of it."""
        return FileRef(
            id=self.id,
            name=self.name,
            kind=self.kind,
            size=self.size,
            width=self.width,
            height=self.height,
            locked=self.locked,
        )


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


async def files_of_all(connection: AsyncConnection, owners: Sequence[CaseId]) -> dict[CaseId, list[StoredFile]]:
    """The same of several at once, by draft or case."""
    found: dict[CaseId, list[StoredFile]] = {owner: [] for owner in owners}
    query = select(s.file).where(s.file.c.owner.in_(owners)).order_by(s.file.c.at, s.file.c.id)
    for row in (await connection.execute(query)).mappings() if owners else ():
        found[row["owner"]].append(_stored(row))
    return found


async def remove_file(connection: AsyncConnection, owner: CaseId, id: str) -> None:
    """Forget a file that has not been sent with anything."""
    await connection.execute(
        delete(s.file).where(s.file.c.id == id, s.file.c.owner == owner, s.file.c.event_id.is_(None))
    )


async def unused(connection: AsyncConnection, owner: CaseId, actor: Actor, ids: tuple[str, ...]) -> tuple[FileRef, ...]:
    """Those of the files that the actor's seat put here and has not sent with anything yet."""
    file = s.file.c
    mine = (file.owner == owner, file.party == actor.party, file.seat == actor.sits)
    query = select(s.file).where(*mine, file.id.in_(ids), file.event_id.is_(None))
    found = {row["id"]: _stored(row).ref for row in (await connection.execute(query)).mappings()}
    return tuple(found[id] for id in ids if id in found)


def binding(recorded: list[Recorded]) -> Step:
    """Note in what the files were sent."""
    refs = [
        (ref.id, item.envelope.id)
        for item in recorded
        # What only mentions files again, in a copy, does not move them.
        if not isinstance(item.event, CaseShared | ConsentAsked | StatementReleased)
        for ref in getattr(item.event, "files", ())
    ]
    return Step(_BIND, [{"of_file": id, "to_event": event} for id, event in refs])


def sharing(recorded: list[Recorded]) -> Step:
    """Note who else may fetch files: those for whom a copy of their mention was made."""
    rows = [(item.envelope.case, party, id) for item in recorded for party, id in _shares(item)]
    return Step(_SHARE, [{"case_id": case, "party": party, "file_id": id} for case, party, id in rows])


async def is_shared(connection: AsyncConnection, file: StoredFile, party: PartyId) -> bool:
    """Whether the file was shared with the party."""
    share = s.file_share.c
    query = select(share.file_id).where(share.file_id == file.id, share.case_id == file.owner, share.party == party)
    return (await connection.execute(query.limit(1))).first() is not None


def _shares(item: Recorded) -> list[tuple[PartyId, str]]:
    match item.event:
        case CaseShared(party=party, files=refs, messages=messages):
            every = [*refs, *(ref for message in messages for ref in message.files)]
            return [(party, id) for id in dict.fromkeys(ref.id for ref in every)]
        case StatementReleased(files=refs):
            return [(party, ref.id) for party in item.envelope.to if party in CITIZENS for ref in refs]
        case _:
            return []


async def is_named(connection: AsyncConnection, owner: CaseId, digest: str) -> bool:
    """Whether a file of the draft or case has that content."""
    query = select(s.file.c.id).where(s.file.c.owner == owner, s.file.c.digest == digest)
    return (await connection.execute(query.limit(1))).first() is not None


async def wanted(connection: AsyncConnection) -> set[tuple[CaseId, str]]:
    """Owner and digest of every file that is known: what must lie in the folder."""
    return {(row.owner, row.digest) for row in await connection.execute(select(s.file.c.owner, s.file.c.digest))}


def _stored(row: RowMapping) -> StoredFile:
    return StoredFile(**{field: row[field] for field in StoredFile.__struct_fields__})


_SHARE = insert(s.file_share)
_BIND = update(s.file).where(s.file.c.id == bindparam("of_file")).values(event_id=bindparam("to_event"))
