"""A page as somebody reads it: its pieces, each a line. How a page is built, and what leads elsewhere, is left out."""

from html.parser import HTMLParser

PIECES = frozenset({"data-entry", "letter", "sum"})
"""Attributes and classes of a row of a thread, of a final answer, of the answers in the guide."""
ROWS = frozenset({"data-row"})
"""Of a row of a queue."""
PASSED_OVER = frozenset("button datalist footer form head input nav script select style svg template textarea".split())
VOID = frozenset("area br col hr img input link meta source wbr".split())
INLINE = frozenset("a b bdi code em i mark small span strong time".split())


class _Pieces(HTMLParser):
    """Collects the pieces; a tag that is never closed does not confuse it."""

    def __init__(self, kinds: frozenset[str]) -> None:
        super().__init__()
        self._kinds = kinds
        self.pieces: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        """Each open tag: whether it lies in a piece, and whether it is passed over."""
        self._piece = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._piece += " " if tag in INLINE else "\n"
        if tag in VOID:
            return
        told = {name: value or "" for name, value in attrs}
        within, over = (self._open[-1][1], self._open[-1][2]) if self._open else (False, False)
        begins = not within and not self._kinds.isdisjoint([*told, *told.get("class", "").split()])
        if begins:
            self._piece = " ".join(told[name] for name in ("data-entry", "data-at") if name in told) + "\n"
        # A list of cases is navigation.
        hidden = "hidden" in told or (tag in PASSED_OVER and not (tag == "nav" and self._kinds is ROWS))
        self._open.append((tag, within or begins, over or hidden))

    def handle_endtag(self, tag: str) -> None:
        self._piece += " " if tag in INLINE else "\n"
        while any(opened == tag for opened, _, _ in self._open):
            closed, within, over = self._open.pop()
            if within and not over and not (self._open and self._open[-1][1]):
                lines = (" ".join(line.split()) for line in self._piece.splitlines())
                self.pieces.append(" | ".join(line for line in lines if line))
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1] and not self._open[-1][2]:
            self._piece += data


def pieces_of(html: str, kinds: frozenset[str] = PIECES) -> list[str]:
    """The pieces of a page, in order."""
    parser = _Pieces(kinds)
    parser.feed(html)
    return parser.pieces
