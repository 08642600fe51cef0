"""Compiled templates, which every service that a test starts finds ready: to make them takes it half a second."""

import atexit
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp


def share_compiled(folder: Path) -> None:
    """A service that keeps its things in this folder finds what others here have compiled, and adds to it."""
    link = folder / "cache"
    if not link.exists():
        link.symlink_to(_compiled(), target_is_directory=True)


@cache
def _compiled() -> Path:
    folder = Path(mkdtemp(prefix="gensvar-compiled-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder
