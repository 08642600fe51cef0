"""Stories are heard as well as before, or better: floors that may rise, not fall. `make hearing` prints the figures."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dialogs.listen.figures import AUTHORS, LABELS, danger, figures, one_theme_right

FLOORS: dict[str, tuple[float, float]] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
"""Least precision and recall of each field in the stories of each author, by `field author`."""
FEW = 8
"""Proposals of which so few are made that a part of them says nothing."""
SURE = 0.95


@pytest.mark.parametrize("author", AUTHORS)
@pytest.mark.parametrize("field", LABELS)
def test_a_field_is_heard_as_well_as_it_was(field: str, author: str) -> None:
    precision, recall = FLOORS[f"{field} {author}"]
    found = figures(field, author)
    assert found.precision >= precision
    assert found.recall >= recall


@pytest.mark.parametrize("field", ["leave", "belongs", "basis", "patient_knows", "wants", "recipient", "answer_way"])
def test_what_is_called_sure_of_what_is_said_in_so_many_words_is_right(field: str) -> None:
    both = [figures(field, author) for author in AUTHORS]
    sure, right = sum(each.sure for each in both), sum(each.sure_right for each in both)
    assert sure - right <= 1 if sure <= FEW else right >= SURE * sure


@pytest.mark.parametrize("author", AUTHORS)
def test_one_of_the_three_themes_that_are_offered_first_is_mostly_right(author: str) -> None:
    assert one_theme_right(author) >= 0.85


@pytest.mark.parametrize("author", AUTHORS)
def test_themes_are_never_sure(author: str) -> None:
    assert figures("themes", author).sure == 0


@pytest.mark.parametrize("author", AUTHORS)
def test_danger_is_met_and_calm_stories_are_left_alone(author: str) -> None:
    found = danger(author)
    assert found.met >= 0.9 * found.urgent
    assert found.raised <= 0.05 * found.calm


def test_the_figures_are_printed_a_line_for_each_field_and_author() -> None:
    printed = subprocess.run([sys.executable, "-m", "tests.dialogs.listen"], capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in printed.stdout.splitlines()]
    assert {(line["field"], line["author"]) for line in lines} >= {
        (field, author) for field in LABELS for author in AUTHORS
    }
