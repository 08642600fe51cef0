"""Sample people to pick among: for trying things out, where no real person's case can be.

Where the service listens tells who reaches it, but for a proxy on the same machine: what comes through one may come
from anywhere, whatever host it says it is for.
"""

from aiohttp import HttpVersion11, web

from handlers.requests import services_of
from inbox.storage import people
from inbox.storage.people import Person

PASSED_ON = ("x-forwarded", "forwarded", "via", "x-real-ip", "x-client-ip", "x-original-", "cf-", "true-client-ip")
"""What the names of headers begin with that proxies write."""
AS_CITIZEN = "privat"
"""Beside the id of somebody who works here: in their own matters."""


def allowed(request: web.Request) -> bool:
    """Whether one may be somebody who is made up."""
    place = services_of(request).place
    return place.sample_sign_in and (place.sample_proxied or not was_passed_on(request))


async def sample_people(request: web.Request) -> list[Person]:
    """Those one may be; nobody where picking is not allowed."""
    services = services_of(request)
    if not allowed(request):
        if services.place.sample_sign_in:
            services.security.refused("sign-in", None, "through_a_proxy")
        return []
    async with services.store.reading() as connection:
        return await people.sample_people(connection)


def was_passed_on(request: web.Request) -> bool:
    """Whether a request came through a proxy: it says so, or speaks as only proxies still do."""
    # No browser has sent HTTP/1.0 for twenty years; nginx does, with no header of its own, unless it is told otherwise.
    if request.version < HttpVersion11:
        return True
    return any(name.casefold().startswith(PASSED_ON) for name in request.headers)
