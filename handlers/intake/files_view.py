"""Files of a draft, as the page shows them."""

from msgspec import Struct

from dialogs.errors import Refused
from dialogs.sentences import Counted
from handlers.view.locale import Locale
from handlers.view.models import FileKind, FileView
from inbox.files.kinds import ACCEPT
from inbox.files.limits import MEGABYTE, Limits, room_for_one_more
from inbox.intake.drafts import Standing
from inbox.storage.files import StoredFile


class FilesView(Struct, frozen=True):
    """What hangs on the draft, and whether there is room for more."""

    items: tuple[FileView, ...]
    room: bool
    limits: str
    accept: str


def files_view(standing: Standing, locale: Locale, limits: Limits) -> FilesView:
    """The files of the draft, oldest first."""
    return FilesView(
        items=tuple(_view(file) for file in standing.files),
        room=_has_room(standing, limits),
        limits=limits_in_words(locale, limits),
        accept=ACCEPT,
    )


def limits_in_words(locale: Locale, limits: Limits) -> str:
    """How much may be attached: told before somebody chooses."""
    return locale.t(
        Counted(
            "Bilder (JPG, PNG, WebP eller HEIC) och PDF. "
            "Högst {files} fil. En fil får vara högst {megabytes} MB, och alla ihop {total} MB.",
            "Bilder (JPG, PNG, WebP eller HEIC) och PDF. "
            "Högst {files} filer. En fil får vara högst {megabytes} MB, och alla ihop {total} MB.",
            "files",
        ),
        files=limits.files,
        megabytes=limits.file // MEGABYTE,
        total=limits.total // MEGABYTE,
    )


def _has_room(standing: Standing, limits: Limits) -> bool:
    try:
        room_for_one_more([file.size for file in standing.files], limits)
    except Refused:
        return False
    return True


def _view(file: StoredFile) -> FileView:
    kind: FileKind = "image" if file.kind.startswith("image/") else "pdf"
    preview = (file.width, file.height) if file.width else None
    return FileView(file.id, "", file.name, kind, file.size, preview, file.locked)
