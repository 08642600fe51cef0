"""Who should receive what is sent: the unit, or the patient board."""

from __future__ import annotations

from dialogs.kinds.one import OneOf
from dialogs.schema.values import Value


class Recipient(OneOf):
    """A choice between "unit" and "board"."""

    in_case = False

    def receiver(self, value: Value) -> str:
        """The one that was picked."""
        return "".join(value.picked)


KIND = Recipient()
