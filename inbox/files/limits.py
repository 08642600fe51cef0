"""How much may be attached. The one place where these figures stand; settings may say otherwise."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from inbox.files.errors import OverDay, OverQuota, SignInToAttach, TooBig, TooMany

MEGABYTE = 1024 * 1024


class Limits(Struct, frozen=True):
    """How much one draft or one case may hold."""

    file: int
    """Bytes of a single file."""
    files: int
    total: int
    """Bytes of all files together."""


# A photo from a phone has 2 to 12 MB, a scanned letter less.
DRAFT = Limits(file=25 * MEGABYTE, files=10, total=50 * MEGABYTE)
# A conversation goes on for weeks, with files from several parties.
CASE = Limits(file=25 * MEGABYTE, files=50, total=250 * MEGABYTE)


class Allowance(Struct, frozen=True, kw_only=True):
    """How much may be attached to a draft, to a case, and by one person."""

    draft: Limits = DRAFT
    case: Limits = CASE
    unknown: int = 10_000 * MEGABYTE
    """Bytes that all drafts together may hold at which nobody is signed in."""
    day: int = 500 * MEGABYTE
    """Bytes that one person, or one browser that nobody has signed in to, may send in a day."""
    open: int = 20
    """Uploads that one person may have begun and not ended."""
    hours: int = 24
    """How long a begun upload waits for its rest."""


class Room(Struct, frozen=True):
    """How large the next file may be, and which limit it is that says so."""

    file: int
    left: int
    today: int = 1 << 62
    unknown: int = 1 << 62
    """What is left for all who are not signed in."""

    def check(self, size: int) -> None:
        """Refuse a file that is, or has become, this large. Raises TooBig, OverQuota, OverDay or SignInToAttach."""
        if size > self.file:
            raise TooBig(megabytes=self.file // MEGABYTE)
        if size > self.left:
            raise OverQuota(megabytes_left=self.left // MEGABYTE)
        if size > self.today:
            raise OverDay
        if size > self.unknown:
            raise SignInToAttach


def room_for_one_more(sizes: Sequence[int], limits: Limits) -> Room:
    """The room beside files of these sizes. Raises TooMany or OverQuota if there is none."""
    if len(sizes) >= limits.files:
        raise TooMany(files=limits.files)
    left = limits.total - sum(sizes)
    if left <= 0:
        raise OverQuota(megabytes_left=0)
    return Room(file=limits.file, left=left)


def within_the_day(room: Room, sent: int, allowance: Allowance) -> Room:
    """The same room for somebody who has sent so much in the last day."""
    return replace(room, today=allowance.day - sent)


def beside_the_unknown(room: Room, held: int, allowance: Allowance) -> Room:
    """The same room for somebody who is not signed in, where all of those hold so much."""
    return replace(room, unknown=allowance.unknown - held)
