"""Consent cards: who wants to read what, as the reporter sees it, and the text that is kept when she says yes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from dialogs.sentences import N_
from handlers.thread.view_context import ViewContext, side_of
from handlers.view.locale import SWEDEN
from handlers.view.models import Side
from inbox.actions.joining import to_ask
from inbox.actions.sharing import EVERY, files_for_all
from inbox.cases import events as e
from inbox.cases.commands import Audience, Parts
from inbox.cases.model import PartyKind, Request
from inbox.cases.status import is_at_work
from inbox.cases.views import Entry
from inbox.directory.model import Unit

Typed = Mapping[str, tuple[str, ...]]


class PartView(Struct, frozen=True):
    """Something that would be shared; she can untick it."""

    id: str
    name: str
    value: str
    label: str
    checked: bool


class ConsentCard(Struct, frozen=True, kw_only=True):
    """The question, in the sentences she sees."""

    id: str
    """Tells cards on a page apart: their fields have it in their ids."""
    request: str
    """Empty when she turns to the board herself."""
    unit: str
    asker: str
    side: Side
    at: datetime | None
    heading: str
    lead: str
    reason: str
    reads: str
    parts: tuple[PartView, ...]
    onward: str
    reads_not: str
    hidden: tuple[str, ...]
    foot: str
    yes: str
    no: str


def cards_of(look: ViewContext, typed: Typed | None = None) -> tuple[ConsentCard, ...]:
    """A card for every question that she has not answered."""
    asked = {entry.id: (entry, entry.event) for entry in look.thread.entries}
    cards = []
    for request in look.case.requests:
        entry, event = asked.get(request.id, (None, None))
        unit = look.locale.directory.find_now(request.to)
        if entry is not None and isinstance(event, e.ConsentAsked) and unit is not None:
            cards.append(_asked_card(look, request, entry, event, unit, typed))
    return tuple(cards)


def own_card(look: ViewContext, board: Unit, typed: Typed | None = None) -> ConsentCard:
    """The card when she turns to the board herself."""
    offered = everything(look.thread.entries)
    return _card(look, board, offered, _files(look.thread.entries, offered), typed)


def board_to_ask(look: ViewContext) -> Unit | None:
    """The board she can turn to: that of the region where it happened, if it is not in the case already."""
    return to_ask(look.case, PartyKind.REPORTER, look.locale.directory)


def card_meant(look: ViewContext, request: str, typed: Typed) -> ConsentCard | None:
    """The card that a form answers; None if it is not there any more."""
    if request:
        return next((card for card in cards_of(look, typed) if card.request == request), None)
    board = board_to_ask(look)
    return own_card(look, board, typed) if board else None


def parts_ticked(typed: Typed) -> Parts:
    """What a form shares."""
    return Parts(
        answers=bool(typed.get("answers")),
        files=tuple(dict.fromkeys(typed.get("file", ()))),
        since=next(iter(typed.get("since", ())), ""),
    )


def typed_of(parts: Parts, request: str) -> Typed:
    """What a form would hold that shares so much."""
    answers = ("1",) if parts.answers else ()
    return {"answers": answers, "file": parts.files, "since": (parts.since,), "request": (request,)}


def text_of(card: ConsentCard) -> str:
    """The sentences of the card, with a cross before what was ticked: what is kept with her yes."""
    reason = (card.reason,) if card.reason else ()
    parts = tuple(f"[{'x' if part.checked else ' '}] {part.label}" for part in card.parts)
    lines = (
        card.heading,
        card.lead,
        *reason,
        card.reads,
        *parts,
        card.onward,
        card.reads_not,
        *card.hidden,
        card.foot,
        card.yes,
    )
    return "\n".join(line for line in lines if line)


def everything(entries: Iterable[Entry]) -> Parts:
    """All that can be shared: the answers, every file that everyone has, every message to everyone."""
    rows = tuple(entries)
    files = tuple(dict.fromkeys(file.id for entry in rows for file in files_for_all(entry.event)))
    return Parts(answers=True, files=files, since=EVERY if spoken(rows) else "")


def spoken(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The messages to everyone: those that can be shared."""
    return tuple(
        entry for entry in entries if isinstance(entry.event, e.MessagePosted) and entry.event.audience is Audience.ALL
    )


