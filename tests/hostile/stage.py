"""Where hostile input is tried: people with a case each, and what must hold after every try."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.errors import SENTENCES
from server.observability.logs import JsonLines
from tests.filing import filed
from tests.house import Browser, House, Page
from tests.people import ANNA, BO, KARIN
from tests.sockets import Socket

SECRET = "hemligkanin"
"""In everything that is typed: it may come back to the one who typed it in a form, and nowhere else."""
LANGUAGES = ("sv", "en")


@dataclass
class Stage:
    """Anna and Karin at a case, Bo at another."""

    house: House
    case: str
    others: str
    """Bo's case."""
    anna: Browser
    karin: Browser

    def browser(self, who: str) -> Browser:
        """Somebody's browser."""
        return self.karin if who == "karin" else self.anna

    def url(self, who: str) -> str:
        """The address of Anna's case for somebody."""
        return f"/personal/arende/{self.case}" if who == "karin" else f"/arende/{self.case}"

    def filled(self, value: Any) -> Any:
        """The value with the ids of this stage where names of them stand."""
        match value:
            case str():
                return value.replace("$case", self.case).replace("$others", self.others)
            case dict():
                return {name: self.filled(inner) for name, inner in value.items()}
            case _:
                return value

    def sentence(self, code: str, language: str) -> str:
        """What people are told of a refusal."""
        return self.house.parts.services.translator(language)(SENTENCES[code])

    async def socket(self, who: str, language: str = "sv") -> Socket:
        """An open socket of somebody who reads a language."""
        return await Socket(self.house).opens(self.browser(who), language)

    async def still_works(self) -> None:
        """A good command goes through on every channel."""
        status, body = await self.anna.command("post_message", self.case, text="Hej")
        assert status == 201, body
        socket = await self.socket("anna")
        assert "ok" in await socket.says("post_message", self.case, text="Hej")
        await socket.closes()
        form = {"client_id": self.house.new_id(), "text": "Hej"}
        assert (await self.anna.post(f"{self.url('anna')}/post_message", form)).status == 200


async def set_stage(house: House) -> Stage:
    """The people, at their cases."""
    case, others = await filed(house, ANNA), await filed(house, BO)
    anna, karin = await house.browser(ANNA), await house.browser(KARIN)
    assert (await karin.command("take_case", case))[0] == 201
    return Stage(house, case, others, anna, karin)


def quiet(records: list[logging.LogRecord]) -> list[str]:
    """Log lines, as they are written, in which something stands that somebody typed."""
    lines = [JsonLines().format(record) for record in records]
    return [line for line in lines if SECRET in line or "Traceback" in line]


def plain(stage: Stage, page: Page, code: str, language: str = "sv") -> bool:
    """Whether a page says what is wrong in plain words, and shows no inside."""
    marked = page.title.startswith(("Fel: ", "Error: "))
    said = marked or stage.sentence(code, language) in page.words
    return said and "Traceback" not in page.text and ".py" not in page.words


def wrong(found: Mapping[str, object], hoped: Callable[[str], object]) -> dict[str, object]:
    """What came otherwise than it should, by the name of the case."""
    return {name: got for name, got in found.items() if got != hoped(name)}
