"""A form as it arrives: what was typed, what was attached, and which command it is for."""

from collections.abc import Mapping

from aiohttp import web
from aiohttp.web_request import FileField
from msgspec import Struct

from handlers.parse import KINDS
from handlers.requests import first, services_of, typed_in
from inbox.files.limits import MEGABYTE
from inbox.model import CaseId

INSIDE = frozenset({"submit_case", "close_thread"})
"""Commands that have no form on a thread."""


class Form(Struct, frozen=True):
    """What somebody sent."""

    tag: str
    case: CaseId
    url: str
    """The thread's address."""
    typed: Mapping[str, tuple[str, ...]]
    files: tuple[FileField, ...]

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


async def form_of(request: web.Request) -> Form:
    """The form in the request; HTTPNotFound if there is no such command. Whether it is our form is not yet asked."""
    tag = request.match_info["tag"]
    if tag not in KINDS or tag in INSIDE:
        raise web.HTTPNotFound
    # A form may carry files; the server's guard has said how large it may be at most.
    most = services_of(request).attaching.allowance.draft.total + MEGABYTE
    whole = request.clone(client_max_size=most) if request.content_type == "multipart/form-data" else request
    typed = await typed_in(whole)
    posted = (await whole.post()).getall("files", ())
    files = tuple(field for field in posted if isinstance(field, FileField) and field.filename)
    url = request.path.rpartition("/")[0]
    return Form(tag=tag, case=request.match_info["case"], url=url, typed=typed, files=files)
