"""A server that is watched while it is flooded: whether it answers, and what memory it takes."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.services.program import ROOT
from tests.stories.tools.served import Served

MEGABYTE = 1024 * 1024
ASKING = (sys.executable, "-m", "tests.floods.asking")
SOON = 1.5
"""Seconds in which the server has to answer meanwhile, but for those that the machine gives to what runs beside."""


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
            *ASKING,
            str(self.port),
            str(self.pid),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
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
