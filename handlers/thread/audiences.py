"""Who reads what is written, in words: for the choice beside the composer, and for the mark on a message."""

from msgspec import Struct

from dialogs.sentences import N_
from handlers.thread.form_state import FormState
from handlers.thread.view_context import ViewContext, party_name, reporter_name
from handlers.view.models import Mark, Side
from inbox.actions.audience import addressed, offered, owes, readers
from inbox.cases.commands import Audience
from inbox.cases.model import PartyKind

ICONS = {Audience.ALL: "group", Audience.CITIZEN_BOARD: "person", Audience.UNIT_BOARD: "hospital"}
TONES: dict[Audience, Side | None] = {
    Audience.ALL: None,
    Audience.CITIZEN_BOARD: "board",
    Audience.UNIT_BOARD: "care",
}


class AudienceChoice(Struct, frozen=True):
    """Somebody to write to, and who can then read."""

    mark: Mark
    readers: str
    chosen: bool
    owed: bool
    """Somebody has spoken to these only: before everyone reads the reply, it is asked whether that is meant."""
    question: str
    """Asks it; empty for everyone."""
    only: str
    """Says that it is not meant."""
    asks: str
    """The command that is asked about now; else empty."""


def choices(look: ViewContext, again: FormState) -> tuple[AudienceChoice, ...]:
    """What can be chosen; nothing where there is only everyone. A reply is for those who had the newest words."""
    found = offered(look.case, look.actor)
    if len(found) < 2:
        return ()
    typed = again.text("audience", "post_message", "ask_reporter")
    now = next((audience for audience in found if audience == typed), addressed(look.case, look.actor))
    return tuple(_choice(audience, look, again.asked, chosen=audience is now) for audience in found)


def _choice(audience: Audience, look: ViewContext, asked: str, *, chosen: bool) -> AudienceChoice:
    owed = owes(look.case, look.actor) is audience
    question, only = _widening(audience, look)
    return AudienceChoice(
        mark=mark_of(audience, look),
        readers=_readers(audience, look),
        chosen=chosen,
        owed=owed,
        question=question,
        only=only,
        asks=asked if owed else "",
    )


def _widening(audience: Audience, look: ViewContext) -> tuple[str, str]:
    """The question whether everyone is meant though the newest words were for these, and what says no to it."""
    say, name = look.locale.t, reporter_name(look)
    match audience, look.side:
        case Audience.ALL, _:
            return "", ""
        case _, "reporter":
            asked = say(N_("Det senaste meddelandet var bara till dig och patientnämnden. Skicka till alla?"))
            return asked, say(N_("Nej, bara till patientnämnden"))
        case _, "care":
            asked = say(N_("Det senaste meddelandet var bara till er och patientnämnden. Skicka till alla?"))
            return asked, say(N_("Nej, bara till patientnämnden"))
        case Audience.CITIZEN_BOARD, _:
            asked = say(N_("Det senaste meddelandet var bara till er och {name}. Skicka till alla?"), name=name)
            return asked, say(N_("Nej, bara till {name}"), name=name)
        case _:
            asked = say(N_("Det senaste meddelandet var bara till er och enheten. Skicka till alla?"))
            return asked, say(N_("Nej, bara till enheten"))


def mark_of(audience: Audience, look: ViewContext) -> Mark:
    """The mark of an audience."""
    return Mark(audience.value, ICONS[audience], audience_words(audience, look), TONES[audience] or "")


def mark_shown(audience: Audience, look: ViewContext) -> Mark | None:
    """The same for a message; None where it says nothing: everyone, in a case of two."""
    return mark_of(audience, look) if audience is not Audience.ALL or has_three_sides(look) else None


def audience_words(audience: Audience, look: ViewContext) -> str:
    """What an audience is called by the one who looks."""
    say = look.locale.t
    match audience:
        case Audience.ALL:
            return say(N_("Alla"))
        case Audience.UNIT_BOARD:
            return say(N_("Bara enheten och patientnämnden"))
        case Audience.CITIZEN_BOARD if look.staff:
            return say(N_("Bara {name} och patientnämnden"), name=reporter_name(look))
        case _:
            return say(N_("Bara du och patientnämnden"))


def has_three_sides(look: ViewContext) -> bool:
    """Whether a board and an authority of the care take part, or have taken part."""
    kinds = {party.kind for party in look.case.parties}
    return {PartyKind.BOARD, PartyKind.PROVIDER} <= kinds


def _readers(audience: Audience, look: ViewContext) -> str:
    """`Kan läsa: du, Ekbackens vårdcentral`; the own side first."""
    parties = readers(look.case, audience, look.actor)
    own = look.locale.t(N_("du") if not look.staff else N_("ni på enheten"))
    if look.side == "board":
        own = look.locale.t(N_("ni på nämnden"))
    others = [party_name(party, look) for party in parties if party != look.actor.party]
    return ", ".join([own, *others])
