"""How to reach somebody is said in words a person would use."""

import pytest

from inbox.directory.contact import Line, contact_lines, hours_in_words
from inbox.directory.model import Channel, ContactWay, OpenHours


def same(sentence: str) -> str:
    return sentence


def shouted(sentence: str) -> str:
    return sentence.upper()


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([], ""),
        ([OpenHours(1, 5, "08.00", "17.00")], "Vardagar 8–17"),
        ([OpenHours(1, 5, "09.00", "12.00"), OpenHours(1, 5, "13.00", "15.00")], "Vardagar 9–12 och 13–15"),
        ([OpenHours(1, 7, "00.00", "24.00")], "Alla dagar dygnet runt"),
        (
            [OpenHours(1, 4, "07.30", "18.00"), OpenHours(5, 5, "07.30", "16.00")],
            "Måndag–torsdag 7.30–18, fredag 7.30–16",
        ),
    ],
)
def test_opening_hours_are_said_as_people_say_them(hours: list[OpenHours], words: str) -> None:
    assert hours_in_words(hours, same) == words


def test_the_words_are_those_of_the_readers_language() -> None:
    assert hours_in_words([OpenHours(1, 5, "09.00", "12.00")], shouted) == "VARDAGAR 9–12"


def test_a_phone_number_can_be_pressed() -> None:
    lines = contact_lines([ContactWay(Channel.PHONE, "08-465 004 10")], same)
    assert lines == (Line("Ring", "08-465 004 10", "tel:0846500410"),)


def test_an_address_we_do_not_know_is_said_to_be_elsewhere() -> None:
    (line,) = contact_lines([ContactWay(Channel.LETTER)], same)
    assert line.href == ""
    assert "1177.se" in line.text


def test_the_national_service_can_be_opened() -> None:
    assert contact_lines([ContactWay(Channel.NATIONAL, "1177.se")], same)[0].href == "https://www.1177.se"
