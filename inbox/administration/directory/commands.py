"""What can be asked for about the directory. The same client id twice gives the same answer, done once."""

from datetime import date
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from inbox.cases.commands import ClientId, Id
from inbox.directory.model import (
    BoardInfo,
    CareProvider,
    Connection,
    ContactWay,
    OpenHours,
    Region,
    RegionText,
    Unit,
)

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Short = Annotated[str, Meta(max_length=200)]
Days = Annotated[int, Meta(ge=1, le=365)]


class DirectoryCommand(Struct, frozen=True, kw_only=True, tag_field="command", forbid_unknown_fields=True):
    """Something about the directory."""

    client_id: ClientId


class TakeRecords(DirectoryCommand, frozen=True, kw_only=True, tag="take_records"):
    """Add what the directory does not have, and change what it has otherwise. What is not named stays."""

    regions: tuple[Region, ...] = ()
    providers: tuple[CareProvider, ...] = ()
    units: tuple[Unit, ...] = ()


class RenameUnit(DirectoryCommand, frozen=True, kw_only=True, tag="rename_unit"):
    """Give a unit another name. It is still found by the one it had."""

    unit: Id
    name: Name


class MoveUnit(DirectoryCommand, frozen=True, kw_only=True, tag="move_unit"):
    """Put a unit below another one of the same care provider."""

    unit: Id
    parent: Id


class ChangeUnit(DirectoryCommand, frozen=True, kw_only=True, tag="change_unit"):
    """Change how a unit is reached, what else it is called, or what it aims at. What is left out stays."""

    unit: Id
    phone: Short | UnsetType = UNSET
    street: Short | UnsetType = UNSET
    postal_code: Short | UnsetType = UNSET
    town: Short | UnsetType = UNSET
    municipality: Short | UnsetType = UNSET
    hours: tuple[OpenHours, ...] | UnsetType = UNSET
    other_names: tuple[Name, ...] | UnsetType = UNSET
    abbreviations: tuple[Name, ...] | UnsetType = UNSET
    connection: Connection | UnsetType = UNSET
    goal_days: Days | UnsetType | None = UNSET


class MergeUnits(DirectoryCommand, frozen=True, kw_only=True, tag="merge_units"):
    """Let a unit be part of another one from now on: what is below it, and who answers for its cases."""

    unit: Id
    into: Id


class EndUnit(DirectoryCommand, frozen=True, kw_only=True, tag="end_unit"):
    """Say which day is a unit's last: nothing is sent to it afterwards, and what it has is ended by its staff."""

    unit: Id
    until: date | None = None
    """Yesterday where it is left out: it has ended."""


class RenameProvider(DirectoryCommand, frozen=True, kw_only=True, tag="rename_provider"):
    """Give a care provider another name."""

    provider: Id
    name: Name


class ChangeRegion(DirectoryCommand, frozen=True, kw_only=True, tag="change_region"):
    """Set what a region decides: whether it is open, board, goals, windows, texts. What is left out stays."""

    region: Id
    name: Name | UnsetType = UNSET
    open: bool | UnsetType = UNSET
    board: BoardInfo | UnsetType | None = UNSET
    ways: tuple[ContactWay, ...] | UnsetType = UNSET
    goal_days: Days | UnsetType | None = UNSET
    reply_days: Days | UnsetType | None = UNSET
    texts: tuple[RegionText, ...] | UnsetType = UNSET


AnyDirectoryCommand = (
    TakeRecords | RenameUnit | MoveUnit | ChangeUnit | MergeUnits | EndUnit | RenameProvider | ChangeRegion
)
