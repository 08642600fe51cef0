"""What is pushed to a page: an entry as the rows that the page itself draws, and what else changes with it there."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from dialogs.sentences import N_, Translate
from handlers.thread.entries_view import drawn, said_between_two
from handlers.thread.open_case import CITIZEN, STAFF
from handlers.thread.view_context import ViewContext
from handlers.view.locale import Locale, in_sweden
from handlers.view.models import ManifestView, Message, Row
from inbox.cases import events as e
from inbox.cases.commands import Audience
from inbox.cases.model import CITIZENS
from inbox.cases.status import status_of
from inbox.cases.views import Entry, Viewer, case_for
from inbox.directory.current import CurrentDirectory
from inbox.queries.reading import Thread

ENDS = e.CaseAnswered | e.CaseWithdrawn | e.CaseReferred | e.ThreadClosed
"""From then on nobody is reminded of what was said before."""


class Reminders(Struct, frozen=True):
    """What staff are reminded of from then on; None where the entry changes nothing."""

    unanswered: bool | None
    """Whether the last word is the reporter's."""
    asks: bool | None
    """Whether the handling waits for a reply of theirs."""


class PushedRows(Struct, frozen=True):
    """A frame: numbered as the feed is."""

    case: str
    n: int
    at: datetime
    rows: tuple[Row, ...]
    changes: bool
    """Whether what the page says about the case may have changed: its state, its stages, what can be done."""
    reminders: Reminders


class Drawing:
    """Draws entries for whoever looks, as their page does."""

    def __init__(
        self, directory: CurrentDirectory, translator: Callable[[str], Translate], now: Callable[[], datetime]
    ) -> None:
        self._directory = directory
        self._translator = translator
        self._now = now

    def frame(self, viewer: Viewer, entry: Entry, language: str, among: tuple[Entry, ...] = ()) -> PushedRows:
        """The entry as rows. `among` are those that come with it."""
        look = self._look(viewer, language, among)
        rows = said_between_two(drawn(entry, look), look)
        return PushedRows(
            case=viewer.case.id,
            n=entry.n,
            at=entry.at,
            rows=tuple(_as_shown(row, look) for row in rows if not isinstance(row, ManifestView)),
            changes=changes_case(entry.event),
            reminders=reminders_of(entry),
        )

    def _look(self, viewer: Viewer, language: str, among: tuple[Entry, ...]) -> ViewContext:
        staff = viewer.actor.unit is not None
        locale = Locale(
            directory=self._directory.tree,
            names=viewer.colleagues,
            translate=self._translator(language),
            language=language,
            today=in_sweden(self._now()),
        )
        return ViewContext(_of(viewer, among), f"{STAFF if staff else CITIZEN}/{viewer.case.id}", locale)


def changes_case(event: e.AnyEvent) -> bool:
    """Words alone change nothing, unless somebody waited for them or waits for more."""
    if isinstance(event, e.MessagePosted):
        return event.waits or bool(event.resumes)
    return not isinstance(event, e.NoteWritten | e.DisclosureAssessed)


def reminders_of(entry: Entry) -> Reminders:
    """What the entry changes of what staff are reminded of."""
    event, reporters = entry.event, entry.by.kind in CITIZENS
    match event:
        case e.MessagePosted(waits=True):
            return Reminders(reporters, asks=True)
        case e.MessagePosted(audience=audience):
            # A word to the board alone is no reply to what the care asked.
            return Reminders(reporters, asks=False if reporters and audience is Audience.ALL else None)
        case e.WaitingStopped():
            return Reminders(None, asks=False)
        case _:
            over = False if isinstance(event, ENDS) else None
            return Reminders(over, asks=over)


def _as_shown(row: Row, look: ViewContext) -> Row:
    """Citizens are told of their own words as theirs; a page that is drawn whole has a template for that."""
    if isinstance(row, Message) and row.own and not look.staff:
        return replace(row, author=look.locale.t(N_("Du")))
    return row


def _of(viewer: Viewer, entries: tuple[Entry, ...]) -> Thread:
    """A thread of nothing else: what came before the page has already."""
    case = case_for(viewer.case, viewer.actor)
    return Thread(
        case=case,
        actor=viewer.actor,
        seats=viewer.seats,
        entries=entries,
        shown=range(0),
        notes=(),
        earlier=None,
        head=0,
        desk=None,
        desk_head=0,
        status=status_of(case),
        read_to=0,
        unread_answers=frozenset(),
        read_by={},
        may=frozenset(),
        colleagues=dict(viewer.colleagues),
    )
