"""Cases without a store: the rules that decide, apply and show, and nothing else. Thousands of commands in seconds."""

import itertools
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dialogs.schema.categories import load_categories
from inbox.actions.context import DecisionContext, Rules, Sending
from inbox.actions.decide import decide
from inbox.actions.seating import holder_of
from inbox.cases import commands as c
from inbox.cases.errors import NoSuchCase
from inbox.cases.events import Answered, Recorded, SeatEnded, SeatOpened
from inbox.cases.model import BY_ITSELF, Actor, Case, FeedId, Identity, Relation, desk_of
from inbox.cases.permissions import check
from inbox.cases.timers import command_of, timers_of
from inbox.cases.views import Entry, Viewer, case_for, entries_for
from inbox.directory.tree import Directory
from inbox.execution.executor import Cases, Loaded, _actor, _rows
from inbox.people.membership import actor_in, reads_content
from inbox.principals.principal import Individual
from inbox.principals.seat import FIRST_SEAT, Seat, SeatKind
from tests.inbox.intake.followup import followup
from tests.world import START

Told = tuple[tuple[FeedId, int, Recorded], ...]
CATEGORIES = load_categories()
QUESTIONS = followup()


class Kept(Struct):
    """A case, who sits there, and what has happened, by feed too."""

    case: Case
    seats: tuple[Seat, ...]
    history: list[Recorded]
    feeds: dict[FeedId, list[tuple[int, Recorded]]]


