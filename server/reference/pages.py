"""Reference pages that are written by the program, so that they cannot go stale: a test compares each with its file."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from dialogs import diagram
from inbox.reference import lifecycle_page
from server.config import described
from server.reference import audiences, limits, page_contexts, protocol
from server.web import openapi

ROOT = Path(__file__).parents[2]


def pages() -> dict[str, Callable[[], str]]:
    """Every generated file by its path from the root, with what writes its text."""
    own: dict[str, Callable[[], str]] = {
        "server/CONFIG.md": settings_page,
        ".env.example": settings_example,
        "handlers/PROTOCOL.md": protocol.page,
        "handlers/AUDIENCES.md": audiences.page,
        "handlers/api/openapi.json": openapi.page,
        "inbox/LIFECYCLE.md": lifecycle_page.render,
        "web/templates/README.md": page_contexts.readme,
    }
    return own | {path.relative_to(ROOT).as_posix(): partial(str, text) for path, text in diagram.pages().items()}


def write() -> Iterator[str]:
    """Write each; tells the paths of those that changed."""
    for name, text_of in pages().items():
        path, text = ROOT / name, text_of()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            yield name


def settings_page() -> str:
    """The settings as a page."""
    rows = [f"| `{name}` | {text} | {_code(default)} | `{example}` |" for name, text, default, example in described()]
    return "\n".join(
        [
            "# Settings",
            "",
            "Environment variables, else lines of the file `.env`, read once at the start by `server/config.py`.",
            "A wrong one stops the start with a line that names it. This page is written by `make docs`.",
            "",
            "| variable | what it is | default | example |",
            "|---|---|---|---|",
            *rows,
            "",
            *limits.table(),
            "",
        ]
    )


def settings_example() -> str:
    """The settings as a file to copy to `.env`, which the start reads."""
    lines = ["# Copy to .env and take away the # before what you want to change. Written by `make docs`."]
    for name, text, _, example in described():
        lines += ["", f"# {text.replace('`', '')}", f"# {name}={example}"]
    return "\n".join([*lines, ""])


def _code(default: object) -> str:
    return f"`{default}`" if str(default) else "empty"
