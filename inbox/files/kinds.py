"""What a file is, by its content. Names and headers are only what somebody says."""

from enum import StrEnum

from inbox.files.errors import EmptyFile, WrongKind

HEAD = 1024
"""Bytes from the beginning that tell the kind: so far in do readers of PDF look for its header."""


class Kind(StrEnum):
    """The kinds we take, by media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"
    PDF = "application/pdf"

    @property
    def extensions(self) -> tuple[str, ...]:
        """Endings of a name that go with the kind; the first is the usual one."""
        return EXTENSIONS[self]

    @property
    def shown(self) -> bool:
        """Whether browsers draw it; the others are downloaded."""
        return self in {Kind.JPEG, Kind.PNG, Kind.WEBP}


EXTENSIONS = {
    Kind.JPEG: (".jpg", ".jpeg"),
    Kind.PNG: (".png",),
    Kind.WEBP: (".webp",),
    Kind.HEIC: (".heic", ".heif"),
    Kind.PDF: (".pdf",),
}
ACCEPT = ",".join((*Kind, *(extension for kind in Kind for extension in kind.extensions)))
"""For the file chooser of a page: what it should offer."""
PICTURES = ",".join(kind for kind in Kind if kind is not Kind.PDF)
"""For the camera of a phone."""

_BOX = 64
"""Bytes in which a HEIC file names its brands."""
# Still pictures; sequences of pictures (hevc, msf1) are films.
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis")
# Mail programs and servers put things before a PDF's header: marks of byte order, blanks, headers of their own.
# What begins as a program, an archive, markup or another picture stays that, whatever comes later.
_BLANKS = b"\0\t\n\x0c\r \xef\xbb\xbf\xfe\xff"
_OTHERS = (
    b"<",
    b"#!",
    b"MZ",
    b"PK",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
    b"RIFF",
    b"{\\rtf",
    b"%!PS",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)


def check_beginning(head: bytes) -> None:
    """Return if a file that begins so may be of a kind we take. Raises WrongKind as early as it is sure."""
    if len(head) >= HEAD or (len(head) >= _BOX and _is_other(head)):
        kind_of(head)


def kind_of(head: bytes) -> Kind:
    """The kind of a file that begins so. Raises EmptyFile or WrongKind."""
    if not head:
        raise EmptyFile
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[4:8] == b"ftyp" and _is_heic(head):
        return Kind.HEIC
    if b"%PDF-" in head[:HEAD] and not _is_other(head):
        return Kind.PDF
    raise WrongKind


def _is_other(head: bytes) -> bool:
    return head.lstrip(_BLANKS).startswith(_OTHERS)


def _is_heic(head: bytes) -> bool:
    if head[8:12] == b"mif1":
        # Any still picture in such a box; the others it can be read as say which.
        return any(brand in head[16:_BOX] for brand in _HEIC_BRANDS)
    return head[8:12] in _HEIC_BRANDS
