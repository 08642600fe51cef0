"""Refusals of administration, with what people are told."""

from dialogs.errors import Category, Refused
from dialogs.sentences import N_

SENTENCES = {
    "no_such_person": N_("Det finns ingen med det id:t som arbetar i tjänsten."),
    "role_not_there": N_(
        "Den rollen finns inte på den enheten. I vården finns handläggare, på patientnämnden nämndens handläggare."
    ),
    "ends_before_it_begins": N_("Sista dagen måste vara i dag eller senare, och inte före den första."),
    "role_not_held": N_("Personen har inte den rollen där."),
}
"""By code."""


class NoSuchPerson(Refused):
    """There is nobody with that id who works in the service."""

    code = "no_such_person"
    category = Category.UNKNOWN


class RoleNotThere(Refused):
    """That role is not held at such a unit: officers are a board's, caseworkers are the care's."""

    code = "role_not_there"


class EndsBeforeItBegins(Refused):
    """The last day is before the first."""

    code = "ends_before_it_begins"


class RoleNotHeld(Refused):
    """The person does not hold that role at that unit."""

    code = "role_not_held"
    category = Category.CONFLICT
