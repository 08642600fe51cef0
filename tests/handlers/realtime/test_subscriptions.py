"""Who looks at lists is found by what the lists are made of: nobody else is asked."""

import pytest

from handlers.realtime.subscriptions import Subscriber, Subscriptions
from handlers.realtime.topics import topics_of
from inbox.cases.model import Grant, Identity, Role
from inbox.principals.principal import Employee, Individual, Who
from tests.people import ANNA, BOARD, EKBACKEN, KARIN, identity


def subscribed(*people: Identity) -> Subscriptions:
    subscriptions = Subscriptions()
    for person in people:
        subscriptions.add(Subscriber(person.key, person.who, "session", "sv"))
        subscriptions.follow(person.key, topics_of(person))
    return subscriptions


def test_lists_are_found_by_their_units_and_by_who_sits_on_a_seat() -> None:
    subscriptions = subscribed(identity(ANNA), identity(KARIN))
    assert [each.who.person for each in subscriptions.following([f"unit:{EKBACKEN}"])] == [KARIN.id]
    assert [each.who.person for each in subscriptions.following([f"person:{ANNA.id}"])] == [ANNA.id]
    assert subscriptions.following([f"unit:{BOARD}"]) == []


def test_a_list_that_is_made_of_two_of_them_is_told_once() -> None:
    both = Identity(
        Who(Individual("both"), Employee()), "Both", (Grant(Role.CASEWORKER, EKBACKEN), Grant(Role.OFFICER, BOARD))
    )
    assert len(subscribed(both).following([f"unit:{EKBACKEN}", f"unit:{BOARD}"])) == 1


@pytest.mark.parametrize("leaves", [True, False])
def test_whoever_goes_or_works_elsewhere_is_not_found_any_more(leaves: bool) -> None:
    subscriptions = subscribed(identity(KARIN))
    if leaves:
        subscriptions.remove(KARIN.id)
    else:
        subscriptions.follow(KARIN.id, frozenset({f"unit:{BOARD}"}))
    assert subscriptions.following([f"unit:{EKBACKEN}"]) == []
    assert subscriptions.any_lists() is not leaves
