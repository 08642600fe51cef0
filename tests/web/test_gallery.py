"""Every page, drawn with an example: usable by everyone, on a small screen, in the dark, under the strictest policy."""

import re
from pathlib import Path

import pytest

from dialogs.checks.lix import LIMIT, lix
from tests.web.browser import visit
from tests.web.examples.pages import PAGES
from tests.web.gallery import draw

STYLES = Path(__file__).parents[2] / "web/assets/styles"
CITIZENS = [name for name, (template, _) in PAGES.items() if not template.startswith("staff/")]

ONE_SIDED = re.compile(
    r"[\s;{](?:margin|padding|border)-(?:left|right)\b|[\s;{](?:left|right):|text-align: (?:left|right)|float:"
)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A radio button's target is its whole card; a link may lie over its whole card.
LOW = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter((each) => each.checkVisibility() && !each.matches('.ds-skip-link'))
  .filter((each) => (each.closest('.choice') ?? each).getBoundingClientRect().height < 43.9)
  .map((each) => each.outerHTML.slice(0, 100))"""
# Neither what people have written, nor the names of pages at the foot.
SENTENCES = """() => [...document.querySelectorAll('main *')]
  .filter((each) => each.checkVisibility())
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((each) => !each.closest('.msg__box, .typed, .sum, .bubble, .site, textarea, [name=person]'))
  .map((each) => each.textContent.trim())"""


@pytest.mark.browser
@pytest.mark.slow
async def test_axe_finds_nothing_on_any_page() -> None:
    async with visit(390) as window:
        found = {}
        for name in PAGES:
            await window.open(name)
            found[name] = await window.violations()
    assert {name: violations for name, violations in found.items() if violations} == {}


@pytest.mark.browser
@pytest.mark.slow
async def test_everything_can_be_read_in_the_dark() -> None:
    async with visit(1440, scheme="dark") as window:
        found = {}
        for name in PAGES:
            await window.open(name)
            found[name] = await window.violations(["color-contrast"])
    assert {name: violations for name, violations in found.items() if violations} == {}


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
async def test_no_page_has_to_be_scrolled_sideways_on_the_smallest_screen(language: str) -> None:
    async with visit(320, 640) as window:
        wider = {}
        for name in PAGES:
            await window.open(name, language)
            wider[name] = await window.page.evaluate(WIDER)
    assert {name: more for name, more in wider.items() if more > 0} == {}


@pytest.mark.browser
async def test_a_heading_of_several_lines_is_parted_in_lines_of_like_length() -> None:
    parted = "() => [...document.querySelectorAll('h1, h2, h3')].map((each) => getComputedStyle(each).textWrapStyle)"
    async with visit(390) as window:
        for name in ("question-one", "thread", "desk", "close"):
            await window.open(name)
            assert set(await window.page.evaluate(parted)) == {"balance"}, name


@pytest.mark.browser
async def test_everything_citizens_press_is_at_least_44_pixels_high() -> None:
    async with visit(390) as window:
        low = {}
        for name in CITIZENS:
            await window.open(name)
            low[name] = await window.page.evaluate(LOW)
    assert {name: controls for name, controls in low.items() if controls} == {}


@pytest.mark.browser
async def test_our_own_words_on_citizens_pages_are_easy_to_read() -> None:
    async with visit(390) as window:
        hard = {}
        for name in CITIZENS:
            await window.open(name)
            hard[name] = lix("\n".join(await window.page.evaluate(SENTENCES)))
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
