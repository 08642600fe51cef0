"""Somebody who tells in the guided chat, over plain forms: reads the page, fills in the form, presses the button."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from inbox.storage.people import Person
from tests.answered import USUAL, can_be_opened, fields_at, page_of
from tests.house import Browser, House, Page

Fields = Mapping[str, str | Sequence[str]]
REVIEW = "/beratta/granska"


@dataclass
class Teller:
    """A browser in the guided chat, and the page that it shows."""

    browser: Browser
    page: Page
    seen: list[Page] = field(default_factory=list)

    @property
    def step(self) -> str:
        """The question on the page."""
        return self.page.path.rpartition("/")[2]

    async def opens(self, path: str) -> Page:
        """Opens a page."""
        self.page = await self.browser.get(path)
        return self.page

    async def follows(self, name: str) -> Page:
        """Follows the first link on the page that begins so."""
        links = re.findall(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', self.page.text, re.DOTALL)
        found = [unescape(to) for to, said in links if _words(said).startswith(name)]
        assert found, f"no link {name} on {self.page.path}: {self.page.words}"
        return await self.opens(found[0].partition("#")[0])

    def action(self) -> str:
        """Where the form of the question is sent."""
        found = re.search(rf'action="({re.escape(self.page.path)}[^"#]*)[^"]*" novalidate', self.page.text)
        assert found, self.page.words
        return unescape(found.group(1))

    async def says(
        self, *, to: str = "", files: Sequence[tuple[str, bytes]] = (), **fields: str | Sequence[str]
    ) -> Page:
        """Fills in the form on the page and sends it."""
        return await self.sends_form(fields, to=to, files=files)

    async def sends_form(self, fields: Fields, *, to: str = "", files: Sequence[tuple[str, bytes]] = ()) -> Page:
        """The same with fields by name."""
        self.seen.append(self.page)
        path = to or self.page.path
        sent = {"revision": self.page.field("revision"), **fields}
        if 'enctype="multipart/form-data"' in self.page.text:
            plain = {name: str(value) for name, value in sent.items()}
            self.page = await self.browser.upload(path, "upload", files, **plain)
        else:
            self.page = await self.browser.post(path, sent)
        return self.page

    async def tells(self, answers: Mapping[str, Fields] | None = None, *, until: str = REVIEW) -> Page:
        """Answers question by question, as usual where nothing else is given, until a page is reached.

        `until` may be a question that stands on the page of another one, or that is only opened.
        """
        told, wanted = {**USUAL, **(answers or {})}, until.rpartition("/")[2]
        while self.step != page_of(wanted):
            if can_be_opened(wanted, self.step):
                return await self.opens(until)
            where = self.page.path
            await self.sends_form(fields_at(self.step, told))
            assert (self.page.status, self.page.path != where) == (200, True), self.page.words
        return self.page

    async def sends(self) -> Page:
        """Presses the button of the review."""
        fields = {name: self.page.field(name) for name in ("revision", "client_id")}
        self.page = await self.browser.post("/beratta/skicka", fields)
        return self.page


def _words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


async def teller(house: House, person: Person | None = None, path: str = "/beratta") -> Teller:
    """Somebody at the first question."""
    browser = await house.browser(person)
    return Teller(browser, await browser.get(path))
