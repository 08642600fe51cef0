"""Every page, drawn with an example: usable by everyone, on a small screen, in the dark, under the strictest policy."""

import asyncio
import re
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.json import decode, encode

from dialogs.checks.lix import LIMIT, lix
from tests.services.once import made_once
from tests.web.browser import Visit, visit
from tests.web.examples.pages import PAGES
from tests.web.gallery import draw

STYLES = Path(__file__).parents[2] / "web/assets/styles"
CITIZENS = [
    name for name, (template, shown) in PAGES.items() if not (template.startswith("staff/") or shown.get("staff"))
]

ONE_SIDED = re.compile(
    r"[\s;{](?:margin|padding|border)-(?:left|right)\b|[\s;{](?:left|right):|text-align: (?:left|right)|float:"
)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A radio button's target is its whole card; a link may lie over its whole card.
LOW = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter((each) => each.checkVisibility() && !each.matches('.ds-skip-link'))
  .filter((each) => (each.closest('.choice') ?? each).getBoundingClientRect().height < 43.9)
  .map((each) => each.outerHTML.slice(0, 100))"""
PARTED = "() => [...document.querySelectorAll('h1, h2, h3')].map((each) => getComputedStyle(each).textWrapStyle)"
# Neither what people have written, nor the names of pages at the foot.
SENTENCES = """() => [...document.querySelectorAll('main *')]
  .filter((each) => each.checkVisibility())
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((each) => !each.closest('.msg__box, .typed, .sum, .bubble, .site, textarea, [name=person]'))
  .map((each) => each.textContent.trim())"""


class Seen(Struct, frozen=True):
    """What a browser saw of one page."""

    violations: list[str]
    in_the_dark: list[str]
    low: list[str]
    """What is pressed and less than 44 pixels high."""
    sentences: str
    parted: list[str]
    """How lines of headings are parted."""
    wider: dict[str, int]
    """By language, pixels by which the page is wider than a screen of 320."""


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    """Every page, opened once in each language: whatever is asked of it is asked there."""
    folder = made_once(tmp_path_factory, "gallery", lambda folder: _keep(folder / "seen.json"))
    return decode((folder / "seen.json").read_bytes(), type=dict[str, Seen])


def _keep(path: Path) -> None:
    path.write_bytes(encode(asyncio.run(_look())))


async def _look() -> dict[str, Seen]:
    async with visit() as window:
        return {name: await _seen(window, name) for name in PAGES}


async def _seen(window: Visit, name: str) -> Seen:
    await window.open(name, "en")
    wider = {"en": await window.on_a_screen_of(320, WIDER)}
    await window.open(name)
    wider["sv"] = await window.on_a_screen_of(320, WIDER)
    low, sentences, parted = [await window.on_a_screen_of(390, each) for each in (LOW, SENTENCES, PARTED)]
    return Seen(
        violations=await window.violations(),
        in_the_dark=await window.violations_in_the_dark(),
        low=low,
        sentences="\n".join(sentences),
        parted=parted,
        wider=wider,
    )


@pytest.mark.browser
def test_axe_finds_nothing_on_any_page(seen: dict[str, Seen]) -> None:
    assert {name: page.violations for name, page in seen.items() if page.violations} == {}


@pytest.mark.browser
def test_everything_can_be_read_in_the_dark(seen: dict[str, Seen]) -> None:
    assert {name: page.in_the_dark for name, page in seen.items() if page.in_the_dark} == {}


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_page_has_to_be_scrolled_sideways_on_the_smallest_screen(seen: dict[str, Seen], language: str) -> None:
    assert {name: page.wider for name, page in seen.items() if page.wider[language] > 0} == {}


@pytest.mark.browser
@pytest.mark.parametrize("name", ["question-one", "thread", "desk", "close"])
def test_a_heading_of_several_lines_is_parted_in_lines_of_like_length(seen: dict[str, Seen], name: str) -> None:
    assert set(seen[name].parted) == {"balance"}


@pytest.mark.browser
def test_everything_citizens_press_is_at_least_44_pixels_high(seen: dict[str, Seen]) -> None:
    assert {name: seen[name].low for name in CITIZENS if seen[name].low} == {}


@pytest.mark.browser
def test_our_own_words_on_citizens_pages_are_easy_to_read(seen: dict[str, Seen]) -> None:
    hard = {name: lix(seen[name].sentences) for name in CITIZENS}
    assert {name: value for name, value in hard.items() if value > LIMIT} == {}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_needs_what_the_policy_forbids(name: str) -> None:
    page = draw(name)
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", page) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_form_that_sends_carries_its_token(name: str) -> None:
    forms = re.findall(r'<form[^>]*method="post".*?</form>', draw(name), flags=re.DOTALL)
    assert [form[:80] for form in forms if 'name="csrf"' not in form] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_id_stands_twice_on_a_page(name: str) -> None:
    # What lies in a <template> is not on the page before the script puts it there, in the place of something else.
    ids = re.findall(r'\sid="([^"]+)"', re.sub(r"<template.*?</template>", "", draw(name), flags=re.DOTALL))
    assert sorted(ids) == sorted(set(ids))


def test_dark_is_the_same_whether_chosen_or_wished_for_by_the_system() -> None:
    tokens = (STYLES / "tokens.css").read_text(encoding="utf-8")
    chosen, wished = (
        re.sub(r"\s+", " ", block)
        for block in re.findall(r'\[data-color-scheme="(?:dark|auto)"\] \{(.*?)\}', tokens, re.DOTALL)
    )
    assert chosen.strip() == wished.strip()


def test_light_and_dark_name_the_same_colours() -> None:
    tokens = (STYLES / "tokens.css").read_text(encoding="utf-8")
    light, dark = re.findall(r'\[data-color-scheme="(?:light|dark)"\] \{(.*?)\}', tokens, re.DOTALL)
    assert set(re.findall(r"--[a-z-]+(?=:)", light)) == set(re.findall(r"--[a-z-]+(?=:)", dark))


@pytest.mark.parametrize("sheet", sorted(path.name for path in STYLES.glob("*.css")))
def test_our_styles_follow_the_direction_of_the_text_and_name_no_colour_of_their_own(sheet: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", (STYLES / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert ONE_SIDED.findall(text) == []
    if sheet not in {"tokens.css", "base.css", "print.css"}:
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", text) == []
