"""How well stories are heard: how much of what is proposed is right, and how much of what is said is proposed.

The rules were made beside the second author's stories. Those of the first were set aside before the first rule was
written. The third wrote without seeing a rule; half of those stories were read afterwards, and the other half nobody
has read: it says best what to expect of other people.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from dialogs.danger.find import Danger as Found
from dialogs.danger.find import danger_in
from dialogs.kinds.place import Place
from dialogs.kinds.when import When
from dialogs.listen.hear import hear
from dialogs.listen.heard import Heard, Sure
from tests.dialogs.listen.sample_places import SAMPLE

HERE = Path(__file__).parent
AUTHORS = ("first", "second", "third_read", "third_unread")
OWN = "second"
"""The one beside whose stories the rules were made."""
SHOWN_THEMES = 3
Tale = Mapping[str, Any]
"""A story with its labels."""
Right = Callable[[Tale, Any], bool]

LABELS = {
    "leave": "leave",
    "belongs": "elsewhere",
    "about": "about",
    "relation": "relation",
    "sex": "patient_sex",
    "basis": "basis",
    "patient_knows": "patient_knows",
    "place": "place",
    "when": "when",
    "themes": "themes",
    "wants": "wishes",
    "recipient": "recipient",
    "answer_way": "answer_way",
}
"""What a hearer hears, by the name that the stories have for it."""


class Figures(Struct, frozen=True, kw_only=True):
    """One field in the stories of one author."""

    field: str
    author: str
    said: int
    proposed: int
    right: int
    sure: int
    sure_right: int
    found: int

    @property
    def precision(self) -> float:
        """The part of what is proposed that is right."""
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """The part of what is said that is proposed."""
        return self.found / self.said if self.said else 1.0


class Danger(Struct, frozen=True, kw_only=True):
    """Danger in the stories of one author."""

    author: str
    urgent: int
    met: int
    direct: int
    direct_met: int
    """Of those that say it in so many words, as far as their author noted which do."""
    calm: int
    raised: int


@cache
def tales() -> tuple[Tale, ...]:
    """All stories."""
    return tuple(json.loads(line) for line in (HERE / "stories.jsonl").read_text(encoding="utf-8").splitlines())


@cache
def heard_of(author: str) -> tuple[tuple[Tale, dict[str, tuple[Heard, ...]]], ...]:
    """An author's stories, with what is heard in each."""
    own = [tale for tale in tales() if tale["author"] == author]
    return tuple((tale, hear(tale["text"], tale["lang"], date.fromisoformat(tale["today"]), SAMPLE)) for tale in own)


def figures(field: str, author: str) -> Figures:
    """How well a field is heard."""
    rows = [(tale, found.get(field, ())) for tale, found in heard_of(author) if LABELS[field] in tale]
    proposals = [(tale, each) for tale, found in rows for each in found]
    right = [each for tale, each in proposals if is_right(field, tale, each.value)]
    return Figures(
        field=field,
        author=author,
        said=sum(len(said(field, tale)) for tale, _ in rows),
        proposed=len(proposals),
        right=len(right),
        sure=sum(each.how is Sure.SURE for _, each in proposals),
        sure_right=sum(each.how is Sure.SURE for each in right),
        found=sum(
            any(_means(field, tale, value, each.value) for each in found)
            for tale, found in rows
            for value in said(field, tale)
        ),
    )


def one_theme_right(author: str) -> float:
    """The part of the stories in which one of the three themes that are offered first is right."""
    rows = [(tale, found.get("themes", ())) for tale, found in heard_of(author) if tale["themes"]]
    return sum(any(each.value in tale["themes"] for each in found[:SHOWN_THEMES]) for tale, found in rows) / len(rows)


def danger(author: str) -> Danger:
    """How much danger is met, and how often calm stories are taken for it."""
    own = [(tale, danger_in(tale["text"])) for tale in tales() if tale["author"] == author]
    urgent = [(tale, _is_met(found)) for tale, found in own if tale["urgent"]]
    direct = [met for tale, met in urgent if "Fara: direkt" in tale["notes"]]
    calm = [found for tale, found in own if not tale["urgent"] and not tale.get("urgent_soft")]
    return Danger(
        author=author,
        urgent=len(urgent),
        met=sum(met for _, met in urgent),
        direct=len(direct),
        direct_met=sum(direct),
        calm=len(calm),
        raised=sum(map(_is_met, calm)),
    )


def sure_of_others(field: str) -> tuple[int, int]:
    """How many proposals are called sure in stories beside which no rule was made, and how many are right."""
    others = [figures(field, author) for author in AUTHORS if author != OWN]
    return sum(each.sure for each in others), sum(each.sure_right for each in others)


def _is_met(found: Found | None) -> bool:
    return found is not None and found.level == "now"


def said(field: str, tale: Tale) -> Sequence[Any]:
    """What a story says of a field."""
    value = tale[LABELS[field]]
    if field == "place":
        value = value or tale["place_text"]
    if field == "belongs" and value in {"none", "urgent"}:
        # Danger is met by rules of its own.
        return ()
    return value if isinstance(value, list) else [] if value is None else [value]


def is_right(field: str, tale: Tale, value: Any) -> bool:
    """Whether a proposal is what the story says, or may be."""
    also = tale.get(f"{LABELS[field]}_ok") or []
    return any(_means(field, tale, each, value) for each in [*said(field, tale), *also])


def _means(field: str, tale: Tale, label: Any, value: Any) -> bool:
    if isinstance(value, When):
        return _same_time(label, value)
    if isinstance(value, Place):
        return value.unit == label if value.unit else tale["place"] is None
    return bool(label == value)


def _same_time(label: Mapping[str, str], value: When) -> bool:
    """Within a day; or within a long period that the story leaves open."""
    if value.first is None or value.last is None:
        return False
    first, last, day = date.fromisoformat(label["from"]), date.fromisoformat(label["to"]), timedelta(days=1)
    near = abs(value.first - first) <= day and abs(value.last - last) <= day
    return near or (last - first > 7 * day and first - day <= value.first and value.last <= last + day)


def rows() -> Iterator[dict[str, object]]:
    """Everything, a line each."""
    for author in AUTHORS:
        for field in LABELS:
            each = figures(field, author)
            yield {
                "field": field,
                "author": author,
                "precision": round(each.precision, 2),
                "recall": round(each.recall, 2),
                "proposed": each.proposed,
                "said": each.said,
                "sure": f"{each.sure_right}/{each.sure}",
            }
        yield {"field": "themes", "author": author, "one_of_three_right": round(one_theme_right(author), 2)}
        found = danger(author)
        yield {
            "field": "danger",
            "author": author,
            "met": f"{found.met}/{found.urgent}",
            "direct": f"{found.direct_met}/{found.direct}",
            "raised": f"{found.raised}/{found.calm}",
        }
