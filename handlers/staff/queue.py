"""The queue of a unit or a board: what is one's own, what is nobody's, everything, and what has ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal

from aiohttp import web
from msgspec import Struct
from yarl import URL

from dialogs.sentences import N_
from handlers.limits import Act
from handlers.names import first_name
from handlers.page import Page
from handlers.requests import count, services_of, staff, wants_fragment
from handlers.staff.done_words import done_words
from handlers.staff.due import Tone, left_words, tone_of_goal
from handlers.thread.open_case import STAFF
from handlers.thread.status import state_words, tone_of
from handlers.view.conditional import is_shown, nothing_newer, version_of
from handlers.view.list_query import list_query
from handlers.view.locale import SWEDEN, Locale, locale_of
from handlers.view.models import Link
from inbox.cases.model import OPEN, CaseId, Identity
from inbox.people.membership import reads_content, staff_in
from inbox.queries.reading import QueueView as Fetched
from inbox.storage.lists.queues import USUAL, Last, Listed

PATH = "/personal"
SENT_WITH = web.RequestKey("sent_with", str)
"""The list that a form was sent from, by its field `visa`: a page that shows it again has no other address."""
Show = Literal["mina", "lediga", "alla", "klara"]
"""As in the address: `?visa=mina`."""
ONLY: dict[Show, str] = {"mina": "mine", "lediga": "free", "alla": "all", "klara": "all"}
LABELS: dict[Show, str] = {
    "mina": N_("Mina"),
    "lediga": N_("Ej tilldelade"),
    "alla": N_("Alla öppna"),
    "klara": N_("Avslutade"),
}
HEADINGS: dict[Show, str] = {
    "mina": N_("Mina ärenden, kortast tid kvar först"),
    "lediga": N_("Ärenden utan handläggare, kortast tid kvar först"),
    "alla": N_("Alla öppna ärenden, kortast tid kvar först"),
    "klara": N_("Avslutade ärenden, det senaste först"),
}


class Filter(Struct, frozen=True):
    """A choice of what to see."""

    url: str
    label: str
    count: int | str
    current: bool


class RowView(Struct, frozen=True, kw_only=True):
    """A case in the queue. Without title and name for those who only distribute."""

    id: str
    url: str
    title: str
    number: str
    who: str
    unit: str
    state: str
    tone: str
    due: str
    due_tone: Tone
    at: datetime
    unread: bool
    current: bool


class QueueView(Struct, frozen=True):
    """The queue."""

    filters: tuple[Filter, ...]
    heading: str
    rows: tuple[RowView, ...]
    version: int
    """Another one: the queue may look different."""
    told: str
    """How many of them all are shown; empty where that is all."""
    more: str
    """The address of the next page; empty if there is none."""
    first: str
    """The address of the first page; empty if it is this one."""


class QueuePage(Page, frozen=True, kw_only=True):
    """The queue, with no case open."""

    template: ClassVar[str] = "staff/queue.html"

    fragment: bool
    queue: QueueView
    onward: Link | None = None
    """The case to go on with, after what was done last."""


async def get_queue(request: web.Request) -> web.Response:
    """The queue with no case open; for the page's script the queue alone."""
    identity = await staff(request)
    await count(request, Act.LOOK)
    queue = await queue_view(request, identity, _list_in(request.query))
    if is_shown(request, queue.version):
        return nothing_newer()
    notice, onward = what_was_done(request, queue)
    page = QueuePage(notice=notice, fragment=wants_fragment(request), queue=queue, onward=onward)
    return services_of(request).render(request, page)


