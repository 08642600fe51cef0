"""What was chosen at a question that was not asked any more: put back when it is. It waits in the browser's cookie."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec
from msgspec.structs import replace

from dialogs.answers.forms import day_names, names_of
from dialogs.answers.when import when_pressed
from dialogs.schema.model import Ending, Kind, Step
from handlers.intake.draft_cookie import Holder
from handlers.intake.typed_words import Fields

MOST = 1000
"""Signs in the cookie. What is older gives way."""
CHOSEN = {
    Kind.ONE: names_of(Kind.ONE),
    Kind.SEVERAL: names_of(Kind.SEVERAL),
    Kind.RECIPIENT: names_of(Kind.RECIPIENT),
    Kind.CONSENT: names_of(Kind.CONSENT),
    Kind.WHEN: names_of(Kind.WHEN),
    Kind.PLACE: ("unit",),
}
"""Fields of a choice. Words are shown, to be copied: they may be long, and are about people."""


def set_aside(holder: Holder, node: Step | Ending, fields: Fields) -> Holder:
    """The same browser with what was chosen there waiting for its question."""
    chosen = _chosen(node, fields)
    if not chosen:
        return holder
    waiting = [(node.id, chosen), *((step, each) for step, each in _read(holder).items() if step != node.id)]
    while waiting and len(_written(dict(waiting))) > MOST:
        waiting.pop()
    return replace(holder, aside=_written(dict(waiting)))


def waiting_for(holder: Holder, step: str) -> Fields:
    """What was chosen at that question when it was not asked."""
    return _read(holder).get(step, {})


def without(holder: Holder, step: str) -> Holder:
    """The same browser once the question has its answer."""
    left = {other: chosen for other, chosen in _read(holder).items() if other != step}
    return replace(holder, aside=_written(left))


def _chosen(node: Step | Ending, fields: Fields) -> Fields:
    if isinstance(node, Ending) or node.kind not in CHOSEN:
        return {}
    sent = {name: tuple(text for text in fields.get(name, ()) if text.strip()) for name in CHOSEN[node.kind]}
    near = when_pressed(sent.get("when", ())) if node.kind is Kind.WHEN else None
    if near and near.first and near.last:
        # A button of that moment: said in the fields, which are there on every day.
        return dict(_spelled("date", near.first) if near.first == near.last else _period(near.first, near.last))
    return {name: texts for name, texts in sent.items() if texts}


def _spelled(day: str, at: date, when: str = "date") -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "when", (when,)
    _, *names = day_names(day)
    yield from zip(names, ((str(part),) for part in (at.year, at.month, at.day)), strict=True)


def _period(first: date, last: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from _spelled("first", first, "period")
    yield from _spelled("last", last, "period")


def _read(holder: Holder) -> dict[str, Mapping[str, tuple[str, ...]]]:
    text = holder.aside
    try:
        written = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return msgspec.json.decode(written, type=dict[str, Mapping[str, tuple[str, ...]]]) if text else {}
    except (binascii.Error, msgspec.MsgspecError, ValueError):
        # Nothing that we wrote, or not as we write it now.
        return {}


def _written(waiting: Mapping[str, Fields]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(waiting)).decode().rstrip("=") if waiting else ""
