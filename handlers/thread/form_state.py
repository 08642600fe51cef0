"""A form that comes back: what was typed in it, and why it was not taken."""

from collections.abc import Mapping

from aiohttp import web
from msgspec import Struct

from handlers.view.form_specs import FORMS
from handlers.view.models import FileView, Problem
from inbox.cases.errors import NotNow


class FormState(Struct, frozen=True, kw_only=True):
    """What a page needs when its form is shown again. Without arguments: a page shown for the first time."""

    tag: str = ""
    """The command whose form it was."""
    typed: Mapping[str, tuple[str, ...]] = {}
    errors: tuple[Problem, ...] = ()
    notice: str = ""
    status: int = 200
    asked: str = ""
    """The command of which it is asked whether everyone may read it."""
    attached: tuple[FileView, ...] = ()
    """Files that have arrived but were not sent with anything yet."""

    def text(self, field: str, *tags: str) -> str:
        """What was typed in a field of one of these commands' forms."""
        return next(iter(self.typed.get(field, ())), "") if self.tag in tags else ""

    def client_id(self, fresh: str) -> str:
        """The page's id, so that sending its form once more does it once; a fresh one for a fresh page."""
        sent = next(iter(self.typed.get("client_id", ())), "")
        return sent.removesuffix(FORMS[self.tag].suffix if self.tag else "") or fresh


FIRST = FormState()


def off_to(url: str, again: FormState) -> Exception:
    """What to raise where a page's form makes no sense now: off to the case, or NotNow so that no word is lost."""
    return NotNow() if again.typed else web.HTTPSeeOther(url)
