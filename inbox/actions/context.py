"""What a decision may know beside the case: values fetched before it is asked."""

from datetime import date, datetime, timedelta

from msgspec import Struct

from dialogs.schema.categories import Categories
from inbox.cases.events import Answered, FileRef, Recorded
from inbox.cases.model import CaseType, PersonId, Relation, UnitId
from inbox.directory.tree import Directory


class Rules(Struct, frozen=True):
    """What a region decides. Goals, not legal limits."""

    goal_days: int = 28
    reply_days: int = 30


class Sending(Struct, frozen=True):
    """A draft that is ready: what the case will begin with."""

    type: CaseType
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
    since: tuple[Recorded, ...] = ()
    """What came in the actor's feed after the number that a reply's writer had seen."""
    history: tuple[Recorded, ...] = ()
    """The feed that the command draws on: the reporter's for sharing, the actor's own for releasing."""

    def goal(self, days: int | None = None) -> date:
        """The date by which an answer is aimed at."""
        return self.today + timedelta(days=days if days is not None else self.rules.goal_days)
