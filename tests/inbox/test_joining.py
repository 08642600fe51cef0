"""Who may be let into a case, whoever asks: one unit of the directory at most, and in most cases that is a board."""

from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
from msgspec.structs import replace

from dialogs.errors import Refused
from inbox.actions.joining import joinable
from inbox.cases import commands as c
from inbox.cases.errors import AlreadyThere, WrongReceiver
from inbox.cases.model import Case, PartyKind
from inbox.directory.model import Connection
from tests.people import ANNA, ASPELUNDA, BOARD, EKBACKEN, EXTERNAL, KARIN, NOT_CONNECTED, OLLE, TORGET, identity
from tests.regions import OTHER_BOARD, OTHER_CARE, SHUT_CARE, WIDE
from tests.world import DIRECTORY, World

pytestmark = pytest.mark.rule

PLACES = (EKBACKEN, TORGET, ASPELUNDA, NOT_CONNECTED, EXTERNAL, OTHER_CARE, SHUT_CARE, None)
MEANT: dict[tuple[str | None, PartyKind], str | None] = {
    **{(place, kind): BOARD for place in PLACES for kind in (PartyKind.REPORTER, PartyKind.PROVIDER)},
    **{(place, PartyKind.BOARD): place for place in (EKBACKEN, TORGET, ASPELUNDA, OTHER_CARE)},
    (OTHER_CARE, PartyKind.REPORTER): OTHER_BOARD,
    (OTHER_CARE, PartyKind.PROVIDER): OTHER_BOARD,
    (SHUT_CARE, PartyKind.REPORTER): None,
    (SHUT_CARE, PartyKind.PROVIDER): None,
}
"""Of each place and whoever asks: the only one who may join. Where nothing is said, nobody."""
ASKERS = (PartyKind.REPORTER, PartyKind.PROVIDER, PartyKind.BOARD)


def let_in(case: Case, asker: PartyKind) -> set[str]:
    """The units of the directory that may join."""
    passed = set()
    for id in WIDE.units:
        with suppress(WrongReceiver, AlreadyThere):
            passed.add(joinable(case, id, asker, WIDE).id)
    return passed


async def test_of_every_unit_board_and_region_only_the_one_that_is_meant_may_join(world: World) -> None:
    tried: Counter[str] = Counter()
    cares, boards = (
        await world.case(await world.complains(ANNA)),
        await world.case(await world.complains_to_board(ANNA)),
    )
    for place in PLACES:
        for asker in ASKERS:
            case = replace(boards if asker is PartyKind.BOARD else cares, place=place)
            meant = MEANT.get((place, asker))
            assert let_in(case, asker) == ({meant} - {None})
            tried["allowed"] += meant is not None
            tried["refused"] += len(WIDE.units) - (meant is not None)
    assert tried == {"allowed": 18, "refused": 24 * len(WIDE.units) - 18}
    assert len(WIDE.units) == 95


@pytest.mark.on_both_engines
async def test_by_command_nobody_else_is_let_in_whoever_asks(world: World) -> None:
    world.has_units(WIDE)
    cares, boards = await world.complains(ANNA), await world.complains_to_board(ANNA)
    await world.does(KARIN, c.TakeCase, cares)
    await world.does(OLLE, c.TakeCase, boards)
    refused: Counter[str] = Counter()
    for unit in WIDE.units:
        for who, case, meant in ((KARIN, cares, BOARD), (OLLE, boards, EKBACKEN), (ANNA, cares, BOARD)):
            if unit == meant:
                continue
            more: dict[str, Any] = {"text": "Ja"} if who is ANNA else {"reason": "Hjälp."}
            kind = c.GiveConsent if who is ANNA else c.ProposeSharing
            with pytest.raises((WrongReceiver, AlreadyThere)):
                await world.act.carry_out(
                    kind(case=case, client_id=world.new_id(), unit=unit, parts=c.Parts(), **more), identity(who)
                )
            refused[who.id] += 1
    assert refused == {"karin": 94, "olle": 94, "anna": 94}
    assert [party.kind for party in (await world.case(cares)).parties] == [PartyKind.REPORTER, PartyKind.PROVIDER]


async def test_what_was_made_up_is_not_let_into_what_is_real(world: World) -> None:
    case = await world.case(await world.complains(ANNA))
    real = replace(WIDE, units={**WIDE.units, EKBACKEN: replace(WIDE.units[EKBACKEN], feigned=False)})
    with pytest.raises(WrongReceiver):
        joinable(case, BOARD, PartyKind.PROVIDER, real)


async def test_a_unit_that_has_ended_meanwhile_does_not_join(world: World) -> None:
    case = await world.complains_to_board(ANNA)
    await world.does(OLLE, c.TakeCase, case)
    asked = await world.does(OLLE, c.ProposeSharing, case, unit=EKBACKEN, parts=c.Parts(), reason="De kan svara.")
    gone = replace(DIRECTORY.units[EKBACKEN], connection=Connection.NOT_CONNECTED)
    world.has_units(replace(DIRECTORY, units={**DIRECTORY.units, EKBACKEN: gone}))
    request = asked.recorded[0].envelope.id
    with pytest.raises(WrongReceiver):
        await world.does(ANNA, c.GiveConsent, case, unit=EKBACKEN, parts=c.Parts(), text="Ja", request=request)


async def test_a_case_has_one_board_and_one_care_provider(world: World) -> None:
    case = await world.complains(ANNA)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(ANNA, c.GiveConsent, case, unit=BOARD, parts=c.Parts(), text="Ja")
    moved: Case = replace(await world.case(case), place=OTHER_CARE)
    with pytest.raises(AlreadyThere):
        joinable(moved, OTHER_BOARD, PartyKind.REPORTER, WIDE)
    with pytest.raises(AlreadyThere):
        joinable(moved, OTHER_CARE, PartyKind.BOARD, WIDE)


async def test_a_draft_that_was_sent_is_not_sent_again_by_those_who_got_it(world: World) -> None:
    case = await world.complains(ANNA)
    for who in (KARIN, OLLE):
        with pytest.raises(Refused) as refused:
            await world.does(who, c.SubmitCase, case, revision=1)
        assert refused.value.code == ("not_yours" if who is KARIN else "no_such_draft")
    assert (await world.does(ANNA, c.SubmitCase, case, revision=1)).repeated
