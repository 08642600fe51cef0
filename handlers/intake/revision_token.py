"""What a form of the guided chat says about itself: which draft it is for, and what the draft was like when shown.

So two tabs cannot overwrite each other, and an old tab of another draft answers that one and no other.
"""

from msgspec import Struct

from inbox.cases.errors import Malformed
from inbox.cases.model import CaseId, UnitId

_BEGINS = "ny"


class RevisionToken(Struct, frozen=True):
    """`<draft>.<revision>`; or `ny.<once>` and maybe `.<unit>` while nothing is kept yet."""

    draft: CaseId = ""
    revision: int = 1
    once: str = ""
    """Tells this showing of the first page from others: sent twice, it begins one draft."""
    place: UnitId = ""

    def __str__(self) -> str:
        if self.draft:
            return f"{self.draft}.{self.revision}"
        return ".".join(part for part in (_BEGINS, self.once, self.place) if part)


def mark_of(text: str) -> RevisionToken:
    """The mark in a form; Malformed if it is none of ours."""
    match text.split("."):
        case ["ny", once] if once:
            return RevisionToken(once=once)
        case ["ny", once, place] if once:
            return RevisionToken(once=once, place=place)
        case [draft, revision] if draft and revision.isascii() and revision.isdecimal() and len(revision) < 10:
            return RevisionToken(draft=draft, revision=int(revision))
        case _:
            raise Malformed(where="revision")
