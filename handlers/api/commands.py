"""`POST /api/v1/commands/<tag>`: made from the same structs as the sockets and the forms."""

from http import HTTPStatus

from aiohttp import web

from handlers.dispatch import dispatch
from handlers.parse import command_of_json
from handlers.requests import check_csrf, readable, services_of, who
from inbox.cases.errors import SignInNeeded


async def post_command(request: web.Request) -> web.Response:
    """Carry out a command: `{"case": id, "n": own feed numbers, "repeated": whether it was done before}`.

    With `"urgent": true` where its writer should be shown where to call for help.
    """
    signed_in = await who(request)
    if signed_in is None:
        raise SignInNeeded
    check_csrf(request, request.headers.get("X-CSRF-Token", ""))
    with readable():
        body = await request.read()
    command = command_of_json(request.match_info["tag"], body)
    services = services_of(request)
    outcome = await dispatch(services, signed_in.identity, command, services.language(request))
    done: dict[str, object] = {"case": outcome.case.id, "n": list(outcome.numbers), "repeated": outcome.repeated}
    if outcome.urgent:
        done["urgent"] = True
    return web.json_response(done, status=HTTPStatus.OK if outcome.repeated else HTTPStatus.CREATED)
