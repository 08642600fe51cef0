"""Answering and closing over plain pages."""

import re

import pytest

from handlers.errors import GUARDS, SENTENCES
from inbox.actions.closing import Guard
from tests.answered import Answers
from tests.handlers.sitting import ANSWER, Sitting, anna_and_karin, at_case, hidden_in, typed_in
from tests.house import House, Page
from tests.people import OLLE

MOTHER: Answers = {"about": {"choice": ["relative"]}}
IN_WORDS: Answers = {"place": {"text": ["akuten tror jag"], "unit": [""]}, "recipient": {"choice": ["board"]}}


def missing(page: Page) -> set[str]:
    """The guards that the page says are unmet."""
    return {guard for guard, text in GUARDS.items() if text in page.words}


@pytest.mark.on_both_engines
async def test_everything_that_is_missing_is_said_at_once_and_leads_to_its_field(house: House) -> None:
    _, karin = await anna_and_karin(house, MOTHER)
    page = await karin.opens("/avsluta")
    assert missing(page) == {"explanation_missing", "measures_missing", "assessment_missing"}
    for field in re.findall(r'<a href="#([^"]+)">', page.text.split('id="guards"', 1)[1].split("</section>", 1)[0]):
        assert f'id="{field}"' in page.text


@pytest.mark.parametrize(
    ("without", "guard"),
    [
        ({"explanation": ""}, Guard.EXPLANATION),
        ({"measure_text": ""}, Guard.MEASURES),
        ({"measure_text": "", "nothing": "1"}, Guard.MEASURES),
        ({"problems": ""}, Guard.PROBLEM),
        ({"problems": "99"}, Guard.PROBLEM),
        ({"area": ""}, Guard.AREA),
        ({"assessment": ""}, Guard.ASSESSMENT),
    ],
)
async def test_each_missing_thing_stops_the_answer_by_name_and_nothing_typed_is_lost(
    house: House, without: dict[str, str], guard: Guard
) -> None:
    anna, karin = await anna_and_karin(house, MOTHER)
    whole = {**ANSWER, "regret": "Vi beklagar.", "assessment": "Hon har sagt ja."}
    page = await karin.answers({**whole, **without})
    assert page.status == 422
    assert missing(page) == {guard.value}
    assert page.title.startswith("Fel:")
    for field in ("explanation", "regret", "assessment"):
        assert typed_in(page, field) == {**whole, **without}[field]
    assert "Du har fått svar" not in (await anna.opens()).words
    assert (await karin.fills("answer_case", whole)).path == karin.url


async def test_the_classification_begins_as_anna_answered_and_the_area_as_the_unit_is(house: House) -> None:
    _, karin = await anna_and_karin(house)
    page = await karin.opens("/avsluta")
    assert re.findall(r'name="problems" value="([^"]+)" checked', page.text) == ["6.2"]
    assert re.findall(r'<option value="([^"]+)" selected', page.text) == ["primarvard"]


async def test_a_prefilled_classification_can_be_taken_away(house: House) -> None:
    _, karin = await anna_and_karin(house)
    page = await karin.answers({**ANSWER, "problems": ["", "3.4"], "check": "1"})
    assert re.findall(r'name="problems" value="([^"]+)" checked', page.text) == ["3.4"]


