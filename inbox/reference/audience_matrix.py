"""Who sees which kinds of events: found by going through a made-up case with the rules themselves, so it is true."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import cast, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dialogs.errors import Refused
from dialogs.schema.categories import load_categories
from dialogs.schema.model import REVIEW, Dialog, Next, Step, StepText, Words
from inbox.actions.context import DecisionContext, Rules, Sending
from inbox.actions.decide import decide
from inbox.cases import commands as c
from inbox.cases.apply import apply
from inbox.cases.events import Answered, Decided, Envelope, MessagePosted, Recorded
from inbox.cases.model import (
    PATIENT,
    REPORTER,
    SYSTEM,
    Actor,
    Case,
    Grant,
    Identity,
    Relation,
    Role,
    UnitId,
    desk_of,
)
from inbox.cases.permissions import check
from inbox.cases.state_changes import state_changes
from inbox.cases.views import Viewer, entry_for
from inbox.directory.tree import Directory
from inbox.people.membership import actor_in, reads_content
from inbox.principals.principal import CodeHolder, Employee, Individual, Who
from inbox.principals.seat import FIRST_SEAT, RIGHTS, Seat, SeatKind
from inbox.reference.samples import sample_of

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
VIEWERS = (
    *("reporter", "guardian", "code holder", "patient", "former proxy"),
    *("unit", "other unit", "board", "distributor", "stranger"),
)
"""Those who might look. The guardian, a code's holder and a proxy whose seat has ended sit at the reporter's party, the
patient at her own; the other unit belongs to the same care provider, the distributor to the unit.
"""


class Places(Struct, frozen=True):
    """Where the case is: the unit that handles it, another one of its provider, and the board."""

    unit: UnitId
    other: UnitId
    board: UnitId


class Seen(Struct, frozen=True):
    """An event as one of those who might look gets it."""

    note: bool
    """It reaches the desk, not the party."""
    blank: tuple[str, ...]
    """Fields of the event that are left empty for them."""
    named: bool
    """Whether they are told the name of the person who did it."""


class Row(Struct, frozen=True):
    """A kind of event by who did it, and what each of VIEWERS gets of it: None for nothing at all."""

    kind: str
    by: str
    audience: str
    seen: dict[str, Seen | None]


def rows(directory: Directory, places: Places) -> list[Row]:
    """Every kind of event, as it is when a board takes part if it can happen then."""
    found: dict[tuple[str, str, str], tuple[bool, Row]] = {}
    for steps in stories(directory, places):
        for case, row in _told(steps, directory, places):
            board, key = _with_board(case), (row.kind, row.by, row.audience)
            if key not in found or (board and not found[key][0]):
                found[key] = (board, row)
    return [found[key][1] for key in sorted(found)]


Given = tuple[str, type[c.Command], dict[str, object]]
"""Who gives which command with which fields."""


def stories(directory: Directory, places: Places) -> tuple[tuple[Given, ...], ...]:
    """Between them they hold every event: a command that is not told of is given as soon as it can be."""
    told = _stories(places)
    missing = [kind for kind in get_args(c.AnyCommand) if kind not in {each for story in told for _, each, _ in story}]
    return (*told, *(steps for kind in missing if (steps := _until(kind, told, directory, places))))


def _until(
    kind: type[c.Command], told: Iterable[tuple[Given, ...]], directory: Directory, places: Places
) -> tuple[Given, ...] | None:
    """The shortest beginning of a story after which somebody may give the command with the least that it needs."""
    beginnings = sorted((story[:end] for story in told for end in range(1, len(story) + 1)), key=len)
    people = _people(places)
    for beginning in beginnings:
        *_, (case, _) = _told(beginning, directory, places)
        for who in (*VIEWERS, "service"):
            steps = (*beginning, (who, kind, sample_of(kind)))
            with suppress(Refused, ValueError):
                check(case, _command(len(beginning), kind, sample_of(kind)), _actor(case, people, who))
                if len([*_told(steps, directory, places)]) > len([*_told(beginning, directory, places)]):
                    return steps
    return None


def _told(steps: Iterable[Given], directory: Directory, places: Places) -> Iterator[tuple[Case, Row]]:
    """What happens step by step, each time with the case as it is by then."""
    people, case, told = _people(places), None, list[Recorded]()
    for number, (who, kind, fields) in enumerate(steps):
        command = _command(number, kind, fields)
        actor = _actor(case, people, who)
        facts = _facts(command, actor, told, directory, places)
        for decided in decide(case, _named(command, told), actor, facts):
            envelope = _envelope(case, len(told) + 1, actor, decided)
            told.append(Recorded(envelope, decided.event))
            case = apply(case, told[-1])
            yield case, _row(case, people, who, told[-1])


def _command(number: int, kind: type[c.Command], fields: dict[str, object]) -> c.AnyCommand:
    given = {"command": kind.__struct_config__.tag, "case": "case", "client_id": f"client-{number}", **fields}
    return cast(c.AnyCommand, msgspec.convert(given, kind))


def _row(case: Case, people: dict[str, Identity], who: str, recorded: Recorded) -> Row:
    event = recorded.event
    return Row(
        kind=recorded.envelope.kind,
        by=who,
        audience=event.audience.value if isinstance(event, MessagePosted) else "",
        seen={viewer: _seen(case, people, people[viewer], recorded) for viewer in VIEWERS},
    )


def _seen(case: Case, people: dict[str, Identity], viewer: Identity, recorded: Recorded) -> Seen | None:
    actor = actor_in(case, SEATS, viewer, NOON)
    if actor is None or not reads_content(actor):
        return None
    desk = desk_of(case.registration(actor.registration)) if actor.registration else None
    feeds = {actor.party, desk} & set(recorded.envelope.to)
    if not feeds:
        return None
    names = {identity.principal.key: identity.name for identity in people.values()}
    entry = entry_for(Viewer(case, actor, SEATS, names), 1, recorded)
    blank = tuple(
        name
        for name in type(recorded.event).__struct_fields__
        if getattr(entry.event, name) != getattr(recorded.event, name)
    )
    return Seen(note=desk in feeds, blank=blank, named=entry.by.name is not None)


CODE = CodeHolder("code", "case")
SEATS = (
    Seat(FIRST_SEAT, REPORTER, SeatKind.REPORTER, Individual("reporter"), "reporter"),
    Seat("s2", REPORTER, SeatKind.GUARDIAN, Individual("guardian"), "guardian"),
    Seat("s3", REPORTER, SeatKind.REPORTER, CODE, ""),
    Seat("s4", PATIENT, SeatKind.PATIENT, Individual("patient"), "patient"),
    Seat("s5", REPORTER, SeatKind.PROXY, Individual("former proxy"), "former proxy", until=NOON),
)
"""Every kind of seat; the patient's feed begins with its event in the stories."""


