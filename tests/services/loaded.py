"""`python -m tests.services.loaded`: the program, loaded and doing nothing, to be copied whenever a server is wanted.

Wishes come over the socket that is its standard input, each with two more: what the server prints goes to the one, and
how it ended to the other.
"""

import contextlib
import ctypes
import gc
import os
import select
import signal
import socket
import sys
from importlib import import_module

import msgspec

from tests.services import found_once

LOADED = ("server.__main__", "server.serve", "server.sample.run", "inbox.storage.engine.migrate", "uvloop")
LONGEST = 1 << 18
"""Bytes of a wish: it holds an environment."""
_DIE_WITH_PARENT = 1
"""What `prctl` calls it."""


class Wish(msgspec.Struct, frozen=True):
    """What is to be run: a module with a `main`, and the words behind its name."""

    module: str
    words: tuple[str, ...]
    environment: dict[str, str]


def main() -> None:
    """Wait for wishes. What is wished for runs in a process of its own, and ends as any program ends."""
    for module in LOADED:
        import_module(module)
    found_once.find_out_once()
    found_once.find_out()
    # What is loaded is shared by all: nothing of it is to be looked at, and so written to, again.
    gc.freeze()
    with socket.socket(fileno=os.dup(0)) as wishes:
        wish = _next(wishes)
    if wish is None:
        return
    os.environ.clear()
    os.environ.update(wish.environment)
    sys.argv = [wish.module, *wish.words]
    sys.exit(import_module(wish.module).main())


def _next(wishes: socket.socket) -> Wish | None:
    """In each process that is made for one, its wish; None where there are no more."""
    under_way: dict[int, tuple[int, int]] = {}
    """By the handle that tells of its end: a process, and whom to tell."""
    while True:
        ready, _, _ = select.select([wishes.fileno(), *under_way], [], [])
        for handle in under_way.keys() & set(ready):
            _tell_end(handle, *under_way.pop(handle))
        if wishes.fileno() not in ready:
            continue
        sent, handles, _, _ = socket.recv_fds(wishes, LONGEST, 2)
        if not sent:
            return None
        printed, told = handles
        process = os.fork()
        if not process:
            _part(printed, (told, *under_way, *(each for _, each in under_way.values())))
            return msgspec.json.decode(sent, type=Wish)
        os.close(printed)
        os.write(told, f"{process}\n".encode())
        under_way[os.pidfd_open(process)] = (process, told)


def _tell_end(handle: int, process: int, told: int) -> None:
    _, status = os.waitpid(process, 0)
    # Nobody may wait for it any more.
    with contextlib.suppress(BrokenPipeError):
        os.write(told, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os.close(told)
    os.close(handle)


def _part(printed: int, others: tuple[int, ...]) -> None:
    """In a process that was just made: what is not its own is let go, and it does not outlive us."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    for handle in others:
        os.close(handle)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, goal in ((nothing, 0), (printed, 1), (printed, 2)):
        os.dup2(source, goal)
    os.close(nothing)
    os.close(printed)


if __name__ == "__main__":
    main()
