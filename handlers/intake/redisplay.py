"""An answer that could not be kept is shown again, with what is wrong. Nothing that was typed is lost."""

from http import HTTPStatus

from aiohttp import web
from msgspec import Struct
from msgspec.structs import replace

from dialogs import engine
from dialogs.errors import Invalid, Refused
from dialogs.kinds import from_form, kind_of
from dialogs.schema.model import Dialog, Ending, Step
from dialogs.sentences import N_
from handlers.errors import sentence_of, status_of
from handlers.intake.draft_cookie import Holder, kept_by
from handlers.intake.form_token import token_of
from handlers.intake.navigation import BEGINNING, address_of, begun_by, blank, draw, draw_here, reachable
from handlers.intake.revision_token import RevisionToken, mark_if_any
from handlers.intake.set_aside import set_aside
from handlers.intake.typed_words import Fields, Line, asked_on, own_words, retold
from handlers.intake.view import Showing
from handlers.requests import language_of, note_refusal, see_other, services_of, translate_of
from handlers.view.locale import locale_of
from handlers.view.models import Link, Problem
from handlers.view.unsent_page import KeptPage, UnsentText
from inbox.cases.errors import NoSuchDraft
from inbox.files.kinds import ACCEPT
from inbox.intake.drafts import Standing, beside_in

SIGNED_OUT = N_("Du har blivit utloggad. Det du svarade tidigare finns kvar när du loggar in igen.")
STILL_THERE = N_("Det du skrev står kvar. Läs igenom och tryck på knappen igen.")
FILES_ANEW = N_("Filer behöver du lägga till på nytt.")


class Sent(Struct, frozen=True):
    """An answer on its way: whose, to which question, what it says, and what the draft was like when it was asked."""

    holder: Holder
    node: Step | Ending
    fields: Fields
    mark: RevisionToken
    lost: tuple[str, ...] = ()
    """Files that came with it and were not kept, by name."""

    @property
    def asker(self) -> Holder:
        """The browser with that draft open. What was to begin something new is no answer of one that is open."""
        return begun_by(self.holder, self.mark)


async def standing_of(request: web.Request, sent: Sent) -> Standing:
    """The draft that the form is for, as it stands; nothing is kept of one that has not begun. NoSuchDraft."""
    if sent.mark.draft:
        return await services_of(request).drafts.find(sent.mark.draft, sent.holder.owner)
    begins = blank(request, sent.asker)
    return replace(begins, draft=replace(begins.draft, tries={sent.node.id: sent.mark.tries}))


async def wrong(request: web.Request, sent: Sent, problem: Invalid) -> web.Response:
    """The question again with what is wrong; or, if it is not asked any more, the one that is."""
    if not sent.mark.draft:
        sent = replace(sent, mark=replace(sent.mark, tries=sent.mark.tries + 1))
    standing, sent = await standing_of(request, sent), replace(sent, holder=sent.asker)
    text = sentence_of(problem, translate_of(request), language_of(request))
    if problem.code == "not_on_path" or sent.node not in reachable(standing):
        return _instead(request, sent, standing, Showing(status=HTTPStatus.CONFLICT, told=text))
    showing = Showing(
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        typed=_typed(standing.dialog, sent.node, sent.fields),
        errors=(Problem(_field_of(problem, sent.node), text),),
    )
    return kept_by(request, sent.asker, draw(request, standing, sent.node, showing))


async def overtaken(request: web.Request, sent: Sent, refusal: Refused) -> web.Response:
    """Another window was first. If it said the same, as when a button is pressed twice, all is well."""
    standing = await standing_of(request, sent)
    if _said_already(standing, sent):
        return kept_by(request, sent.asker, see_other(address_of(standing)))
    sent = replace(sent, holder=sent.asker)
    return _again(request, sent, standing, refusal)


async def not_taken(
    request: web.Request,
    holder: Holder,
    node: Step | Ending,
    fields: Fields,
    refusal: Refused,
    lost: tuple[str, ...] = (),
) -> web.Response:
    """The question with what was typed; or, if the draft cannot be opened, that alone: to be copied, or sent again."""
    note_refusal(request, refusal)
    sent = Sent(holder, node, fields, RevisionToken(), lost)
    standing = None if isinstance(refusal, NoSuchDraft) else await _standing_as_sent(request, sent)
    if standing is not None:
        return _again(request, sent, standing, refusal)
    say = translate_of(request)
    if holder.person is None:
        return _words_alone(request, sent, say(SIGNED_OUT), status_of(refusal), signed_out=True)
    return _words_alone(request, sent, sentence_of(refusal, say, language_of(request)), status_of(refusal))


async def _standing_as_sent(request: web.Request, sent: Sent) -> Standing | None:
    """The draft that the form is for, or what a new one begins as; None where this browser cannot open it any more."""
    mark = _mark_in(sent)
    if not mark.draft:
        return blank(request, begun_by(sent.holder, mark))
    try:
        return await services_of(request).drafts.find(mark.draft, sent.holder.owner)
    except NoSuchDraft:
        return None


def _words_alone(
    request: web.Request, sent: Sent, told: str, status: HTTPStatus, *, signed_out: bool = False
) -> web.Response:
    """What was typed, and the way on. Once somebody has signed in, the same form can be sent from there."""
    say, node = translate_of(request), sent.node
    texts = _texts(request, sent)
    # Back to this very question, of the draft that it was asked for.
    sign_in = f"/logga-in?next={BEGINNING}/{node.id}"
    holder = sent.holder.opening(_mark_in(sent).draft) if signed_out else sent.holder
    page = KeptPage(
        staff=False,
        title=say(N_("Svaret är inte sparat")),
        text=told,
        texts=texts,
        lines=_retold(request, sent),
        onward=Link(sign_in, say(N_("Logga in igen"))) if signed_out else Link(BEGINNING, say(N_("Fortsätt"))),
        again=_form_of(request, sent, texts) if signed_out else None,
        signed_out=signed_out,
    )
    return kept_by(request, holder, services_of(request).render(request, page, status))


