"""From a filled-in dialog to what a case begins with, by what its definition says of its questions."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import NAMESPACE_OID, uuid5

import msgspec
from msgspec.structs import replace

from dialogs.display import choice_label, step_text
from dialogs.kinds.address import Address
from dialogs.kinds.files import Files
from dialogs.kinds.person import Person
from dialogs.kinds.phone import Phone
from dialogs.kinds.place import Place
from dialogs.kinds.short_text import Text
from dialogs.prefill import suggest_problems
from dialogs.schema.model import Dialog, Step
from dialogs.submission import Given, Submission, encode
from dialogs.titles import suggest_title
from inbox.actions.asking.words import answers_of
from inbox.actions.context import Sending
from inbox.cases.case_types import type_of
from inbox.cases.errors import NotReady
from inbox.cases.events import Answered, PrivateDetail
from inbox.cases.model import CaseId, Relation
from inbox.directory.model import Unit
from inbox.directory.tree import Directory
from inbox.storage.files import StoredFile

PRIVATE = (Person, Phone, Address)
"""Answers that tell how to reach somebody, or who somebody else is. They are in no event."""


def sending_of(
    case: CaseId,
    sent: Submission,
    dialog: Dialog,
    version: str,
    language: str,
    directory: Directory,
    board: Unit | None,
    hung: Iterable[StoredFile],
    today: date,
) -> Sending:
    """What the case begins with. `board` receives what is meant for the board. NotReady if nobody can receive it."""
    means = dialog.case
    place = sent.get(means.place)
    picked = directory.find(place.unit) if isinstance(place, Place) and place.unit else None
    unit = directory.successor(picked) if picked else None
    receiver = board if sent.recipient == "board" else unit
    if receiver is None:
        raise NotReady
    problems = suggest_problems(dialog, sent)
    files = {file.id: file for file in hung}
    names = {file.id: file.name for file in files.values()}
    if picked and unit:
        names[picked.id] = unit.name
    answers, details = _apart(case, sent, answers_of(sent, dialog, language, names))
    return Sending(
        type=type_of(_meant(sent, means.type, means.types, dialog.case_type)).id,
        dialog=version,
        language=language,
        relation=Relation(_meant(sent, means.relation, means.relations, Relation.SELF)),
        title=_text(sent, means.title)
        or suggest_title(dialog, sent.picked, language, sent.get(means.when), unit.name if unit else "", today),
        themes=problems.subs or problems.mains,
        place=unit.id if unit else None,
        place_text=place.text if isinstance(place, Place) else "",
        receiver=receiver.id,
        story=_text(sent, means.story),
        answers=answers,
        submission=encode(replace(sent, answers=tuple(each for each in sent.answers if not _private(each)))).decode(),
        files=tuple(files[id].ref for id in _file_ids(sent, means.files) if id in files),
        agreed=_agreed(sent, dialog, language),
        details=details,
    )


def detail_id(case: CaseId, step: str) -> str:
    """The row of a private answer: the same for the same question of a case."""
    return str(uuid5(NAMESPACE_OID, f"{case} {step}"))


def _private(given: Given) -> bool:
    return isinstance(given.value, PRIVATE)


def _apart(
    case: CaseId, sent: Submission, answers: Iterable[Answered]
) -> tuple[tuple[Answered, ...], tuple[PrivateDetail, ...]]:
    """The answers, with those that are private only named; and these."""
    private = {given.step: (at, given) for at, given in enumerate(sent.answers) if _private(given)}
    found, details = [], []
    for answered in answers:
        if answered.step not in private:
            found.append(answered)
            continue
        at, given = private[answered.step]
        id, value = detail_id(case, given.step), msgspec.json.encode(given.value).decode()
        found.append(Answered(step=answered.step, question=answered.question, lines=(), detail=id))
        details.append(PrivateDetail(id, given.step, given.field, value, at, answered.lines))
    return tuple(found), tuple(details)


def _agreed(sent: Submission, dialog: Dialog, language: str) -> str:
    """The question whether the board may show it to the care, with her yes, in the words she saw; empty without one."""
    step = dialog.node(dialog.case.agrees)
    if "yes" not in sent.picked(dialog.case.agrees) or not isinstance(step, Step):
        return ""
    text = step_text(dialog, step, language, sent.known())
    return "\n".join(
        line for line in (text.question, text.hint, text.why, choice_label(dialog, step, "yes", language)) if line
    )


def _meant(sent: Submission, field: str, meanings: Mapping[str, str], usual: str) -> str:
    """What was picked means to the case; the usual where it was not asked."""
    return next((meanings[choice] for choice in sent.picked(field)), usual)


def _text(sent: Submission, field: str) -> str:
    value = sent.get(field)
    return value.text if isinstance(value, Text) else ""


def _file_ids(sent: Submission, field: str) -> tuple[str, ...]:
    value = sent.get(field)
    return value.ids if isinstance(value, Files) else ()