def _files(entries: Iterable[Entry], offered: Parts) -> tuple[e.FileRef, ...]:
    known = {file.id: file for entry in entries for file in files_for_all(entry.event)}
    return tuple(known[id] for id in offered.files)


def _asked_card(
    look: ViewContext, request: Request, entry: Entry, event: e.ConsentAsked, unit: Unit, typed: Typed | None
) -> ConsentCard:
    mine = typed if typed is not None and request.id in typed.get("request", ()) else None
    return _card(look, unit, event.parts, event.files, mine, (request, entry, event.reason))


def _card(
    look: ViewContext,
    unit: Unit,
    offered: Parts,
    files: tuple[e.FileRef, ...],
    typed: Typed | None,
    asked: tuple[Request, Entry, str] | None = None,
) -> ConsentCard:
    say = look.locale.t
    request, entry, reason = asked or (None, None, "")
    id = request.id if request else "own"
    heading = N_("Får {unit} läsa ditt ärende?") if asked else N_("Vill du ta hjälp av {unit}?")
    asker = look.locale.unit(entry.by.unit, entry.at) if entry else ""
    return ConsentCard(
        id=id,
        request=request.id if request else "",
        unit=unit.id,
        asker=asker,
        side=side_of(entry.by) if entry else "board",
        at=entry.at.astimezone(SWEDEN) if entry else None,
        heading=say(heading, unit=unit.name),
        lead=_lead(unit, look),
        reason=say(N_("{unit} skriver: ”{reason}”"), unit=asker, reason=reason) if reason else "",
        reads=say(N_("De får läsa")),
        parts=_parts(look, id, offered, files, typed),
        onward=say(N_("De läser också allt nytt som skrivs till alla i ärendet.")),
        reads_not=say(N_("De får inte läsa")),
        hidden=_hidden(unit, look),
        foot=say(
            N_("Vi utreder ditt ärende även om du säger nej. Du kan ändra dig när du vill.")
            if request and is_at_work(look.case, request.by)
            else N_("Du kan ändra dig när du vill.")
        ),
        yes=say(N_("Ja, det är okej")),
        no=say(N_("Nej tack")),
    )


def _lead(unit: Unit, look: ViewContext) -> str:
    if unit.is_board:
        return look.locale.t(N_("De är fristående från vården. De hjälper dig, och det kostar inget."))
    return look.locale.t(N_("Då kan de svara på det som du har berättat."))


def _hidden(unit: Unit, look: ViewContext) -> tuple[str, ...]:
    """Notes are never shared; what is said to the board alone is not read by the care."""
    say = look.locale.t
    if unit.is_board:
        own = say(N_("Vårdens egna anteckningar. De delas aldrig."))
        return own, say(N_("Du kan sedan skriva bara till nämnden. Det läser inte vården."))
    own = say(N_("Nämndens egna anteckningar. De delas aldrig."))
    return own, say(N_("Det du skriver bara till nämnden."))


def _parts(
    look: ViewContext, id: str, offered: Parts, files: tuple[e.FileRef, ...], typed: Typed | None
) -> tuple[PartView, ...]:
    say = look.locale.t
    ticked = offered if typed is None else parts_ticked(typed)
    parts = []
    if offered.answers:
        parts.append(PartView(f"answers-{id}", "answers", "1", say(N_("Din berättelse och dina svar")), ticked.answers))
    for number, file in enumerate(files, start=1):
        label = say(N_("Filen {name}"), name=file.name)
        parts.append(PartView(f"file-{id}-{number}", "file", file.id, label, file.id in ticked.files))
    if offered.since:
        # A program may share less than is offered: the words then say from when.
        since = ticked.since or offered.since
        parts.append(PartView(f"since-{id}", "since", since, _since(look, since), bool(ticked.since)))
    return tuple(parts)


def _since(look: ViewContext, since: str) -> str:
    first = next((entry for entry in spoken(look.thread.entries) if entry.id == since), None)
    if first is None:
        return look.locale.t(N_("Meddelandena hittills"))
    return look.locale.t(N_("Meddelandena från och med {day}"), day=look.locale.day(first.at))
