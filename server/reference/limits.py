"""Every limit that somebody may meet, as a table of the page of settings: from the settings and the code themselves.

Nothing here is a figure. A limit that is no setting is named by its file and its name there, and read from it, so that
the table says what is so; `tests/test_structure.py` finds the ones that are missing.
"""

import ast
from collections.abc import Iterator
from functools import cache
from operator import add, floordiv, lshift, mul, sub
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from inbox.cases import commands as c
from server.config import LIMITS, described

ROOT = Path(__file__).parents[2]
_DONE = {ast.Add: add, ast.Sub: sub, ast.Mult: mul, ast.FloorDiv: floordiv, ast.LShift: lshift}


class Constant(NamedTuple):
    """A limit that stands in the code."""

    who: str
    what: str
    file: str
    name: str
    unit: str = ""


CONSTANTS = (
    Constant("a request", "Fields and files in a form of a case.", "handlers/forms/multipart.py", "MOST_PARTS"),
    Constant(
        "a request", "Fields and files in a form of the guided chat.", "handlers/intake/multipart.py", "MOST_PARTS"
    ),
    Constant("a request", "A field beside files there.", "handlers/intake/multipart.py", "LONGEST_FIELD", "bytes"),
    Constant("a request", "Silence within a part of a file.", "handlers/uploads/tus.py", "SILENCE", "seconds"),
    Constant("a request", "An address carried along in another.", "handlers/requests.py", "LONGEST_ADDRESS", "letters"),
    Constant("a request", "Where one is in a list.", "handlers/view/list_query.py", "LONGEST", "letters"),
    Constant("a provider", "What it answers.", "server/auth/oidc/asking.py", "LARGEST", "bytes"),
    Constant("a provider", "Time to answer.", "server/auth/oidc/asking.py", "PATIENCE", "seconds"),
    Constant("a provider", "Questions to it at a time.", "server/auth/oidc/asking.py", "AT_ONCE"),
    Constant("a provider", "A token.", "server/auth/oidc/tokens.py", "LONGEST", "letters"),
    Constant("a provider", "What comes back in an address.", "server/auth/oidc/sign_in.py", "LONGEST", "letters"),
    Constant("a provider", "A name.", "server/auth/oidc/claims.py", "LONGEST_NAME", "letters"),
    Constant("a provider", "An id at work.", "server/auth/oidc/claims.py", "LONGEST_ID", "letters"),
    Constant("a provider", "Ids at work of one person.", "server/auth/oidc/claims.py", "MOST_IDS"),
    Constant("a connection", "Rest between two requests.", "server/serve.py", "IDLE", "seconds"),
    Constant("a process", "Open files and connections.", "server/process/file_handles.py", "MOST"),
    Constant("a process", "Connections that wait to be accepted.", "server/process/file_handles.py", "QUEUE"),
    Constant("a file", "Its name, as it is sent.", "handlers/uploads/tus.py", "LONGEST_NAME", "letters"),
    Constant("a file", "Its name, as it is kept.", "inbox/files/names.py", "LONGEST", "letters"),
    Constant("a file", "What is put down at a time while it comes.", "inbox/attachments/uploads.py", "PART", "bytes"),
    Constant("a file", "Time that a scanner may take.", "inbox/files/scan.py", "PATIENCE", "seconds"),
    Constant("a picture", "Points.", "inbox/files/pictures/cost.py", "MOST_POINTS"),
    Constant("a picture", "Scans of a JPEG.", "inbox/files/pictures/cost.py", "MOST_SCANS"),
    Constant("a picture", "Memory to unpack it.", "inbox/files/pictures/sandbox_worker.py", "MEMORY", "bytes"),
    Constant(
        "a picture",
        "Time of the processor to unpack it.",
        "inbox/files/pictures/sandbox_worker.py",
        "SECONDS",
        "seconds",
    ),
    Constant("a picture", "What is made of it.", "inbox/files/pictures/sandbox_worker.py", "LARGEST", "bytes"),
    Constant("a picture", "Time to unpack it.", "inbox/files/pictures/sandbox.py", "PATIENCE_FOR_PICTURES", "seconds"),
    Constant("everybody", "Large pictures unpacked at once.", "inbox/files/pictures/sandbox.py", "AT_ONCE"),
    Constant("a reader", "Entries in an answer.", "inbox/queries/reading.py", "PAGE"),
    Constant("a reader", "Bytes after which an answer ends.", "inbox/queries/reading.py", "PAGE_SIZE", "bytes"),
    Constant("a reader", "Rows of a thread on a page.", "inbox/cases/thread_window.py", "MOST"),
    Constant("a reader", "Rows of a list on a page, if more are asked for.", "handlers/view/list_query.py", "MOST"),
    Constant("a reader", "Rows of a queue on a page.", "inbox/storage/lists/queues.py", "USUAL"),
    Constant("a reader", "Cases on a page of the home.", "inbox/storage/lists/home.py", "USUAL"),
    Constant("a reader", "Openings of a case that its reporter is told of.", "inbox/storage/openings.py", "MOST"),
    Constant("a reader", "Drafts that are listed.", "inbox/intake/drafts.py", "LISTED"),
    Constant(
        "a request", "Pace at which files come at least, in a second.", "server/web/body_limits.py", "SLOWEST", "bytes"
    ),
    Constant("a search", "Letters that are looked at.", "inbox/directory/search.py", "LONGEST", "letters"),
    Constant("a search", "Words that are looked at.", "inbox/directory/search.py", "MOST_WORDS"),
    Constant("a search", "Units in an answer of the API.", "handlers/api/queries.py", "MOST_UNITS"),
    Constant("a search", "Units on a page of the guided chat.", "handlers/units/picker.py", "MOST"),
    Constant("a search", "Units on a page of staff.", "handlers/units/choices.py", "MOST"),
    Constant("an answer", "A field beside its text.", "dialogs/schema/kind.py", "LONGEST_FIELD", "letters"),
    Constant("an answer", "A telephone number.", "dialogs/kinds/phone.py", "LONGEST_PHONE", "letters"),
    Constant("an answer", "A title that is suggested.", "dialogs/titles.py", "LONGEST", "letters"),
    Constant(
        "an answer",
        "Choices in a browser's cookie that wait for their question.",
        "handlers/intake/set_aside.py",
        "MOST",
        "letters",
    ),
    Constant("a final answer", "A measure.", "handlers/staff/close_form.py", "LONGEST_MEASURE", "letters"),
    Constant("a final answer", "Who is responsible for it.", "handlers/staff/close_form.py", "LONGEST_LINE", "letters"),
    Constant(
        "a code",
        "Letters of what is typed that are looked at.",
        "inbox/principals/receipt_code.py",
        "MOST_TYPED",
        "letters",
    ),
    Constant("a code", "Hashes that are made at a time, by a process.", "inbox/people/receipt_codes.py", "AT_ONCE"),
    Constant("a sender", "Senders that are remembered, of a kind.", "handlers/limits.py", "MOST_SENDERS"),
    Constant("the log", "The same refusal is told once in.", "handlers/security_log.py", "SAME", "seconds"),
    Constant("the log", "Refusals that are remembered as told.", "handlers/security_log.py", "MOST"),
)
OF_NOBODY = frozenset(
    {
        ("handlers/statistics/asked.py", "LONGEST"),
        ("handlers/thread/mark_read.py", "MOST"),
        ("inbox/statistics/counting.py", "LONGEST"),
        ("inbox/storage/cases.py", "MOST_EVENTS"),
        ("inbox/storage/engine/writer.py", "MOST"),
        ("inbox/files/pictures/reencode.py", "LONGEST_SIDE"),
        ("server/cluster/redis_peers.py", "LONGEST_PAUSE"),
        ("server/cluster/redis_peers.py", "MOST"),
        ("server/serve.py", "LONGEST"),
    }
)
"""Figures with such names that nobody meets: what a number may be at most, and how processes talk and end."""