def _people(places: Places) -> dict[str, Identity]:
    grants = {
        "unit": (Grant(Role.CASEWORKER, places.unit),),
        "other unit": (Grant(Role.CASEWORKER, places.other),),
        "board": (Grant(Role.OFFICER, places.board),),
        "distributor": (Grant(Role.DISTRIBUTOR, places.unit),),
    }
    at_work = {name: Identity(Who(Individual(name), Employee()), name, held) for name, held in grants.items()}
    citizens = {seat.name: Identity(Who(seat.holder), seat.name) for seat in SEATS if seat.name}
    others = {"code holder": Identity(Who(CODE), ""), "stranger": Identity(Who(Individual("stranger")), "stranger")}
    return at_work | citizens | others


def _actor(case: Case | None, people: dict[str, Identity], who: str) -> Actor:
    if who == "service":
        return SYSTEM
    if case is None:
        return Actor(Role.REPORTER, REPORTER, Individual(who), seat=FIRST_SEAT, rights=RIGHTS)
    actor = actor_in(case, SEATS, people[who], NOON)
    if actor is None:
        raise ValueError(f"{who} has no part in the case")
    return actor


def _facts(
    command: c.AnyCommand, actor: Actor, told: list[Recorded], directory: Directory, places: Places
) -> DecisionContext:
    facts = DecisionContext(now=NOON, today=NOON.date(), directory=directory, rules=Rules(), number="RM 2026-00001")
    match command:
        case c.SubmitCase():
            return replace(facts, sending=_sending(places, at_board=command.revision > 1))
        case c.OpenSeat():
            return replace(facts, sits_as="")
        case c.AskQuestions() | c.AnswerQuestions():
            return replace(facts, questions=QUESTIONS)
        case c.AnswerCase():
            return replace(facts, categories=load_categories())
        case c.GiveConsent():
            return replace(facts, history=_feed(told, REPORTER))
        case c.ProposeSharing() | c.ReleaseStatement():
            return replace(facts, history=_feed(told, actor.party or ""))
        case c.CloseThread():
            return replace(facts, now=NOON.replace(year=NOON.year + 1))
        case _:
            return facts


