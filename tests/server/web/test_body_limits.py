"""A body has the time that it needs, and no more."""

from collections.abc import Callable

import pytest

from server.web.body_limits import SLOWEST, Pace, Times

EVERY, TEXT, WHOLE = 10, 60, 1800


def given_up_at(received: Callable[[int], int], *, paused: bool = False) -> int | None:
    """After how many seconds a body is given up of which so much has come by then; None if never."""
    pace = Pace(Times(silence=2 * EVERY, text=TEXT, whole=WHOLE), 0)
    for now in range(EVERY, 2 * WHOLE, EVERY):
        if pace.is_over(now, received(now), paused=paused):
            return now
    return None


@pytest.mark.parametrize(
    ("received", "at"),
    [
        (lambda _: 0, 2 * EVERY),
        (lambda now: now // 10, TEXT),
        (lambda now: 100_000 + now // 10, 2 * TEXT),
        (lambda now: now * SLOWEST // 2, TEXT),
        (lambda now: now * SLOWEST, WHOLE),
        (lambda now: now * 1_000_000, WHOLE),
    ],
    ids=["nothing", "a letter now and then", "letters after a start", "half the pace", "a slow net", "without end"],
)
def test_what_comes_at_a_pace_has_its_time_and_what_drips_has_a_texts(received: Callable[[int], int], at: int) -> None:
    assert given_up_at(received) == at


def test_that_we_take_no_more_just_now_is_no_fault_of_the_sender() -> None:
    assert given_up_at(lambda _: 70_000, paused=True) == WHOLE
