"""Pictures and documents. They arrive on their own and hang on the draft; the answer names them."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.answers.forms import Raw
from dialogs.schema.kind import Asked, Kind, Picks
from dialogs.schema.values import Telling, Value
from dialogs.sentences import N_


class Files(Value, frozen=True, tag="files"):
    """Files that were sent in, by id."""

    ids: tuple[str, ...]

    @property
    def picked(self) -> Picks:
        """What conditions see."""
        return ("files",)

    def lines(self, telling: Telling) -> Iterable[str]:
        """Their names."""
        return map(telling.name, self.ids)


class Attached(Kind):
    """Files that hang on the draft."""

    in_case = False
    fields = {"file": ""}
    chosen = frozenset({"file"})
    tells = ("files",)
    takes_files = True
    sentences = {"unknown_file": N_("Filen finns inte kvar. Lägg till den igen.")}

    def read(self, asked: Asked, raw: Raw) -> Value:
        """The files, each once. They must be there."""
        ids = tuple(dict.fromkeys(raw.get("file", ())))
        if not ids:
            raise asked.refused("required", "file")
        if not all(id in asked.facts.files for id in ids):
            raise asked.refused("unknown_file", "file")
        return Files(ids)

    def examples(self, asked: Asked) -> tuple[Raw, ...]:
        """The first file that hangs there, and the first two."""
        ids = sorted(asked.facts.files)[:2]
        return tuple({"file": tuple(ids[:number])} for number in range(1, len(ids) + 1))

    def kept_aside(self, sent: Raw) -> Raw:
        """Nothing: they hang on the draft."""
        return {}


KIND = Attached()
