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
    "no_such_region": N_("Det finns ingen region med den koden."),
    "no_such_provider": N_("Det finns ingen vårdgivare med det id:t."),
    "unit_is_over": N_("Enheten {unit} har upphört eller gått upp i en annan. Välj en enhet som finns."),
    "units_of_two_providers": N_("Enheterna hör till olika vårdgivare."),
    "unit_and_itself": N_("Det är samma enhet två gånger. Ange två olika."),
    "has_units_below": N_("Det finns enheter under {unit}. Flytta eller avsluta dem först."),
    "directory_flawed": N_("Katalogen skulle bli fel: {flaws}"),
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


class NoSuchRegion(Refused):
    """There is no region with that code."""

    code = "no_such_region"
    category = Category.UNKNOWN


class NoSuchProvider(Refused):
    """There is no care provider with that id."""

    code = "no_such_provider"
    category = Category.UNKNOWN


class UnitIsOver(Refused):
    """The unit has ended, or was merged into another one."""

    code = "unit_is_over"
    category = Category.CONFLICT


class UnitsOfTwoProviders(Refused):
    """What belongs to one care provider is no part of another one's unit."""

    code = "units_of_two_providers"


class UnitAndItself(Refused):
    """A unit is below, or merged into, another one."""

    code = "unit_and_itself"


class HasUnitsBelow(Refused):
    """A unit ends after what is below it."""

    code = "has_units_below"
    category = Category.CONFLICT


class DirectoryFlawed(Refused):
    """The directory would not hold together; `flaws` says by name and id what is wrong."""

    code = "directory_flawed"
