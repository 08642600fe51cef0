"""What was typed on a page of the guided chat, in words: for a page that cannot ask the question."""

from collections.abc import Iterator, Mapping

from dialogs.answers.forms import first
from dialogs.display import choice_label
from dialogs.kinds import kind_of
from dialogs.schema.model import Dialog, Step
from dialogs.schema.values import Telling
from handlers.view.locale import Locale

Fields = Mapping[str, tuple[str, ...]]
Line = tuple[str, str]
"""What the page called it, and what was typed or chosen."""


def asked_on(dialog: Dialog, page: Step, fields: Fields) -> Iterator[tuple[Step, str, Fields]]:
    """The question of a page and those beside it of which something was sent: their prefix and fields."""
    yield page, "", fields
    for step in dialog.steps:
        prefix = f"{step.id}--"
        sent = {name.removeprefix(prefix): said for name, said in fields.items() if name.startswith(prefix)}
        if sent and step.beside == page.id:
            yield step, prefix, sent


def own_words(dialog: Dialog, page: Step, fields: Fields) -> tuple[Line, ...]:
    """What was written in running text, by the name of its field, for copying; nothing if there is none."""
    asked = asked_on(dialog, page, fields)
    found = (
        (prefix + field, first(sent, field).strip())
        for step, prefix, sent in asked
        for field in (kind_of(step).own_words,)
    )
    return tuple((field, text) for field, text in found if text)


def retold(dialog: Dialog, page: Step, fields: Fields, locale: Locale) -> tuple[Line, ...]:
    """Everything but running text, which stands in a field of its own; what was left empty is left out."""
    return tuple(
        line for step, _, sent in asked_on(dialog, page, fields) for line in _retold(dialog, step, sent, locale)
    )


def _retold(dialog: Dialog, step: Step, fields: Fields, locale: Locale) -> tuple[Line, ...]:

    def choice(id: str) -> str:
        # The draft may have begun in a version that the dialog given does not know.
        return choice_label(dialog, step, id, locale.language) if dialog.node(step.id) else id

    telling = Telling(locale.language, choice, locale.unit)
    lines = kind_of(step).retold(fields, telling, locale.translate)
    return tuple((name, said) for name, said in lines if said.strip())
