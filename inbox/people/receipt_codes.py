"""What a receipt code opens: the one case that was filed with it, without anybody saying who they are."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.errors import NoSuchDraft
from inbox.cases.model import CaseId
from inbox.principals.principal import CodeHolder
from inbox.principals.receipt_code import read_code
from inbox.storage import cases, drafts, receipt_codes
from inbox.storage.encryption.code_hash import hash_of_code
from inbox.storage.engine.store import Store

NEW_FOR = timedelta(hours=1)
"""How long after sending the browser that sent is let in by the last group alone: its answer may have got lost."""
AT_ONCE = 2
"""Hashes that are made at the same time: each takes 19 MiB. The others wait, and nobody is shut out."""


class ReceiptCodes:
    """Keeps and finds codes. Made once; the code itself is never kept."""

    def __init__(self, store: Store, now: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._store = store
        self._now = now
        self._new_id = new_id
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def give(self, draft: CaseId, key_hash: str, code: str) -> CodeHolder:
        """Let whoever holds the code send this draft, which began in the browser with that hash of its secret.

        The draft of somebody who has signed in is sent by that person alone. Raises NotACode, NoSuchDraft.
        """
        made = await self._hash(code)

        async def work(connection: AsyncConnection) -> CodeHolder:
            found = await drafts.find_draft(connection, draft)
            if found is None or found.key_hash != key_hash or found.expires_at <= self._now():
                raise NoSuchDraft
            if found.person_id is not None or found.case_id:
                raise NoSuchDraft
            if await cases.version_of(connection, draft) is not None:
                raise NoSuchDraft
            return await receipt_codes.add_code(connection, CodeHolder(self._new_id(), draft), made, self._now())

        return await self._store.writer.do(work, order=draft)

    async def find(self, typed: str) -> CodeHolder | None:
        """Who holds that code; None if it opens nothing. Raises NotACode, before anything is looked up."""
        return await self._find(typed, datetime.fromtimestamp(0, UTC))

    async def find_new(self, code: str) -> CodeHolder | None:
        """The same of a code that was given a moment ago."""
        return await self._find(code, self._now() - NEW_FOR)

    async def _find(self, typed: str, since: datetime) -> CodeHolder | None:
        made = await self._hash(typed)
        async with self._store.reading() as connection:
            return await receipt_codes.find_code(connection, made, since)

    async def _hash(self, typed: str) -> str:
        code = read_code(typed)
        async with self._turns:
            return await asyncio.to_thread(hash_of_code, code)
