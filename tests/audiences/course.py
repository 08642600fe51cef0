"""Random commands of random people in cases of two regions, with a canary in each text, and a ledger of whose it is."""

import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import msgspec
from msgspec import Struct

from dialogs.errors import Refused
from inbox.cases import commands as c
from inbox.cases.errors import NoSuchCase
from inbox.cases.model import BY_ITSELF, Identity
from inbox.cases.permissions import allowed
from inbox.principals.principal import Citizen, CodeHolder, Individual, Machine, Program, Who
from inbox.principals.seat import RIGHTS, Right, SeatKind
from tests.audiences.ledger import BOARD, CARE, PATIENT, REPORTER, Ledger, Place, Somebody
from tests.audiences.table import Table, Told
from tests.inbox.intake.followup import filled
from tests.people import BOARD as BOARD_HERE
from tests.people import EKBACKEN, FIA, KARIN, LARS, OLLE, SARA, TORGET
from tests.regions import DORA, NILS, NORA, OTHER_BOARD, OTHER_CARE, two, who

CANARY = re.compile(r"kanarie\d{6}")
HERE, THERE = "99", "98"
UNITS = {HERE: (EKBACKEN, TORGET), THERE: (OTHER_CARE,)}
BOARDS = {HERE: BOARD_HERE, THERE: OTHER_BOARD}
COLLEAGUES = {
    EKBACKEN: {"karin": "Karin", "lars": "Lars"},
    TORGET: {"sara": "Sara"},
    BOARD_HERE: {"olle": "Olle"},
    OTHER_CARE: {"nils": "Nils"},
    OTHER_BOARD: {"nora": "Nora"},
}
STAFF = (
    *(Somebody(one.id, who(one), HERE, EKBACKEN) for one in (KARIN, LARS)),
    Somebody("sara", who(SARA), HERE, TORGET),
    Somebody("olle", who(OLLE), HERE, BOARD_HERE),
    Somebody("fia", who(FIA), HERE, EKBACKEN, reads=False),
    Somebody("nils", who(NILS), THERE, OTHER_CARE),
    Somebody("nora", who(NORA), THERE, OTHER_BOARD),
    Somebody("dora", who(DORA), THERE, OTHER_CARE, reads=False),
)
PEOPLE = ("anna", "bo", "elin", "per", "mona", "lars")
"""Who may sit somewhere. Lars also works."""
CITIZENS = tuple(
    Somebody(f"{id} at home", Identity(Who(Individual(id), Citizen()), id.capitalize(), works=id == "lars"))
    for id in PEOPLE
)
NEITHER = Somebody("machine", Identity(Who(Machine("anna"), Program()), ""))
CODES = ("code-1", "code-2")
RIGHTS_GIVEN = (RIGHTS, RIGHTS, frozenset({Right.READ}), frozenset({Right.READ, Right.WRITE}), frozenset({Right.WRITE}))
BY_CITIZENS = (c.AskOn, c.AnswerQuestions, c.GiveConsent, c.WithdrawConsent, c.WithdrawCase)
BY_SERVICE = (c.OpenSeat, c.EndSeat)


class Try(Struct):
    """A command, whose each canary is if it is carried out, and what else is true then."""

    kind: type[c.Command]
    fields: dict[str, Any]
    sides: dict[str, set[str]] = {}
    then: Callable[[Told], None] = lambda told: None


