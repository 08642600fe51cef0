"""Whether a form of a case is this browser's: also one that was shown again before somebody signed in."""

import hmac

from aiohttp import web

from handlers.forms.form import Form
from handlers.intake.draft_cookie import Holder, holder_of
from handlers.requests import BadCsrf, csrf_holds, first, services_of


def lasting_token(request: web.Request, holder: Holder, form: Form) -> str:
    """A token that outlives the session, for this very form: bound to a secret that the browser keeps meanwhile."""
    return services_of(request).token_for(f"form:{holder.key}:{form.url}/{form.tag}")


async def check_form(request: web.Request, form: Form) -> None:
    """Return if the form is this browser's; BadCsrf otherwise."""
    token = first(form.typed, "csrf")
    if csrf_holds(request, token):
        return
    lasting = lasting_token(request, await holder_of(request), form)
    if not hmac.compare_digest(lasting.encode(), token.encode(errors="replace")):
        raise BadCsrf
