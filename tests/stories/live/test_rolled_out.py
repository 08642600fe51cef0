"""A new version is rolled out while people talk: each process is restarted, and nobody sees more than a short word."""

import asyncio
import shutil
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.processes.restarts import Process
from tests.processes.test_rolling import two_behind_nginx
from tests.services.postgres import Postgres
from tests.services.redis import running_redis
from tests.stories.tools.people import Browsers, Somebody

pytestmark = pytest.mark.browser
TITLE = "Fick vänta med ont i bröstet"
ROUNDS = 2
A_WHILE = 60_000
WATCH = """() => {
  window.wordsShown = [];
  const look = () => {
    for (const line of document.querySelectorAll('[data-offline], [role=alert]')) {
      const words = line.checkVisibility() ? line.innerText.trim() : '';
      if (words && !window.wordsShown.includes(words)) window.wordsShown.push(words);
    }
  };
  setInterval(look, 20);
}"""
"""Notes every word about the connection that comes into sight, however shortly."""


@pytest.mark.slow
async def test_while_processes_are_restarted_people_see_at_most_that_it_connects_again(
    tmp_path: Path, sample_once: Path, sample_in_postgres: str, postgres: Postgres, browsers: Browsers
) -> None:
    house = shutil.copytree(sample_once, tmp_path / "house")
    name = postgres.make(sample_in_postgres)
    with running_redis() as redis:
        async with two_behind_nginx(house, postgres.url(name), redis) as (both, url), browsers.before(url) as town:
            anna, karin, johan = await town.anna(), await town.karin(), await town.johan()
            for each in (anna, karin):
                await each.opens_thread(TITLE)
                await each.page.evaluate(WATCH)
            restarted = asyncio.Event()
            walks = asyncio.create_task(walks_about(johan, restarted))
            talk = asyncio.create_task(talks(anna, karin, restarted))
            await restarted_in_turn(both)
            restarted.set()
            said, statuses = await talk, await walks
            for each in (anna, karin):
                await expect(each.page.locator(".msg--pending, .msg--failed")).to_have_count(0, timeout=A_WHILE)
                await expect(each.page.locator("[data-said][data-entry]", has_text="Utrullat ")).to_have_count(
                    len(said), timeout=A_WHILE
                )
                assert sorted((await each.reads_thread())[-len(said) :]) == sorted(said)
                shown = await each.page.evaluate("window.wordsShown")
                assert [words for words in shown if not words.startswith("Ansluter igen")] == []
            assert await anna.reads_thread() == await karin.reads_thread()
            assert set(statuses) == {200}
            assert not anna.faults + karin.faults + johan.faults
    postgres.drop(name)


async def restarted_in_turn(both: list[Process]) -> None:
    """Each of them, so many times."""
    for process in both * ROUNDS:
        await asyncio.sleep(1)
        await process.stop()
        await process.start()


async def talks(anna: Somebody, karin: Somebody, until: asyncio.Event) -> list[str]:
    """What they said to each other, in turn, until it is over."""
    said: list[str] = []
    while not until.is_set():
        said.append(f"Utrullat {len(said) + 1}.")
        await (anna if len(said) % 2 else karin).writes(said[-1])
        await asyncio.sleep(0.3)
    return said


async def walks_about(johan: Somebody, until: asyncio.Event) -> list[int]:
    """The statuses of the pages he opens, one after the other."""
    statuses = []
    while not until.is_set():
        answer = await johan.page.goto(johan.page.url)
        assert answer is not None
        statuses.append(answer.status)
        await asyncio.sleep(0.2)
    return statuses
