"""`python -m tests.faults [quick] [sqlite|postgres] [kind …]`: one JSON line per kind and engine, the totals last."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.faults.kinds import KINDS, POSTGRES, SQLITE, slow_syncs
from tests.faults.outside import postgres_in, redis_in
from tests.faults.run import Around, Result, clear_away, run

LONG = {"kill": 100, "follow": 200, "kill_postgres": 100, "kill_redis": 100, "cut": 300, "full_disk": 10, "clock": 200}
QUICK = {"kill": 4, "follow": 5, "kill_postgres": 3, "kill_redis": 2, "cut": 25, "full_disk": 1, "clock": 12}
"""How many faults; the other kinds go on for so many seconds."""
LONG_SECONDS, QUICK_SECONDS = 60, 4
JUDGED = ("lost", "doubled", "misordered", "leaked", "unclear")


async def main(arguments: list[str]) -> int:
    """1 if anything was found, 2 if something is asked for that is not there."""
    quick = "quick" in arguments
    engines = [name for name in (SQLITE, POSTGRES) if name in arguments] or [SQLITE, POSTGRES]
    names = [name for name in arguments if name not in {"quick", SQLITE, POSTGRES}] or list(KINDS)
    if unknown := [name for name in names if name not in KINDS]:
        print(f"no such kind: {', '.join(unknown)}; there is {', '.join(KINDS)}", file=sys.stderr)
        return 2
    base = Path(tempfile.mkdtemp(prefix="gensvar-faults-"))
    results: list[Result] = []
    for engine in engines:
        with _around(engine, base / engine) as around:
            for name in [name for name in names if engine in KINDS[name].engines]:
                folder = base / f"{engine}-{name}"
                folder.mkdir()
                with _around_for(name, folder, around) as its_own:
                    results.append(await run(name, folder, _times(name, quick=quick), around=its_own))
                _tell(results[-1], folder)
    print(json.dumps(_line({"kind": "total"}, results)), flush=True)
    if all(result.verdict.clean for result in results):
        clear_away(base)
        return 0
    return 1


def _times(name: str, *, quick: bool) -> int:
    if KINDS[name].seconds:
        return QUICK_SECONDS if quick else LONG_SECONDS
    return (QUICK if quick else LONG)[name]


@contextmanager
def _around(engine: str, folder: Path, environment: Mapping[str, str] = {}) -> Iterator[Around | None]:
    if engine == SQLITE:
        yield None
        return
    folder.mkdir(exist_ok=True)
    with postgres_in(folder / "cluster", environment) as cluster, redis_in(folder / "redis") as (url, redis):
        yield Around(cluster, redis, url)


@contextmanager
def _around_for(name: str, folder: Path, around: Around | None) -> Iterator[Around | None]:
    """What is around anyway; where it is the database that syncs slowly, one of its own."""
    if around is None or name != "slow_sync":
        yield around
        return
    # The database runs as somebody else, who leaves a byte there for each sync.
    (folder / "slow").touch()
    (folder / "slow").chmod(0o666)
    with _around(POSTGRES, folder, slow_syncs(folder)) as slow:
        yield slow


def _line(which: dict[str, str], results: list[Result]) -> dict[str, object]:
    found = {name: sum(len(getattr(result.verdict, name)) for result in results) for name in JUDGED}
    return {
        "name": "faults",
        **which,
        "faults": sum(result.faults for result in results),
        "acknowledged": sum(result.acknowledged for result in results),
        "refused": sum(result.refused for result in results),
        **found,
    }


def _tell(result: Result, folder: Path) -> None:
    print(json.dumps(_line({"kind": result.kind, "engine": result.engine}, [result])), flush=True)
    if result.verdict.clean:
        clear_away(folder)
        return
    print(f"What happened stands in {folder}.", file=sys.stderr)
    for name in JUDGED:
        for sentence in getattr(result.verdict, name)[:5]:
            print(f"  {name}: {sentence}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
