"""What people do all day: write, come and go, lose their connections, open pages, send pictures."""

import asyncio
import contextlib
import io
import os
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from http import HTTPStatus

import aiohttp
from PIL import Image

from server.app import real_id
from server.auth.sessions import COOKIE
from server.web.csrf import token_for
from tests.benchmarks.storm import Crowd
from tests.faults.client import WORDS, Client, mark_of
from tests.faults.record import What
from tests.faults.scene import Place

SECRET = b"s" * 40
PER_S = 50
"""Messages a second, of everybody together."""
LEAVE_EVERY, CUT_EVERY, OPEN_EVERY, SEND_EVERY = 1.0, 2.0, 1.0, 5.0
"""Seconds between two who go away for a while, who are cut off, who open a page, who send a picture."""


@dataclass
class Done:
    """How often what was done, and what went wrong."""

    left: int = 0
    cut: int = 0
    pages: int = 0
    uploads: int = 0
    wrong: list[str] = field(default_factory=list)


class Busy:
    """Everybody, for as long as it lasts."""

    def __init__(self, crowd: Crowd) -> None:
        self.done = Done()
        self._crowd = crowd
        self._session = crowd.session
        self._sitting = crowd.sitting
        self._numbers = dict.fromkeys(crowd.clients, 0)
        self._chance = random.Random(1)
        self._picture = picture()

    async def warms_up(self) -> None:
        """Every thread's page is opened once from either side: what is remembered of the database is remembered."""
        for place in self._crowd.places[::2]:
            await self._look_at(place)

    async def goes_on(self, seconds: float) -> None:
        """Do everything at its pace, and end when all that was begun is done."""
        work = [(1 / PER_S, self._write), (LEAVE_EVERY, self._leave), (CUT_EVERY, self._cut)]
        work += [(OPEN_EVERY, self._open), (SEND_EVERY, self._send)]
        await asyncio.gather(*(self._paced(every, do, seconds) for every, do in work))

    async def _paced(self, every: float, do: Callable[[], Coroutine[object, object, None]], seconds: float) -> None:
        loop = asyncio.get_running_loop()
        start = loop.time()
        # What is done is let go: 60,000 that are kept would make us slow, and look as if the server were.
        async with asyncio.TaskGroup() as going:
            for number in range(round(seconds / every)):
                await asyncio.sleep(max(0.0, start + number * every - loop.time()))
                going.create_task(do())

    async def _write(self) -> None:
        """Somebody who is here says something; staff every fifth time to each other."""
        client = self._somebody()
        number = self._numbers[client] = self._numbers[client] + 1
        await client.say(number, talk=client.member.desk if number % 5 == 0 else "")

    async def _leave(self) -> None:
        """Somebody goes away, and comes back to where they were."""
        client = self._somebody()
        self.done.left += 1
        task = self._sitting[client]
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await asyncio.sleep(self._chance.uniform(1, 5))
        self._sitting[client] = asyncio.create_task(client.stay(self._session))

    async def _cut(self) -> None:
        self.done.cut += 1
        self._somebody().cut()

    async def _open(self) -> None:
        """Somebody opens the whole page."""
        await self._look_at(self._chance.choice(self._crowd.places))
        self.done.pages += 1

    async def _look_at(self, place: Place) -> None:
        async with self._session.get(self._address(place), headers=_cookie(place)) as answer:
            await answer.read()
            self._expect(answer.status, HTTPStatus.OK, "a page")

    async def _send(self) -> None:
        """A reporter sends a picture with a few words, by the form of the page."""
        place = self._chance.choice([place for place in self._crowd.places if not place.member.desk])
        client = next(client for client in self._sitting if client.member is place.member)
        number = self._numbers[client] = self._numbers[client] + 1
        form = aiohttp.FormData()
        text = f"{mark_of(place.member, number)} {WORDS}"
        for name, value in {"csrf": token_for(SECRET, place.secret), "client_id": real_id(), "text": text}.items():
            form.add_field(name, value)
        form.add_field("files", self._picture, filename="bild.jpg", content_type="image/jpeg")
        self._crowd.record.note(place.member.who, What.SENT, mark_of(place.member, number))
        address = f"{self._address(place)}/post_message"
        async with self._session.post(address, data=form, headers=_cookie(place), allow_redirects=False) as answer:
            self._expect(answer.status, HTTPStatus.SEE_OTHER, "an upload")
        self._crowd.record.note(place.member.who, What.ACKNOWLEDGED, mark_of(place.member, number))
        self.done.uploads += 1

    def _somebody(self) -> Client:
        """Somebody who is at an open socket now."""
        here = [client for client, task in self._sitting.items() if client.connected.is_set() and not task.cancelling()]
        return self._chance.choice(here)

    def _address(self, place: Place) -> str:
        return f"{self._crowd.server.url}{'/personal' if place.member.desk else ''}/arende/{place.case}"

    def _expect(self, status: int, wanted: HTTPStatus, what: str) -> None:
        if status != wanted:
            self.done.wrong.append(f"{what} was answered with {status}")


def picture() -> bytes:
    """A photo of a size as phones send them, small enough not to be what is measured."""
    noise = Image.frombytes("RGB", (200, 150), os.urandom(200 * 150 * 3)).resize((1600, 1200))
    kept = io.BytesIO()
    noise.save(kept, "JPEG", quality=80)
    return kept.getvalue()


def _cookie(place: Place) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={place.secret}"}
