"""To whom what happens is addressed."""

from inbox.model import REPORTER, Case, FeedId, Registration, desk_of


def everyone(case: Case) -> tuple[FeedId, ...]:
    """The reporter and every authority in the thread. The patient's seat has no feed until somebody may sit on it."""
    authorities = tuple(party.id for party in case.parties if party.authority is not None)
    return (REPORTER, *authorities)


def desk(registration: Registration) -> tuple[FeedId, ...]:
    """Only those who work with this registration at this unit."""
    return (desk_of(registration),)
