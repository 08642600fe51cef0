"""Questions that are asked within a case: how it went, and what is wrong where it went badly."""

from typing import Any

import msgspec

from dialogs.schema.model import Dialog

ASKED = "Hur mår du nu?"
WORSE = "Vad har blivit sämre?"


def plain() -> dict[str, Any]:
    """As it would be read from a file. It has no type of case: it begins none."""
    steps = [
        {
            "id": "feels",
            "kind": "one",
            "choices": [{"id": "better"}, {"id": "worse"}],
            "next": [{"to": "what"}],
        },
        {
            "id": "what",
            "kind": "long_text",
            "when": {"op": "is", "step": "feels", "choice": "worse"},
            "next": [{"to": "where"}],
        },
        {"id": "where", "kind": "place", "optional": True, "next": [{"to": "review"}]},
    ]
    return {
        "id": "followup",
        "version": 1,
        "languages": ["sv", "en"],
        "first": "feels",
        "steps": steps,
        "words": {language: _words() for language in ("sv", "en")},
    }


def followup() -> Dialog:
    """The dialog."""
    return msgspec.convert(plain(), Dialog)


def filled(**answers: dict[str, str]) -> list[dict[str, str]]:
    """What is filled in, as a command has it."""
    return [
        {"step": step, "field": field, "text": text}
        for step, fields in answers.items()
        for field, text in fields.items()
    ]


def _words() -> dict[str, Any]:
    asked = {"feels": ASKED, "what": WORSE, "where": "Var fick du vård sedan?"}
    choices = {"feels": {"better": {"label": "Bättre"}, "worse": {"label": "Sämre"}}}
    return {
        "name": "Uppföljning",
        "hello": "Hej!",
        "emergency": {"title": "Är det bråttom?", "body": ["Ring 112."]},
        "steps": {
            step: {
                "question": question,
                "label": question,
                "why": "Så vet vi.",
                "example": "Så här.",
                "choices": choices.get(step, {}),
            }
            for step, question in asked.items()
        },
    }
