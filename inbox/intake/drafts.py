"""Answers before sending: kept on the server after each question, bound to a browser, then to a person."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs import engine
from dialogs.answers.forms import Raw
from dialogs.errors import Invalid
from dialogs.kinds import from_form, kind_of
from dialogs.kinds.place import Place
from dialogs.schema.model import Dialog, Step
from dialogs.schema.values import Answers, DialogContext, Value
from dialogs.submission import NotReady as Unanswered
from dialogs.submission import submission
from inbox.actions.context import Sending
from inbox.cases.commands import AnswerQuestions, SubmitCase
from inbox.cases.errors import Malformed, NoSuchDraft, NotReady, StaleRevision, TooManyDrafts
from inbox.cases.events import PrivateDetail
from inbox.cases.model import REPORTER, Actor, Case, CaseId, Identity, PersonId, Questions, Relation, UnitId
from inbox.directory.current import CurrentDirectory
from inbox.directory.model import Unit
from inbox.directory.tree import Directory
from inbox.intake.library import Dialogs, called
from inbox.intake.listening import LEXICON, Listener
from inbox.intake.mapping import sending_of
from inbox.principals.principal import CodeHolder, Individual, Principal
from inbox.principals.seat import FIRST_SEAT, Holder, Seat, SeatKind
from inbox.storage import cases, files, people, receipt_codes
from inbox.storage import drafts as kept
from inbox.storage.drafts import Draft
from inbox.storage.encryption.details import add_details
from inbox.storage.engine.store import Store
from inbox.storage.reacting import outbox
from inbox.storage.reacting.outbox import Letter

SWEDEN = ZoneInfo("Europe/Stockholm")
LISTED = 100
"""Drafts that are listed at once; what was begun before is there again when some of them are sent or removed."""

FILED_AS = {
    Relation.SELF: SeatKind.PATIENT,
    Relation.GUARDIAN: SeatKind.GUARDIAN,
    Relation.PROXY: SeatKind.PROXY,
}
"""What the first seat is, by what its holder is to the patient."""


class Owner(Struct, frozen=True):
    """Who asks for a draft: a browser by its secret, and whoever has come in by it."""

    key: str
    person: PersonId | None = None
    """Who is signed in."""
    code: str | None = None
    """The receipt code by which somebody is here instead: it opens what they answer within their case, no other."""


class Standing(Struct, frozen=True):
    """A draft with what is needed to show where it stands."""

    draft: Draft
    dialog: Dialog
    facts: DialogContext
    files: tuple[files.StoredFile, ...]
    board: Unit | None
    """The board that takes a case about the place in the answers."""
    asked_by: UnitId = ""
    """Whose questions it answers, within a case; empty: it is to become one, or nobody asks any more."""


class Drafts:
    """Keeps drafts. Made once."""

    def __init__(
        self,
        *,
        store: Store,
        dialogs: Dialogs,
        directory: CurrentDirectory,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        days: int,
        most: int,
    ) -> None:
        self._store = store
        self._dialogs = dialogs
        self._directory = directory
        self.listener = Listener(directory)
        self._now = now
        self._new_id = new_id
        self._days = timedelta(days=days)
        self._most = most

    async def start(
        self, dialog: str, language: str, owner: Owner, *, place: UnitId | None = None, once: str = ""
    ) -> Draft:
        """A new draft of the newest version of a dialog. Raises NoSuchDialog.

        `place` is where it happened, if that is known already. The same `once` from the same browser gives the same
        draft, however often it comes; NoSuchDraft if that one has been sent. TooManyDrafts where the owner has as
        many as one may, and each of them holds something.
        """
        id = str(uuid5(NAMESPACE_OID, f"{owner.key} {once}")) if once else self._new_id()
        draft = self._new(id, dialog, language, owner, place)

        async def work(connection: AsyncConnection) -> Draft:
            begun = await kept.find_draft(connection, id)
            if begun is not None:
                return _owned(begun, owner, self._now())
            if once and await cases.load_case(connection, id) is not None:
                raise NoSuchDraft
            await self._make_room(connection, owner)
            await kept.add_draft(connection, draft)
            return draft

        return await self._store.writer.do(work, order=id)

    async def within(self, asked: Questions, case: CaseId, language: str, owner: Owner) -> Draft:
        """The one draft of somebody's answers to what was asked within a case, begun if there is none.

        NoSuchDraft where it is nobody who asks.
        """
        if (whose := owner.person or owner.code) is None:
            raise NoSuchDraft
        id = str(uuid5(NAMESPACE_OID, f"{whose} {asked.id}"))

        async def work(connection: AsyncConnection) -> Draft:
            begun = await kept.find_draft(connection, id)
            if begun is not None and begun.expires_at > self._now():
                return _owned(begun, owner, self._now())
            if begun is not None:
                await self._remove(connection, id)
            dialog = await self._dialogs.ready_for(connection, asked.dialog)
            begun = self._begun(id, dialog, language, owner, None)
            code = None if owner.person else owner.code
            draft = replace(begun, case_id=case, request=asked.id, code_id=code)
            await kept.add_draft(connection, draft)
            return draft

        return await self._store.writer.do(work, order=id)

    def blank(self, dialog: str, language: str, owner: Owner, place: UnitId | None = None) -> Standing:
        """What a draft would begin as. Nothing is kept until the first answer. Raises NoSuchDialog."""
        draft = self._new("", dialog, language, owner, place)
        return self._as_it_stands(draft, (), None)

    async def find(self, id: CaseId, owner: Owner) -> Standing:
        """The owner's draft; NoSuchDraft if it is gone, too old or somebody else's."""
        async with self._store.reading() as connection:
            draft = _owned(await kept.find_draft(connection, id), owner, self._now())
            return await self._standing(connection, draft)

    async def answer(
        self,
        id: CaseId,
        owner: Owner,
        step: str,
        fields: Mapping[str, Sequence[str]],
        revision: int,
        *,
        language: str = "",
    ) -> Standing:
        """The draft with one answer more, or one changed; with it those to questions of the same page.

        `language` is that of the page, if it is known: a story is listened to in the language in which it was asked.
        Raises Invalid if the answer does not fit (the try is counted), StaleRevision if the draft was changed
        in another window since `revision`, NoSuchDraft if it is not the owner's.
        """

        async def work(connection: AsyncConnection) -> tuple[Standing, Invalid | None]:
            draft = _owned(await kept.find_draft(connection, id), owner, self._now())
            if draft.revision != revision:
                raise StaleRevision
            before = await self._standing(connection, _spoken(draft, language))
            changed, problem = _answered(before, step, fields)
            changed = replace(
                changed, revision=revision + 1, updated_at=self._now(), expires_at=self._now() + self._days
            )
            if not await kept.change_draft(connection, changed, seen=revision):
                raise StaleRevision
            return await self._standing(connection, changed), problem

        standing, problem = await self._store.writer.do(work, order=id)
        if problem is not None:
            raise problem
        return standing

    async def speak(self, id: CaseId, owner: Owner, language: str) -> None:
        """Change the language of the questions. No answer is lost: answers are choices, not words."""

        async def work(connection: AsyncConnection) -> None:
            draft = _owned(await kept.find_draft(connection, id), owner, self._now())
            dialog = await self._dialogs.ready_for(connection, draft.dialog)
            if language != draft.language and language in dialog.languages:
                changed = replace(draft, language=language, revision=draft.revision + 1)
                await kept.change_draft(connection, changed, seen=draft.revision)

        await self._store.writer.do(work, order=id)

    async def add_file(self, file: files.StoredFile, owner: Owner) -> None:
        """Note a file that has arrived on the owner's draft."""

        async def work(connection: AsyncConnection) -> None:
            _owned(await kept.find_draft(connection, file.owner), owner, self._now())
            await files.add_file(connection, file)

        await self._store.writer.do(work, order=file.owner)

    async def remove_file(self, id: CaseId, owner: Owner, file: str) -> None:
        """Forget a file of the owner's draft."""

        async def work(connection: AsyncConnection) -> None:
            _owned(await kept.find_draft(connection, id), owner, self._now())
            await files.remove_file(connection, id, file)

        await self._store.writer.do(work, order=id)

    async def of(self, owner: Owner) -> list[Standing]:
        """The owner's drafts, the newest first; one more than are listed, if there are."""
        return await self._newest(owner, LISTED + 1)

    async def newest(self, owner: Owner) -> Standing | None:
        """The draft that the owner changed last; None if there is none."""
        return next(iter(await self._newest(owner, 1)), None)

    async def begun(self, owner: Owner) -> bool:
        """Whether the owner has any draft."""
        async with self._store.reading() as connection:
            return await kept.count_of(connection, _holder(owner), self._now()) > 0

    async def claim(self, key: str, person: PersonId) -> None:
        """What was started in this browser belongs to the person who has signed in."""

        async def work(connection: AsyncConnection) -> None:
            await kept.claim(connection, hashed(key), person)

        await self._store.writer.do(work)

    async def discard(self, id: CaseId, owner: Owner) -> None:
        """Remove the draft at the owner's wish, and have the bytes of its files taken away."""

        async def work(connection: AsyncConnection) -> None:
            _owned(await kept.find_draft(connection, id), owner, self._now())
            await self._remove(connection, id)

        await self._store.writer.do(work, order=id)
        self._store.bell.ring()

    async def sweep(self) -> int:
        """Remove drafts whose time is over, and have the bytes of their files taken away; how many drafts."""

        async def work(connection: AsyncConnection) -> int:
            old = await kept.too_old(connection, self._now())
            for id in old:
                await self._remove(connection, id)
            return len(old)

        removed = await self._store.writer.do(work)
        self._store.bell.ring()
        return removed

    async def _remove(self, connection: AsyncConnection, id: CaseId) -> None:
        hung = await files.files_of(connection, id)
        for file in hung:
            await files.remove_file(connection, id, file.id)
        await receipt_codes.remove_codes(connection, id)
        await kept.remove_draft(connection, id)
        await outbox.put(connection, [self._gone(id, digest) for digest in dict.fromkeys(file.digest for file in hung)])

    def _gone(self, id: CaseId, digest: str) -> Letter:
        return Letter(self._new_id(), "files", f"{id} {digest}", {"owner": id, "digest": digest}, self._now())

    def _new(self, id: CaseId, dialog: str, language: str, owner: Owner, place: UnitId | None) -> Draft:
        return self._begun(id, self._dialogs.newest(dialog), language, owner, place)

    def _begun(self, id: CaseId, definition: Dialog, language: str, owner: Owner, place: UnitId | None) -> Draft:
        now = self._now()
        return Draft(
            id=id,
            key_hash=hashed(owner.key),
            person_id=owner.person,
            dialog=called(definition),
            language=language,
            revision=1,
            answers=_known_at(definition, place) if place else {},
            tries={},
            created_at=now,
            updated_at=now,
            expires_at=now + self._days,
        )

    async def _newest(self, owner: Owner, most: int) -> list[Standing]:
        async with self._store.reading() as connection:
            found = await kept.drafts_of(connection, _holder(owner), self._now(), most)
            hung = await files.files_of_all(connection, [draft.id for draft in found])
            # They are all the same person's, or nobody's.
            person = await people.find_person(connection, owner.person) if found and owner.person else None
            if not all(self._dialogs.knows(draft.dialog) for draft in found):
                await self._dialogs.refresh(connection)
            # One that cannot be shown just now hides no other.
            shown = [draft for draft in found if self._dialogs.knows(draft.dialog)]
            # In a list nobody looks for what a story says: it would be listened to a hundred times.
            listening = most == 1
            return [self._as_it_stands(draft, tuple(hung[draft.id]), person, listening=listening) for draft in shown]

    async def _make_room(self, connection: AsyncConnection, owner: Owner) -> None:
        """Return if there may be one more draft; one that never held anything makes way for it."""
        holder = _holder(owner)
        if await kept.count_of(connection, holder, self._now()) < self._most:
            return
        empty = await kept.oldest_empty(connection, holder, self._now())
        if empty is None:
            raise TooManyDrafts(most=self._most)
        await kept.remove_draft(connection, empty)

    async def _standing(self, connection: AsyncConnection, draft: Draft) -> Standing:
        await self._dialogs.ready_for(connection, draft.dialog)
        hung = tuple(await files.files_of(connection, draft.id))
        person = await people.find_person(connection, draft.person_id) if draft.person_id else None
        standing = self._as_it_stands(draft, hung, person)
        return replace(standing, asked_by=await _asked_by(connection, draft)) if draft.request else standing

    def _as_it_stands(
        self, draft: Draft, hung: tuple[files.StoredFile, ...], person: people.Person | None, *, listening: bool = True
    ) -> Standing:
        dialog, directory = self._dialogs.of(draft.dialog), self._directory.tree
        board = board_for(draft, dialog, directory, person)
        facts = facts_of(draft, dialog, directory, board, hung, person, self._now())
        if listening:
            facts = replace(facts, heard=self.listener.heard(dialog, draft.answers))
        return Standing(draft, dialog, facts, hung, board)


