"""A program of others that knows handlers/PROTOCOL.md alone comes in, takes part, keeps in step and is refused."""

import asyncio
from itertools import pairwise

import pytest

from inbox.storage.people import Person
from server.app import real_id
from tests.filing import filed, filled_in
from tests.foreign.conftest import Comes
from tests.foreign.program import Program, Wire
from tests.house import House
from tests.people import ANNA, BO, BOARD, FIA, KARIN, OLLE, TORGET


async def everything_since(program: Program, case: str, count: int) -> list[int]:
    return [entry["n"] for entry in await program.has(case, count)]


async def test_what_it_posts_is_acknowledged_with_its_number_and_reaches_the_others(house: House, comes: Comes) -> None:
    case = await filed(house, ANNA)
    anna, karin = await comes(ANNA, case), await comes(KARIN, case)
    reply = await anna.says("post_message", case, text="Hej! Jag undrar en sak.")
    assert reply["ok"] == {"case": case, "n": [2], "repeated": False}
    heard = (await karin.has(case, 2))[1]
    assert (heard["n"], heard["event"]["kind"], heard["event"]["text"]) == (
        2,
        "message_posted",
        "Hej! Jag undrar en sak.",
    )
    own = (await anna.has(case, 2))[1]
    assert (own["id"], own["by"]["mine"], heard["by"]["mine"]) == (heard["id"], True, False)


async def test_a_colleague_reads_a_note_and_the_reporter_hears_nothing_of_it(house: House, comes: Comes) -> None:
    case = await filed(house, ANNA)
    anna, karin = await comes(ANNA, case), await comes(KARIN, case)
    assert "ok" in await karin.says("take_case", case)
    assert (await karin.says("write_note", case, text="Bara vi."))["ok"]["n"] == []
    assert (await karin.hears("note"))["event"]["text"] == "Bara vi."
    assert "ok" in await karin.says("post_message", case, text="Hej Anna!")
    assert (await anna.has(case, 3))[2]["event"]["text"] == "Hej Anna!"
    assert "Bara vi" not in repr(await anna.does("told"))


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_after_a_cut_it_begins_at_its_number_and_is_sent_what_it_missed(
    house: House, comes: Comes, wire: Wire, transport: str
) -> None:
    case = await filed(house, ANNA)
    anna = await comes(ANNA, case, transport)
    karin = await house.browser(KARIN)
    await karin.command("take_case", case)
    await anna.says("post_message", case, text="Före")
    wire.cut()
    for number in range(3):
        status, _ = await karin.command("post_message", case, text=f"Medan du var borta {number}")
        assert status == 201
    wire.mend()
    assert await everything_since(anna, case, 6) == [1, 2, 3, 4, 5, 6]
    known = await anna.does("known", case=case)
    assert (known["opened"], known["transport"]) == (2, transport)
    assert [entry["event"].get("text") for entry in known["entries"][3:]] == [
        f"Medan du var borta {number}" for number in range(3)
    ]


async def test_who_was_away_for_hundreds_of_entries_gets_them_in_pages(house: House, comes: Comes, wire: Wire) -> None:
    case = await filed(house, ANNA)
    karin, anna = await comes(KARIN, case), await house.browser(ANNA)
    wire.cut()
    for number in range(430):
        await anna.command("post_message", case, text=f"Rad {number}")
    wire.mend()
    numbers = await everything_since(karin, case, 431)
    assert len(numbers) == 431
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))


async def test_what_was_sent_while_the_wire_was_cut_is_done_once(house: House, comes: Comes, wire: Wire) -> None:
    case = await filed(house, ANNA)
    anna = await comes(ANNA, case)
    sent = [asyncio.create_task(anna.says("post_message", case, text=f"Rad {number}")) for number in range(10)]
    await asyncio.sleep(0)
    wire.cut()
    wire.mend()
    replies = await asyncio.gather(*sent)
    assert sorted(reply["ok"]["n"][0] for reply in replies) == list(range(2, 12))
    texts = [entry["event"]["text"] for entry in (await anna.has(case, 11))[1:]]
    assert sorted(texts) == sorted(f"Rad {number}" for number in range(10))


async def test_the_same_again_is_done_once_and_another_content_is_refused(house: House, comes: Comes) -> None:
    case, client_id = await filed(house, ANNA), real_id()
    anna = await comes(ANNA, case)
    first = await anna.says("post_message", case, client_id, text="En gång")
    again = await anna.says("post_message", case, client_id, text="En gång")
    assert (first["ok"]["repeated"], again["ok"]["repeated"]) == (False, True)
    assert first["ok"]["n"] == again["ok"]["n"] == [2]
    other = await anna.says("post_message", case, client_id, text="Något annat")
    assert other["error"]["code"] == "client_id_reused"
    assert len(await anna.has(case, 2)) == 2


