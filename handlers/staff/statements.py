"""Statements on the desk: those that the board waits for, and those that the reporter has not been shown."""

from datetime import datetime

from msgspec import Struct

from handlers.thread.view_context import ViewContext
from handlers.view.locale import SWEDEN
from inbox.cases import events as e
from inbox.cases.model import State


class AskedView(Struct, frozen=True):
    """A statement that the board waits for."""

    board: str
    text: str


class GivenView(Struct, frozen=True):
    """A statement that the officer has and the reporter has not."""

    id: str
    n: int
    at: datetime
    unit: str


def asked_of(look: ViewContext) -> tuple[AskedView, ...]:
    """What the unit owes the board an answer to; the newest question for each board."""
    if "give_statement" not in look.thread.may:
        return ()
    waiting = {r.id for r in look.case.registrations if r.state is State.AWAITING_STATEMENT}
    asked: dict[str, AskedView] = {}
    for entry in look.thread.entries:
        if isinstance(entry.event, e.StatementAsked) and entry.event.registration in waiting:
            board = look.locale.unit(entry.by.unit, entry.at)
            view = AskedView(board, entry.event.text)
            asked[entry.event.registration] = view
    return tuple(asked.values())


def given_to(look: ViewContext) -> tuple[GivenView, ...]:
    """What the officer can still let the reporter read."""
    if "release_statement" not in look.thread.may:
        return ()
    entries = look.thread.entries
    released = {entry.event.statement for entry in entries if isinstance(entry.event, e.StatementReleased)}
    return tuple(
        GivenView(entry.id, entry.n, entry.at.astimezone(SWEDEN), look.locale.unit(entry.by.unit, entry.at))
        for entry in entries
        if isinstance(entry.event, e.StatementGiven) and entry.id not in released
    )
