"""Files in a form: taken in before the message they are sent with, so that they are not asked for twice."""

import asyncio
from collections.abc import AsyncIterator
from typing import IO

from aiohttp import web
from msgspec.structs import replace

from dialogs.errors import Refused
from dialogs.sentences import N_
from handlers.errors import sentence_of
from handlers.forms.form import Form
from handlers.limits import Act
from handlers.requests import count, services_of
from handlers.thread.manifest import file_view
from handlers.view.locale import locale_of
from handlers.view.models import FileView, Problem
from inbox.attachments.attaching import ToCase
from inbox.cases.errors import NoSuchCase, NotNow, NotYours
from inbox.cases.model import Identity

BLOCK = 256 * 1024


async def take_in(request: web.Request, identity: Identity, form: Form) -> tuple[Form, tuple[Problem, ...]]:
    """Keep what is attached: the form with its files as ids, and why some were not taken.

    Raises NoSuchCase, NotYours or NotNow where nothing may be attached.
    """
    attaching, locale = services_of(request).attaching, locale_of(request)
    goal = ToCase(form.case, identity, form.client_id)
    ids, problems = list(form.attached), []
    for file in form.files:
        if file.file is None:
            # It was not read, since it may not be attached: why not is said in a moment.
            await attaching.may_attach(goal)
            continue
        try:
            await count(request, Act.UPLOAD)
            ids.append((await attaching.attach(goal, file.filename, _chunks(file.file))).id)
        except (NoSuchCase, NotYours, NotNow):
            raise
        except Refused as refusal:
            why = locale.t(
                N_("{file}: {why}"), file=file.filename, why=sentence_of(refusal, locale.translate, locale.language)
            )
            problems.append(Problem("files", why))
    if not ids:
        return form, tuple(problems)
    typed = {**form.typed, "attached": tuple(dict.fromkeys(ids))}
    return replace(form, typed=typed, files=()), tuple(problems)


async def shown(request: web.Request, identity: Identity, form: Form) -> tuple[FileView, ...]:
    """Those of the files that have arrived and wait to be sent, for the form that is shown again."""
    if not form.attached:
        return ()
    waiting = await services_of(request).attaching.waiting(form.case, identity, form.attached)
    return tuple(file_view(file, form.url) for file in waiting)


async def _chunks(file: IO[bytes]) -> AsyncIterator[bytes]:
    while block := await asyncio.to_thread(file.read, BLOCK):
        yield block
