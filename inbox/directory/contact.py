"""How to reach somebody, in words: a contact card's lines, and when somebody is there."""

from collections.abc import Callable, Iterable
from itertools import groupby

from msgspec import Struct

from inbox.directory.model import Channel, ContactWay, OpenHours
from inbox.directory.words import ADDRESS_ELSEWHERE, AND, CHANNELS, DAYS, ROUND_THE_CLOCK, SPANS

Translate = Callable[[str], str]


class Line(Struct, frozen=True):
    """One line of a contact card. `href` is empty where there is nothing to press."""

    label: str
    text: str
    href: str


def contact_lines(ways: Iterable[ContactWay], translate: Translate) -> tuple[Line, ...]:
    """The ways in the reader's language. Where we know no address it says where to find it."""
    return tuple(
        Line(translate(CHANNELS[way.channel]), way.address or translate(ADDRESS_ELSEWHERE), _href(way)) for way in ways
    )


def hours_in_words(hours: Iterable[OpenHours], translate: Translate) -> str:
    """As `Vardagar 9–12 och 13–15`; empty when nothing is known."""
    parts = []
    for days, same in groupby(hours, key=lambda each: (each.first_day, each.last_day)):
        times = f" {translate(AND)} ".join(_times(each, translate) for each in same)
        parts.append(f"{_days(days, translate)} {times}")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _href(way: ContactWay) -> str:
    if way.channel is Channel.PHONE and way.address:
        return "tel:" + "".join(letter for letter in way.address if letter.isdigit() or letter == "+")
    if way.channel is Channel.NATIONAL:
        return "https://www.1177.se"
    if way.channel is Channel.WEBSITE:
        return way.address
    return ""


def _days(span: tuple[int, int], translate: Translate) -> str:
    if span in SPANS:
        return translate(SPANS[span])
    return "–".join(translate(DAYS[day - 1]) for day in dict.fromkeys(span))


def _times(hours: OpenHours, translate: Translate) -> str:
    if (hours.opens, hours.closes) == ("00.00", "24.00"):
        return translate(ROUND_THE_CLOCK)
    return f"{_clock(hours.opens)}–{_clock(hours.closes)}"


def _clock(time: str) -> str:
    # Whole hours are said without minutes.
    return time.removesuffix(".00").removeprefix("0") or "0"
