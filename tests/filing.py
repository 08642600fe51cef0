"""Cases filed without going through the pages, for tests of what comes after."""

from dialogs.engine import advance
from dialogs.schema.model import Step
from inbox.cases.commands import SubmitCase
from inbox.intake.drafts import Owner
from inbox.storage.people import Person
from tests.house import House
from tests.people import identity
from tests.world import USUAL, Answers


async def filed(house: House, who: Person, answers: Answers | None = None) -> str:
    """The id of a case that somebody has filed, by default a complaint about Ekbackens vårdcentral."""
    draft, revision = await filled_in(house, who, answers)
    command = SubmitCase(case=draft, client_id=house.new_id(), revision=revision)
    await house.parts.services.act.carry_out(command, identity(who))
    return draft


async def filled_in(house: House, who: Person, answers: Answers | None = None) -> tuple[str, int]:
    """The id and the revision of a draft in which everything is answered, before it is sent."""
    services = house.parts.services
    owner = Owner(key="a-browser", person=who.id)
    standing = await services.drafts.find((await services.drafts.start("complaint", "sv", owner)).id, owner)
    told = {**USUAL, **(answers or {})}
    while isinstance(step := advance(standing.dialog, standing.draft.answers, standing.facts), Step):
        draft = standing.draft
        standing = await services.drafts.answer(draft.id, owner, step.id, told[step.id], draft.revision)
    return standing.draft.id, standing.draft.revision
