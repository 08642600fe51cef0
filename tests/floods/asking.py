"""`python -m tests.floods.asking PORT PROCESS`: ask a server ten times a second whether it is there.

Until a line is read from standard input; then it prints how often it asked, and the longest of the answers in seconds.
What the machine kept from the process of the server meanwhile is not counted: that is no fault of the server.
"""

import http.client
import select
import sys

from tests.patience import Watch


def ask(port: int, process: int) -> float:
    """Seconds until the answer."""
    watch = Watch(process)
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    asked.request("GET", "/health/live", headers={"Host": "localhost"})
    assert asked.getresponse().status == 200
    took = watch.seconds
    asked.close()
    return took


def main() -> None:
    """Ask until told to stop."""
    port, process = map(int, sys.argv[1:])
    took, over = list[float](), False
    print("begun", flush=True)  # noqa: T201 - whoever started it waits for that
    while not over or not took:
        over = bool(select.select([sys.stdin], [], [], 0.1)[0])
        took.append(ask(port, process))
    print(len(took), max(took))  # noqa: T201 - what was asked for


if __name__ == "__main__":
    main()
