"""Who came, who went, and what was refused to whom can be seen afterwards; and nothing else about anybody."""

import logging
from typing import Any

import pytest

from handlers.security_log import SecurityLog
from inbox.storage.people import Person
from server.observability.logs import JsonLines
from tests.filing import filed
from tests.handlers.test_limits import Watch
from tests.house import House, house_in
from tests.people import ANNA, BO, KARIN
from tests.sockets import Socket, at_socket

Lines = list[dict[str, Any]]


@pytest.fixture
def watched(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "security")
    return caplog


def told(watched: pytest.LogCaptureFixture, house: House, *who: Person) -> list[tuple[str, ...]]:
    """What was told of these people, or of nobody: event and what else, in order."""
    keys = {house.parts.services.person_key(one.id) for one in who} or {"nobody"}
    names = ("what", "code", "route", "command", "event")
    return [
        (record.msg, *(str(vars(record)[name]) for name in names if name in vars(record)))
        for record in watched.records
        if record.name == "security" and vars(record)["person"] in keys
    ]


@pytest.mark.on_both_engines
async def test_sign_in_and_sign_out_are_told(house: House, eva: Person, watched: pytest.LogCaptureFixture) -> None:
    browser = await house.browser()
    await browser.get("/logga-in")
    await browser.post("/logga-in", {"person": "nobody-there"})
    await browser.post("/logga-in", {"person": eva.id})
    await browser.post("/logga-ut")
    assert told(watched, house) == [("refused", "sign-in", "unknown_person")]
    assert told(watched, house, eva) == [("signed in",), ("signed out",)]


async def test_a_case_that_is_refused_is_told_whichever_way_it_was_asked_for(
    house: House, watched: pytest.LogCaptureFixture
) -> None:
    case = await filed(house, ANNA)
    bo = await house.browser(BO)
    await bo.get(f"/arende/{case}")
    await bo.get(f"/arende/{case}/fil/{'0' * 32}")
    await bo.api("GET", f"/api/v1/cases/{case}/feed")
    socket = await at_socket(house, BO)
    await socket.asks("watch", case=case, after=0)
    lines = told(watched, house, BO)
    assert ("refused", "request", "no_such_case", "/arende/{case}") in lines
    assert ("refused", "request", "no_such_case", "/arende/{case}/fil/{file}") in lines
    assert ("refused", "request", "no_such_case", "/api/v1/cases/{case}/feed") in lines
    assert ("refused", "event", "no_such_case", "watch") in lines


async def test_a_command_that_is_refused_is_told_whichever_way_it_came(
    house: House, watched: pytest.LogCaptureFixture
) -> None:
    case = await filed(house, ANNA)
    bo = await house.browser(BO)
    socket = await at_socket(house, BO)
    form = {"text": "hemligt", "client_id": "client-id-1"}
    for send in (
        lambda: bo.command("post_message", case, text="hemligt"),
        lambda: bo.post(f"/arende/{case}/post_message", form),
        lambda: socket.says("post_message", case, text="hemligt"),
    ):
        await send()
        assert ("refused", "command", "no_such_case", "post_message") in told(watched, house, BO)
        watched.clear()
        # So that the next one is told too.
        house.parts.services.security._told.clear()


async def test_whoever_is_nobody_is_told_as_that(house: House, watched: pytest.LogCaptureFixture) -> None:
    nobody = await house.browser()
    await nobody.command("take_case", "x")
    await nobody.post("/logga-in", {"csrf": "x" * 40})
    await nobody.get("/no-such-page")
    codes = {line[2] for line in told(watched, house)}
    assert {"sign_in_needed", "bad_csrf", "not_found"} <= codes


async def test_a_limit_that_is_met_is_told_once_a_minute_and_how_often(
    tmp_path: Any, watched: pytest.LogCaptureFixture
) -> None:
    async with house_in(tmp_path, typing_per_minute=3) as house:
        case = await filed(house, ANNA)
        anna = await at_socket(house, ANNA, case)
        for _ in range(20):
            await anna.asks("typing", case=case, on=True)
        assert told(watched, house, ANNA) == [("refused", "event", "too_often", "typing")]


def test_the_same_again_is_counted_and_told_with_the_next(watched: pytest.LogCaptureFixture) -> None:
    watch = Watch()
    log = SecurityLog(lambda person: f"key-of-{person}", watch)
    for _ in range(5):
        log.refused("request", "bo", "no_such_case", route="/arende/{case}")
    log.refused("request", "eva", "no_such_case", route="/arende/{case}")
    watch.seconds = 60
    log.refused("request", "bo", "no_such_case", route="/arende/{case}")
    lines = [(vars(record)["person"], vars(record).get("times_before")) for record in watched.records]
    assert lines == [("key-of-bo", None), ("key-of-eva", None), ("key-of-bo", 4)]


async def test_nothing_in_it_says_who_somebody_is_where_they_are_or_what_they_sent(
    house: House, watched: pytest.LogCaptureFixture
) -> None:
    case = await filed(house, ANNA)
    for who in (BO, KARIN):
        browser = await house.browser(who)
        await browser.get(f"/arende/{case}?hemligt=1")
        await browser.command("post_message", case, text="hemligt")
        await browser.command("rate_answer", case, rating="yes")
        await (await Socket(house).opens(browser)).asks("catch_up", case=case, after=0)
    lines = [JsonLines().format(record) for record in watched.records if record.name == "security"]
    assert len(lines) >= 4
    everything = "\n".join(lines)
    for secret in ("hemligt", case, "127.0.0.1", "Anna", f'"{BO.id}"', f'"{KARIN.id}"', BO.name, "(not a code)"):
        assert secret not in everything
