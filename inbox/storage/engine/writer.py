"""The one writer of a process: whatever waits while a commit is under way is the next commit."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from dialogs.errors import Refused
from inbox.cases.errors import Busy, NotKept
from inbox.storage.engine.locks import Lock, hold

log = logging.getLogger(__name__)

T = TypeVar("T")

MOST = 256
"""Pieces of work in one commit."""
TRIES = 3
_SAME_KEY = "23505"
"""What PostgreSQL says when another process has just written the row that we write."""
_IN_THE_WAY = frozenset({"40P01", "40001", "55P03"})
"""What it says when two processes wait for each other, or one waits for too long."""


class Conflict(Exception):
    """Another process was first: what this piece of work has written is undone, and it is done anew."""


class _Broken(Exception):
    """A statement failed where nothing protects the rest of the batch."""


@dataclass
class _Work:
    """Something to write. `order` sorts a batch, so that several processes take locks in the same order."""

    do: Callable[[AsyncConnection], Awaitable[Any]]
    order: str
    savepoint: bool
    lock: Lock | None
    done: asyncio.Future[Any] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Writer:
    """Runs pieces of work one after the other, many in one transaction, each in a savepoint of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._queue: asyncio.Queue[_Work | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._on_failure: list[Callable[[], None]] = []
        self.failing = False
        """Whether what was last to be kept could not be."""

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
        self,
        work: Callable[[AsyncConnection], Awaitable[T]],
        order: str = "",
        *,
        savepoint: bool = True,
        lock: Lock | None = None,
    ) -> T:
        """What `work` returns, once it is committed. Raises what it raises, or NotKept if the batch was lost.

        It may be called again, when another process was in the way. Without `savepoint` the work itself leaves nothing
        behind when it raises: it writes by `steps.in_one_go` alone. `lock` is held before anything else is.
        """
        if not self.alive:
            raise NotKept
        item = _Work(work, order, savepoint, lock)
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
        for _ in range(TRIES):
            try:
                results = await self._written(batch)
            except _Broken:
                # One of them failed, and PostgreSQL forgets the others with it: all anew, each protected from the rest.
                self._forget()
                for work in batch:
                    work.savepoint = True
                continue
            except Exception as problem:  # noqa: BLE001 - whatever it was, every waiter must hear of it
                self._forget()
                # Without the message: a database error can quote what people typed.
                log.error("batch lost", extra={"works": len(batch), "state": _state(problem)})
                if _state(problem) in _IN_THE_WAY:
                    continue
                break
            self.failing = any(isinstance(refusal, NotKept) for _, _, refusal in results)
            for work, result, refusal in results:
                _settle(work, result, refusal)
            return
        self.failing = True
        for work in batch:
            _settle(work, None, NotKept())

    def _forget(self) -> None:
        for forget in self._on_failure:
            forget()

    async def _written(self, batch: list[_Work]) -> list[tuple[_Work, Any, Exception | None]]:
        async with self._engine.connect() as connection, connection.begin():
            # Before any row, and in one order: so that two processes cannot wait for each other.
            for lock in sorted({work.lock for work in batch if work.lock is not None}):
                await hold(connection, lock)
            results = [await _one(connection, work) for work in batch]
            await _still_open(connection)
        return results


async def _one(connection: AsyncConnection, work: _Work) -> tuple[_Work, Any, Exception | None]:
    """Do one piece in its savepoint: what it refuses, or breaks, is undone alone."""
    # After a failed statement PostgreSQL does nothing more until it is back at a savepoint. Failing is rare, and a
    # savepoint is two trips: so at first there is none.
    bare = connection.dialect.name == "postgresql" and not work.savepoint
    for _ in range(TRIES):
        try:
            async with connection.begin_nested() if work.savepoint else contextlib.nullcontext():
                return work, await work.do(connection), None
        except Refused as refusal:
            return work, None, refusal
        except Conflict:
            continue
        except Exception as problem:
            if bare:
                raise _Broken from None
            await _still_open(connection)
            if _state(problem) in _IN_THE_WAY:
                raise
            if _state(problem) != _SAME_KEY:
                return work, None, _told(problem)
    return work, None, Busy()


async def _still_open(connection: AsyncConnection) -> None:
    """Raise NotKept if the engine has ended the transaction by itself, as SQLite does when the disk is full.

    Otherwise the next piece would begin one of its own, and the driver's commit, finding none, would do nothing:
    what was undone would be acknowledged.
    """
    raw = (await connection.get_raw_connection()).driver_connection
    if raw is None:
        raise NotKept
    if not (raw.in_transaction if connection.dialect.name == "sqlite" else raw.is_in_transaction()):
        raise NotKept


def _told(problem: Exception) -> Exception:
    """NotKept where the store was not able to; a fault of ours stays what it is."""
    if not isinstance(problem, DBAPIError) or isinstance(problem, IntegrityError | ProgrammingError | DataError):
        return problem
    log.error("work lost", extra={"state": _state(problem), "kind": type(problem.orig).__name__})
    return NotKept()


def _state(problem: Exception) -> str:
    """PostgreSQL's code for what went wrong; empty for SQLite, where nobody else writes."""
    return getattr(getattr(problem, "orig", None), "sqlstate", None) or ""


def _settle(work: _Work, result: Any, refusal: Exception | None) -> None:
    if work.done.done():
        return
    if refusal is None:
        work.done.set_result(result)
    else:
        work.done.set_exception(refusal)
