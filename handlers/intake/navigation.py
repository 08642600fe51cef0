"""Where a draft stands: the questions that can be opened, the address of the one that comes now, and that page."""

from aiohttp import web

from dialogs import engine
from dialogs.schema.model import Ending, Step
from handlers.intake.draft_cookie import DIALOG, Holder, open_draft
from handlers.intake.review import draw_review
from handlers.intake.revision_token import RevisionToken
from handlers.intake.view import REVIEW, Showing, draw_question, draw_way_out
from handlers.requests import services_of
from inbox.intake.drafts import Standing

BEGINNING = "/beratta"


def blank(request: web.Request, holder: Holder) -> Standing:
    """What a new draft begins as; nothing is kept until the first answer. NoSuchDialog."""
    services = services_of(request)
    return services.drafts.blank(holder.dialog, services.language(request), holder.owner, holder.place)


def begun_by(holder: Holder, mark: RevisionToken) -> Holder:
    """The browser as the form was drawn for it: with that draft open, or about to begin that dialog."""
    return holder.opening(mark.draft) if mark.draft else holder.beginning(mark.place, mark.dialog or DIALOG)


async def shown_in(request: web.Request, holder: Holder, mark: RevisionToken | None) -> Standing:
    """What a form is for, whichever draft has been opened since; what is open, where that is gone. NoSuchDialog."""
    if mark and not mark.draft:
        return blank(request, begun_by(holder, mark))
    return await open_draft(request, begun_by(holder, mark) if mark else holder) or blank(request, holder)


def address_of(standing: Standing) -> str:
    """Where the answers lead: a question, a way out, or the review."""
    node = engine.advance(standing.dialog, standing.draft.answers, standing.facts)
    return f"{BEGINNING}/{node.id}" if node else REVIEW


def reachable(standing: Standing) -> tuple[Step | Ending, ...]:
    """What can be opened: every answered question on the path, where one stands now, and what was passed by."""
    return engine.reachable(standing.dialog, standing.draft.answers, standing.facts)


def node_in(request: web.Request, standing: Standing) -> Step | Ending:
    """The question or way out that the address names, maybe of another dialog; 404 if none has one of that name."""
    step = request.match_info["step"]
    node = standing.dialog.node(step) or services_of(request).dialogs.node(step)
    if node is None:
        raise web.HTTPNotFound
    return node


def draw(request: web.Request, standing: Standing, node: Step | Ending, showing: Showing) -> web.Response:
    """The page of a question or of a way out."""
    if isinstance(node, Ending):
        return draw_way_out(request, standing, node, showing)
    return draw_question(request, standing, node, showing)


def draw_here(request: web.Request, holder: Holder, standing: Standing, showing: Showing) -> web.Response:
    """The page to which the answers lead."""
    node = engine.advance(standing.dialog, standing.draft.answers, standing.facts)
    if node is None:
        return draw_review(request, standing, showing, signed_in=holder.person is not None)
    return draw(request, standing, node, showing)
