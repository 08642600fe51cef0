"""Only our own pages can change anything, and no page loads or sends anything elsewhere."""

from pathlib import Path

import pytest

from server.config import Settings
from server.web.security import policy
from tests.house import House, house_in
from tests.people import ANNA

SIGN_OUT = "/logga-ut"


async def test_every_answer_carries_the_policy_also_a_refusal(house: House) -> None:
    browser = await house.browser()
    for path in ("/", "/no/such/page", "/health/live", "/assets/0/none.css"):
        page = await browser.get(path)
        assert "script-src 'self'" in page.headers["Content-Security-Policy"], path
        assert page.headers["X-Content-Type-Options"] == "nosniff", path
        assert page.headers["Referrer-Policy"] == "same-origin", path
        assert "Server" not in page.headers, path


async def test_no_page_is_kept_by_the_browser_or_anybody_between(house: House) -> None:
    assert (await (await house.browser()).get("/")).headers["Cache-Control"] == "no-store"


async def test_a_page_is_packed_unless_it_may_hold_what_the_asker_put_there(house: House) -> None:
    browser = await house.browser()
    assert (await browser.get("/")).headers.get("Content-Encoding") == "gzip"
    assert (await browser.get("/kontakt?q=lindby")).headers.get("Content-Encoding") is None
    assert (await browser.post("/logga-in", {"person": "nobody"})).headers.get("Content-Encoding") is None


def test_text_cannot_become_script() -> None:
    said = policy(Settings())
    assert "require-trusted-types-for 'script'" in said
    assert "unsafe" not in said


async def test_another_site_cannot_make_the_browser_send_a_form(house: House) -> None:
    browser = await house.browser(ANNA)
    page = await browser.post(SIGN_OUT, origin="https://evil.example")
    assert page.status == 403
    page = await browser.post(SIGN_OUT, sec_fetch_site="cross-site")
    assert page.status == 403


async def test_nor_can_it_where_the_service_has_an_address_of_its_own(tmp_path: Path) -> None:
    async with house_in(tmp_path, public_url="https://synpunkter.example.se") as house:
        browser = await house.browser(ANNA)
        for origin, status in (("https://evil.example", 403), ("https://synpunkter.example.se", 303)):
            headers = {"Host": "synpunkter.example.se", "Origin": origin}
            async with browser._session.post(
                house.url(SIGN_OUT), data={"csrf": browser.csrf}, headers=headers, allow_redirects=False
            ) as response:
                assert response.status == status, origin


async def test_a_form_without_this_browsers_token_is_refused(house: House) -> None:
    anna, other = await house.browser(ANNA), await house.browser(ANNA)
    async with anna._session.post(house.url(SIGN_OUT), data={"csrf": other.csrf}) as response:
        assert response.status == 403
    async with anna._session.post(house.url(SIGN_OUT), data={"csrf": anna.csrf}, allow_redirects=False) as response:
        assert response.status == 303


async def test_another_site_cannot_open_a_socket_with_the_persons_cookie(house: House) -> None:
    anna = await house.browser(ANNA)
    address = "/socket.io/?EIO=4&transport=polling"
    assert (await anna.get(address, origin="https://evil.example")).status == 403
    assert (await anna.get(address, origin=house.url("/").rstrip("/"))).status == 200


async def test_a_foreign_name_for_our_address_is_turned_away(house: House) -> None:
    browser = await house.browser()
    assert (await browser.get("/", host="evil.example")).status == 421
    assert (await browser.get("/health/live", host="10.0.0.7")).status == 200


async def test_too_much_at_once_is_refused_in_plain_words(house: House) -> None:
    browser = await house.browser(ANNA)
    page = await browser.post(SIGN_OUT, {"text": "a" * 300_000})
    assert page.status == 413
    assert "för stort" in page.words


@pytest.mark.parametrize("path", ["/no/such/page", "/arende/none/none/none"])
async def test_a_wrong_address_gets_a_page_in_plain_words(house: House, path: str) -> None:
    page = await (await house.browser()).get(path)
    assert page.status == 404
    assert "Sidan finns inte" in page.words
