"""The one way a case changes: load, check, decide, apply, keep."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.errors import Refused
from dialogs.schema.categories import load_categories
from inbox.actions.context import DecisionContext, Rules
from inbox.actions.decide import decide
from inbox.actions.sharing import agreed_to
from inbox.cases import commands as c
from inbox.cases import permissions
from inbox.cases.apply import apply
from inbox.cases.errors import Busy, ClientIdReused, NoSuchCase, NoSuchDraft, NotYours, SignInNeeded
from inbox.cases.events import Decided, Envelope, Recorded
from inbox.cases.line_ends import as_typed
from inbox.cases.model import REPORTER, SYSTEM, Actor, Case, CaseId, FeedId, Identity, PartyId, Role, Seat, UnitId
from inbox.cases.state_changes import state_changes
from inbox.cases.upcast import newest_version
from inbox.directory.tree import Directory
from inbox.intake import drafts
from inbox.intake.drafts import Dialogs
from inbox.people.membership import actor_in, reads_content
from inbox.people.roster import Roster
from inbox.storage import cases, feeds, files, registers
from inbox.storage import idempotency as done
from inbox.storage.batching.atomic import Step, execute_all
from inbox.storage.engine.locks import Lock
from inbox.storage.engine.store import Store
from inbox.storage.engine.writer import Conflict

SWEDEN = ZoneInfo("Europe/Stockholm")
REMEMBERED = 5_000
"""Cases kept in memory while their threads are live."""
TRIES = 3
WHOLE = 1 << 30
_NUMBERED = c.SubmitCase | c.GiveConsent | c.ProposeSharing
"""Commands that take a register number: when they are undone, so is the number."""


class Loaded(Struct, frozen=True):
    """A case with who sits on its seats."""

    case: Case
    seats: tuple[Seat, ...]


class Outcome(Struct, frozen=True):
    """What became of a command, once it is committed."""

    case: Case
    seats: tuple[Seat, ...]
    actor: Actor
    recorded: tuple[Recorded, ...]
    numbers: tuple[int, ...]
    """The actor's own feed numbers of what happened, if they read that feed; what others got is in `rows`."""
    rows: tuple[tuple[FeedId, int, Recorded], ...]
    """Feed, number, event: what to tell whom. Empty for a repeated command, which was told before."""
    repeated: bool = False
    urgent: bool = False
    """Whether its writer should be shown where to call for help. For nobody else."""


