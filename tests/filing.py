"""Cases filed without going through the pages, for tests of what comes after."""

from inbox.cases.commands import SubmitCase
from inbox.storage.people import Person
from tests.answered import USUAL, Answers, answered_draft
from tests.house import House
from tests.people import identity


async def filed(house: House, who: Person, answers: Answers | None = None) -> str:
    """The id of a case that somebody has filed, by default a complaint about Ekbackens vårdcentral."""
    draft, revision = await filled_in(house, who, answers)
    command = SubmitCase(case=draft, client_id=house.new_id(), revision=revision)
    await house.parts.services.act.carry_out(command, identity(who))
    return draft


async def filled_in(house: House, who: Person, answers: Answers | None = None) -> tuple[str, int]:
    """The id and the revision of a draft in which everything is answered, before it is sent."""
    services, told = house.parts.services, {**USUAL, **(answers or {})}
    draft = await answered_draft(services.drafts, services.store, services.directory, who.id, told)
    return draft.id, draft.revision
