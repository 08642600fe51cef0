"""Timers that are due become commands of the service itself."""

import logging

from dialogs.errors import Refused
from handlers.dispatch import dispatch
from handlers.services import Services
from inbox.cases.model import BY_ITSELF, CaseId
from inbox.cases.timers import command_of
from inbox.storage import cases, timers
from inbox.storage.timers import Due

log = logging.getLogger(__name__)

AT_ONCE = 100
"""Timers that are looked up at a time."""


async def fire_timers(services: Services) -> None:
    """Ask for what is due. What is refused, because the case has changed meanwhile, has its timer set anew."""
    last: Due | None = None
    while due := await _due(services, last):
        for timer in due:
            await _fire(services, timer)
        last = due[-1]


async def set_missing_timers(services: Services) -> None:
    """Set what a process of an older version, which knows of no timers, has left out."""
    async with services.store.reading() as connection:
        found = await timers.cases_without(connection, AT_ONCE)
    for case in found:
        await _set_anew(services, case)


async def _due(services: Services, last: Due | None) -> list[Due]:
    async with services.store.reading() as connection:
        return await timers.due_timers(connection, services.now(), last, AT_ONCE)


async def _fire(services: Services, due: Due) -> None:
    try:
        done = not (await dispatch(services, BY_ITSELF, command_of(due.name, due.case, due.at), "sv")).repeated
    except Refused as refusal:
        log.warning("timer refused", extra={"case": due.case, "timer": due.name, "code": refusal.code})
        done = False
    if not done:
        await _set_anew(services, due.case)


async def _set_anew(services: Services, id: CaseId) -> None:
    await services.store.writer.do(lambda connection: cases.set_timers_anew(connection, id))
