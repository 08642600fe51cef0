"""Who has what open right now: sockets, the person behind each, and the cases and lists they look at."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from handlers.realtime.topics import Topic
from inbox.cases.model import CaseId, PersonId
from inbox.principals.principal import Who


@dataclass
class Subscriber:
    """An open socket. Never trusted for rights: those are looked up at every send."""

    sid: str
    who: Who
    session: str
    language: str
    cases: set[CaseId] = field(default_factory=set)
    rows: bool = False
    """Whether a page listens, which draws rows; programs get the events."""
    topics: frozenset[Topic] = frozenset()
    """What its lists are made of, where a queue or a home page is open."""


class Subscriptions:
    """Every open socket of this process."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Subscriber] = {}
        self._by_case: dict[CaseId, set[str]] = defaultdict(set)
        self._by_topic: dict[Topic, set[str]] = defaultdict(set)
        self._ends: dict[tuple[str, CaseId], datetime] = {}
        self.told: dict[CaseId, int] = {}
        """Up to which event those at a case have been told; kept only where other processes write too."""

    def add(self, watcher: Subscriber) -> None:
        """A socket opened."""
        self._by_sid[watcher.sid] = watcher

    def remove(self, sid: str) -> Subscriber | None:
        """A socket closed; what it looked at, for telling the others."""
        watcher = self._by_sid.pop(sid, None)
        if watcher is not None:
            for case in watcher.cases:
                self._leave(sid, case)
            self._let_go(watcher)
        return watcher

    def get(self, sid: str) -> Subscriber | None:
        """The socket with that id."""
        return self._by_sid.get(sid)

    def open(self, sid: str, case: CaseId, version: int | None = None, until: datetime | None = None) -> None:
        """The socket looks at a case, of which it will be shown at least the first `version` events, `until` then."""
        self._by_sid[sid].cases.add(case)
        if until is not None:
            self._ends[sid, case] = until
        self._by_case[case].add(sid)
        if version is not None:
            self.told.setdefault(case, version)

    def shut(self, sid: str, case: CaseId) -> None:
        """The socket no longer looks at it."""
        watcher = self._by_sid.get(sid)
        if watcher:
            watcher.cases.discard(case)
        self._leave(sid, case)

    def over(self, now: datetime) -> list[tuple[str, CaseId]]:
        """Sockets with cases that they were to look at until now."""
        return [key for key, until in self._ends.items() if until <= now]

    def at(self, case: CaseId) -> list[Subscriber]:
        """Sockets that look at a case."""
        return [self._by_sid[sid] for sid in self._by_case.get(case, ())]

    def people(self) -> dict[CaseId, tuple[Who, ...]]:
        """Who looks at which case."""
        return {case: self.people_at(case) for case in list(self._by_case)}

    def people_at(self, case: CaseId) -> tuple[Who, ...]:
        """Who looks at a case, each once, in an order that stays."""
        return tuple(sorted({watcher.who for watcher in self.at(case)}, key=repr))

    def everybody(self) -> set[PersonId]:
        """Every person with a socket open."""
        return {watcher.who.person for watcher in self._by_sid.values() if watcher.who.person}

    def of_person(self, person: PersonId) -> list[Subscriber]:
        """Sockets of a person."""
        return [watcher for watcher in self._by_sid.values() if watcher.who.person == person]

    def follow(self, sid: str, topics: frozenset[Topic]) -> None:
        """The socket has a list open that is made of these, and of nothing else."""
        watcher = self._by_sid[sid]
        self._let_go(watcher)
        watcher.topics = topics
        for topic in topics:
            self._by_topic[topic].add(sid)

    def following(self, topics: Iterable[Topic]) -> list[Subscriber]:
        """Sockets with a list open that is made of any of these, each once."""
        sids = dict.fromkeys(sid for topic in topics for sid in self._by_topic.get(topic, ()))
        return [self._by_sid[sid] for sid in sids]

    def any_lists(self) -> bool:
        """Whether anybody has a list open."""
        return bool(self._by_topic)

    def of_session(self, session: str) -> list[Subscriber]:
        """Sockets of a session."""
        return [watcher for watcher in self._by_sid.values() if watcher.session == session]

    def sessions(self) -> set[str]:
        """Every session that has a socket open."""
        return {watcher.session for watcher in self._by_sid.values()}

    def __len__(self) -> int:
        return len(self._by_sid)

    def _let_go(self, watcher: Subscriber) -> None:
        for topic in watcher.topics:
            sids = self._by_topic[topic]
            sids.discard(watcher.sid)
            if not sids:
                del self._by_topic[topic]

    def _leave(self, sid: str, case: CaseId) -> None:
        self._ends.pop((sid, case), None)
        sids = self._by_case.get(case)
        if sids is None:
            return
        sids.discard(sid)
        if not sids:
            del self._by_case[case]
            self.told.pop(case, None)
