"""What the service does by itself: ends what is over."""

from datetime import timedelta

from handlers.services import Services
from inbox.execution.sealing import Sealing
from inbox.outbox.delivering import Delivering
from inbox.storage import files as attachments
from inbox.storage import uploads
from server.auth.sessions import Sessions
from server.jobs.runner import Job
from server.jobs.timers import fire_timers, set_missing_timers
from server.sockets.socket_server import Sockets

STRAY_FOR = timedelta(days=1)
"""How old a file is that may be taken for forgotten."""


def chores(
    services: Services, sessions: Sessions, sockets: Sockets, delivering: Delivering, sealing: Sealing
) -> tuple[Job, ...]:
    """Every background job."""

    async def shut_sockets() -> None:
        await sockets.shut_all_but(sessions.stands)

    async def shut_over() -> None:
        await sockets.shut_those(sessions.is_over)

    async def dialogs() -> None:
        async with services.store.reading() as connection:
            await services.dialogs.refresh(connection)

    async def timers() -> None:
        await fire_timers(services)

    async def timers_unset() -> None:
        await set_missing_timers(services)

    async def drop_drafts() -> None:
        await services.drafts.sweep()

    async def drop_uploads() -> None:
        await services.uploads.sweep()

    async def drop_files() -> None:
        await drop_stray_files(services)

    return (
        Job("sockets", timedelta(minutes=2), shut_sockets),
        Job("sockets over", timedelta(seconds=1), shut_over),
        Job("dialogs", timedelta(seconds=0.5), dialogs),
        Job("seats over", timedelta(seconds=1), services.publisher.end_seats),
        Job("sessions", timedelta(minutes=10), sessions.sweep),
        Job("timers", timedelta(minutes=1), timers, once=True),
        Job("timers unset", timedelta(hours=1), timers_unset, once=True),
        Job("drafts", timedelta(hours=1), drop_drafts, once=True),
        Job("uploads", timedelta(hours=1), drop_uploads, once=True),
        Job("files", timedelta(hours=6), drop_files, once=True),
        Job("seals", timedelta(seconds=10), sealing.go_on, once=True),
        Job("outbox done", timedelta(hours=6), delivering.forget_done, once=True),
    )


async def drop_stray_files(services: Services) -> None:
    """Remove files that nothing names: what was left when a process stopped before it had noted what it kept."""
    async with services.store.reading() as connection:
        wanted, arriving = await attachments.wanted(connection), await uploads.open_ids(connection)
    # Younger ones may be on their way: kept already, but not noted yet.
    await services.files.sweep(wanted, arriving, (services.now() - STRAY_FOR).timestamp())
