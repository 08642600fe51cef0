"""Serving: listen, say where, stop in good order."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from inbox.storage import people
from inbox.storage.people import Person
from server.app import App, Effects, build_app
from server.config import Settings
from server.process.file_handles import QUEUE, kept_free, take_what_is_allowed
from server.process.memory import settled, share_memory
from server.startup_error import StartupError
from server.web.bare_answers import Runner
from server.web.security import headers

IDLE = 75
"""Seconds for which a connection waits for the next request: longer than nginx keeps it, so that no request meets one
that was just closed. aiohttp's own hour costs memory for every browser that has been here."""
PATIENCE = 5
"""Seconds that requests under way get to end."""
LONGEST = 20
"""Seconds after which the process ends whatever it was doing."""


class CannotListen(StartupError):
    """The address and port are not to be had."""

    def __init__(self, settings: Settings, why: str | None) -> None:
        super().__init__(f"HOST={settings.host} PORT={settings.port} cannot be listened on: {why}. Try PORT=8081")


class NothingToWorkAt(StartupError):
    """A file is for one process, which does everything."""

    def __init__(self) -> None:
        super().__init__("A worker needs DATABASE_URL. With a database file the service does its work itself.")


def serve(settings: Settings) -> None:
    """Serve until told to stop. Raises what hinders the start."""
    share_memory()
    take_what_is_allowed()
    with asyncio.Runner(loop_factory=fastest_loop()) as runner:
        runner.run(_serve(settings))


def work(settings: Settings) -> None:
    """Do what comes back by itself until told to stop; answers machines that watch over it at HOST and PORT."""
    if not settings.database_url:
        raise NothingToWorkAt
    with asyncio.Runner(loop_factory=fastest_loop()) as runner:
        runner.run(_work(settings))


def fastest_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """That of uvloop where it can be had, else Python's own."""
    try:
        import uvloop  # noqa: PLC0415 - not to be had on every system
    except ImportError:
        return None
    return uvloop.new_event_loop


async def _serve(settings: Settings) -> None:
    house = build_app(settings, Effects())
    house.pages.compile()
    async with _open(house, settings):
        await _say_where(settings, house)
        await _told_to_stop()


async def _work(settings: Settings) -> None:
    house = build_app(settings, Effects(), worker=True)
    async with _open(house, settings):
        print(f"Gensvar works. How it is: http://{settings.host}:{settings.port}/health/ready", flush=True)
        await _told_to_stop()


def runner_of(house: App, settings: Settings) -> web.AppRunner:
    """What answers on connections."""
    # Requests are noted by our own middleware, without addresses and without people.
    return Runner(house.app, headers(settings), access_log=None, shutdown_timeout=PATIENCE, keepalive_timeout=IDLE)


@asynccontextmanager
async def _open(house: App, settings: Settings) -> AsyncIterator[None]:
    """Everything runs and the door is open; afterwards what was begun is ended in good order."""
    runner = runner_of(house, settings)
    await runner.setup()
    try:
        await _listen(runner, settings)
        async with settled(), kept_free(runner):
            yield
        await house.leaving.begin(settings.drain_seconds)
    finally:
        # What does not end by then is cut off: it was not acknowledged.
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(runner.cleanup(), LONGEST)


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port, backlog=QUEUE).start()
    except OSError as problem:
        raise CannotListen(settings, problem.strerror) from None


async def _told_to_stop() -> None:
    told = asyncio.Event()
    for which in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(which, told.set)
    await told.wait()


async def _say_where(settings: Settings, house: App) -> None:
    print(f"\nGensvar: {settings.public_address}", flush=True)
    if settings.sample_sign_in:
        async with house.services.store.reading() as connection:
            found = await people.sample_people(connection)
        if found:
            print(f"\nSign in at {settings.public_address}/logga-in as one of:", flush=True)
        for person in found:
            print(_line(person), flush=True)


def _line(person: Person) -> str:
    return f"  {person.name:<20} {person.presentation}"
