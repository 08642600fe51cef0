"""Questions before a visit: a second small dialog, whose steps no code has heard of."""

import msgspec

from dialogs.schema.model import Dialog

TOLD = {"clinic": {"unit": ""}, "arrives": {"choice": "bus"}, "asks": {"text": "Kan jag få träffa samma läkare?"}}
"""Answers by step; the unit is filled in."""


def visit() -> Dialog:
    """Where, how one comes, and what one wants to ask."""
    steps = [
        {"id": "clinic", "kind": "place", "next": [{"to": "arrives"}]},
        {"id": "arrives", "kind": "one", "choices": [{"id": "bus"}, {"id": "car"}], "next": [{"to": "asks"}]},
        {"id": "asks", "kind": "long_text", "next": [{"to": "review"}]},
    ]
    return msgspec.convert(
        {
            "id": "visit",
            "version": 1,
            "case_type": "praise",
            "languages": ["sv", "en"],
            "first": "clinic",
            "steps": steps,
            "case": {"place": "clinic", "story": "asks"},
            "words": {language: _words() for language in ("sv", "en")},
        },
        Dialog,
    )


def _words() -> dict[str, object]:
    asked = {"clinic": "Vilken mottagning?", "arrives": "Hur kommer du?", "asks": "Vad vill du fråga?"}
    choices = {"arrives": {"bus": {"label": "Med buss"}, "car": {"label": "Med bil"}}}
    return {
        "name": "Inför besöket",
        "hello": "Hej!",
        "emergency": {"title": "Är det bråttom?", "body": ["Ring 112."]},
        "steps": {
            step: {
                "question": question,
                "label": question,
                "why": "Så blir besöket bra.",
                "example": "Så här.",
                "choices": choices.get(step, {}),
            }
            for step, question in asked.items()
        },
    }
