"""The shape of a guided chat: steps, choices, ways out and the rules between them, with texts per language."""

from __future__ import annotations

from msgspec import Struct

from dialogs.schema.conditions import Condition

Setting = str | int | bool
"""What a setting may be."""
REVIEW = "review"
"""Where a path leads when every question is answered."""


class Next(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where to go, if the condition holds. The first rule that holds is taken; the last one has no condition."""

    to: str
    when: Condition | None = None


class Choice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to pick. It is offered only when its condition holds."""

    id: str
    when: Condition | None = None
    exclusive: bool = False
    """Cannot be picked together with others ("No, none of these")."""
    urgent: bool = False
    """Shows where to get help at once; never stops the filing."""
    categories: tuple[str, ...] = ()
    """Codes of the boards' classification that the citizen's words stand for."""
    never_heard: bool = False
    """Is picked by hand or not at all: no story proposes it."""


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question on one screen."""

    id: str
    kind: str
    """What sort of answer it takes: the name of a file in `dialogs/kinds/`."""
    next: tuple[Next, ...] = ()
    when: Condition | None = None
    """Asked only if this holds; otherwise passed by as if it were not there."""
    field: str = ""
    """The name of the answer in the submission; the step's own id if empty."""
    optional: bool = False
    choices: tuple[Choice, ...] = ()
    offers_from: str = ""
    """Offers what was picked at that step instead of choices of its own."""
    max_length: int = 0
    """The longest text, for texts and places."""
    settings: dict[str, Setting] = {}
    """What else its kind lets a definition set."""
    beside: str = ""
    """The step on whose page it is asked too, and answered in one go; a page of its own if empty."""
    aside: bool = False
    """Not asked of everybody: passed by until it is answered, from a link or where the story says something of it."""
    listens: bool = False
    """What is told here is listened to: other questions may be heard in it."""
    heard_from: str = ""
    """What of the story may propose an answer: a name among `HEARERS`; nothing is proposed if empty."""

    @property
    def name(self) -> str:
        """What the answer is called in the submission."""
        return self.field or self.id


class Ending(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named way out: where to turn instead. Where that makes sense, one can go on all the same."""

    id: str
    resume: str = ""
    """The step that follows if the person goes on."""
    change: str = ""
    """The step whose answer led here, to be changed if it was a mistake."""


class Required(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field that the statistics need in every submission for which the condition holds."""

    field: str
    when: Condition | None = None


class CaseFields(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the answers mean for the case that they begin, by the names of the fields: nothing else knows a question.

    What is left empty is not asked in this dialog.
    """

    type: str = ""
    """The question whose choice says which type of case it is."""
    types: dict[str, str] = {}
    """The type for each of its choices."""
    relation: str = ""
    """The question whose choice says what the reporter is to the patient."""
    relations: dict[str, str] = {}
    """The relation for each of its choices."""
    place: str = ""
    when: str = ""
    title: str = ""
    story: str = ""
    """The reporter's own account of what happened."""
    files: str = ""
    agrees: str = ""
    """The consent that the board shows the care what is sent."""
    main_theme: str = ""
    """What matters most of the themes."""
    themes: str = ""
    facts: dict[str, tuple[str, ...]] = {}
    """Steps whose answers staff see at a glance, by what they tell (`handlers/staff/case_facts.py`)."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of fields that are asked for."""
        asked = (self.type, self.relation, self.place, self.when, self.title, self.story, self.files, self.agrees)
        return tuple(filter(None, (*asked, self.main_theme, self.themes)))


class ChoiceText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a choice is worded."""

    label: str = ""
    hint: str = ""


class Chapter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the talk, as the head of the page counts them: there are always as many, whatever is asked."""

    id: str
    first: str
    """The step that it begins with; it lasts until the next one begins."""
    minutes: int = 0
    """About how long it takes from there to the end; 0 where it is soon done."""


class Instead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Other words where the condition holds: nobody who writes of her own care is asked about "the patient"."""

    when: Condition
    question: str = ""
    label: str = ""
    hint: str = ""
    why: str = ""
    example: str = ""
    reply: str = ""
    beginnings: tuple[str, ...] = ()


class StepText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a question is worded. Texts may be empty here; the check names those that must not be."""

    question: str = ""
    label: str = ""
    """Short, for the review."""
    hint: str = ""
    why: str = ""
    """The answer to "Varför frågar vi?"."""
    example: str = ""
    """Shown after two tries that did not go well."""
    reply: str = ""
    """What the guide says to the answer, where that helps; mostly nothing."""
    beginnings: tuple[str, ...] = ()
    """First words of a long text, to be taken by whoever does not know how to begin."""
    choices: dict[str, ChoiceText] = {}
    instead: tuple[Instead, ...] = ()
    """The first whose condition holds gives its words; what it leaves empty stays."""


class Way(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somewhere else to turn."""

    name: str
    text: str
    url: str = ""
    phone: str = ""


class EndingText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a way out is worded."""

    title: str = ""
    body: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    resume: str = ""
    """What the button says that goes on all the same."""


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole dialog in one language."""

    name: str = ""
    hello: str = ""
    emergency: EndingText = EndingText()
    chapters: dict[str, str] = {}
    steps: dict[str, StepText] = {}
    endings: dict[str, EndingText] = {}


class Dialog(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A guided chat. Immutable: a draft stays with the version that it began with."""

    id: str
    version: int
    case_type: str = ""
    """The type of case that it begins; empty: it is asked within a case."""
    languages: tuple[str, ...]
    first: str
    steps: tuple[Step, ...]
    endings: tuple[Ending, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    statistics: tuple[Required, ...] = ()
    case: CaseFields = CaseFields()
    words: dict[str, Words] = {}

    @property
    def parts(self) -> tuple[Step | Ending, ...]:
        """All that a path can lead over."""
        return (*self.steps, *self.endings)

    def node(self, id: str) -> Step | Ending | None:
        """The step or the way out with this id; None for the review and for ids that do not exist."""
        return next((part for part in self.parts if part.id == id), None)
