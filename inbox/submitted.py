"""From a filled-in dialog to what a case begins with: the dialog's field names meet the case's nouns here."""

from collections.abc import Iterable, Mapping

from dialogs.display import choice_label, display, step_text
from dialogs.model import Dialog, Kind, Step
from dialogs.submission import Submission, encode
from dialogs.values import Files, Place, Text
from inbox.actions.facts import Sending
from inbox.directory.model import Unit
from inbox.directory.tree import Directory
from inbox.errors import NotReady
from inbox.events import Answered
from inbox.model import CaseType, Relation
from inbox.storage.files import StoredFile

RELATIONS = {
    "self": Relation.SELF,
    "general": Relation.SELF,
    "own_child": Relation.GUARDIAN,
    "relative": Relation.RELATIVE,
    "proxy": Relation.PROXY,
    "deceased": Relation.BEREAVED,
}


def sending_of(
    sent: Submission,
    dialog: Dialog,
    version: str,
    language: str,
    directory: Directory,
    board: Unit | None,
    hung: Iterable[StoredFile],
) -> Sending:
    """What the case begins with. `board` receives what is meant for the board. NotReady if nobody can receive it."""
    place = sent.get("place")
    unit = directory.find(place.unit) if isinstance(place, Place) and place.unit else None
    receiver = board if sent.recipient == "board" else unit
    if receiver is None:
        raise NotReady
    files = {file.id: file for file in hung}
    names = {file.id: file.name for file in files.values()}
    if unit:
        names[unit.id] = unit.name
    return Sending(
        type=CaseType.PRAISE if "praise" in sent.picked("leave") else CaseType.COMPLAINT,
        dialog=version,
        language=language,
        relation=RELATIONS[next(iter(sent.picked("about")), "self")],
        title=_text(sent, "title") or suggested_title(sent, dialog, language, unit),
        themes=themes_of(sent, dialog),
        place=unit.id if unit else None,
        place_text=place.text if isinstance(place, Place) else "",
        receiver=receiver.id,
        story=_text(sent, "text"),
        answers=answers_of(sent, dialog, language, names),
        submission=encode(sent).decode(),
        files=tuple(files[id].ref for id in _file_ids(sent) if id in files),
    )


def themes_of(sent: Submission, dialog: Dialog) -> tuple[str, ...]:
    """Codes of the boards' classification that follow from what was picked, the main theme's first."""
    picked = [*sent.picked("main_theme"), *sent.picked("themes"), *sent.picked("leave")]
    codes = {choice.id: choice.categories for step in dialog.steps for choice in step.choices if choice.categories}
    return tuple(dict.fromkeys(code for choice in picked for code in codes.get(choice, ())))


def answers_of(sent: Submission, dialog: Dialog, language: str, names: Mapping[str, str]) -> tuple[Answered, ...]:
    """Every answer with its question, in the words the reporter saw."""
    found = []
    for given in sent.answers:
        step = dialog.node(given.step)
        if isinstance(step, Step) and step.kind is not Kind.NOTE:
            lines = tuple(display(dialog, step, given.value, language, names))
            found.append(Answered(step=step.id, question=step_text(dialog, step, language).question, lines=lines))
    return tuple(found)


def suggested_title(sent: Submission, dialog: Dialog, language: str, unit: Unit | None) -> str:
    """A title when the reporter gave none: what it is about and where, never a name of a person."""
    for field in ("main_theme", "themes", "leave"):
        picked, step = sent.picked(field), dialog.node("themes" if field == "main_theme" else field)
        if picked and isinstance(step, Step):
            label = choice_label(dialog, step, picked[0], language)
            return f"{label}, {unit.name}" if unit else label
    return unit.name if unit else dialog.words[language].name


def _text(sent: Submission, field: str) -> str:
    value = sent.get(field)
    return value.text if isinstance(value, Text) else ""


def _file_ids(sent: Submission) -> tuple[str, ...]:
    value = sent.get("files")
    return value.ids if isinstance(value, Files) else ()
