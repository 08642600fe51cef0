"""What a file is, by its content. Names and headers are only what somebody says."""

from enum import StrEnum

from inbox.files.errors import EmptyFile, WrongKind

HEAD = 64
"""Bytes from the beginning that tell the kind."""


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

# Still pictures; sequences of pictures (hevc, msf1) are films.
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis")


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
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head[4:8] == b"ftyp" and _is_heic(head):
        return Kind.HEIC
    raise WrongKind


def _is_heic(head: bytes) -> bool:
    if head[8:12] == b"mif1":
        # Any still picture in such a box; the others it can be read as say which.
        return any(brand in head[16:HEAD] for brand in _HEIC_BRANDS)
    return head[8:12] in _HEIC_BRANDS
