"""What a command about the versions of a dialog leads to."""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from dialogs.checks.problems import Problem, problems
from dialogs.kinds import KINDS
from dialogs.schema.model import Dialog
from inbox.administration.definitions.commands import (
    AnyDialogCommand,
    PublishDefinition,
    RetireDefinition,
    StoreDefinition,
)
from inbox.administration.definitions.errors import BrokenDefinition, LastVersion, NoSuchVersion, NumberTaken
from inbox.administration.definitions.events import (
    AnyDialogEvent,
    DefinitionPublished,
    DefinitionRetired,
    DefinitionStored,
)
from inbox.administration.definitions.model import Definition, Definitions, Status
from inbox.cases.case_types import CASE_TYPES
from inbox.cases.model import Relation


def decide(known: Definitions, command: AnyDialogCommand) -> AnyDialogEvent | None:
    """What happens; None where it is so already. Raises the refusal of the rule that hinders it."""
    held = known.at(command.number)
    match command:
        case StoreDefinition(content=content):
            return _stored(known, held, command.number, content)
        case PublishDefinition(content=content):
            return _published(known, held, command.number, content)
        case RetireDefinition():
            return _retired(known, held)


def apply(known: Definitions, event: AnyDialogEvent) -> Definitions:
    """The versions after the event; it sets, and never refuses."""
    others = tuple(each for each in known.held if each.number != event.number)
    held = sorted((*others, _after(known.at(event.number), event)), key=lambda each: each.number)
    return replace(known, version=known.version + 1, held=tuple(held))


def _after(held: Definition | None, event: AnyDialogEvent) -> Definition:
    match event:
        case DefinitionStored(number=number, content=content):
            return Definition(number, Status.DRAFT, content)
        case DefinitionPublished(number=number, content=content):
            return Definition(number, Status.PUBLISHED, content)
        case DefinitionRetired(number=number):
            return Definition(number, Status.RETIRED, held.content if held else "")


def written(dialog: Dialog) -> str:
    """A definition as it is stored."""
    return msgspec.json.encode(dialog).decode()


def read(content: str) -> Dialog:
    """A definition as it was stored. Raises BrokenDefinition."""
    try:
        return msgspec.json.decode(content, type=Dialog)
    except msgspec.DecodeError as error:
        raise BrokenDefinition((Problem("bad_shape", "definition", str(error)),)) from None


def _stored(known: Definitions, held: Definition | None, number: int, content: str) -> AnyDialogEvent | None:
    _named(read(content), known.name, number)
    if held is None or held.status is Status.DRAFT:
        return None if held and _same(held.content, content) else DefinitionStored(number=number, content=content)
    if _same(held.content, content):
        return None
    raise NumberTaken


def _published(known: Definitions, held: Definition | None, number: int, content: str) -> AnyDialogEvent | None:
    content = content or (held.content if held else "")
    if not content:
        raise NoSuchVersion
    if held is not None and held.status is not Status.DRAFT:
        # One that is over is not begun anew: what stands in it may have been taken back for a reason.
        if _same(held.content, content):
            return None
        raise NumberTaken
    dialog = read(content)
    _named(dialog, known.name, number)
    if found := (*problems(dialog), *_strange(dialog)):
        raise BrokenDefinition(found)
    return DefinitionPublished(number=number, content=content)


def _strange(dialog: Dialog) -> Iterator[Problem]:
    """What it says of the case that it makes, and no case can be."""
    if not dialog.case_type and not dialog.case.types:
        kinds = ((step, KINDS.get(step.kind)) for step in dialog.steps)
        yield from (
            Problem("not_within_a_case", step.id, step.kind) for step, kind in kinds if kind and not kind.in_case
        )
        return
    types = {dialog.case_type, *dialog.case.types.values()}
    yield from (Problem("unknown_case_type", "case", each) for each in sorted(types - set(CASE_TYPES)))
    relations = set(dialog.case.relations.values())
    yield from (Problem("unknown_relation", "case", each) for each in sorted(relations - set(Relation)))


def _retired(known: Definitions, held: Definition | None) -> AnyDialogEvent | None:
    if held is None or held.status is Status.DRAFT:
        raise NoSuchVersion
    if held.status is Status.RETIRED:
        return None
    if known.published() == (held.number,):
        raise LastVersion
    return DefinitionRetired(number=held.number)


def _named(dialog: Dialog, name: str, number: int) -> None:
    if (dialog.id, dialog.version) != (name, number):
        raise BrokenDefinition((Problem("wrong_name", "definition", f"{dialog.id}/{dialog.version}"),))


def _same(one: str, other: str) -> bool:
    """Whether they ask the same: a program that has learnt something new writes what is usual along with it."""
    return one == other or read(one) == read(other)
