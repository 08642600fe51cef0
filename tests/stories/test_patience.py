"""Whoever waits in a test does not wait without end."""

import asyncio

import pytest

from tests.patience import given_up_after


async def test_what_never_answers_is_given_up_and_the_failure_says_for_how_long_it_was_waited() -> None:
    async def asks(page: asyncio.Event) -> None:
        await page.wait()

    with pytest.raises(TimeoutError) as late:
        await given_up_after(0.01, asks)(page=asyncio.Event())
    assert "after it began it was waiting there" in late.value.__notes__[0]


async def test_what_the_test_itself_waited_too_long_for_is_told_as_that() -> None:
    async def asks() -> None:
        raise TimeoutError("the page stays at its top")

    with pytest.raises(TimeoutError, match="the page stays at its top") as late:
        await given_up_after(60, asks)()
    assert not hasattr(late.value, "__notes__")
