"""A soak finds memory that grows, waiting that grows, and whatever goes wrong; and it is drawn."""

from xml.etree import ElementTree as ET

import pytest

from tests.faults.record import Line, What
from tests.soak.drawing import draw
from tests.soak.judged import Sample, Window, judge, windows_of
from tests.soak.run import soak

SECONDS = 800


def steady(grows: float = 0.0, slows: float = 0.0) -> tuple[list[Sample], list[Window]]:
    samples = [Sample(float(at), 100 * (1 + grows * at / SECONDS)) for at in range(SECONDS)]
    windows = [Window(float(at), 10 * (1 + slows * at / SECONDS)) for at in range(0, SECONDS, 10)]
    return samples, windows


def test_what_stays_as_it_is_holds() -> None:
    judged = judge(*steady(), SECONDS)
    assert judged.holds
    assert (judged.mb_ratio, judged.p99_ratio) == (1.0, 1.0)


def test_memory_that_grows_by_a_tenth_is_found() -> None:
    assert not judge(*steady(grows=0.1), SECONDS).holds


def test_waiting_that_grows_by_half_is_found() -> None:
    assert not judge(*steady(slows=0.5), SECONDS).holds


def short(second: list[float], last: list[float]) -> bool:
    """Whether three minutes of five-second windows hold, of which two quarters count."""
    between = [100.0] * 9
    windows = [Window(at * 5.0, p99) for at, p99 in enumerate([*between, *second, *between, *last])]
    return judge([Sample(float(at), 100.0) for at in range(180)], windows, 180).holds


def test_in_the_short_form_a_wait_that_nobody_notices_is_no_failure() -> None:
    assert short([20.0] * 9, [60.0] * 9)
    assert not short([120.0] * 9, [360.0] * 9)


def test_in_the_short_form_a_few_hiccups_more_are_no_growth() -> None:
    before = [120.0, 160, 130, 260, 150, 170, 140, 300, 130]
    assert short(before, [150.0, 330, 140, 280, 290, 130, 270, 160, 300])
    assert not short(before, [2.5 * ms for ms in before])


def test_a_single_hiccup_decides_nothing_and_warming_up_does_not_count() -> None:
    samples, windows = steady()
    windows[35] = Window(350.0, 900.0)
    windows[0] = Window(0.0, 500.0)
    samples[:80] = [Sample(float(at), 60.0) for at in range(80)]
    assert judge(samples, windows, SECONDS).holds


def test_waiting_is_from_the_last_sending_to_each_who_is_told() -> None:
    lines = [
        Line(1.0, "anna", What.SENT, "thread-0-anna-0001"),
        Line(2.0, "anna", What.SENT, "thread-0-anna-0001"),
        Line(2.01, "karin", What.PUSHED, "thread-0-anna-0001", 3),
        Line(2.03, "lars", What.PUSHED, "thread-0-anna-0001", 3),
        Line(12.0, "karin", What.SENT, "thread-0-karin-0001"),
        Line(12.05, "anna", What.PUSHED, "thread-0-karin-0001", 4),
    ]
    assert [(w.at, round(w.p99_ms)) for w in windows_of(lines, 0.0)] == [(0.0, 30), (10.0, 50)]


def test_the_picture_has_both_lines_and_says_what_was_found() -> None:
    samples, windows = steady(grows=0.1)
    picture = ET.fromstring(draw(samples, windows, SECONDS, judge(samples, windows, SECONDS)))  # noqa: S314 - our own
    name = "{http://www.w3.org/2000/svg}"
    assert [len(line.attrib["points"].split()) for line in picture.iter(f"{name}polyline")] == [800, 80]
    assert "103 → 110" in "".join(text.text or "" for text in picture.iter(f"{name}text"))


@pytest.mark.slow
async def test_a_small_soak_does_everything_and_nothing_goes_wrong() -> None:
    soaked = await soak(sockets=20, seconds=12)
    assert soaked.errors == []
    assert soaked.messages >= 600
    assert min(soaked.done.left, soaked.done.cut, soaked.done.pages, soaked.done.uploads) >= 2
    assert soaked.judged.mb_warm > 50
