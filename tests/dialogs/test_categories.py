"""The boards' classification is complete, and each of the citizen's words has its place in it."""

from datetime import date

from dialogs.load import load
from dialogs.schema.categories import load_categories

TODAY = date(2026, 11, 20)
LIST = load_categories()
MAIN = [
    "Vård och behandling",
    "Resultat",
    "Kommunikation",
    "Dokumentation och sekretess",
    "Ekonomi",
    "Tillgänglighet",
    "Vårdansvar och organisation",
    "Administrativ hantering",
    "Övrigt",
    "Positiv återkoppling",
]


def test_the_main_problems_are_those_of_the_handbook_and_praise() -> None:
    assert [main.label("sv") for main in LIST.main_problems(TODAY)] == MAIN


def test_every_main_problem_but_praise_has_sub_problems() -> None:
    assert [main.code for main in LIST.main_problems(TODAY) if not LIST.sub_problems(main.code, TODAY)] == ["P"]


def test_every_entry_belongs_to_one_that_exists_and_has_a_code_of_its_own() -> None:
    for entries in (LIST.problems, LIST.areas):
        codes = [entry.code for entry in entries]
        assert len(set(codes)) == len(codes)
        assert all(not entry.parent or entry.parent in codes for entry in entries)


def test_every_entry_has_words_in_both_languages() -> None:
    assert all(entry.labels.keys() == {"sv", "en"} for entry in (*LIST.problems, *LIST.areas))


def test_the_areas_of_activity_are_those_of_the_national_reports() -> None:
    assert [area.code for area in LIST.main_areas(TODAY)] == [
        "primarvard",
        "somatik",
        "psykiatri",
        "tandvard",
        "kommunal",
        "ovrigt",
    ]
    assert all(LIST.specialties(area.code, TODAY) for area in LIST.main_areas(TODAY))


def test_an_entry_is_not_used_before_its_first_day() -> None:
    assert LIST.main_problems(date(2019, 12, 31)) == ()


def test_a_code_leads_to_its_main_problem() -> None:
    assert LIST.main_of("3.4") == "3"
    assert LIST.main_of("3") == "3"
    assert LIST.main_of("99") == ""


def test_every_theme_stands_for_something_in_the_classification_and_every_main_problem_is_covered() -> None:
    themes = next(step for step in load("complaint").steps if step.id == "themes")
    assert all(choice.categories for choice in themes.choices)
    covered = {LIST.main_of(code) for choice in themes.choices for code in choice.categories}
    assert covered | {"P"} == {main.code for main in LIST.main_problems(TODAY)}
