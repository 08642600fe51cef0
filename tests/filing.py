"""Cases filed without going through the pages, for tests of what comes after."""

from dialogs.engine import advance
from dialogs.model import Step
from inbox.commands import SubmitCase
from inbox.drafts import Owner
from inbox.storage.people import Person
from tests.house import House
from tests.people import identity
from tests.world import USUAL, Answers


async def filed(house: House, who: Person, answers: Answers | None = None) -> str:
    """The id of a case that somebody has filed, by default a complaint about Ekbackens vårdcentral."""
    services = house.parts.services
    owner = Owner(key="a-browser", person=who.id)
    standing = await services.drafts.find((await services.drafts.start("complaint", "sv", owner)).id, owner)
    told = {**USUAL, **(answers or {})}
    while isinstance(step := advance(standing.dialog, standing.draft.answers, standing.facts), Step):
        draft = standing.draft
        standing = await services.drafts.answer(draft.id, owner, step.id, told[step.id], draft.revision)
    command = SubmitCase(case=standing.draft.id, client_id=house.new_id(), revision=standing.draft.revision)
    await services.act.carry_out(command, identity(who))
    return standing.draft.id