class CommandExecutor:
    """Carries out commands. Made once, with the clock and the ids handed in."""

    def __init__(
        self,
        *,
        store: Store,
        directory: Directory,
        dialogs: Dialogs,
        rules: Rules,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._store = store
        self._directory = directory
        self._roster = Roster(directory, lambda: now().astimezone(SWEDEN).date())
        self._dialogs = dialogs
        self._rules = rules
        self._now = now
        self._new_id = new_id
        self._cache: OrderedDict[CaseId, Loaded] = OrderedDict()
        store.writer.on_failure(self._cache.clear)

    async def carry_out(self, command: c.AnyCommand, identity: Identity | None) -> Outcome:
        """What came of the command, committed. `identity` is None for the service itself. Raises a refusal."""
        command = as_typed(command)

        async def work(connection: AsyncConnection) -> Outcome:
            return await self._within(connection, command, identity)

        # What comes after the beginning of a case is written in one go, which undoes itself.
        savepoint = isinstance(command, _NUMBERED)
        lock = Lock.NUMBERS if savepoint else None
        return await self._store.writer.do(work, order=command.case, savepoint=savepoint, lock=lock)

    async def loaded(self, connection: AsyncConnection, id: CaseId) -> Loaded | None:
        """The case as it stands, from memory while its thread is live."""
        known = self._cache.get(id)
        if known is not None:
            self._cache.move_to_end(id)
            return known
        found = await cases.load_seated(connection, id, to_change=True)
        return None if found is None else self.remember(*found)

    def known(self, id: CaseId) -> Loaded | None:
        """The case if it is in memory; never waits."""
        return self._cache.get(id)

    def remember(self, case: Case, seats: tuple[Seat, ...]) -> Loaded:
        """Keep the case in memory, and return it; if a later state of it is there already, that."""
        known = self._cache.get(case.id)
        if known is not None and known.case.version >= case.version:
            return known
        loaded = self._cache[case.id] = Loaded(case, seats)
        self._cache.move_to_end(case.id)
        while len(self._cache) > REMEMBERED:
            self._cache.popitem(last=False)
        return loaded

    def forget(self, id: CaseId) -> None:
        """Read the case anew next time."""
        self._cache.pop(id, None)

    async def _within(self, connection: AsyncConnection, command: c.AnyCommand, identity: Identity | None) -> Outcome:
        # Nearly every command is new: whether it was carried out before is asked only when something speaks for it.
        careful = numbered = isinstance(command, _NUMBERED)
        for _ in range(TRIES):
            try:
                outcome = await self._once(connection, command, identity, careful=careful)
            except Refused:
                if not await self._outdated(connection, command.case):
                    raise
                outcome = None
            if outcome is not None:
                return outcome
            self.forget(command.case)
            if numbered:
                # So that the number that was taken goes back.
                raise Conflict
            careful = True
        raise Busy

    async def _outdated(self, connection: AsyncConnection, id: CaseId) -> bool:
        """Whether another process has changed the case since: nobody is refused for what is remembered here."""
        known = self.known(id) if self._store.shared else None
        return known is not None and known.case.version != await cases.version_of(connection, id)

    async def _once(
        self, connection: AsyncConnection, command: c.AnyCommand, identity: Identity | None, *, careful: bool
    ) -> Outcome | None:
        """None if the command was carried out before, or somebody else changed the case meanwhile."""
        loaded = await self.loaded(connection, command.case)
        actor = _actor(loaded, command, identity)
        if careful and (before := await self._before(connection, loaded, command, actor)) is not None:
            return before
        try:
            if loaded is not None:
                permissions.check(loaded.case, command, actor)
            facts = await self._facts(connection, loaded.case if loaded else None, command, actor)
            if loaded is not None and isinstance(command, c.Reply):
                facts = replace(facts, since=await self._since(connection, loaded.case, command, actor))
            decided = decide(loaded.case if loaded else None, command, actor, facts)
        except Refused:
            # It may be refused because of what it did itself the first time.
            if not careful and (before := await self._before(connection, loaded, command, actor)) is not None:
                return before
            raise
        case, recorded = self._recorded(loaded.case if loaded else None, command, actor, decided, facts)
        return await self._keep(connection, loaded, case, recorded, command, actor)

    async def _before(
        self, connection: AsyncConnection, loaded: Loaded | None, command: c.AnyCommand, actor: Actor
    ) -> Outcome | None:
        """What the same client id gave earlier; ClientIdReused if its content was another."""
        if loaded is None:
            return None
        found = await done.find_done(connection, command.case, _sender(actor), command.client_id)
        if found is None:
            if isinstance(command, c.SubmitCase):
                # The draft's id is the key of the sending: it was sent, from another window.
                return await self._repeated(connection, loaded, actor, 1, 1)
            return None
        digest, first, last = found
        if digest != _digest(command):
            raise ClientIdReused
        return await self._repeated(connection, loaded, actor, first, last)

    async def _repeated(
        self, connection: AsyncConnection, loaded: Loaded, actor: Actor, first: int, last: int
    ) -> Outcome:
        recorded = tuple(await cases.load_history(connection, loaded.case.id, first, last))
        numbers = await feeds.numbers_of(connection, loaded.case.id, actor.party or "", first, last)
        return Outcome(loaded.case, loaded.seats, actor, recorded, _told(actor, tuple(numbers)), rows=(), repeated=True)

    async def _facts(
        self, connection: AsyncConnection, case: Case | None, command: c.AnyCommand, actor: Actor
    ) -> DecisionContext:
        now = self._now()
        today = now.astimezone(SWEDEN).date()
        facts = DecisionContext(now=now, today=today, directory=self._directory, rules=self._rules)
        match command:
            case c.SubmitCase():
                sending = await drafts.sending(connection, command, actor, self._dialogs, self._directory, now)
                number = await self._number(connection, sending.receiver, today.year)
                return replace(facts, sending=sending, number=number)
            case c.AssignCase():
                return replace(facts, colleagues=frozenset(await self._roster.colleagues(connection, actor.unit or "")))
            case c.PostMessage(files=ids) | c.AskReporter(files=ids) | c.GiveStatement(files=ids) if ids:
                return replace(
                    facts, files=await files.unused(connection, command.case, _sender(actor), tuple(dict.fromkeys(ids)))
                )
            case c.AnswerCase():
                return replace(facts, categories=load_categories())
            case c.GiveConsent(unit=unit):
                history = await self._feed(connection, command, REPORTER)
                return replace(facts, history=history, number=await self._number(connection, unit, today.year))
            case c.ProposeSharing(unit=unit) if case is not None and agreed_to(case, command):
                history = await self._feed(connection, command, actor.party or "")
                return replace(facts, history=history, number=await self._number(connection, unit, today.year))
            case c.ProposeSharing() | c.ReleaseStatement():
                return replace(facts, history=await self._feed(connection, command, actor.party or ""))
            case _:
                return facts

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
        receiver = self._directory.find(unit)
        if receiver is None:
            return ""
        authority, prefix = self._directory.authority_of(receiver), self._directory.register_prefix_of(receiver)
        return await registers.next_number(connection, authority, prefix, year)

    def _recorded(
        self, case: Case | None, command: c.AnyCommand, actor: Actor, decided: list[Decided], facts: DecisionContext
    ) -> tuple[Case | None, list[Recorded]]:
        """Number what was decided, and apply it."""
        recorded: list[Recorded] = []
        # Another process may have a clock that is ahead: what comes later was never earlier.
        at = max([facts.now, *(case.touched.values() if case else ())])
        for number, item in enumerate(decided, start=case.version + 1 if case else 1):
            kind = str(type(item.event).__struct_config__.tag)
            envelope = Envelope(
                id=self._new_id(),
                case=command.case,
                seq=number,
                at=at,
                kind=kind,
                by=actor.party,
                role=actor.role,
                # Who sits on the reporter's seat is kept with the seat, never with what happened.
                person=actor.person if actor.unit else None,
                unit=actor.unit,
                to=item.to,
                basis=item.basis,
                client_id=command.client_id,
                version=newest_version(kind),
                states=state_changes(case, item.event),
            )
            recorded.append(Recorded(envelope, item.event))
            case = apply(case, recorded[-1])
        return case, recorded

    async def _keep(
        self,
        connection: AsyncConnection,
        loaded: Loaded | None,
        case: Case | None,
        recorded: list[Recorded],
        command: c.AnyCommand,
        actor: Actor,
    ) -> Outcome | None:
        if case is None:
            raise NoSuchCase
        before = loaded.case if loaded else None
        rows = _rows(before, recorded)
        own = tuple(n for feed, n, _ in rows if feed == actor.party)
        if not await execute_all(connection, self._steps(before, case, recorded, command, actor, own)):
            return None
        if isinstance(command, c.SubmitCase):
            await drafts.became_case(connection, case.id, actor, self._now())
        seats = loaded.seats if loaded else await cases.load_seats(connection, case.id)
        self.remember(case, seats)
        return Outcome(case, seats, actor, tuple(recorded), _told(actor, own), tuple(rows))

    def _steps(
        self,
        before: Case | None,
        case: Case,
        recorded: list[Recorded],
        command: c.AnyCommand,
        actor: Actor,
        own: tuple[int, ...],
    ) -> list[Step]:
        """What is written; `own` are the actor's own numbers of it."""
        first, sender = before.version + 1 if before else 1, _sender(actor)
        last = first + len(recorded) - 1
        steps = cases.keeping(before, case, recorded) if recorded else []
        steps.append(done.remembering(case.id, sender, command.client_id, _digest(command), first, last))
        steps.append(files.binding(recorded))
        steps.append(files.sharing(recorded))
        if own and actor.party:
            steps.append(feeds.reading_own(case.id, actor.party, own[0], own[-1], self._now()))
        return steps


def _actor(loaded: Loaded | None, command: c.AnyCommand, identity: Identity | None) -> Actor:
    """Somebody's standing; NoSuchCase also when there is a case, but not for them."""
    if loaded is None:
        if not isinstance(command, c.SubmitCase):
            raise NoSuchCase
        if identity is None:
            raise SignInNeeded
        return Actor(role=Role.REPORTER, party=REPORTER, person=identity.person)
    actor = SYSTEM if identity is None else actor_in(loaded.case, loaded.seats, identity)
    if actor is None:
        # Of a draft that is sent one hears the same as of one that never was.
        raise NoSuchDraft if isinstance(command, c.SubmitCase) else NoSuchCase
    if isinstance(command, c.SubmitCase) and actor.role is not Role.REPORTER:
        # Sent it was by the one who wrote it: nobody else can repeat that.
        raise NotYours(command="submit_case")
    return actor


def _sender(actor: Actor) -> str:
    """In whose name client ids are unique: the party, or the service itself."""
    return actor.party or "system"


def _told(actor: Actor, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """The numbers for somebody who reads the feed. To others their steps would count what is written there."""
    return numbers if reads_content(actor) else ()


def _digest(command: c.AnyCommand) -> str:
    fields = msgspec.to_builtins(command)
    # Sent again, a reply is the same though its writer has seen more meanwhile, or says now that everyone is meant.
    fields.pop("seen", None)
    fields.pop("widens", None)
    if isinstance(command, c.GiveConsent):
        # Its words are the service's, in the language of the day.
        fields.pop("text")
    return hashlib.blake2b(msgspec.json.encode(fields), digest_size=32).hexdigest()


def _rows(before: Case | None, recorded: list[Recorded]) -> list[tuple[FeedId, int, Recorded]]:
    heads = dict(before.heads) if before else {}
    rows = []
    for item in recorded:
        for feed in item.envelope.to:
            heads[feed] = heads.get(feed, 0) + 1
            rows.append((feed, heads[feed], item))
    return rows
