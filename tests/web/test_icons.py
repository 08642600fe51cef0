"""A sprite holds the icons that its pages use, and no others: citizens do not fetch what they never see."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "web/templates"
FROM_CONTEXT = {
    "check",
    "check-circle",
    "clock",
    "forward",
    "hospital",
    "info",
    "lock",
    "person",
    "question",
    "star",
    "undo",
}
"""Icons of events: whoever fills the context may choose among these."""


@pytest.mark.parametrize("audience", ["citizen", "staff"])
def test_the_sprite_holds_the_icons_that_are_used_and_no_others(audience: str) -> None:
    assert drawn(audience) == used(audience) | FROM_CONTEXT


def drawn(audience: str) -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', (ROOT / f"web/assets/vendor/icons-{audience}.svg").read_text()))


def used(audience: str) -> set[str]:
    """Names inside calls of the macros that draw icons."""
    calls = [call for path in TEMPLATES.rglob("*.html") for call in calls_in(path.read_text(encoding="utf-8"))]
    mine = [call for call in calls if ('"staff"' in call) == (audience == "staff")]
    shared = [call for call in calls if "sprite" in call]
    return {name for call in [*mine, *shared] for name in names_in(call)}


def calls_in(text: str) -> list[str]:
    return re.findall(r"\bicon\(((?:[^()]|\([^()]*\))*)\)", text)


def names_in(call: str) -> set[str]:
    # The first argument: a name, or an expression that chooses between names; what is compared with is no name.
    first = re.split(r',\s*(?="staff"|sprite|turns)', call)[0]
    return set(re.findall(r'"([a-z-]+)"', re.sub(r'[=!]=\s*"[a-z-]+"|"(care|board)":|sprite="[a-z]+"', "", first)))
