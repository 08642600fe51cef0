"""The one way a case changes: load, check, decide, apply, keep. The steps around these are the kernel's."""

import hashlib
from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.actions.context import DecisionContext, Rules
from inbox.actions.decide import decide
from inbox.cases import commands as c
from inbox.cases import permissions
from inbox.cases.apply import apply
from inbox.cases.errors import ClientIdReused, NoSuchCase, NoSuchDraft, NotYours
from inbox.cases.events import Decided, Envelope, Recorded
from inbox.cases.line_ends import as_typed
from inbox.cases.model import REPORTER, Actor, Case, FeedId, Identity, Role
from inbox.cases.state_changes import state_changes
from inbox.cases.upcast import newest_version
from inbox.directory.current import CurrentDirectory
from inbox.execution.facts import Facts
from inbox.execution.kernel import Aggregate, Kernel
from inbox.execution.seating import seated
from inbox.intake import drafts
from inbox.intake.library import Dialogs
from inbox.people.membership import actor_in, reads_content
from inbox.principals.seat import FIRST_SEAT, RIGHTS, Seat
from inbox.storage import cases, feeds, files
from inbox.storage import idempotency as done
from inbox.storage.batching.atomic import Step, execute_all
from inbox.storage.engine.locks import Lock
from inbox.storage.engine.store import Store

REMEMBERED = 5_000
"""Cases kept in memory while their threads are live."""
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