async def queue_view(
    request: web.Request, identity: Identity, show: Show | None, current: CaseId | None = None
) -> QueueView:
    """The queue as this person sees it. Without a wish: what is theirs, if anything is, else everything."""
    reading, locale = services_of(request).reading, locale_of(request)
    asked = list_query(request, parts=2, usual=USUAL, filters=ONLY)
    after, size = Last(*asked.after) if asked.after else None, asked.size
    fetched = await reading.queue(identity, only=ONLY[show or "mina"], ended=show == "klara", after=after, size=size)
    if show is None:
        show = "mina" if fetched.counts.mine else "alla"
        fetched = fetched if show == "mina" else await reading.queue(identity, after=after, size=size)
    total, last, here = _total(fetched, show), fetched.last, asked.address("", show, asked.after)
    return QueueView(
        filters=_filters(fetched, show, locale),
        heading=locale.t(HEADINGS[show]),
        rows=tuple(row_view(listed, identity, here, current, locale) for listed in fetched.rows),
        version=_version(fetched, locale),
        told=locale.t(N_("Visar {shown} av {total} ärenden."), shown=len(fetched.rows), total=total)
        if len(fetched.rows) < total
        else "",
        more=asked.address(PATH, show, (last.case, last.registration)) if last else "",
        first=asked.address(PATH, show) if after else "",
    )


def asked_for(request: web.Request) -> Show | None:
    """The list that was chosen: as the address says, or the form that was sent, or the page that one comes from."""
    return _list_in(request.query) or _list_in({"visa": request.get(SENT_WITH, "")}) or _came_from(request)


def _came_from(request: web.Request) -> Show | None:
    try:
        said = URL(request.headers.get("Referer", ""))
    except ValueError:
        return None
    at_a_case = said.path.startswith(f"{STAFF}/")
    return _list_in(said.query) if at_a_case and said.authority == request.host else None


def what_was_done(request: web.Request, queue: QueueView) -> tuple[str, Link | None]:
    """What was done last, and what stands first in the list to go on with: it is offered, and opened by nobody else."""
    said = done_words(request)
    first = next((row for row in queue.rows if not row.current), None) if said else None
    return said, Link(first.url, first.title or first.number) if first else None


def _list_in(query: Mapping[str, str]) -> Show | None:
    wish = query.get("visa", "")
    return next((show for show in ONLY if show == wish), None)


def _total(fetched: Fetched, show: Show) -> int:
    counts = fetched.counts
    return {"mina": counts.mine, "lediga": counts.free, "alla": counts.all, "klara": counts.ended}[show]


def row_view(listed: Listed, identity: Identity, beside: str, current: CaseId | None, locale: Locale) -> RowView:
    """One row, whose link keeps the list `beside` it. Whether the person may read the case is asked of it itself."""
    case, registration = listed.case, listed.case.registration(listed.registration)
    actor = staff_in(case, identity)
    reads = actor is not None and reads_content(actor)
    goal = listed.goal if registration.state in OPEN else None
    place = (locale.unit(case.place) or case.place_text) if reads else ""
    return RowView(
        id=case.id,
        url=f"{STAFF}/{case.id}{beside}",
        title=case.title if reads else "",
        number=listed.number,
        who=(listed.reporter or locale.t(N_("Anmälaren"))) if reads else "",
        unit=place or locale.unit(registration.owner),
        state=state_words(registration.state, first_name(listed.reporter) if reads else "", locale),
        tone=tone_of(registration.state),
        due=left_words(goal, locale) if goal else "",
        due_tone=tone_of_goal(goal, locale) if goal else "",
        at=listed.changed_at.astimezone(SWEDEN),
        unread=reads and listed.read_to < case.heads.get(registration.party, 0),
        current=case.id == current,
    )


def _version(fetched: Fetched, locale: Locale) -> int:
    """Days that are left are fewer tomorrow, and counts are of other lists too."""
    # Who distributes has no heads in the rows: nothing moves for them when somebody writes.
    rows = [(row.case.id, row.changed_at, row.case.heads, row.read_to, row.handler) for row in fetched.rows]
    return version_of(rows, fetched.counts, locale.today)


def _filters(fetched: Fetched, show: Show, locale: Locale) -> tuple[Filter, ...]:
    counts: dict[Show, int | str] = {
        "mina": fetched.counts.mine,
        "lediga": fetched.counts.free,
        "alla": fetched.counts.all,
        "klara": "",  # Of what is over, how many there are hurries nobody.
    }
    return tuple(
        Filter(f"{PATH}?visa={each}", locale.t(LABELS[each]), count, each == show) for each, count in counts.items()
    )
