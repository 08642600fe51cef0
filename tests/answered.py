"""Drafts in which everything is answered, for tests of what comes after.

One is written at once, as it is after the last question: eighteen answers one by one were half of what a test of the
inbox costs. That answers are kept one by one is tried in `tests/handlers/intake/`.
"""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from dialogs import engine
from dialogs.kinds import from_form
from dialogs.schema.model import Step
from dialogs.schema.values import Value
from inbox.directory.tree import Directory
from inbox.intake.drafts import Drafts, Owner, Standing, board_for, facts_of
from inbox.storage import drafts as kept
from inbox.storage.drafts import Draft
from inbox.storage.engine.store import Store

Told = Mapping[str, Mapping[str, Sequence[str]]]
"""Form fields by step."""


async def answered_draft(drafts: Drafts, store: Store, directory: Directory, person: str, told: Told) -> Draft:
    """Somebody's new draft, with the questions answered as they come, up to the review or to a way out."""
    owner = Owner(key="a-browser", person=person)
    standing = await drafts.find((await drafts.start("complaint", "sv", owner)).id, owner)
    answers = _answers(standing, directory, told)
    draft = replace(standing.draft, answers=answers, revision=standing.draft.revision + len(answers))
    seen = standing.draft.revision
    assert await store.writer.do(lambda connection: kept.change_draft(connection, draft, seen), order=draft.id)
    return draft


def _answers(standing: Standing, directory: Directory, told: Told) -> dict[str, Value]:
    dialog, draft, known = standing.dialog, standing.draft, standing.facts
    while True:
        # What can be asked follows the place.
        facts = facts_of(
            draft, dialog, directory, board_for(draft, dialog, directory, None), (), None, draft.created_at
        )
        facts = replace(facts, age_known=known.age_known, sex_known=known.sex_known)
        step = engine.advance(dialog, draft.answers, facts)
        if not isinstance(step, Step):
            return draft.answers
        raw = from_form(step, told[step.id])
        draft = replace(draft, answers=engine.answer(dialog, draft.answers, step.id, raw, facts))
