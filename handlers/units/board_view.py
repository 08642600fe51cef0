"""A patient board: somebody to call from every page."""

from msgspec import Struct

from dialogs.sentences import Translate
from handlers.services import Services
from inbox.directory.contact import Line, contact_lines, hours_in_words
from inbox.directory.model import Unit


class BoardView(Struct, frozen=True):
    """How to reach a board."""

    name: str
    phone: str
    hours: str
    ways: tuple[Line, ...]


def board_view(desk: Unit | None, services: Services, translate: Translate) -> BoardView | None:
    """The board with that desk, or where there is none, that of the installation's own region."""
    desk = desk or _own(services)
    if desk is None:
        return None
    region = services.directory.region_of(desk)
    return BoardView(
        name=desk.name,
        phone=desk.phone,
        hours=hours_in_words(desk.hours, translate),
        ways=contact_lines(region.ways, translate),
    )


def every_board(services: Services, translate: Translate) -> tuple[BoardView, ...]:
    """The boards of the open regions, that of the installation's own region first."""
    directory, own = services.directory, services.place.region
    regions = sorted(directory.open_regions(), key=lambda region: (region.code != own, region.name))
    desks = (directory.find(region.board.desk) for region in regions if region.board and region.board.desk)
    found = (board_view(desk, services, translate) for desk in desks if desk)
    return tuple(view for view in found if view)


def _own(services: Services) -> Unit | None:
    region = services.directory.regions.get(services.place.region)
    desk = region.board.desk if region and region.board else None
    return services.directory.find(desk) if desk else None