def table() -> list[str]:
    """The lines of the table."""
    return [
        "## Limits",
        "",
        "Every limit that somebody may meet, with what it is unless set otherwise. What is refused has a name (a code)",
        "and a sentence, and nothing that was typed is lost (`handlers/PROTOCOL.md`). How long the texts of a command",
        "may be stands with it there; those of the guided chat stand with each question in `dialogs/definitions/`.",
        "",
        "| who or what | what | how many | where |",
        "|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in (*_of_settings(), *_of_texts(), *_of_constants())),
    ]


@cache
def constants_in(file: str) -> dict[str, int | float]:
    """The figures that stand at the left edge of a file of code, read and not run."""
    found: dict[str, int | float] = {}
    for line in ast.parse((ROOT / file).read_text(encoding="utf-8")).body:
        if isinstance(line, ast.Assign):
            for name, value in _assigned(line):
                if (number := _number(value, found)) is not None:
                    found[name] = number
    return found


def _of_settings() -> Iterator[tuple[str, ...]]:
    known = {name: (text, default) for name, text, default, _ in described()}
    for who, names in LIMITS.items():
        for name in names:
            text, default = known[name]
            yield who, text, f"{default:,}" if isinstance(default, int) else str(default), f"`{name}`"


def _of_texts() -> Iterator[tuple[str, ...]]:
    texts = (("A message, a note, a question.", c.Text), ("A reason.", c.Reason), ("A line.", c.Line))
    for what, kind in texts:
        yield (
            "a text",
            what,
            f"{msgspec.json.schema(kind)['maxLength']:,} letters",
            "constant in `inbox/cases/commands.py`",
        )
    files = next(field for field in msgspec.structs.fields(c.PostMessage) if field.name == "files")
    most = msgspec.json.schema(files.type)["maxItems"]
    yield "a message", "Files.", str(most), "constant in `inbox/cases/commands.py`"


def _of_constants() -> Iterator[tuple[str, ...]]:
    for who, what, file, name, unit in CONSTANTS:
        number = constants_in(file)[name]
        yield who, what, f"{number:,} {unit}".strip(), f"constant `{name}` in `{file}`"


def _assigned(line: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """Each name with what is given to it; several at once, as in `A, B = 1, 2`, each with its own."""
    target, value = line.targets[0], line.value
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for name, one in zip(target.elts, value.elts, strict=False):
            if isinstance(name, ast.Name):
                yield name.id, one


def _number(value: ast.expr, known: dict[str, int | float]) -> Any:
    """The number that a constant, a name or a sum of these is; None for everything else."""
    match value:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return number
        case ast.Name(id=name):
            return known.get(name)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _DONE:
            one, other = _number(left, known), _number(right, known)
            return None if one is None or other is None else _DONE[type(op)](one, other)
        case _:
            return None
