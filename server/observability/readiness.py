"""How the process is: what it needs, what it misses, and in a sentence what that means for people."""

import contextlib
from collections.abc import Callable
from datetime import timedelta

from handlers.services import Services
from inbox.cases.errors import NotKept
from inbox.execution.reacting import Reacting
from inbox.files.errors import NoRoom
from inbox.outbox.delivering import Delivering
from inbox.storage.leases import take_lease
from server.jobs.runner import Job

NEEDED = {
    "database": "The database does not answer: nobody can read or write here.",
    "writer": "The writer has ended: nothing can be kept here. Restart this process.",
}
"""Without these nobody is served."""
MISSED = {
    "keeps": "Nothing could be kept lately (a full disk, or a database that may only be read): people read, "
    "what they send is refused in plain words and stays with them.",
    "neighbours": "Redis is away: what others write comes up to two seconds later, and people at other processes are "
    "not told who is here or types.",
    "space": "The disk is nearly full (less is free than FREE_MB says): files are refused, everything else works.",
    "reactions": "Something that follows from what was done has not happened, or not for a minute: people are served. "
    "`python -m server reactions` says what.",
    "files": "The place of attachments does not answer: files can be neither sent nor opened; everything else works.",
}
"""Without these people are served, in the way that is said."""


class Condition:
    """Looked at by machines; what takes its time is looked for now and then."""

    def __init__(
        self, services: Services, peers: Callable[[], bool], reacting: Reacting, delivering: Delivering
    ) -> None:
        self._services = services
        self._peers = peers
        self._reacting = reacting
        self._delivering = delivering
        self._behind: dict[str, int] = {}
        self._follows = True
        self._files = True
        self._space = True

    async def checks(self) -> dict[str, bool]:
        """Each thing by its name, and whether it is as it should be."""
        writer = self._services.store.writer
        return {
            "database": await self._database_answers(),
            "writer": writer.alive,
            "keeps": not writer.failing,
            "neighbours": self._peers(),
            "space": self._space,
            "files": self._files,
            "reactions": self._follows,
        }

    def chores(self) -> tuple[Job, ...]:
        """What is looked for now and then."""
        return (
            Job("looks_at_files", timedelta(minutes=1), self.look_at_files),
            Job("looks_at_reactions", timedelta(minutes=1), self.look_at_reactions),
            Job("tries_to_keep", timedelta(seconds=5), self.try_to_keep),
        )

    async def look_at_files(self) -> None:
        """Whether there is room; and put something there, and take it away."""
        files, id = self._services.files, self._services.new_id()
        self._space = await self._has_room()
        try:
            await files.put_part(id, id, b"?")
            await files.drop_parts(id, [id])
        except (NotKept, OSError):
            self._files = False
        else:
            self._files = True

    async def look_at_reactions(self) -> None:
        """Whether something was put aside or given up, or a reaction that was behind stands where it stood before."""
        state, (_, dead) = await self._reacting.state(), await self._delivering.state()
        behind = {name: position.row for name, position in state.at.items() if position.row < state.last}
        stands = behind.items() & self._behind.items()
        self._behind, self._follows = behind, not state.parked and not dead and not stands

    async def try_to_keep(self) -> None:
        """After a failure: whether it is over. Nobody has to lose a message to find out."""
        if self._services.store.writer.failing:
            now = self._services.now()
            with contextlib.suppress(NotKept):
                await self._services.store.writer.do(lambda connection: take_lease(connection, "tries", now, now))

    async def _has_room(self) -> bool:
        try:
            await self._services.files.check_space()
        except NoRoom:
            return False
        except OSError:
            # The place itself does not answer: that is said by its own name.
            return True
        return True

    async def _database_answers(self) -> bool:
        try:
            await self._services.store.ping()
        except Exception:  # noqa: BLE001 - whatever it is, the database does not answer
            return False
        return True


def sentences(checks: dict[str, bool]) -> list[str]:
    """What is wrong, for those who run the service."""
    return [text for name, text in (NEEDED | MISSED).items() if not checks[name]]
