"""The start page, and the pages that say how things are."""

from typing import ClassVar

from aiohttp import web
from msgspec import Struct

from dialogs.engine import remaining
from dialogs.sentences import N_, Translate
from handlers.intake.draft_cookie import holder_of, open_draft
from handlers.page import Page
from handlers.requests import services_of, translate_of
from handlers.units.board_view import BoardView, every_board
from inbox.directory.contact import Line, contact_lines
from inbox.directory.model import Channel, Region
from inbox.intake.drafts import Standing

REMOVED = N_("Utkastet är borttaget.")


class DraftView(Struct, frozen=True):
    """How far one has come."""

    number: int
    total: int


class RegionView(Struct, frozen=True):
    """A region that is not open here, and how to complain there."""

    name: str
    board: str
    ways: tuple[Line, ...]


class ToldByRegion(Struct, frozen=True):
    """What a region says in its own words."""

    region: str
    text: str


class StartPage(Page, frozen=True, kw_only=True):
    """What this is, and the way in."""

    template: ClassVar[str] = "start.html"

    goal_days: int
    """The shortest goal of the open regions."""
    longest_goal: int
    """The longest, where they differ."""
    boards: tuple[BoardView, ...]
    draft: DraftView | None
    """What can be gone on with."""


class RegionsPage(Page, frozen=True, kw_only=True):
    """The regions that are not open here."""

    template: ClassVar[str] = "page/regions.html"

    regions: tuple[RegionView, ...]


class OfflinePage(Page, frozen=True, kw_only=True):
    """What the service worker keeps: nobody is signed in on it."""

    template: ClassVar[str] = "offline.html"


class AccessibilityPage(Page, frozen=True, kw_only=True):
    """How accessible the service is."""

    template: ClassVar[str] = "page/accessibility.html"


class PrivacyPage(Page, frozen=True, kw_only=True):
    """What becomes of what is known of people."""

    template: ClassVar[str] = "page/privacy.html"

    told: tuple[ToldByRegion, ...]


class ContactPage(Page, frozen=True, kw_only=True):
    """How to reach the boards."""

    template: ClassVar[str] = "page/contact.html"

    boards: tuple[BoardView, ...]


async def start(request: web.Request) -> web.Response:
    """`/`: what this is, and the way in."""
    services, translate = services_of(request), translate_of(request)
    standing = await open_draft(request, await holder_of(request))
    regions, usual = services.directory.open_regions(), services.place.goal_days
    goals = [region.goal_days or usual for region in regions] or [usual]
    page = StartPage(
        goal_days=min(goals),
        longest_goal=max(goals),
        boards=every_board(services, translate),
        draft=_draft(standing) if standing else None,
        notice=translate(REMOVED) if "borttaget" in request.query else "",
    )
    return services.render(request, page)


async def other_regions(request: web.Request) -> web.Response:
    """`/andra-regioner`: the regions that are not open here."""
    services, translate = services_of(request), translate_of(request)
    regions = tuple(
        RegionView(region.name, region.board.name if region.board else "", _own_ways(region, translate))
        for region in services.directory.regions_not_open()
    )
    return services.render(request, RegionsPage(regions=regions))


async def offline(request: web.Request) -> web.Response:
    """`/utan-nat`: what the service worker answers with when there is no net. The same for everybody."""
    return services_of(request).render(request, OfflinePage())


async def accessibility(request: web.Request) -> web.Response:
    """`/tillganglighet`."""
    return services_of(request).render(request, AccessibilityPage())


async def privacy(request: web.Request) -> web.Response:
    """`/personuppgifter`."""
    services = services_of(request)
    language = services.language(request)
    told = (ToldByRegion(one.name, one.text("privacy", language)) for one in services.directory.open_regions())
    return services.render(request, PrivacyPage(told=tuple(one for one in told if one.text)))


async def contact(request: web.Request) -> web.Response:
    """`/kontakt`."""
    services = services_of(request)
    return services.render(request, ContactPage(boards=every_board(services, translate_of(request))))


def _own_ways(region: Region, translate: Translate) -> tuple[Line, ...]:
    """What is particular to the region. That the rest is told elsewhere is said once, above."""
    own = [way for way in region.ways if way.address and way.channel is not Channel.NATIONAL]
    return contact_lines(own, translate)


def _draft(standing: Standing) -> DraftView:
    progress = remaining(standing.dialog, standing.draft.answers, standing.facts)
    return DraftView(progress.number, progress.total)
