"""A long thread is shown in stretches: nothing is left out, nothing comes twice."""

from datetime import UTC, datetime, timedelta

import pytest

from inbox.cases.events import Envelope, MessagePosted, Recorded
from inbox.cases.model import Role
from inbox.cases.thread_window import (
    END,
    MOST,
    NEWEST,
    NO_ROWS,
    USUAL,
    WHOLE,
    Numbered,
    WindowRequest,
    latest,
    with_unread,
)

START = datetime(2026, 11, 21, 9, tzinfo=UTC)


def rows(*seconds: int) -> list[Numbered]:
    """Events at those seconds, numbered from one."""
    return [(n, _said(second)) for n, second in enumerate(seconds, 1)]


def _said(second: int) -> Recorded:
    at = START + timedelta(seconds=second)
    envelope = Envelope("e", "c", 1, at, "message_posted", "a1", Role.CASEWORKER, "karin", "u", ("a1",), None, None)
    return Recorded(envelope, MessagePosted(text=""))


def numbers(found: tuple[Numbered, ...]) -> list[int]:
    return [n for n, _ in found]


def test_the_newest_of_messages_and_notes_together_are_shown() -> None:
    found = latest(rows(1, 3, 5, 7), rows(2, 4, 6), WindowRequest(most=3))
    assert (numbers(found.rows), numbers(found.notes)) == ([3, 4], [3])
    assert found.shown == range(3, 5)
    assert found.earlier == WindowRequest(before=3, desk_before=3)


def test_whoever_goes_on_asking_sees_everything_once() -> None:
    said, noted = rows(*range(0, 400, 3)), rows(*range(1, 400, 7))
    seen: tuple[list[int], list[int]] = ([], [])
    wish: WindowRequest | None = NEWEST
    while wish is not None:
        here = [row for row in said if row[0] < wish.before], [row for row in noted if row[0] < wish.desk_before]
        found = latest(*here, wish)
        assert len(found.rows) + len(found.notes) <= USUAL
        seen = numbers(found.rows) + seen[0], numbers(found.notes) + seen[1]
        wish = found.earlier
    assert seen == (numbers(tuple(said)), numbers(tuple(noted)))


def test_a_clock_that_was_set_back_puts_nothing_in_another_order() -> None:
    found = latest(rows(1, 50, 20, 30), rows(40), WindowRequest(most=3))
    assert numbers(found.rows) == sorted(numbers(found.rows))
    assert found.shown.stop == 5


def test_where_all_of_it_is_shown_there_is_nothing_earlier() -> None:
    assert latest(rows(1, 2), rows(3), WindowRequest(most=3)).earlier is None
    assert latest(rows(1, 2), rows(3), WHOLE).earlier is None
    assert latest([], [], NEWEST).shown == range(0)


@pytest.mark.parametrize(("unread", "most"), [(0, USUAL), (USUAL + 1, USUAL + 1), (MOST + 1, MOST)])
def test_what_is_unread_is_shown_as_far_as_there_is_room(unread: int, most: int) -> None:
    assert with_unread(NEWEST, unread) == WindowRequest(most, END, END)


@pytest.mark.parametrize("wish", [WHOLE, NO_ROWS, WindowRequest(before=7)])
def test_who_asks_for_something_else_gets_that(wish: WindowRequest) -> None:
    assert with_unread(wish, 100) == wish