async def sending(
    connection: AsyncConnection,
    command: SubmitCase,
    actor: Actor,
    dialogs: Dialogs,
    directory: Directory,
    now: datetime,
    listener: Listener,
) -> Sending:
    """The draft as a case can begin with it; NoSuchDraft, StaleRevision or NotReady."""
    draft = await kept.find_draft(connection, command.case)
    if (
        draft is None
        or draft.case_id
        or draft.expires_at <= now
        or not await _sends(connection, draft, actor.principal)
    ):
        raise NoSuchDraft
    if draft.revision != command.revision:
        raise StaleRevision
    hung = tuple(await files.files_of(connection, draft.id))
    person = await people.find_person(connection, draft.person_id) if draft.person_id else None
    dialog = await dialogs.ready_for(connection, draft.dialog)
    board = board_for(draft, dialog, directory, person)
    facts = facts_of(draft, dialog, directory, board, hung, person, now)
    facts = replace(facts, heard=listener.heard(dialog, draft.answers))
    try:
        sent = submission(dialog, draft.answers, facts)
    except Unanswered:
        raise NotReady from None
    return sending_of(draft.id, sent, dialog, draft.dialog, draft.language, directory, board, hung, facts.today)


async def drafted(connection: AsyncConnection, command: AnswerQuestions, actor: Actor, now: datetime) -> Answers:
    """What somebody has answered in a draft of theirs to what was asked; NoSuchDraft or StaleRevision."""
    draft = await kept.find_draft(connection, command.draft)
    if draft is None or draft.expires_at <= now or not _is_of(draft, actor.principal):
        raise NoSuchDraft
    if (draft.case_id, draft.request) != (command.case, command.request):
        raise NoSuchDraft
    if draft.revision != command.revision:
        raise StaleRevision
    return draft.answers


