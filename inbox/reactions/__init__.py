"""What follows from what has happened: a file for each reaction, with its `REACTION`."""

from importlib import import_module
from pkgutil import iter_modules

from inbox.reactions.reaction import Reaction


def every_reaction() -> tuple[Reaction, ...]:
    """Each reaction there is a file of."""
    names = sorted(module.name for module in iter_modules(__path__) if module.name != "reaction")
    return tuple(import_module(f"{__name__}.{name}").REACTION for name in names)
