"""Somebody says that they have read: by a button, where no script sees what is in sight."""

from urllib.parse import quote

from aiohttp import web

from handlers.requests import check_csrf, csrf_holds, first, see_other, services_of, typed_in, who
from handlers.services import Services
from handlers.thread.open_case import url_of
from inbox.cases.errors import Malformed
from inbox.cases.model import CaseId, Identity
from inbox.queries.reading import Marked

MOST = 1 << 31


async def post_read(request: web.Request) -> web.Response:
    """`<case>/sett`: the thread up to the number that its page showed."""
    identity, case, n = await _told(request)
    services = services_of(request)
    await tell_read(services, await services.reading.mark_read(case, identity, n))
    return see_other(url_of(case, identity))


async def post_answer_read(request: web.Request) -> web.Response:
    """`<case>/svar/sett`: the final answer with that number."""
    identity, case, n = await _told(request)
    services = services_of(request)
    await tell_read(services, await services.reading.mark_answer_read(case, identity, n))
    return see_other(f"{url_of(case, identity)}/svar?fran={n}")


async def tell_read(services: Services, marked: Marked | None) -> None:
    """The others hear of it, if it is news to them."""
    if marked is not None:
        case, seats, actor, marks = marked
        await services.publisher.tell_read(case, seats, actor, marks, services.now().isoformat())


async def _told(request: web.Request) -> tuple[Identity, CaseId, int]:
    fields, signed_in = await typed_in(request), await who(request)
    if signed_in is None:
        # Nothing is done: looked at so that the guard knows that it was not forgotten.
        csrf_holds(request, first(fields, "csrf"))
        raise web.HTTPSeeOther("/logga-in?next=" + quote(request.path.rpartition("/")[0]))
    check_csrf(request, first(fields, "csrf"))
    text = first(fields, "n")
    if not text.isascii() or not text.isdecimal() or len(text) > 10 or int(text) >= MOST:
        raise Malformed(where="n")
    return signed_in.identity, request.match_info["case"], int(text)
