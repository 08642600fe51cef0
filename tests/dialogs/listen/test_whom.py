"""Whom it is about is heard from how the writer speaks of themselves and of theirs."""

from datetime import date

import pytest

from dialogs.listen.hear import hear
from dialogs.listen.heard import Heard, Sure
from dialogs.listen.places import NoPlaces


def heard(text: str, lang: str = "sv") -> dict[str, tuple[Heard, ...]]:
    """What is heard."""
    return hear(text, lang, date(2026, 11, 12), NoPlaces())


def said(text: str, lang: str = "sv") -> tuple[object, object, object]:
    """About whom, what the writer is to the patient, and the patient's sex."""
    found = heard(text, lang)
    about, relation, sex = (found[name][0].value if name in found else None for name in ("about", "relation", "sex"))
    return about, relation, sex


@pytest.mark.parametrize(
    ("text", "about", "relation", "sex"),
    [
        ("Mamma låg på avdelning 34 i tre dagar.", "relative", "child", "woman"),
        ("I måndags skrevs min man ut mitt i natten.", "relative", "partner", "man"),
        ("Vår son, 8 år, bröt armen och fick vänta.", "own_child", None, "man"),
        ("Vår son är 26 och blev utskriven.", "relative", "parent", "man"),
        ("Igår var jag med Melker, 4, på akuten. Han grät.", "own_child", None, "man"),
        ("Jag är svärdotter till en dam som har bensår. Hon fick vänta.", "relative", "other", "woman"),
        ("Min farmor ramlade och blev liggande.", "relative", "other", "woman"),
        ("Min man dog den 7 september.", "deceased", "partner", "man"),
        ("Jag är god man för en man på Linden.", "proxy", None, "man"),
        ("Jag ramlade och fick vänta i tio timmar.", "self", None, None),
        ("Jag får vänta och min läkare svarar inte.", "self", None, None),
        ("Min man körde mig till akuten där jag blev undersökt.", "self", None, None),
        ("Vår dotter föddes med kejsarsnitt och jag blödde mycket.", "self", None, None),
        ("Ett förslag till er: sätt upp en skylt.", "general", None, None),
    ],
)
def test_whom_it_is_about_is_heard(text: str, about: str, relation: str | None, sex: str | None) -> None:
    assert said(text) == (about, relation, sex)


def test_whom_it_is_about_is_heard_in_english() -> None:
    assert said("My wife was sent home. She was in pain.", "en") == ("relative", "partner", "woman")


def test_somebodys_death_always_has_to_be_asked() -> None:
    assert heard("Pappa dog på akuten.")["about"][0].how is Sure.LIKELY


def test_that_it_is_about_oneself_is_no_more_than_likely_where_it_is_not_said() -> None:
    (found,) = heard("Telefonen är alltid upptagen.")["about"]
    assert (found.value, found.how, found.span) == ("self", Sure.LIKELY, (0, 0))