def _feed(told: list[Recorded], party: str) -> tuple[Recorded, ...]:
    return tuple(item for item in told if party in item.envelope.to)


def _named(command: c.AnyCommand, told: list[Recorded]) -> c.AnyCommand:
    """The same with the newest request, statement or party where one is to be named."""
    match command:
        case c.RefuseConsent() | c.GiveConsent(request="newest"):
            return replace(command, request=_newest(told, "consent_asked"))
        case c.WithdrawConsent(agreement="newest"):
            return replace(command, agreement=_newest(told, "sharing_agreed"))
        case c.AnswerQuestions():
            return replace(command, request=_newest(told, "questions_asked"))
        case c.ReleaseStatement():
            return replace(command, statement=_newest(told, "statement_given"))
        case _:
            return command


def _newest(told: list[Recorded], kind: str) -> str:
    return next(item.envelope.id for item in reversed(told) if item.envelope.kind == kind)


def _envelope(case: Case | None, number: int, actor: Actor, decided: Decided) -> Envelope:
    return Envelope(
        id=f"e{number}",
        case="case",
        seq=number,
        at=NOON,
        kind=str(type(decided.event).__struct_config__.tag),
        by=actor.party,
        role=actor.role,
        person=actor.staff,
        seat=actor.seat,
        unit=actor.unit,
        to=decided.to,
        basis=decided.basis,
        client_id=f"client-{number}",
        states=state_changes(case, decided.event),
    )


def _with_board(case: Case) -> bool:
    """Whether the board and the care are both there."""
    return {"board", "provider"} <= {party.kind.value for party in case.parties if party.left is None}


def _sending(places: Places, *, at_board: bool) -> Sending:
    return Sending(
        type="complaint",
        dialog="complaint/1",
        language="sv",
        relation=Relation.RELATIVE,
        title="a title",
        themes=("6.2",),
        place=places.unit,
        place_text="",
        receiver=places.board if at_board else places.unit,
        story="a story",
        answers=(Answered(step="happened", question="what?", lines=("a story",)),),
        submission="{}",
        agreed="yes" if at_board else "",
    )


def _each(people: tuple[str, ...], kind: type[c.Command], fields: dict[str, object]) -> tuple[Given, ...]:
    return tuple((who, kind, fields) for who in people)


_ANSWER: dict[str, object] = {
    "explanation": "why",
    "measures": [{"text": "what"}],
    "problems": ["6.2"],
    "area": "primarvard",
    "assessment": "may be told",
}
QUESTIONS = Dialog(
    id="followup",
    version=1,
    languages=("sv",),
    first="how",
    steps=(Step(id="how", kind="long_text", next=(Next(to=REVIEW),)),),
    words={"sv": Words(name="a name", steps={"how": StepText(question="how?")})},
)
_TOLD = [{"step": "how", "field": "text", "text": "so"}]
_PATIENT: dict[str, object] = {"party": PATIENT, "sits_as": "patient", "person": "patient"}
_BEGUN: tuple[Given, ...] = (
    ("reporter", c.SubmitCase, {"revision": 1}),
    ("service", c.OpenSeat, _PATIENT),
    ("unit", c.TakeCase, {}),
)


