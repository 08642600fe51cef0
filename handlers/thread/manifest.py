"""What an authority was given when it joined, as the beginning of its thread."""

from collections.abc import Iterable

from dialogs.sentences import N_
from handlers.thread.view_context import SIDES, ViewContext, reporter_name
from handlers.view.locale import SWEDEN
from handlers.view.models import FileKind, FileView, ManifestView, QuestionAnswered, SharedView
from inbox.cases import events as e
from inbox.cases.views import Entry


def manifest_view(entry: Entry, event: e.CaseShared, look: ViewContext) -> ManifestView:
    """Everything that was shared, with dates and who; of the rest only which kinds there are."""
    say, name = look.locale.t, reporter_name(look)
    return ManifestView(
        n=entry.n,
        at=entry.at.astimezone(SWEDEN),
        heading=say(N_("Det här har {name} delat med er"), name=name),
        story=event.story,
        answers=answers_view(event.answers, look),
        files=tuple(file_view(file, look.url) for file in event.files),
        messages=tuple(_copy(message, look) for message in event.messages),
        lacking=tuple(say(sentence, name=name) for sentence in _lacking(event)),
    )


def answers_view(answers: Iterable[e.Answered], look: ViewContext) -> tuple[QuestionAnswered, ...]:
    """Questions of the guided chat with their answers."""
    gone = (look.locale.t(N_("Uppgiften är borttagen.")),)
    return tuple(QuestionAnswered(each.question, gone if each.removed else each.lines) for each in answers)


def file_view(file: e.FileRef, url: str) -> FileView:
    """An attachment, with the address where it can be fetched."""
    kind: FileKind = "image" if file.kind.startswith("image/") else "pdf"
    preview = (file.width, file.height) if file.width else None
    return FileView(file.id, f"{url}/fil/{file.id}", file.name, kind, file.size, preview, file.locked)


def _copy(message: e.SharedMessage, look: ViewContext) -> SharedView:
    side = SIDES.get(message.kind, "care")
    author = reporter_name(look) if message.kind == "reporter" else look.locale.unit(message.unit, message.at)
    files = tuple(file_view(file, look.url) for file in message.files)
    return SharedView(message.at.astimezone(SWEDEN), author, side, message.text, files)


def _lacking(event: e.CaseShared) -> list[str]:
    """Never how much: a count would tell what she kept to herself."""
    kinds = {
        N_("{name} delade inte sin berättelse och sina svar."): event.knows_answers,
        N_("{name} delade inga filer."): bool(event.files),
        N_("{name} delade inga tidigare meddelanden."): bool(event.messages),
    }
    return [
        *(sentence for sentence, shared in kinds.items() if not shared),
        N_("Det kan finnas mer som {name} inte har delat."),
        N_("Interna anteckningar delas aldrig."),
    ]
