"""What lists are made of. A socket with a list open follows topics; what happens touches some; nobody else is asked.

A new topic is a line in `TOPICS`: which ids of it somebody's lists are made of, and what an event does to it.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from inbox.cases.events import CaseForwarded
from inbox.cases.model import Identity, Role, desk_of
from inbox.cases.register_changes import units_moved
from inbox.execution.event_batch import EventBatch
from inbox.execution.executor import Outcome
from inbox.principals.principal import Individual

Topic = str
"""A kind of topic and an id, as `unit:SE0000000001-1001`."""
Told = Outcome | EventBatch


class Touched(NamedTuple):
    """What has happened to the topics of a kind: at which ids a list may look different, and who may hear of it."""

    ids: Collection[str]
    heard_by: Callable[[Identity], bool]
    """Asked at every send, with the rights of that moment."""


class TopicKind(NamedTuple):
    """A kind of topic."""

    name: str
    followed: Callable[[Identity], Iterable[str]]
    """The ids that somebody's lists are made of."""
    touched: Callable[[Told, datetime], Touched]


def _queue(told: Told, now: datetime) -> Touched:
    """To a distributor it comes where the register moved, never because somebody wrote."""
    feeds = {feed for feed, _, _ in told.rows}
    reached = [each for each in told.case.registrations if each.party in feeds or desk_of(each) in feeds]
    # A unit hears of what it has, and once more when it gives it away: never of what happens afterwards.
    moved = {each.event.from_unit for _, _, each in told.rows if isinstance(each.event, CaseForwarded)}
    units = {registration.owner for registration in reached} | moved
    registered = moved | units_moved(told.case, (each.event for _, _, each in told.rows))

    def heard_by(identity: Identity) -> bool:
        return any(grant.unit in (registered if grant.role is Role.DISTRIBUTOR else units) for grant in identity.grants)

    return Touched(units | registered, heard_by)


def _home(told: Told, now: datetime) -> Touched:
    """Whoever sits at a party now hears of what that party was told."""
    feeds = {feed for feed, _, _ in told.rows}
    holders = [seat.holder for seat in told.seats if seat.party in feeds and seat.stands(now)]
    seated = {holder.id for holder in holders if isinstance(holder, Individual)}
    return Touched(seated, lambda identity: identity.citizen and identity.person in seated)


TOPICS = (
    TopicKind("unit", lambda identity: (grant.unit for grant in identity.grants), _queue),
    TopicKind("person", lambda identity: [identity.person] if identity.citizen and identity.person else [], _home),
)


def topics_of(identity: Identity) -> frozenset[Topic]:
    """What the lists of a person are made of. Which of it they hear of is asked at every send."""
    return frozenset(_topic(kind, id) for kind in TOPICS for id in kind.followed(identity))


def touched_by(told: Told, now: datetime) -> tuple[frozenset[Topic], Callable[[Identity], bool]]:
    """The topics that something touches, and whether somebody who follows one of them may hear of it."""
    found = [(kind, kind.touched(told, now)) for kind in TOPICS]
    topics = frozenset(_topic(kind, id) for kind, touched in found for id in touched.ids)
    return topics, lambda identity: any(touched.heard_by(identity) for _, touched in found)


def _topic(kind: TopicKind, id: str) -> Topic:
    return f"{kind.name}:{id}"
