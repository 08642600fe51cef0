"""What was answered, in the words that were shown."""

from collections.abc import Mapping

from dialogs.display import display, step_text
from dialogs.kinds import kind_of
from dialogs.schema.model import Dialog, Step
from dialogs.submission import Submission
from inbox.cases.events import Answered


def answers_of(sent: Submission, dialog: Dialog, language: str, names: Mapping[str, str]) -> tuple[Answered, ...]:
    """Every answer with its question, in the words the reporter saw."""
    found, known = [], sent.known()
    for given in sent.answers:
        step = dialog.node(given.step)
        if isinstance(step, Step) and kind_of(step).asks:
            lines = tuple(display(dialog, step, given.value, language, names))
            question = step_text(dialog, step, language, known).question
            found.append(Answered(step=step.id, question=question, lines=lines))
    return tuple(found)
