"""Files of a draft: their small pictures, and taking them away."""

from aiohttp import web

from dialogs.kinds import kind_of
from dialogs.kinds.files import Files
from dialogs.schema.model import Step
from handlers.files import preview_of
from handlers.intake.draft_cookie import Holder, holder_of, kept_by, open_draft
from handlers.intake.multipart import remove_file
from handlers.intake.navigation import BEGINNING, node_in
from handlers.intake.revision_token import mark_of
from handlers.requests import first, read_form, see_other, services_of
from inbox.intake.drafts import Standing


async def remove(request: web.Request) -> web.Response:
    """`POST /beratta/<step>/files/<id>/remove`: the file is gone, from the draft and from the answer."""
    holder = await holder_of(request)
    fields = await read_form(request)
    mark = mark_of(first(fields, "revision"))
    standing = await services_of(request).drafts.find(mark.draft, holder.owner)
    step = _file_step(request, standing)
    await take_away(request, holder, standing, step, request.match_info["file"])
    return kept_by(request, holder.opening(mark.draft), see_other(f"{BEGINNING}/{step.id}"))


async def preview(request: web.Request) -> web.Response:
    """`/beratta/<step>/files/<id>/bild`: the small picture of a file that hangs on the open draft."""
    standing = await open_draft(request, await holder_of(request))
    wanted = request.match_info["file"]
    for file in standing.files if standing else ():
        if file.id == wanted:
            return await preview_of(request, file)
    raise web.HTTPNotFound


async def take_away(request: web.Request, holder: Holder, before: Standing, step: Step, gone: str) -> None:
    """The file is gone from the draft; an answer that names it names it no more."""
    await remove_file(request, before, holder, gone)
    value = before.draft.answers.get(step.id)
    if isinstance(value, Files) and gone in value.ids:
        left = [id for id in value.ids if id != gone]
        fields = {"file": left} if left else {"skip": ["1"]}
        draft = before.draft
        await services_of(request).drafts.answer(draft.id, holder.owner, step.id, fields, draft.revision)


def _file_step(request: web.Request, standing: Standing) -> Step:
    node = node_in(request, standing)
    if not isinstance(node, Step) or not kind_of(node).takes_files:
        raise web.HTTPNotFound
    return node
