"""What a browser has kept of texts that are not finished."""

from playwright.async_api import Page

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


async def kept_in(page: Page) -> str:
    """All of it; empty if there is nothing."""
    texts: str = await page.evaluate(_TEXTS)
    return texts


async def is_kept(page: Page, text: str) -> None:
    """The text comes to be kept."""
    for _ in range(400):
        if text in await kept_in(page):
            return
        await page.wait_for_timeout(50)
    raise AssertionError("it was not kept")


async def nothing_is_kept(page: Page) -> None:
    """What was kept goes."""
    for _ in range(400):
        if not await kept_in(page):
            return
        await page.wait_for_timeout(50)
    raise AssertionError("it is kept still")
