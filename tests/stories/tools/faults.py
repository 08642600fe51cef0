"""What may be wrong with a page: on a small screen, in the dark, in few colours, on paper, in English."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from playwright.async_api import Page

from inbox.directory.load import MITTLAND, load
from tests.stories.tools.people import PHONE, Somebody

ENGLISH = Path(__file__).parents[3] / "web/locales/en/LC_MESSAGES/messages.po"
NARROW = 320
"""Pixels of the smallest screen."""
STEPS = 12
"""Presses of the tab key: the first controls of a page, where its kinds of controls are."""

STICKS_OUT = """(most) => document.documentElement.scrollWidth <= most ? [] :
  [...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > most + 1)
    .map((each) => each.outerHTML.slice(0, 100)).slice(0, 3)"""
# In forced colours neither shadow nor background says where a control is.
BORDERLESS = """() => ['button, .ds-button, input:not([type=hidden]), select, textarea, .choice']
  .flatMap((controls) => [...document.querySelectorAll(controls)])
  .filter((each) => each.checkVisibility() && !each.closest('.sr-only'))
  .filter((each) => {
    const style = getComputedStyle(each);
    const bordered = ['Top', 'Bottom', 'Left', 'Right'].some((side) =>
      style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) > 0);
    const native = style.appearance !== 'none' && each.matches('[type=radio], [type=checkbox], [type=file]');
    return !bordered && !native && !style.textDecorationLine.includes('underline') && !each.closest('.choice');
  })
  .map((each) => each.outerHTML.slice(0, 100))"""
UNMARKED = """() => {
  const each = document.activeElement;
  if (!each || each === document.body || each.localName === 'body') return '';
  const marked = [each, each.closest('.choice, .case')].some((it) => {
    const style = it && getComputedStyle(it);
    return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  });
  return marked ? '' : each.outerHTML.slice(0, 100);
}"""
MOVING = """() => [...document.querySelectorAll('body, body *')]
  .filter((each) => {
    const style = getComputedStyle(each);
    const long = (times) => times.split(',').some((time) => parseFloat(time) > 0.01);
    return (style.animationName !== 'none' && long(style.animationDuration)) ||
      (style.transitionProperty !== 'none' && long(style.transitionDuration));
  })
  .map((each) => each.outerHTML.slice(0, 100)).slice(0, 3)"""
NOT_FOR_PAPER = """() => [...document.querySelectorAll('nav, button, .ds-button, .exit')]
  .filter((each) => each.checkVisibility() && each.getClientRects().length)
  .map((each) => each.outerHTML.slice(0, 100))"""
ON_PAPER = "() => document.querySelector('main, body').innerText.trim()"
SAID = """() => [...document.querySelectorAll('[data-said] [data-slot=text]')]
  .filter((each) => !each.closest('.note, .side-thread, [hidden]')).map((each) => each.checkVisibility())"""
# Not what people wrote, nor what is marked as Swedish.
OWN_WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent?.checkVisibility() || parent.closest('[dir=auto], [lang=sv], textarea')) continue;
    const text = walker.currentNode.data.replace(/\\s+/g, ' ').trim();
    if (text) found.push(text);
  }
  for (const each of document.querySelectorAll('[aria-label], [placeholder], [title]'))
    for (const name of ['aria-label', 'placeholder', 'title'])
      if (each.hasAttribute(name) && !each.closest('[dir=auto], [lang=sv]')) found.push(each.getAttribute(name));
  return [document.title, ...found];
}"""
SWEDISH = re.compile(
    r"\b(och|inte|att|är|ett|som|för|på|av|vill|när|från|eller|ärende|ärendet|svar|din|ditt|dina|dagar|dag)\b",
    re.IGNORECASE,
)


async def faults_of(somebody: Somebody) -> list[str]:
    """Everything that is wrong with the page as it stands, each with what it is wrong for."""
    page = somebody.page
    await somebody.has_come()
    await page.set_viewport_size({"width": NARROW, "height": PHONE["height"]})
    found = _told("sticks out", await page.evaluate(STICKS_OUT, NARROW))
    found += _told("axe", await somebody.violations())
    found += _told("moves", await page.evaluate(MOVING))
    await page.emulate_media(color_scheme="dark")
    found += _told("in the dark", await somebody.violations(["color-contrast"]))
    await page.emulate_media(color_scheme="light", forced_colors="active")
    found += _told("no border", await page.evaluate(BORDERLESS))
    found += _told("no focus mark", await _unmarked(page))
    await page.emulate_media(forced_colors="none", media="print")
    found += _told("on paper", await page.evaluate(NOT_FOR_PAPER))
    if not await page.evaluate(ON_PAPER) or not all(await page.evaluate(SAID)):
        found.append("on paper: what was said is missing")
    await page.emulate_media(media="screen")
    return found


async def swedish_left(somebody: Somebody) -> list[str]:
    """What is Swedish on a page that should be English, names and what people wrote left out."""
    page = somebody.page
    language = await page.evaluate("document.documentElement.lang")
    texts: list[str] = await page.evaluate(OWN_WORDS)
    return [f"lang is {language}"] * (language != "en") + [text for text in dict.fromkeys(texts) if _is_swedish(text)]


def _is_swedish(text: str) -> bool:
    if text in _sentences():
        return True
    for name in _names():
        text = text.replace(name, "")
    return bool(SWEDISH.search(text))


@cache
def _sentences() -> frozenset[str]:
    """Our own Swedish sentences that are called something else in English."""
    with ENGLISH.open("rb") as file:
        messages = [message for message in read_po(file) if isinstance(message.id, str) and message.id]
    return frozenset(str(message.id) for message in messages if message.id != message.string)


@cache
def _names() -> tuple[str, ...]:
    """What places are called, the longest first: a name is the same in every language."""
    directory = load(MITTLAND)
    boards = [region.board.name for region in directory.regions.values() if region.board]
    units = [unit.name for unit in directory.units.values()]
    providers = [provider.name for provider in directory.providers.values()]
    regions = [region.name for region in directory.regions.values()]
    return tuple(sorted({*units, *providers, *regions, *boards}, key=len, reverse=True))


async def _unmarked(page: Page) -> list[str]:
    """Controls that one gets to by the tab key, and that do not show it."""
    found: list[str] = []
    for _ in range(STEPS):
        await page.keyboard.press("Tab")
        found.append(await page.evaluate(UNMARKED))
    return found


def _told(what: str, faults: Iterable[str]) -> list[str]:
    return [f"{what}: {fault}" for fault in dict.fromkeys(faults) if fault]
