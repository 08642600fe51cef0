"""All that has events of its own, and every table that follows from them, by the name that is asked for."""

from inbox.storage.projections.of_administration import OfDialogs, OfDirectory, OfStaff
from inbox.storage.projections.of_cases import OfCases
from inbox.storage.projections.tables import Source

SOURCES: tuple[Source, ...] = (OfCases(), OfStaff(), OfDialogs(), OfDirectory())
SOURCE_OF = {name: source for source in SOURCES for name in source.projections}
PROJECTIONS = {name: source.projections[name] for name, source in SOURCE_OF.items()}
