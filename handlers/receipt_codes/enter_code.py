"""Coming back with a code: the one case that it opens, live, as for anybody who is signed in."""

from http import HTTPStatus
from typing import ClassVar

from aiohttp import web

from dialogs.sentences import N_
from handlers.errors import sentence_of
from handlers.limits import Act
from handlers.page import Page
from handlers.receipt_codes.send_unnamed import PROVIDER
from handlers.requests import count_known, first, language_of, read_form, see_other, services_of, translate_of
from handlers.services import Proven
from handlers.view.models import Problem
from inbox.principals.principal import Who
from inbox.principals.receipt_code import NotACode, read_code

UNKNOWN = N_("Koden öppnar inget ärende. Läs av den en gång till.")


class CodePage(Page, frozen=True, kw_only=True):
    """Where a code is typed."""

    template: ClassVar[str] = "page/code.html"

    typed: str
    errors: tuple[Problem, ...]


async def show(request: web.Request) -> web.Response:
    """`/kod`."""
    return services_of(request).render(request, CodePage(typed="", errors=()))


async def enter(request: web.Request) -> web.Response:
    """`POST /kod`: the case that it opens. A slip is told before anything is looked up; tries are counted."""
    fields = await read_form(request)
    services, typed = services_of(request), first(fields, "code")
    try:
        read_code(typed)
        count_known(request, Act.CODE)
        found = await services.codes.find(typed)
    except NotACode as slip:
        return _again(request, typed, sentence_of(slip, translate_of(request), language_of(request)))
    if found is None:
        services.security.refused("sign-in", None, "unknown_code")
        return _again(request, typed, translate_of(request)(UNKNOWN))
    # Right ones are no guesses: a room full of people behind one address come in all the same.
    services.limits.give_back(Act.CODE, services.address(request))
    answer = see_other(f"/arende/{found.case}")
    await services.sign_in(request, answer, Proven(Who(found), PROVIDER))
    return answer


def _again(request: web.Request, typed: str, told: str) -> web.Response:
    page = CodePage(typed=typed, errors=(Problem("code", told),))
    return services_of(request).render(request, page, HTTPStatus.UNPROCESSABLE_ENTITY)
