"""Attachments of cases. Whether somebody may have one is asked anew each time."""

from urllib.parse import quote

from aiohttp import hdrs, web

from handlers.fetched import opened_as, refuse_ahead
from handlers.requests import services_of, somebody
from inbox.cases.errors import NoSuchFile
from inbox.files.kinds import Kind
from inbox.storage.files import StoredFile

POLICY = "default-src 'none'; sandbox"
"""A file is somebody else's: it runs nothing and loads nothing, whatever is in it."""
HARMLESS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


async def get_file(request: web.Request) -> web.StreamResponse:
    """`/arende/<case>/fil/<id>`, and the same for staff: pictures are shown, all else is downloaded."""
    services, identity = services_of(request), await somebody(request)
    case, id = request.match_info["case"], request.match_info["file"]
    file = await services.reading.file(case, identity, id, opened_as(request, "file"))
    refuse_ahead(request)
    content = services.files.read(file.owner, file.digest)
    # Before anything is promised: a file whose bytes are gone is a 404.
    first = await anext(content, b"")
    response = web.StreamResponse(headers=headers_of(file))
    await response.prepare(request)
    if request.method == hdrs.METH_HEAD:
        # What is written here would be read as the next answer on the connection.
        await content.aclose()
        await response.write_eof()
        return response
    await response.write(first)
    async for block in content:
        await response.write(block)
    await response.write_eof()
    return response


async def get_preview(request: web.Request) -> web.Response:
    """`/arende/<case>/fil/<id>/bild`, and the same for staff: the small picture that the thread shows."""
    services, identity = services_of(request), await somebody(request)
    case, id = request.match_info["case"], request.match_info["file"]
    file = await services.reading.preview(case, identity, id, opened_as(request, "file"))
    refuse_ahead(request)
    return await preview_of(request, file)


async def preview_of(request: web.Request, file: StoredFile) -> web.Response:
    """The small picture of a file that somebody may see; NoSuchFile if there is none."""
    if not file.width:
        raise NoSuchFile
    body = await services_of(request).files.preview(file.owner, file.digest)
    return web.Response(body=body, headers={**HARMLESS, "Content-Type": "image/webp", "Content-Disposition": "inline"})


def headers_of(file: StoredFile) -> dict[str, str]:
    """What a browser must know of a file that it should not trust."""
    shown = Kind(file.kind).shown
    return {
        "Content-Type": file.kind,
        "Content-Length": str(file.size),
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(file.name, safe='')}",
        **HARMLESS,
    }
