"""What every service that a test starts finds compiled: templates, half a second's work, and statements."""

import atexit
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from unittest.mock import patch

from sqlalchemy import Delete, Dialect, Insert, Update
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from inbox.storage.batching import atomic
from inbox.storage.engine import engines


class Statements(dict[Any, Any]):
    """Compiled statements of all engines of this process, by the name of their dialect, not by the dialect's object.

    An engine compiles each statement once; but a test has new engines, and gives most statements once or twice.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        """The statement as it was compiled before."""
        dialect, *rest = key
        return super().get((dialect.name, *rest), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        dialect, *rest = key
        super().__setitem__((dialect.name, *rest), compiled)


def share_statements() -> None:
    """From now on, in this process, every engine finds what another has compiled."""
    patch.object(engines, "create_async_engine", _engine).start()
    patch.object(atomic, "_compiled", _batched).start()


_statements = Statements()
_compile, _batches = atomic._compiled.__wrapped__, dict[Any, Any]()


def _engine(url: Any, **options: Any) -> AsyncEngine:
    options["execution_options"] = {**options["execution_options"], "compiled_cache": _statements}
    return create_async_engine(url, **options)


def _batched(statement: Insert | Update | Delete, names: tuple[str, ...], dialect: Dialect) -> Any:
    key = (statement, names, dialect.name)
    if key not in _batches:
        _batches[key] = _compile(statement, names, dialect)
    return _batches[key]


def share_compiled(folder: Path) -> None:
    """A service that keeps its things in this folder finds what others here have compiled, and adds to it."""
    link = folder / "cache"
    if not link.is_symlink():
        # A house that was copied has a folder there already: of the service that made it, with nothing in it.
        rmtree(link, ignore_errors=True)
        link.symlink_to(_compiled(), target_is_directory=True)


@cache
def _compiled() -> Path:
    folder = Path(mkdtemp(prefix="gensvar-compiled-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder
