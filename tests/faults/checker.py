"""Judges a run, in the manner of Jepsen's set and list checkers: what was acknowledged, kept, and seen by whom.

Acknowledged means: kept, once, and seen by everybody entitled in the one order of the feed, by nobody else.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from tests.faults.record import Line, What

CLEAR = frozenset({"not_kept", "not_read", "busy"})
"""Refusals that tell a person what to do when a fault is ours: try again in a while."""


class Member(Struct, frozen=True):
    """A socket, and what it is entitled to: nothing for a stranger. Marks begin with the talk they belong to."""

    who: str
    thread: str = ""
    """The talk of everybody in the case."""
    desk: str = ""
    """The own notes, which have a feed of their own."""
    feed: str = ""
    """What the party's feed is called; by default as the talk, where all parties are told the same."""
    also: tuple[str, ...] = ()
    """Talks with one other side, where there is a board."""

    @property
    def own(self) -> str:
        """The party's feed."""
        return self.feed or self.thread

    def may_hear(self, mark: str) -> bool:
        """Whether a mark belongs to a talk of theirs."""
        return talk_of(mark) in {self.thread, self.desk, *self.also} - {""}


class Kept(Struct, frozen=True):
    """What the store holds: each feed's numbers with the mark of what stands there, empty for what has none."""

    feeds: dict[str, list[tuple[int, str]]]
    replayed: bool = True
    """Whether every case is what its events make of it."""


class Verdict(Struct):
    """What was found, in words; the figures are how many."""

    lost: list[str] = []
    doubled: list[str] = []
    misordered: list[str] = []
    leaked: list[str] = []
    unclear: list[str] = []
    """Refusals that say nothing a person can use."""

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.lost or self.doubled or self.misordered or self.leaked or self.unclear)


def talk_of(mark: str) -> str:
    """The talk a mark belongs to: `thread-0` of `thread-0-anna-0001`."""
    return "-".join(mark.split("-")[:2])


def check(lines: Sequence[Line], kept: Kept, members: Iterable[Member], *, in_order: bool = True) -> Verdict:
    """The verdict. Without `in_order` frames were shuffled or repeated on the way: pushes are not judged by it."""
    everybody = list(members)
    verdict = Verdict()
    _acknowledged_is_kept(lines, kept, everybody, verdict)
    _addressed_by_right(lines, kept, everybody, verdict)
    _feeds_are_whole(kept, verdict)
    _kept_in_the_order_of_time(lines, kept, verdict)
    of = defaultdict[str, list[Line]](list)
    for line in lines:
        of[line.who].append(line)
    for member in everybody:
        own = of[member.who]
        for feed, desk in ((member.own, False), (member.desk, True)):
            if feed:
                _shown_is_kept(member.who, [x for x in own if x.desk is desk], kept.feeds.get(feed, []), verdict)
        verdict.lost += [f"{member.who} was told that the case is gone" for line in own if line.what is What.GONE]
        _heard_by_right(member, own, verdict)
        if in_order:
            _pushed_in_order(member.who, own, verdict)
    verdict.unclear += [f"{x.who}: {x.mark}" for x in lines if x.what is What.REFUSED and x.mark not in CLEAR]
    return verdict


def _acknowledged_is_kept(lines: Sequence[Line], kept: Kept, everybody: Sequence[Member], verdict: Verdict) -> None:
    """By the number that the writer was told, which is that of the writer's own feed."""
    anywhere = {mark for rows in kept.feeds.values() for _, mark in rows}
    numbers = {
        member.who: {mark: n for feed in (member.own, member.desk) for n, mark in kept.feeds.get(feed, []) if mark}
        for member in everybody
    }
    for line in lines:
        if line.what is not What.ACKNOWLEDGED:
            continue
        if line.mark not in anywhere:
            verdict.lost.append(f"{line.mark} was acknowledged and is not kept")
        elif line.n and line.n != (stands := numbers[line.who].get(line.mark)):
            verdict.misordered.append(f"{line.mark} was acknowledged as {line.n} and is kept as {stands}")


def _addressed_by_right(lines: Sequence[Line], kept: Kept, everybody: Sequence[Member], verdict: Verdict) -> None:
    """What is kept at all stands in the feed of everybody who is entitled to it, and in no other."""
    anywhere = {mark for rows in kept.feeds.values() for _, mark in rows if mark}
    acknowledged = {line.mark for line in lines if line.what is What.ACKNOWLEDGED} & anywhere
    for member in everybody:
        if member.thread:
            has = {mark for feed in (member.own, member.desk) for _, mark in kept.feeds.get(feed, []) if mark}
            missing = sorted(mark for mark in acknowledged - has if member.may_hear(mark))
            verdict.lost += [f"{mark} is not addressed to {member.who}" for mark in missing]
            verdict.leaked += [
                f"{mark} is addressed to {member.who}" for mark in sorted(has) if not member.may_hear(mark)
            ]


def _feeds_are_whole(kept: Kept, verdict: Verdict) -> None:
    for feed, rows in kept.feeds.items():
        copies = Counter(mark for _, mark in rows if mark)
        verdict.doubled += [f"{mark} is kept {n} times in {feed}" for mark, n in copies.items() if n > 1]
        if [n for n, _ in rows] != list(range(1, len(rows) + 1)):
            verdict.misordered.append(f"the numbers of {feed} are not 1, 2, 3 …")
    if not kept.replayed:
        verdict.misordered.append("a case is not what its events make of it")


def _kept_in_the_order_of_time(lines: Sequence[Line], kept: Kept, verdict: Verdict) -> None:
    """What was acknowledged before something else was first sent stands before it."""
    sent: dict[str, float] = {}
    acknowledged: dict[str, float] = {}
    for line in lines:
        if line.what is What.SENT:
            sent.setdefault(line.mark, line.at)
        elif line.what is What.ACKNOWLEDGED:
            acknowledged.setdefault(line.mark, line.at)
    for rows in kept.feeds.values():
        latest = float("-inf")
        for mark in [mark for _, mark in rows if mark in sent]:
            if acknowledged.get(mark, float("inf")) < latest:
                verdict.misordered.append(f"{mark} stands after something that was sent when it was acknowledged")
            latest = max(latest, sent[mark])


def _shown_is_kept(who: str, own: Sequence[Line], rows: list[tuple[int, str]], verdict: Verdict) -> None:
    """The person saw the feed as it is kept: everything, once, in its order."""
    shown = [(line.n, line.mark) for line in own if line.what is What.SHOWN]
    stands = dict(rows)
    verdict.misordered += [f"{who} saw {b} after {a}" for a, b in itertools.pairwise(n for n, _ in shown) if b < a]
    verdict.doubled += [f"{who} saw number {n} {k} times" for n, k in Counter(n for n, _ in shown).items() if k > 1]
    copies = Counter(mark for _, mark in shown if mark)
    verdict.doubled += [f"{who} saw {mark} {k} times" for mark, k in copies.items() if k > 1]
    kept = {mark for _, mark in rows}
    for n, mark in shown:
        if mark and mark not in kept:
            verdict.lost.append(f"{who} saw {mark}, which is not kept")
        elif stands.get(n, mark) != mark:
            verdict.misordered.append(f"{who} saw {mark} as {n}, where {stands[n] or 'something else'} stands")
    seen = {n for n, _ in shown}
    verdict.lost += [f"{who} never saw {mark or 'an event'} ({n})" for n, mark in rows if n not in seen]


def _heard_by_right(member: Member, own: Sequence[Line], verdict: Verdict) -> None:
    wrong = dict.fromkeys(x.mark for x in own if x.what is What.HEARD and not member.may_hear(x.mark))
    verdict.leaked += [f"{member.who} heard {mark}" for mark in wrong]


def _pushed_in_order(who: str, own: Sequence[Line], verdict: Verdict) -> None:
    """On one connection pushes come in the order of their numbers, each once."""
    last = {False: 0, True: 0}
    for line in own:
        if line.what is What.OPENED:
            last = {False: 0, True: 0}
        elif line.what is What.PUSHED:
            if line.n == last[line.desk]:
                verdict.doubled.append(f"{who} was told {line.n} twice")
            elif line.n < last[line.desk]:
                verdict.misordered.append(f"{who} was told {line.n} after {last[line.desk]}")
            last[line.desk] = max(last[line.desk], line.n)
