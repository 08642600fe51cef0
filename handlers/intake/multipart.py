"""Files that arrive with a form, straight from the browser to where they are kept: never whole in memory."""

from collections import defaultdict
from collections.abc import AsyncIterator

from aiohttp import BodyPartReader, MultipartReader, web
from msgspec import Struct

from dialogs.errors import Refused
from handlers.errors import sentence_of
from handlers.intake.draft_cookie import Holder
from handlers.intake.form_token import is_ours
from handlers.intake.revision_token import RevisionToken, mark_of
from handlers.limits import Act
from handlers.requests import BadCsrf, count, count_bytes, language_of, readable, services_of, translate_of
from handlers.view.models import Problem
from inbox.attachments.attaching import ToDraft
from inbox.cases.errors import Malformed, NoSuchDraft
from inbox.intake.drafts import Standing

UPLOAD = "upload"
"""The field of the files."""
BLOCK = 64 * 1024
LONGEST_FIELD = 64 * 1024
"""Bytes of a field beside the files: a story may stand there."""
MOST_PARTS = 60
"""Parts of one form: files, and the few fields beside them."""


class Received(Struct, frozen=True):
    """A form with files, which are kept by now: its other fields, and which files were not taken."""

    fields: dict[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    names: tuple[str, ...]
    """What the files are called."""
    refused: Refused | None
    """Why the whole form is not taken: nothing of it is kept then."""

    @property
    def mark(self) -> RevisionToken:
        """What the form is for."""
        return mark_of("".join(self.fields["revision"][:1]))


def carries_files(request: web.Request) -> bool:
    """Whether the form may have files in it."""
    return request.content_type == "multipart/form-data"


async def read_with_files(request: web.Request, holder: Holder) -> Received:
    """The form, its files kept on the draft; where they may not be they are read past. Malformed where it is none.

    The token comes first in the form, so that nothing is kept for somebody else's form. What stands behind the files,
    as the button that was pressed, is read all the same: whoever signs in again sends it again.
    """
    fields: dict[str, list[str]] = defaultdict(list)
    problems: list[Problem] = []
    names: list[str] = []
    refused: Refused | None = None
    parts = 0
    async for part in _parts(request):
        parts += 1
        if not isinstance(part, BodyPartReader) or parts > MOST_PARTS:
            raise Malformed(where=UPLOAD)
        if part.filename is None:
            fields[part.name or ""].append(await _text(part))
        elif part.filename:
            names.append(part.filename)
            refused = refused or _refused(request, holder, fields)
            try:
                if refused is None:
                    problems += await _take(request, holder, mark_of(fields["revision"][0]).draft, part)
            except NoSuchDraft as refusal:
                refused = refusal
            # What is not taken is read past, so that the browser hears the answer.
            with readable():
                await part.release()
    refused = refused or _refused(request, holder, fields)
    kept = {name: tuple(values) for name, values in fields.items()}
    return Received(kept, tuple(problems), tuple(names), refused)


async def remove_file(request: web.Request, standing: Standing, holder: Holder, id: str) -> None:
    """Take a file from the draft; its bytes too, unless another file of the draft is the same."""
    services = services_of(request)
    gone = next((file for file in standing.files if file.id == id), None)
    if gone is None:
        return
    await services.drafts.remove_file(standing.draft.id, holder.owner, id)
    if all(file.digest != gone.digest for file in standing.files if file.id != id):
        await services.files.discard(gone.owner, gone.digest)


def _refused(request: web.Request, holder: Holder, fields: dict[str, list[str]]) -> Refused | None:
    if not fields["revision"] or not is_ours(request, holder, "".join(fields["csrf"][:1])):
        return BadCsrf()
    return None


async def _take(request: web.Request, holder: Holder, draft: str, part: BodyPartReader) -> list[Problem]:
    name = part.filename or ""
    try:
        await count(request, Act.UPLOAD)
        services = services_of(request)
        goal = ToDraft(draft, holder.owner, services.address(request))
        await services.attaching.attach(goal, name, _counted(request, part))
    except (NoSuchDraft, Malformed):
        raise
    except Refused as refusal:
        return [Problem(UPLOAD, f"{name}: {sentence_of(refusal, translate_of(request), language_of(request))}")]
    return []


async def _parts(request: web.Request) -> AsyncIterator[MultipartReader | BodyPartReader]:
    """One after the other; Malformed where the form is cut off, or is none."""
    with readable():
        reader = await request.multipart()
    while (part := await _next(reader)) is not None:
        yield part


async def _next(reader: MultipartReader) -> MultipartReader | BodyPartReader | None:
    with readable():
        return await reader.next()


async def _block(part: BodyPartReader) -> bytes:
    with readable():
        return await part.read_chunk(BLOCK)


async def _blocks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while block := await _block(part):
        yield block


async def _counted(request: web.Request, part: BodyPartReader) -> AsyncIterator[bytes]:
    """The blocks of a file, each counted for its sender as it comes: how large it is nobody has said."""
    async for block in _blocks(part):
        await count_bytes(request, len(block))
        yield block


async def _text(part: BodyPartReader) -> str:
    content = b""
    async for block in _blocks(part):
        content += block
        if len(content) > LONGEST_FIELD:
            raise Malformed(where=part.name or "")
    return content.decode(errors="replace").replace("\r\n", "\n").replace("\0", "")
