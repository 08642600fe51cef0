"""Asking the reporter by a dialog within the case, and her answers, by the engine that also begins cases."""

from collections.abc import Iterable

from dialogs import engine
from dialogs.display import words
from dialogs.errors import Invalid
from dialogs.kinds import from_form
from dialogs.kinds.place import Place
from dialogs.schema.model import Dialog, Ending
from dialogs.schema.values import Answers, DialogContext
from dialogs.submission import NotReady as Unanswered
from dialogs.submission import Submission, submission
from inbox.actions.asking.words import answers_of
from inbox.actions.audience import everyone
from inbox.actions.context import DecisionContext
from inbox.actions.handling import own
from inbox.cases.commands import AnswerQuestions, AskQuestions, Filled
from inbox.cases.errors import NoSuchRequest, NotReady
from inbox.cases.events import Decided, QuestionsAnswered, QuestionsAsked
from inbox.cases.model import Actor, Case, Questions


def ask_questions(case: Case, command: AskQuestions, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The reporter is asked by the newest version. What the same authority has asked already is not asked twice."""
    registration, dialog = own(case, actor), _by(facts)
    if any(asked.by == actor.party and asked.dialog.partition("/")[0] == dialog.id for asked in case.questions):
        return []
    called = f"{dialog.id}/{dialog.version}"
    asked = QuestionsAsked(registration=registration.id, dialog=called, name=words(dialog, case.language).name)
    return [Decided(event=asked, to=everyone(case))]


def answer_questions(case: Case, command: AnswerQuestions, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """Every question has its answer. Raises NoSuchRequest, Invalid by the step, NotReady at a way out."""
    asked = asked_in(case, command)
    if asked is None:
        raise NoSuchRequest
    dialog, directory = _by(facts), facts.directory
    known = DialogContext(today=facts.today, units=directory.units)
    answers = facts.drafted if facts.drafted is not None else _answered(dialog, command.answers, known)
    sent = _sent(dialog, answers, known)
    places = [given.value.unit for given in sent.answers if isinstance(given.value, Place) and given.value.unit]
    names = {unit: directory.name_now(unit) for unit in places}
    event = QuestionsAnswered(
        request=asked.id,
        dialog=asked.dialog,
        name=words(dialog, case.language).name,
        answers=answers_of(sent, dialog, case.language, names),
    )
    return [Decided(event=event, to=everyone(case))]


def _sent(dialog: Dialog, answers: Answers, known: DialogContext) -> Submission:
    try:
        return submission(dialog, answers, known)
    except Unanswered:
        raise NotReady from None


def asked_in(case: Case, command: AnswerQuestions) -> Questions | None:
    """What the answers are to; None if it is not asked any more."""
    return next((each for each in case.questions if each.id == command.request), None)


def _answered(dialog: Dialog, filled: Iterable[Filled], known: DialogContext) -> Answers:
    """Question by question, as they come. What is not asked is refused, so that nothing is lost in silence."""
    fields: dict[str, dict[str, list[str]]] = {}
    for each in filled:
        fields.setdefault(each.step, {}).setdefault(each.field, []).append(each.text)
    answers: Answers = {}
    while (now := engine.advance(dialog, answers, known)) is not None:
        if isinstance(now, Ending):
            raise NotReady
        answers = engine.answer(dialog, answers, now.id, from_form(now, fields.get(now.id, {})), known)
    for step in fields.keys() - answers.keys():
        raise Invalid("not_on_path", step)
    return answers


def _by(facts: DecisionContext) -> Dialog:
    if facts.questions is None:
        raise TypeError("questions are asked by a dialog")
    return facts.questions
