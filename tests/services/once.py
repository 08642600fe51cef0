"""What every worker of a run needs and one of them makes, the first that comes to it."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder of the run's own, with what was made in it. Not to be changed: others copy it too."""
    # A worker's folder lies in that of the run.
    folder = factory.getbasetemp()
    shared = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / name
    with shared.with_name(f"{name}.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        if not shared.exists():
            making = shared.with_name(f"{name}.making")
            making.mkdir()
            make(making)
            making.rename(shared)
    return shared
