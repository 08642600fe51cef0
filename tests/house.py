"""The whole service on a port of its own, with people in browsers that know no script."""

import re
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, CookieJar, FormData
from aiohttp.test_utils import TestServer
from yarl import URL

from inbox.principals.principal import Who
from inbox.storage import sessions as kept
from inbox.storage.people import Person
from inbox.storage.sessions import Session
from server.app import App as Parts
from server.app import Effects, build_app
from server.auth.sessions import COOKIE, hash_of
from server.config import Settings
from server.web.csrf import token_for
from tests.compiled import share_compiled
from tests.people import who
from tests.services.found_once import find_out_once
from tests.services.stores import KEYS, SINCE, peopled_store

START = SINCE
SECRET = "a secret that only this test house has"


find_out_once()


@dataclass
class Clock:
    """Stands still until told."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def passes(self, time: timedelta) -> None:
        """Time passes."""
        self.now += time


@dataclass(frozen=True)
class Page:
    """What a browser got."""

    status: int
    path: str
    text: str
    headers: Mapping[str, str]

    @property
    def words(self) -> str:
        """The text without tags, spaces made single."""
        body = re.sub(r"<(script|style|template)\b.*?</\1>", " ", self.text, flags=re.DOTALL)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).strip()

    @property
    def title(self) -> str:
        """What the tab says."""
        found = re.search(r"<title>(.*?)</title>", self.text, re.DOTALL)
        return unescape(found.group(1)).strip() if found else ""

    def field(self, name: str) -> str:
        """The value of the first field with that name."""
        tag = re.search(rf'<input[^>]*\bname="{re.escape(name)}"[^>]*>', self.text)
        value = re.search(r'\bvalue="([^"]*)"', tag.group(0)) if tag else None
        assert value is not None, f"no field {name} on {self.path}"
        return unescape(value.group(1))


class Browser:
    """Somebody at a browser without script."""

    def __init__(self, house: "House", session: ClientSession) -> None:
        self._house = house
        self._session = session

    async def get(self, path: str, **headers: str) -> Page:
        """Open a page; redirects are followed."""
        async with self._session.get(self._house.url(path), headers=_named(headers)) as response:
            return Page(response.status, response.url.path, await response.text(), response.headers)

    async def post(self, path: str, fields: Mapping[str, str | Sequence[str]] | None = None, **headers: str) -> Page:
        """Send a form with the browser's token, unless it has one of its own; redirects are followed."""
        data: list[tuple[str, str]] = []
        for name, value in {"csrf": self.csrf, **(fields or {})}.items():
            data += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        async with self._session.post(self._house.url(path), data=data, headers=_named(headers)) as response:
            return Page(response.status, response.url.path, await response.text(), response.headers)

    async def reads(self, path: str) -> Page:
        """Open a page and say, by its button, that it is read: without script nobody sees what is in sight."""
        page = await self.get(path)
        button = re.search(r'<form class="read-it"[^>]*action="([^"]+)".*?name="n" value="(\d+)"', page.text, re.DOTALL)
        return await self.post(button.group(1), {"n": button.group(2)}) if button else page

    async def upload(self, path: str, field: str, files: Sequence[tuple[str, bytes]], **fields: str) -> Page:
        """Send a form with files."""
        form = FormData(quote_fields=False)
        for name, value in {"csrf": self.csrf, **fields}.items():
            form.add_field(name, value)
        for name, content in files:
            form.add_field(field, content, filename=name, content_type="application/octet-stream")
        async with self._session.post(self._house.url(path), data=form) as response:
            return Page(response.status, response.url.path, await response.text(), response.headers)

    async def head(self, path: str) -> int:
        """Ask whether a page is there, as link checkers do; redirects are not followed."""
        async with self._session.head(self._house.url(path), allow_redirects=False) as response:
            return response.status

    async def bytes(self, path: str) -> tuple[int, bytes, Mapping[str, str]]:
        """Fetch something that is not a page."""
        async with self._session.get(self._house.url(path)) as response:
            return response.status, await response.read(), response.headers

    async def api(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Call the API with this browser's session and token."""
        headers = {"X-CSRF-Token": self.csrf}
        async with self._session.request(method, self._house.url(path), json=body, headers=headers) as response:
            return response.status, await response.json()

    async def command(self, tag: str, case: str, client_id: str | None = None, **fields: Any) -> tuple[int, Any]:
        """Give a command over the API."""
        body = {"command": tag, "case": case, "client_id": client_id or self._house.new_id(), **fields}
        return await self.api("POST", f"/api/v1/commands/{tag}", body)

    @property
    def cookies(self) -> dict[str, str]:
        """Every cookie of this browser."""
        return {cookie.key: cookie.value for cookie in self._session.cookie_jar}

    def has(self, cookies: Mapping[str, str]) -> None:
        """The browser has these cookies, as it had them before."""
        self._session.cookie_jar.update_cookies(cookies, URL(self._house.url("/")))

    @property
    def csrf(self) -> str:
        """The token of this browser's forms."""
        return token_for(SECRET.encode(), self.cookies.get(COOKIE, ""))

    async def signs_in(self, person: Person | Who) -> None:
        """A session begins, as after signing in; whoever works here comes as staff."""
        secret, now = self._house.new_id(), self._house.clock()
        one = person if isinstance(person, Who) else who(person)
        session = Session(id_hash=hash_of(secret), who=one, seen_at=now, expires_at=now + timedelta(hours=10))
        await self._house.parts.services.store.writer.do(lambda connection: kept.begin_session(connection, session))
        self._session.cookie_jar.update_cookies({COOKIE: secret}, URL(self._house.url("/")))

    async def signs_out(self) -> None:
        """The session's cookie is gone."""
        self._session.cookie_jar.clear(lambda cookie: cookie.key == COOKIE)


@dataclass
class House:
    """The running service."""

    parts: Parts
    server: TestServer
    clock: Clock
    sessions: list[ClientSession] = field(default_factory=list)

    def url(self, path: str) -> str:
        """The whole address of a path."""
        return str(self.server.make_url(path)) if path.startswith("/") else path

    def new_id(self) -> str:
        """A fresh id."""
        return self.parts.services.new_id()

    async def browser(self, person: Person | Who | None = None) -> Browser:
        """A browser, with somebody signed in if so wished."""
        origin = URL(self.url("/")).origin()
        session = ClientSession(cookie_jar=CookieJar(unsafe=True, treat_as_secure_origin=origin))
        self.sessions.append(session)
        browser = Browser(self, session)
        if person is not None:
            await browser.signs_in(person)
        return browser


@asynccontextmanager
async def house_in(folder: Path, steady: Callable[[], float] = time.monotonic, **settings: Any) -> AsyncIterator[House]:
    """The service with everybody in it, on a database of its own; `steady` counts its seconds."""
    clock = Clock()
    share_compiled(folder)
    chosen = Settings(database=folder / "house.db", files=folder / "files", secret=SECRET, keys=str(KEYS), **settings)
    await peopled_store(chosen.database, chosen.database_url)
    parts = build_app(chosen, Effects(now=clock, steady=steady))
    server = TestServer(parts.app, host="127.0.0.1")
    await server.start_server()
    house = House(parts, server, clock)
    try:
        yield house
    finally:
        for session in house.sessions:
            await session.close()
        await server.close()


def files_in(house: House) -> Path:
    """The folder of the house's attachments."""
    folder = house.parts.services.files.shelf.folder
    assert folder is not None
    return folder


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    """Header names from keyword names: `x_requested_with` is `X-Requested-With`."""
    return {name.replace("_", "-").title(): value for name, value in headers.items()}