class Course:
    """Goes on for as long as it is asked to."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.table = Table(two(), COLLEAGUES)
        self.ledgers: dict[str, Ledger] = {}
        self.done = Counter[str]()
        """By who did it as what, and by the command."""
        self.refused = 0
        self._canaries = 0
        for number in range(8):
            self.begins((HERE, HERE, THERE)[number % 3])

    def everybody(self, case: str) -> tuple[Somebody, ...]:
        """Who might look at a case: with the codes of this case, and of another one."""
        other = next(iter(self.ledgers))
        holders = [(CodeHolder(code, of), of) for code in CODES for of in dict.fromkeys((case, other))]
        codes = [Somebody(f"{holder.id} of {of}", Identity(Who(holder), "")) for holder, of in holders]
        return (*STAFF, *CITIZENS, NEITHER, *codes)

    def begins(self, region: str) -> None:
        """Somebody files a case."""
        reporter = self.chance.choice([one for one in CITIZENS if one.identity.principal != Individual("lars")])
        unit, story, title = self.chance.choice(UNITS[region]), self._canary(), self._canary()
        id = self.table.files(reporter.identity, unit, story, title)
        ledger = Ledger(region, unit, BOARDS[region], [Place(reporter.identity.principal, REPORTER, RIGHTS)])
        ledger.says(story, {REPORTER, CARE})
        # What it is called stands over the thread of the patient too.
        ledger.says(title, {REPORTER, PATIENT, CARE})
        ledger.begun = [story, title]
        self.ledgers[id] = ledger

    def goes_on(self) -> None:
        """One command more, of whomever, to whichever case; and what everybody hears of it is theirs."""
        self.table.passes(timedelta(minutes=self.chance.randrange(1, 90)))
        case = self.chance.choice(list(self.ledgers)[-6 if self.chance.random() < 0.9 else 0 :])
        if self.chance.random() < 0.3:
            with suppress(Refused):
                self.table.fires(case)
        ledger, everybody = self.ledgers[case], self.everybody(case)
        there = [one for one in everybody if ledger.here(one, self.table.now)]
        somebody = self.chance.choice(there if there and self.chance.random() < 0.75 else everybody)
        step = self._sensible(case, ledger, somebody)
        by = BY_ITSELF if step.kind in BY_SERVICE and self.chance.random() < 0.8 else somebody.identity
        here = ledger.here(somebody, self.table.now)
        try:
            told = self.table.does(by, step.kind, case, **step.fields)
        except Refused as refusal:
            self.refused += 1
            if not (by is BY_ITSELF or here or isinstance(refusal, NoSuchCase)):
                raise AssertionError(somebody.name, step.kind) from refusal
            return
        self.done.update(self._as(case, ledger, by, somebody, step))
        assert by is BY_ITSELF or self._entitled(ledger, somebody, step), (somebody.name, step.kind)
        step.then(told)
        for canary, sides in step.sides.items():
            ledger.says(canary, sides)
        for one in everybody:
            heard = set(CANARY.findall(self.table.hears(one.identity, case, told)))
            assert {canary for canary in heard if not self.may_see(case, one, canary)} == set(), one.name
            assert {canary for canary in step.sides if self.may_see(case, one, canary)} <= heard, one.name

    def looks(self) -> int:
        """Whether everybody gets of every case just what is theirs; how many texts that were."""
        seen = 0
        for case, ledger in self.ledgers.items():
            for one in self.everybody(case):
                got = set(CANARY.findall(self.table.gets(one.identity, case)))
                assert got == {canary for canary in ledger.sides if self.may_see(case, one, canary)}, one.name
                seen += len(got)
        return seen

    def may_see(self, case: str, somebody: Somebody, canary: str) -> bool:
        """By the ledger; no text of another case is ever anybody's here."""
        ledger = self.ledgers[case]
        return canary in ledger.sides and ledger.may_see(somebody, canary, self.table.now)

    def _as(self, case: str, ledger: Ledger, by: Identity, somebody: Somebody, step: Try) -> tuple[str, str]:
        """As what it was done, and what it was."""
        place = ledger.place(somebody, self.table.now) if by.citizen else None
        seats = self.table.kept[case].seats
        at_work = "service" if by is BY_ITSELF else f"at work in {somebody.region}"
        sits = "code" if isinstance(by.principal, CodeHolder) else place and seats[ledger.places.index(place)].kind
        return str(sits or at_work), step.kind.__name__

    def _entitled(self, ledger: Ledger, somebody: Somebody, step: Try) -> bool:
        """Whether somebody could have done it, by the plain rule."""
        if step.kind in BY_SERVICE or not ledger.here(somebody, self.table.now):
            return False
        if (unit := step.fields.get("unit")) and unit not in (*UNITS[ledger.region], BOARDS[ledger.region]):
            return False
        place = ledger.place(somebody, self.table.now) if somebody.identity.citizen else None
        if place is None:
            return step.kind not in BY_CITIZENS and (somebody.reads or step.kind in (c.ForwardCase, c.AssignCase))
        needs = Right.WRITE if step.kind in (c.PostMessage, c.AskOn, c.AnswerQuestions) else Right.DECIDE
        return needs in place.rights and step.kind in (c.PostMessage, *BY_CITIZENS)

    def _sensible(self, case: str, ledger: Ledger, somebody: Somebody) -> Try:
        """Mostly something that is possible now: else cases would stand still."""
        actor = self.table.actor(somebody.identity, case)
        may = allowed(self.table.kept[case].case, actor) if actor else frozenset()
        tries = [self._something(case, ledger, somebody) for _ in range(6)]
        possible = [one for one in tries if str(one.kind.__struct_config__.tag) in may or one.kind is c.OpenSeat]
        return possible[0] if possible and self.chance.random() < 0.8 else tries[0]

    def _something(self, case: str, ledger: Ledger, somebody: Somebody) -> Try:
        """What somebody there tends to do, now and then anything at all."""
        often: tuple[str, ...] = ("says", "says", "says_aside", "opens_seat")
        if somebody.identity.citizen:
            often = (*often, "asks_on", "fills_in", "consents", "shuts_out", "takes_back")
        elif somebody.identity.staff:
            often = (*often, "takes", "notes", "notes", "asks", "answers", "reopens", "adds", "refers")
            of_board = (*["asks_statement", "releases"] * 3, "asks_by_dialog", "leaves")
            of_care = ("forwards", "proposes", *["gives_statement"] * 2, "places", "assigns", "asks_by_dialog")
            often = (*often, *(of_board if somebody.desk in BOARDS.values() else of_care))
        every = ("ends_seat", "consents", "forwards", "notes", "places", "takes_back", "releases")
        name = self.chance.choice(often if self.chance.random() < 0.9 else every)
        return getattr(self, f"_{name}")(case, ledger, somebody)  # type: ignore[no-any-return]

    def _canary(self) -> str:
        self._canaries += 1
        return f"kanarie{self._canaries:06}"

    def _text(self, sides: set[str], field: str = "text", **fields: Any) -> tuple[dict[str, Any], dict[str, set[str]]]:
        canary = self._canary()
        return {field: canary, **fields}, {canary: sides}

    def _unit(self) -> str:
        """Of whichever region."""
        return self.chance.choice((EKBACKEN, TORGET, OTHER_CARE, BOARD_HERE, OTHER_BOARD))

    def _says(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        fields, sides = self._text(ledger.everyone, widens=True)
        return Try(c.PostMessage, fields, sides, lambda told: ledger.said.extend(sides))

    def _asks(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        fields, sides = self._text(ledger.everyone, widens=True)
        return Try(c.AskReporter, fields, sides, lambda told: ledger.said.extend(sides))

    def _asks_by_dialog(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        return Try(c.AskQuestions, {"dialog": "followup"})

    def _fills_in(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        asked = self.table.kept[case].case.questions
        canary = self._canary()
        told = filled(feels={"choice": "worse"}, what={"text": canary}, where={"skip": "1"})
        fields = {"request": asked[-1].id if asked else "none", "answers": msgspec.convert(told, tuple[c.Filled, ...])}
        return Try(c.AnswerQuestions, fields, {canary: ledger.everyone})

    def _says_aside(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        audience = self.chance.choice((c.Audience.CITIZEN_BOARD, c.Audience.UNIT_BOARD))
        readers = {BOARD, *({CARE} if audience is c.Audience.UNIT_BOARD else ledger.citizens)}
        return Try(c.PostMessage, *self._text(readers, audience=audience))

    def _notes(self, case: str, ledger: Ledger, somebody: Somebody) -> Try:
        return Try(c.WriteNote, *self._text({somebody.desk}))

    def _takes(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        return Try(c.TakeCase, {})

    def _assigns(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        return Try(c.AssignCase, {"handler": self.chance.choice(STAFF).identity.person})

    def _places(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        return Try(c.SetPlace, {"unit": self._unit()})

    def _forwards(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        target = self._unit()

        def moved(told: Told) -> None:
            ledger.unit = target

        return Try(c.ForwardCase, *self._text(ledger.everyone, "reason", unit=target), moved)

    def _answers(self, case: str, ledger: Ledger, somebody: Somebody) -> Try:
        why, what, may_be_told = self._canary(), self._canary(), self._canary()
        measures = () if somebody.desk in BOARDS.values() else (c.Measure(what),)
        fields = {"explanation": why, "measures": measures, "problems": ("6.2",), "area": "primarvard"}
        sides = {why: ledger.everyone, may_be_told: {somebody.desk}, **({what: ledger.everyone} if measures else {})}
        return Try(c.AnswerCase, {**fields, "assessment": may_be_told}, sides)

    def _reopens(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        return Try(c.ReopenCase, *self._text(ledger.everyone, "reason"))

    def _adds(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        return Try(c.AddToAnswer, *self._text(ledger.everyone))

    def _asks_on(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        return Try(c.AskOn, *self._text(ledger.everyone))

    def _refers(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        if self.chance.random() < 0.8:
            return self._takes(case, ledger, _)
        fields, sides = self._text(ledger.everyone, "reason")
        more, others = self._text(ledger.everyone, "turn_to")
        return Try(c.ReferCase, {**fields, **more}, {**sides, **others})

    def _takes_back(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        if self.chance.random() < 0.8:
            return self._says(case, ledger, _)
        return Try(c.WithdrawCase, *self._text(ledger.everyone, "reason"))

    def _proposes(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        parts = c.Parts(answers=self.chance.random() < 0.5, since=self.chance.choice(("", "all")))
        fields = {"unit": self.chance.choice(tuple(BOARDS.values())), "parts": parts}
        return Try(c.ProposeSharing, *self._text({*ledger.citizens, CARE}, "reason", **fields))

    def _consents(self, case: str, ledger: Ledger, somebody: Somebody) -> Try:
        parts = c.Parts(answers=self.chance.random() < 0.5, since=self.chance.choice(("", "all")))
        requests = self.table.kept[case].case.requests
        request = requests[-1].id if requests and self.chance.random() < 0.7 else ""
        unit = self.chance.choice((BOARDS[ledger.region], BOARDS[ledger.region], self._unit()))

        def joined(told: Told) -> None:
            place = ledger.place(somebody, self.table.now)
            said = [one for one in ledger.said if place and place.party in ledger.sides[one]] if parts.since else []
            ledger.joins({*said, *(ledger.begun if parts.answers else [])})

        return Try(c.GiveConsent, {"unit": unit, "parts": parts, "text": "Ja", "request": request}, {}, joined)

    def _shuts_out(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        if self.chance.random() < 0.6:
            return self._says(case, ledger, _)
        party = self.table.kept[case].case.parties[-1].id
        return Try(c.WithdrawConsent, {"party": party}, {}, lambda told: ledger.leaves())

    def _leaves(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        if self.chance.random() < 0.6:
            return self._notes(case, ledger, _)
        fields, sides = self._text({*ledger.citizens, CARE}, "reason")
        return Try(c.LeaveCase, fields, sides, lambda told: ledger.leaves())

    def _asks_statement(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        return Try(c.AskStatement, *self._text({CARE, BOARD}))

    def _gives_statement(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        fields, sides = self._text({CARE, BOARD})

        def given(told: Told) -> None:
            ledger.statements[fields["text"]] = told[0][2].envelope.id

        return Try(c.GiveStatement, fields, sides, given)

    def _releases(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        canary = next(reversed(ledger.statements), "")

        def released(told: Told) -> None:
            ledger.sides[canary] |= ledger.citizens
            del ledger.statements[canary]

        return Try(c.ReleaseStatement, {"statement": ledger.statements.get(canary, "none")}, {}, released)

    def _opens_seat(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        holder = self.chance.choice((*PEOPLE, *CODES))
        party = self.chance.choice((REPORTER, REPORTER, PATIENT))
        kind = SeatKind.PATIENT if party == PATIENT else self.chance.choice(list(SeatKind)[1:])
        rights, hours = self.chance.choice(RIGHTS_GIVEN), self.chance.choice((None, 2, 20, 200))
        until = self.table.now + timedelta(hours=hours) if hours else None
        fields: dict[str, Any] = {"party": party, "sits_as": kind, "rights": tuple(sorted(rights)), "until": until}
        code = holder in CODES
        sits = CodeHolder(holder, case) if code else Individual(holder)

        def seated(told: Told) -> None:
            ledger.places.append(Place(sits, party, rights, until))

        return Try(c.OpenSeat, {**fields, "code" if code else "person": holder}, {}, seated)

    def _ends_seat(self, case: str, ledger: Ledger, _: Somebody) -> Try:
        number = self.chance.randrange(len(ledger.places))

        def ended(told: Told) -> None:
            ledger.places[number].until = self.table.now

        return Try(c.EndSeat, {"seat": f"s{number + 1}"}, {}, ended)
