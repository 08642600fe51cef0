"""Somebody signs in at a provider that others wrote, in a real browser, files, and signs out at both ends."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.provider.provider import Provider, providing, write_providers
from tests.stories.tools.filing import files_a_complaint
from tests.stories.tools.people import PHONE, Somebody, Town
from tests.stories.tools.served import Served

pytestmark = pytest.mark.browser
NAME = "Tindra Nyström"


@pytest_asyncio.fixture(loop_scope="session")
async def provider(house: Served, tmp_path: Path) -> AsyncIterator[Provider]:
    """The provider, which knows where the service is."""
    async with providing("bankid", here=house.url) as provider:
        yield provider


@pytest_asyncio.fixture(loop_scope="session")
async def served(house: Served, provider: Provider, tmp_path: Path) -> AsyncIterator[Served]:
    """The service, which knows the provider."""
    house.has(PROVIDERS=write_providers(tmp_path, provider, {"bankid": "citizen"}))
    await house.start()
    try:
        yield house
    finally:
        await house.stop()


async def identifies(somebody: Somebody) -> None:
    """By the link, and at the provider."""
    await somebody.follows("Logga in med Bankid")
    await somebody.page.get_by_role("button", name=NAME).click()


@pytest.mark.parametrize("script", [True, False])
async def test_she_files_by_way_of_a_provider_and_signs_out_at_both_ends(
    town: Town, served: Served, provider: Provider, script: bool
) -> None:
    she = await town.person(NAME, PHONE, script=script)
    await files_a_complaint(she, "Ingen ringde", "Jag väntade i tre dagar. Ingen ringde upp.", signs_in=identifies)
    await she.goes_to("/inloggningar")
    await she.sees("den här")
    await she.sees("Bankid")
    await she.page.get_by_role("button", name="Logga ut", exact=True).click()
    # Without a press she is at the provider, which asks once more.
    await she.page.get_by_role("button", name=re.compile("yes", re.IGNORECASE)).click()
    await expect(she.page).to_have_url(served.url + "/")
    assert "/session/end/confirm" in provider.asked
    await she.page.goto(served.url + "/hem")
    await expect(she.page).to_have_url(re.compile("/logga-in"))
    assert "code=" not in served.log
