"""A server that is watched while it is flooded: whether it answers, and what memory it takes."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.stories.served import Served

MEGABYTE = 1024 * 1024
PATIENCE = 1.5
"""Seconds in which the server has to answer meanwhile: alone it takes less than 0.5, but other tests run beside."""


class Watched(Served):
    """One server."""

    def memory(self, which: str = "VmHWM") -> int:
        """Bytes: the most it ever had, or what it has now (`VmRSS`)."""
        found = re.search(rf"{which}:\s+(\d+) kB", Path(f"/proc/{self.pid}/status").read_text(encoding="ascii"))
        assert found is not None
        return int(found[1]) * 1024

    def temporary_files(self) -> int:
        """Bytes of the files without a name that it has open."""
        sizes = []
        for handle in Path(f"/proc/{self.pid}/fd").iterdir():
            try:
                if "(deleted)" in str(handle.readlink()):
                    sizes.append(handle.stat().st_size)
            except FileNotFoundError:
                continue
        return sum(sizes)

    @asynccontextmanager
    async def answering(self, within: float) -> AsyncIterator[None]:
        """Meanwhile `/health/live` is asked ten times a second, and answers within so many seconds each time."""
        # From a process of its own: whoever floods is busy too, and would measure that.
        asking = await asyncio.create_subprocess_exec(
            sys.executable, "-c", ASKING, str(self.port), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        assert asking.stdout is not None
        await asking.stdout.readline()
        try:
            yield
        finally:
            said, _ = await asking.communicate(b"\n")
        times, longest = said.split()
        assert int(times) > 0
        assert float(longest) <= within


ASKING = """
import http.client, select, sys, time
took = []
print("begun", flush=True)
over = False
while not over or not took:
    over = bool(select.select([sys.stdin], [], [], 0.1)[0])
    begun = time.monotonic()
    asked = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=60)
    asked.request("GET", "/health/live", headers={"Host": "localhost"})
    assert asked.getresponse().status == 200
    took.append(time.monotonic() - begun)
    asked.close()
print(len(took), max(took))
"""
