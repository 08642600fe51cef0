"""A form as it arrives: what was typed, what was attached, and which command it is for."""

from collections.abc import Mapping

from aiohttp import web
from msgspec import Struct

from handlers.forms.multipart import Arrived, Typed, read_multipart
from handlers.requests import first, typed_in
from handlers.services import SignedIn
from handlers.view.form_specs import FORMS
from inbox.cases.model import CaseId


class Form(Struct, frozen=True):
    """What somebody sent."""

    tag: str
    case: CaseId
    url: str
    """The thread's address."""
    typed: Mapping[str, tuple[str, ...]]
    files: tuple[Arrived, ...]

    @property
    def client_id(self) -> str:
        """The id that makes sending twice harmless."""
        return first(self.typed, "client_id")

    @property
    def attached(self) -> tuple[str, ...]:
        """Ids of the files that go with it and have arrived."""
        return self.typed.get("attached", ())

    @property
    def check(self) -> str:
        """The button that was pressed, if it was not the one that sends."""
        return first(self.typed, "check")


async def form_of(request: web.Request, signed_in: SignedIn | None) -> Form:
    """The form in the request; HTTPNotFound if no form gives such a command. Whether it is our form is not yet asked.

    Of nobody, or without our token, only what was typed is read, as much as any form may hold: to show it again.
    """
    tag = request.match_info["tag"]
    if tag not in FORMS:
        raise web.HTTPNotFound
    typed: Typed
    files: tuple[Arrived, ...]
    if request.content_type == "multipart/form-data":
        typed, files = await read_multipart(request, signed_in)
    else:
        typed, files = await typed_in(request), ()
    url = request.path.rpartition("/")[0]
    return Form(tag=tag, case=request.match_info["case"], url=url, typed=typed, files=files)
