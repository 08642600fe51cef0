"""How much happened on which day, at which unit: what is counted can be shown without opening a case."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from inbox.reactions.reaction import counting
from inbox.storage import schema as s
from inbox.storage.reacting.counts import Counts, Key
from inbox.storage.reacting.events import Happened

SWEDEN = ZoneInfo("Europe/Stockholm")


def _counted(event: Happened) -> Iterable[Key]:
    yield event.at.astimezone(SWEDEN).date(), event.unit or "", event.kind


REACTION = counting("tally", Counts(s.tally, _counted))
