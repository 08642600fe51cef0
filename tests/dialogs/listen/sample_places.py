"""The places of the sample directory, for whoever listens in a test."""

from collections.abc import Sequence

from dialogs.listen.places import Known
from inbox.directory.index import names_of
from inbox.directory.load import MITTLAND, load
from inbox.directory.tree import Directory


class SamplePlaces:
    """A directory as listening sees it."""

    def __init__(self, directory: Directory) -> None:
        self.known: Sequence[Known] = tuple(
            Known(
                unit.id,
                names_of(unit, directory),
                unit.kind,
                unit.level,
                unit.town,
                tuple(above.id for above in directory.parents(unit)),
            )
            for unit in directory.units.values()
        )


SAMPLE = SamplePlaces(load(MITTLAND))
