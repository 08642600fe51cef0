"""The citizen's home: what to read first, what is going on, what is not sent, what has ended."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Literal

from aiohttp import web
from msgspec import Struct
from msgspec.structs import replace

from dialogs.display import words
from dialogs.engine import remaining
from dialogs.kinds.place import Place
from dialogs.sentences import N_, Counted
from handlers.intake.draft_cookie import DIALOG, claim_drafts, holder_of, kept_by
from handlers.limits import Act
from handlers.page import Page
from handlers.requests import citizen, count, see_other, services_of, wants_fragment
from handlers.thread.status import answered_words, now_words, status_view
from handlers.view.conditional import is_shown, nothing_newer, version_of
from handlers.view.list_query import AFTER, list_query, said_in_digits
from handlers.view.locale import Locale, locale_of
from handlers.view.models import CaseView, Side, StatusView
from inbox.cases.case_types import CASE_TYPES
from inbox.cases.errors import Malformed
from inbox.cases.model import PartyKind, State, UnitId
from inbox.cases.status import Status, leading_registration, status_of
from inbox.intake.drafts import LISTED, Standing
from inbox.principals.principal import CodeHolder
from inbox.storage.lists.home import USUAL, LastOwn, Own, OwnPage

PATH = "/hem"
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
REMOVED = N_("Utkastet är borttaget.")
MORE_DRAFTS = N_("Visar {shown} utkast. Du har fler. De visas när du har skickat eller tagit bort några.")
UNFOLDED = 5
"""Cases that go on and are shown at once; the others are folded."""


Kind = Literal["answer", "question", "message"]


class Unread(Struct, frozen=True, kw_only=True):
    """Something to read or to answer first."""

    kind: Kind
    side: Side
    title: str
    text: str
    url: str
    action: str
    case: CaseView
    status: StatusView | None
    """Where the case stands, while somebody works with it."""
    became: str
    """What became of it, when nobody does."""


class Going(Struct, frozen=True):
    """A case that is handled."""

    case: CaseView
    status: StatusView


class DraftView(Struct, frozen=True, kw_only=True):
    """Something that is not sent."""

    id: str
    name: str
    number: int
    total: int
    saved_at: datetime
    removed_at: datetime
    url: str


class Ended(Struct, frozen=True):
    """A case that has its answer, or was taken back."""

    case: CaseView
    text: str
    at: datetime


class HomePage(Page, frozen=True, kw_only=True):
    """The citizen's home."""

    template: ClassVar[str] = "citizen/home.html"

    fragment: bool
    version: int
    """Another one: something else is shown."""
    first_name: str
    summary: str
    unread: tuple[Unread, ...]
    open: tuple[Going, ...]
    """Without what is in `unread`, as `more_open` and `ended`."""
    more_open: tuple[Going, ...]
    """Folded."""
    drafts: tuple[DraftView, ...]
    more_drafts: str
    """That there are others; empty where these are all."""
    ended: tuple[Ended, ...]
    told: str
    """Which of them all are shown; empty where that is all."""
    more: str
    """The address of the next page; empty if there is none."""
    first: str
    """The address of the first page; empty if it is this one."""


async def home(request: web.Request) -> web.Response:
    """`/hem`; for its script the same without its frame, to show what is new."""
    identity = await citizen(request)
    if isinstance(identity.principal, CodeHolder):
        # There is the one case, and no list to show it in.
        return see_other(f"/arende/{identity.principal.case}")
    await count(request, Act.LOOK)
    services, locale = services_of(request), locale_of(request)
    await claim_drafts(request, identity.principal)
    holder = await holder_of(request)
    asked = list_query(request, parts=3, usual=USUAL)
    listed = await services.reading.home(identity, after=_last(asked.after), size=asked.size)
    own = listed.cases
    # What is not sent stands on the first page alone.
    drafts = [] if listed.first > 1 else await services.drafts.of(holder.owner)
    version = version_of(listed, [(one.draft.id, one.draft.revision) for one in drafts], locale.today)
    if is_shown(request, version):
        return kept_by(request, holder, nothing_newer())
    unread = _first_first(item for one in own for item in _unread(one, locale))
    # What is to be read stands there with its case: no case is on the page twice.
    quiet = [one for one in own if one.case.id not in {item.case.id for item in unread}]
    going = tuple(_going(one, locale) for one in quiet if not _is_over(one))
    page = HomePage(
        fragment=wants_fragment(request),
        version=version,
        first_name=identity.name.split()[0],
        summary=summary(unread, listed, locale),
        unread=unread,
        open=going[:UNFOLDED],
        more_open=going[UNFOLDED:],
        drafts=tuple(_draft(standing, locale) for standing in drafts[:LISTED]),
        more_drafts=locale.t(MORE_DRAFTS, shown=LISTED) if len(drafts) > LISTED else "",
        ended=tuple(_ended(one, locale) for one in quiet if _is_over(one)),
        told=_told(listed, locale),
        more=asked.address(PATH, after=_words(listed.last)) if listed.last else "",
        first=asked.address(PATH) if listed.first > 1 else "",
        notice=locale.t(REMOVED) if "borttaget" in request.query else "",
    )
    return kept_by(request, holder, services.render(request, page))


