"""What a page is: a template, and the struct with all that it draws, which stands beside the handler that makes it."""

from typing import ClassVar, Protocol

from aiohttp import web
from msgspec import Struct


class Page(Struct, frozen=True, kw_only=True):
    """A page to draw. What every template has beside this: web/templates/README.md."""

    template: ClassVar[str]
    """In `web/templates/`."""

    notice: str = ""
    """What is told once, at the top; empty: nothing."""


class Render(Protocol):
    """What makes a response of a page."""

    def __call__(self, request: web.Request, page: Page, status: int = 200) -> web.Response:
        """The page in the language of whoever asks."""
