"""What the service does by itself: ends what is over."""

import logging
from datetime import timedelta

from dialogs.errors import Refused
from handlers.dispatch import dispatch
from handlers.services import Services
from inbox.cases.commands import CloseThread
from inbox.storage import files as attachments
from inbox.storage import queues, uploads
from server.auth.sessions import Sessions
from server.jobs.runner import Job
from server.sockets.socket_server import Sockets

log = logging.getLogger(__name__)

STRAY_FOR = timedelta(days=1)
"""How old a file is that may be taken for forgotten."""


def chores(services: Services, sessions: Sessions, sockets: Sockets) -> tuple[Job, ...]:
    """Every background job."""

    async def shut_sockets() -> None:
        await sockets.shut_all_but(sessions.stands)

    async def shut_over() -> None:
        await sockets.shut_those(sessions.is_over)

    async def close_threads() -> None:
        await close_what_is_over(services)

    async def drop_drafts() -> None:
        await drop_old_drafts(services)

    async def drop_uploads() -> None:
        await services.uploads.sweep()

    async def drop_files() -> None:
        await drop_stray_files(services)

    return (
        Job("sockets", timedelta(minutes=2), shut_sockets),
        Job("sockets over", timedelta(seconds=1), shut_over),
        Job("sessions", timedelta(minutes=10), sessions.sweep),
        Job("threads", timedelta(minutes=10), close_threads, once=True),
        Job("drafts", timedelta(hours=1), drop_drafts, once=True),
        Job("uploads", timedelta(hours=1), drop_uploads, once=True),
        Job("files", timedelta(hours=6), drop_files, once=True),
    )


async def close_what_is_over(services: Services) -> None:
    """Close the threads whose reply window is over; a case that changed meanwhile is left for the next round."""
    async with services.store.reading() as connection:
        over = await queues.windows_over(connection, services.now())
    for case in over:
        try:
            await dispatch(services, None, CloseThread(case=case, client_id=services.new_id()), "sv")
        except Refused as refusal:
            log.warning("thread not closed", extra={"case": case, "code": refusal.code})


async def drop_old_drafts(services: Services) -> None:
    """Remove drafts that nobody touched for long, then the bytes of their files."""
    for file in await services.drafts.sweep():
        await services.files.discard(file.owner, file.digest)


async def drop_stray_files(services: Services) -> None:
    """Remove files that nothing names: what was left when a process stopped before it had noted what it kept."""
    async with services.store.reading() as connection:
        wanted, arriving = await attachments.wanted(connection), await uploads.open_ids(connection)
    # Younger ones may be on their way: kept already, but not noted yet.
    await services.files.sweep(wanted, arriving, (services.now() - STRAY_FOR).timestamp())
