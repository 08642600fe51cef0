"""A counted fact: what statistics know of one authority's handling of one case, and nothing else of it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dialogs.submission import Submission, decode
from inbox.cases.events import (
    AnswerRated,
    AuthorityLeft,
    CaseAnswered,
    CaseForwarded,
    CaseReferred,
    CaseReopened,
    CaseShared,
    CaseSubmitted,
    CaseWithdrawn,
    ConsentWithdrawn,
    PlaceSet,
    Recorded,
)
from inbox.cases.model import RegistrationId, UnitId

SWEDEN = ZoneInfo("Europe/Stockholm")
CARE, BOARD = "care", "board"
COUNTED = (
    CaseSubmitted,
    CaseShared,
    CaseForwarded,
    PlaceSet,
    CaseAnswered,
    CaseReopened,
    CaseWithdrawn,
    CaseReferred,
    AuthorityLeft,
    ConsentWithdrawn,
    AnswerRated,
)
KINDS = frozenset(str(kind.__struct_config__.tag) for kind in COUNTED)
"""Events that change what is counted."""
ANSWERS = {"kind": "leave", "age": "age_group", "sex": "sex"}
"""What a definition has to call the questions that are counted; one without them is counted as not stated."""


class Where(Struct, frozen=True):
    """Where a unit stood in the directory on the day."""

    region: str = ""
    provider: str = ""
    units: tuple[UnitId, ...] = ()
    """The unit, and each that it was part of."""
    area: str = ""


class Fact(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One handling as it is counted."""

    registration: RegistrationId
    side: str
    """`care` or `board`."""
    arrived: date
    """In Sweden."""
    owner: UnitId
    """The unit that handles it."""
    place: UnitId = ""
    """Where the care was given; empty while that is not known."""
    where: Where = Where()
    kind: str = ""
    relation: str = ""
    age: str = ""
    sex: str = ""
    problems: tuple[str, ...] = ()
    """Sub problems, as whoever answered classified it."""
    area: str = ""
    outcome: str = "open"
    """`open`, `answered`, `withdrawn`, `referred` or `left`."""
    days: int | None = None
    """From arrival to the first answer."""
    goal: date | None = None
    in_time: bool | None = None
    measures: int = 0
    reopened: bool = False
    rated: str = ""

    @property
    def at(self) -> UnitId:
        """The unit whose figures it is part of: where the care was given; until that is known, where it is handled."""
        return self.place or self.owner


class Version(Struct, frozen=True):
    """A fact as it was from one moment on, until something changed it."""

    n: int
    since: datetime
    until: datetime | None
    fact: Fact


WhereIs = Callable[[UnitId, datetime], Where]


def versions(history: Iterable[Recorded], where: WhereIs) -> list[Version]:
    """What was counted of a case at any moment, from its counted events in order; each handling's in order."""
    facts: dict[RegistrationId, Fact] = {}
    found: dict[RegistrationId, list[Version]] = {}
    for one in history:
        at = one.envelope.at
        before, facts = facts, after(facts, one)
        for id, fact in facts.items():
            if fact != before.get(id):
                placed = replace(fact, where=where(fact.at, _noon(fact.arrived)))
                _add(found.setdefault(id, []), at, placed)
    return [version for each in found.values() for version in each]


def _add(known: list[Version], at: datetime, fact: Fact) -> None:
    """What happened at one moment is one version."""
    if known and known[-1].since == at:
        known[-1] = replace(known[-1], fact=fact)
        return
    if known:
        known[-1] = replace(known[-1], until=at)
    known.append(Version(len(known) + 1, at, None, fact))


def after(facts: Mapping[RegistrationId, Fact], one: Recorded) -> dict[RegistrationId, Fact]:
    """The facts of a case after one more event."""
    at, known = one.envelope.at, dict(facts)
    match one.event:
        case CaseSubmitted() as sent:
            known["r1"] = _first(sent, at)
        case CaseShared() as joined if known:
            known[joined.registration] = _joined(next(iter(known.values())), joined, at)
        case CaseForwarded(registration=id, to_unit=unit) if id in known:
            known[id] = replace(known[id], owner=unit)
        case PlaceSet(unit=unit):
            known = {id: replace(fact, place=unit) for id, fact in known.items()}
        case CaseAnswered() as answer if answer.registration in known:
            known[answer.registration] = _answered(known[answer.registration], answer, at)
        case CaseReopened(registration=id) if id in known:
            known[id] = replace(known[id], reopened=True)
        case CaseWithdrawn(registrations=ids):
            known = {id: _ended(fact, "withdrawn") if id in ids else fact for id, fact in known.items()}
        case CaseReferred(registration=id) if id in known:
            known[id] = _ended(known[id], "referred")
        case AuthorityLeft(registration=id) | ConsentWithdrawn(registration=id) if id in known:
            known[id] = _ended(known[id], "left")
        case AnswerRated(rating=rating):
            known = {id: replace(f, rated=rating) if f.outcome == "answered" else f for id, f in known.items()}
        case _:
            pass
    return known


def _first(sent: CaseSubmitted, at: datetime) -> Fact:
    answers = _answers(sent.submission)
    return Fact(
        registration="r1",
        side=BOARD if sent.board else CARE,
        arrived=_day(at),
        owner=sent.receiver,
        place=sent.place or "",
        relation=str(sent.relation.value),
        goal=sent.goal,
        kind=answers.get("kind", ""),
        age=answers.get("age", ""),
        sex=answers.get("sex", ""),
    )


def _joined(first: Fact, joined: CaseShared, at: datetime) -> Fact:
    return Fact(
        registration=joined.registration,
        side=BOARD if joined.board else CARE,
        arrived=_day(at),
        owner=joined.unit,
        place=first.place,
        kind=first.kind,
        relation=first.relation,
        age=first.age,
        sex=first.sex,
        goal=joined.goal,
    )


def _answered(fact: Fact, answer: CaseAnswered, at: datetime) -> Fact:
    day = _day(at)
    first = fact.days is None
    return replace(
        fact,
        outcome="answered",
        place=answer.place or fact.place,
        problems=answer.problems,
        area=answer.area,
        measures=len(answer.measures),
        days=(day - fact.arrived).days if first else fact.days,
        in_time=(None if fact.goal is None else day <= fact.goal) if first else fact.in_time,
    )


def _ended(fact: Fact, outcome: str) -> Fact:
    return replace(fact, outcome=outcome) if fact.outcome == "open" else fact


def _answers(submission: str) -> dict[str, str]:
    """What was picked at the questions that are counted. Nothing where an old submission cannot be read."""
    try:
        sent: Submission = decode(submission)
    except msgspec.MsgspecError:
        return {}
    return {name: next(iter(sent.picked(field)), "") for name, field in ANSWERS.items()}


def _day(at: datetime) -> date:
    return at.astimezone(SWEDEN).date()


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=SWEDEN)
