"""`POST <case.url>/<command>`: every form of a thread, for both sides. Fields, command, dispatch, and back."""

from http import HTTPStatus

from aiohttp import web
from yarl import URL

from dialogs.errors import Refused
from handlers.dispatch import dispatch
from handlers.forms.attachments import take_in
from handlers.forms.fields import command_fields, problems_of
from handlers.forms.form import Form, form_of
from handlers.forms.form_token import check_form
from handlers.forms.redisplay import page_with, shown_again, signed_out
from handlers.forms.sharing import consent_fields
from handlers.parse import command_of
from handlers.requests import csrf_holds, first, see_other, services_of, who
from handlers.staff.close_form import wrong_rows
from handlers.staff.close_input import answer_typed
from handlers.staff.queue import SENT_WITH, asked_for
from handlers.thread.form_state import FormState
from handlers.view.form_specs import FORMS
from handlers.view.locale import locale_of
from handlers.view.models import Problem
from inbox.cases.errors import Malformed, NoSuchUnit, OtherRegion
from inbox.cases.model import Identity

SET_PLACE = "set_place"
"""The closing form's button that says which unit the case is about, without leaving the form."""


async def post_command(request: web.Request) -> web.StreamResponse:
    """Done once, however often it is sent. Refused, the form comes back with everything in it."""
    signed_in = await who(request)
    form = await form_of(request, signed_in)
    request[SENT_WITH] = first(form.typed, "visa")
    if signed_in is None:
        # Nothing is done: looked at so that the guard knows that it was not forgotten.
        csrf_holds(request, first(form.typed, "csrf"))
        return await signed_out(request, form)
    identity = signed_in.identity
    try:
        await check_form(request, form)
        if form.check:
            return await _look_through(request, identity, form)
        form, problems = await take_in(request, identity, form)
        if problems:
            return await _with_problems(request, identity, form, problems)
        fields = await _fields(request, identity, form)
        if fields is not None and await _carry_out(request, identity, form.tag, fields):
            return see_other(f"{form.url}?hjalp=1#urgent")
    except Refused as refusal:
        return await shown_again(request, identity, form, refusal)
    return see_other(_afterwards(request, identity, form))


def _afterwards(request: web.Request, identity: Identity, form: Form) -> str:
    """Where it goes on; for staff with the list that they came from beside it."""
    address = URL(FORMS[form.tag].after.format(url=form.url))
    shown = asked_for(request) if identity.staff else None
    return str(address.update_query(visa=shown) if shown else address)


async def _carry_out(request: web.Request, identity: Identity, tag: str, fields: dict[str, object]) -> bool:
    """Whether its writer should be shown where to call for help."""
    services = services_of(request)
    return (await dispatch(services, identity, command_of(tag, fields), services.language(request))).urgent


async def _fields(request: web.Request, identity: Identity, form: Form) -> dict[str, object] | None:
    """The fields of the command; None if it is done already, and what it was made from has changed since."""
    if form.tag == "give_consent":
        return await consent_fields(request, identity, form)
    return command_fields(form.tag, form.typed, form.case, form.attached)


async def _look_through(request: web.Request, identity: Identity, form: Form) -> web.Response:
    """A button that sends nothing: the form again, with what it looks for or what is still wrong in it."""
    problems: tuple[Problem, ...] = ()
    if form.tag == "answer_case":
        problems = wrong_rows(answer_typed(form.typed), locale_of(request))
        if form.check == SET_PLACE:
            problems += await _place_set(request, identity, form)
    if problems:
        return await _with_problems(request, identity, form, problems)
    return await page_with(request, identity, form, FormState(tag=form.tag, typed=form.typed))


async def _place_set(request: web.Request, identity: Identity, form: Form) -> tuple[Problem, ...]:
    """Say which unit it is about; why not, if that does not go."""
    fields = command_fields(SET_PLACE, form.typed, form.case, ()) | {"client_id": f"{form.client_id}-place"}
    try:
        await _carry_out(request, identity, SET_PLACE, fields)
    except (NoSuchUnit, OtherRegion, Malformed) as refusal:
        found = problems_of(SET_PLACE, form.typed, refusal, locale_of(request))
        return tuple(Problem("place", problem.text) for problem in found)
    return ()


async def _with_problems(
    request: web.Request, identity: Identity, form: Form, problems: tuple[Problem, ...]
) -> web.Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY.value
    again = FormState(tag=form.tag, typed=form.typed, errors=problems, status=status)
    return await page_with(request, identity, form, again)
