"""Long talks, written straight into the store: a thousand messages through the door would take a test's patience."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.apply import apply
from inbox.cases.commands import Audience
from inbox.cases.events import Envelope, MessagePosted, NoteWritten, Recorded
from inbox.cases.model import REPORTER, Case, FeedId, Role, desk_of
from inbox.storage import cases
from inbox.storage.engine.store import Store
from server.app import real_id

EVERY = timedelta(seconds=1)
"""Between two messages."""


async def talk(store: Store, case: str, count: int, words: str = "", note_every: int = 0) -> None:
    """So many messages in a case, one of five by the reporter: `Rad 1` and so on. `note_every`: with notes between."""

    async def work(connection: AsyncConnection) -> None:
        before = await cases.load_case(connection, case)
        assert before is not None
        after, recorded = before, []
        for n in range(1, count + 1):
            said = [_message(after, n, words)]
            if note_every and n % note_every == 0:
                said.append(_note(apply(after, said[0]), n))
            for each in said:
                after = apply(after, each)
            recorded += said
        await cases.keep(connection, before, after, recorded)

    await store.writer.do(work, order=case)


def _message(case: Case, n: int, words: str) -> Recorded:
    to = tuple(party.id for party in case.parties if party.id in case.heads)
    kind = "message_posted"
    by = REPORTER if n % 5 == 0 else "a1"
    return Recorded(_envelope(case, kind, by, to), MessagePosted(text=f"Rad {n}{words}", audience=Audience.ALL))


def _note(case: Case, n: int) -> Recorded:
    desk = desk_of(case.registrations[0])
    return Recorded(
        _envelope(case, "note_written", "a1", (desk,)), NoteWritten(registration="r1", text=f"Anteckning {n}")
    )


def _envelope(case: Case, kind: str, by: str, to: tuple[FeedId, ...]) -> Envelope:
    registration = case.registrations[0]
    staff = by != REPORTER
    return Envelope(
        id=real_id(),
        case=case.id,
        seq=case.version + 1,
        at=max(case.touched.values()) + EVERY,
        kind=kind,
        by=by,
        role=Role.CASEWORKER if staff else Role.REPORTER,
        person=registration.handler if staff else None,
        unit=registration.owner if staff else None,
        to=to,
        basis=None,
        client_id=real_id(),
    )
