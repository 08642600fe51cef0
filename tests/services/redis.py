"""A Redis of the tests' own, from Debian's package: on a free port, with nothing kept, gone afterwards."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.patience import PATIENCE
from tests.services.ports import free_port


class NoRedis(RuntimeError):
    """The program is not there. Never a reason to leave a test out."""

    def __init__(self) -> None:
        super().__init__("Redis is not installed. On Debian: apt-get install --no-install-recommends redis-server")


@contextmanager
def running_redis(port: int = 0) -> Iterator[str]:
    """What REDIS_URL would be, for as long as it is needed."""
    program = shutil.which("redis-server")
    if program is None:
        raise NoRedis
    chosen = str(port or free_port())
    words = [program, "--port", chosen, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *words], stdout=subprocess.DEVNULL)
    try:
        _until_ready(chosen)
        yield f"redis://127.0.0.1:{chosen}/0"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _until_ready(port: str) -> None:
    deadline = time.monotonic() + PATIENCE
    ask = ["redis-cli", "-p", port, "ping"]
    while subprocess.run(ask, capture_output=True, check=False).stdout.strip() != b"PONG":
        if time.monotonic() > deadline:
            raise TimeoutError(port)
        time.sleep(0.02)
