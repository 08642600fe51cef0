"""The measurement of messages measures for real: every message is acknowledged, and reaches everybody once."""

from tests.benchmarks.messages import Crowd, crowd_at_server
from tests.benchmarks.threads import Thread
from tests.patience import PATIENCE


async def test_a_small_crowd_hears_every_message() -> None:
    async with crowd_at_server(threads=2) as crowd:
        times = await crowd.offer(rate=40, seconds=0.5)
        assert (len(times.acknowledged), len(times.seen)) == (20, 60)
        assert all(0 < seconds < PATIENCE for seconds in times.acknowledged + times.seen)
        assert len((await crowd.hurry(at_once=4, seconds=0.2)).acknowledged) == crowd.said - 20
        assert crowd.strays() == (0, 0, 0)


def test_what_went_astray_is_counted() -> None:
    crowd = Crowd([Thread("a-case", ("one", "another"))])
    crowd._said = 4
    complete, astray = crowd._rooms[0]
    complete.head, complete.numbers = 2, [3, 4, 5, 6]
    astray.head, astray.numbers = 2, [4, 3, 3, 5]
    assert crowd.strays() == (1, 1, 1)