async def answered_within(connection: AsyncConnection, command: AnswerQuestions) -> None:
    """The draft is gone: what it said stands in the case."""
    await kept.remove_draft(connection, command.draft)


def _is_of(draft: Draft, principal: Principal | None) -> bool:
    """Whether it holds their answers to what was asked within a case."""
    match principal:
        case Individual(id=person):
            return draft.person_id == person
        case CodeHolder(id=code):
            return draft.code_id == code
        case _:
            return False


async def _sends(connection: AsyncConnection, draft: Draft, principal: Principal | None) -> bool:
    """Whether it is theirs to send: the person's whose draft it is, or, of nobody's, whoever's the code is."""
    if isinstance(principal, CodeHolder) and draft.person_id is None:
        return principal.case == draft.id and await receipt_codes.holds_code(connection, principal)
    return draft.person_id is not None and principal == Individual(draft.person_id)


async def became_case(
    connection: AsyncConnection, case: Case, who: Identity, now: datetime, details: Iterable[PrivateDetail]
) -> Seat:
    """The draft is gone; its owner sits on the first seat. The files hang on the case, which has the same id."""
    if not isinstance(who.principal, Holder):
        raise NoSuchDraft
    kind = FILED_AS.get(case.relation, SeatKind.REPORTER)
    seat = Seat(id=FIRST_SEAT, party=REPORTER, kind=kind, holder=who.principal, name=who.name)
    await add_details(connection, case.id, details)
    await cases.open_seat(connection, case.id, seat, now)
    if isinstance(seat.holder, Individual):
        # A code that was offered before somebody signed in.
        await receipt_codes.remove_codes(connection, case.id)
    await kept.remove_draft(connection, case.id)
    return seat