async def test_one_looks_at_the_answer_as_anna_will_see_it_before_it_is_sent(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    page = await karin.answers({**ANSWER, "check": "1"})
    assert (page.status, missing(page)) == (200, set())
    preview = page.text.split('id="preview-heading"', 1)[1]
    assert ANSWER["explanation"] in preview
    assert ANSWER["measure_text"] in preview
    assert ANSWER["explanation"] not in (await anna.opens()).text


CALLS = r" data-attention(?: tabindex=\"-1\")? autofocus"
LOOKED = {"1": 'id="preview-heading"', "kept": 'id="explanation"[^>]*', "measure": 'id="measure-2"[^>]*'}


@pytest.mark.parametrize("button", LOOKED)
async def test_what_a_button_brings_is_what_one_is_led_to(house: House, button: str) -> None:
    _, karin = await anna_and_karin(house)
    assert not re.search(CALLS, (await karin.opens("/avsluta")).text)
    page = await karin.answers({**ANSWER, "check": button})
    assert re.search(LOOKED[button] + CALLS, page.text), "the one thing that was asked for"
    assert len(re.findall(CALLS, page.text)) == 1


async def test_several_measures_are_written_one_row_at_a_time(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    page = await karin.answers({**ANSWER, "check": "measure"})
    assert page.text.count('name="measure_text"') == 2
    page = await karin.presses(
        "answer_case",
        **{
            **ANSWER,
            "measure_text": ["Fler i telefon", "Ny rutin"],
            "measure_responsible": ["", "Enhetschefen"],
            "measure_due": ["", "2026-12-31"],
        },
    )
    assert page.path == karin.url
    letter = await anna.opens("/svar")
    assert "Fler i telefon" in letter.words
    assert "Ny rutin Klart senast 31 december 2026. Ansvarig: Enhetschefen." in letter.words
    # On a line of its own: what is done need not end in a full stop.
    assert re.search(r"Ny rutin</b><small[^>]*>Klart senast 31 december 2026\. Ansvarig", letter.text)
    # The desk sees it in the same parts.
    said = (await karin.opens()).text
    assert "Det här hände\n" in said
    assert "Det här gör vi\n– Fler i telefon\n– Ny rutin\nKlart senast 31 december" in said


@pytest.mark.parametrize(("day", "row"), [("i vår", "due-1"), ("2026-02-30", "due-1")])
async def test_a_day_that_is_none_is_told_beside_its_field(house: House, day: str, row: str) -> None:
    _, karin = await anna_and_karin(house)
    page = await karin.answers({**ANSWER, "measure_due": day})
    assert page.status == 422
    assert f'id="{row}-error"' in page.text
    assert f'value="{day}"' in page.text
    assert typed_in(page, "explanation") == ANSWER["explanation"]


async def test_a_row_without_what_is_done_is_told_beside_it(house: House) -> None:
    _, karin = await anna_and_karin(house)
    page = await karin.answers({**ANSWER, "measure_text": "", "measure_responsible": "Chefen", "check": "1"})
    assert "Skriv vad ni gör, eller töm hela raden." in page.words


async def test_where_nothing_is_done_one_says_why(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    fields = {**ANSWER, "measure_text": "", "nothing": "1", "no_measures": "Vi följde vår rutin."}
    assert (await karin.answers(fields)).path == karin.url
    assert "Vi följde vår rutin." in (await anna.opens("/svar")).words


@pytest.mark.on_both_engines
async def test_the_same_answer_sent_twice_is_given_once(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await karin.opens("/avsluta")
    fields = {**hidden_in(karin.page, "answer_case"), **ANSWER}
    for _ in range(2):
        assert (await karin.browser.post(f"{karin.url}/answer_case", fields)).path == karin.url
    assert (await anna.opens()).words.count("Du har fått ett svar.") == 1


async def test_an_answer_does_not_pass_by_what_anna_has_just_written(house: House) -> None:
    anna, karin = await anna_and_karin(house)
    await karin.opens("/avsluta")
    await anna.sends("post_message", text="Jag har kommit på en sak till.")
    page = await karin.fills("answer_case", ANSWER)
    assert page.status == 409
    assert SENTENCES["newer_message"] in page.words
    assert "Jag har kommit på en sak till." in page.words
    assert typed_in(page, "explanation") == ANSWER["explanation"]
    assert (await karin.fills("answer_case", ANSWER)).path == karin.url


@pytest.mark.on_both_engines
async def test_a_colleague_who_was_first_does_not_make_one_lose_a_word(house: House) -> None:
    _, karin = await anna_and_karin(house)
    await karin.opens("/avsluta")
    other = Sitting(karin.browser, karin.url)
    await other.answers(ANSWER)
    page = await karin.fills("answer_case", {**ANSWER, "explanation": "Min egen text"})
    assert page.status == 409
    assert "Min egen text" in page.text
    assert (await karin.opens("/avsluta")).path == karin.url


async def test_the_unit_is_chosen_without_leaving_the_form(house: House) -> None:
    anna, _ = await anna_and_karin(house, IN_WORDS, taken=False)
    olle = await at_case(house, anna.url.rpartition("/")[2], OLLE)
    await olle.sends("take_case")
    page = await olle.opens("/avsluta")
    assert "place_missing" in missing(page)
    assert "akuten tror jag" in page.words
    page = await olle.fills("answer_case", {**ANSWER, "q": "akutmottagningen lindby", "check": "search"})
    assert "SE0000000001-LSAKUTMOTT" in page.text
    assert re.search(f'<fieldset tabindex="-1"{CALLS}', page.text)
    page = await olle.fills("answer_case", {**ANSWER, "check": "set_place"})
    assert (page.status, "Välj en enhet." in page.words) == (422, True)
    page = await olle.fills("answer_case", {**ANSWER, "unit": "SE0000000001-LSAKUTMOTT", "check": "set_place"})
    assert missing(page) == set()
    assert typed_in(page, "explanation") == ANSWER["explanation"]
    assert (await olle.fills("answer_case", ANSWER)).path == olle.url


async def test_praise_is_answered_without_measures(house: House) -> None:
    _, karin = await anna_and_karin(house, {"leave": {"choice": ["praise"]}})
    page = await karin.answers({**ANSWER, "measure_text": ""})
    assert page.path == karin.url, page.words


async def test_the_button_that_sends_is_never_said_to_be_out_of_use(house: House) -> None:
    _, karin = await anna_and_karin(house)
    page = await karin.opens("/avsluta")
    assert "Det här saknas innan du kan svara" in page.words
    assert "aria-disabled" not in page.text


@pytest.mark.parametrize(
    ("field", "most"),
    [
        ("explanation", 20_000),
        ("measure_text", 2_000),
        ("measure_responsible", 200),
        ("regret", 5_000),
    ],
)
async def test_a_text_that_is_too_long_comes_back_whole_and_says_how_much_has_to_go(
    house: House, field: str, most: int
) -> None:
    _, karin = await anna_and_karin(house)
    text = "x" * (most + 1007)
    page = await karin.answers({**ANSWER, field: text})
    assert page.status == 422
    assert text in page.text
    assert "Texten är för lång. Ta bort 1 007 tecken." in page.words


async def test_no_field_for_sentences_cuts_off_what_is_pasted(house: House) -> None:
    anna, karin = await anna_and_karin(house, MOTHER)
    pages = [await karin.opens(rest) for rest in ("/avsluta", "/vidare", "/foresla")]
    pages.append(await anna.opens("/aterta"))
    await karin.answers({**ANSWER, "assessment": "Mamman har sagt ja."})
    pages.append(await anna.opens("/svar"))
    fields = [tag for page in pages for tag in re.findall(r"<textarea[^>]*>", page.text)]
    assert len(fields) >= 8
    assert [tag for tag in fields if "maxlength" in tag] == []
