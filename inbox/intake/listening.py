"""What the story of a draft says, heard in the places of this directory. Proposals: they become answers by a person."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache

from dialogs.listen.hear import hear
from dialogs.listen.heard import Heard
from dialogs.listen.places import Known
from dialogs.listen.version import version
from dialogs.proposals import listened
from dialogs.schema.model import Dialog
from dialogs.schema.values import Answers
from inbox.directory.current import CurrentDirectory
from inbox.directory.index import names_of
from inbox.directory.model import Unit
from inbox.directory.tree import Directory

LEXICON = version()
"""The version of all that is listened by. A draft keeps the one by which its story was confirmed."""
REMEMBERED = 16
"""A page of the guide is drawn several times for one story. Only what was heard last is kept."""


class DirectoryPlaces:
    """A directory as listening sees it: one object for one directory."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory

    @cached_property
    def known(self) -> Sequence[Known]:
        """The units where something can have happened."""
        return tuple(map(self._known, (unit for unit in self.directory.units.values() if not unit.is_board)))

    def _known(self, unit: Unit) -> Known:
        above = tuple(each.id for each in self.directory.parents(unit))
        return Known(unit.id, names_of(unit, self.directory), unit.kind, unit.level, unit.town, above)


class Listener:
    """Listens with the directory that is in force. Made once."""

    def __init__(self, directory: CurrentDirectory) -> None:
        self._current = directory
        self._places = DirectoryPlaces(directory.tree)

    def heard(self, dialog: Dialog, answers: Answers) -> Mapping[str, tuple[Heard, ...]]:
        """What the story says, as it was told; nothing before it is told, or where nobody listens."""
        story = listened(dialog, answers)
        if story is None or story.told is None:
            return {}
        if self._places.directory is not self._current.tree:
            self._places = DirectoryPlaces(self._current.tree)
        return _heard(story.text, story.told.language, story.told.on, self._places)


@lru_cache(maxsize=REMEMBERED)
def _heard(text: str, language: str, day: date, places: DirectoryPlaces) -> Mapping[str, tuple[Heard, ...]]:
    return hear(text, language, day, places)
