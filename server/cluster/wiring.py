"""Several processes, one service: what is wired so that each hears what the others do."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from handlers.realtime.peer_events import PeerListener
from handlers.realtime.peers import Here, NoPeers, Peers, SessionEnded
from handlers.realtime.remote_presence import RemotePresence
from handlers.realtime.subscriptions import Subscriptions
from handlers.services import Services
from server.auth.sessions import Sessions
from server.cluster.redis_peers import RedisPeers
from server.config import Settings
from server.jobs.runner import Job
from server.sockets.socket_server import Sockets

LOOK = timedelta(seconds=2)
"""What no word has come of is found at latest after this time, and a tenth."""
SAY_WHO_IS_HERE = timedelta(seconds=10)


class Cluster:
    """The neighbours, and what is done with what they tell. Without any there is nothing to start."""

    def __init__(self, services: Services, peers: Peers, hearing: PeerListener, subscriptions: Subscriptions) -> None:
        self._services = services
        self._peers = peers
        self._hearing = hearing
        self._subscriptions = subscriptions

    def start(self) -> None:
        """Begin. Needs a running loop."""
        self._hearing.start()
        if isinstance(self._peers, RedisPeers):
            self._peers.start()

    async def stop(self) -> None:
        """End, once the others have heard what this process has done."""
        if isinstance(self._peers, RedisPeers):
            if self._peers.reachable:
                await self._peers.heard()
            await self._peers.stop()
        await self._hearing.stop()

    def reachable(self) -> bool:
        """Whether words come and go; also where there is nobody to talk to."""
        return not isinstance(self._peers, RedisPeers) or self._peers.reachable

    def chores(self) -> tuple[Job, ...]:
        """What is done every now and then, where there can be others."""
        if not self._services.store.shared:
            return ()

        async def say_who_is_here() -> None:
            self._peers.tell(Here("", self._subscriptions.people()))

        return (Job("look", LOOK, self._hearing.look), Job("here", SAY_WHO_IS_HERE, say_who_is_here))


def make_peers(settings: Settings, name: str, effects: Callable[[], float], secret: bytes) -> Peers:
    """The other processes that share the settings; nobody without Redis. `name` is this process's own."""
    if not settings.redis_url:
        return NoPeers()
    # One channel for each installation, also where several share a Redis.
    channel = f"gensvar:{hashlib.blake2b(b'channel ' + secret, digest_size=8).hexdigest()}"
    return RedisPeers(settings.redis_url, channel=channel, process=name, effects=effects)


def connect_peers(
    services: Services,
    peers: Peers,
    remote_presence: RemotePresence,
    subscriptions: Subscriptions,
    sessions: Sessions,
    sockets: Sockets,
) -> Cluster:
    """Wire the neighbours to what they concern."""

    async def end_session(session: str) -> None:
        sessions.forget(session)
        await sockets.shut(session)

    async def tell_ended(session: str) -> None:
        peers.tell(SessionEnded(session))

    hearing = PeerListener(
        act=services.act,
        reading=services.reading,
        identities=services.identities,
        subscriptions=subscriptions,
        publisher=services.publisher,
        remote_presence=remote_presence,
        end_session=end_session,
    )
    peers.on_word(hearing.hear)
    if isinstance(peers, RedisPeers):
        peers.on_asked(hearing.done)
        peers.on_back(hearing.look_anew)
    sessions.on_end(tell_ended)
    return Cluster(services, peers, hearing, subscriptions)
