"""Who has a thread open at other processes, as they last said. What a process no longer says is soon forgotten."""

import asyncio
from collections import defaultdict

from handlers.realtime.peers import Here
from inbox.cases.model import CaseId
from inbox.principals.principal import Who

KEPT = 30.0
"""Seconds for which a process's word is taken: one that has died says nothing any more."""


class RemotePresence:
    """Who is there, by case and process."""

    def __init__(self) -> None:
        self._people: dict[CaseId, dict[str, tuple[tuple[Who, ...], float]]] = defaultdict(dict)

    def hear(self, here: Here) -> set[CaseId]:
        """Take a process's word; the cases where it changes something."""
        until = asyncio.get_running_loop().time() + KEPT
        changed = set()
        for case, people in here.people.items():
            known, _ = self._people[case].get(here.process, ((), 0.0))
            if known != people:
                changed.add(case)
            self._people[case][here.process] = (people, until)
            if not people:
                self._drop(case, here.process)
        return changed

    def sweep(self) -> set[CaseId]:
        """Forget what is too old; the cases where that changes something."""
        now = asyncio.get_running_loop().time()
        old = [(case, name) for case, said in self._people.items() for name, (_, until) in said.items() if until < now]
        for case, name in old:
            self._drop(case, name)
        return {case for case, _ in old}

    def at(self, case: CaseId) -> set[Who]:
        """Everybody who has the case open at another process."""
        return {person for people, _ in self._people.get(case, {}).values() for person in people}

    def _drop(self, case: CaseId, process: str) -> None:
        self._people[case].pop(process, None)
        if not self._people[case]:
            del self._people[case]
