"""Whether an answer fits its step. Each kind has one function; each refusal has a name."""

from __future__ import annotations

import re
from typing import assert_never

from dialogs.answers.forms import SKIP, Raw
from dialogs.answers.typed import clean, line, named, shows
from dialogs.answers.when import validate_when
from dialogs.errors import Invalid
from dialogs.schema.model import Kind, Step
from dialogs.schema.values import (
    Address,
    Consent,
    DialogContext,
    Files,
    One,
    Person,
    Phone,
    Place,
    Seen,
    Several,
    Skipped,
    Text,
    Value,
)

LONGEST = {Kind.SHORT_TEXT: 200, Kind.LONG_TEXT: 8_000, Kind.PLACE: 300}
LONGEST_FIELD = 120

LONGEST_PHONE = 60
"""Letters of a telephone number as it is pasted, with marks that nobody sees."""
_LABEL = re.compile(
    r"^(?:(?:mobil|mob|m|tele|telefon|tel|tfn|t|phone|mobile|cell|hem|home|arbete|jobb|work|nr|nummer|number)"
    r"[ .]*(?:fon|telefon|nr|nummer|number|phone)?)(?![^\W_])[.: ]*",
    re.IGNORECASE,
)
"""What address books call a number, before it."""
_REMARK = re.compile(r"(?: *\((?:hem|mobil|arbete|jobb|home|mobile|work)\))?[ .,;]*$", re.IGNORECASE)
"""And after it."""
_NUMBER = re.compile(r"\+?[0-9 ()/.·–-]+")
_POSTCODE = re.compile(r"(?:SWE|SE|S)?[ -]*([0-9]{3})[ .-]*([0-9]{2})[ .,]*([^0-9]*)", re.IGNORECASE)
"""With the town behind it, as on an envelope."""

OLDEST = 120
"""Nobody is older than this: an earlier year of birth is a slip of the finger."""


def validate(step: Step, raw: Raw, choices: tuple[str, ...], facts: DialogContext) -> Value:
    """The value of an answer, cleaned; or a refusal by name. `choices` are those that the step offers now."""
    if step.optional and (SKIP in raw or not raw):
        return Skipped()
    match step.kind:
        case Kind.ONE | Kind.RECIPIENT:
            return _one(step, raw, choices)
        case Kind.SEVERAL:
            return _several(step, raw, choices)
        case Kind.SHORT_TEXT | Kind.LONG_TEXT:
            return Text(_text(step, raw, "text", longest(step)))
        case Kind.WHEN:
            return validate_when(step, raw, facts)
        case Kind.PLACE:
            return _place(step, raw, facts)
        case Kind.FILES:
            return _files(step, raw, facts)
        case Kind.PERSON:
            return _person(step, raw, facts)
        case Kind.PHONE:
            return _phone(step, raw)
        case Kind.ADDRESS:
            return _address(step, raw)
        case Kind.CONSENT:
            return Consent(_one(step, raw, ("yes", "no")).choice == "yes")
        case Kind.NOTE:
            return Seen()
        case _:
            assert_never(step.kind)


def longest(step: Step) -> int:
    """How many characters the step's text may have."""
    return step.max_length or LONGEST.get(step.kind, LONGEST_FIELD)


def _one(step: Step, raw: Raw, choices: tuple[str, ...]) -> One:
    picked = raw.get("choice", ())
    if len(picked) != 1:
        raise Invalid("choose_one", step.id, "choice")
    if picked[0] not in choices:
        raise Invalid("unknown_choice", step.id, "choice")
    return One(picked[0])


def _several(step: Step, raw: Raw, choices: tuple[str, ...]) -> Several:
    picked = set(raw.get("choice", ()))
    if not picked:
        raise Invalid("choose_some", step.id, "choice")
    if not picked.issubset(choices):
        raise Invalid("unknown_choice", step.id, "choice")
    if len(picked) > 1 and any(choice.exclusive for choice in step.choices if choice.id in picked):
        raise Invalid("exclusive_choice", step.id, "choice")
    # In the order of the definition, so that the same picks give the same bytes.
    return Several(tuple(choice for choice in choices if choice in picked))


def _text(step: Step, raw: Raw, field: str, limit: int, missing: str = "required") -> str:
    typed = "".join(raw.get(field, ())[:1])
    text = clean(typed) if step.kind is Kind.LONG_TEXT else named(typed)
    if not shows(text):
        raise Invalid(missing, step.id, field)
    if len(text) > limit:
        raise Invalid("too_long", step.id, field, limit=limit, over=len(text) - limit)
    return text


def _place(step: Step, raw: Raw, facts: DialogContext) -> Place:
    unit = "".join(raw.get("unit", ())[:1])
    if not unit and not shows(named("".join(raw.get("text", ())[:1]))):
        # Neither was given: it is said where one searches and chooses.
        raise Invalid("choose_place", step.id, "unit")
    if not unit:
        return Place(text=_text(step, raw, "text", longest(step)))
    if unit not in facts.units:
        raise Invalid("unknown_unit", step.id, "unit")
    return Place(unit=unit)


def _files(step: Step, raw: Raw, facts: DialogContext) -> Files:
    ids = tuple(dict.fromkeys(raw.get("file", ())))
    if not ids:
        raise Invalid("required", step.id, "file")
    if not all(id in facts.files for id in ids):
        raise Invalid("unknown_file", step.id, "file")
    return Files(ids)


def _person(step: Step, raw: Raw, facts: DialogContext) -> Person:
    name = _text(step, raw, "name", LONGEST_FIELD, missing="name_missing")
    year = line("".join(raw.get("birth_year", ())[:1]))
    if not re.fullmatch(r"[0-9]{4}", year) or not facts.today.year - OLDEST <= int(year) <= facts.today.year:
        raise Invalid("bad_year", step.id, "birth_year")
    return Person(name=name, birth_year=int(year))


def _phone(step: Step, raw: Raw) -> Phone:
    number = _LABEL.sub("", line(_text(step, raw, "phone", LONGEST_PHONE, missing="bad_phone")))
    number = _REMARK.sub("", number)
    if not _NUMBER.fullmatch(number) or not 6 <= len(re.sub(r"\D", "", number)) <= 15:
        raise Invalid("bad_phone", step.id, "phone")
    return Phone(number)


def _address(step: Step, raw: Raw) -> Address:
    street = _text(step, raw, "street", LONGEST_FIELD, missing="street_missing")
    code = _POSTCODE.fullmatch(line("".join(raw.get("postcode", ())[:1])))
    if not code:
        raise Invalid("bad_postcode", step.id, "postcode")
    if not shows("".join(raw.get("town", ())[:1])):
        raw = {**raw, "town": (code[3],)}
    town = _text(step, raw, "town", LONGEST_FIELD, missing="town_missing")
    return Address(street=street, postcode=f"{code[1]} {code[2]}", town=town)
