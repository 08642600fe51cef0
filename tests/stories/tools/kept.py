"""What a browser has kept of texts that are not finished."""

import asyncio
from collections.abc import Callable

from playwright.async_api import Page

from tests.web.browser import PATIENCE

_TEXTS = """async () => {
  // To open a store that is not there would make one, without anything that belongs in it.
  if (!(await indexedDB.databases()).some(({ name }) => name === 'gensvar')) return '';
  return new Promise((go) => {
    indexedDB.open('gensvar').onsuccess = ({ target: { result: db } }) => {
      const all = db.transaction('drafts').objectStore('drafts').getAll();
      all.onsuccess = () => { db.close(); go(all.result.map((each) => each.text).join()); };
    };
  });
}"""

SLOW_STORE = """{
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...how) {
    const request = open.apply(this, how);
    const set = (told) => request.addEventListener('success', (event) => setTimeout(told, 1500, event));
    Object.defineProperty(request, 'onsuccess', { set });
    return request;
  };
}"""
"""A browser that needs a while to find what it kept."""


async def kept_in(page: Page) -> str:
    """All of it; empty if there is nothing."""
    texts: str = await page.evaluate(_TEXTS)
    return texts


async def is_kept(page: Page, text: str) -> None:
    """The text comes to be kept."""
    await _comes(page, lambda kept: text in kept)


async def nothing_is_kept(page: Page) -> None:
    """What was kept goes."""
    await _comes(page, lambda kept: not kept)


async def _comes(page: Page, holds: Callable[[str], bool]) -> None:
    async with asyncio.timeout(PATIENCE / 1000):
        while not holds(await kept_in(page)):
            await page.wait_for_timeout(50)
