"""The end of a process in good order: first it says so, then the door closes, then what was begun is finished."""

import asyncio


class Draining:
    """Whether the process is about to end. `/health/ready` says no from then on."""

    def __init__(self) -> None:
        self.begun = False

    async def begin(self, seconds: float) -> None:
        """Say so, and serve on for so long: a proxy that asks needs the time to send people elsewhere."""
        self.begun = True
        await asyncio.sleep(seconds)
