"""What can be asked for about the versions of a dialog. The same client id twice gives the same answer, done once."""

from typing import Annotated

from msgspec import Meta, Struct

from inbox.cases.commands import ClientId

DialogName = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[a-z0-9_]+$")]
Number = Annotated[int, Meta(ge=1, le=100_000)]


class DialogCommand(Struct, frozen=True, kw_only=True, tag_field="command", forbid_unknown_fields=True):
    """Something about one version of a dialog."""

    dialog: DialogName
    number: Number
    client_id: ClientId


class StoreDefinition(DialogCommand, frozen=True, kw_only=True, tag="store_definition"):
    """Keep a definition as a draft, or in place of the draft with its number."""

    content: str
    """The definition with its words, as JSON."""


class PublishDefinition(DialogCommand, frozen=True, kw_only=True, tag="publish_definition"):
    """Let new drafts begin with it. With `content` what is delivered is stored and published at once."""

    content: str = ""


class RetireDefinition(DialogCommand, frozen=True, kw_only=True, tag="retire_definition"):
    """Let nothing new begin with it. What has begun goes on."""


AnyDialogCommand = StoreDefinition | PublishDefinition | RetireDefinition
