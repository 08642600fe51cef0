"""Ports for what tests start: no two of a run's workers take the same one.

A port that the system picks is free when it is asked for, and may be somebody else's a moment later: of two tests that
run at once, or of a connection that goes out. So each worker has a stretch of its own, below those that the system
gives to connections, and goes through it in order.
"""

import os
import re
import socket
from itertools import count
from threading import Lock

_FIRST, _EACH = 20_000, 1_500
_WORKERS = 8
_NEXT = count(os.getpid() % _EACH)
_ALONE = Lock()


def free_port() -> int:
    """A port that nobody listens on, and that nobody else is given in this run."""
    with _ALONE:
        for _ in range(_EACH):
            port = _FIRST + _worker() * _EACH + next(_NEXT) % _EACH
            if _is_free(port):
                return port
    raise OSError("every port is taken")


def _worker() -> int:
    """Which of the run's workers this is; outside a run any."""
    found = re.search(r"\d+", os.environ.get("PYTEST_XDIST_WORKER", ""))
    return (int(found[0]) if found else os.getpid()) % _WORKERS


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: what only waits for late packets is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
