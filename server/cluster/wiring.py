"""Several processes, one service: what is wired so that each hears what the others do."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from handlers.realtime.peer_events import Hearing
from handlers.realtime.peers import Alone, Here, Neighbours, SessionEnded
from handlers.realtime.remote_presence import Elsewhere
from handlers.realtime.subscriptions import Watchers
from handlers.services import Services
from server.auth.sessions import Sessions
from server.cluster.redis_peers import RedisNeighbours
from server.config import Settings
from server.jobs.runner import Job
from server.sockets.socket_server import Sockets

LOOK = timedelta(seconds=2)
"""What no word has come of is found at latest after this time, and a tenth."""
SAY_WHO_IS_HERE = timedelta(seconds=10)


class Company:
    """The neighbours, and what is done with what they tell. Without any there is nothing to start."""

    def __init__(self, services: Services, neighbours: Neighbours, hearing: Hearing, watchers: Watchers) -> None:
        self._services = services
        self._neighbours = neighbours
        self._hearing = hearing
        self._watchers = watchers

    def start(self) -> None:
        """Begin. Needs a running loop."""
        self._hearing.start()
        if isinstance(self._neighbours, RedisNeighbours):
            self._neighbours.start()

    async def stop(self) -> None:
        """End, once the others have heard what this process has done."""
        if isinstance(self._neighbours, RedisNeighbours):
            if self._neighbours.reachable:
                await self._neighbours.heard()
            await self._neighbours.stop()
        await self._hearing.stop()

    def reachable(self) -> bool:
        """Whether words come and go; also where there is nobody to talk to."""
        return not isinstance(self._neighbours, RedisNeighbours) or self._neighbours.reachable

    def chores(self) -> tuple[Job, ...]:
        """What is done every now and then, where there can be others."""
        if not self._services.store.shared:
            return ()

        async def say_who_is_here() -> None:
            self._neighbours.tell(Here("", self._watchers.people()))

        return (Job("look", LOOK, self._hearing.look), Job("here", SAY_WHO_IS_HERE, say_who_is_here))


def make_neighbours(settings: Settings, name: str, chance: Callable[[], float], secret: bytes) -> Neighbours:
    """The other processes that share the settings; nobody without Redis. `name` is this process's own."""
    if not settings.redis_url:
        return Alone()
    # One channel for each installation, also where several share a Redis.
    channel = f"gensvar:{hashlib.blake2b(b'channel ' + secret, digest_size=8).hexdigest()}"
    return RedisNeighbours(settings.redis_url, channel=channel, process=name, chance=chance)


def keep_company(
    services: Services,
    neighbours: Neighbours,
    elsewhere: Elsewhere,
    watchers: Watchers,
    sessions: Sessions,
    sockets: Sockets,
) -> Company:
    """Wire the neighbours to what they concern."""

    async def end_session(session: str) -> None:
        sessions.forget(session)
        await sockets.shut(session)

    async def tell_ended(session: str) -> None:
        neighbours.tell(SessionEnded(session))

    hearing = Hearing(
        act=services.act,
        reading=services.reading,
        roster=services.roster,
        watchers=watchers,
        publisher=services.publisher,
        elsewhere=elsewhere,
        end_session=end_session,
    )
    neighbours.on_word(hearing.hear)
    if isinstance(neighbours, RedisNeighbours):
        neighbours.on_asked(hearing.done)
        neighbours.on_back(hearing.look_anew)
    sessions.on_end(tell_ended)
    return Company(services, neighbours, hearing, watchers)
