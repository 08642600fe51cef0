"""The secret that tokens are signed with: given by a setting, or made once and kept where only we can read it."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from server.config import Settings


def secret_of(settings: Settings, new_secret: Callable[[], str]) -> bytes:
    """The secret."""
    if settings.secret:
        return settings.secret.encode()
    return _kept(settings.kept / "secret", new_secret)


def _kept(path: Path, new_secret: Callable[[], str]) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all, and only by the first: processes that start together must sign alike.
        mine = path.with_name(f"secret.{new_secret()}")
        mine.touch(mode=0o600)
        mine.write_text(new_secret() + new_secret(), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(mine)
        mine.unlink()
    return path.read_bytes()
