"""Where a story is told: which browser people have, and which database the server has."""

from typing import Literal

from msgspec import Struct

BrowserKind = Literal["chromium", "firefox"]
Engine = Literal["sqlite", "postgres"]


class Stage(Struct, frozen=True):
    """One browser before one kind of database."""

    browser: BrowserKind
    engine: Engine

    def __str__(self) -> str:
        return f"{self.browser}-{self.engine}"


USUAL = Stage("chromium", "sqlite")
MARKED = {"everywhere": Stage("firefox", "sqlite"), "on_both_engines": Stage("chromium", "postgres")}
"""Where stories with these marks are told besides."""
