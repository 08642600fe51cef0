"""What the file of case types may say, and what is said of one that nobody knows."""

import pytest
from msgspec.structs import replace

from inbox.cases import commands as c
from inbox.cases.case_types import CASE_TYPES, ENDS, FILE, BrokenCaseTypes, read, type_of
from inbox.cases.errors import UnknownCaseType
from inbox.cases.permissions import allowed, check
from inbox.people.membership import actor_in
from server.reference.pages import ROOT
from tests.people import ANNA, KARIN, identity
from tests.world import World

TYPE = """
[[types]]
id = "question"
ends = ["answer_case"]
window = "reply_days"
answer = ["measures"]

[types.words.sv]
kind = "Fråga"
review = { care = "Mottagningen läser.", board = "Nämnden läser." }

[types.words.en]
kind = "Question"
review = { care = "The clinic reads it.", board = "The board reads it." }
"""
ENGLISH = TYPE[TYPE.index("[types.words.en]") :]


def with_another(text: str = TYPE) -> bytes:
    """The file with a type more."""
    return FILE.read_bytes() + text.encode()


def test_a_type_more_needs_nothing_but_the_file() -> None:
    assert set(read(with_another())) == {*CASE_TYPES, "question"}


@pytest.mark.parametrize(
    ("there", "instead", "named"),
    [
        ('id = "question"', 'id = "praise"', "duplicate_id praise"),
        ('id = "question"', 'id = "en fråga"', "bad_id en fråga"),
        ('ends = ["answer_case"]', 'ends = ["withdraw_case"]', "no_end question"),
        ('kind = "Fråga"', 'kind = ""', "no_kind question sv"),
        (ENGLISH, "", "no_words question en"),
        ('review = { care = "The clinic reads it.", board = "The board reads it." }', "", "no_review question en"),
        ('ends = ["answer_case"]', 'ends = ["refer_case"]', "window_without_answer question"),
        ('ends = ["answer_case"]', 'ends = ["refer_case"]', "part_without_answer question measures"),
        ('ends = ["answer_case"]', 'ends = ["vanish"]', "bad_shape"),
        ('ends = ["answer_case"]', 'ends = ["answer_case"]\ngoal = "someday"', "bad_shape"),
        ('ends = ["answer_case"]', 'ends = ["answer_case"]\ncolour = "red"', "bad_shape"),
    ],
)
def test_a_broken_file_is_refused_by_the_name_of_what_is_wrong(there: str, instead: str, named: str) -> None:
    assert there in TYPE
    with pytest.raises(BrokenCaseTypes, match=named):
        read(with_another(TYPE.replace(there, instead, 1)))


def test_a_type_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(UnknownCaseType) as refused:
        type_of("letter")
    assert refused.value.params == {"type": "letter"}


def test_every_way_to_end_is_a_command_and_every_icon_is_drawn() -> None:
    assert set(c.KINDS) >= ENDS
    sprite = (ROOT / "web/assets/vendor/icons-citizen.svg").read_text(encoding="utf-8")
    assert all(f'id="{each.icon}"' in sprite for each in CASE_TYPES.values() if each.icon)


@pytest.mark.rule
async def test_a_case_of_a_type_that_another_release_knows_is_refused_by_name(world: World) -> None:
    id = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, id)
    strange = replace(await world.case(id), type="letter")
    actor = actor_in(strange, (), identity(KARIN), world.now)
    assert actor is not None
    with pytest.raises(UnknownCaseType):
        allowed(strange, actor)
    with pytest.raises(UnknownCaseType):
        check(strange, c.AnswerCase(case=id, client_id="1", explanation="Hej."), actor)
