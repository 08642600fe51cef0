"""Two people, one after the other, at the same browser: a page that the first left open shows nothing of the second."""

import pytest
from playwright.async_api import Request, Response, expect

from tests.stories.tools.people import DESKTOP, PHONE, Somebody, Town
from tests.stories.tools.served import Served

pytestmark = pytest.mark.browser
LISTS = ("/hem", "/personal")


async def comes_back(somebody: Somebody) -> None:
    """The page looks again, as when its tab comes into view."""
    await somebody.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


async def at_a_list(somebody: Somebody) -> str:
    """Signed in, at a list that has looked for news once; and what stands in it."""
    async with somebody.page.expect_event("requestfinished", asks_for_list):
        await somebody.signs_in()
    await somebody.is_live()
    return await listed(somebody)


async def listed(somebody: Somebody) -> str:
    """What stands in the parts of the page that may change."""
    return "\n".join(await somebody.page.locator("[data-part]").all_inner_texts())


async def next_at(somebody: Somebody, name: str, served: Served) -> Somebody:
    """Somebody else, who signs in at another tab of the same browser."""
    other = Somebody(name, await somebody.page.context.new_page(), served.url)
    await other.signs_in()
    return other


def asks_for_list(request: Request) -> bool:
    """Whether a page asks for its own parts."""
    return request.resource_type == "xhr" and request.url.endswith(LISTS)


def lists_fetched(somebody: Somebody) -> list[int]:
    """What comes to answer for a list, while it comes."""
    fetched: list[int] = []

    def note(answer: Response) -> None:
        if asks_for_list(answer.request):
            fetched.append(answer.status)

    somebody.page.on("response", note)
    return fetched


@pytest.mark.parametrize(
    ("first", "second"), [("Anna Lindqvist", "Mustafa Karim"), ("Karin Sandberg", "Erik Holm")], ids=["home", "desk"]
)
async def test_what_is_somebody_elses_does_not_come_into_a_page_that_is_left_open(
    served: Served, town: Town, first: str, second: str
) -> None:
    one = await town.person(first, DESKTOP)
    shown = await at_a_list(one)
    fetched = lists_fetched(one)
    # Without signing out: her connection is still open.
    await one.page.context.clear_cookies()
    other = await next_at(one, second, served)
    assert await listed(other) != shown
    async with one.page.expect_event("requestfinished", asks_for_list):
        await comes_back(one)
    await one.page.wait_for_timeout(800)
    await comes_back(one)
    await one.page.wait_for_timeout(800)
    assert fetched == [200], "it was asked once, and never again"
    assert await listed(one) == shown


async def test_a_page_whose_session_is_over_asks_for_nothing(served: Served, town: Town) -> None:
    anna = await town.person("Anna Lindqvist", PHONE)
    shown = await at_a_list(anna)
    fetched = lists_fetched(anna)
    leaving = Somebody("Anna Lindqvist", await anna.page.context.new_page(), served.url)
    await leaving.goes_to("/hem")
    await leaving.presses("Logga ut")
    await leaving.page.wait_for_url("**/")
    await expect(anna.page.locator("html[data-net=signed_out]")).to_have_count(1)
    await next_at(anna, "Mustafa Karim", served)
    await comes_back(anna)
    await anna.page.wait_for_timeout(800)
    assert fetched == []
    assert await listed(anna) == shown
