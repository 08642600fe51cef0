"""Files of a draft, as the page shows them."""

from msgspec import Struct

from handlers.pages.shapes import FileView
from handlers.pages.speech import Speech
from handlers.words import N_
from inbox.drafts import Standing
from inbox.errors import Refused
from inbox.files.kinds import ACCEPT
from inbox.files.limits import DRAFT, MEGABYTE, room_for_one_more
from inbox.storage.files import StoredFile


class FilesView(Struct, frozen=True):
    """What hangs on the draft, and whether there is room for more."""

    items: tuple[FileView, ...]
    room: bool
    limits: str
    accept: str


def files_view(standing: Standing, speech: Speech) -> FilesView:
    """The files of the draft, oldest first."""
    return FilesView(
        items=tuple(_view(file) for file in standing.files),
        room=_has_room(standing),
        limits=speech.say(
            N_("Högst {files} filer. En fil får vara högst {megabytes} MB."),
            files=DRAFT.files,
            megabytes=DRAFT.file // MEGABYTE,
        ),
        accept=ACCEPT,
    )


def sizes(standing: Standing) -> list[int]:
    """How large the files are that hang on the draft."""
    return [file.size for file in standing.files]


def _has_room(standing: Standing) -> bool:
    try:
        room_for_one_more(sizes(standing), DRAFT)
    except Refused:
        return False
    return True


def _view(file: StoredFile) -> FileView:
    return FileView(file.id, "", file.name, "image" if file.kind.startswith("image/") else "pdf", file.size)
