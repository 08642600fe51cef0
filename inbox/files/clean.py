"""Taking out of a file what its sender may not know is in it: where and when a photo was taken, and with what."""

from typing import assert_never

from inbox.files import heic, jpeg, png, webp
from inbox.files.errors import BrokenFile
from inbox.files.kinds import HEAD, Kind, kind_of

# Programs write this within the last lines of a whole document.
_PDF_END, _PDF_TAIL = b"%%EOF", 2048


def cleaned(content: bytes) -> tuple[Kind, bytes]:
    """The file's kind, and its content without metadata. Raises EmptyFile, WrongKind or BrokenFile."""
    kind = kind_of(content[:HEAD])
    return kind, _without_metadata(kind, content)


def _without_metadata(kind: Kind, content: bytes) -> bytes:
    match kind:
        case Kind.JPEG:
            return jpeg.without_metadata(content)
        case Kind.PNG:
            return png.without_metadata(content)
        case Kind.WEBP:
            return webp.without_metadata(content)
        case Kind.HEIC:
            return heic.without_metadata(content)
        case Kind.PDF:
            return _whole_pdf(content)
        case _:
            assert_never(kind)


def _whole_pdf(content: bytes) -> bytes:
    """A PDF is kept as it is: changing one could break its signature."""
    if _PDF_END not in content[-_PDF_TAIL:]:
        raise BrokenFile
    return content
