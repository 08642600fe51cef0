"""What a form of the guided chat says about itself: which draft it is for, and what the draft was like when shown.

So two tabs cannot overwrite each other, and an old tab of another draft answers that one and no other.
"""

from msgspec import Struct

from handlers.intake.typed_words import Fields
from inbox.cases.errors import Malformed
from inbox.cases.model import CaseId, UnitId

_BEGINS = "ny"


class RevisionToken(Struct, frozen=True):
    """`<draft>.<revision>`, or `ny.<once>` and maybe `.<unit>`, `.<tries>` and `.<dialog>` before anything is kept."""

    draft: CaseId = ""
    revision: int = 1
    once: str = ""
    """Tells this showing of the first page from others: sent twice, it begins one draft."""
    place: UnitId = ""
    tries: int = 0
    """How many first answers in a row were refused."""
    dialog: str = ""
    """By which something new begins; empty: by the usual one."""

    def __str__(self) -> str:
        if self.draft:
            return f"{self.draft}.{self.revision}"
        parts = (_BEGINS, self.once, self.place, str(self.tries or ""), self.dialog)
        return ".".join(parts).rstrip(".")


def mark_of(text: str) -> RevisionToken:
    """The mark in a form; Malformed if it is none of ours."""
    match text.split("."):
        case ["ny", once] if once:
            return RevisionToken(once=once)
        case ["ny", once, place] if once:
            return RevisionToken(once=once, place=place)
        case ["ny", once, place, tries] if once and _is_count(tries):
            return RevisionToken(once=once, place=place, tries=int(tries))
        case ["ny", once, place, tries, dialog] if once and _is_count(tries or "0"):
            return RevisionToken(once=once, place=place, tries=int(tries or 0), dialog=dialog)
        case [draft, revision] if draft and _is_count(revision):
            return RevisionToken(draft=draft, revision=int(revision))
        case _:
            raise Malformed(where="revision")


def mark_if_any(fields: Fields) -> RevisionToken | None:
    """The mark of a form that may have none."""
    try:
        return mark_of("".join(fields.get("revision", ())[:1]))
    except Malformed:
        return None


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
