"""The patient board of the region that answers for the installation: somebody to call from every page."""

from msgspec import Struct

from dialogs.sentences import Translate
from handlers.services import Services
from inbox.directory.contact import Line, contact_lines, hours_in_words
from inbox.directory.model import Unit


class BoardView(Struct, frozen=True):
    """How to reach the board."""

    name: str
    phone: str
    hours: str
    ways: tuple[Line, ...]


def board_view(services: Services, translate: Translate) -> BoardView | None:
    """The board of the installation's own region; None if it has no desk here."""
    desk = own_board(services)
    if desk is None:
        return None
    region = services.directory.region_of(desk)
    return BoardView(
        name=desk.name,
        phone=desk.phone,
        hours=hours_in_words(desk.hours, translate),
        ways=contact_lines(region.ways, translate),
    )


def own_board(services: Services) -> Unit | None:
    """The desk of that board."""
    region = services.directory.regions.get(services.place.region)
    desk = region.board.desk if region and region.board else None
    return services.directory.find(desk) if desk else None
