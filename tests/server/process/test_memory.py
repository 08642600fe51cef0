"""What the service does not keep: memory is for those who are here."""

import gc
import platform
from pathlib import Path

import pytest
from aiohttp import web

from server.process import memory
from tests.house import House
from tests.patience import until
from tests.people import ANNA


async def test_a_page_is_let_go_once_it_is_sent_though_the_connection_stays_open(house: House) -> None:
    browser = await house.browser(ANNA)
    assert (await browser.get("/hem")).status == 200
    gc.collect()
    kept = [one for one in gc.get_objects() if isinstance(one, web.Response) and one.body]
    assert kept == []


def resident_mb() -> float:
    """What the system has given this process."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library gives back by itself, or not at all")
async def test_what_is_let_go_while_the_service_runs_goes_back_to_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "EVERY", 0.05)
    try:
        much = [bytes(2_000) for _ in range(30_000)]
        last = bytes(2_000)
        del much
        before = resident_mb()
        async with memory.settled():
            await until(lambda: resident_mb() < before - 30)
        assert last
    finally:
        gc.unfreeze()
        gc.set_threshold(700, 10, 10)
