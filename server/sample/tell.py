"""Tells the sample stories through the commands, each at its own time."""

from datetime import UTC, date, datetime, timedelta

from dialogs.engine import advance
from dialogs.schema.model import Dialog, Step
from handlers.parse import command_of
from handlers.services import Services
from handlers.view.locale import SWEDEN, in_sweden
from inbox.cases.commands import SubmitCase
from inbox.cases.model import Identity, Role
from inbox.intake.drafts import Owner
from inbox.principals.principal import Citizen, Employee, Individual, Who
from inbox.storage.administration import roles
from server.jobs.timers import fire_timers
from server.sample.sharing import completed
from server.sample.story import Answers, Happening, Somebody, Story, everybody, stories

DIALOG = "complaint"
EVERYTHING = 1 << 30
"""A number that no feed reaches."""


class Clock:
    """A clock that is set: what happened a month ago gets that date."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        """The moment it is set to."""
        return self.moment


async def tell(services: Services, clock: Clock) -> None:
    """Move the sample people in, and let their cases happen, the oldest first."""
    today = clock()
    for somebody in everybody():
        await _move_in(services, somebody, today)
    for story in stories():
        await _tell_one(services, clock, story, in_sweden(today) - timedelta(days=story.days_ago))
    clock.moment = today
    await fire_timers(services)


async def _move_in(services: Services, somebody: Somebody, now: datetime) -> None:
    await services.store.writer.do(
        lambda connection: roles.add_with_roles(connection, somebody.person(), somebody.roles, now)
    )


async def _tell_one(services: Services, clock: Clock, story: Story, day: date) -> None:
    clock.moment = datetime.combine(day, story.at, SWEDEN).astimezone(UTC)
    case = await _file(services, await _identity(services, story.who), story.answers)
    for happening in story.then:
        clock.moment = datetime.combine(day + timedelta(days=happening.day), happening.at, SWEDEN).astimezone(UTC)
        await _let_happen(services, case, happening)


async def _file(services: Services, reporter: Identity, answers: Answers) -> str:
    """Answer the questions as they come, and send."""
    drafts, owner = services.drafts, Owner(key=f"sample {reporter.key}", person=reporter.person)
    standing = await drafts.find((await drafts.start(DIALOG, "sv", owner)).id, owner)
    while isinstance(step := advance(standing.dialog, standing.draft.answers, standing.facts), Step):
        draft = standing.draft
        standing = await drafts.answer(
            draft.id, owner, step.id, _fields(standing.dialog, step, answers), draft.revision
        )
    draft = standing.draft
    command = SubmitCase(case=draft.id, client_id=services.new_id(), revision=draft.revision)
    await services.act.carry_out(command, reporter)
    return draft.id


def _fields(dialog: Dialog, step: Step, answers: Answers) -> dict[str, list[str]]:
    """What the page of a question sends: its own answer, and those of the questions that stand beside it."""
    beside = [(f"{each.id}--", answers.get(each.id, {})) for each in dialog.steps if each.beside == step.id]
    return {before + name: texts for before, told in [("", answers[step.id]), *beside] for name, texts in told.items()}


async def _let_happen(services: Services, case: str, happening: Happening) -> None:
    """Somebody has read what there is, and does something."""
    identity = await _identity(services, happening.by)
    if not _only_distributes(identity):
        await services.reading.mark_read(case, identity, EVERYTHING)
    if not identity.staff:
        await _read_answers(services, case, identity)
    fields = await completed(services, case, identity, happening.command, happening.fields)
    fields = {**fields, "case": case, "client_id": services.new_id()}
    await services.act.carry_out(command_of(happening.command, fields), identity)


async def _read_answers(services: Services, case: str, identity: Identity) -> None:
    for own in (await services.reading.home(identity)).cases:
        if own.case.id == case and own.answer is not None:
            await services.reading.mark_answer_read(case, identity, own.answer)


def _only_distributes(identity: Identity) -> bool:
    """Whether somebody gives cases to others without reading them."""
    return bool(identity.grants) and all(grant.role is Role.DISTRIBUTOR for grant in identity.grants)


async def _identity(services: Services, person: str) -> Identity:
    known = await services.identities.known_as(person)
    who = Who(Individual(person), Employee() if known and known.works else Citizen())
    identity = await services.identities.identity(who)
    if identity is None:
        raise LookupError(person)
    return identity
