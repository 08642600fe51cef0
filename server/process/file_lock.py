"""One process per database file: a second writer would have its own idea of what comes next."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.startup_error import StartupError


class AlreadyRunning(StartupError):
    """Another process works with the same database file."""

    def __init__(self, database: Path) -> None:
        super().__init__(f"{database} is in use by another process. Stop it first, or set DATABASE to another file.")


@contextmanager
def alone_with(database: Path) -> Iterator[None]:
    """Hold the database for this process. Raises AlreadyRunning; let go of by the system even after a crash."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_name(database.name + ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning(database) from None
        yield
