"""Who sees which kinds of events, on which channels, as a page: made by the rules themselves, and tried by a test."""

from inbox.directory.load import MITTLAND, load
from inbox.reference.audience_matrix import VIEWERS, Places, Row, Seen, rows

PLACES = Places(unit="SE0000000001-VCEKBACKEN", other="SE0000000001-VCTORGET", board="SE0000000001-PNMITTLAND")
CHANNELS = "SPAU"
"""Socket, page, API, paper (`utskrift`)."""
NOTES = "SPA"
"""A note never leaves the desk on paper."""

_HEAD = """# Audiences

Written by `make docs` from the rules themselves: a made-up case is gone through
(`inbox/reference/audience_matrix.py`), and after each step it is asked what each of these people gets.
`tests/audiences/test_matrix.py` asks the running service the same.

| who | is |
|---|---|
| reporter | the one who filed the case, for somebody else |
| guardian | somebody who sits at the reporter's party beside her |
| code holder | the same, known by a receipt code alone |
| patient | the one whom the case is about, at a party of her own, which came after the case was filed |
| former proxy | somebody whose seat at the reporter's party has ended: there is no such case any more |
| unit | a caseworker of the unit that handles it |
| other unit | a caseworker of another unit of the same care provider |
| board | an officer of the patient board, which has joined by consent |
| distributor | somebody who gives the unit's cases to others: sees number, state and dates, nothing of what happens |
| stranger | anybody else: there is no such case |

**S** socket, **P** page, **A** API, **U** paper. – is nothing: no entry, no number, no time, no file. *without* names
the fields that are left empty for them. Where somebody is told a name it is marked ☺; otherwise staff sign as their
unit. A message with an audience is listed by it. When a case is forwarded, the unit that it goes to takes the place of
the one that it leaves: the party's feed is one, notes stay with the desk that wrote them.

"""


def page() -> str:
    """The page."""
    found = rows(load(MITTLAND), PLACES)
    table = [f"| event | by | {' | '.join(VIEWERS)} |", f"|---|---|{'---|' * len(VIEWERS)}", *map(_line, found)]
    return _HEAD + "\n".join([*table, ""])


def channels_of(seen: Seen | None) -> str:
    """The letters of the channels on which somebody gets it."""
    return "" if seen is None else NOTES if seen.note else CHANNELS


def _line(row: Row) -> str:
    name = f"`{row.kind}`" + (f" `{row.audience}`" if row.audience else "")
    return f"| {name} | {row.by} | {' | '.join(_cell(row.seen[viewer]) for viewer in VIEWERS)} |"


def _cell(seen: Seen | None) -> str:
    if seen is None:
        return "–"
    without = f" *without {', '.join(seen.blank)}*" if seen.blank else ""
    return channels_of(seen) + (" ☺" if seen.named else "") + without