_CITIZENS = ("reporter", "guardian", "code holder", "patient")


def _board(places: Places) -> dict[str, object]:
    return {"unit": places.board, "parts": {"answers": True, "since": "all"}}


def _stories(places: Places) -> tuple[tuple[Given, ...], ...]:
    """Those that are told. Ends of a case have a story each."""
    joined: tuple[Given, ...] = (
        *_BEGUN,
        ("reporter", c.PostMessage, {"text": "early"}),
        ("reporter", c.GiveConsent, {**_board(places), "text": "yes"}),
        ("board", c.TakeCase, {}),
    )
    at_board: tuple[Given, ...] = (
        ("reporter", c.SubmitCase, {"revision": 2}),
        ("service", c.OpenSeat, _PATIENT),
        ("board", c.TakeCase, {}),
    )
    shows: dict[str, object] = {"unit": places.unit, "parts": {"answers": True}, "reason": "they can answer"}
    return (
        _long_story(places),
        (*joined, ("board", c.LeaveCase, {"reason": "done"})),
        (*joined, ("unit", c.ForwardCase, {"unit": places.other, "reason": "it was there"})),
        (*joined, ("unit", c.ReferCase, {"reason": "not ours", "turn_to": "them"})),
        (*joined, ("reporter", c.WithdrawCase, {"reason": "enough"})),
        (*joined, ("unit", c.AnswerCase, _ANSWER), ("service", c.CloseThread, {})),
        (*at_board, ("board", c.ProposeSharing, shows)),
        (*at_board, ("reporter", c.WithdrawConsent, {"agreement": "newest"})),
    )


def _long_story(places: Places) -> tuple[Given, ...]:
    """The board joins, everybody writes to everybody that they may, and both answer."""
    return (
        *_BEGUN,
        ("reporter", c.PostMessage, {"text": "early"}),
        ("unit", c.ProposeSharing, {**_board(places), "reason": "support"}),
        ("reporter", c.RefuseConsent, {"request": "newest"}),
        ("unit", c.ProposeSharing, {**_board(places), "reason": "support"}),
        ("reporter", c.GiveConsent, {**_board(places), "text": "yes", "request": "newest"}),
        ("board", c.TakeCase, {}),
        *_each(("unit", "board"), c.WriteNote, {"text": "inside"}),
        *_each((*_CITIZENS, "unit", "board"), c.PostMessage, {"text": "to all"}),
        *_each((*_CITIZENS, "board"), c.PostMessage, {"text": "x", "audience": "citizen_board"}),
        *_each(("unit", "board"), c.PostMessage, {"text": "x", "audience": "unit_board"}),
        ("board", c.AskStatement, {"text": "please"}),
        ("unit", c.GiveStatement, {"text": "thus"}),
        ("board", c.ReleaseStatement, {"statement": "newest"}),
        ("unit", c.AskReporter, {"text": "when?"}),
        ("unit", c.StopWaiting, {}),
        ("unit", c.AskQuestions, {"dialog": "followup"}),
        ("reporter", c.AnswerQuestions, {"request": "newest", "answers": _TOLD}),
        ("board", c.AskQuestions, {"dialog": "followup"}),
        ("guardian", c.AnswerQuestions, {"request": "newest", "answers": _TOLD}),
        ("unit", c.SetPlace, {"unit": places.other}),
        ("unit", c.ReleaseCase, {}),
        ("unit", c.TakeCase, {}),
        ("unit", c.AnswerCase, _ANSWER),
        ("reporter", c.RateAnswer, {"rating": "partly"}),
        ("unit", c.AddToAnswer, {"text": "more"}),
        ("reporter", c.AskOn, {"text": "but"}),
        ("unit", c.AnswerCase, _ANSWER),
        ("unit", c.ReopenCase, {"reason": "new facts"}),
        ("board", c.AnswerCase, _ANSWER),
        ("board", c.ReopenCase, {"reason": "new facts"}),
        ("reporter", c.WithdrawConsent, {"party": "a2"}),
        ("service", c.EndSeat, {"seat": "s2"}),
    )
