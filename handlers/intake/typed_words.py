"""What was typed on a page of the guided chat, in words: for a page that cannot ask the question."""

from collections.abc import Iterator, Mapping

from dialogs.answers.dates import span
from dialogs.answers.forms import day_names
from dialogs.answers.when import when_pressed
from dialogs.display import choice_label
from dialogs.schema.model import Dialog, Kind, Step
from dialogs.sentences import N_
from handlers.view.locale import Locale

Fields = Mapping[str, tuple[str, ...]]
Line = tuple[str, str]
"""What the page called it, and what was typed or chosen."""

NAMES = {
    "name": N_("Namn"),
    "birth_year": N_("Född år"),
    "phone": N_("Telefonnummer"),
    "street": N_("Gata och nummer"),
    "postcode": N_("Postnummer"),
    "town": N_("Postort"),
}
DAYS = {"date": N_("Vilken dag?"), "first": N_("Från"), "last": N_("Till")}
WHENS = {"date": N_("En dag"), "period": N_("Flera dagar eller en längre tid"), "unknown": N_("Jag vet inte")}


def retold(dialog: Dialog, step: Step, fields: Fields, locale: Locale) -> tuple[Line, ...]:
    """Everything but running text, which stands in a field of its own; what was left empty is left out."""
    return tuple((name, said) for name, said in _lines(dialog, step, fields, locale) if said.strip())


def _lines(dialog: Dialog, step: Step, fields: Fields, locale: Locale) -> Iterator[Line]:
    asked = locale.translate(N_("Du valde"))
    match step.kind:
        case Kind.ONE | Kind.SEVERAL | Kind.RECIPIENT | Kind.CONSENT:
            for chosen in fields.get("choice", ()):
                # The draft may have begun in a version that the dialog given does not know.
                yield asked, choice_label(dialog, step, chosen, locale.language) if dialog.node(step.id) else chosen
        case Kind.PLACE:
            yield asked, locale.unit(_first(fields, "unit"))
        case Kind.WHEN:
            near = when_pressed(fields.get("when", ()))
            yield asked, span(near.first, near.last, locale.language) if near and near.first and near.last else ""
            yield asked, WHENS.get(_first(fields, "when"), "") and locale.translate(WHENS[_first(fields, "when")])
            for day, name in DAYS.items():
                yield locale.translate(name), " ".join(filter(None, (_first(fields, part) for part in day_names(day))))
        case Kind.PERSON | Kind.PHONE | Kind.ADDRESS:
            for field, name in NAMES.items():
                yield locale.translate(name), _first(fields, field)
        case _:
            return


def _first(fields: Fields, name: str) -> str:
    return "".join(fields.get(name, ())[:1])
