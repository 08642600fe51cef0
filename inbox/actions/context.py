"""What a decision may know beside the case: values fetched before it is asked."""

from datetime import date, datetime, timedelta

from msgspec import Struct

from dialogs.schema.categories import Categories
from dialogs.schema.model import Dialog
from dialogs.schema.values import Answers
from inbox.cases.case_types import CaseType
from inbox.cases.events import Answered, FileRef, PrivateDetail, Recorded
from inbox.cases.model import CaseTypeId, PersonId, Relation, UnitId
from inbox.directory.model import Unit
from inbox.directory.tree import Directory


class Rules(Struct, frozen=True):
    """What holds where a region has decided nothing of its own. Goals, not legal limits."""

    goal_days: int = 28
    reply_days: int = 30


class Sending(Struct, frozen=True):
    """A draft that is ready: what the case will begin with."""

    type: CaseTypeId
    dialog: str
    language: str
    relation: Relation
    title: str
    themes: tuple[str, ...]
    place: UnitId | None
    place_text: str
    receiver: UnitId
    story: str
    answers: tuple[Answered, ...]
    submission: str
    files: tuple[FileRef, ...] = ()
    agreed: str = ""
    """The words of her yes to that the board shows it to the care; empty where she said none."""
    details: tuple[PrivateDetail, ...] = ()
    """What is left out of the answers and the submission."""


class DecisionContext(Struct, frozen=True):
    """The moment, the directory, the rules, and what this very command needs."""

    now: datetime
    today: date
    """The date in Sweden, which goal dates are counted from."""
    directory: Directory
    rules: Rules
    number: str = ""
    """The next register number of the receiving authority, when a registration begins."""
    sending: Sending | None = None
    colleagues: frozenset[PersonId] = frozenset()
    """Who handles cases at the actor's unit."""
    sits_as: str | None = None
    """The name of whoever is to sit somewhere, empty for the holder of a code; None for nobody who can."""
    files: tuple[FileRef, ...] = ()
    """The files that the command names, found to be the actor's own in this case and unused."""
    categories: Categories | None = None
    """The list that a final answer is classified by."""
    questions: Dialog | None = None
    """What the reporter is asked by, within the case."""
    drafted: Answers | None = None
    """What she has answered in a draft of hers; None: she answers without one."""
    since: tuple[Recorded, ...] = ()
    """What came in the actor's feed after the number that a reply's writer had seen."""
    history: tuple[Recorded, ...] = ()
    """The feed that the command draws on: the reporter's for sharing, the actor's own for releasing."""

    def goal(self, type: CaseType, unit: Unit) -> date | None:
        """When the unit aims at an answer: by its own goal, else its region's. None if the type has none."""
        if type.goal is None:
            return None
        return self.today + timedelta(days=goal_days(unit, self.directory, self.rules))

    def reply_until(self, unit: UnitId) -> datetime:
        """Until when one can ask on after an answer from the unit, by its region's rules."""
        known = self.directory.find(unit)
        own = self.directory.region_of(known).reply_days if known else None
        return self.now + timedelta(days=own if own is not None else self.rules.reply_days)


def goal_days(unit: Unit, directory: Directory, rules: Rules) -> int:
    """Days to the goal of an answer from the unit."""
    of_region = directory.region_of(unit).goal_days
    return next(days for days in (unit.goal_days, of_region, rules.goal_days) if days is not None)
