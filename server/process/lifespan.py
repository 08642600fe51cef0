"""What starts with the application, and ends in the reverse order."""

from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import web

from handlers.services import Services
from inbox.storage.encryption.keyring import BrokenKeyFile, MissingKey
from inbox.storage.engine.store import Store
from server.cluster.wiring import Cluster
from server.jobs.following import Following
from server.jobs.runner import Jobs
from server.sockets.socket_server import Sockets
from server.startup_error import StartupError


class NotMigrated(StartupError):
    """The database does not have the shape that this program expects."""

    def __init__(self) -> None:
        super().__init__("The database is not up to date. Run: python -m server migrate")


class Locked(StartupError):
    """A key that the database needs is not there; the text says which."""


async def unlock(store: Store) -> None:
    """Return if every key that the database needs is there. Raises Locked."""
    try:
        await store.unlock()
    except (MissingKey, BrokenKeyFile) as problem:
        raise Locked(str(problem)) from None


def lifespan(
    app: web.Application,
    sockets: Sockets,
    services: Services,
    cluster: Cluster,
    jobs: Jobs,
    following: tuple[Following, ...],
    first: Callable[[], Awaitable[None]],
) -> None:
    """Start the parts when the application starts, and stop them when it stops. `first` is done before all of them."""

    async def life(_: web.Application) -> AsyncIterator[None]:
        services.store.start()
        if not await services.store.is_current():
            await services.store.close()
            raise NotMigrated
        try:
            await unlock(services.store)
            await first()
        except BaseException:
            await services.store.close()
            raise
        services.publisher.start()
        cluster.start()
        jobs.start()
        for each in following:
            each.start()
        yield
        for each in following:
            await each.stop()
        await jobs.stop()
        await cluster.stop()
        await services.publisher.stop()
        await services.store.close()

    async def close_sockets(_: web.Application) -> None:
        await sockets.end()

    app.cleanup_ctx.append(life)
    app.on_shutdown.append(close_sockets)
