"""What those look at who watch over the service: who came and went, and what was refused to whom.

A stream of its own in the log, by the name `security`: always on, whatever `LOG_LEVEL` says. People are told apart by a
key that only this installation's secret makes; there is no address, no name, no id of a case, nothing that was sent.
The same again within a minute is counted and not told, so that nobody floods the log: the next line says how often.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable

from inbox.cases.model import PersonId

log = logging.getLogger("security")

NOBODY = "nobody"
"""Whoever is not signed in."""
SAME = 60.0
"""Seconds in which the same thing is told once."""
MOST = 10_000
"""Things that are remembered as told."""


class SecurityLog:
    """Tells it. Made once for each process."""

    def __init__(self, key_of: Callable[[PersonId], str], clock: Callable[[], float]) -> None:
        self._key_of = key_of
        self._clock = clock
        self._told: OrderedDict[tuple[object, ...], tuple[float, int]] = OrderedDict()

    def signed_in(self, person: PersonId) -> None:
        """A session has begun."""
        log.info("signed in", extra={"person": self._key_of(person)})

    def signed_out(self, person: PersonId) -> None:
        """Somebody has ended their session."""
        log.info("signed out", extra={"person": self._key_of(person)})

    def refused(self, what: str, person: PersonId | None, code: str, **where: str | int) -> None:
        """`what` (a request, a command, an event, a sign-in) was refused by that name."""
        facts = {"what": what, "person": self._key(person), "code": code, **where}
        if (times := self._again(tuple(facts.values()))) is not None:
            log.info("refused", extra=facts | ({"times_before": times} if times else {}))

    def foreign_socket(self, person: PersonId | None, owner: PersonId | None) -> None:
        """Somebody came with the id of a socket that another browser opened: `owner` is whoever is signed in there."""
        self.refused("socket", person, "not_your_socket", owner=self._key(owner))

    def _again(self, thing: tuple[object, ...]) -> int | None:
        """How often it happened untold since it was told; None if it was told a moment ago."""
        now = self._clock()
        at, times = self._told.pop(thing, (-SAME, 0))
        is_new = now - at >= SAME
        self._told[thing] = (now, 0) if is_new else (at, times + 1)
        if len(self._told) > MOST:
            self._told.popitem(last=False)
        return times if is_new else None

    def _key(self, person: PersonId | None) -> str:
        return self._key_of(person) if person else NOBODY
