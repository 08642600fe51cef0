"""Files that are not what they say, and names that would be something else."""

from dataclasses import dataclass

from tests.inbox.files.samples import JPEG, PDF, WEBP

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
BOMB = PNG_HEAD + bytes.fromhex("0000000d49484452ffffffffffffffff0806000000")
ZIP = b"PK\x03\x04" + b"\0" * 60
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@dataclass(frozen=True)
class BadFile:
    """A file that is not taken."""

    name: str
    filename: str
    content: bytes
    code: str


FILES: tuple[BadFile, ...] = (
    BadFile("an empty file", "tom.png", b"", "empty_file"),
    BadFile("a picture that is cut off", "bild.png", PNG_HEAD + b"\0\0\0\rIHDR\0\0", "broken_file"),
    BadFile("a picture as large as a country", "bild.png", BOMB, "too_many_pixels"),
    BadFile("a photo that is cut off", "bild.jpg", JPEG[:40], "broken_file"),
    BadFile("a photo with nothing in it", "bild.jpg", b"\xff\xd8\xff", "broken_file"),
    BadFile("a picture of another kind that is cut off", "bild.webp", WEBP[:14], "broken_file"),
    BadFile("a document that is cut off", "brev.pdf", PDF[:20], "broken_file"),
    BadFile("an archive that is called a photo", "bild.jpg", ZIP, "wrong_kind"),
    BadFile("a page that is called a document", "brev.pdf", HTML, "wrong_kind"),
    BadFile("a drawing with a script in it", "bild.svg", SVG, "wrong_kind"),
    BadFile("a drawing that is called a picture", "bild.png", SVG, "wrong_kind"),
    BadFile("a program", "bild.png.exe", b"MZ" + b"\0" * 80, "wrong_kind"),
    BadFile("a page before a document", "brev.pdf", HTML + PDF, "wrong_kind"),
    BadFile("a text", "brev.txt", "Hej å".encode(), "wrong_kind"),
    BadFile("nothing but nulls", "bild.png", b"\0" * 4_000, "wrong_kind"),
)

NAMES: tuple[str, ...] = (
    "../../etc/passwd.pdf",
    "C:\\Windows\\system32\\brev.pdf",
    "/etc/cron.d/brev.pdf",
    "brev\u202efdp.exe",
    "brev.pdf\u200b.exe",
    "con.<script>.pdf",
    "x" * 3_000 + ".pdf",
    "..",
    ".pdf",
    "   .pdf",
)
"""Names of a good document: it is taken, under a name that is only a name."""
