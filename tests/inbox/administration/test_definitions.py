"""A version of a dialog is tried as a draft, published once, and never changed after that."""

import pytest

from inbox.administration.definitions.commands import (
    AnyDialogCommand,
    PublishDefinition,
    RetireDefinition,
    StoreDefinition,
)
from inbox.administration.definitions.decide import apply, decide, written
from inbox.administration.definitions.errors import BrokenDefinition, LastVersion, NoSuchVersion, NumberTaken
from inbox.administration.definitions.model import Definitions, Status
from tests.dialogs import small
from tests.dialogs.small import Plain, built


def plain() -> Plain:
    """The small sound dialog, which makes a case of a type that there is."""
    return small.plain() | {"case_type": "praise"}


SOUND = written(built(plain()))


def version(number: int, **changed: object) -> str:
    """A sound definition with that number."""
    return written(built({**plain(), "version": number, **changed}))


def stored(number: int = 1, content: str = "") -> StoreDefinition:
    return StoreDefinition(dialog="drink", number=number, client_id="a-client-id", content=content or version(number))


def published(number: int = 1, content: str = "") -> PublishDefinition:
    return PublishDefinition(dialog="drink", number=number, client_id="a-client-id", content=content)


def retired(number: int = 1) -> RetireDefinition:
    return RetireDefinition(dialog="drink", number=number, client_id="a-client-id")


def after(*commands: AnyDialogCommand) -> Definitions:
    """The versions after these commands."""
    known = Definitions("drink")
    for command in commands:
        event = decide(known, command)
        known = apply(known, event) if event else known
    return known


def test_a_draft_is_stored_anew_until_it_is_published_and_then_never_again() -> None:
    other = version(1, statistics=[])
    assert decide(after(stored()), stored()) is None
    drafts = after(stored(), stored(content=other))
    assert [(each.status, each.content) for each in drafts.held] == [(Status.DRAFT, other)]
    in_use = after(stored(), published())
    assert in_use.published() == (1,)
    assert decide(in_use, stored()) is decide(in_use, published()) is None
    for command in (stored(content=other), published(content=other)):
        with pytest.raises(NumberTaken):
            decide(in_use, command)


def test_what_is_delivered_is_stored_and_published_at_once() -> None:
    assert after(published(content=SOUND)) == Definitions("drink", 1, after(stored(), published()).held)


def _nothing_to_pick(it: Plain) -> None:
    it["steps"][1]["choices"] = []


def _of_no_kind(it: Plain) -> None:
    it["steps"][1]["kind"] = "riddle"


def _back_to_the_start(it: Plain) -> None:
    it["steps"][1]["next"] = [{"to": "drink"}]


def _of_no_type(it: Plain) -> None:
    it["case_type"] = "drink"


@pytest.mark.parametrize(
    ("breaks", "code"),
    [
        (_of_no_type, "unknown_case_type"),
        (_nothing_to_pick, "dead_end"),
        (_of_no_kind, "unknown_kind"),
        (_back_to_the_start, "loop"),
    ],
)
def test_a_broken_one_can_be_kept_as_a_draft_and_is_not_published(breaks: object, code: str) -> None:
    it = plain()
    breaks(it)  # type: ignore[operator]
    drafts = after(stored(content=written(built(it))))
    with pytest.raises(BrokenDefinition) as refused:
        decide(drafts, published())
    assert code in {problem.code for problem in refused.value.problems}


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"id": "drink"}', version(2), written(built(plain() | {"id": "tea"}))]
)
def test_what_is_no_definition_or_one_of_another_name_is_not_kept(content: str) -> None:
    with pytest.raises(BrokenDefinition):
        decide(
            Definitions("drink"), StoreDefinition(dialog="drink", number=1, client_id="a-client-id", content=content)
        )


def test_a_version_ends_when_there_is_another_to_begin_with_and_never_comes_back() -> None:
    one = after(stored(), published())
    with pytest.raises(LastVersion):
        decide(one, retired())
    two = after(stored(), published(), stored(2), published(2), retired())
    assert two.published() == (2,)
    assert two.at(1) is not None
    assert decide(two, retired()) is decide(two, published()) is None
    assert two.published() == (2,)


@pytest.mark.parametrize("command", [published(3), retired(3)])
def test_there_must_be_such_a_version(command: AnyDialogCommand) -> None:
    with pytest.raises(NoSuchVersion):
        decide(after(stored(), published()), command)


def test_a_draft_cannot_be_retired() -> None:
    with pytest.raises(NoSuchVersion):
        decide(after(stored()), retired())
