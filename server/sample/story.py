"""What the sample files hold."""

from datetime import time
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from inbox.cases.model import Grant
from inbox.storage.people import Person

FOLDER = Path(__file__).parent

Answers = dict[str, dict[str, list[str]]]
"""The fields of each question's form, by question."""


class Somebody(Struct, frozen=True, forbid_unknown_fields=True):
    """A sample person with the roles they hold."""

    id: str
    name: str
    presentation: str
    staff: bool = False
    personal_number: str | None = None
    sex: str | None = None
    birth_year: int | None = None
    region: str | None = None
    roles: tuple[Grant, ...] = ()

    def person(self) -> Person:
        """As they are kept."""
        return Person(
            id=self.id,
            name=self.name,
            staff=self.staff,
            personal_number=self.personal_number,
            sex=self.sex,
            birth_year=self.birth_year,
            region=self.region,
            sample=True,
            presentation=self.presentation,
        )


class Happening(Struct, frozen=True, forbid_unknown_fields=True):
    """A command that somebody gives, some days after the case was sent."""

    by: str
    day: int
    at: time
    """In Sweden."""
    command: str
    fields: dict[str, Any] = {}


class Story(Struct, frozen=True, forbid_unknown_fields=True):
    """A case: who filed it, when, with which answers, and what happened then."""

    who: str
    days_ago: int
    at: time
    answers: Answers
    then: tuple[Happening, ...] = ()


class _People(Struct, frozen=True):
    people: tuple[Somebody, ...]


class _Cases(Struct, frozen=True, kw_only=True):
    usual: Answers = {}
    """In the first file: it holds for the others too."""
    cases: tuple[Story, ...]


def everybody() -> tuple[Somebody, ...]:
    """The sample people."""
    return msgspec.toml.decode((FOLDER / "people.toml").read_bytes(), type=_People).people


def stories() -> list[Story]:
    """The sample cases, the oldest first, each with every answer that it may be asked for."""
    files = [msgspec.toml.decode(path.read_bytes(), type=_Cases) for path in sorted(FOLDER.glob("cases*.toml"))]
    usual = files[0].usual
    complete = (msgspec.structs.replace(one, answers=usual | one.answers) for file in files for one in file.cases)
    return sorted(complete, key=lambda story: -story.days_ago)
