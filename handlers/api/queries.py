"""Looking, for programs: a party's feed, and the picker's search."""

from typing import Any

from aiohttp import web

from handlers.fetched import opened_as, refuse_ahead
from handlers.limits import Act
from handlers.realtime.serialize import serialize
from handlers.requests import count, services_of, translate_of, who
from inbox.cases.errors import Malformed, SignInNeeded
from inbox.directory.model import Unit
from inbox.directory.search import search
from inbox.storage.openings import FEED

MOST_UNITS = 20


async def get_feed(request: web.Request) -> web.Response:
    """`?after=n`: the entries after that number of the asker's own party, and the newest number."""
    signed_in = await who(request)
    if signed_in is None:
        raise SignInNeeded
    services, case = services_of(request), request.match_info["case"]
    after, desk_after, what = _number(request, "after"), _number(request, "desk_after"), opened_as(request, FEED)
    page = await services.reading.after(case, signed_in.identity, after, desk_after, what=what)
    refuse_ahead(request)
    translate, names = translate_of(request), services.identities.names()
    return web.json_response(
        {
            "entries": [serialize(case, entry, services.directory, names, translate) for entry in page.entries],
            "head": page.head,
            "notes": [serialize(case, entry, services.directory, names, translate) for entry in page.notes],
            "desk_head": page.desk_head,
        }
    )


async def get_units(request: web.Request) -> web.Response:
    """`?q=…`: units that fit the words, best first, and whether there are more. Open to everybody: no case is in it."""
    services = services_of(request)
    await count(request, Act.SEARCH)
    hits = search(services.index, request.query.get("q", ""), limit=MOST_UNITS + 1, region=services.place.region)
    return web.json_response({"units": [_unit(hit.unit) for hit in hits[:MOST_UNITS]], "more": len(hits) > MOST_UNITS})


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "name": unit.name,
        "town": unit.town,
        "street": unit.street,
        "level": unit.level.value,
        "connection": unit.connection.value,
    }


def _number(request: web.Request, name: str) -> int:
    text = request.query.get(name, "0")
    if not text.isascii() or not text.isdecimal() or len(text) > 12 or int(text) >= 1 << 31:
        raise Malformed(where=name)
    return int(text)
