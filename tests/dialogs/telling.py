"""A small dialog that listens, as plain data; and what is heard in a story, said by hand."""

from enum import Enum

from msgspec import Struct

from dialogs.kinds.place import Place
from dialogs.kinds.when import When
from tests.dialogs.small import Plain, built, is_, text

STEPS: list[Plain] = [
    {"id": "story", "kind": "long_text", "listens": True, "next": [{"to": "files"}]},
    {"id": "files", "kind": "files", "optional": True, "aside": True, "next": [{"to": "understood"}]},
    {"id": "understood", "kind": "understood", "next": [{"to": "elsewhere"}]},
    {
        "id": "elsewhere",
        "kind": "one",
        "aside": True,
        "heard_from": "belongs",
        "choices": [{"id": "money"}, {"id": "crime", "never_heard": True}, {"id": "none"}],
        "next": [{"to": "insurance", "when": is_("elsewhere", "money")}, {"to": "about"}],
    },
    {
        "id": "about",
        "kind": "one",
        "heard_from": "about",
        "choices": [{"id": "self"}, {"id": "relative"}],
        "next": [{"to": "relation"}],
    },
    {
        "id": "relation",
        "kind": "one",
        "heard_from": "relation",
        "when": is_("about", "relative"),
        "choices": [{"id": "child"}, {"id": "parent"}],
        "next": [{"to": "place"}],
    },
    {"id": "place", "kind": "place", "heard_from": "place", "next": [{"to": "when"}]},
    {"id": "when", "kind": "when", "heard_from": "when", "next": [{"to": "themes"}]},
    {
        "id": "themes",
        "kind": "several",
        "heard_from": "themes",
        "choices": [{"id": "waiting"}, {"id": "attitude"}, {"id": "fees"}],
        "next": [{"to": "answer_way"}],
    },
    {
        "id": "answer_way",
        "kind": "one",
        "choices": [{"id": "inbox"}, {"id": "phone"}],
        "next": [{"to": "phone"}],
    },
    {
        "id": "phone",
        "kind": "phone",
        "beside": "answer_way",
        "when": is_("answer_way", "phone"),
        "next": [{"to": "support"}],
    },
    {"id": "support", "kind": "short_text", "optional": True, "beside": "answer_way", "next": [{"to": "review"}]},
]
CHOICES = {step["id"]: [choice["id"] for choice in step.get("choices", ())] for step in STEPS}


def telling() -> Plain:
    """One tells; what was heard is confirmed; only what is missing is asked."""
    words = {
        "name": "Berätta",
        "hello": "Hej!",
        "emergency": {"title": "Är det bråttom?", "body": ["Ring 112."]},
        "steps": {step: text(*choices) for step, choices in CHOICES.items()},
        "endings": {"insurance": {"title": "Pengar", "body": ["Där."], "resume": "Fortsätt"}},
    }
    return {
        "id": "telling",
        "version": 1,
        "case_type": "complaint",
        "languages": ["sv"],
        "first": "story",
        "steps": [dict(step) for step in STEPS],
        "endings": [{"id": "insurance", "resume": "about", "change": "elsewhere"}],
        "words": {"sv": words},
    }


class Sure(Enum):
    """How sure."""

    SURE = "sure"
    LIKELY = "likely"


class Said(Struct, frozen=True):
    """Something heard."""

    value: str | Place | When
    span: tuple[int, int] = (0, 0)
    how: Sure = Sure.SURE
    others: tuple[str | Place | When, ...] = ()


def likely(value: str | Place | When, *others: str | Place | When, span: tuple[int, int] = (0, 0)) -> tuple[Said, ...]:
    """What has to be asked."""
    return (Said(value, span, Sure.LIKELY, others),)


def sure(value: str | Place | When, span: tuple[int, int] = (0, 0)) -> tuple[Said, ...]:
    """What may stand there."""
    return (Said(value, span),)


TELLING = built(telling())