class Table:
    """What the executor does, with everything in memory. `colleagues` are those who handle cases, by unit."""

    def __init__(self, directory: Directory, colleagues: dict[str, dict[str, str]]) -> None:
        self.now = START
        self.kept: dict[str, Kept] = {}
        self._directory = directory
        self._colleagues = colleagues
        self._ids = itertools.count(1)
        self._deciding: Any = Cases(None, self.new_id, lambda: self.now)  # type: ignore[arg-type]

    def new_id(self) -> str:
        """Ids in the order in which they are made."""
        return f"00000000-0000-7000-8000-{next(self._ids):012d}"

    def passes(self, time: timedelta) -> None:
        """Time passes."""
        self.now += time

    def files(self, who: Identity, unit: str, story: str, title: str) -> str:
        """Somebody sends a complaint about a unit; the case's id."""
        id = self.new_id()
        sending = Sending(
            type="complaint", dialog="complaint/1", language="sv", relation=Relation.RELATIVE, title=title,
            themes=(), place=unit, place_text="", receiver=unit, story=story, submission="{}",
            answers=(Answered(step="story", question="Vad hände?", lines=(story,)),),
        )  # fmt: skip
        self._done(who, c.SubmitCase(case=id, client_id=self.new_id(), revision=1), sending)
        return id

    def does(self, who: Identity, kind: type[c.Command], case: str, **fields: Any) -> Told:
        """Somebody gives a command; what is told, by feed and number. Raises a refusal."""
        command: Any = kind(case=case, client_id=self.new_id(), **fields)
        return self._done(who, command)

    def fires(self, case: str) -> None:
        """The service does what is due in a case by now."""
        for name, due in timers_of(self.kept[case].case).items():
            if due <= self.now:
                self._done(BY_ITSELF, command_of(name, case, due))

    def actor(self, who: Identity, case: str) -> Actor | None:
        """What somebody is in a case now."""
        kept = self.kept[case]
        return actor_in(kept.case, kept.seats, who, self.now)

    def gets(self, who: Identity, case: str) -> str:
        """Everything that somebody gets of a case who looks now; empty where there is none for them."""
        actor, kept = self.actor(who, case), self.kept[case]
        if actor is None or not reads_content(actor):
            return ""
        shown = [self._shown(kept, actor, feed, kept.feeds.get(feed, [])) for feed in self._open_to(kept.case, actor)]
        return msgspec.json.encode((case_for(kept.case, actor), shown)).decode()

    def hears(self, who: Identity, case: str, told: Told) -> str:
        """What somebody gets who has the case open while something is told."""
        actor, kept = self.actor(who, case), self.kept[case]
        if actor is None or not reads_content(actor):
            return ""
        feeds = self._open_to(kept.case, actor)
        shown = [self._shown(kept, actor, feed, [(n, item)]) for feed, n, item in told if feed in feeds]
        return msgspec.json.encode(shown).decode()

    def _open_to(self, case: Case, actor: Actor) -> tuple[FeedId, ...]:
        desk = desk_of(case.registration(actor.registration)) if actor.registration else None
        return tuple(feed for feed in (actor.party, desk) if feed)

    def _shown(self, kept: Kept, actor: Actor, feed: FeedId, rows: list[tuple[int, Recorded]]) -> tuple[Entry, ...]:
        viewer = Viewer(kept.case, actor, kept.seats, self._colleagues.get(actor.unit or "", {}))
        return entries_for(viewer, rows)

    def _done(self, who: Identity, command: c.AnyCommand, sending: Sending | None = None) -> Told:
        kept = self.kept.get(command.case)
        if kept is None and sending is None:
            raise NoSuchCase
        actor = _actor(Loaded(kept.case, kept.seats) if kept else None, command, who, self.now)
        before = kept.case if kept else None
        if before is not None:
            check(before, command, actor)
        facts = self._facts(kept, command, actor, sending)
        decided = decide(before, command, actor, facts)
        case, recorded = self._deciding._recorded(before, command, actor, decided, facts)
        if kept is None:
            first = Seat(FIRST_SEAT, "reporter", SeatKind.REPORTER, Individual(who.principal.key), who.name)
            kept = self.kept[command.case] = Kept(case, (first,), [], {})
        rows = tuple(_rows(before, recorded))
        kept.case = case
        kept.history += recorded
        for feed, n, item in rows:
            kept.feeds.setdefault(feed, []).append((n, item))
        for item in recorded:
            self._seat(kept, command, item)
        return rows

    def _seat(self, kept: Kept, command: c.AnyCommand, item: Recorded) -> None:
        event = item.event
        if isinstance(event, SeatEnded):
            over = {seat.id: replace(seat, until=item.envelope.at) for seat in kept.seats if seat.id == event.seat}
            kept.seats = tuple(over.get(seat.id, seat) for seat in kept.seats)
        elif isinstance(event, SeatOpened) and isinstance(command, c.OpenSeat) and (holder := holder_of(command)):
            rights, name = frozenset(event.rights), command.person.capitalize()
            seat = Seat(event.seat, event.party, event.sits_as, holder, name, rights, event.until)
            kept.seats = (*kept.seats, seat)

    def _facts(
        self, kept: Kept | None, command: c.AnyCommand, actor: Actor, sending: Sending | None
    ) -> DecisionContext:
        today: datetime = self.now
        facts = DecisionContext(
            now=today, today=today.date(), directory=self._directory, rules=Rules(), number=f"RM {self.new_id()[-9:]}"
        )
        if kept is None:
            return replace(facts, sending=sending)
        match command:
            case c.AskQuestions() | c.AnswerQuestions():
                return replace(facts, questions=QUESTIONS)
            case c.AnswerCase():
                return replace(facts, categories=CATEGORIES)
            case c.AssignCase():
                holders = {seat.holder for seat in kept.seats}
                there = self._colleagues.get(actor.unit or "", {})
                return replace(facts, colleagues=frozenset(id for id in there if Individual(id) not in holders))
            case c.OpenSeat():
                taken = any(seat.holder == holder_of(command) and seat.stands(self.now) for seat in kept.seats)
                return replace(facts, sits_as=None if taken else command.person.capitalize())
            case c.GiveConsent() | c.ProposeSharing() | c.ReleaseStatement():
                return replace(facts, history=tuple(item for _, item in kept.feeds.get(actor.party or "", [])))
            case _:
                return facts
