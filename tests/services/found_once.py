"""What is the same for every service of a process, found out once: that is four fifths of what it takes to make one.

Catalogues, whether the delivered dialogs are sound, files without their comments and as they are sent, the newest
migration, the API.
"""

from functools import cache
from pathlib import Path
from unittest.mock import patch

from msgspec.json import decode, encode

from dialogs.checks.problems import Problem, problems
from dialogs.schema.model import Dialog
from inbox.administration.definitions import decide
from inbox.storage.engine import migrate
from server import app
from server.web import assets, languages, openapi

WEB = Path(__file__).parents[2] / "web"


def find_out_once() -> None:
    """From now on each is remembered."""
    patch.object(languages, "load", cache(languages.load)).start()
    patch.object(decide, "problems", _problems).start()
    patch.object(assets, "_lean", cache(assets._lean)).start()
    patch.dict(assets._PACKERS, {name: cache(pack) for name, pack in assets._PACKERS.items()}).start()
    patch.object(migrate, "newest", cache(migrate.newest)).start()
    patch.object(openapi, "document", cache(openapi.document)).start()


def find_out() -> None:
    """All that takes long, for the processes that will be copies of this one."""
    languages.load(WEB / "locales")
    for name, body in assets.Assets(WEB / "assets")._files.items():
        if name.endswith((".js", ".css")):
            assets._PACKERS["gzip"](body)
    for dialog in app.delivered_dialogs():
        _problems(dialog)
    migrate.newest()
    openapi.document()


def _problems(dialog: Dialog) -> tuple[Problem, ...]:
    return _problems_of(encode(dialog))


@cache
def _problems_of(dialog: bytes) -> tuple[Problem, ...]:
    return problems(decode(dialog, type=Dialog))
