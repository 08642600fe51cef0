"""Using a page with the keyboard alone."""

from contextlib import suppress
from pathlib import Path

from playwright.async_api import Locator, expect
from playwright.async_api import TimeoutError as TooLate

from tests.stories.tools.people import Somebody

FARTHEST = 200
"""Presses of Tab after which something counts as out of reach."""
SOON = 3_000
"""Milliseconds in which the system's window opens."""
TRIES = 3
HAS_FOCUS = "(it) => it === document.activeElement"


class Keyboard:
    """Tab, Enter, Space and arrows; nothing else but letters."""

    async def presses(self, who: Somebody, control: Locator) -> None:
        """Tab to it; Space for boxes, Enter for the rest."""
        await reaches(who, control)
        box = await control.get_attribute("type") in {"checkbox", "radio"}
        await who.page.keyboard.press("Space" if box else "Enter")

    async def chooses(self, who: Somebody, radio: Locator) -> None:
        """Tab to the group, then arrows until it is chosen."""
        name = await radio.get_attribute("name")
        group = who.page.locator(f"input[name='{name}']")
        await reaches(who, group.and_(who.page.locator(":checked")) if await _chosen(group) else group.first)
        for _ in range(await group.count()):
            if await radio.is_checked():
                return
            await who.page.keyboard.press("ArrowDown")
        await expect(radio).to_be_checked()

    async def fills(self, who: Somebody, field: Locator, text: str) -> None:
        """Tab to it, and write."""
        await reaches(who, field)
        await who.page.keyboard.type(text)

    async def attaches(self, who: Somebody, field: Locator, files: list[Path]) -> None:
        """Tab to it; Enter opens the system's own window for picking."""
        for _ in range(TRIES):
            await reaches(who, field)
            # The page may have been drawn anew under one's finger: then one presses again.
            with suppress(TooLate):
                async with who.page.expect_file_chooser(timeout=SOON) as opened:
                    await who.page.keyboard.press("Enter")
                await (await opened.value).set_files(files)
                return
        raise AssertionError("no window for picking files opened")


async def reaches(who: Somebody, control: Locator) -> None:
    """Tab until it has the focus: there is a way to it from where the focus is."""
    await expect(control).to_be_visible()
    await who.has_come()
    for _ in range(FARTHEST):
        if await control.evaluate(HAS_FOCUS):
            break
        await who.page.keyboard.press("Tab")
    await expect(control).to_be_focused()


async def _chosen(group: Locator) -> bool:
    return any([await each.is_checked() for each in await group.all()])
