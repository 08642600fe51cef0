"""What is written down about running. Ids and codes only: no names, nothing that people typed, no queries."""

import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal

import msgspec
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web import RequestPayloadError

from handlers.error_middleware import note_client_fault

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that is being answered; empty outside one."""

_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "taskName"}
_CODE = re.compile(r"[\w.:/@{}+,*-]{0,160}")
_HIDDEN = "(not a code)"


def set_up(level: str, style: Literal["json", "text"]) -> None:
    """Send everything to standard error in one style; libraries are heard from `warning` on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if style == "json" else TextLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for ours in ("server", "handlers", "inbox", "dialogs", "clients"):
        logging.getLogger(ours).setLevel(level.upper())
    # Who came and went, and what was refused, is never left out.
    logging.getLogger("security").setLevel(logging.INFO)
    # They speak, as of errors, of what clients send and of clients that go: our own code tells what is a fault of ours.
    for library in ("engineio", "socketio"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    logging.getLogger("aiohttp.server").addFilter(not_by_clients)


def not_by_clients(record: logging.LogRecord) -> bool:
    """Whether a line of the HTTP library is about us, and not about what somebody sent, or that they went away.

    What is theirs is told among what clients do.
    """
    fault = record.exc_info[1] if record.exc_info else None
    if not isinstance(fault, ConnectionError | TimeoutError | HttpProcessingError | RequestPayloadError):
        return True
    note_client_fault("unreadable", kind=type(fault).__name__)
    return False


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        return msgspec.json.encode(facts_of(record)).decode()


class TextLines(logging.Formatter):
    """The same facts, to read while developing."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        facts = facts_of(record)
        at, level, logger, event = (facts.pop(name) for name in ("at", "level", "logger", "event"))
        rest = " ".join(f"{name}={value}" for name, value in facts.items())
        return f"{str(at)[11:23]} {level:<7} {logger}: {event} {rest}".rstrip()


def facts_of(record: logging.LogRecord) -> dict[str, object]:
    """What may be told of a record: the message as it stands in the code, never filled in with values."""
    facts: dict[str, object] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
    }
    if request_id.get():
        facts["request"] = request_id.get()
    facts |= {name: _told(value) for name, value in vars(record).items() if name not in _PLAIN}
    if record.exc_info and record.exc_info[0] is not None:
        # Type and places only: an exception's message can quote what somebody typed.
        facts["exception"] = record.exc_info[0].__name__
        facts["at_lines"] = _places(record.exc_info[2])
    return facts


def _told(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if _CODE.fullmatch(text) else _HIDDEN


def _places(traceback: TracebackType | None) -> list[str]:
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{'/'.join(code.co_filename.split('/')[-2:])}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return places[-12:]
