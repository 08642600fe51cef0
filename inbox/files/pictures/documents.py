"""The first page of a PDF as a small picture. The document stays as it is: a change could break its signature."""

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from inbox.files.kinds import Kind
from inbox.files.pictures.reencode import LONGEST_SIDE, draw_preview
from inbox.files.pictures.sandbox import Result

LOCKED = (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
"""What the library says of a document behind a password, and of one that opens for certificates or rights only."""


def first_page(desk: Path) -> Result:
    """From `arrived` to `preview` on the desk; without one where the document is locked, empty or odd."""
    try:
        document = pdfium.PdfDocument(desk / "arrived")
        page = document[0]
        scale = LONGEST_SIDE / max(*page.get_size(), 1)
        picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    except (pdfium.PdfiumError, IndexError) as fault:
        # The library tells the cause by its number alone.
        return Result(Kind.PDF, locked=getattr(fault, "err_code", None) in LOCKED)
    width, height = draw_preview(picture, desk / "preview")
    return Result(Kind.PDF, preview=True, width=width, height=height)
