"""Sessions: who is signed in where. Only a hash of the secret is kept, so that the table opens nothing."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import RowMapping, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.model import PersonId
from inbox.principals.principal import Capacity, Citizen, CodeHolder, Employee, Individual, Who
from inbox.storage import schema as s

EMPLOYEE = "employee"


class Session(Struct, frozen=True, kw_only=True):
    """A sign-in that is not ended: for one principal, in one capacity."""

    id_hash: str
    who: Who
    seen_at: datetime
    expires_at: datetime
    provider: str = ""
    """Who vouches for it; `sample` for people one can pick."""
    assurance: str = ""
    """How surely, as the provider says it; empty: not at all."""
    sides: tuple[str, ...] = ()
    """What the provider vouches for: `citizen`, `staff`."""
    subject: str = ""
    """Hash of what the provider calls the person."""
    provider_session: str = ""
    """Hash of what it calls the sign-in."""
    id_token: str | None = None
    """What it wants back at sign-out; opened by the browser's secret alone."""
    device: str = ""
    """`phone`, `tablet` or `computer`; empty: not known."""
    begun_at: datetime | None = None
    """When; None: as it was last seen."""

    @property
    def at_work(self) -> bool:
        """Whether staff are here in it."""
        return isinstance(self.who.capacity, Employee)


async def begin_session(connection: AsyncConnection, session: Session) -> None:
    """Keep a new session; TypeError for a principal that has none: a machine, and the service itself."""
    principal, capacity = session.who.principal, session.who.capacity
    if not isinstance(principal, Individual | CodeHolder):
        raise TypeError("only people have sessions")
    code = principal if isinstance(principal, CodeHolder) else None
    values = {
        "id_hash": session.id_hash,
        "person_id": session.who.person,
        "code_id": code.id if code else None,
        "case_id": code.case if code else None,
        "capacity": str(type(capacity).__struct_config__.tag),
        "employer": capacity.of if isinstance(capacity, Employee) else "",
        "provider": session.provider,
        "assurance": session.assurance,
        "sides": " ".join(session.sides),
        "subject": session.subject,
        "provider_session": session.provider_session,
        "id_token": session.id_token,
        "device": session.device,
        "created_at": session.begun_at or session.seen_at,
        "seen_at": session.seen_at,
        "expires_at": session.expires_at,
    }
    await connection.execute(insert(s.session).values(values))


async def find_session(connection: AsyncConnection, id_hash: str) -> Session | None:
    """The session with that hash, also when its time is over: the caller knows the clock."""
    query = (
        select(s.session, s.person.c.staff)
        .outerjoin(s.person, s.person.c.id == s.session.c.person_id)
        .where(s.session.c.id_hash == id_hash)
    )
    row = (await connection.execute(query)).mappings().first()
    return None if row is None else _session(row)


async def sessions_of(connection: AsyncConnection, person: PersonId) -> list[Session]:
    """Everything that a person is signed in to, in whatever capacity, the newest first; also what is over by time."""
    query = (
        select(s.session, s.person.c.staff)
        .join(s.person, s.person.c.id == s.session.c.person_id)
        .where(s.session.c.person_id == person)
        .order_by(s.session.c.created_at.desc(), s.session.c.id_hash)
    )
    rows = (await connection.execute(query)).mappings()
    return [found for row in rows if (found := _session(row)) is not None]


async def sessions_at(connection: AsyncConnection, provider: str, *, subject: str, session: str) -> list[str]:
    """Hashes of the sessions that a provider vouches for: of one sign-in there, or without it of a person."""
    query = select(s.session.c.id_hash).where(s.session.c.provider == provider)
    if subject:
        query = query.where(s.session.c.subject == subject)
    if session:
        query = query.where(s.session.c.provider_session == session)
    return list(await connection.scalars(query)) if subject or session else []


_TOLD = (
    "id_hash",
    "seen_at",
    "expires_at",
    "provider",
    "assurance",
    "subject",
    "provider_session",
    "id_token",
    "device",
)


def _session(row: RowMapping) -> Session | None:
    who = _who(row)
    if who is None:
        return None
    told = {name: row[name] for name in _TOLD}
    return Session(who=who, sides=tuple(row["sides"].split()), begun_at=row["created_at"], **told)


def _who(row: RowMapping) -> Who | None:
    if row["person_id"] is not None:
        then = EMPLOYEE if row["staff"] else ""
        capacity: Capacity = Employee(row["employer"]) if (row["capacity"] or then) == EMPLOYEE else Citizen()
        return Who(Individual(row["person_id"]), capacity)
    return Who(CodeHolder(row["code_id"], row["case_id"])) if row["code_id"] and row["case_id"] else None


async def saw_session(connection: AsyncConnection, id_hash: str, at: datetime) -> None:
    """The person did something."""
    await connection.execute(update(s.session).where(s.session.c.id_hash == id_hash).values(seen_at=at))


async def end_sessions(connection: AsyncConnection, hashes: Iterable[str]) -> None:
    """Sign out."""
    await connection.execute(delete(s.session).where(s.session.c.id_hash.in_(list(hashes))))


async def end_old_sessions(connection: AsyncConnection, now: datetime, idle_since: datetime) -> int:
    """Remove those whose time is over, or that nobody used since `idle_since`; how many."""
    over = or_(s.session.c.expires_at <= now, s.session.c.seen_at <= idle_since)
    return (await connection.execute(delete(s.session).where(over))).rowcount
