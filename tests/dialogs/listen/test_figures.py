"""Stories are heard as well as before, or better: floors that may rise, not fall. `make hearing` prints the figures."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dialogs.listen.figures import AUTHORS, LABELS, danger, figures, one_theme_right, sure_of_others

FLOORS: dict[str, tuple[float, float]] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
"""Least precision and recall of each field in the stories of each author, by `field author`."""
FEW = 8
"""Proposals of which so few are made that a part of them says nothing."""
SURE = 0.95
ONE_OF_THREE = {"first": 0.85, "second": 0.85, "third_read": 0.7, "third_unread": 0.5}
MET = {"first": (2, 0), "second": (14, 0), "third_read": (9, 2), "third_unread": (6, 5)}
"""Urgent stories in which danger is met, and how many of those that say it in so many words: at least."""


@pytest.mark.parametrize("author", AUTHORS)
@pytest.mark.parametrize("field", LABELS)
def test_a_field_is_heard_as_well_as_it_was(field: str, author: str) -> None:
    precision, recall = FLOORS[f"{field} {author}"]
    found = figures(field, author)
    assert found.precision >= precision
    assert found.recall >= recall


@pytest.mark.parametrize("field", LABELS)
def test_what_is_called_sure_is_right_in_stories_by_others(field: str) -> None:
    sure, right = sure_of_others(field)
    assert sure - right <= 1 if sure <= FEW else right >= SURE * sure


@pytest.mark.parametrize("author", AUTHORS)
def test_one_of_the_three_themes_that_are_offered_first_is_mostly_right(author: str) -> None:
    assert one_theme_right(author) >= ONE_OF_THREE[author]


@pytest.mark.parametrize("author", AUTHORS)
def test_themes_are_never_sure(author: str) -> None:
    assert figures("themes", author).sure == 0


@pytest.mark.parametrize("author", AUTHORS)
def test_danger_is_met_and_calm_stories_are_left_alone(author: str) -> None:
    found = danger(author)
    assert (found.met, found.direct_met) >= MET[author]
    assert found.direct_met == found.direct or author == "third_unread"
    assert found.raised <= 0.05 * found.calm


def test_the_figures_are_printed_a_line_for_each_field_and_author() -> None:
    printed = subprocess.run([sys.executable, "-m", "tests.dialogs.listen"], capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in printed.stdout.splitlines()]
    assert {(line["field"], line["author"]) for line in lines} >= {
        (field, author) for field in LABELS for author in AUTHORS
    }