class CommandExecutor(Kernel[Loaded, c.AnyCommand, Identity, Outcome]):
    """Carries out the commands of cases. Made once, with the clock and the ids handed in."""

    def __init__(
        self,
        *,
        store: Store,
        directory: CurrentDirectory,
        dialogs: Dialogs,
        rules: Rules,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        super().__init__(store, Cases(Facts(directory, dialogs, rules, now), new_id, now), REMEMBERED)

    async def carry_out(self, command: c.AnyCommand, who: Identity) -> Outcome:
        """What came of the command, committed. `SERVICE` asks where it is the service itself. Raises a refusal."""
        return await super().carry_out(as_typed(command), who)

    def remember_case(self, case: Case, seats: tuple[Seat, ...]) -> Loaded:
        """Keep the case in memory, and return it; if a later state of it is there already, that."""
        return self.remember(case.id, Loaded(case, seats))


class Cases(Aggregate[Loaded, c.AnyCommand, Identity, Outcome]):
    """A case, with who sits on its seats."""

    def __init__(self, facts: Facts, new_id: Callable[[], str], now: Callable[[], datetime]) -> None:
        self._facts = facts
        self._new_id = new_id
        self._now = now

    def id_of(self, command: c.AnyCommand) -> str:
        """The case."""
        return command.case

    def version_of(self, state: Loaded) -> int:
        """How many events it has."""
        return state.case.version

    def lock_for(self, command: c.AnyCommand) -> Lock | None:
        """That of register numbers, where one is taken."""
        return Lock.NUMBERS if isinstance(command, _NUMBERED) else None

    async def load(self, connection: AsyncConnection, id: str) -> Loaded | None:
        """As it stands."""
        found = await cases.load_seated(connection, id, to_change=True)
        return None if found is None else Loaded(*found)

    async def stored_version(self, connection: AsyncConnection, id: str) -> int | None:
        """How many events it has in the store."""
        return await cases.version_of(connection, id)

    async def before(
        self, connection: AsyncConnection, state: Loaded | None, command: c.AnyCommand, who: Identity
    ) -> Outcome | None:
        """What the same client id gave earlier; ClientIdReused if its content was another."""
        actor = _actor(state, command, who, self._now())
        if state is None:
            return None
        found = await done.find_done(connection, command.case, actor.sender, command.client_id)
        if found is None:
            if isinstance(command, c.SubmitCase):
                # The draft's id is the key of the sending: it was sent, from another window.
                return await _repeated(connection, state, actor, 1, 1)
            return None
        digest, first, last = found
        if digest != _digest(command):
            raise ClientIdReused
        return await _repeated(connection, state, actor, first, last)

    async def change(
        self, connection: AsyncConnection, state: Loaded | None, command: c.AnyCommand, who: Identity
    ) -> tuple[Loaded, Outcome] | None:
        """Check, decide, apply and write. Raises the refusal of the rule that hinders it."""
        actor = _actor(state, command, who, self._now())
        before = state.case if state else None
        if before is not None:
            permissions.check(before, command, actor)
        facts = await self._facts.of(connection, before, command, actor)
        decided = decide(before, command, actor, facts)
        case, recorded = self._recorded(before, command, actor, decided, facts)
        return await _keep(connection, state, case, recorded, command, actor, who, facts)

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
                person=actor.staff,
                seat=actor.seat,
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


async def _repeated(connection: AsyncConnection, loaded: Loaded, actor: Actor, first: int, last: int) -> Outcome:
    recorded = tuple(await cases.load_history(connection, loaded.case.id, first, last))
    numbers = await feeds.numbers_of(connection, loaded.case.id, actor.party or "", first, last)
    return Outcome(loaded.case, loaded.seats, actor, recorded, _told(actor, tuple(numbers)), rows=(), repeated=True)


async def _keep(
    connection: AsyncConnection,
    loaded: Loaded | None,
    case: Case | None,
    recorded: list[Recorded],
    command: c.AnyCommand,
    actor: Actor,
    who: Identity,
    facts: DecisionContext,
) -> tuple[Loaded, Outcome] | None:
    if case is None:
        raise NoSuchCase
    before = loaded.case if loaded else None
    rows = _rows(before, recorded)
    own = tuple(n for feed, n, _ in rows if feed == actor.party)
    if not await execute_all(connection, _steps(before, case, recorded, command, actor, own, facts.now)):
        return None
    details = facts.sending.details if facts.sending else ()
    seats = loaded.seats if loaded else (await drafts.became_case(connection, case, who, facts.now, details),)
    if isinstance(command, c.AnswerQuestions) and command.draft:
        await drafts.answered_within(connection, command)
    if isinstance(command, c.OpenSeat | c.EndSeat) and recorded:
        seats = await seated(connection, seats, command, recorded[0])
    outcome = Outcome(case, seats, actor, tuple(recorded), _told(actor, own), tuple(rows))
    return Loaded(case, seats), outcome


def _steps(
    before: Case | None,
    case: Case,
    recorded: list[Recorded],
    command: c.AnyCommand,
    actor: Actor,
    own: tuple[int, ...],
    now: datetime,
) -> list[Step]:
    """What is written; `own` are the actor's own numbers of it."""
    first, sender = before.version + 1 if before else 1, actor.sender
    last = first + len(recorded) - 1
    steps = cases.keeping(before, case, recorded) if recorded else []
    steps.append(done.remembering(case.id, sender, command.client_id, _digest(command), first, last))
    steps.append(files.binding(recorded))
    steps.append(files.sharing(recorded))
    if own and actor.party:
        steps.append(feeds.reading_own(case.id, actor, own[0], own[-1], now))
    return steps


def _actor(loaded: Loaded | None, command: c.AnyCommand, identity: Identity, now: datetime) -> Actor:
    """Somebody's standing; NoSuchCase also when there is a case, but not for them."""
    if loaded is None:
        if not isinstance(command, c.SubmitCase):
            raise NoSuchCase
        if not identity.citizen:
            raise NoSuchDraft
        return Actor(Role.REPORTER, REPORTER, identity.principal, seat=FIRST_SEAT, rights=RIGHTS)
    actor = actor_in(loaded.case, loaded.seats, identity, now)
    if actor is None:
        # Of a draft that is sent one hears the same as of one that never was.
        raise NoSuchDraft if isinstance(command, c.SubmitCase) else NoSuchCase
    if isinstance(command, c.SubmitCase) and actor.role is not Role.REPORTER:
        # Sent it was by the one who wrote it: nobody else can repeat that.
        raise NotYours(command="submit_case")
    return actor


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
