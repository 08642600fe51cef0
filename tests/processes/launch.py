"""`python -m tests.processes.launch COMMAND`: the real program, whose jobs come back every half second."""

import sys
from datetime import timedelta
from unittest.mock import patch

from msgspec.structs import replace

from server import __main__ as program
from server import app
from server.jobs.jobs import chores
from server.jobs.runner import Job

ROUND = timedelta(seconds=0.5)


def main() -> int:
    """Shorten the rounds of what one process does for all, and run."""

    def soon(*arguments: object) -> tuple[Job, ...]:
        return tuple(replace(job, every=ROUND) if job.once else job for job in chores(*arguments))  # type: ignore[arg-type]

    patch.object(app, "every_chore", soon).start()
    return program.main()


if __name__ == "__main__":
    sys.exit(main())
