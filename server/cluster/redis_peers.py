"""The other processes of the service, by one channel of Redis. What is lost on the way is found in the database."""

import asyncio
import contextlib
import itertools
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

import msgspec
from msgspec import Struct
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from handlers.realtime.peers import AnyWord, Here
from inbox.storage.engine.ending import ended

log = logging.getLogger(__name__)

PATIENCE = 2.5
"""Seconds to wait for the others: longer than the time after which each of them looks by itself."""
LONGEST_PAUSE = 5.0
MOST = 10_000
"""Words that wait for Redis; older ones are dropped."""


class Frame(Struct, frozen=True, tag="words"):
    """Some words of one process. With `asks` every other one confirms when it has done them."""

    sender: str
    number: int
    words: tuple[AnyWord, ...]
    asks: bool = False


class Confirmed(Struct, frozen=True, tag="confirmed"):
    """A process has done what a frame told."""

    sender: str
    to: str
    number: int


_frame = msgspec.json.Decoder(Frame | Confirmed)


@dataclass
class _Asked:
    """Who waits for a frame to be done, and who has done it. `expected` is unknown until it is sent."""

    waiting: list[asyncio.Future[None]]
    expected: int | None = None
    done: set[str] = field(default_factory=set)

    def settle(self) -> bool:
        """Let go of those who wait, if all have done it."""
        if self.expected is None or len(self.done) < self.expected:
            return False
        for future in self.waiting:
            if not future.done():
                future.set_result(None)
        return True


class RedisPeers:
    """Tells and hears until it is stopped. `process` is this one's own name among them."""

    def __init__(self, url: str, *, channel: str, process: str, effects: Callable[[], float]) -> None:
        # Without the library's own retries: after a break there is something to look for.
        self._redis = Redis.from_url(
            url, retry=Retry(NoBackoff(), 0), socket_connect_timeout=5, socket_keepalive=True, health_check_interval=5
        )
        self._channel = channel
        self._process = process
        self._chance = effects
        self._out: asyncio.Queue[AnyWord | asyncio.Future[None]] = asyncio.Queue()
        self._numbers = itertools.count(1)
        self._asked: dict[int, _Asked] = {}
        self._hear: Callable[[AnyWord], None] = lambda _: None
        self._done: Callable[[], Awaitable[None]] = _nothing
        self._back: Callable[[], Awaitable[None]] = _nothing
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: set[asyncio.Task[None]] = set()
        """Those that look into the database just now."""
        self._ending = False
        self._listens = False
        self._speaks = True

    def on_word(self, hear: Callable[[AnyWord], None]) -> None:
        """Call `hear` with what the others tell."""
        self._hear = hear

    def on_asked(self, done: Callable[[], Awaitable[None]]) -> None:
        """Call `done` to know when all that was heard has been done."""
        self._done = done

    def on_back(self, back: Callable[[], Awaitable[None]]) -> None:
        """Call `back` when words can be heard again after a break."""
        self._back = back

    @property
    def reachable(self) -> bool:
        """Whether words come and go."""
        return self._listens and self._speaks

    def start(self) -> None:
        """Begin. Needs a running loop."""
        for name, work in (("tells", self._tell_all), ("listens", self._listen)):
            self._task(self._again_and_again(work), name)

    async def stop(self) -> None:
        """End; what waits is not told. Whoever looks into the database ends that first."""
        self._ending = True
        await ended(set(self._tasks), busy=set(self._busy))
        with contextlib.suppress(RedisError, OSError):
            await self._redis.aclose()

    def tell(self, word: AnyWord) -> None:
        """Tell the others. Never waits."""
        while self._out.qsize() >= MOST:
            self._out.get_nowait()
        self._out.put_nowait(msgspec.structs.replace(word, process=self._process) if isinstance(word, Here) else word)

    async def heard(self) -> None:
        """Return when the others have done what they were told so far, or have had the time to look by themselves."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._out.put_nowait(waiting)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(waiting, PATIENCE)

    async def _tell_all(self) -> None:
        while True:
            # Whatever waited while the last frame was sent is the next frame.
            said = [await self._out.get()]
            while not self._out.empty():
                said.append(self._out.get_nowait())
            try:
                await self._send(said)
            except BaseException:
                for one in said:
                    self._out.put_nowait(one)
                raise
            self._speaks = True

    async def _send(self, said: list[AnyWord | asyncio.Future[None]]) -> None:
        waiting = [one for one in said if isinstance(one, asyncio.Future) and not one.done()]
        words = tuple(one for one in said if not isinstance(one, asyncio.Future))
        if not words and not waiting:
            return
        number = next(self._numbers)
        asked = self._asked[number] = _Asked(waiting)
        try:
            frame = Frame(self._process, number, words, asks=bool(waiting))
            reached: int = await self._redis.publish(self._channel, msgspec.json.encode(frame))
        except BaseException:
            del self._asked[number]
            raise
        asked.expected = reached - self._listens
        if not waiting or asked.settle():
            del self._asked[number]
        else:
            asyncio.get_running_loop().call_later(PATIENCE, self._asked.pop, number, None)

    async def _listen(self) -> None:
        async with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(self._channel)
            # The confirmation of the subscription: from here on nothing is missed.
            await channel.get_message(timeout=PATIENCE)
            self._listens = True
            try:
                with self._not_cut_off():
                    await self._back()
                while not self._ending:
                    message = await channel.get_message(timeout=PATIENCE)
                    if message is not None:
                        self._take(message["data"])
            finally:
                self._listens = False

    def _take(self, data: bytes) -> None:
        frame = _frame.decode(data)
        if frame.sender == self._process:
            return
        if isinstance(frame, Confirmed):
            asked = self._asked.get(frame.number) if frame.to == self._process else None
            if asked is not None:
                asked.done.add(frame.sender)
                if asked.settle():
                    del self._asked[frame.number]
            return
        for word in frame.words:
            self._hear(word)
        if frame.asks:
            self._task(self._confirm(frame), "confirms")

    async def _confirm(self, frame: Frame) -> None:
        with self._not_cut_off():
            await self._done()
        confirmed = Confirmed(self._process, frame.sender, frame.number)
        with contextlib.suppress(RedisError, OSError):
            await self._redis.publish(self._channel, msgspec.json.encode(confirmed))

    async def _again_and_again(self, work: Callable[[], Awaitable[None]]) -> None:
        pause = 0.1
        while not self._ending:
            begun = asyncio.get_running_loop().time()
            try:
                await work()
            except (RedisError, OSError, TimeoutError, msgspec.MsgspecError) as problem:
                self._speaks = self._speaks and work != self._tell_all
                log.warning("peers out of reach", extra={"problem": type(problem).__name__})
            if asyncio.get_running_loop().time() - begun > LONGEST_PAUSE:
                pause = 0.1
            await asyncio.sleep(pause * (0.5 + self._chance()))
            pause = min(pause * 2, LONGEST_PAUSE)

    @contextlib.contextmanager
    def _not_cut_off(self) -> Iterator[None]:
        here = {task for task in self._tasks if task is asyncio.current_task()}
        self._busy |= here
        try:
            yield
        finally:
            self._busy -= here

    def _task(self, work: Awaitable[None], name: str) -> None:
        task = asyncio.ensure_future(work)
        task.set_name(name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _nothing() -> None:
    return None
