"""Refusals about the versions of a dialog, with what people are told."""

from dialogs.checks.problems import Problem
from dialogs.errors import Category, Refused
from dialogs.sentences import N_

SENTENCES = {
    "no_such_version": N_("Den versionen av frågorna finns inte."),
    "number_taken": N_("Den versionen är redan publicerad och kan inte ändras. Använd nästa nummer."),
    "broken_definition": N_("Frågorna kan inte publiceras, för något i dem är fel."),
    "last_version": N_("Det är den enda versionen som används. Publicera en ny först."),
    "no_such_dialog": N_("De frågorna finns inte, eller används inte längre. Gå till startsidan och börja där."),
    "unknown_dialog": N_("Vi kan inte visa frågorna just nu. Det du har svarat finns kvar. Försök igen om en stund."),
}
"""By code."""


class NoSuchVersion(Refused):
    """The dialog has no version with that number."""

    code = "no_such_version"
    category = Category.UNKNOWN


class NumberTaken(Refused):
    """The number is that of a published version with another content: drafts and cases began with it."""

    code = "number_taken"
    category = Category.CONFLICT


class BrokenDefinition(Refused):
    """What cannot be read or has problems is not published. Says everything that is wrong with it."""

    code = "broken_definition"

    def __init__(self, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__()
        self.problems = problems


class LastVersion(Refused):
    """Without it nobody could begin."""

    code = "last_version"
    category = Category.CONFLICT


class NoSuchDialog(Refused):
    """Nobody can begin by a dialog of that name."""

    code = "no_such_dialog"
    category = Category.UNKNOWN


class UnknownDialog(Refused):
    """A draft or a case names a version that this process cannot read."""

    code = "unknown_dialog"
    category = Category.UNAVAILABLE
