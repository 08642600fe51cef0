"""A small sound dialog, as the plain data that a definition file holds; tests break it in one place each."""

from typing import Any

import msgspec

from dialogs.schema.model import Dialog

Plain = dict[str, Any]
"""A definition before it has types: as it would be read from a file, so that tests can break it."""


def plain() -> Plain:
    """Tea or coffee? Milk in the tea; a way out for those who want neither."""
    return {
        "id": "drink",
        "version": 1,
        "case_type": "drink",
        "languages": ["sv", "en"],
        "first": "drink",
        "statistics": [{"field": "drink"}],
        "steps": [
            {
                "id": "drink",
                "kind": "one",
                "choices": [{"id": "tea"}, {"id": "coffee"}, {"id": "neither"}],
                "next": [{"to": "water", "when": is_("drink", "neither")}, {"to": "milk"}],
            },
            {
                "id": "milk",
                "kind": "one",
                "when": is_("drink", "tea"),
                "choices": [{"id": "yes"}, {"id": "no"}],
                "next": [{"to": "review"}],
            },
        ],
        "endings": [{"id": "water", "change": "drink"}],
        "words": {language: _words() for language in ("sv", "en")},
    }


def is_(step: str, choice: str) -> Plain:
    """The condition that this was picked."""
    return {"op": "is", "step": step, "choice": choice}


def built(definition: Plain) -> Dialog:
    """The dialog that the data describes."""
    return msgspec.convert(definition, Dialog)


def text(*choices: str) -> Plain:
    """The words of a step with these choices."""
    words = dict.fromkeys(("question", "label", "why", "example"), "Ord")
    return {**words, "choices": {choice: {"label": "Ord"} for choice in choices}}


def _words() -> Plain:
    return {
        "name": "Dryck",
        "hello": "Hej!",
        "emergency": {"title": "Är det bråttom?", "body": ["Ring 112."]},
        "steps": {"drink": text("tea", "coffee", "neither"), "milk": text("yes", "no")},
        "endings": {"water": {"title": "Vatten", "body": ["Det finns i kranen."]}},
    }
