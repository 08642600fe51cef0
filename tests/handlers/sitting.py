"""Somebody at a thread, in a browser without script: reads the page, fills in a form on it, presses its button."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from inbox.storage.people import Person
from tests.answered import Answers
from tests.filing import filed
from tests.house import Browser, House, Page
from tests.people import ANNA, KARIN

Fields = Mapping[str, str | Sequence[str]]

ANSWER = {
    "explanation": "Vi svarade inte i telefon den dagen.",
    "measure_text": "Fler svarar i telefon på morgonen.",
    "measure_responsible": "",
    "measure_due": "",
    "problems": "6.1",
    "area": "primarvard",
}
"""A closing form with nothing missing."""


@dataclass
class Sitting:
    """A browser at one case, and every page it has shown."""

    browser: Browser
    url: str
    seen: list[Page] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.seen[-1]

    async def opens(self, rest: str = "", **headers: str) -> Page:
        """Opens the thread, or a page below it."""
        self.seen.append(await self.browser.get(self.url + rest, **headers))
        return self.page

    async def reads(self, rest: str = "") -> Page:
        """Opens it, and says that it is read."""
        self.seen.append(await self.browser.reads(self.url + rest))
        return self.page

    async def sends(self, tag: str, *, on: str = "", **fields: str | Sequence[str]) -> Page:
        """Opens the page with the form of a command, fills it in and sends it."""
        await self.opens(on)
        return await self.fills(tag, fields)

    async def presses(self, tag: str, **fields: str | Sequence[str]) -> Page:
        """Fills in the form of a command on the page that is shown, and sends it."""
        return await self.fills(tag, fields)

    async def answers(self, fields: Fields) -> Page:
        """Opens the closing form, fills it in and sends it."""
        await self.opens("/avsluta")
        return await self.fills("answer_case", fields)

    async def fills(self, tag: str, fields: Fields, files: Sequence[tuple[str, bytes]] = ()) -> Page:
        """The same, with files."""
        sent, path = {**hidden_in(self.page, tag), **fields}, f"{self.url}/{tag}"
        if files:
            plain = {name: str(value) for name, value in sent.items()}
            self.seen.append(await self.browser.upload(path, "files", files, **plain))
        else:
            self.seen.append(await self.browser.post(path, sent))
        return self.page


async def at_case(house: House, case: str, person: Person) -> Sitting:
    """Somebody about to open a case."""
    side = "/personal/arende" if person.staff else "/arende"
    return Sitting(await house.browser(person), f"{side}/{case}")


async def anna_and_karin(
    house: House, answers: Answers | None = None, *, taken: bool = True
) -> tuple[Sitting, Sitting]:
    """Anna with a case of hers, and Karin who handles it."""
    case = await filed(house, ANNA, answers)
    anna, karin = await at_case(house, case, ANNA), await at_case(house, case, KARIN)
    if taken:
        assert (await karin.sends("take_case")).status == 200
    return anna, karin


def has_form(page: Page, tag: str) -> bool:
    """Whether the command can be given on the page."""
    return bool(_leads_to(tag).search(page.text))


def hidden_in(page: Page, tag: str) -> dict[str, str | Sequence[str]]:
    """What the page hides in the form of a command."""
    for form in re.findall(r"<form\b.*?</form>", page.text, re.DOTALL):
        if _leads_to(tag).search(form):
            return _hidden(form) | _shown_to_read(form)
    raise AssertionError(f"no form for {tag} on {page.path}: {page.status} {page.words[:400]}")


def _leads_to(tag: str) -> re.Pattern[str]:
    """The address of a command, and of the place on the page to come back to."""
    return re.compile(rf'/{tag}(#[\w-]+)?"')


def _shown_to_read(form: str) -> dict[str, str | Sequence[str]]:
    """Texts that the form shows to be copied, and sends again as they are."""
    fields = re.findall(r'<textarea[^>]*\bname="([^"]+)"[^>]*\breadonly\b[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    return {name: unescape(text) for name, text in fields}


def typed_in(page: Page, field: str) -> str:
    """What stands in a text field of the page."""
    found = re.search(rf'<textarea[^>]*\bid="{re.escape(field)}"[^>]*>\n?(.*?)</textarea>', page.text, re.DOTALL)
    assert found, f"no text field {field} on {page.path}"
    return unescape(found.group(1))


def _hidden(form: str) -> dict[str, str | Sequence[str]]:
    found: dict[str, list[str]] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and name.group(1) != "csrf":
            found.setdefault(name.group(1), []).append(unescape(value.group(1)))
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}
