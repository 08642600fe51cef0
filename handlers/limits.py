"""How often: so many acts of a kind from one sender, and from all together whom nobody knows.

A bucket for each kind and sender holds as many acts as a minute allows, and fills up again evenly: a burst is taken, a
flood is not. A sender is the person who is signed in, else a stretch of addresses, salted and hashed, in memory alone.
Each process counts for itself. The figures are settings (server/CONFIG.md).
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from enum import StrEnum
from ipaddress import ip_address, ip_network
from math import ceil

from msgspec import Struct

from dialogs.errors import Category, Refused
from inbox.files.errors import SignInToAttach

MINUTE, DAY = 60.0, 24 * 3600.0
MOST_SENDERS = 20_000
"""Buckets of a kind that are remembered: those of the senders that were seen last."""
_IPV4, _IPV6 = 32, 56
"""Bits of an address that tell senders apart: a household is given as many of the longer ones as it likes."""


class Act(StrEnum):
    """What is counted."""

    COMMAND = "command"
    TYPING = "typing"
    DRAFT = "draft"
    ANSWER = "answer"
    UPLOAD = "upload"
    SIGN_IN = "sign_in"
    CODE = "code"
    """A receipt code is tried, right or wrong; one with a slip in it counts for nothing."""
    SEARCH = "search"
    SOCKET = "socket"
    LOOK = "look"
    """A case is opened, asked for what is new, or said to be read; a list is opened."""


class Rate(Struct, frozen=True):
    """How often something may be done in a minute."""

    each: int
    """By one sender."""
    unknown: int = 0
    """By all together who are not signed in; 0: whoever does it is."""


class TooOften(Refused):
    """Somebody does something more often than people do; `seconds` from now it is taken again."""

    code = "too_often"
    category = Category.TOO_OFTEN

    @property
    def seconds(self) -> int:
        """When to try again."""
        found = self.params.get("seconds", 1)
        return found if isinstance(found, int) else 1


class _Buckets:
    """Buckets of one kind, by sender.

    A sender is forgotten when MOST_SENDERS others have come since; a bucket that is forgotten counts as full, so that
    whoever is forgotten gets at most one bucket more. Ending the process forgets all of them. What was
    refused takes nothing: whoever goes on trying is taken again as soon as whoever waits.
    """

    def __init__(self, rate: int, time: float = MINUTE) -> None:
        self._rate = rate
        self._time = time
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, sender: str, now: float, wanted: int = 1) -> float:
        """Take so many; seconds until there are so many, if there are not."""
        left = self._filled(sender, now)
        waits = 0.0 if left >= wanted else (wanted - left) * self._time / self._rate
        self._left.pop(sender, None)
        self._left[sender] = (left if waits else left - wanted, now)
        if len(self._left) > MOST_SENDERS:
            # The one that was seen longest ago: it has filled up again, or nearly so.
            self._left.popitem(last=False)
        return waits

    def is_full(self, sender: str, now: float) -> bool:
        """Whether the sender has done nothing of the kind for a while."""
        return self._filled(sender, now) >= self._rate

    def give_back(self, sender: str, now: float) -> None:
        """One that was taken is there again."""
        if sender in self._left:
            self._left[sender] = (min(float(self._rate), self._filled(sender, now) + 1), now)

    def _filled(self, sender: str, now: float) -> float:
        left, since = self._left.get(sender, (float(self._rate), now))
        return min(float(self._rate), left + (now - since) * self._rate / self._time)


class Limits:
    """Counts acts. Made once."""

    def __init__(
        self, rates: Mapping[Act, Rate], clock: Callable[[], float], salt: str, unknown_day: int = 1 << 62
    ) -> None:
        self._clock = clock
        self._salt = salt.encode()
        self._each = {act: _Buckets(rate.each) for act, rate in rates.items()}
        self._bytes = _Buckets(unknown_day, DAY)
        self._unknown = {act: _Buckets(rate.unknown) for act, rate in rates.items() if rate.unknown}

    def check(self, act: Act, person: str | None, address: str = "") -> None:
        """Count one act of a person, or of whoever is at an address. Raises TooOften."""
        now = self._clock()
        sender = f"person {person}" if person else self.bucket_of(address)
        # However many others guess, nobody is kept from their own case by them: a first try of a code is always taken.
        is_first = act is Act.CODE and self._each[act].is_full(sender, now)
        waits = self._each[act].take(sender, now)
        if not waits and not person and act in self._unknown:
            waits = self._unknown[act].take("", now)
            waits = 0.0 if is_first else waits
        if waits:
            raise TooOften(seconds=ceil(waits))

    def give_back(self, act: Act, address: str) -> None:
        """It was no guess: of whoever is at that address, and of all together, it does not count."""
        now = self._clock()
        self._each[act].give_back(self.bucket_of(address), now)
        if act in self._unknown:
            self._unknown[act].give_back("", now)

    def check_bytes(self, person: str | None, address: str, size: int) -> None:
        """Count so many bytes of a file, where nobody is signed in, for the address they come from.

        Raises SignInToAttach. Whoever is signed in has a day of their own, which is looked up
        (`inbox/attachments/attaching.py`).
        """
        if not person and self._bytes.take(self.bucket_of(address), self._clock(), size):
            raise SignInToAttach

    def bucket_of(self, address: str) -> str:
        """What is remembered instead of an address, as long as the process runs; nothing can be told from it."""
        return hashlib.blake2b(stretch_of(address).encode(), key=self._salt[:64], digest_size=16).hexdigest()


def stretch_of(address: str) -> str:
    """The addresses that count as one sender; an address that is none stands for itself."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    found = getattr(found, "ipv4_mapped", None) or found
    return str(ip_network((found, _IPV4 if found.version == 4 else _IPV6), strict=False))


def sender_address(peer: str, forwarded: str, proxies: int) -> str:
    """Whose address a request comes from, with so many proxies of our own before us.

    Each writes down, last, whom it heard; what stands before what ours wrote is only what somebody says.
    """
    if not proxies:
        return peer
    told = [part.strip() for part in forwarded.split(",") if part.strip()]
    return told[-proxies] if len(told) >= proxies else peer
