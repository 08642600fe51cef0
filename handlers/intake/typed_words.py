"""What was typed on a page of the guided chat, in words: for a page that cannot ask the question."""

from collections.abc import Mapping

from dialogs.display import choice_label
from dialogs.kinds import kind_of
from dialogs.schema.model import Dialog, Step
from dialogs.schema.values import Telling
from handlers.view.locale import Locale

Fields = Mapping[str, tuple[str, ...]]
Line = tuple[str, str]
"""What the page called it, and what was typed or chosen."""


def retold(dialog: Dialog, step: Step, fields: Fields, locale: Locale) -> tuple[Line, ...]:
    """Everything but running text, which stands in a field of its own; what was left empty is left out."""

    def choice(id: str) -> str:
        # The draft may have begun in a version that the dialog given does not know.
        return choice_label(dialog, step, id, locale.language) if dialog.node(step.id) else id

    telling = Telling(locale.language, choice, locale.unit)
    lines = kind_of(step).retold(fields, telling, locale.translate)
    return tuple((name, said) for name, said in lines if said.strip())