async def test_a_draft_is_sent_as_it_is_and_not_as_it_was(house: House, comes: Comes) -> None:
    draft, revision = await filled_in(house, ANNA)
    anna = await comes(ANNA)
    stale = await anna.says("submit_case", draft, revision=revision - 1)
    assert stale["error"]["code"] == "stale_revision"
    sent = await anna.says("submit_case", draft, revision=revision)
    assert sent["ok"] == {"case": draft, "n": [1], "repeated": False}
    assert (await anna.does("watch", case=draft))["ok"] == {"head": 1}


REFUSED = [
    (BO, "post_message", {"text": "Hej"}, "no_such_case"),
    (ANNA, "write_note", {"text": "Hej"}, "not_yours"),
    (ANNA, "take_case", {}, "not_yours"),
    (FIA, "post_message", {"text": "Hej"}, "not_yours"),
    (ANNA, "post_message", {"text": "x" * 10_001}, "malformed"),
    (ANNA, "post_message", {"text": ""}, "malformed"),
    (ANNA, "post_message", {"text": "   "}, "empty_text"),
    (ANNA, "post_message", {"text": "Hej", "to": "alla"}, "malformed"),
    (ANNA, "post_message", {"text": "Hej", "audience": "unit_board"}, "no_such_audience"),
    (ANNA, "sing_a_song", {"text": "Hej"}, "unknown_command"),
    (KARIN, "answer_case", {}, "guards_unmet"),
]


@pytest.mark.parametrize(("who", "command", "fields", "code"), REFUSED)
async def test_what_it_may_not_is_refused_by_name_and_changes_nothing(
    house: House, comes: Comes, who: Person, command: str, fields: dict[str, str], code: str
) -> None:
    case = await filed(house, ANNA)
    if command == "answer_case":
        assert (await (await house.browser(KARIN)).command("take_case", case))[0] == 201
    program = await comes(who)
    before = await house.parts.services.reading.versions((case,))
    error = (await program.says(command, case, **fields))["error"]
    assert error["code"] == code
    assert error["message"].endswith(".")
    assert await house.parts.services.reading.versions((case,)) == before


async def test_a_case_of_others_and_one_that_never_was_are_refused_alike(house: House, comes: Comes) -> None:
    case = await filed(house, ANNA)
    bo = await comes(BO)
    others, none = await bo.does("watch", case=case), await bo.does("watch", case=real_id())
    assert others == none
    assert others["error"]["code"] == "no_such_case"


async def test_once_it_is_shut_out_nothing_more_comes_and_it_does_not_get_back(
    house: House, comes: Comes, wire: Wire
) -> None:
    case = await filed(house, ANNA)
    karin, anna = await comes(KARIN, case), await comes(ANNA, case)
    await karin.says("take_case", case)
    moved = await karin.says("forward_case", case, unit=TORGET, reason="Det hör till er.")
    assert "ok" in moved
    assert await karin.hears("gone") == {"case": case}
    assert "ok" in await anna.says("post_message", case, text="Bara för Torget")
    await anna.has(case, 4)
    refused = await karin.says("post_message", case, text="Hej")
    assert refused["error"]["code"] == "no_such_case"
    assert (await karin.does("watch", case=case))["error"]["code"] == "no_such_case"
    wire.cut()
    wire.mend()
    await karin.until("known", lambda known: known["opened"] == 2, case=case)
    assert "Bara för Torget" not in repr(await karin.does("told"))


async def test_a_board_whose_consent_was_taken_back_hears_nothing_more(house: House, comes: Comes) -> None:
    case = await filed(house, ANNA)
    anna = await comes(ANNA, case)
    consent = await anna.says("give_consent", case, unit=BOARD, parts={"since": "all"}, text="Jag samtycker.")
    assert "ok" in consent
    olle = await comes(OLLE, case)
    party = (await olle.has(case, 1))[0]["event"]["party"]
    assert "ok" in await anna.says("withdraw_consent", case, party=party)
    assert await olle.hears("gone") == {"case": case}
    assert "ok" in await anna.says("post_message", case, text="Utan nämnden")
    assert (await olle.does("watch", case=case))["error"]["code"] == "no_such_case"
    assert "Utan nämnden" not in repr(await olle.does("told"))


async def test_over_the_api_it_needs_the_token_of_its_session(house: House, comes: Comes) -> None:
    case = await filed(house, ANNA)
    anna = await comes(ANNA)
    path, body = "/api/v1/commands/post_message", {"case": case, "client_id": real_id(), "text": "Hej"}
    without = await anna.does("api", method="POST", path=path, body=body, token="x" * 32)
    assert (without["status"], without["body"]["error"]["code"]) == (403, "bad_csrf")
    assert (await anna.does("api", method="POST", path=path, body=body))["status"] == 201
    assert (await anna.does("api", method="POST", path=path, body=body))["status"] == 200
    feed = await anna.does("api", path=f"/api/v1/cases/{case}/feed?after=1")
    assert [entry["event"]["text"] for entry in feed["body"]["entries"]] == ["Hej"]


async def test_nobody_opens_a_socket_without_being_signed_in(comes: Comes) -> None:
    nobody = await comes(None)
    assert await nobody.does("connect") == {"connected": False, "why": "sign_in_needed"}
