"""Cases in which everything happened that moves a registration."""

from typing import Any

from inbox.cases import commands as c
from tests.people import ANNA, BOARD, EKBACKEN, KARIN, OLLE, SARA, TORGET
from tests.world import World

READY: dict[str, Any] = {
    "explanation": "Telefonen var felkopplad.",
    "measures": (c.Measure(text="Vi har kopplat om."),),
    "problems": ("6.2",),
    "area": "primarvard",
}


async def everything(world: World) -> str:
    """A case in which every kind of step that moves something was taken; the board waits in vain in the end."""
    case, all_of_it = await world.complains(ANNA), c.Parts(answers=True, since="all")
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.AskReporter, case, text="Vilken dag?")
    await world.does(ANNA, c.PostMessage, case, text="I torsdags.")
    await world.does(KARIN, c.AskReporter, case, text="Vilken tid?")
    await world.does(KARIN, c.StopWaiting, case)
    await world.does(KARIN, c.ReleaseCase, case)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(KARIN, c.ForwardCase, case, unit=TORGET, reason="Det var där.")
    await world.does(SARA, c.TakeCase, case)
    await world.does(SARA, c.ForwardCase, case, unit=EKBACKEN, reason="Det var här.")
    await world.does(KARIN, c.TakeCase, case)
    await world.does(ANNA, c.GiveConsent, case, unit=BOARD, parts=all_of_it, text="Ja.")
    await world.does(OLLE, c.TakeCase, case)
    await world.does(OLLE, c.AskStatement, case, text="Vad hände?")
    await world.does(KARIN, c.GiveStatement, case, text="Det här.")
    await world.does(OLLE, c.AskStatement, case, text="Och sedan?")
    await world.does(OLLE, c.StopWaiting, case)
    await world.does(KARIN, c.AnswerCase, case, **READY)
    await world.does(ANNA, c.AskOn, case, text="Varför?")
    await world.does(KARIN, c.AnswerCase, case, **READY)
    await world.does(OLLE, c.AskStatement, case, text="Och nu?")
    await world.does(ANNA, c.WithdrawConsent, case, party="a2")
    return case


async def left(world: World) -> str:
    """A case that the board began and had the care join, and in which it waits when the care is out."""
    case, all_of_it = await world.complains_to_board(ANNA), c.Parts(answers=True, since="all")
    await world.does(OLLE, c.TakeCase, case)
    asked = await world.does(OLLE, c.ProposeSharing, case, unit=EKBACKEN, parts=all_of_it, reason="De bör svara.")
    request = asked.recorded[0].envelope.id
    await world.does(ANNA, c.GiveConsent, case, unit=EKBACKEN, parts=all_of_it, text="Ja.", request=request)
    await world.does(KARIN, c.TakeCase, case)
    await world.does(OLLE, c.AskStatement, case, text="Vad hände?")
    await world.does(KARIN, c.LeaveCase, case, reason="Vi var inte där.")
    await world.does(ANNA, c.WithdrawCase, case)
    return case
