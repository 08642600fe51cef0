"""Hostile and broken input, each with a name, and the refusal that it gets."""

from dataclasses import dataclass, field
from typing import Any

from tests.hostile.stage import SECRET
from tests.people import ASPELUNDA, BOARD, EKBACKEN, NOT_CONNECTED, TORGET

NOWHERE = "01a00000-0000-7000-8000-000000000000"
LONG = SECRET + "x" * 10_001


@dataclass(frozen=True)
class Bad:
    """A command that cannot be carried out, the same over socket, form and API."""

    name: str
    tag: str = "post_message"
    fields: dict[str, Any] = field(default_factory=lambda: {"text": SECRET})
    code: str = "malformed"
    status: int = 422
    who: str = "anna"
    form: bool = True
    """Whether a form can send it."""
    form_status: int = 0
    """Where it differs: a form leaves out what it does not know, or has another page for it."""


PARTS: dict[str, Any] = {"answers": True, "files": [], "since": ""}
CONSENT: dict[str, Any] = {"unit": BOARD, "parts": PARTS, "text": SECRET}


def asks_in(unit: str) -> dict[str, Any]:
    """A question whether some unit may read."""
    return {"unit": unit, "parts": PARTS, "reason": SECRET}


def said(**fields: Any) -> dict[str, Any]:
    """A message with something wrong about it."""
    return {"text": SECRET, **fields}


