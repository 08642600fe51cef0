"""`/filer`: tus 1.0 with creation, checksum, expiration and termination. Who may attach is asked at every request.

What it is for stands in the metadata: `case` and `client_id` (the message), or `draft`; and `filename`.
The token of the forms comes in `X-CSRF-Token`. When all has come, `Gensvar-File` is the id of the file,
and `Gensvar-File-Locked` says that it opens with a password or a certificate only.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from typing import ClassVar

from aiohttp import web

from dialogs.errors import Refused
from handlers.errors import reply_of, status_of
from handlers.intake.draft_cookie import holder_of
from handlers.limits import Act
from handlers.page import Page
from handlers.requests import (
    UNREADABLE,
    check_csrf,
    count,
    count_bytes,
    language_of,
    note_refusal,
    services_of,
    translate_of,
    who,
)
from handlers.uploads import headers as h
from inbox.attachments.attaching import Goal, ToCase, ToDraft
from inbox.attachments.uploads import Claim, WrongChecksum
from inbox.cases.errors import Malformed, SignInNeeded
from inbox.storage.uploads import Upload

PATH = "/filer"
SILENCE = 30
"""Seconds without a byte after which a part is taken for cut off."""
LONGEST_NAME = 1000
CHECKSUM_MISMATCH = 460
"""The protocol's own status."""

Handler = Callable[[web.Request], Awaitable[web.Response]]


class UploadingPage(Page, frozen=True, kw_only=True):
    """Words and a row for files on their way."""

    template: ClassVar[str] = "uploading.html"


def routes() -> list[web.RouteDef]:
    """One address for uploads, and one for each of them."""
    return [
        web.get(PATH, words),
        web.options(PATH, _tus(options)),
        web.post(PATH, _tus(begin)),
        web.options(PATH + "/{upload}", _tus(options)),
        web.head(PATH + "/{upload}", _tus(where)),
        web.patch(PATH + "/{upload}", _tus(go_on)),
        web.delete(PATH + "/{upload}", _tus(end)),
    ]


async def words(request: web.Request) -> web.Response:
    """What the page's script says of files on their way: asked for when somebody first chooses one."""
    return services_of(request).render(request, UploadingPage())


async def options(request: web.Request) -> web.Response:
    """What is spoken here, and how large a file may be."""
    limits = services_of(request).attaching.allowance.draft
    told = {
        "Tus-Version": h.VERSION,
        "Tus-Extension": h.EXTENSIONS,
        "Tus-Checksum-Algorithm": ",".join(h.ALGORITHMS),
        "Tus-Max-Size": str(limits.file),
    }
    return web.Response(status=HTTPStatus.NO_CONTENT, headers=told)


async def begin(request: web.Request) -> web.Response:
    """A new upload. Refused before a byte is sent where it does not fit, or may not be there."""
    check_csrf(request, request.headers.get("X-CSRF-Token", ""))
    wish = h.metadata(request)
    name = wish.get("filename", "")[:LONGEST_NAME]
    await count(request, Act.UPLOAD)
    goal, size = await _goal(request, wish), h.number(request, "Upload-Length")
    services = services_of(request)
    if size <= services.attaching.allowance.draft.file:
        # A larger one is refused in a moment, and takes nothing from those who share the address.
        await count_bytes(request, size)
    upload = await services.uploads.begin(goal, name, size)
    told = {"Location": f"{PATH}/{upload.id}", "Upload-Expires": h.day(upload.expires_at)}
    return web.Response(status=HTTPStatus.CREATED, headers=told)


async def where(request: web.Request) -> web.Response:
    """How much has come."""
    upload, _ = await _found(request)
    return web.Response(headers={**await _state(request, upload), "Upload-Length": str(upload.size)})


async def go_on(request: web.Request) -> web.Response:
    """The next part. Cut off, it counts as far as it came."""
    check_csrf(request, request.headers.get("X-CSRF-Token", ""))
    if request.content_type != "application/offset+octet-stream":
        raise web.HTTPUnsupportedMediaType
    upload, goal = await _found(request)
    offset, checksum = h.number(request, "Upload-Offset"), h.checksum(request)
    try:
        upload = await services_of(request).uploads.take(upload, goal, offset, _blocks(request), checksum)
    except Refused:
        # Read past what is still coming, so that the browser hears the answer.
        async for _ in _blocks(request):
            continue
        raise
    return web.Response(status=HTTPStatus.NO_CONTENT, headers=await _state(request, upload))


async def end(request: web.Request) -> web.Response:
    """Somebody has changed their mind: nothing of it stays, unless it is sent already."""
    check_csrf(request, request.headers.get("X-CSRF-Token", ""))
    upload, _ = await _found(request)
    await services_of(request).uploads.end(upload)
    return web.Response(status=HTTPStatus.NO_CONTENT)


def _tus(handler: Handler) -> Handler:
    """Around each of them: the version, and refusals as a machine hears them."""

    async def handle(request: web.Request) -> web.Response:
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != h.VERSION:
            return web.Response(status=HTTPStatus.PRECONDITION_FAILED, headers={"Tus-Version": h.VERSION})
        try:
            response = await handler(request)
        except Refused as refusal:
            note_refusal(request, refusal)
            status = CHECKSUM_MISMATCH if isinstance(refusal, WrongChecksum) else status_of(refusal)
            response = web.json_response(reply_of(refusal, translate_of(request), language_of(request)), status=status)
        response.headers["Tus-Resumable"] = h.VERSION
        response.headers["Cache-Control"] = "no-store"
        return response

    return handle


async def _goal(request: web.Request, wish: dict[str, str]) -> Goal:
    claim = await _claim(request)
    if wish.get("draft"):
        return ToDraft(wish["draft"], claim.holder, claim.address)
    if not wish.get("case") or not 8 <= len(wish.get("client_id", "")) <= 64:
        raise Malformed(where="Upload-Metadata")
    if claim.identity is None:
        raise SignInNeeded
    return ToCase(wish["case"], claim.identity, wish["client_id"])


async def _found(request: web.Request) -> tuple[Upload, Goal]:
    return await services_of(request).uploads.find(request.match_info["upload"], await _claim(request))


async def _claim(request: web.Request) -> Claim:
    holder, signed_in = await holder_of(request), await who(request)
    identity = signed_in.identity if signed_in else None
    return Claim(holder.owner, identity, services_of(request).address(request))


async def _state(request: web.Request, upload: Upload) -> dict[str, str]:
    state = {"Upload-Offset": str(upload.offset), "Upload-Expires": h.day(upload.expires_at)}
    if upload.file_id:
        state["Gensvar-File"] = upload.file_id
    if await services_of(request).uploads.is_locked(upload):
        state["Gensvar-File-Locked"] = "1"
    return state


async def _blocks(request: web.Request) -> AsyncIterator[bytes]:
    """What comes, until it is cut off or falls silent."""
    while True:
        try:
            async with asyncio.timeout(SILENCE):
                block = await request.content.readany()
        except (*UNREADABLE, OSError, TimeoutError):
            return
        if not block:
            return
        yield block
