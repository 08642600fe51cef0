"""Somebody with every way in at hand, and a tally of what was tried over which."""

from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from inbox.principals.principal import Who
from inbox.storage.people import Person
from tests.house import Browser, House, Page
from tests.sockets import Polling, Socket

WAYS = ("page", "form", "api", "websocket", "polling")
COMMANDS = WAYS[1:]
"""The ways over which commands go."""
DONE = "done"
SIGN_IN = "/logga-in"


@dataclass
class Hands:
    """One person at a page, with a socket of each transport open."""

    house: House
    person: Person | Who
    browser: Browser
    sockets: dict[str, Socket | Polling]

    def url(self, case: str) -> str:
        """The address of a case for this person."""
        at_work = isinstance(self.person, Person) and self.person.staff
        return f"/personal/arende/{case}" if at_work else f"/arende/{case}"

    async def gives(self, way: str, tag: str, case: str, **fields: Any) -> str:
        """Give a command over a way: `done`, or the name of the refusal. A form is known by its status alone."""
        if way == "form":
            return page_code(await self.sends(tag, case, **fields))
        reply = await self.replied(way, tag, case, **fields)
        return str(reply["error"]["code"]) if "error" in reply else DONE

    async def replied(self, way: str, tag: str, case: str, **fields: Any) -> dict[str, Any]:
        """The whole reply to a command over the API or a socket: what was done, or under `error` why not."""
        if way == "api":
            _, body = await self.browser.command(tag, case, **fields)
            return dict(body)
        words = {"command": tag, "case": case, "client_id": self.house.new_id(), **fields}
        reply: dict[str, Any] = await self.sockets[way].asks_while_open("command", **words)
        return dict(reply.get("ok", reply))

    async def sends(self, tag: str, case: str, **fields: Any) -> Page:
        """The page that comes after a form; of `parts` the box for the answers is ticked."""
        typed = {name: str(value) for name, value in fields.items() if name != "parts"}
        typed |= {"client_id": self.house.new_id()} | ({"answers": "1"} if "parts" in fields else {})
        return await self.browser.post(f"{self.url(case)}/{tag}", typed)

    async def hears(self, way: str) -> list[Any]:
        """The entries of threads that were pushed so far, once everything that was told has come."""
        await self.house.parts.services.publisher.told()
        await self.sockets[way].asks_while_open("lists")
        return [data for name, data in self.sockets[way].frames if name == "entry"]

    async def closes(self) -> None:
        """Leave."""
        socket = self.sockets["websocket"]
        if isinstance(socket, Socket):
            await socket.closes()


async def hands_of(house: House, person: Person | Who) -> Hands:
    """Somebody who has just signed in."""
    browser = await house.browser(person)
    sockets: dict[str, Socket | Polling]
    sockets = {"websocket": await Socket(house).opens(browser), "polling": await Polling(house).opens(browser)}
    return Hands(house, person, browser, sockets)


def page_code(page: Page) -> str:
    """`done` for a page that is shown; otherwise its status, or that one has to sign in."""
    if page.path == SIGN_IN:
        return "sign_in_needed"
    return DONE if page.status == HTTPStatus.OK else str(page.status)


@dataclass
class Tally:
    """How often each right was tried over each way, and where it did not hold."""

    tried: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: list[tuple[str, str, object]] = field(default_factory=list)

    def note(self, right: str, way: str, held: bool, seen: object = "") -> None:
        """Count a try; `seen` is what came instead."""
        self.tried.setdefault(right, Counter())[way] += 1
        if not held:
            self.wrong.append((right, way, seen))

    def __str__(self) -> str:
        """A line for each right: what was tried over each way, and how often it went wrong."""
        rows: list[tuple[str, ...]] = [("tried / wrong", *WAYS)]
        for right, tried in self.tried.items():
            wrong = Counter(way for other, way, _ in self.wrong if other == right)
            rows.append((right, *(f"{tried[way]} / {wrong[way]}" if tried[way] else "-" for way in WAYS)))
        return "\n".join(f"{first:<40}" + "".join(f"{cell:>12}" for cell in rest) for first, *rest in rows)