COMMANDS: tuple[Bad, ...] = (
    Bad("a text that is too long", fields={"text": LONG}),
    Bad("an empty text", fields={"text": ""}),
    Bad("nothing but spaces", fields={"text": " \n\t "}, code="empty_text"),
    Bad("nothing but letters without width", fields={"text": "\u200b\u200d\ufeff\u2060"}, code="empty_text"),
    Bad("nothing but marks that turn the direction", fields={"text": "\u202e\u202d\u2066"}, code="empty_text"),
    Bad("nothing but control characters", fields={"text": "\x01\x02\x1b"}, code="empty_text"),
    Bad("a null character in a text", fields={"text": f"{SECRET}\0"}, form=False),
    Bad("half of a character in a text", fields={"text": SECRET + "\ud800"}, form=False),
    Bad("a number for a text", fields={"text": 7}, form=False),
    Bad("an enormous number for a text", fields={"text": 10**30}, form=False),
    Bad("no value for a text", fields={"text": None}, form=False),
    Bad("a yes for a text", fields={"text": True}, form=False),
    Bad("a list for a text", fields={"text": [SECRET]}, form=False),
    Bad("an object for a text", fields={"text": {SECRET: SECRET}}, form=False),
    Bad("no text at all", fields={}),
    Bad("an unknown field", fields=said(**{SECRET: 1}), form=False),
    Bad("a field with half of a character in its name", fields=said(**{"\ud800": 1}), form=False),
    Bad("a list for the case", fields=said(case=["$case"]), form=False),
    Bad("a number for the case", fields=said(case=7), form=False),
    Bad("an unknown case", fields=said(case=NOWHERE), code="no_such_case", status=404),
    Bad("somebody else's case", fields=said(case="$others"), code="no_such_case", status=404),
    Bad("a case with an endless id", fields=said(case="x" * 5_000), code="no_such_case", status=404),
    Bad("a null character for the case", fields=said(case="\0"), form=False),
    Bad("a client id that is too short", fields=said(client_id="x")),
    Bad("a client id with signs in it", fields=said(client_id="<script>alert(1)")),
    Bad("a client id that is a list", fields=said(client_id=["abcdefgh"]), form=False),
    Bad("an audience that there is not", fields=said(audience="everybody")),
    Bad("an audience that the case does not have", fields=said(audience="citizen_board"), code="no_such_audience"),
    Bad("a file that there is not", fields=said(files=["nope"]), code="no_such_file", status=404, form=False),
    Bad("a file of another case", fields=said(files=["$others"]), code="no_such_file", status=404, form=False),
    Bad("a null character for a file", fields=said(files=["\0"]), form=False),
    Bad("a text for the list of files", fields=said(files=SECRET), form=False),
    Bad("more files than a message takes", fields=said(files=["f"] * 11), form=False),
    Bad("a word for a number", "submit_case", {"revision": "1"}, form=False),
    Bad("a yes for a number", "submit_case", {"revision": True}, form=False),
    Bad("a broken number", "submit_case", {"revision": 1.5}, form=False),
    Bad(
        "a draft that there is not",
        "submit_case",
        {"case": NOWHERE, "revision": 2**40},
        "no_such_draft",
        404,
        form=False,
    ),
    Bad(
        "somebody else's draft, sent long ago",
        "submit_case",
        {"case": "$others", "revision": 1},
        "no_such_draft",
        404,
        form=False,
    ),
    Bad("an unknown command", "burn_case", {}, "unknown_command", form_status=404),
    Bad("a command with half of a character", "\ud800", {}, "unknown_command", form=False),
    Bad("a citizen who takes a case", "take_case", {}, "not_yours", 403),
    Bad("a citizen who writes a note", "write_note", {"text": SECRET}, "not_yours", 403),
    Bad("a citizen who releases a statement", "release_statement", {"statement": NOWHERE}, "not_yours", 403),
    Bad("a citizen who closes a thread", "close_thread", {}, "not_yours", 403, form_status=404),
    Bad("asking on before there is an answer", "ask_on", {"text": SECRET}, "not_now", 409),
    Bad("rating what was not answered", "rate_answer", {"rating": "yes"}, "not_now", 409),
    Bad("a rating that there is not", "rate_answer", {"rating": SECRET}),
    Bad(
        "a consent to a unit that there is not", "give_consent", {**CONSENT, "unit": SECRET}, "no_such_unit", form=False
    ),
    Bad(
        "a consent to what nobody asked for",
        "give_consent",
        {**CONSENT, "request": NOWHERE},
        "no_such_request",
        form=False,
    ),
    Bad(
        "a consent to a unit at one's own wish",
        "give_consent",
        {**CONSENT, "unit": TORGET},
        "already_there",
        form=False,
    ),
    Bad("a consent to share notes", "give_consent", {**CONSENT, "parts": {"notes": True}}, form=False),
    Bad(
        "a consent to share another's file",
        "give_consent",
        {**CONSENT, "parts": {**PARTS, "files": ["$others"]}},
        "more_than_asked",
        form=False,
    ),
    Bad("an answer to a question that was not asked", "refuse_consent", {"request": NOWHERE}, "no_such_request"),
    Bad("taking back what was never given", "withdraw_consent", {"party": "a1"}, "not_yours", 403),
    Bad("shutting oneself out", "withdraw_consent", {"party": "reporter"}, "not_yours", 403),
    Bad("a null character for a party", "withdraw_consent", {"party": "\0"}, form=False),
    Bad("a case for another care provider", "propose_sharing", asks_in(ASPELUNDA), "wrong_receiver", who="karin"),
    Bad("a case for what takes no cases", "propose_sharing", asks_in(NOT_CONNECTED), "already_there", who="karin"),
    Bad("words for a category", "answer_case", {"problems": [SECRET]}, "unknown_category", who="karin", form=False),
    Bad("a code of no category", "answer_case", {"problems": ["zzz"]}, "unknown_category", who="karin", form=False),
    Bad("a code of no area", "answer_case", {"area": SECRET}, "unknown_category", who="karin", form=False),
    Bad("somebody's case sent by its unit", "submit_case", {"revision": 1}, "not_yours", 403, "karin", form=False),
    Bad("an officer's command by a caseworker", "ask_statement", {"text": SECRET}, "not_yours", 403, "karin"),
    Bad("a statement that nobody asked for", "give_statement", {"text": SECRET}, "not_now", 409, "karin"),
    Bad("reopening what is open", "reopen_case", {"reason": SECRET}, "not_now", 409, "karin"),
    Bad("leaving a case that one was given first", "leave_case", {"reason": SECRET}, "not_yours", 403, "karin"),
    Bad("giving a case to nobody", "assign_case", {"handler": SECRET}, "not_a_colleague", 422, "karin"),
    Bad("giving a case to a citizen", "assign_case", {"handler": "anna"}, "not_a_colleague", 422, "karin"),
    Bad(
        "forwarding to where there is nothing",
        "forward_case",
        {"unit": SECRET, "reason": SECRET},
        "no_such_unit",
        422,
        "karin",
    ),
    Bad("forwarding to where it is", "forward_case", {"unit": EKBACKEN, "reason": SECRET}, "same_unit", 422, "karin"),
    Bad(
        "forwarding to another provider",
        "forward_case",
        {"unit": ASPELUNDA, "reason": SECRET},
        "other_provider",
        422,
        "karin",
    ),
    Bad(
        "forwarding to a unit that is not connected",
        "forward_case",
        {"unit": NOT_CONNECTED, "reason": SECRET},
        "wrong_receiver",
        422,
        "karin",
    ),
    Bad(
        "forwarding without a reason that can be seen",
        "forward_case",
        {"unit": TORGET, "reason": "\u200b"},
        "empty_text",
        422,
        "karin",
    ),
    Bad("an endless reason", "forward_case", {"unit": TORGET, "reason": SECRET + "x" * 1_001}, who="karin"),
    Bad("an answer with everything missing", "answer_case", {}, "guards_unmet", 422, "karin"),
    Bad(
        "an answer that nobody can see",
        "answer_case",
        {"explanation": "\u200b", "no_measures": "\u2060", "problems": ["6.2"], "area": "primarvard"},
        "guards_unmet",
        422,
        "karin",
    ),
    Bad(
        "a measure on a day that there is not",
        "answer_case",
        {"explanation": SECRET, "measures": [{"text": SECRET, "due": "2026-02-31"}]},
        who="karin",
        form=False,
    ),
    Bad(
        "more measures than an answer takes",
        "answer_case",
        {"explanation": SECRET, "measures": [{"text": SECRET}] * 21},
        who="karin",
        form=False,
    ),
    Bad("a place that is a board", "set_place", {"unit": BOARD}, "no_such_unit", 422, "karin"),
)

