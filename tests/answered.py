"""What people usually answer in the guide, and drafts in which everything is answered, for tests of what comes after.

Nothing else in the tests knows which questions share a page.

One is written at once, as it is after the last question: eighteen answers one by one were half of what a test of the
inbox costs. That answers are kept one by one is tried in `tests/handlers/intake/`.
"""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from dialogs import engine
from dialogs.kinds import from_form, kind_of
from dialogs.load import load
from dialogs.schema.model import Dialog, Step
from dialogs.schema.values import Value
from inbox.directory.tree import Directory
from inbox.intake.drafts import Drafts, Owner, Standing, beside_in, board_for, facts_of
from inbox.intake.listening import Listener
from inbox.storage import drafts as kept
from inbox.storage.drafts import Draft
from inbox.storage.engine.store import Store
from tests.people import EKBACKEN

COMPLAINT = load("complaint")
Answers = dict[str, dict[str, list[str]]]
"""Form fields by step."""
Told = Mapping[str, Mapping[str, str | Sequence[str]]]

STORY = "Jag ringde tre dagar i rad och fick vänta."
USUAL: Answers = {
    "leave": {"choice": ["complaint"]},
    "story": {"text": [STORY]},
    # Nothing of what was heard is taken: the questions are asked, so that a test says what is answered.
    "understood": {},
    "belongs": {"choice": ["none"]},
    "about": {"choice": ["self"]},
    "patient": {"name": ["Mona Exempel"], "birth_year": ["1950"]},
    "relation": {"choice": ["child"]},
    "guardian": {"choice": ["yes"]},
    "basis": {"choice": ["power_of_attorney"]},
    "patient_knows": {"choice": ["agrees"]},
    "place": {"unit": [EKBACKEN]},
    "when": {"when": ["unknown"]},
    "themes": {"choice": ["waiting"]},
    "wants": {"choice": ["explanation"]},
    "recipient": {"choice": ["unit"]},
    "recipient_board": {"choice": ["board"]},
    "share": {"choice": ["yes"]},
    "answer_way": {"choice": ["inbox"]},
    "more": {},
    "contacts": {"choice": ["no"]},
    "praise_answer": {"choice": ["inbox"]},
    # Drafts of version 1 are asked these one by one.
    "happened": {"text": [STORY]},
    "idea": {"text": [STORY]},
    "praise_text": {"text": ["Tack för god vård."]},
    "understanding": {},
} | {id: {"skip": ["1"]} for id in ("consequences", "improvement", "files", "support", "age_group", "sex", "title")}


def page_of(step: str) -> str:
    """The question on whose page a question is asked: its own, or that of another one."""
    return next((each.beside for each in COMPLAINT.steps if each.id == step and each.beside), step)


def can_be_opened(step: str, at: str) -> bool:
    """Whether a question is one that nobody is asked, and that whoever has come so far can open."""
    ids = [each.id for each in COMPLAINT.steps]
    aside = any(each.id == step and each.aside for each in COMPLAINT.steps)
    return aside and (at not in ids or ids.index(at) > ids.index(step))


def fields_at(step: str, told: Told, dialog: Dialog | None = None) -> dict[str, str | Sequence[str]]:
    """What the form of a question's page sends: its own answer, and those of the questions beside it that are told."""
    sent = dict(told[step])
    for each in (dialog or COMPLAINT).steps:
        if each.beside == step:
            fields = told.get(each.id, {})
            sent |= {f"{each.id}--{name}": fields[name] for name in kind_of(each).fields if name in fields}
    return sent


async def answered_draft(drafts: Drafts, store: Store, directory: Directory, person: str, told: Told) -> Draft:
    """Somebody's new draft, with the questions answered as they come, up to the review or to a way out."""
    owner = Owner(key="a-browser", person=person)
    standing = await drafts.find((await drafts.start("complaint", "sv", owner)).id, owner)
    answers = _answers(standing, directory, told, drafts.listener)
    draft = replace(standing.draft, answers=answers, revision=standing.draft.revision + len(answers))
    seen = standing.draft.revision
    assert await store.writer.do(lambda connection: kept.change_draft(connection, draft, seen), order=draft.id)
    return draft


def _answers(standing: Standing, directory: Directory, told: Told, listener: Listener) -> dict[str, Value]:
    dialog, draft, known = standing.dialog, standing.draft, standing.facts
    while True:
        # What can be asked follows the place.
        facts = facts_of(
            draft, dialog, directory, board_for(draft, dialog, directory, None), (), None, draft.created_at
        )
        facts = replace(
            facts, age_known=known.age_known, sex_known=known.sex_known, heard=listener.heard(dialog, draft.answers)
        )
        step = engine.advance(dialog, draft.answers, facts)
        if not isinstance(step, Step):
            return draft.answers
        fields = {
            name: [said] if isinstance(said, str) else said for name, said in fields_at(step.id, told, dialog).items()
        }
        raw, beside = from_form(step, fields), beside_in(dialog, step.id, fields)
        draft = replace(draft, answers=engine.answer(dialog, draft.answers, step.id, raw, facts, beside))
