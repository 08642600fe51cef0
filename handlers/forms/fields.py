"""From what was typed to the fields of a command, and from a refusal back to the field where it is mended."""

from collections.abc import Mapping, Sequence

from dialogs.errors import Refused
from dialogs.sentences import N_
from handlers.errors import GUARDS, sentence_of
from handlers.forms.sharing import parts_fields
from handlers.forms.stale_check import seen_fields
from handlers.requests import first
from handlers.staff.close_form import FIELDS, too_long, wrong_rows
from handlers.staff.close_input import answer_typed
from handlers.staff.close_input import fields_of as answer_fields
from handlers.view.form_specs import FORMS, FormSpec, TextField
from handlers.view.locale import Locale
from handlers.view.models import Problem
from inbox.actions.closing import Guard
from inbox.cases import errors as e
from inbox.cases.commands import KINDS, Audience
from inbox.cases.model import CaseId

Typed = Mapping[str, tuple[str, ...]]

_UNIT = (e.NoSuchUnit, e.OtherProvider, e.OtherRegion, e.SameUnit, e.WrongReceiver)


def command_fields(tag: str, typed: Typed, case: CaseId, files: Sequence[str]) -> dict[str, object]:
    """The fields of the command with that tag; values are still to be checked."""
    fields: dict[str, object] = {"case": case, "client_id": first(typed, "client_id")}
    if tag == "answer_case":
        return fields | seen_fields(tag, typed) | answer_fields(answer_typed(typed))
    if tag == "answer_questions":
        fields["answers"] = _filled(typed)
    if tag == "propose_sharing":
        fields["parts"] = parts_fields(typed)
    if tag == "ask_reporter" and _audience(typed) != Audience.ALL:
        # What the handling waits for is asked in front of everyone; a text meant for some must not be shown to all.
        raise e.NoSuchAudience
    fields |= seen_fields(tag, typed)
    if tag == "post_message":
        fields["audience"] = _audience(typed)
    if FORMS[tag].widens:
        fields["widens"] = bool(first(typed, "widens"))
    for name in KINDS[tag].__struct_fields__:
        if first(typed, name) and name not in fields and name != "seen":
            fields[name] = first(typed, name)
    return fields | ({"files": list(files)} if files else {})


def _filled(typed: Typed) -> list[dict[str, str]]:
    """What was filled in: a field `<question>.<field>` each."""
    named = ((*name.partition("."), texts) for name, texts in typed.items())
    return [{"step": step, "field": field, "text": text} for step, dot, field, texts in named if dot for text in texts]


def _audience(typed: Typed) -> str:
    """The audience that was chosen; where the form asked whether everyone is meant, the one it was answered with."""
    return first(typed, "only") or first(typed, "audience") or Audience.ALL.value


def words_in(tag: str, typed: Typed) -> tuple[str, ...]:
    """The sentences that somebody wrote in the form: what must not be lost."""
    return tuple(text for _, text in written_in(tag, typed))


def written_in(tag: str, typed: Typed) -> tuple[tuple[str, str], ...]:
    """The same, each with the field it stands in."""
    return tuple((field.name, text) for field in FORMS[tag].texts for text in typed.get(field.name, ()) if text.strip())


def problems_of(tag: str, typed: Typed, refusal: Refused, locale: Locale) -> tuple[Problem, ...]:
    """What is wrong with the form, each by the field where it is mended."""
    if isinstance(refusal, e.GuardsUnmet):
        return tuple(Problem(FIELDS[Guard(guard)], locale.t(GUARDS[guard])) for guard in refusal.guards)
    if isinstance(refusal, _UNIT):
        return (Problem(FORMS[tag].id_of("unit"), sentence_of(refusal, locale.translate, locale.language)),)
    if isinstance(refusal, e.Malformed | e.EmptyText):
        return _unfit(tag, typed, refusal, locale)
    return (Problem("", sentence_of(refusal, locale.translate, locale.language)),)


def _unfit(tag: str, typed: Typed, refusal: Refused, locale: Locale) -> tuple[Problem, ...]:
    if tag == "answer_case" and (wrong := wrong_rows(answer_typed(typed), locale)):
        return wrong
    where = str(refusal.params.get("where", "")).removeprefix("$").lstrip(".").partition("[")[0]
    found = [problem for field in FORMS[tag].texts if (problem := _of_text(FORMS[tag], field, typed, locale))]
    if "unit" in KINDS[tag].__struct_fields__ and not first(typed, "unit"):
        found.insert(0, Problem("unit", locale.t(N_("Välj en enhet."))))
    return tuple(found) or (Problem(FORMS[tag].id_of(where), sentence_of(refusal, locale.translate, locale.language)),)


def _of_text(form: FormSpec, field: TextField, typed: Typed, locale: Locale) -> Problem | None:
    """Why a text does not do: it is empty, or too long."""
    text, most = first(typed, field.name).strip(), form.longest(field.name)
    if most is None:
        return None
    if not text and not form.may_be_empty(field.name):
        asked = locale.t(field.empty) if field.empty else sentence_of(e.EmptyText(), locale.translate, locale.language)
        return Problem(form.id_of(field.name), asked)
    if len(text) > most:
        return Problem(form.id_of(field.name), too_long(text, most, locale))
    return None