def facts_of(
    draft: Draft,
    dialog: Dialog,
    directory: Directory,
    board: Unit | None,
    hung: tuple[files.StoredFile, ...],
    person: people.Person | None,
    now: datetime,
) -> DialogContext:
    """What the server knows that the answers do not say."""
    unit = _unit(draft, dialog, directory)
    return DialogContext(
        today=now.astimezone(SWEDEN).date(),
        units=directory.units,
        files=frozenset(file.id for file in hung),
        unit_receives=unit is not None and unit.connected,
        board_receives=board is not None and board.connected,
        age_known=person is not None and person.birth_year is not None,
        sex_known=person is not None and person.sex is not None,
        language=draft.language,
        lexicon=LEXICON,
    )


def board_for(draft: Draft, dialog: Dialog, directory: Directory, person: people.Person | None) -> Unit | None:
    """The board that takes a case about the place in the answers: it follows the unit, not the citizen's home.

    Of a place in words nobody knows the region: there it is the home that decides.
    """
    unit = _unit(draft, dialog, directory)
    return directory.board_of(unit) if unit else directory.board_without_place(person.region if person else None)


def _unit(draft: Draft, dialog: Dialog, directory: Directory) -> Unit | None:
    """The unit that the place in the answers is, or has become part of since."""
    place = _place(draft, dialog)
    return directory.find_now(place.unit) if place and place.unit else None


