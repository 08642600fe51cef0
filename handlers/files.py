"""Attachments of cases. Whether somebody may have one is asked anew each time."""

from urllib.parse import quote

from aiohttp import web

from handlers.requests import services_of, somebody
from inbox.files import store
from inbox.files.kinds import Kind
from inbox.storage.files import StoredFile

POLICY = "default-src 'none'; sandbox"
"""A file is somebody else's: it runs nothing and loads nothing, whatever is in it."""


async def get_file(request: web.Request) -> web.StreamResponse:
    """`/arende/<case>/fil/<id>`, and the same for staff: pictures are shown, all else is downloaded."""
    services, identity = services_of(request), await somebody(request)
    file = await services.reading.file(request.match_info["case"], identity, request.match_info["file"])
    content = store.read(services.files, file.owner, file.digest)
    # Before anything is promised: a file whose bytes are gone is a 404.
    first = await anext(content, b"")
    response = web.StreamResponse(headers=headers_of(file))
    await response.prepare(request)
    await response.write(first)
    async for block in content:
        await response.write(block)
    await response.write_eof()
    return response


def headers_of(file: StoredFile) -> dict[str, str]:
    """What a browser must know of a file that it should not trust."""
    shown = Kind(file.kind).shown
    return {
        "Content-Type": file.kind,
        "Content-Length": str(file.size),
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
