"""Broken commands: the same refusal over socket and API, in the person's language; a form keeps what was typed."""

from typing import Any

import pytest

from tests.hostile.inputs import BODIES, COMMANDS, Bad
from tests.hostile.stage import LANGUAGES, SECRET, Stage, plain, quiet

pytestmark = pytest.mark.on_both_engines


def given(stage: Stage, bad: Bad) -> dict[str, Any]:
    """The command as a client sends it."""
    return {"case": stage.case, "client_id": stage.house.new_id(), **stage.filled(bad.fields)}


async def test_over_a_socket_each_is_refused_by_its_name(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    found = {}
    for language in LANGUAGES:
        sockets = {who: await stage.socket(who, language) for who in ("anna", "karin")}
        for bad in COMMANDS:
            reply = await sockets[bad.who].asks("command", command=bad.tag, **given(stage, bad))
            error = reply.get("error", {})
            assert SECRET not in str(reply), bad.name
            if (error.get("code"), error.get("message")) != (bad.code, stage.sentence(bad.code, language)):
                found[bad.name] = reply
    assert found == {}
    assert quiet(caplog.records) == []
    await stage.still_works()


async def test_over_the_api_each_is_refused_by_its_name(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    found = {}
    for language in LANGUAGES:
        for bad in COMMANDS:
            if "\ud800" in bad.tag:
                continue
            headers = {"X-CSRF-Token": stage.browser(bad.who).csrf, "Accept-Language": language}
            url, body = stage.house.url(f"/api/v1/commands/{bad.tag}"), {"command": bad.tag, **given(stage, bad)}
            async with stage.browser(bad.who)._session.post(url, json=body, headers=headers) as response:
                reply = await response.json()
            error, hoped = reply.get("error", {}), (bad.status, bad.code, _api_sentence(stage, bad, language))
            assert SECRET not in str(reply), bad.name
            if (response.status, error.get("code"), error.get("message")) != hoped:
                # A character that JSON itself does not take is found before anything else.
                found[bad.name] = (response.status, reply)
    assert found == {}
    assert quiet(caplog.records) == []
    await stage.still_works()


def _api_sentence(stage: Stage, bad: Bad, language: str) -> str:
    return stage.sentence(bad.code, language)


async def test_over_a_form_each_is_said_in_plain_words_and_no_text_is_lost(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    found = {}
    for bad in COMMANDS:
        if not bad.form:
            continue
        fields = given(stage, bad)
        case = fields.pop("case")
        url = stage.url(bad.who).replace(stage.case, case)
        page = await stage.browser(bad.who).post(f"{url}/{bad.tag}", fields)
        typed = {str(value).strip() for value in bad.fields.values() if SECRET in str(value) and len(str(value)) < 99}
        lost = [text for text in typed & {SECRET} if text not in page.text and bad.tag not in WITHOUT_WORDS]
        if (
            page.status != (bad.form_status or bad.status)
            or lost
            or not (bad.form_status or plain(stage, page, bad.code))
        ):
            found[bad.name] = (page.status, lost, page.title, page.words[:300])
    assert found == {}
    assert quiet(caplog.records) == []
    await stage.still_works()


WITHOUT_WORDS = {"rate_answer", "assign_case"}
"""Forms in which people choose, and write nothing."""


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_body_that_cannot_be_read_is_malformed(
    stage: Stage, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = {}
    headers = {"X-CSRF-Token": stage.anna.csrf, "Accept-Language": language, "Content-Type": "application/json"}
    for name, body in BODIES.items():
        url = stage.house.url("/api/v1/commands/post_message")
        async with stage.anna._session.post(url, data=body, headers=headers) as response:
            reply = await response.json()
        assert SECRET not in str(reply), name
        error = reply["error"]
        if (response.status, error["code"], error["message"]) != (
            422,
            "malformed",
            stage.sentence("malformed", language),
        ):
            found[name] = (response.status, reply)
    assert found == {}
    assert quiet(caplog.records) == []
    await stage.still_works()
