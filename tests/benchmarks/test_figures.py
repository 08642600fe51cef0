"""Figures are printed so that programs and people can read them."""

import json

import pytest

from tests.benchmarks.__main__ import main
from tests.benchmarks.figures import Figure, percentile, table


def test_a_figure_is_one_json_object_with_what_belongs_to_it_beside() -> None:
    line = Figure("picker_ms", 4.2, "ms", {"top3": 0.99}).line()
    assert json.loads(line) == {"name": "picker_ms", "value": 4.2, "unit": "ms", "top3": 0.99}
    assert "\n" not in line


def test_the_table_has_a_row_for_each_figure() -> None:
    rows = table([Figure("one", 1.0, "s"), Figure("another", 22.5, "ms", {"p50": 3.0})]).splitlines()
    assert rows == ["one          1 s", "another  22.5 ms  p50 3"]


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([5.0, 1.0, 3.0, 4.0, 2.0], 0.5) == 3.0
    assert percentile([float(value) for value in range(1, 101)], 0.99) == 99.0
    assert percentile([7.0], 0.99) == 7.0


async def test_what_is_not_measured_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert await main(["quick", "nonsense_ms"]) == 2
    assert "nonsense_ms" in capsys.readouterr().err
