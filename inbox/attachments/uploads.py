"""Uploads that come in parts, and go on where they were cut off: tus 1.0 without its HTTP."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.errors import Category, Refused
from inbox.attachments.attaching import DAY, Attaching, Goal, ToCase, ToDraft, file_of
from inbox.cases.errors import Malformed, NotKept
from inbox.cases.model import Identity
from inbox.files.errors import EmptyFile, NotScanned, TooManyUploads
from inbox.files.kinds import HEAD, check_beginning
from inbox.files.limits import Room
from inbox.files.store import Files
from inbox.intake.drafts import Owner, hashed
from inbox.storage import files as stored
from inbox.storage import uploads
from inbox.storage.engine.store import Store
from inbox.storage.uploads import Upload

PART = 1024 * 1024
"""Bytes after which what has come is put down: so much is sent again at most when the power goes."""


class NoSuchUpload(Refused):
    """There is no such upload, or it is not yours."""

    code = "no_such_upload"
    category = Category.UNKNOWN


class UploadOver(Refused):
    """The upload has waited for its rest for too long."""

    code = "upload_over"
    category = Category.UNKNOWN


class WrongOffset(Refused):
    """The part begins elsewhere than where the last one ended."""

    code = "wrong_offset"
    category = Category.CONFLICT


class WrongChecksum(Refused):
    """The part did not come as it was sent."""

    code = "wrong_checksum"


class Claim(Struct, frozen=True):
    """Who asks for an upload: a browser, the person who is signed in, and from where."""

    holder: Owner
    identity: Identity | None
    address: str


class Checksum(Protocol):
    """What a part should add up to."""

    def update(self, block: bytes, /) -> object:
        """One block more."""

    def holds(self) -> bool:
        """Whether all blocks together are what was sent."""


class Uploads:
    """Takes in what comes in parts. Made once."""

    def __init__(
        self,
        *,
        store: Store,
        files: Files,
        attaching: Attaching,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._store = store
        self._files = files
        self._attaching = attaching
        self._now = now
        self._new_id = new_id
        self._at_work: set[asyncio.Task[Upload]] = set()

    async def begin(self, goal: Goal, name: str, size: int) -> Upload:
        """A new upload, with its room reserved. Raises why nothing may be attached, or not so much."""
        await self._attaching.may_attach(goal)
        if size == 0:
            raise EmptyFile
        await self._files.check_space(size)
        now, allowance = self._now(), self._attaching.allowance
        upload = Upload(
            id=self._new_id(), owner=goal.id, who=goal.who, client_id=goal.client_id, name=name, size=size, offset=0,
            parts=(), file_id=None, begun_at=now, expires_at=now + timedelta(hours=allowance.hours),
        )  # fmt: skip

        async def work(connection: AsyncConnection) -> Upload:
            if await uploads.open_of(connection, goal.who, now) >= allowance.open:
                raise TooManyUploads
            (await self._attaching.room(connection, goal)).check(size)
            await uploads.add_upload(connection, upload)
            return upload

        return await self._store.writer.do(work, order=goal.id)

    async def find(self, id: str, claim: Claim) -> tuple[Upload, Goal]:
        """The upload, and what it is for. Raises NoSuchUpload, UploadOver, or why one may not attach there any more."""
        async with self._store.reading() as connection:
            upload = await uploads.find_upload(connection, id)
        if upload is None or upload.who not in _names_of(claim):
            raise NoSuchUpload
        goal = _goal_of(upload, claim)
        await self._attaching.may_attach(goal)
        if upload.expires_at <= self._now() and upload.file_id is None:
            raise UploadOver
        return upload, goal

    async def take(
        self, upload: Upload, goal: Goal, offset: int, blocks: AsyncIterable[bytes], checksum: Checksum | None = None
    ) -> Upload:
        """What the upload is like with this part. With its last byte it becomes a file.

        Blocks may end early: what has come is kept then, unless it was to be checked as a whole.
        Raises WrongOffset, WrongChecksum, NoRoom, NotKept or NotScanned, after which it waits; or why the file is not
        taken.
        """
        if offset != upload.offset or upload.file_id is not None:
            raise WrongOffset
        await self._files.check_space()
        try:
            return await self._take(upload, goal, blocks, checksum)
        except PASSING:
            raise
        except Refused:
            await self._drop(upload.id)
            raise

    async def is_locked(self, upload: Upload) -> bool:
        """Whether it has become a document that nobody can open without a password or a certificate."""
        if upload.file_id is None:
            return False
        async with self._store.reading() as connection:
            file = await stored.find_file(connection, upload.owner, upload.file_id)
        return file is not None and file.locked

    async def end(self, upload: Upload) -> None:
        """Forget an upload and what has come of it; the file too, if it was not sent with anything."""
        await self._drop(upload.id)
        if upload.file_id is None:
            return

        async def work(connection: AsyncConnection) -> str | None:
            gone = await stored.find_file(connection, upload.owner, upload.file_id or "")
            if gone is None or gone.event_id is not None:
                return None
            if await uploads.file_wanted(connection, gone.owner, gone.id):
                # The same file was chosen twice: the other one is still to be sent.
                return None
            await stored.remove_file(connection, upload.owner, gone.id)
            others = await stored.files_of(connection, upload.owner)
            return None if any(file.digest == gone.digest for file in others) else gone.digest

        digest = await self._store.writer.do(work, order=upload.owner)
        if digest is not None:
            await self._files.discard(upload.owner, digest)

    async def sweep(self) -> None:
        """Forget the uploads whose time is over; in cases also the files that were not sent with anything."""
        now = self._now()
        async with self._store.reading() as connection:
            old = await uploads.too_old(connection, now, now - DAY)
        for upload in old:
            # What hangs on a draft is as old as the draft may be.
            await (self._drop(upload.id) if upload.client_id is None else self.end(upload))

    async def _take(
        self, upload: Upload, goal: Goal, blocks: AsyncIterable[bytes], checksum: Checksum | None
    ) -> Upload:
        come, rest = upload, bytearray()
        try:
            async for block in blocks:
                rest += block
                if come.offset + len(rest) > come.size:
                    raise Malformed(where="body")
                if checksum is not None:
                    checksum.update(block)
                if not come.parts:
                    check_beginning(bytes(rest[:HEAD]))
                if len(rest) >= PART and come.offset + len(rest) < come.size:
                    content = bytes(rest)
                    rest.clear()
                    if checksum is None:
                        come = upload = await self._surely(self._down(come, upload, content))
                    else:
                        come = await self._surely(self._put(come, content))
        except asyncio.CancelledError:
            # Whoever sent it has gone, and nobody waits: what came is put down all the same.
            if rest and checksum is None:
                self._begin(self._down(come, upload, bytes(rest)))
            raise
        if checksum is not None and not checksum.holds():
            await self._files.drop_parts(come.id, come.parts[len(upload.parts) :])
            raise WrongChecksum
        if come.offset + len(rest) == come.size:
            return await self._surely(self._finish(come, goal, upload, bytes(rest)))
        return await self._surely(self._down(come, upload, bytes(rest)))

    async def _surely(self, work: Coroutine[None, None, Upload]) -> Upload:
        """Come to an end with it, also when whoever waits for it has gone."""
        return await asyncio.shield(self._begin(work))

    def _begin(self, work: Coroutine[None, None, Upload]) -> asyncio.Task[Upload]:
        task = asyncio.create_task(work)
        # Kept in sight: the loop alone would let it go.
        self._at_work.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Upload]) -> None:
        self._at_work.discard(task)
        if not task.cancelled():
            # A refusal that nobody hears any more.
            task.exception()

    async def _down(self, come: Upload, seen: Upload, content: bytes) -> Upload:
        return await self._note(await self._put(come, content) if content else come, seen)

    async def _put(self, come: Upload, content: bytes) -> Upload:
        # A name of its own: the same part may come twice at once, when somebody's net is gone and back.
        part = self._new_id()
        await self._files.put_part(come.id, part, content)
        return replace(come, parts=(*come.parts, part), offset=come.offset + len(content))

    async def _note(self, come: Upload, seen: Upload) -> Upload:
        """What has come is counted from now on. WrongOffset if it came by another way meanwhile."""

        async def work(connection: AsyncConnection) -> bool:
            return await uploads.change_upload(connection, come, seen.offset)

        if come is not seen and not await self._store.writer.do(work, order=come.owner):
            await self._files.drop_parts(come.id, come.parts[len(seen.parts) :])
            raise WrongOffset
        return come

    async def _finish(self, come: Upload, goal: Goal, seen: Upload, rest: bytes) -> Upload:
        """The last byte is there. Until the file is kept the end of it is not counted, so that it can come again."""
        place = await self._attaching.may_attach(goal)
        kept = await self._files.keep(
            come.owner, self._whole(come, rest), Room(file=come.size, left=come.size), goal.sender
        )
        file = file_of(goal, place, come.name, kept, self._now())
        done = replace(come, offset=come.size, parts=(), file_id=file.id)

        async def work(connection: AsyncConnection) -> Upload:
            if await uploads.change_upload(connection, done, seen.offset):
                await self._attaching.note(connection, goal, file, come.id)
                return done
            known = await uploads.find_upload(connection, come.id)
            if known is None:
                raise NoSuchUpload
            if known.file_id is None:
                raise WrongOffset
            return known

        done = await self._store.writer.do(work, order=come.owner)
        await self._files.drop_parts(come.id, come.parts)
        return done

    async def _whole(self, come: Upload, rest: bytes) -> AsyncIterator[bytes]:
        async for block in self._files.parts(come.id, come.parts):
            yield block
        yield rest

    async def _drop(self, id: str) -> None:
        async def work(connection: AsyncConnection) -> Upload | None:
            upload = await uploads.find_upload(connection, id)
            await uploads.remove_upload(connection, id)
            return upload

        upload = await self._store.writer.do(work)
        if upload is not None:
            await self._files.drop_parts(id, upload.parts)


PASSING = (WrongOffset, WrongChecksum, NotKept, NotScanned, Malformed)
"""Refusals after which an upload waits for its rest."""


def _names_of(claim: Claim) -> set[str]:
    """What an upload may have noted as its sender: a browser's may have become a person's since."""
    person = claim.identity.key if claim.identity else ""
    return {person, claim.holder.person or "", hashed(claim.holder.key)} - {""}


def _goal_of(upload: Upload, claim: Claim) -> Goal:
    if upload.client_id is None:
        return ToDraft(upload.owner, claim.holder, claim.address)
    if claim.identity is None:
        raise NoSuchUpload
    return ToCase(upload.owner, claim.identity, upload.client_id)
