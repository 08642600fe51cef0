"""What every page and form needs of a request: who asks, what was typed, and whether the form is ours."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from dialogs.errors import Category, Refused
from handlers.limits import Act, TooOften
from handlers.services import Services, SignedIn
from inbox.cases.errors import Malformed
from inbox.cases.model import Identity

SERVICES: web.AppKey[Services] = web.AppKey("services", Services)
REQUEST_ID = web.RequestKey("request_id", str)
"""What the log calls the request: told on the page of an error, so that it can be found."""
REFUSAL = web.RequestKey("refusal", str)
"""The code of what was refused: told to those who watch over the service."""
RETRY_AFTER = web.RequestKey("retry_after", int)
"""Seconds after which what was refused is taken again: told in a header of the answer."""
FRAGMENT = "text/vnd.gensvar.fragment+html"
"""Asked for by the page scripts: only the part of a page that changes, drawn from the same template."""
LONGEST_ADDRESS = 1000
"""Characters of an address that is carried along in another."""
UNREADABLE = (ValueError, LookupError, RuntimeError, HttpProcessingError, web.RequestPayloadError)
"""What the library raises where a body is cut off, or not in the shape or the letters that it says it is."""
_SIGNED_IN: web.RequestKey[SignedIn | None] = web.RequestKey("signed_in")


class BodyTooSlow(TimeoutError):
    """What is sent does not come: nothing for a while, or for very long altogether."""


class BadCsrf(Refused):
    """The form does not carry this browser's token."""

    code = "bad_csrf"
    category = Category.FORBIDDEN


def services_of(request: web.Request) -> Services:
    """The parts that handlers work with."""
    return request.app[SERVICES]


async def who(request: web.Request) -> SignedIn | None:
    """Who is signed in, if anybody; looked up once per request."""
    if _SIGNED_IN not in request:
        request[_SIGNED_IN] = await services_of(request).signed_in(request)
    return request[_SIGNED_IN]


async def count(request: web.Request, act: Act) -> None:
    """Count one act of whoever asks. Raises TooOften."""
    await who(request)
    count_known(request, act)


def count_known(request: web.Request, act: Act) -> None:
    """Count one act of whoever asks, where that has been looked up. Raises TooOften."""
    services, signed_in = services_of(request), request.get(_SIGNED_IN)
    services.limits.check(act, signed_in.identity.key if signed_in else None, services.address(request))


async def count_bytes(request: web.Request, size: int) -> None:
    """Count bytes of a file that whoever asks sends. Raises SignInToAttach."""
    signed_in = await who(request)
    services = services_of(request)
    services.limits.check_bytes(signed_in.identity.key if signed_in else None, services.address(request), size)


def note_refusal(request: web.Request, refusal: Refused) -> None:
    """Remember why the request is refused; for the answer also when to try again."""
    request[REFUSAL] = refusal.code
    if isinstance(refusal, TooOften):
        request[RETRY_AFTER] = refusal.seconds


async def somebody(request: web.Request) -> Identity:
    """Who is signed in; otherwise off to the sign-in page, and back here afterwards."""
    signed_in = await who(request)
    if signed_in is None:
        raise web.HTTPSeeOther(sign_in_first(request))
    return signed_in.identity


def sign_in_first(request: web.Request) -> str:
    """The sign-in page, which leads back to what was asked for. What an address has after `#` browsers bring along."""
    whole = request.path_qs
    return "/logga-in?next=" + quote(whole if len(whole) <= LONGEST_ADDRESS else request.path)


async def staff(request: web.Request) -> Identity:
    """A member of staff; others are sent to their own home page."""
    identity = await somebody(request)
    if not identity.staff:
        raise web.HTTPSeeOther("/hem")
    return identity


async def citizen(request: web.Request) -> Identity:
    """A citizen; staff are sent to their queue."""
    identity = await somebody(request)
    if identity.staff:
        raise web.HTTPSeeOther("/personal")
    return identity


async def read_form(request: web.Request) -> Mapping[str, tuple[str, ...]]:
    """The fields of a form, each with all its values; BadCsrf if it is not our form. Files are left out."""
    fields = await typed_in(request)
    check_csrf(request, first(fields, "csrf"))
    return fields


async def typed_in(request: web.Request) -> Mapping[str, tuple[str, ...]]:
    """The same unchecked: only for showing people again what they typed, never for doing it."""
    with readable():
        posted = await request.post()
    fields: dict[str, tuple[str, ...]] = {}
    for name in posted:
        fields[name] = tuple(value for value in posted.getall(name) if isinstance(value, str))
    return {name: tuple(plain(value) for value in values) for name, values in fields.items()}


@contextmanager
def readable() -> Iterator[None]:
    """Around the reading of what somebody sends: if it cannot be read it is Malformed, and no fault of ours."""
    try:
        yield
    except web.HTTPException:
        raise
    except UNREADABLE:
        raise Malformed(where="$") from None


def plain(value: str) -> str:
    """A text field as it was typed."""
    # Browsers send line ends as CR LF; people count them as one. Nobody types a null, and no database takes it.
    return value.replace("\r\n", "\n").replace("\0", "")


def csrf_holds(request: web.Request, token: str) -> bool:
    """Whether the token is this browser's."""
    return services_of(request).csrf_holds(request, token)


def check_csrf(request: web.Request, token: str) -> None:
    """Return if the token is this browser's; BadCsrf otherwise."""
    if not csrf_holds(request, token):
        raise BadCsrf


def first(fields: Mapping[str, tuple[str, ...]], name: str, otherwise: str = "") -> str:
    """The first value of a field."""
    return next(iter(fields.get(name, ())), otherwise)


def wants_fragment(request: web.Request) -> bool:
    """Whether only the part that changes is asked for. A redirect is followed with the same headers."""
    return request.headers.get("X-Requested-With") == "fragment" or FRAGMENT in request.headers.get("Accept", "")


def see_other(address: str) -> web.Response:
    """On to the next page. Sending it anew repeats nothing."""
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": address})


def language_of(request: web.Request) -> str:
    """The language of this browser."""
    return services_of(request).language(request)


def translate_of(request: web.Request) -> Any:
    """The translation into the language of this browser."""
    services = services_of(request)
    return services.translator(services.language(request))
