"""Swedish first; another language for those who choose it or whose browser asks for it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from aiohttp.test_utils import make_mocked_request

from dialogs.locales import grouped, listed
from dialogs.sentences import Counted, filled
from server.web import dates
from server.web.languages import COOKIE, Catalogue, Languages, load
from tests.words import SWEDISH

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Ändra"
msgstr "Change"

msgid "%(num)s svar"
msgid_plural "%(num)s svar"
msgstr[0] "%(num)s answer"
msgstr[1] "%(num)s answers"

msgid "Inte översatt än"
msgstr ""
"""


@pytest.fixture
def languages(tmp_path: Path) -> Languages:
    folder = tmp_path / "en/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(PO, encoding="utf-8")
    return load(tmp_path)


@pytest.mark.parametrize(
    ("wish", "given"),
    [
        ("", "sv"),
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("en-GB,en;q=0.9,sv;q=0.8", "en"),
        ("de,fr;q=0.9", "sv"),
        ("de,en;q=0.5,sv;q=0.7", "sv"),
        ("en;q=0,sv;q=0.1", "sv"),
        ("en;q=much", "sv"),
    ],
)
def test_a_browser_gets_the_language_it_prefers_among_ours(languages: Languages, wish: str, given: str) -> None:
    assert languages.of(make_mocked_request("GET", "/", headers={"Accept-Language": wish})) == given


def test_a_choice_goes_before_what_the_browser_prefers(languages: Languages) -> None:
    headers = {"Accept-Language": "sv", "Cookie": f"{COOKIE}=en"}
    assert languages.of(make_mocked_request("GET", "/", headers=headers)) == "en"
    assert languages.of(make_mocked_request("GET", "/?sprak=sv", headers=headers)) == "sv"
    assert languages.of(make_mocked_request("GET", "/?sprak=xx", headers=headers)) == "en"


def test_what_is_not_translated_is_shown_in_swedish(languages: Languages) -> None:
    assert languages.catalogue("en")("Ändra") == "Change"
    assert languages.catalogue("en")("Inte översatt än") == "Inte översatt än"
    assert languages.catalogue("sv")("Ändra") == "Ändra"
    assert languages.catalogue("en").ngettext("%(num)s svar", "%(num)s svar", 2) == "%(num)s answers"


EVENING = datetime(2026, 10, 28, 22, 30, tzinfo=UTC)
"""Half past eleven in the evening in Sweden."""


def test_days_and_times_are_swedens() -> None:
    assert dates.date_day(EVENING, "sv", EVENING) == "Onsdag 28 oktober"
    assert dates.clock(EVENING, "sv") == "23.30"
    assert dates.date_long(datetime(2026, 6, 30, 22, 30, tzinfo=UTC), "sv") == "1 juli 2026"
    assert dates.date_day(EVENING, "en", EVENING) == "Wednesday 28 October"
    assert dates.clock(EVENING, "en") == "23:30"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), "Onsdag 28 oktober"),
        (datetime(2026, 12, 31, 23, 1, tzinfo=UTC), "Onsdag 28 oktober 2026"),
        (datetime(2028, 2, 29, 12, 0, tzinfo=UTC), "Onsdag 28 oktober 2026"),
    ],
)
def test_a_day_of_another_year_says_which_by_the_years_of_sweden(now: datetime, words: str) -> None:
    assert dates.date_day(EVENING, "sv", now) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 10, 28), "i dag"),
        (date(2026, 10, 27), "i går"),
        (date(2026, 10, 29), "i morgon"),
        (date(2026, 10, 1), "1 oktober"),
        (date(2025, 12, 24), "24 december 2025"),
    ],
)
def test_near_days_have_names(day: date, words: str) -> None:
    assert dates.relative_day(day, "sv", EVENING, SWEDISH) == words


@pytest.mark.parametrize(
    ("size", "words"), [(400, "1 kB"), (50_000, "49 kB"), (420_000, "0,4 MB"), (26_214_400, "25,0 MB")]
)
def test_sizes_are_readable(size: int, words: str) -> None:
    assert dates.filesize(size, "sv") == words


SIX = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

msgid "{days} dag kvar"
msgid_plural "{days} dagar kvar"
msgstr[0] "zero {days}"
msgstr[1] "one {days}"
msgstr[2] "two {days}"
msgstr[3] "few {days}"
msgstr[4] "many {days}"
msgstr[5] "other {days}"

msgid "Målet är i dag"
msgstr "اليوم"
"""
FORMS = {
    0: "zero",
    1: "one",
    2: "two",
    3: "few",
    10: "few",
    11: "many",
    99: "many",
    100: "other",
    103: "few",
    202: "other",
}
"""Of Arabic, by the Unicode CLDR."""


@pytest.fixture
def arabic(tmp_path: Path) -> Catalogue:
    folder = tmp_path / "ar/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(SIX, encoding="utf-8")
    return load(tmp_path).catalogue("ar")


@pytest.mark.parametrize(("number", "form"), FORMS.items())
def test_a_language_has_as_many_forms_for_a_number_as_its_catalogue_says(
    arabic: Catalogue, number: int, form: str
) -> None:
    sentence = Counted("{days} dag kvar", "{days} dagar kvar", "days")
    assert filled(sentence, arabic, "ar", {"days": number}) == f"{form} {number}"


def test_the_script_has_every_form_by_the_name_that_browsers_have_for_it(arabic: Catalogue) -> None:
    forms = {form: f"{form} {{days}}" for form in ("zero", "one", "two", "few", "many", "other")}
    assert arabic.forms("{days} dag kvar", "{days} dagar kvar") == forms
    assert SWEDISH.forms("{n} dag", "{n} dagar") == {"one": "{n} dag", "other": "{n} dagar"}


def test_what_has_no_forms_yet_is_shown_in_swedish_and_nothing_stays_nothing(arabic: Catalogue) -> None:
    assert arabic.ngettext("{n} fil", "{n} filer", 2) == "{n} filer"
    assert [arabic("Målet är i dag"), arabic("Inte översatt"), arabic("")] == ["اليوم", "Inte översatt", ""]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("8\u00a0000", "A, B och C", "1 november 2026", "Söndag 1 november")),
        ("en", ("8,000", "A, B and C", "1 November 2026", "Sunday 1 November")),
        ("fi", ("8\u00a0000", "A, B ja C", "1. marraskuuta 2026", "Sunnuntai 1. marraskuuta")),
    ],
)
def test_numbers_lists_and_days_are_written_as_the_language_does(language: str, words: tuple[str, ...]) -> None:
    day = date(2026, 11, 1)
    assert words == (
        grouped(8000, language),
        listed(["A", "B", "C"], language),
        dates.date_long(day, language),
        dates.date_day(day, language, EVENING),
    )
