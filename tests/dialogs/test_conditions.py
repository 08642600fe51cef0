"""What a condition says of what was picked."""

import pytest

from dialogs.schema.conditions import All, Any, Condition, Has, In, Is, Known, More, Not, holds


class Told:
    """What somebody has picked at the one question there is, and the one fact."""

    def __init__(self, *picked: str, fact: bool = False) -> None:
        self._picked = picked
        self._fact = fact

    def picked(self, step: str) -> tuple[str, ...]:
        return self._picked if step == "themes" else ()

    def fact(self, name: str) -> bool:
        return self._fact


@pytest.mark.parametrize(
    ("condition", "nothing", "one", "several"),
    [
        (Is(step="themes", choice="care"), False, True, False),
        (In(step="themes", choices=("care", "waiting")), False, True, False),
        (Has(step="themes", choice="care"), False, True, True),
        (Has(step="themes", choice="money"), False, False, False),
        (More(step="themes", than=0), False, True, True),
        (More(step="themes", than=1), False, False, True),
        (Is(step="another", choice="care"), False, False, False),
        (Not(of=Has(step="themes", choice="care")), True, False, False),
        (All(of=(Has(step="themes", choice="care"), More(step="themes", than=1))), False, False, True),
        (Any(of=(Has(step="themes", choice="money"), More(step="themes", than=1))), False, False, True),
        (Known(fact="anything"), False, False, False),
        (None, True, True, True),
    ],
)
def test_a_condition_is_about_nothing_one_or_several(
    condition: Condition | None, *, nothing: bool, one: bool, several: bool
) -> None:
    assert [holds(condition, told) for told in (Told(), Told("care"), Told("waiting", "care"))] == [
        nothing,
        one,
        several,
    ]


def test_what_is_known_is_asked_of_the_facts() -> None:
    assert holds(Known(fact="anything"), Told(fact=True))
