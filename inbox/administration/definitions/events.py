"""What has happened to the versions of a dialog."""

from datetime import datetime

from msgspec import Struct

from inbox.cases.model import EventId


class DefinitionStored(Struct, frozen=True, kw_only=True, tag_field="kind", tag="definition_stored"):
    """A draft was stored, or stored anew."""

    number: int
    content: str


class DefinitionPublished(Struct, frozen=True, kw_only=True, tag_field="kind", tag="definition_published"):
    """A version was published, with this content."""

    number: int
    content: str


class DefinitionRetired(Struct, frozen=True, kw_only=True, tag_field="kind", tag="definition_retired"):
    """Nothing new begins with the version any more."""

    number: int


AnyDialogEvent = DefinitionStored | DefinitionPublished | DefinitionRetired


class DialogRecorded(Struct, frozen=True):
    """An event with its place among those of the dialog, and the digest of the command that it came of."""

    id: EventId
    name: str
    seq: int
    at: datetime
    client_id: str
    digest: str
    event: AnyDialogEvent
