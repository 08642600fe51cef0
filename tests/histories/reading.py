"""What six people read in the service: lists, threads, answers, prints and refusals, as plain lines."""

import re
from collections.abc import Iterable

import msgspec

from server.sample.story import Somebody, everybody
from tests.histories.plain import ROWS, pieces_of
from tests.house import Browser, House

ADMINISTRATOR = msgspec.convert(
    {
        "id": "ada",
        "name": "Ada Admin",
        "presentation": "Administratör på Ekbackens vårdcentral",
        "staff": True,
        "roles": [{"role": "administrator", "unit": "SE0000000001-VCEKBACKEN"}],
    },
    Somebody,
)
READERS = ("anna", "mustafa", "karin", "maria", "erik", "eva", "ada")
"""A patient, one who writes for somebody else, a caseworker, one of another unit, an officer of the board, who gives
cases to others without reading them, and an administrator."""
CASES = 30
"""Which each of them tries to open, about."""
LISTS = {True: tuple(f"/personal?visa={which}" for which in ("mina", "lediga", "alla", "klara")), False: ("/hem",)}
OF_STAFF, OF_CITIZENS = ("", "/utskrift"), ("", "/svar", "/utskrift", "/samtycke", "/namnden", "/vem")
"""Pages of a case."""
_CASE = re.compile(r'href="(?:/personal)?/arende/([0-9a-f-]{36})')
_NEXT = re.compile(r'href="((?:/personal|/hem)\?[^"]*)"[^>]*>\s*Visa fler')


async def choose_cases(house: House) -> list[str]:
    """An even choice of the cases that are in anybody's list."""
    cases: dict[str, None] = {}
    for reader in READERS:
        browser = await signed_in(house, reader)
        for path in LISTS[is_staff(reader)]:
            cases |= dict.fromkeys(_CASE.findall((await browser.get(path)).text))
    return list(cases)[:: max(1, len(cases) // CASES)]


async def read_all(house: House, reader: str, cases: Iterable[str]) -> dict[str, list[str]]:
    """What somebody reads now: every list, then the pages of the cases, whether they are theirs or not."""
    browser = await signed_in(house, reader)
    paths = (*LISTS[is_staff(reader)], *(page for case in cases for page in pages_of(reader, case)))
    return {path: await read(browser, path) for path in paths}


def pages_of(reader: str, case: str) -> Iterable[str]:
    """The addresses of a case's pages for somebody, and its feed for programs."""
    side, pages = ("/personal", OF_STAFF) if is_staff(reader) else ("", OF_CITIZENS)
    return (*(f"{side}/arende/{case}{page}" for page in pages), f"/api/v1/cases/{case}/feed")


async def read(browser: Browser, path: str) -> list[str]:
    """What a page says; of what is refused the status alone."""
    if path.startswith("/api/"):
        status, answer = await browser.api("GET", path)
        return [str(status), *_entries(answer)]
    page = await browser.get(path)
    if page.status != 200 or page.path != path.split("?", maxsplit=1)[0]:
        return [f"{page.status} {page.path}"]
    if "/arende/" in path:
        return pieces_of(page.text)
    pages = [page.text]
    while more := _NEXT.search(pages[-1]):
        pages.append((await browser.get(more.group(1).replace("&amp;", "&"))).text)
    if path == "/hem":
        # Which cases they are: what is put first, and in which words, is for a page to choose.
        return sorted({case for text in pages for case in _CASE.findall(text)})
    lines = [line for text in pages for line in pieces_of(text, ROWS)]
    # Those that ended at the same moment have no order of their own.
    return sorted(lines) if path.endswith("klara") else lines


def _entries(answer: object) -> Iterable[str]:
    """The entries of a feed, each in one line; without sentences, which pages have too."""
    told = msgspec.convert(answer, dict[str, object])
    for name in ("head", "entries", "desk_head", "notes"):
        value = told.get(name)
        for each in value if isinstance(value, list) else [value]:
            line = msgspec.json.encode(_said(each), order="deterministic").decode()
            yield f"{name} {line}"


def _said(value: object) -> object:
    """What is empty says as much as what is left out: a field that came since is empty in what was before."""
    if isinstance(value, dict):
        return {name: _said(of) for name, of in value.items() if of and name != "sentence"}
    return [_said(each) for each in value] if isinstance(value, list) else value


async def signed_in(house: House, reader: str) -> Browser:
    """A reader at a browser."""
    known = {somebody.id: somebody for somebody in (*everybody(), ADMINISTRATOR)}
    return await house.browser(known[reader].person())


def is_staff(reader: str) -> bool:
    """Whether somebody reads at a desk."""
    return reader not in {"anna", "mustafa"}