def _retold(request: web.Request, sent: Sent) -> tuple[Line, ...]:
    if isinstance(sent.node, Ending):
        return ()
    files = tuple((translate_of(request)(N_("Fil")), name) for name in sent.lost)
    return files + retold(_dialog_of(request, sent), sent.node, sent.fields, locale_of(request))


def _dialog_of(request: web.Request, sent: Sent) -> Dialog:
    mark = _mark_in(sent)
    return blank(request, sent.holder if mark.draft else begun_by(sent.holder, mark)).dialog


def _mark_in(sent: Sent) -> RevisionToken:
    """What the form says that it is for; where it says nothing, the draft that is open."""
    return mark_if_any(sent.fields) or RevisionToken(draft=sent.holder.draft)


def _form_of(request: web.Request, sent: Sent, texts: tuple[Line, ...]) -> UnsentText | None:
    """The form with everything in it; None where there was nothing to fill in."""
    if isinstance(sent.node, Ending):
        return None
    address = f"{BEGINNING}/{sent.node.id}"
    # What is shown in a field of its own is sent from there.
    shown = {"csrf", *(name for name, _ in texts)}
    fields = tuple((name, value) for name, values in sent.fields.items() if name not in shown for value in values)
    takes_files = kind_of(sent.node).takes_files
    return UnsentText(
        texts,
        address,
        staff=False,
        action=address,
        fields=fields,
        files=takes_files,
        accept=ACCEPT if takes_files else "",
        token=token_of(request, sent.holder),
    )


def _again(request: web.Request, sent: Sent, standing: Standing, refusal: Refused) -> web.Response:
    translate = translate_of(request)
    showing = Showing(status=status_of(refusal), told=sentence_of(refusal, translate, language_of(request)))
    if sent.node not in reachable(standing):
        return _elsewhere(request, sent, standing, showing)
    told = f"{showing.told} {translate(FILES_ANEW if sent.lost else STILL_THERE)}"
    showing = replace(showing, told=told, typed=_typed(standing.dialog, sent.node, sent.fields))
    return kept_by(request, sent.holder, draw(request, standing, sent.node, showing))


def _elsewhere(request: web.Request, sent: Sent, standing: Standing, showing: Showing) -> web.Response:
    """The question is not asked any more: the one that is; or what was typed, so that it is not lost."""
    if not isinstance(sent.node, Ending) and _has_words(_dialog_of(request, sent), sent.node, sent.fields):
        sent = replace(sent, holder=set_aside(sent.holder, sent.node, sent.fields))
        return _words_alone(request, sent, showing.told, showing.status)
    return _instead(request, sent, standing, showing)


def _instead(request: web.Request, sent: Sent, standing: Standing, showing: Showing) -> web.Response:
    """The question that is asked now, and what was said at the other one. What was chosen there is put back later."""
    words = tuple((translate_of(request)(N_("Du skrev")), text) for _, text in _texts(request, sent))
    shown = draw_here(request, sent.holder, standing, replace(showing, said=(*words, *_retold(request, sent))))
    return kept_by(request, set_aside(sent.holder, sent.node, sent.fields), shown)


def _said_already(standing: Standing, sent: Sent) -> bool:
    node, answers = sent.node, standing.draft.answers
    raw = from_form(node, sent.fields) if isinstance(node, Step) else {}
    try:
        beside = beside_in(standing.dialog, node.id, sent.fields)
        return engine.answer(standing.dialog, answers, node.id, raw, standing.facts, beside) == answers
    except Invalid:
        return isinstance(node, Ending) and node.id in answers


def _typed(dialog: Dialog, node: Step | Ending, fields: Fields) -> Fields:
    """What was typed, by field. A field that was left empty stays so, and does not fall back on an earlier answer."""
    if isinstance(node, Ending):
        return {}
    typed = {name: texts for name, texts in fields.items() if kind_of(node).takes(name)}
    for step in dialog.steps:
        if node.id in (step.id, step.beside):
            kind, prefix = kind_of(step), "" if step.id == node.id else f"{step.id}--"
            for name in kind.fields:
                typed[prefix + name] = tuple(fields.get(prefix + name, ())) or (() if name in kind.chosen else ("",))
    return typed


def _field_of(problem: Invalid, node: Step | Ending) -> str:
    """Where it is said: a question beside the page's own has fields that begin with its name."""
    return problem.field if problem.step == node.id or not problem.field else f"{problem.step}--{problem.field}"


def _has_words(dialog: Dialog, node: Step, fields: Fields) -> bool:
    """Whether something stands there that took longer than a choice among what the page offers."""
    return any(
        text.strip()
        for step, _, sent in asked_on(dialog, node, fields)
        for name in kind_of(step).fields
        if name not in kind_of(step).chosen
        for text in sent.get(name, ())
    )


def _texts(request: web.Request, sent: Sent) -> tuple[Line, ...]:
    """What was written in words, with its field, for copying; nothing if there is none."""
    if isinstance(sent.node, Ending):
        return ()
    return own_words(_dialog_of(request, sent), sent.node, sent.fields)
