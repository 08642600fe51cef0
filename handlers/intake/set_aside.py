"""What was chosen at a question that was not asked any more: put back when it is. It waits in the browser's cookie."""

import base64
import binascii
from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from dialogs.kinds import from_form, kind_of
from dialogs.schema.model import Ending, Step
from handlers.intake.draft_cookie import Holder
from handlers.intake.typed_words import Fields

MOST = 1000
"""Signs in the cookie. What is older gives way."""


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
    """Words are shown, to be copied: they may be long, and are about people."""
    return {} if isinstance(node, Ending) else kind_of(node).kept_aside(from_form(node, fields))


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
