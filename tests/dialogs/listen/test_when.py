"""A time is heard as people say it, and means the days that they mean."""

from datetime import date

import pytest

from dialogs.kinds.when import When
from dialogs.listen.hear import hear
from dialogs.listen.heard import Heard, Sure
from dialogs.listen.places import NoPlaces
from dialogs.listen.when.calendar import easter, feast

THURSDAY = date(2026, 11, 12)


def heard(text: str, lang: str = "sv", today: date = THURSDAY) -> Heard | None:
    """What is heard of the time."""
    return next(iter(hear(text, lang, today, NoPlaces()).get("when", ())), None)


def days(text: str, lang: str = "sv", today: date = THURSDAY) -> tuple[str, str] | None:
    """The first and the last day that are heard."""
    found = heard(text, lang, today)
    if found is None:
        return None
    assert isinstance(found.value, When)
    return str(found.value.first), str(found.value.last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Va på akuten i förrgår kväll", "2026-11-10", "2026-11-10"),
        ("i tisdags", "2026-11-10", "2026-11-10"),
        ("I torsdags", "2026-11-05", "2026-11-05"),
        ("for tre veckor sen", "2026-10-18", "2026-10-26"),
        ("8 dagar sen", "2026-11-04", "2026-11-04"),
        ("Det hände den 3:e maj", "2026-05-03", "2026-05-03"),
        ("den tredje maj ramlade jag", "2026-05-03", "2026-05-03"),
        ("3 maj 2025 var jag inlagd", "2025-05-03", "2025-05-03"),
        ("3/5-26", "2026-05-03", "2026-05-03"),
        ("den 3.5.2026", "2026-05-03", "2026-05-03"),
        ("260503 fick jag", "2026-05-03", "2026-05-03"),
        ("2026-05-03", "2026-05-03", "2026-05-03"),
        ("mellan den 3 och 5 maj låg jag inne", "2026-05-03", "2026-05-05"),
        ("från den 28/9 till 2/10", "2026-09-28", "2026-10-02"),
        ("från måndag till torsdag låg jag inne", "2026-11-02", "2026-11-05"),
        ("i slutet av augusti", "2026-08-20", "2026-08-31"),
        ("i vintras", "2025-12-01", "2026-02-28"),
        ("hösten -24", "2024-09-01", "2024-11-30"),
        ("juli-augusti i fjol", "2025-07-01", "2025-08-31"),
        ("i maj förra året", "2025-05-01", "2025-05-31"),
        ("natten mellan fredag och lördag", "2026-11-06", "2026-11-07"),
        ("tisdagen i vecka 40", "2026-09-29", "2026-09-29"),
        ("i tisdags för två veckor sedan", "2026-10-27", "2026-10-27"),
        ("torsdagen efter påsk", "2026-04-09", "2026-04-09"),
        ("två dagar innan julafton", "2025-12-22", "2025-12-22"),
        ("mellan jul och nyår", "2025-12-27", "2025-12-30"),
        ("på skärtorsdagen", "2026-04-02", "2026-04-02"),
        ("har väntat sen midsommar", "2026-06-19", "2026-11-12"),
        ("inte den 3 maj utan den 5 maj var jag där", "2026-05-05", "2026-05-05"),
        ("fredagen den trettonde", "2026-03-13", "2026-03-13"),
    ],
)
def test_a_time_is_heard(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on the 3rd of May", "2026-05-03", "2026-05-03"),
        ("last Tuesday", "2026-11-10", "2026-11-10"),
        ("since February we have waited", "2026-02-01", "2026-11-12"),
        ("between the 3rd and 5th of October", "2026-10-03", "2026-10-05"),
        ("a fortnight ago", "2026-10-25", "2026-11-02"),
    ],
)
def test_a_time_is_heard_in_english(text: str, first: str, last: str) -> None:
    assert days(text, "en") == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "min tid den 3 december är inställd",
        "jag är 34 år och har 3 barn",
        "blodtrycket var 120/80 och temp 39.5 kl 8.05.",
        "ring mig 070-123 45 67 eller 08-465 004 10",
        "ni har öppet 24/7",
        "inga pengar till jul",
        "tre gånger i veckan",
        "nästa vecka ska jag dit",
        "man måste vänta länge",
    ],
)
def test_what_is_no_time_of_it_is_not_heard(text: str) -> None:
    assert days(text) is None


@pytest.mark.parametrize("text", ["En fredag var jag där", "Läkaren sa måndag", "väntat i sju månader"])
def test_what_may_be_another_day_is_only_likely(text: str) -> None:
    found = heard(text)
    assert found is None or found.how is Sure.LIKELY


def test_a_day_lies_in_the_year_in_which_it_has_been() -> None:
    assert days("den 30 december", today=date(2027, 1, 2)) == ("2026-12-30", "2026-12-30")
    assert days("29 februari", today=date(2024, 3, 1)) == ("2024-02-29", "2024-02-29")
    assert days("vecka 53", today=date(2027, 1, 5)) == ("2026-12-28", "2027-01-03")


def test_feasts_are_computed() -> None:
    assert [easter(year) for year in (2024, 2026, 2038)] == [date(2024, 3, 31), date(2026, 4, 5), date(2038, 4, 25)]
    assert feast("midsummer", 2026) == (date(2026, 6, 19), date(2026, 6, 20))
    assert feast("all_saints", 2026) == (date(2026, 10, 31), date(2026, 10, 31))


def test_the_words_are_pointed_at() -> None:
    text = "Sjöräddningen! Jag kom in i tisdags."
    found = heard(text)
    assert found is not None
    assert text[slice(*found.span)] == "i tisdags"
