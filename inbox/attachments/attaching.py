"""Attachments of drafts and of conversations: who may add one, how large it may be, and what is noted of it."""

import hashlib
from collections.abc import AsyncIterable, Callable
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases import permissions
from inbox.cases.commands import PostMessage
from inbox.cases.errors import NoSuchCase
from inbox.cases.events import FileRef
from inbox.cases.model import REPORTER, Actor, CaseId, Identity, PartyId
from inbox.files.limits import Allowance, Room, beside_the_unknown, room_for_one_more, within_the_day
from inbox.files.names import display_name
from inbox.files.store import Files, Kept
from inbox.intake.drafts import Drafts, Owner, hashed
from inbox.people.membership import actor_in
from inbox.principals.seat import FIRST_SEAT, SeatId
from inbox.storage import cases, files, uploads
from inbox.storage.engine.store import Store
from inbox.storage.files import StoredFile
from inbox.storage.uploads import Upload

DAY = timedelta(days=1)


class ToDraft(Struct, frozen=True):
    """A file for a draft, from whoever holds it."""

    id: CaseId
    owner: Owner
    address: str
    """Where it comes from: kept nowhere."""
    client_id: None = None

    @property
    def who(self) -> str:
        """Whose day it counts for."""
        return self.owner.person or hashed(self.owner.key)

    @property
    def sender(self) -> str:
        """Who takes turns with others while pictures are made.

        A browser costs nothing: of those who are not signed in, all at one address are one.
        """
        return self.owner.person or f"@{self.address}"


class ToCase(Struct, frozen=True):
    """A file for a message in a case."""

    id: CaseId
    identity: Identity
    client_id: str

    @property
    def who(self) -> str:
        """Whose day it counts for."""
        return self.identity.key

    @property
    def sender(self) -> str:
        """Who takes turns with others while pictures are made."""
        return self.identity.key


Goal = ToDraft | ToCase
"""What somebody wants to attach a file to."""
AtParty = tuple[PartyId, SeatId]
"""A party, and the seat there that a file comes from."""


class Attaching:
    """Takes in what people attach. Made once."""

    def __init__(
        self,
        *,
        store: Store,
        files: Files,
        drafts: Drafts,
        allowance: Allowance,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self.allowance = allowance
        self._store = store
        self._files = files
        self._drafts = drafts
        self._now = now
        self._new_id = new_id

    async def attach(self, goal: Goal, name: str, chunks: AsyncIterable[bytes]) -> StoredFile:
        """Keep a file that comes with a form. Raises whatever `may_attach` does, or why it is not taken.

        The same file for the same message, or the same draft, gets the same id: sending a form twice attaches it once.
        """
        place = await self.may_attach(goal)
        await self._files.check_space()
        async with self._store.reading() as connection:
            room = await self.room(connection, goal)
        kept = await self._files.keep(goal.id, chunks, room, goal.sender)
        file, now = file_of(goal, place, name, kept, self._now()), self._now()
        arrived = Upload(
            id=self._new_id(), owner=goal.id, who=goal.who, client_id=goal.client_id, name=file.name,
            size=file.size, offset=file.size, parts=(), file_id=file.id, begun_at=now, expires_at=now,
        )  # fmt: skip

        async def work(connection: AsyncConnection) -> StoredFile:
            await uploads.add_upload(connection, arrived)
            return await self.note(connection, goal, file, arrived.id)

        return await self._store.writer.do(work, order=goal.id)

    async def may_attach(self, goal: Goal) -> AtParty:
        """As which party, on which seat, one may attach now. Raises NoSuchDraft; NoSuchCase, NotYours or NotNow."""
        if isinstance(goal, ToDraft):
            await self._drafts.find(goal.id, goal.owner)
            return REPORTER, FIRST_SEAT
        actor = await self._may_post(goal.id, goal.identity)
        return actor.party or "", actor.sits

    async def room(self, connection: AsyncConnection, goal: Goal, but: str = "") -> Room:
        """The room for one more, beside one upload that is counted already. Raises TooMany or OverQuota."""
        now = self._now()
        sizes = [file.size for file in await files.files_of(connection, goal.id)]
        sizes += await uploads.open_sizes(connection, goal.id, now, but)
        limits = self.allowance.draft if isinstance(goal, ToDraft) else self.allowance.case
        sent = await uploads.sent_since(connection, goal.who, now - DAY, but)
        room = within_the_day(room_for_one_more(sizes, limits), sent, self.allowance)
        if isinstance(goal, ToDraft) and goal.owner.person is None:
            return beside_the_unknown(room, await uploads.held_by_nobody(connection, now, but), self.allowance)
        return room

    async def note(self, connection: AsyncConnection, goal: Goal, file: StoredFile, upload: str) -> StoredFile:
        """Write down a file that is kept, unless it is known. What came beside it meanwhile may have taken its room."""
        known = await files.find_file(connection, goal.id, file.id)
        if known is not None:
            return known
        (await self.room(connection, goal, upload)).check(file.size)
        await files.add_file(connection, file)
        return file

    async def waiting(self, case: CaseId, identity: Identity, ids: tuple[str, ...]) -> tuple[FileRef, ...]:
        """Those of the files that have arrived from the person's party and are not sent with anything yet."""
        actor = await self._may_post(case, identity)
        async with self._store.reading() as connection:
            return await files.unused(connection, case, actor, ids)

    async def _may_post(self, id: CaseId, identity: Identity) -> Actor:
        async with self._store.reading() as connection:
            found = await cases.load_seated(connection, id)
        actor = actor_in(*found, identity, self._now()) if found else None
        if found is None or actor is None:
            raise NoSuchCase
        case, _ = found
        permissions.check(case, PostMessage(case=id, client_id="", text=""), actor)
        return actor


def file_of(goal: Goal, place: AtParty, name: str, kept: Kept, at: datetime) -> StoredFile:
    """What is written down of a file that was kept for this goal."""
    shown = display_name(name, kept.kind)
    party, seat = place
    sender = party if seat == FIRST_SEAT else f"{party}/{seat}"
    seed = f"{goal.id} {sender} {goal.client_id or ''} {shown} {kept.digest}"
    return StoredFile(
        id=hashlib.blake2b(seed.encode(), digest_size=16).hexdigest(),
        owner=goal.id,
        party=party,
        seat=seat,
        name=shown,
        kind=kept.kind.value,
        size=kept.size,
        digest=kept.digest,
        at=at,
        width=kept.width,
        height=kept.height,
        locked=kept.locked,
    )
