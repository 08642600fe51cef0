"""No byte of what is not for somebody is in anything they ever get: frames, pages, API answers, prints."""

import asyncio
import json
from typing import Any

import pytest

from server.sockets.transport import BoundedSocket
from tests.audiences.scene import THINGS, Scene, Somebody, set_scene
from tests.house import House
from tests.patience import until

pytestmark = pytest.mark.on_both_engines

STEPS = 24
STAFF_NAMES = ("Handlund", "Kollegsson", "Torgman", "Nämndén", "Fördelin")


def may_see(scene: Scene, somebody: Somebody) -> set[str]:
    """Every canary that somebody may see now."""
    return scene.book.allowed(somebody.side, somebody.desk)


async def look_at_frames(scene: Scene, before: dict[str, set[str]]) -> None:
    """What came over sockets since last time holds only what was allowed then or is now."""
    await scene.house.parts.services.publisher.told()
    for name, somebody in scene.people.items():
        await somebody.socket.asks("lists")
        text = json.dumps(somebody.socket.frames[somebody.seen :], ensure_ascii=False)
        somebody.seen = len(somebody.socket.frames)
        allowed = before[name] | may_see(scene, somebody)
        leaked = [canary for canary in scene.book.everything() - allowed if canary in text]
        assert not leaked, f"{name} got a frame not meant for them"
        assert not names_betrayed(somebody, text)


async def look_at_pages(scene: Scene, somebody: Somebody) -> None:
    """Every page, print and API answer that somebody can ask for holds only what is allowed now."""
    case, browser = scene.case, somebody.browser
    home = "personal" if somebody.person.staff else "arende"
    base = f"/{home}/{case}" if home == "arende" else f"/personal/arende/{case}"
    paths = [base, f"{base}/utskrift", f"{base}/svar", f"{base}/avsluta", f"{base}/vidare", "/hem", "/personal"]
    paths += [f"/personal?visa={which}" for which in ("mina", "lediga", "alla", "klara")]
    pages = [await browser.get(path) for path in paths]
    pages += [await browser.get(path, x_requested_with="fragment") for path in (base, "/hem", "/personal")]
    _, feed = await browser.api("GET", f"/api/v1/cases/{case}/feed")
    watched = await somebody.socket.asks("catch_up", case=case, after=0)
    text = "\n".join(
        [
            *(page.text + str(dict(page.headers)) for page in pages),
            json.dumps(feed, ensure_ascii=False),
            json.dumps(watched, ensure_ascii=False),
        ]
    )
    leaked = [canary for canary in scene.book.everything() - may_see(scene, somebody) if canary in text]
    assert not leaked, f"{somebody.person.id} could read what is not theirs"
    assert not names_betrayed(somebody, text)
    for id, canary in scene.files.items():
        status, content, headers = await browser.bytes(f"{base}/fil/{id}")
        if canary in may_see(scene, somebody):
            assert (status, canary.encode() in content) == (200, True)
        else:
            assert status in {403, 404}
            assert canary not in str(headers)
            assert canary.encode() not in content


def names_betrayed(somebody: Somebody, text: str) -> list[str]:
    """Names of staff that one side must not learn: the citizen none, an authority none of the other's."""
    own = {"care": STAFF_NAMES[:3] + STAFF_NAMES[4:], "board": STAFF_NAMES[3:4]}.get(somebody.side or "", ())
    if somebody.side is None and somebody.desk:
        own = STAFF_NAMES
    return [name for name in STAFF_NAMES if name not in own and name in text]


def gapless(feed: dict[str, object]) -> bool:
    """A party's numbers begin at one and have no gaps."""
    entries = feed.get("entries")
    return not isinstance(entries, list) or [entry["n"] for entry in entries] == list(range(1, len(entries) + 1))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
async def test_everybody_gets_what_is_theirs_and_not_a_byte_more(house: House, seed: int) -> None:
    scene = await set_scene(house, seed)
    for step in range(STEPS):
        before = {name: may_see(scene, somebody) for name, somebody in scene.people.items()}
        await scene.random.choice(THINGS)(scene)
        await look_at_frames(scene, before)
        if step % 6 == 5:
            for somebody in scene.people.values():
                await look_at_pages(scene, somebody)
    for somebody in scene.people.values():
        _, feed = await somebody.browser.api("GET", f"/api/v1/cases/{scene.case}/feed")
        assert gapless(feed)


async def test_the_check_finds_a_leak(house: House) -> None:
    """The test itself is tried: a frame that should not have come is found."""
    scene = await set_scene(house, seed=1)
    note = scene.book.note(scene.book.unit)
    await house.parts.sio.emit("entry", {"text": note})
    await asyncio.sleep(0)
    with pytest.raises(AssertionError, match="not meant for them"):
        await look_at_frames(scene, {name: set() for name in scene.people})


async def test_after_a_removal_is_acknowledged_not_a_frame_comes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages before, at the same time and after: the officer's socket falls silent with the acknowledgement."""
    scene = await set_scene(house, seed=2)
    board = {"answers": True, "since": "all"}
    await scene.people["anna"].browser.command(
        "give_consent", scene.case, unit="SE0000000001-PNMITTLAND", parts=board, text="Ja"
    )
    await scene.watch()
    anna, karin, olle = (scene.people[name] for name in ("anna", "karin", "olle"))
    sent: list[str] = []
    send = BoundedSocket.send

    async def noted(self: BoundedSocket, pkt: Any) -> None:
        if self.sid == eio_sid:
            sent.append(str(pkt.data))
        await send(self, pkt)

    eio_sid = house.parts.sio.manager.eio_sid_from_sid(olle.socket.sid, "/")
    monkeypatch.setattr(BoundedSocket, "send", noted)
    flood = [asyncio.create_task(karin.browser.command("post_message", scene.case, text=f"Rad {n}")) for n in range(20)]
    await until(lambda: any('"entry"' in frame for frame in sent), pause=0.001)
    status, _ = await anna.browser.command("withdraw_consent", scene.case, party="a2")
    assert status == 201
    seen = len(sent)
    # What was handed to the socket before has left the server.
    assert house.parts.sio.eio.sockets[eio_sid].queue.empty()
    await asyncio.gather(*flood)
    await anna.browser.command("post_message", scene.case, text="Nu utan nämnden.")
    await olle.socket.settles()
    assert any('"entry"' in frame for frame in sent[:seen])
    assert [frame for frame in sent[seen:] if '"entry"' in frame or '"typing"' in frame or '"presence"' in frame] == []
