"""Who reads what is written, in words: for the choice beside the composer, and for the mark on a message."""

from msgspec import Struct

from handlers.pages.look import Look, party_name, reporter_name
from handlers.pages.shapes import Mark, Side
from handlers.words import N_
from inbox.actions.audience import offered, readers
from inbox.commands import Audience
from inbox.model import REPORTER, PartyKind

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


def choices(look: Look, chosen: str) -> tuple[AudienceChoice, ...]:
    """What can be chosen; nothing where there is only everyone."""
    found = offered(look.case, look.actor)
    if len(found) < 2:
        return ()
    now = chosen if chosen in {audience.value for audience in found} else Audience.ALL.value
    return tuple(
        AudienceChoice(mark_of(audience, look), _readers(audience, look), audience.value == now) for audience in found
    )


def mark_of(audience: Audience, look: Look) -> Mark:
    """The mark of an audience."""
    return Mark(audience.value, ICONS[audience], audience_words(audience, look), TONES[audience] or "")


def mark_shown(audience: Audience, look: Look) -> Mark | None:
    """The same for a message; None where it says nothing: everyone, in a case of two."""
    return mark_of(audience, look) if audience is not Audience.ALL or has_three_sides(look) else None


def audience_words(audience: Audience, look: Look) -> str:
    """What an audience is called by the one who looks."""
    say = look.speech.say
    match audience:
        case Audience.ALL:
            return say(N_("Alla"))
        case Audience.UNIT_BOARD:
            return say(N_("Bara enheten och patientnämnden"))
        case Audience.CITIZEN_BOARD if look.staff:
            return say(N_("Bara {name} och patientnämnden"), name=reporter_name(look))
        case _:
            return say(N_("Bara du och patientnämnden"))


def has_three_sides(look: Look) -> bool:
    """Whether a board and an authority of the care take part, or have taken part."""
    kinds = {party.kind for party in look.case.parties}
    return {PartyKind.BOARD, PartyKind.PROVIDER} <= kinds


def _readers(audience: Audience, look: Look) -> str:
    """`Kan läsa: du, Ekbackens vårdcentral`; the own side first."""
    parties = readers(look.case, audience, look.actor)
    own = look.speech.say(N_("du") if look.actor.party == REPORTER else N_("ni på enheten"))
    if look.side == "board":
        own = look.speech.say(N_("ni på nämnden"))
    others = [party_name(party, look) for party in parties if party != look.actor.party]
    return ", ".join([own, *others])
