"""A case as the head of the desk, and what can be done with it now."""

from collections.abc import Mapping

from msgspec import Struct

from dialogs.display import words
from handlers.staff.case_facts import theme_words
from handlers.thread.header import case_view
from handlers.thread.open_case import STAFF, registration_of
from handlers.thread.status import state_words, tone_of
from handlers.thread.view_context import ViewContext, known_name
from handlers.view.form_specs import FORMS
from handlers.view.locale import Locale
from handlers.view.models import CaseView
from inbox.cases.case_types import type_of
from inbox.cases.commands import KINDS, Reply
from inbox.cases.model import Case, PersonId, Registration, State
from inbox.intake.library import Dialogs


class DeskCase(CaseView, frozen=True, kw_only=True):
    """The case, as the head of the desk."""

    kind: str
    theme: str
    state: str
    tone: str
    handler: str | None


class DialogChoice(Struct, frozen=True):
    """Questions that can be asked."""

    id: str
    name: str


class DeskCan(Struct, frozen=True):
    """What the person can do now."""

    take: bool
    release: bool
    assign: bool
    post: bool
    ask: bool
    note: bool
    forward: bool
    answer: bool
    refer: bool
    set_place: bool
    propose: bool = False
    ask_statement: bool = False
    leave: bool = False


class Colleague(Struct, frozen=True):
    """Somebody the case can be given to."""

    id: str
    name: str


class Act(Struct, frozen=True):
    """Something to do that needs no more than a press, or a text: drawn from the spec of its form."""

    tag: str
    name: str
    question: str
    field: str
    """The text's; empty where none is asked for."""
    replies: bool
    """Whether it says what the page showed, so that nobody passes by something newer."""


def acts_of(may: frozenset[str], locale: Locale) -> tuple[Act, ...]:
    """What of that can be done now."""
    offered = [spec for spec in FORMS.values() if spec.name and spec.tag in may]
    return tuple(
        Act(
            tag=spec.tag,
            name=locale.t(spec.name),
            question=locale.t(spec.question) if spec.question else "",
            field=spec.texts[0].name if spec.texts else "",
            replies=issubclass(KINDS[spec.tag], Reply),
        )
        for spec in offered
    )


def dialogs_of(look: ViewContext, dialogs: Dialogs) -> tuple[DialogChoice, ...]:
    """By what the reporter can be asked now: not by what she has not answered yet."""
    if "ask_questions" not in look.thread.may:
        return ()
    open = {asked.dialog.partition("/")[0] for asked in look.case.questions if asked.by == look.actor.party}
    language = look.locale.language
    return tuple(
        DialogChoice(each.id, words(each, language).name) for each in dialogs.asked_within() if each.id not in open
    )


def can_of(may: frozenset[str], registration: Registration) -> DeskCan:
    """What can be done now, as the rules say."""
    return DeskCan(
        take="take_case" in may and registration.handler is None,
        release="release_case" in may,
        assign="assign_case" in may,
        # Somebody takes the case before anybody writes, so that the reporter knows who answers.
        post="post_message" in may and registration.state is not State.RECEIVED,
        ask="ask_reporter" in may,
        note="write_note" in may,
        forward="forward_case" in may,
        answer="answer_case" in may,
        refer="refer_case" in may,
        set_place="set_place" in may,
    )


def desk_case(look: ViewContext) -> DeskCase:
    """The case with what staff call its kind, its state and its handler."""
    registration, locale, view = registration_of(look.thread), look.locale, case_view(look)
    return DeskCase(
        id=view.id,
        url=view.url,
        title=view.title,
        number=view.number,
        unit=view.unit,
        head=view.head,
        desk_head=view.desk_head,
        read_to=view.read_to,
        side=view.side,
        three=view.three,
        kind=type_of(look.case.type).told_in(locale.language).kind,
        theme=theme_words(look.case, locale),
        state=state_words(registration.state, known_name(look), locale),
        tone=tone_of(registration.state),
        handler=look.thread.colleagues.get(registration.handler or ""),
    )


def blind_case(case: Case, registration: Registration, colleagues: Mapping[PersonId, str], locale: Locale) -> DeskCase:
    """The case for those who only distribute: nothing that anybody wrote, and nobody's name but colleagues'."""
    return DeskCase(
        id=case.id,
        url=f"{STAFF}/{case.id}",
        title="",
        number=registration.number,
        unit=locale.unit(registration.owner),
        head=0,
        kind=type_of(case.type).told_in(locale.language).kind,
        theme="",
        state=state_words(registration.state, "", locale),
        tone=tone_of(registration.state),
        handler=colleagues.get(registration.handler or ""),
    )
