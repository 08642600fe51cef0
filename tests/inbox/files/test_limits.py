"""How much may be attached, and which limit says no."""

import pytest

from inbox.files.errors import OverQuota, TooBig, TooMany
from inbox.files.limits import DRAFT, Limits, room_for_one_more

SMALL = Limits(file=10, files=3, total=15)


def test_the_first_file_may_be_as_large_as_a_single_file_may() -> None:
    room = room_for_one_more([], SMALL)
    room.check(10)
    with pytest.raises(TooBig):
        room.check(11)


def test_a_file_that_would_make_all_too_large_is_refused() -> None:
    room = room_for_one_more([9], SMALL)
    room.check(6)
    with pytest.raises(OverQuota):
        room.check(7)


def test_no_more_files_than_there_may_be() -> None:
    with pytest.raises(TooMany):
        room_for_one_more([1, 1, 1], SMALL)


def test_when_all_is_used_up_nothing_more_is_taken() -> None:
    with pytest.raises(OverQuota):
        room_for_one_more([8, 7], SMALL)


def test_a_refusal_says_the_limit() -> None:
    with pytest.raises(TooBig) as refused:
        room_for_one_more([], DRAFT).check(DRAFT.file + 1)
    assert refused.value.params == {"megabytes": 25}
