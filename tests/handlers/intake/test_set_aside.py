"""What waits in the browser's cookie for questions that were not asked."""

import pytest

from dialogs.schema.model import Step
from handlers.intake.draft_cookie import Holder
from handlers.intake.set_aside import MOST, set_aside, waiting_for, without

ANNAS = Holder(key="k" * 43, person=None, draft="d")


@pytest.mark.parametrize("odd", ["ekbacken", "e30", "W10", "bnVsbA", "eyJ0aGVtZXMiOjF9", "%%%", "å", "a" * 3000])
def test_a_cookie_that_nobody_here_wrote_puts_nothing_back(odd: str) -> None:
    holder = Holder(key="k" * 43, person=None, draft="d", aside=odd)
    assert waiting_for(holder, "themes") == {}
    assert without(holder, "themes").aside == ""


@pytest.mark.parametrize("kind", ["short_text", "long_text", "person", "phone", "address", "files"])
def test_nothing_that_somebody_wrote_lies_in_a_cookie(kind: str) -> None:
    fields = {"text": ("Det gjorde ont",), "name": ("Mona",), "phone": ("070",), "town": ("Uppsala",), "file": ("f",)}
    assert set_aside(ANNAS, Step(id="asked", kind=kind), fields) == ANNAS
    assert "text" not in waiting_for(
        set_aside(ANNAS, Step(id="place", kind="place"), {**fields, "unit": ("u",)}), "place"
    )


def test_the_cookie_stays_small_and_the_newest_choice_is_there() -> None:
    holder = ANNAS
    for number in range(60):
        holder = set_aside(holder, Step(id=f"step{number}", kind="several"), {"choice": ("a" * 30, "b" * 30)})
        assert len(holder.aside) <= MOST
        assert waiting_for(holder, f"step{number}") == {"choice": ("a" * 30, "b" * 30)}
    assert waiting_for(holder, "step0") == {}
    assert set_aside(ANNAS, Step(id="long", kind="one"), {"choice": ("a" * 5000,)}).aside == ""
