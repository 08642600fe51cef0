"""Each kind of answer is taken as people write it, and what does not fit is refused by name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.answers.forms import Raw
from dialogs.answers.typed import clean
from dialogs.errors import Invalid
from dialogs.kinds import KINDS, SENTENCES, decode_answers, encode_answers, from_form, kind_of, validate
from dialogs.kinds.address import Address
from dialogs.kinds.consent import Consent
from dialogs.kinds.files import Files
from dialogs.kinds.one import One
from dialogs.kinds.person import Person
from dialogs.kinds.phone import Phone
from dialogs.kinds.place import Place
from dialogs.kinds.several import Several
from dialogs.kinds.short_text import Text
from dialogs.kinds.when import When, near_days, pressed_as, when_pressed
from dialogs.schema.kind import Asked
from dialogs.schema.model import Choice, Step
from dialogs.schema.values import Skipped, Value
from dialogs.sentences import filled
from tests.dialogs.walks import EVERYWHERE, TODAY, UNIT
from tests.words import SWEDISH

CHOICES = ("red", "blue", "none")


def step(kind: str, *, optional: bool = False, max_length: int = 0) -> Step:
    choices = (Choice(id="red"), Choice(id="blue"), Choice(id="none", exclusive=True))
    return Step(id="q", kind=kind, choices=choices, optional=optional, max_length=max_length)


def taken(kind: str, raw: Raw) -> Value:
    return validate(step(kind), raw, CHOICES, EVERYWHERE)


TAKEN: list[tuple[str, Raw, Value]] = [
    ("one", {"choice": ("red",)}, One("red")),
    ("recipient", {"choice": ("blue",)}, One("blue")),
    ("several", {"choice": ("blue", "red")}, Several(("red", "blue"))),
    ("several", {"choice": ("none",)}, Several(("none",))),
    ("short_text", {"text": ("  Hej\u0000 där ",)}, Text("Hej där")),
    ("long_text", {"text": ("Ett\r\ntvå\rtre",)}, Text("Ett\ntvå\ntre")),
    ("long_text", {"text": ("å" * 8_000,)}, Text("å" * 8_000)),
    ("when", {"when": ("unknown",)}, When()),
    ("when", {"when": ("date",), "date": ("2026-10-21",)}, When(date(2026, 10, 21), date(2026, 10, 21))),
    ("when", {"when": ("date",), "date": ("2026-11-20",)}, When(TODAY, TODAY)),
    ("when", {"when": ("2026-11-19",)}, When(date(2026, 11, 19), date(2026, 11, 19))),
    ("when", {"when": ("date", "2026-11-09/2026-11-15")}, When(date(2026, 11, 9), date(2026, 11, 15))),
    ("when", {"when": ("date",), "date": ("2026-05",)}, When(date(2026, 5, 1), date(2026, 5, 31))),
    ("when", {"when": ("date",), "date": ("2026-11",)}, When(date(2026, 11, 1), TODAY)),
    ("when", {"when": ("date",), "date_year": ("2025",)}, When(date(2025, 1, 1), date(2025, 12, 31))),
    ("when", {"when": ("date",), "date": ("26-05-03",)}, When(date(2026, 5, 3), date(2026, 5, 3))),
    ("when", {"when": ("date",), "date_year": ("98",)}, When(date(1998, 1, 1), date(1998, 12, 31))),
    (
        "when",
        {"when": ("date",), "date_year": ("2026",), "date_month": ("2",), "date_day": ("3",)},
        When(date(2026, 2, 3), date(2026, 2, 3)),
    ),
    (
        "when",
        {"when": ("period",), "first": ("2026-01",), "last": ("2026-03",)},
        When(date(2026, 1, 1), date(2026, 3, 31)),
    ),
    ("place", {"unit": (UNIT,)}, Place(unit=UNIT)),
    ("place", {"text": (" Vid torget ",)}, Place(text="Vid torget")),
    ("files", {"file": ("file-1", "file-1")}, Files(("file-1",))),
    ("person", {"name": ("Kim Exempel",), "birth_year": ("1950",)}, Person("Kim Exempel", 1950)),
    ("phone", {"phone": ("+46 (0)70-123 45 67",)}, Phone("+46 (0)70-123 45 67")),
    (
        "address",
        {"street": ("Storgatan 1",), "postcode": ("123 45",), "town": ("Lindby",)},
        Address("Storgatan 1", "123 45", "Lindby"),
    ),
    ("consent", {"choice": ("no",)}, Consent(given=False)),
]


@pytest.mark.parametrize(("kind", "raw", "value"), TAKEN)
def test_a_good_answer_is_taken(kind: str, raw: Raw, value: Value) -> None:
    assert taken(kind, raw) == value


REFUSED: list[tuple[str, Raw, str]] = [
    ("one", {}, "choose_one"),
    ("one", {"choice": ("red", "blue")}, "choose_one"),
    ("one", {"choice": ("green",)}, "unknown_choice"),
    ("recipient", {"choice": ("mayor",)}, "unknown_choice"),
    ("several", {}, "choose_some"),
    ("several", {"choice": ("red", "green")}, "unknown_choice"),
    ("several", {"choice": ("red", "none")}, "exclusive_choice"),
    ("short_text", {"text": (" \u0007 ",)}, "required"),
    ("short_text", {"text": ("\u200b\u2800\u3164",)}, "required"),
    ("short_text", {"text": ("x" * 201,)}, "too_long"),
    ("long_text", {}, "required"),
    ("long_text", {"text": ("x" * 8_001,)}, "too_long"),
    ("when", {}, "choose_one"),
    ("when", {"when": ("sometime",)}, "choose_one"),
    ("when", {"when": ("date",)}, "date_missing"),
    ("when", {"when": ("date",), "date": ("2026-02-30",)}, "bad_day"),
    ("when", {"when": ("date",), "date": ("2026-13",)}, "bad_month"),
    ("when", {"when": ("date",), "date": ("i maj",)}, "bad_date"),
    ("when", {"when": ("date",), "date": ("1-2-3-4",)}, "bad_date"),
    ("when", {"when": ("date",), "date": ("0",)}, "bad_year"),
    ("when", {"when": ("date",), "date": ("1850-01-01",)}, "early_date"),
    ("when", {"when": ("date",), "date_day": ("3",), "date_month": ("5",)}, "year_missing"),
    ("when", {"when": ("date",), "date_year": ("26",), "date_day": ("3",)}, "month_missing"),
    ("when", {"when": ("date",), "date": ("2026-00-03",)}, "bad_month"),
    ("when", {"when": ("date",), "date": ("2026-05-0",)}, "bad_day"),
    ("when", {"when": ("date",), "date": ("0000-01-01",)}, "early_date"),
    ("when", {"when": ("date",), "date": ("2026-11-21",)}, "future_date"),
    ("when", {"when": ("period",), "first": ("2026-10-01",), "last": ("2027-01-01",)}, "future_date"),
    ("when", {"when": ("period",), "first": ("2026-10-05",), "last": ("2026-10-01",)}, "date_order"),
    ("when", {"when": ("period",), "first": ("2026-10-05",)}, "date_missing"),
    ("when", {"when": ("2026-11-21",)}, "future_date"),
    ("when", {"when": ("2026-11-15/2026-11-09",)}, "choose_one"),
    ("when", {"when": ("2026-02-30",)}, "choose_one"),
    ("place", {}, "choose_place"),
    ("place", {"unit": ("SE0000000001-9999",)}, "unknown_unit"),
    ("place", {"text": ("x" * 301,)}, "too_long"),
    ("files", {}, "required"),
    ("files", {"file": ("file-1", "of-somebody-else")}, "unknown_file"),
    ("person", {"birth_year": ("1950",)}, "name_missing"),
    ("person", {"name": ("Kim",)}, "bad_year"),
    ("person", {"name": ("Kim",), "birth_year": ("50",)}, "bad_year"),
    ("person", {"name": ("Kim",), "birth_year": ("2027",)}, "bad_year"),
    ("person", {"name": ("Kim",), "birth_year": ("1890",)}, "bad_year"),
    ("person", {"name": ("x" * 121,), "birth_year": ("1950",)}, "too_long"),
    ("phone", {}, "bad_phone"),
    ("phone", {"phone": ("ring mig",)}, "bad_phone"),
    ("phone", {"phone": ("12345",)}, "bad_phone"),
    ("address", {"postcode": ("12345",), "town": ("Lindby",)}, "street_missing"),
    ("address", {"street": ("Storgatan 1",), "postcode": ("1234",), "town": ("Lindby",)}, "bad_postcode"),
    ("address", {"street": ("Storgatan 1",), "postcode": ("12345",)}, "town_missing"),
    ("consent", {}, "choose_one"),
    ("consent", {"choice": ("maybe",)}, "unknown_choice"),
]


@pytest.mark.parametrize(("kind", "raw", "code"), REFUSED)
def test_a_bad_answer_is_refused_by_name(kind: str, raw: Raw, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        taken(kind, raw)
    assert refused.value.code == code
    assert refused.value.step == "q"
    assert refused.value.field in (*KINDS[kind].fields, "")


@pytest.mark.parametrize(
    ("today", "yesterday", "week"),
    [
        (date(2026, 11, 20), date(2026, 11, 19), (date(2026, 11, 9), date(2026, 11, 15))),
        (date(2026, 11, 16), date(2026, 11, 15), (date(2026, 11, 9), date(2026, 11, 15))),
        (date(2027, 1, 1), date(2026, 12, 31), (date(2026, 12, 21), date(2026, 12, 27))),
    ],
)
def test_near_days_can_be_answered_by_a_button_and_last_week_is_no_more_than_a_week(
    today: date, yesterday: date, week: tuple[date, date]
) -> None:
    near = near_days(today)
    assert near == {"today": When(today, today), "yesterday": When(yesterday, yesterday), "last_week": When(*week)}
    assert [when_pressed([pressed_as(days)]) for days in near.values()] == list(near.values())


def test_no_place_at_all_is_said_where_one_chooses_and_words_that_are_too_many_where_they_stand() -> None:
    wrong: dict[str, Raw] = {"unit": {"text": ("\u200b",)}, "text": {"text": ("x" * 301,)}}
    for field, raw in wrong.items():
        with pytest.raises(Invalid) as refused:
            taken("place", raw)
        assert refused.value.field == field


def test_every_refusal_is_met_in_these_tests() -> None:
    assert {code for _, _, code in REFUSED} | {"not_on_path"} == set(SENTENCES)


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    with pytest.raises(Invalid) as refused:
        validate(step("long_text", max_length=10), {"text": ("x" * 13,)}, (), EVERYWHERE)
    assert filled(SENTENCES[refused.value.code], SWEDISH, "sv", refused.value.params) == (
        "Texten är för lång. Den får ha högst 10 tecken. Ta bort 3 tecken."
    )


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"note"}))
def test_an_optional_question_can_be_left_without_an_answer(kind: str) -> None:
    optional = step(kind, optional=True)
    assert validate(optional, {}, CHOICES, EVERYWHERE) == Skipped()
    assert validate(optional, {"skip": ("1",), "choice": ("green",)}, CHOICES, EVERYWHERE) == Skipped()


def test_a_form_gives_only_the_fields_of_its_own_step() -> None:
    fields = {"text": [" Hej "], "csrf": ["secret"], "choice": ["red"], "skip": [""]}
    assert from_form(step("long_text"), fields) == {"text": (" Hej ",)}


@given(
    st.sampled_from(sorted(KINDS)),
    st.dictionaries(
        st.sampled_from(sorted({name for kind in KINDS.values() for name in kind.fields})),
        st.lists(st.text(), max_size=3),
    ),
)
def test_no_form_whatever_makes_the_check_fail_without_a_name(kind: str, fields: dict[str, list[str]]) -> None:
    refusal = _refusal(step(kind), from_form(step(kind), fields))
    assert refusal is None or refusal.code in SENTENCES


def _refusal(asked: Step, raw: Raw) -> Invalid | None:
    try:
        validate(asked, raw, CHOICES, EVERYWHERE)
    except Invalid as refused:
        return refused
    return None


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_takes_its_own_examples_and_tells_conditions_no_more_than_it_says(kind: str) -> None:
    asked = step(kind)
    for raw in kind_of(asked).examples(Asked(asked, CHOICES, EVERYWHERE)):
        value = validate(asked, raw, CHOICES, EVERYWHERE)
        assert set(raw) <= set(kind_of(asked).fields)
        assert set(value.picked) <= set(kind_of(asked).readable(asked))
        assert decode_answers(encode_answers({"q": value})) == {"q": value}


NUMBER = "070-123 45 67"


@pytest.mark.parametrize(
    "pasted",
    [
        "070‑123\u00a045\u202f67",
        "\u202a070-123 45 67\u202c",
        "\u2066070–123 45 67\u2069",
        "070\u2212123\u200945\u200a67",
        "070-123 4\u00ad5 6\u200b7\ufeff",
        "０７０-１２３ ４５ ６７",
        "tel: 070-123 45 67",
        "Mobil. 070-123 45 67",
        "\t070-123\t45\n67",
        "070\u2043123 45 67",
        "０７０ー１２３ ４５ ６７",
        "Mobilnummer: 070-123 45 67",
        "Mob. 070-123 45 67",
        "Telefonnummer 070-123 45 67",
        "Mobiltelefon: 070-123 45 67",
        "Tel.nr 070-123 45 67",
        "T: 070-123 45 67",
        "nr 070-123 45 67",
        "Arbete: 070-123 45 67",
        "070-123 45 67 (hem)",
        "070-123 45 67;",
        "070-123 45 67.",
    ],
)
def test_a_telephone_number_is_read_as_people_paste_it(pasted: str) -> None:
    assert taken("phone", {"phone": (pasted,)}) == Phone(NUMBER)


@pytest.mark.parametrize(
    "pasted",
    [
        "75320",
        "753 20",
        "753\u00a020",
        "SE-753 20",
        "se 753 20",
        "S-75320",
        "\u202a753 20\u202c",
        "753‑20",
        "７５３２０",
        "753\t20",
        "SWE-75320",
        "753.20",
        "753 20.",
        "753 20 Lindby",
    ],
)
def test_a_post_code_is_read_as_people_paste_it(pasted: str) -> None:
    raw = {"street": ("Storgatan 1",), "postcode": (pasted,), "town": ("Lindby",)}
    assert taken("address", raw) == Address("Storgatan 1", "753 20", "Lindby")


def test_a_number_with_something_else_beside_it_is_not_guessed_at() -> None:
    for typed in ("efter fyra 070-123 45 67", "070-123 45 67 ankn 12", "Kim 0701234567"):
        with pytest.raises(Invalid, match="bad_phone"):
            taken("phone", {"phone": (typed,)})


def test_a_town_behind_its_post_code_is_a_town() -> None:
    raw = {"street": ("Storgatan 1",), "postcode": ("753 20 Lindby",), "town": ("",)}
    assert taken("address", raw) == Address("Storgatan 1", "753 20", "Lindby")


@pytest.mark.parametrize(
    "pasted",
    [
        "2026-05-03",
        "2026‑05‑03",
        "2026/05/03",
        "2026.05.03",
        "20260503",
        "2026 5 3",
        "２０２６-０５-０３",
        "\u202a2026-05-03\u202c",
    ],
)
def test_a_date_is_read_as_people_paste_it(pasted: str) -> None:
    assert taken("when", {"when": ("date",), "date": (pasted,)}) == When(DAY, DAY)


@pytest.mark.parametrize(
    "parts", [("２０２６", "5.", "\u202a3\u202c"), ("2026\u200b", "05\u00a0", "3."), ("\t2026", "\ufeff5", "3\n")]
)
def test_and_so_are_its_parts(parts: tuple[str, str, str]) -> None:
    fields = dict(zip(("date_year", "date_month", "date_day"), ((part,) for part in parts), strict=True))
    assert taken("when", {"when": ("date",), **fields}) == When(DAY, DAY)


DAY = date(2026, 5, 3)


@pytest.mark.parametrize(
    "pasted", ["\u202aKim Exempel\u202c", "\ufeffKim Exempel", "Kim\tExempel", "Kim\r\nExempel", "Kim Exem\u00adpel"]
)
def test_a_name_is_kept_without_marks_that_nobody_sees(pasted: str) -> None:
    assert taken("person", {"name": (pasted,), "birth_year": ("1950",)}) == Person("Kim Exempel", 1950)


def test_letters_that_join_belong_to_a_name() -> None:
    name = "علی\u200cرضا"
    assert taken("person", {"name": (name,), "birth_year": ("1950",)}) == Person(name, 1950)


@pytest.mark.parametrize("pasted", ["1950", "\u200e1950", "１９５０", " 1950\u00a0"])
def test_a_year_is_read_as_people_paste_it(pasted: str) -> None:
    assert taken("person", {"name": ("Kim Exempel",), "birth_year": (pasted,)}) == Person("Kim Exempel", 1950)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_that_ends_stays_ended(end: str) -> None:
    assert taken("long_text", {"text": (f"Fick vänta{end}Ingen kom",)}) == Text("Fick vänta\nIngen kom")
