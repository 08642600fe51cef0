"""The one writer of a process: whatever waits while a commit is under way is the next commit."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from inbox.errors import NotKept, Refused

log = logging.getLogger(__name__)

T = TypeVar("T")

MOST = 256
"""Pieces of work in one commit."""


@dataclass
class _Work:
    """Something to write. `order` sorts a batch, so that several processes take locks in the same order."""

    do: Callable[[AsyncConnection], Awaitable[Any]]
    order: str
    savepoint: bool
    done: asyncio.Future[Any] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Writer:
    """Runs pieces of work one after the other, many in one transaction, each in a savepoint of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._queue: asyncio.Queue[_Work | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._on_failure: list[Callable[[], None]] = []

    def start(self) -> None:
        """Begin to take work. Needs a running loop."""
        self._task = asyncio.create_task(self._run(), name="writer")

    async def stop(self) -> None:
        """Write what waits, then end."""
        if self._task is None:
            return
        self._queue.put_nowait(None)
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self._task = None

    @property
    def alive(self) -> bool:
        """Whether work would be done."""
        return self._task is not None and not self._task.done()

    @property
    def waiting(self) -> int:
        """How much work waits."""
        return self._queue.qsize()

    def on_failure(self, forget: Callable[[], None]) -> None:
        """Call `forget` when a whole batch is lost: what was remembered of it is not true."""
        self._on_failure.append(forget)

    async def do(
        self, work: Callable[[AsyncConnection], Awaitable[T]], order: str = "", *, savepoint: bool = True
    ) -> T:
        """What `work` returns, once it is committed. Raises what it raises, or NotKept if the batch was lost.

        Without `savepoint` the work itself leaves nothing behind when it raises: it writes by `steps.in_one_go` alone.
        """
        if not self.alive:
            raise NotKept
        item = _Work(work, order, savepoint)
        self._queue.put_nowait(item)
        result: T = await asyncio.shield(item.done)
        return result

    async def _run(self) -> None:
        ending = False
        while not ending:
            batch, ending = await self._next()
            if batch:
                await self._write(batch)

    async def _next(self) -> tuple[list[_Work], bool]:
        """Everything that waits, at most MOST; and whether to end after it."""
        batch: list[_Work] = []
        item = await self._queue.get()
        while item is not None:
            batch.append(item)
            if len(batch) == MOST or self._queue.empty():
                # A stable sort: work on the same case keeps its order.
                return sorted(batch, key=lambda work: work.order), False
            item = self._queue.get_nowait()
        return sorted(batch, key=lambda work: work.order), True

    async def _write(self, batch: list[_Work]) -> None:
        try:
            async with self._engine.connect() as connection, connection.begin():
                results = [await _one(connection, work) for work in batch]
                await _still_open(connection)
        except Exception:  # noqa: BLE001 - whatever it was, every waiter must hear of it
            # Without the message: a database error can quote what people typed.
            log.error("batch lost", extra={"works": len(batch)})
            for forget in self._on_failure:
                forget()
            for work in batch:
                _settle(work, None, NotKept())
            return
        for work, result, refusal in results:
            _settle(work, result, refusal)


async def _one(connection: AsyncConnection, work: _Work) -> tuple[_Work, Any, Exception | None]:
    """Do one piece in its savepoint: what it refuses, or breaks, is undone alone."""
    try:
        async with connection.begin_nested() if work.savepoint else contextlib.nullcontext():
            return work, await work.do(connection), None
    except Refused as refusal:
        return work, None, refusal
    except Exception as problem:  # noqa: BLE001 - handed to the one who waits
        await _still_open(connection)
        return work, None, problem


async def _still_open(connection: AsyncConnection) -> None:
    """Raise NotKept if the engine has ended the transaction by itself, as SQLite does when the disk is full.

    Otherwise the next piece would begin one of its own, and the driver's commit, finding none, would do nothing:
    what was undone would be acknowledged.
    """
    if connection.dialect.name == "sqlite":
        raw = (await connection.get_raw_connection()).driver_connection
        if raw is None or not raw.in_transaction:
            raise NotKept


def _settle(work: _Work, result: Any, refusal: Exception | None) -> None:
    if work.done.done():
        return
    if refusal is None:
        work.done.set_result(result)
    else:
        work.done.set_exception(refusal)
