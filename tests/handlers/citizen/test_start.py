"""The way in, and the pages that say how things are."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from handlers.view.form_specs import FORMS
from inbox.storage.people import Person
from tests.handlers.teller import teller
from tests.house import House, house_in
from tests.people import ANNA


@pytest.mark.parametrize(
    "path", ["/", "/andra-regioner", "/tillganglighet", "/personuppgifter", "/kontakt", "/logga-in", "/beratta"]
)
async def test_every_page_has_one_heading_a_title_and_the_way_back(house: House, path: str) -> None:
    page = await (await house.browser()).get(path)
    assert page.status == 200
    assert page.text.count("<h1") == 1
    assert page.title.endswith("Synpunkter på vården")
    assert 'href="/"' in page.text
    assert 'href="tel:112"' in page.text


async def test_the_start_page_tells_the_goal_and_whom_to_call(house: House) -> None:
    page = await (await house.browser()).get("/")
    assert "Mål 28 dagar" in page.words
    assert "08-465 004 10" in page.words
    assert "Vardagar 9–12 och 13–15" in page.words
    assert "lag" not in page.words.casefold().replace("klaga", "").replace("klag", "").split()


async def test_care_in_another_region_stands_under_a_heading_of_its_own(house: House) -> None:
    page = await (await house.browser()).get("/")
    [head] = re.findall(r'<h2[^>]*>([^<]*)</h2>(?:(?!<h2).)*href="/andra-regioner"', page.text, re.DOTALL)[:1]
    assert head == "Hände det någon annanstans?"


@pytest.mark.on_both_engines
async def test_whoever_has_begun_goes_on_from_the_start_page(house: House) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/when")
    page = await someone.opens("/")
    assert "Fortsätt berätta" in page.words
    assert "Du är på fråga 6 av" in page.words
    assert (await someone.opens("/beratta")).path == "/beratta/when"


async def test_every_region_of_the_country_is_there_with_its_board(house: House) -> None:
    page = await (await house.browser()).get("/andra-regioner")
    assert page.text.count("Region ") >= 15
    assert page.words.count("Patientnämnd") >= 20
    assert "1177.se" in page.words


async def test_the_board_is_reached_by_phone_letter_and_visit(house: House) -> None:
    page = await (await house.browser()).get("/kontakt")
    for words in ("08-465 004 10", "Rådhusgatan 3, 990 10 Lindby", "Besök"):
        assert words in page.words


@pytest.mark.on_both_engines
async def test_leaving_in_a_hurry_signs_out_and_forgets_the_draft(house: House, eva: Person) -> None:
    someone = await teller(house)
    await someone.tells(until="/beratta/when")
    async with someone.browser._session.get(house.url("/lamna"), allow_redirects=False) as response:
        assert response.status == 303
        assert "smhi.se" in response.headers["Location"]
        assert "storage" in response.headers["Clear-Site-Data"]
    assert (await someone.opens("/beratta/when")).path == "/beratta/leave"


async def test_a_picture_on_another_site_cannot_make_somebody_leave(house: House) -> None:
    anna = await house.browser(ANNA)
    for site in ("cross-site", "same-site"):
        headers = {"Sec-Fetch-Site": site}
        async with anna._session.get(house.url("/lamna"), headers=headers, allow_redirects=False) as response:
            assert "Clear-Site-Data" not in response.headers
            assert "Set-Cookie" not in response.headers
    assert (await anna.get("/hem")).path == "/hem"


async def test_signing_in_leads_to_no_other_site(house: House, eva: Person) -> None:
    browser = await house.browser()
    await browser.get("/logga-in")
    page = await browser.post("/logga-in", {"person": eva.id, "next": "//elsewhere.example/x"})
    assert page.path == "/hem"


@pytest.mark.parametrize(
    "asked", ["/hem?a=1&b=å%20ö", "/arende/1?before=50", "/arende/1/svar?fran=3", "/personal?visa=klara"]
)
async def test_what_was_asked_for_is_shown_after_signing_in_with_its_query(
    house: House, eva: Person, asked: str
) -> None:
    browser = await house.browser()
    page = await browser.get(asked)
    assert page.path == "/logga-in"
    form = {"csrf": browser.csrf, "person": eva.id, "next": page.field("next")}
    async with browser._session.post(house.url("/logga-in"), data=form, allow_redirects=False) as response:
        assert unquote(response.headers["Location"]) == unquote(asked)


async def test_an_address_without_end_is_carried_along_without_its_query(house: House) -> None:
    page = await (await house.browser()).get("/hem?a=" + "x" * 3000)
    assert (page.path, page.field("next")) == ("/logga-in", "/hem")


async def test_who_was_signed_out_comes_back_to_the_page_that_the_form_was_on(house: House) -> None:
    browser, url = await house.browser(), house.url("/").rstrip("/")
    for said, onward in (
        (f"{url}/arende/1/svar?fran=3", "/arende/1/svar?fran=3"),
        ("https://evil.example/arende/1/svar", "/arende/1"),
        (f"{url}/hem", "/arende/1"),
        ("http://[", "/arende/1"),
    ):
        page = await browser.post("/arende/1/rate_answer", {"rating": "yes"}, referer=said)
        assert (page.path, page.field("next")) == ("/logga-in", onward)


@pytest.mark.parametrize("url", ["/arende/1", "/personal/arende/1"])
async def test_no_form_of_any_command_fails_where_the_session_has_ended(house: House, url: str) -> None:
    browser = await house.browser()
    for tag, form in FORMS.items():
        words = {text.name: "Det här skrev jag." for text in form.texts}
        page = await browser.post(f"{url}/{tag}", {"client_id": "c" * 12, "seen": "1", **words})
        # Nothing that was written is lost; where nothing was, one signs in and goes on.
        assert (page.status, page.path) in {(401, f"{url}/{tag}"), (200, "/logga-in")}, tag
        assert ("Det här skrev jag." in page.text) == bool(words), tag


async def test_signing_out_ends_the_session(house: House) -> None:
    anna = await house.browser(ANNA)
    await anna.get("/hem")
    await anna.post("/logga-ut")
    assert (await anna.get("/hem")).path == "/logga-in"


async def test_a_region_names_the_service_itself_and_how_long_drafts_are_kept(
    tmp_path: Path, database_url: str
) -> None:
    settings: dict[str, Any] = {"service_name": "Säg till om vården 100 %", "region": "01", "draft_days": 7}
    async with house_in(tmp_path, database_url=database_url, **settings) as house:
        browser = await house.browser()
        page = await browser.get("/personuppgifter")
        assert page.title == "Personuppgifter – Säg till om vården 100 %"
        assert "på 7 dagar" in page.words
        assert "Region Stockholm ansvarar för tjänsten." in page.words
        assert "Mittland" not in page.words


async def test_a_name_that_nobody_has_changed_is_said_in_english_too(house: House) -> None:
    page = await (await house.browser()).get("/?sprak=en")
    assert page.title.endswith("Healthcare feedback")