GOOD = b'"text": "hemligkanin", "client_id": "client-id-1", "case": "x"'
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"text=hemligkanin",
    "JSON that is cut off": b"{" + GOOD,
    "a list": b"[{" + GOOD + b"}]",
    "a number": b"7",
    "no value": b"null",
    "bytes that are no letters": b'{"text": "hemligkanin\xff", "client_id": "client-id-1", "case": "x"}',
    "half of a character": b'{"text": "hemligkanin\\ud800", "client_id": "client-id-1", "case": "x"}',
    "half of a character as bytes": b'{"text": "hemligkanin\xed\xa0\x80", "client_id": "client-id-1", "case": "x"}',
    "another encoding": ("{" + GOOD.decode() + "}").encode("utf-16"),
    "letters of Latin-1": '{"text": "hemligkaninå", "client_id": "client-id-1", "case": "x"}'.encode("latin-1"),
    "not a number": b'{"text": NaN, "client_id": "client-id-1", "case": "x"}',
    "endless": b'{"text": -Infinity, "client_id": "client-id-1", "case": "x"}',
    "a number of five thousand digits": b'{"text": ' + b"9" * 5_000 + b"}",
    "a well of lists": b'{"text": ' + b"[" * 30_000,
    "a well of objects": b'{"hemligkanin": ' + b'{"a":' * 8_000 + b"1" + b"}" * 8_001,
}
"""Bodies of a command over the API: every one is malformed."""