def _last(said: tuple[str, ...]) -> LastOwn | None:
    """`<stretch>.<moment>.<case>`: where the page before ended. Raises Malformed where it is no place."""
    if not said:
        return None
    stretch, moment, case = said
    if not said_in_digits(stretch, 1) or not said_in_digits(moment, 16):
        raise Malformed(where=AFTER)
    return LastOwn(int(stretch), EPOCH + int(moment) * MICROSECOND, case)


def _words(place: LastOwn) -> tuple[str, str, str]:
    return str(place.stretch), str((place.changed_at - EPOCH) // MICROSECOND), place.case


def _told(listed: OwnPage, locale: Locale) -> str:
    if len(listed.cases) == listed.total:
        return ""
    last = listed.first + len(listed.cases) - 1
    if last == listed.first:
        return locale.t(N_("Visar ärende {first} av {total}."), first=listed.first, total=listed.total)
    return locale.t(N_("Visar {first}–{last} av {total} ärenden."), first=listed.first, last=last, total=listed.total)


def summary(unread: Sequence[Unread], listed: OwnPage, locale: Locale) -> str:
    """What waits, in one sentence; also where it is on other pages."""
    if len(listed.cases) < listed.total and listed.waiting > len(unread):
        return locale.t(MUCH, count=listed.waiting)
    kinds = [item.kind for item in unread]
    parts = [locale.t(words, count=kinds.count(kind)) for kind, words in WAITING.items() if kind in kinds]
    if parts:
        return locale.t(N_("Du har {things}."), things=locale.list_of(parts))
    return locale.t(N_("Du har läst allt.") if listed.cases else N_("Du har inga ärenden än."))


MUCH = Counted(
    "Du har {count} ärende att läsa eller svara på.", "Du har {count} ärenden att läsa eller svara på.", "count"
)
WAITING = {
    "answer": Counted("ett svar att läsa", "{count} svar att läsa", "count"),
    "question": Counted("en fråga att svara på", "{count} frågor att svara på", "count"),
    "message": Counted("ett nytt meddelande", "nya meddelanden i {count} ärenden", "count"),
}


def _unread(own: Own, locale: Locale) -> list[Unread]:
    """An answer goes before a question, and a question before other messages: one line per case."""
    case, url = own.case, f"/arende/{own.case.id}"
    status = _status(own)
    side, unit = _side(own, status.holder), locale.unit(status.holder)
    if own.unread_answer:
        # Who has answered or written need not be who holds the case now.
        side = _side(own, own.answer_from)
        text = answered_words(own.answer_from, locale)
        which = "" if own.answer == own.newest_answer else f"?fran={own.answer}"
        return [_waiting(own, "answer", side, text, f"{url}/svar{which}", locale.t(N_("Läs svaret")), locale)]
    if status.state is State.AWAITING_CITIZEN:
        text = locale.t(N_("{unit} väntar på ditt svar."), unit=unit)
        return [_waiting(own, "question", side, text, url, locale.t(N_("Svara")), locale)]
    if case.requests:
        units = f" {locale.t(N_('och'))} ".join(dict.fromkeys(locale.unit(asked.to) for asked in case.requests))
        text = locale.t(N_("Får {unit} läsa ditt ärende? Du bestämmer."), unit=units)
        return [_waiting(own, "question", side, text, f"{url}#open", locale.t(N_("Svara")), locale)]
    if own.unread_messages:
        side, unit = _side(own, own.message_from), locale.unit(own.message_from)
        text = locale.t(N_("{unit} har skrivit till dig."), unit=unit)
        return [_waiting(own, "message", side, text, url, locale.t(N_("Läs")), locale)]
    return []


def _waiting(own: Own, kind: Kind, side: Side, text: str, url: str, action: str, locale: Locale) -> Unread:
    over = _is_over(own)
    return Unread(
        kind=kind,
        side=side,
        title=own.case.title,
        text=text,
        url=url,
        action=action,
        case=_case(own, locale),
        status=None if over else _beside(own, kind, locale),
        became=_became(own, locale) if over else "",
    )


def _beside(own: Own, kind: Kind, locale: Locale) -> StatusView:
    """Where the case stands, without what the card says already."""
    status, now = _status(own), ""
    view = status_view(own.case, status, locale)
    if kind == "answer":
        others = tuple(unit for unit in status.answered if unit != own.answer_from)
        now = now_words(replace(status, answered=others), locale)
    elif status.state is State.AWAITING_CITIZEN:
        now = " ".join(answered_words(unit, locale) for unit in status.answered)
    else:
        return view
    return replace(view, now=now)


def _first_first(items: Iterable[Unread]) -> tuple[Unread, ...]:
    """Answers, then questions, then messages; among equals the newest change."""
    return tuple(sorted(items, key=lambda item: list(WAITING).index(item.kind)))


def _going(own: Own, locale: Locale) -> Going:
    return Going(_case(own, locale), status_view(own.case, _status(own), locale))


def _ended(own: Own, locale: Locale) -> Ended:
    """What became of it, and when."""
    unit, became = locale.unit(_status(own).holder), _became(own, locale)
    kind = CASE_TYPES[own.case.type].told_in(locale.language).ended if own.case.type in CASE_TYPES else ""
    return Ended(_case(own, locale), " ".join(part for part in (f"{unit}.", kind, became) if part), own.changed_at)


def _became(own: Own, locale: Locale) -> str:
    return locale.t(ENDINGS.get(_status(own).state, ENDINGS[State.CLOSED]))


ENDINGS = {
    State.ANSWERED: N_("Besvarat. Du kan ställa en följdfråga."),
    State.CLOSED: N_("Besvarat."),
    State.WITHDRAWN: N_("Du återkallade det."),
    State.REFERRED: N_("Hänvisat vidare."),
}


def _is_over(own: Own) -> bool:
    """Nobody works with it now. One can still ask on while the time for that lasts."""
    return _status(own).state in ENDINGS


def _status(own: Own) -> Status:
    return status_of(own.case, read=own.seen)


def _side(own: Own, unit: UnitId | None) -> Side:
    holders = [own.case.party(each.party).kind for each in own.case.registrations if each.owner == unit]
    return "board" if PartyKind.BOARD in holders else "care"


def _case(own: Own, locale: Locale) -> CaseView:
    case = own.case
    return CaseView(
        id=case.id,
        url=f"/arende/{case.id}",
        title=case.title,
        number=case.registrations[0].number,
        unit=locale.unit(leading_registration(case).owner),
        head=next(iter(case.heads.values()), 0),
    )


def _draft(standing: Standing, locale: Locale) -> DraftView:
    draft = standing.draft
    progress = remaining(standing.dialog, draft.answers, standing.facts)
    return DraftView(
        id=draft.id,
        name=_name(standing, locale),
        number=progress.number,
        total=progress.total,
        saved_at=draft.updated_at,
        removed_at=draft.expires_at,
        url=f"/beratta?utkast={draft.id}",
    )


def _name(standing: Standing, locale: Locale) -> str:
    """After the place, in words if it was said in words; before there is one, after what is to be told."""
    answers = standing.draft.answers
    place = next((value for value in answers.values() if isinstance(value, Place)), None)
    about = (locale.unit(place.unit) if place.unit else place.text) if place else ""
    if standing.dialog.id != DIALOG:
        what = words(standing.dialog, locale.language).name
        return locale.t(N_("Utkast: {what}, {unit}") if about else N_("Utkast: {what}"), what=what, unit=about)
    if about:
        return locale.t(N_("Utkast om {unit}"), unit=about)
    left = answers.get(standing.dialog.case.type)
    return locale.t(next((DRAFTS[each] for each in (left.picked if left else ()) if each in DRAFTS), N_("Utkast")))


DRAFTS = {
    "complaint": N_("Utkast till klagomål"),
    "suggestion": N_("Utkast till synpunkt eller förslag"),
    "praise": N_("Utkast till beröm"),
}
