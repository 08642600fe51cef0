"""A long story is heard in a moment, and twice as long a one takes about twice as long: nothing grows beyond that."""

import time
from collections.abc import Callable
from datetime import date

from dialogs.danger.find import danger_in
from dialogs.listen.hear import hear
from tests.dialogs.listen.figures import tales
from tests.dialogs.listen.sample_places import SAMPLE

TODAY = date(2026, 11, 12)
LONG = 8000
"""Letters, about as many as a story may have."""


def story(letters: int) -> str:
    return " ".join(tale["text"] for tale in tales() if tale["lang"] == "sv" and tale["author"] == "second")[:letters]


def took(read: Callable[[str], object], text: str) -> float:
    """The least that it takes of the processor: others that run beside it only add."""
    times = []
    for _ in range(7):
        begun = time.process_time()
        read(text)
        times.append(time.process_time() - begun)
    return min(times)


def counting(text: str) -> None:
    """As much work on every machine, to measure by."""
    for _ in range(6):
        sum(number * number for number in range(40_000))


def both(text: str) -> None:
    hear(text, "sv", TODAY, SAMPLE)
    danger_in(text)


def test_a_story_of_8000_letters_takes_no_longer_than_so_much_counting() -> None:
    both(story(LONG))
    assert took(both, story(LONG)) < 4 * took(counting, "")


def test_twice_as_long_a_story_takes_about_twice_as_long() -> None:
    both(story(LONG))
    assert took(both, story(LONG)) < 3 * took(both, story(LONG // 2))
