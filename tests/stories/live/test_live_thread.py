"""Two people, two browsers, one thread: what one writes the other sees, without loading the page anew."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import FilePayload, expect

from tests.inbox.files import samples
from tests.inbox.files.samples import png_photo
from tests.people import BOARD, TORGET
from tests.stories.tools.people import Somebody, Town

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
ANSWER: dict[str, Any] = {
    "explanation": "Vi svarade inte.\n\nDet var fel.",
    "measures": [
        {"text": "Fler svarar.", "responsible": "Enhetschefen", "due": "2027-01-15"},
        {"text": "Linjen provas."},
    ],
    "no_measures": "",
    "regret": "Vi beklagar.",
    "problems": ["6.1"],
    "area": "primarvard",
    "assessment": "Hon är patienten själv.",
}
TOLD = """
    case_taken case_released message_posted waiting_stopped note_written disclosure_assessed case_forwarded
    place_set case_answered case_referred consent_asked consent_given consent_refused
    consent_withdrawn case_shared authority_left
    statement_asked statement_expected statement_given statement_released answer_rated answer_extended case_reopened
    case_withdrawn
""".split()
"""Kinds of events that come to be told while a page is open."""
HERS_NEVER = {"note_written", "disclosure_assessed", "statement_asked", "statement_given"}
"""What staff alone are told."""
DRAWN = """(rows) => rows.map((row) => {
  const foot = row.querySelector('[data-slot=foot]');
  const shown = [...row.querySelectorAll('*')].filter((each) => each.checkVisibility() && !foot?.contains(each));
  const all = (name, of) => shown.filter((each) => each.matches(name)).map(of);
  const { entry, feed, own, said, to, clientId } = row.dataset;
  return {
    entry, feed, own, said, to, clientId, classes: [...row.classList].sort().join(' '),
    words: row.innerText.replace(foot?.innerText || '\\0', '').split(/\\s+/).join(' ').trim(),
    icons: all('use', (use) => use.getAttribute('href').split('#')[1]),
    links: all('a', (link) => [link.getAttribute('href'), link.innerText.trim()].join(' ')),
    pictures: all('img', (picture) => picture.alt),
    marks: all('[data-slot=audience]', (mark) => mark.className),
  };
})"""


@dataclass
class Case:
    """A case to which things are done from elsewhere, while it is open in front of people."""

    id: str

    async def does(self, who: Somebody, tag: str, **fields: Any) -> None:
        """Give a command, not by the page."""
        body = {"command": tag, "case": self.id, "client_id": uuid4().hex, **fields}
        said = await who.page.context.request.post(
            f"{root_of(who)}/api/v1/commands/{tag}", data=body, headers=await token(who)
        )
        assert said.status == 201, (tag, await said.text())

    async def sends_files(self, who: Somebody, text: str) -> None:
        """A message with a picture and a document, by the form of a page without script."""
        files = {"bild.png": png_photo(), "lista.pdf": samples.PDF}
        for name, content in files.items():
            sent = {"client_id": uuid4().hex, "csrf": (await token(who))["X-CSRF-Token"], "text": f"{text} {name}"}
            file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            said = await who.page.context.request.post(
                f"{root_of(who)}/arende/{self.id}/post_message", multipart={**sent, "files": file}
            )
            assert said.ok

    async def feed(self, who: Somebody) -> list[Any]:
        """All that somebody is told of it."""
        told = await who.page.context.request.get(f"{root_of(who)}/api/v1/cases/{self.id}/feed")
        entries: list[Any] = (await told.json())["entries"]
        return entries

    async def newest(self, who: Somebody) -> str:
        """The id of what they were told last."""
        return str((await self.feed(who))[-1]["id"])

    async def looks_the_same(self, *people: Somebody) -> None:
        """What has come while their page was open is what it shows when it is loaded anew."""
        for each in people:
            n = (await self.feed(each))[-1]["n"]
            await expect(each.page.locator(f"[data-entry='{n}']:not([data-feed=desk])")).not_to_have_count(0)
            live = await looks(each)
            await each.page.reload()
            await each.is_live()
            assert live == await looks(each), each.name


def root_of(who: Somebody) -> str:
    """The address of the server."""
    return who.page.url.removesuffix(who.path)


async def token(who: Somebody) -> dict[str, str]:
    """What says that it comes from their browser."""
    return {"X-CSRF-Token": await who.page.locator("[name=csrf]").first.input_value()}


@pytest.mark.everywhere
async def test_what_one_writes_the_other_sees_at_once(town: Town) -> None:
    anna, karin = await town.anna(), await town.karin()
    await anna.opens_thread(TITLE)
    await karin.opens_thread(TITLE)

    await anna.writes("Jag hittade samtalet: klockan 08.04.")
    await karin.sees("Jag hittade samtalet: klockan 08.04.")
    await karin.writes("Tack, det stämmer med vår logg.")
    await anna.sees("Tack, det stämmer med vår logg.")

    assert (await anna.reads_thread())[-2:] == (await karin.reads_thread())[-2:]
    assert not anna.faults + karin.faults


async def test_an_unsent_message_is_shown_at_once_and_becomes_the_real_one(town: Town) -> None:
    anna = await town.anna()
    await anna.opens_thread(TITLE)
    await anna.writes("En rad\noch en till.")
    bubble = anna.page.locator("[data-own]", has_text="och en till.")
    await expect(bubble).to_have_count(1)
    await expect(bubble).to_have_attribute("data-entry", re.compile(r"\d+"))
    await expect(anna.page.locator(".msg--pending")).to_have_count(0)
    await expect(anna.composer).to_have_value("")


async def test_rows_drawn_live_are_those_that_the_page_draws(town: Town) -> None:
    anna, karin, erik = await town.anna(), await town.karin(), await town.erik()
    for each in (anna, karin):
        await each.opens_thread(TITLE)
    case = Case(anna.page.url.rpartition("/")[2])
    await before_the_board_comes(case, anna, karin)
    await erik.goes_to(f"/personal/arende/{case.id}")
    await erik.is_live()
    await with_the_board(case, anna, karin, erik)
    await to_the_answer_and_on(case, anna, karin, erik)
    await case.looks_the_same(anna, karin, erik)
    await the_board_goes(case, anna, karin, erik)
    await case.looks_the_same(anna, karin)
    await case.does(karin, "forward_case", unit=TORGET, reason="Det hände där.")
    await case.does(anna, "withdraw_case", reason="Det ordnade sig.")
    await case.looks_the_same(anna)
    told = {entry["event"]["kind"] for entry in await case.feed(anna)}
    assert told >= {*TOLD} - HERS_NEVER
    assert not anna.faults + karin.faults + erik.faults


async def before_the_board_comes(case: Case, anna: Somebody, karin: Somebody) -> None:
    """What happens between two."""
    await case.does(karin, "set_place", unit=TORGET)
    await case.does(karin, "release_case")
    await case.does(karin, "take_case")
    await case.does(karin, "ask_reporter", text="Minns du namnet?")
    await case.does(anna, "post_message", text="Nej, tyvärr.")
    await case.does(karin, "ask_reporter", text="Och dagen?")
    await case.does(karin, "stop_waiting")
    await case.sends_files(anna, "Här är två saker.")
    await case.does(karin, "write_note", text="Bara vi\npå enheten.")
    await case.does(karin, "propose_sharing", unit=BOARD, parts={"answers": True}, reason="De kan stötta dig.")
    await case.does(anna, "refuse_consent", request=await case.newest(anna))
    await case.does(
        karin, "propose_sharing", unit=BOARD, parts={"answers": True, "since": "all"}, reason="En gång till."
    )
    asked = await case.newest(anna)
    await case.does(anna, "give_consent", unit=BOARD, parts={"answers": True, "since": "all"}, request=asked)


async def with_the_board(case: Case, anna: Somebody, karin: Somebody, erik: Somebody) -> None:
    """What happens between three."""
    await case.does(erik, "take_case")
    await case.does(anna, "post_message", text="Bara till er.", audience="citizen_board")
    await case.does(erik, "post_message", text="Tack.", audience="citizen_board")
    await case.does(erik, "write_note", text="Ring vården.")
    await case.does(karin, "post_message", text="Vi läser nu.", audience="unit_board")
    await case.does(erik, "ask_reporter", text="Vad vill du helst?", widens=True)
    await case.does(anna, "post_message", text="Att någon ringer.", widens=True)
    await case.does(erik, "ask_statement", text="Hur gick det till?")
    await case.does(karin, "give_statement", text="Så här gick det till.")
    await case.does(erik, "release_statement", statement=await case.newest(erik))
    await case.does(karin, "post_message", text="Nu vet alla.", widens=True)


async def to_the_answer_and_on(case: Case, anna: Somebody, karin: Somebody, erik: Somebody) -> None:
    """Both answer; one of them twice."""
    await case.does(karin, "answer_case", **ANSWER)
    await case.does(anna, "rate_answer", rating="partly")
    await case.does(karin, "add_to_answer", text="En sak till.")
    await case.does(karin, "reopen_case", reason="Vi glömde något.")
    await case.does(karin, "answer_case", **ANSWER)
    await case.does(erik, "answer_case", **ANSWER | {"measures": []})
    await case.does(anna, "ask_on", text="Men varför?")


async def the_board_goes(case: Case, anna: Somebody, karin: Somebody, erik: Somebody) -> None:
    """Because she says so, by itself, and because it is for somebody else."""
    await case.does(anna, "withdraw_consent", party="a2")
    await case.does(anna, "give_consent", unit=BOARD, parts={"answers": True})
    await case.does(erik, "leave_case", reason="Vi behövs inte.")
    await case.does(anna, "give_consent", unit=BOARD, parts={"answers": False})
    await case.does(erik, "refer_case", reason="Det gäller en skola.", turn_to="Rektorn.")


async def looks(somebody: Somebody) -> list[dict[str, object]]:
    """Every row as it can be seen, but for who has read it: that may be told in the next moment."""
    rows: list[dict[str, object]] = await somebody.page.locator("[data-log] > *:not(h2)").evaluate_all(DRAWN)
    return rows
