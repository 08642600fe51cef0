"""A place is heard as people call it, and is a unit of the directory or their own words."""

from datetime import date

import pytest

from dialogs.kinds.place import Place
from dialogs.listen.hear import hear
from dialogs.listen.heard import Heard, Sure
from tests.dialogs.listen.sample_places import SAMPLE

PREFIX = "SE0000000001-"


def heard(text: str) -> Heard | None:
    """What is heard of the place."""
    return next(iter(hear(text, "sv", date(2026, 11, 12), SAMPLE).get("place", ())), None)


def called(value: object) -> str:
    """A unit without its prefix, or the words."""
    assert isinstance(value, Place)
    return value.unit.removeprefix(PREFIX) or value.text


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Jag var på vårdcentralen Ekbacken", "VCEKBACKEN"),
        ("torgets vardcentral i lindby", "VCTORGET"),
        ("hammalida vc", "VCHAMMARLIDA"),
        ("aspelunda vc i sjöstad", "ASPEVCSJO"),
        ("lasarettet i Lindby, avd 34", "LSAVD34"),
        ("Sjöstads lasarett, avdelning tre", "SJAVD3"),
        ("jag låg på 52:an", "VUPAVD52"),
        ("psykiatriska akuten i lindby", "VUPAKUT"),
        ("barn- och ungdomspsykiatrin i Sjöstad", "BUPSJOSTAD"),
        ("barnmorskan i Sjöstad", "BMMSJOSTAD"),
        ("akuten på lasarettet i sjöstad", "SJAKUT"),
        ("jag bor i Sjöstad och var på akuten där", "SJAKUT"),
        ("inte på akuten i Lindby utan på akuten i Sjöstad", "SJAKUT"),
        ("det gäller inte vårdcentralen utan akuten i Lindby", "LSAKUTMOTT"),
        ("hamnens vårdcentral", "VCSJOSTADEN"),
        ("Sjostads lasaret", "SJL"),
        ("Kvarnen i Lindby svarar inte i telefon", "VCKVARNEN"),
        ("Vårdcentralen Solgläntan i Uddebo", "Vårdcentralen Solgläntan i Uddebo"),
        ("I maj låg jag på Karolinska", "Karolinska"),
    ],
)
def test_a_place_is_heard(text: str, unit: str) -> None:
    found = heard(text)
    assert found is not None
    assert called(found.value) == unit


@pytest.mark.parametrize(
    "text", ["Patientnämnden har inte svarat", "jag tar min medicin", "ont i ögonen", "han är psykiskt sjuk", "torget"]
)
def test_what_is_no_place_is_not_heard(text: str) -> None:
    assert heard(text) is None


def test_several_that_it_may_be_are_asked() -> None:
    found = heard("Jag väntade tio timmar på akuten")
    assert found is not None
    assert found.how is Sure.LIKELY
    assert {called(found.value), *map(called, found.others)} >= {"LSAKUTMOTT", "SJAKUT"}


def test_of_very_many_none_is_proposed() -> None:
    found = heard("Jag ringde min vårdcentral")
    assert found is not None
    assert called(found.value) == "vårdcentral"
