"""What a decision may know beside the case: fetched before it is asked."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.schema.categories import load_categories
from inbox.actions.asking.questions import asked_in
from inbox.actions.context import DecisionContext, Rules
from inbox.actions.seating import holder_of
from inbox.actions.sharing import agreed_to
from inbox.cases import commands as c
from inbox.cases.events import Recorded
from inbox.cases.model import Actor, Case, PartyId, PersonId, UnitId
from inbox.directory.current import CurrentDirectory
from inbox.intake import drafts
from inbox.intake.library import Dialogs
from inbox.intake.listening import Listener
from inbox.people.roster import Roster
from inbox.principals.principal import Individual
from inbox.storage import cases, feeds, files, people, registers

SWEDEN = ZoneInfo("Europe/Stockholm")
WHOLE = 1 << 30


class Facts:
    """Fetches them. Made once, with the clock handed in."""

    def __init__(
        self, directory: CurrentDirectory, dialogs: Dialogs, rules: Rules, now: Callable[[], datetime]
    ) -> None:
        self._directory = directory
        self._listener = Listener(directory)
        self._roster = Roster(directory, lambda: now().astimezone(SWEDEN).date())
        self._dialogs = dialogs
        self._rules = rules
        self._now = now

    async def of(
        self, connection: AsyncConnection, case: Case | None, command: c.AnyCommand, actor: Actor
    ) -> DecisionContext:
        """What there is to know now for this very command."""
        facts = await self._needed(connection, case, command, actor)
        if case is not None and isinstance(command, c.Reply):
            facts = replace(facts, since=await self._since(connection, case, command, actor))
        return facts

    async def _needed(
        self, connection: AsyncConnection, case: Case | None, command: c.AnyCommand, actor: Actor
    ) -> DecisionContext:
        now = self._now()
        today = now.astimezone(SWEDEN).date()
        facts = DecisionContext(now=now, today=today, directory=self._directory.tree, rules=self._rules)
        match command:
            case c.SubmitCase():
                sending = await drafts.sending(
                    connection, command, actor, self._dialogs, self._directory.tree, now, self._listener
                )
                number = await self._number(connection, sending.receiver, today.year)
                return replace(facts, sending=sending, number=number)
            case c.AssignCase():
                return replace(facts, colleagues=await self._colleagues(connection, command, actor))
            case c.PostMessage(files=ids) | c.AskReporter(files=ids) | c.GiveStatement(files=ids) if ids:
                found = await files.unused(connection, command.case, actor, tuple(dict.fromkeys(ids)))
                return replace(facts, files=found)
            case c.OpenSeat():
                return replace(facts, sits_as=await self._sits_as(connection, command))
            case c.AnswerCase():
                return replace(facts, categories=load_categories())
            case c.AskQuestions(dialog=name):
                return replace(facts, questions=self._dialogs.within(name))
            case c.AnswerQuestions() if case is not None and (asked := asked_in(case, command)):
                dialog = await self._dialogs.ready_for(connection, asked.dialog)
                drafted = await drafts.drafted(connection, command, actor, now) if command.draft else None
                return replace(facts, questions=dialog, drafted=drafted)
            case c.GiveConsent(unit=unit):
                history = await self._feed(connection, command, actor.party or "")
                return replace(facts, history=history, number=await self._number(connection, unit, today.year))
            case c.ProposeSharing(unit=unit) if case is not None and agreed_to(case, command):
                history = await self._feed(connection, command, actor.party or "")
                return replace(facts, history=history, number=await self._number(connection, unit, today.year))
            case c.ProposeSharing() | c.ReleaseStatement():
                return replace(facts, history=await self._feed(connection, command, actor.party or ""))
            case _:
                return facts

    async def _colleagues(
        self, connection: AsyncConnection, command: c.AssignCase, actor: Actor
    ) -> frozenset[PersonId]:
        """Without those who sit, or have sat, in the case: at work it is none of theirs."""
        found = await self._roster.colleagues(connection, actor.unit or "")
        seated = await cases.load_seated(connection, command.case)
        holders = {seat.holder for seat in seated[1]} if seated else set()
        return frozenset(person for person in found if Individual(person) not in holders)

    async def _sits_as(self, connection: AsyncConnection, command: c.OpenSeat) -> str | None:
        """None for whoever is not there, or sits in the case already: nobody does twice."""
        holder, seated = holder_of(command), await cases.load_seated(connection, command.case)
        now = self._now()
        if any(seat.holder == holder and seat.stands(now) for seat in (seated[1] if seated else ())):
            return None
        person = await people.find_person(connection, command.person) if command.person else None
        return "" if command.code else person.name if person else None

    async def _since(
        self, connection: AsyncConnection, case: Case, command: c.Reply, actor: Actor
    ) -> tuple[Recorded, ...]:
        """What came in the actor's feed after what the writer had seen."""
        party = actor.party or ""
        if command.seen is None or command.seen >= case.heads.get(party, 0):
            return ()
        rows = await feeds.party_feed(connection, case.id, party, command.seen, WHOLE)
        return tuple(recorded for _, recorded in rows)

    async def _feed(self, connection: AsyncConnection, command: c.AnyCommand, party: PartyId) -> tuple[Recorded, ...]:
        rows = await feeds.party_feed(connection, command.case, party, 0, WHOLE)
        return tuple(recorded for _, recorded in rows)

    async def _number(self, connection: AsyncConnection, unit: UnitId, year: int) -> str:
        """The next number in the register of the unit's authority; empty if there is no such unit."""
        directory = self._directory.tree
        receiver = directory.find(unit)
        if receiver is None:
            return ""
        authority, prefix = directory.authority_of(receiver), directory.register_prefix_of(receiver)
        return await registers.next_number(connection, authority, prefix, year)