def _known_at(dialog: Dialog, place: UnitId) -> dict[str, Value]:
    """What somebody has answered by beginning at a unit's own page."""
    values = ((step.id, kind_of(step).beginning_at(place)) for step in dialog.steps)
    return {step: value for step, value in values if value is not None}


async def _asked_by(connection: AsyncConnection, draft: Draft) -> UnitId:
    case = await cases.load_case(connection, draft.case_id or "")
    party = next((asked.by for asked in (case.questions if case else ()) if asked.id == draft.request), None)
    registrations = case.registrations if case else ()
    return next((each.owner for each in registrations if each.party == party), "")


def _holder(owner: Owner) -> kept.Holder:
    return kept.Holder(hashed(owner.key), owner.person)


def hashed(secret: str) -> str:
    """What is stored of a secret: enough to recognise it, not to use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _place(draft: Draft, dialog: Dialog) -> Place | None:
    for step in dialog.steps:
        value = draft.answers.get(step.id)
        if isinstance(value, Place):
            return value
    return None


def _owned(draft: Draft | None, owner: Owner, now: datetime) -> Draft:
    """Before signing in the browser's secret opens a draft; afterwards only the person does, or the code's holder."""
    if draft is None or draft.expires_at <= now:
        raise NoSuchDraft
    if draft.person_id or draft.code_id:
        mine = (draft.person_id, draft.code_id) in {(owner.person, None), (None, owner.code)}
    else:
        mine = draft.key_hash == hashed(owner.key)
    if not mine:
        raise NoSuchDraft
    return draft


def beside_in(dialog: Dialog, step: str, fields: Mapping[str, Sequence[str]]) -> dict[str, Raw] | None:
    """What a form says of questions beside its own: their fields begin with their name; None where there are none."""
    return {
        each.id: from_form(
            each,
            {
                name.removeprefix(f"{each.id}--"): texts
                for name, texts in fields.items()
                if name.startswith(f"{each.id}--")
            },
        )
        for each in dialog.steps
        if each.beside == step
    } or None


def _spoken(draft: Draft, language: str) -> Draft:
    return replace(draft, language=language) if language else draft


def _answered(standing: Standing, step: str, fields: Mapping[str, Sequence[str]]) -> tuple[Draft, Invalid | None]:
    """The draft with the answer, or with one more failed try and why."""
    draft, dialog, facts = standing.draft, standing.dialog, standing.facts
    node = dialog.node(step)
    if node is None:
        raise Malformed(where="$.step")
    raw = from_form(node, fields) if isinstance(node, Step) else {}
    try:
        answers = engine.answer(dialog, draft.answers, step, raw, facts, beside_in(dialog, step, fields))
    except Invalid as problem:
        if problem.code == "not_on_path":
            raise
        return replace(draft, tries={**draft.tries, step: draft.tries.get(step, 0) + 1}), problem
    tries = {other: count for other, count in draft.tries.items() if other != step}
    return replace(draft, answers=answers, tries=tries), None
