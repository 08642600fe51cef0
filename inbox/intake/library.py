"""The dialogs that people are asked by, as this process knows them: read anew when a version is published."""

import logging
from collections.abc import Iterable, Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.errors import Refused
from dialogs.kinds import KINDS
from dialogs.schema.model import Dialog, Ending, Step
from inbox.administration.definitions.decide import read
from inbox.administration.definitions.errors import NoSuchDialog, UnknownDialog
from inbox.administration.definitions.model import Status
from inbox.storage import definitions

log = logging.getLogger(__name__)


class Dialogs:
    """Every definition that drafts and cases may have begun with, by what they call it: `complaint/1`."""

    def __init__(self, delivered: Iterable[Dialog]) -> None:
        """What is delivered with the program is there from the first moment."""
        self._versions = {called(each): each for each in delivered}
        self._newest: dict[str, Dialog] = {}
        for each in self._versions.values():
            if each.id not in self._newest or self._newest[each.id].version < each.version:
                self._newest[each.id] = each
        self._changes = -1
        """How many changes had happened when the store was read."""

    def newest(self, name: str) -> Dialog:
        """The version that new drafts begin with. Raises NoSuchDialog."""
        if not self.begins(name):
            raise NoSuchDialog
        return self._newest[name]

    def begins(self, name: str) -> bool:
        """Whether somebody can begin by a dialog of that name."""
        return name in self._newest and bool(self._newest[name].case_type)

    def within(self, name: str) -> Dialog:
        """The newest version of a dialog that is asked within a case. Raises NoSuchDialog."""
        found = self._newest.get(name)
        if found is None or found.case_type:
            raise NoSuchDialog
        return found

    def asked_within(self) -> tuple[Dialog, ...]:
        """Every dialog that is asked within cases, in its newest version, by name."""
        return tuple(dialog for _, dialog in sorted(self._newest.items()) if not dialog.case_type)

    def node(self, id: str) -> Step | Ending | None:
        """The question or way out with that id, of any dialog that has one."""
        return next((found for dialog in self._versions.values() if (found := dialog.node(id))), None)

    def of(self, version: str) -> Dialog:
        """A definition by what its drafts and cases call it. A new version changes nothing in it. UnknownDialog."""
        if version not in self._versions:
            raise UnknownDialog
        return self._versions[version]

    def told_at_a_glance(self, version: str) -> Mapping[str, tuple[str, ...]]:
        """Which questions tell what staff see beside a case; nothing of a version that is not there."""
        return self._versions[version].case.facts if version in self._versions else {}

    def knows(self, version: str) -> bool:
        """Whether it is there."""
        return version in self._versions

    async def ready_for(self, connection: AsyncConnection, version: str) -> Dialog:
        """The same; one that another process has published since is read first. UnknownDialog."""
        if version not in self._versions:
            await self.refresh(connection)
        return self.of(version)

    async def refresh(self, connection: AsyncConnection) -> None:
        """Read what was published or retired since the last look; costs nothing but a look if nothing was."""
        changes = await definitions.changes(connection)
        if changes == self._changes:
            return
        newest: dict[str, Dialog] = {}
        for name, held in await definitions.in_use(connection):
            version = f"{name}/{held.number}"
            if version not in self._versions and (dialog := _usable(version, held.content)):
                self._versions[version] = dialog
            if held.status is Status.PUBLISHED and version in self._versions:
                newest[name] = self._versions[version]
        self._newest |= newest
        self._changes = changes


def called(dialog: Dialog) -> str:
    """What drafts and cases call it."""
    return f"{dialog.id}/{dialog.version}"


def _usable(version: str, content: str) -> Dialog | None:
    """The definition; None where this program cannot ask by it: an older one beside a newer, while they are changed."""
    try:
        dialog = read(content)
    except Refused:
        dialog = None
    if dialog is None or any(step.kind not in KINDS for step in dialog.steps):
        log.error("definition not usable", extra={"dialog": version})
        return None
    return dialog
