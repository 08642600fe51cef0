"""`python -m tests.soak [quick]`: 20 minutes, or 3, of everybody being busy; one JSON line, and a picture in var/."""

import asyncio
import json
import os
import sys
from pathlib import Path

from server.serve import fastest_loop
from tests.soak.run import Soaked, soak

SOCKETS = 300
SECONDS, QUICK_SECONDS = 1200, 180
PICTURE = Path("var/soak.svg")


async def main(arguments: list[str]) -> int:
    """1 if something went wrong, or it does not hold what is asked; 2 if something is asked for that is not there."""
    if arguments not in ([], ["quick"]):
        print("there is only: quick", file=sys.stderr)
        return 2
    soaked = await soak(
        SOCKETS, QUICK_SECONDS if arguments else SECONDS, lambda line: print(line, file=sys.stderr, flush=True)
    )
    _keep(soaked.drawing)
    print(json.dumps(_line(soaked)), flush=True)
    for sentence in soaked.errors[:10]:
        print(f"  {sentence}", file=sys.stderr)
    return 0 if soaked.judged.holds and not soaked.errors else 1


def _keep(drawing: str) -> None:
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(drawing, encoding="utf-8")


def _line(soaked: Soaked) -> dict[str, object]:
    judged, done = soaked.judged, soaked.done
    return {
        "name": "soak",
        "seconds": soaked.seconds,
        "sockets": soaked.sockets,
        "messages": soaked.messages,
        "per_s": round(soaked.messages / soaked.seconds, 1),
        "left": done.left,
        "cut": done.cut,
        "pages": done.pages,
        "uploads": done.uploads,
        "mb_warm": round(judged.mb_warm, 1),
        "mb_end": round(judged.mb_end, 1),
        "mb_ratio": round(judged.mb_ratio, 3),
        "p99_second_ms": round(judged.p99_second, 1),
        "p99_last_ms": round(judged.p99_last, 1),
        "p99_ratio": round(judged.p99_ratio, 2),
        "apart": round(judged.apart, 2),
        "errors": len(soaked.errors),
        "load": round(os.getloadavg()[1], 1),
    }


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=fastest_loop()) as runner:
        sys.exit(runner.run(main(sys.argv[1:])))
