"""A case on paper. What is internal to a desk is left out here, never by style."""

from aiohttp import web

from handlers.pages.heads import case_view
from handlers.pages.letters import answer_view, newest_answer
from handlers.pages.look import without_notes
from handlers.pages.looking import open_case
from handlers.pages.rows import questions_answered, rows_of
from handlers.pages.status import status_view
from handlers.requests import services_of, somebody


async def get_print(request: web.Request) -> web.Response:
    """The whole thread, the answers it began with, and the final answer."""
    identity = await somebody(request)
    look = without_notes(await open_case(request, identity, "print"))
    services, found = services_of(request), newest_answer(look.thread.entries)
    return services.render(
        request,
        "print.html",
        case=case_view(look),
        standing=status_view(look.case, look.thread.status, look.speech),
        entries=rows_of(look),
        answers=questions_answered(look.thread),
        answer=answer_view(*found, look.case, look.speech) if found else None,
        printed_at=services.now(),
    )
