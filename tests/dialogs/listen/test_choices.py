"""What somebody wants, where it belongs, who should get it: heard where it is said, and not where it is denied."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from dialogs.listen.hear import hear
from dialogs.listen.heard import Heard, Sure
from dialogs.listen.lexicon import DATA, load
from dialogs.listen.places import NoPlaces
from tests.dialogs.listen.figures import AUTHORS, heard_of

PROBES = [
    json.loads(line) for line in (Path(__file__).parent / "probes.jsonl").read_text(encoding="utf-8").splitlines()
]


def heard(text: str, lang: str = "sv") -> dict[str, tuple[Heard, ...]]:
    return hear(text, lang, date(2026, 11, 12), NoPlaces())


def values(name: str, text: str) -> set[object]:
    return {each.value for each in heard(text).get(name, ())}


PAIRS = [
    ("wants", "explanation", "Jag vill ha en förklaring.", "Jag vill inte ha någon förklaring."),
    ("wants", "apology", "Jag vill ha en ursäkt.", "Jag vill inte ha en ursäkt."),
    ("wants", "apology", "Be honom om ursäkt för det ni gjorde.", "Ingen ber om ursäkt för det ni gjorde."),
    ("wants", "contact", "Jag vill ha kontakt med en läkare.", "Jag vill aldrig ha kontakt med den läkaren."),
    ("answer_way", "letter", "Jag vill ha svar per brev.", "Jag vill inte ha svar per brev."),
    ("answer_way", "phone", "Jag vill gärna bli uppringd.", "Jag vill inte bli uppringd."),
    ("recipient", "board", "Jag vill ha hjälp av patientnämnden.", "Är det ni som är patientnämnden?"),
    ("recipient", "unit", "Jag vill ha svar från verksamhetschefen.", "Jag vill inte ha svar från verksamhetschefen."),
    ("basis", "god_man", "Jag är god man för en kvinna.", "Jag är inte god man för henne."),
    ("basis", "power_of_attorney", "Jag har fullmakt för min moster.", "Jag har ingen fullmakt."),
    ("belongs", "compensation", "Jag kräver ersättning för skadan.", "Jag kräver ingen ersättning för skadan."),
    ("belongs", "crime", "Jag har gjort en polisanmälan.", "Jag vill inte göra någon polisanmälan."),
    ("leave", "praise", "Tack till alla, ni är guld värda.", "Ni är inte guld värda. Jag vill klaga."),
]


@pytest.mark.parametrize(("name", "choice", "said", "denied"), PAIRS)
def test_what_is_said_is_heard_and_what_is_denied_is_not(name: str, choice: str, said: str, denied: str) -> None:
    assert choice in values(name, said)
    assert choice not in values(name, denied)


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe["id"])
def test_nothing_but_what_an_invented_story_says_is_surely_heard(probe: dict[str, object]) -> None:
    found = heard(str(probe["text"]), str(probe["lang"]))
    said = {
        "wants": probe["wishes"],
        "recipient": [probe["recipient"]],
        "belongs": [probe["elsewhere"]],
        "leave": [probe["leave"]],
    }
    for name, right in said.items():
        assert {each.value for each in found.get(name, ()) if each.how is Sure.SURE} <= set(right)  # type: ignore[call-overload]


def test_invented_stories_are_mostly_heard() -> None:
    found = [(probe, heard(probe["text"], probe["lang"])) for probe in PROBES]
    themed = [(set(probe["themes"]), each) for probe, each in found if probe["themes"]]
    assert sum(any(one.value in themes for one in each.get("themes", ())) for themes, each in themed) >= 0.85 * len(
        themed
    )
    wished = [(wish, each) for probe, each in found for wish in probe["wishes"]]
    assert sum(any(one.value == wish for one in each.get("wants", ())) for wish, each in wished) >= 0.8 * len(wished)
    assert all(each["leave"][0].value == probe["leave"] for probe, each in found)


@pytest.mark.parametrize("author", AUTHORS)
def test_every_proposal_points_at_words_of_the_story_and_says_by_which_rule(author: str) -> None:
    for tale, found in heard_of(author):
        for each in (one for several in found.values() for one in several):
            start, end = each.span
            assert 0 <= start <= end <= len(tale["text"])
            assert each.reason
            assert start < end or each.how is Sure.LIKELY
            assert tale["text"][start:end] == tale["text"][start:end].strip()


@pytest.mark.parametrize("author", AUTHORS)
def test_a_story_is_heard_the_same_twice(author: str) -> None:
    again = [heard(tale["text"], tale["lang"]) for tale, _ in heard_of(author)]
    assert again == [heard(tale["text"], tale["lang"]) for tale, _ in heard_of(author)]


@pytest.mark.parametrize("author", AUTHORS)
def test_at_most_three_themes_are_offered_each_once(author: str) -> None:
    for _, found in heard_of(author):
        themes = [each.value for each in found.get("themes", ())]
        assert len(themes) <= 3
        assert len(set(themes)) == len(themes)


def test_lists_have_no_line_twice() -> None:
    for folder in sorted(DATA.iterdir()):
        for name, lines in load(folder.name).lines.items():
            said = sorted((each.key, each.line) for each in lines)
            assert not [one for one, other in pairwise(said) if one == other], f"{folder.name}/{name}"
