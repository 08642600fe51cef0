"""The page of the protocol tells everything that goes over the wire; what it is worth is tried in tests/foreign/."""

import re

import msgspec
import pytest

from handlers.errors import SENTENCES
from handlers.realtime.frames import FRAMES, Frame
from inbox.cases.commands import KINDS
from inbox.cases.events import AnyEvent
from inbox.cases.views import Author, Entry
from server.reference import protocol, protocol_words
from server.reference.pages import ROOT


@pytest.mark.parametrize("name", [name for name, _ in protocol.requests()])
def test_every_request_says_what_it_holds_and_what_it_answers(name: str) -> None:
    assert all(protocol_words.REQUESTS[name])


def test_no_request_is_described_that_is_not_there() -> None:
    assert set(protocol_words.REQUESTS) == {name for name, _ in protocol.requests()}


def test_everything_that_is_told_over_a_socket_is_described() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "handlers").rglob("*.py")]
    encoded = [call for source in sources for call in re.findall(r"\bencoded\(([^,]+),", source)]
    assert {name for call in encoded for name in re.findall(r'"(\w+)"', call)} == set(protocol_words.TOLD)
    assert set(FRAMES) == set(Frame.__subclasses__())


def test_an_entry_has_the_fields_that_are_described() -> None:
    described = {name for name, _, _ in protocol_words.ENTRY}
    assert described == {*Entry.__struct_fields__, "case", "sentence"}
    assert {name for name, _, _ in protocol_words.AUTHOR} == {*Author.__struct_fields__, "unit_name"}


def test_every_struct_that_a_field_names_has_a_heading() -> None:
    kinds = [*KINDS.values(), *AnyEvent.__args__]
    schemas = msgspec.json.schema_components(kinds)[1]
    named = {name for name, schema in schemas.items() if "enum" not in schema} - {kind.__name__ for kind in kinds}
    assert named == {kind.__name__ for kind in protocol.SMALLER}


def test_every_refusal_that_can_come_is_listed() -> None:
    page = protocol.page()
    assert [code for code in (*SENTENCES, protocol.FAULT) if f"| `{code}` |" not in page] == []
