"""Attachments of a conversation: they arrive first, and are sent with a message afterwards."""

import hashlib
from collections.abc import AsyncIterable, Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from inbox import permissions
from inbox.commands import PostMessage
from inbox.errors import NoSuchCase
from inbox.events import FileRef
from inbox.files.limits import CASE, room_for_one_more
from inbox.files.names import display_name
from inbox.files.store import Kept, keep
from inbox.model import Actor, CaseId, Identity
from inbox.people.standing import standing
from inbox.storage import cases, files
from inbox.storage.files import StoredFile
from inbox.storage.store import Store


class Attaching:
    """Takes in what people attach to messages."""

    def __init__(self, *, store: Store, folder: Path, now: Callable[[], datetime]) -> None:
        self._store = store
        self._folder = folder
        self._now = now

    async def attach(
        self, case: CaseId, identity: Identity, client_id: str, name: str, chunks: AsyncIterable[bytes]
    ) -> FileRef:
        """Keep a file for the message with that client id. Raises NoSuchCase, NotYours, NotNow, or why it is not taken.

        The same file for the same message gets the same id, so that sending a form twice attaches it once.
        """
        actor = await self._may_post(case, identity)
        async with self._store.reading() as connection:
            sizes = [file.size for file in await files.files_of(connection, case)]
        kept = await keep(self._folder, case, chunks, room_for_one_more(sizes, CASE))
        file = _file(case, actor, client_id, display_name(name, kept.kind), kept, self._now())

        async def work(connection: AsyncConnection) -> FileRef:
            known = await files.find_file(connection, case, file.id)
            if known is None:
                await files.add_file(connection, file)
            return (known or file).ref

        return await self._store.writer.do(work, order=case)

    async def waiting(self, case: CaseId, identity: Identity, ids: tuple[str, ...]) -> tuple[FileRef, ...]:
        """Those of the files that have arrived from the person's party and are not sent with anything yet."""
        actor = await self._may_post(case, identity)
        async with self._store.reading() as connection:
            return await files.unused(connection, case, actor.party or "", ids)

    async def _may_post(self, id: CaseId, identity: Identity) -> Actor:
        async with self._store.reading() as connection:
            case = await cases.load_case(connection, id)
            seats = await cases.load_seats(connection, id)
        actor = standing(case, seats, identity) if case else None
        if case is None or actor is None:
            raise NoSuchCase
        permissions.check(case, PostMessage(case=id, client_id="", text=""), actor)
        return actor


def _file(case: CaseId, actor: Actor, client_id: str, name: str, kept: Kept, at: datetime) -> StoredFile:
    party = actor.party or ""
    seed = f"{case} {party} {client_id} {name} {kept.digest}"
    return StoredFile(
        id=hashlib.blake2b(seed.encode(), digest_size=16).hexdigest(),
        owner=case,
        party=party,
        name=name,
        kind=kept.kind.value,
        size=kept.size,
        digest=kept.digest,
        at=at,
    )
