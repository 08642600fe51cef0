"""Whether a form of the guided chat is this browser's: also one that was drawn before somebody signed in again."""

import hmac

from aiohttp import web

from handlers.intake.draft_cookie import Holder
from handlers.intake.typed_words import Fields
from handlers.requests import BadCsrf, csrf_holds, first, services_of, typed_in


def token_of(request: web.Request, holder: Holder) -> str:
    """A token that outlives the session: it is bound to the secret by which the browser holds its drafts."""
    return services_of(request).token_for(f"draft:{holder.key}")


def is_ours(request: web.Request, holder: Holder, token: str) -> bool:
    """Whether the token is the session's, or one that this browser got before its session ended."""
    by_session = csrf_holds(request, token)
    return by_session or hmac.compare_digest(token_of(request, holder).encode(), token.encode(errors="replace"))


async def read_form(request: web.Request, holder: Holder) -> Fields:
    """The fields of a form, each with all its values; BadCsrf if it is not our form."""
    fields = await typed_in(request)
    if not is_ours(request, holder, first(fields, "csrf")):
        raise BadCsrf
    return fields
