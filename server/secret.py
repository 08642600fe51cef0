"""The secret that tokens are signed with: given by a setting, or made once and kept where only we can read it."""

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
        path.touch(mode=0o600)
        path.write_text(new_secret() + new_secret(), encoding="ascii")
    return path.read_bytes()
