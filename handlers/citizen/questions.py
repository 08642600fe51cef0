"""What the reporter is asked by a dialog within a case: the way from the thread into the guided chat."""

from aiohttp import web

from handlers.intake.draft_cookie import holder_of, kept_by
from handlers.intake.navigation import address_of
from handlers.limits import Act
from handlers.requests import citizen, count, see_other, services_of
from handlers.thread.open_case import look_at


async def open_questions(request: web.Request) -> web.Response:
    """To the first question without an answer; to the thread where it is not asked any more, or not to be answered."""
    identity = await citizen(request)
    await count(request, Act.LOOK)
    look = await look_at(request, identity)
    asked = next((each for each in look.case.questions if each.id == request.match_info["request"]), None)
    if asked is None or "answer_questions" not in look.thread.may:
        return see_other(look.url)
    services, holder = services_of(request), await holder_of(request)
    draft = await services.drafts.within(asked, look.case.id, services.language(request), holder.owner)
    standing = await services.drafts.find(draft.id, holder.owner)
    return kept_by(request, holder.opening(draft.id), see_other(address_of(standing)))
