"""Every page that people get to by links, with real cases: on small screens, in the dark, on paper, in English."""

import re
from collections import Counter

import pytest

from tests.stories.tools.faults import faults_of, swedish_left
from tests.stories.tools.filing import files_a_complaint
from tests.stories.tools.people import DESKTOP, PHONE, Somebody, Town

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LINKS = (
    "() => [...document.querySelectorAll('a[href]:not([download])')]"
    ".map((each) => each.href.replace(location.origin, ''))"
)
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|SE\d{10}-\w*|(?<=/statistik)\?.*")
"""What pages of a kind differ by: whose they are, and of figures all that is chosen."""
ELSEWHERE = re.compile(r"^(?!/)|^/(lamna|logga-ut|assets|api)|/fil/|sprak=|utkast=")
"""Links that lead out, to a file, or change something for the next page."""
MOST = {"/arende/*": 3, "/personal/arende/*": 3}
"""Pages of a kind that are looked at; of others one."""
SAME_FOR_ALL = frozenset({"/statistik", "/kontakt", "/tillganglighet", "/personuppgifter", "/andra-regioner"})
"""Looked at by one who is not signed in."""


class Walk:
    """From page to page by the links on them."""

    def __init__(self, somebody: Somebody, seen: frozenset[str] = SAME_FOR_ALL) -> None:
        self.somebody = somebody
        self.found: dict[str, list[str]] = {}
        self._kinds: Counter[str] = Counter()
        self._seen = seen

    async def goes_through(self, *starts: str) -> None:
        """Every kind of page that links lead to from there, each looked at."""
        ahead, known = list(starts), {*starts, *self._seen}
        while ahead:
            path = ahead.pop(0)
            kind = ID.sub("*", path)
            if self._kinds[kind] >= MOST.get(kind, 1):
                continue
            self._kinds[kind] += 1
            await self.somebody.goes_to(_in("sv", path))
            links: list[str] = await self.somebody.page.evaluate(LINKS)
            await self._looks()
            fresh = [link.partition("#")[0] for link in links if not ELSEWHERE.search(link)]
            ahead += [link for link in dict.fromkeys(fresh) if link not in known]
            known |= set(fresh)

    async def looks(self, somebody: Somebody) -> None:
        """Notes what is wrong with the page that somebody is at, in Swedish and in English, and leaves them there."""
        address = somebody.page.url
        await self._looks()
        await somebody.page.goto(_in("sv", address))

    async def _looks(self) -> None:
        page = self.somebody.page
        address = page.url
        faults = await faults_of(self.somebody)
        await page.set_viewport_size(DESKTOP if "/personal" in address else PHONE)
        await page.goto(_in("en", address))
        faults += [f"in English: {text}" for text in await swedish_left(self.somebody)]
        if faults:
            self.found[re.sub(r"^https?://[^/]+", "", address.partition("#")[0])] = faults

    def told(self) -> str:
        """Every fault once, with the first page that has it."""
        first = {fault: page for page, faults in reversed(self.found.items()) for fault in faults}
        return "\n".join(f"{page}: {fault}" for fault, page in first.items())

    @property
    def kinds(self) -> set[str]:
        """The kinds of pages that were looked at."""
        return set(self._kinds)


def _in(language: str, address: str) -> str:
    plain = re.sub(r"[?&]sprak=\w\w", "", address.partition("#")[0])
    return f"{plain}{'&' if '?' in plain else '?'}sprak={language}"


async def test_what_everybody_can_open_and_the_whole_filing(town: Town) -> None:
    walk = Walk(await town.person("Anna Lindqvist", PHONE), seen=frozenset())
    await walk.goes_through("/")
    await files_a_complaint(walk.somebody, "Ingen ringde tillbaka", "Jag bad om att bli uppringd.", walk.looks)
    assert walk.kinds >= {
        "/",
        "/kontakt",
        "/tillganglighet",
        "/personuppgifter",
        "/andra-regioner",
        "/logga-in",
        "/statistik*",
    }
    assert not walk.found, walk.told()


async def test_what_anna_can_open(town: Town) -> None:
    walk = Walk(await town.anna())
    await walk.goes_through("/hem")
    assert walk.kinds >= {"/hem", "/arende/*", "/arende/*/svar", "/arende/*/utskrift", "/arende/*/vem"}
    assert not walk.found, walk.told()


async def test_what_karin_can_open(town: Town) -> None:
    walk = Walk(await town.karin())
    await walk.goes_through("/personal", "/personal?visa=alla")
    assert walk.kinds >= {f"/personal/arende/*{rest}" for rest in ("", "/avsluta", "/vidare", "/utskrift")} | {
        "/personal/statistik*"
    }
    assert not walk.found, walk.told()


async def test_what_an_officer_of_the_board_can_open(town: Town) -> None:
    walk = Walk(await town.erik())
    await walk.goes_through("/personal", "/personal?visa=alla")
    assert walk.kinds >= {"/personal", "/personal/arende/*"}
    assert not walk.found, walk.told()


async def test_what_can_be_opened_by_who_distributes_without_reading(town: Town) -> None:
    eva = await town.person("Eva Berg")
    await eva.signs_in()
    walk = Walk(eva)
    await walk.goes_through("/personal", "/personal?visa=alla")
    assert walk.kinds >= {"/personal", "/personal/arende/*"}
    assert not walk.found, walk.told()
