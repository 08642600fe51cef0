"""An entry as it goes over the wire: the same for socket, API and page scripts."""

from typing import Any, Protocol

import msgspec
from msgspec import Struct

from dialogs.sentences import Translate
from handlers.sentences import sentence_for
from inbox.cases.views import Entry, Viewer
from inbox.directory.tree import Directory


class Draw(Protocol):
    """An entry as rows for a page: `handlers/thread/pushed_rows.py`."""

    def __call__(self, viewer: Viewer, entry: Entry, language: str, among: tuple[Entry, ...] = ()) -> Struct:
        """The frame. `among` are the entries that come with it."""


def serialize(
    case: str, entry: Entry, directory: Directory, names: dict[str, str], translate: Translate
) -> dict[str, Any]:
    """What a client gets: number, id, moment, who (as far as it may know), the event, and the event in a sentence."""
    author = msgspec.to_builtins(entry.by)
    author["unit_name"] = directory.name_at(entry.by.unit, entry.at) if entry.by.unit else ""
    return {
        "case": case,
        "n": entry.n,
        "id": entry.id,
        "at": entry.at.isoformat(),
        "by": author,
        "event": msgspec.to_builtins(entry.event),
        "sentence": sentence_for(entry, directory, names, translate),
        "client_id": entry.client_id,
        "to": list(entry.to),
    }
