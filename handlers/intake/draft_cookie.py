"""Whose draft it is: a secret in the browser opens it until somebody has signed in; and which of several is open."""

from aiohttp import web
from msgspec import Struct
from msgspec.structs import replace

from handlers.requests import services_of, who
from inbox.cases.errors import NoSuchDraft
from inbox.cases.model import CaseId, Identity, PersonId, UnitId
from inbox.intake.drafts import Owner, Standing
from inbox.principals.principal import CodeHolder, Individual, Principal

COOKIE = "__Host-draft"
DIALOG = "complaint"
"""What is asked where no dialog is named."""
_SHORTEST_KEY = 32
_ANEW = "ny"
DAY = 24 * 3600


class Holder(Struct, frozen=True):
    """A browser as the holder of drafts.

    In the cookie: `key`, `key.<draft>`, `key.<draft>.<aside>`, or `key.ny` and maybe `.<unit>` and `.<dialog>`.
    """

    key: str
    person: PersonId | None
    draft: CaseId = ""
    """The draft that is open; empty: the newest one."""
    anew: bool = False
    """Something new is to begin with the first answer."""
    place: UnitId = ""
    """Where it happened, when something new begins from a unit's own page."""
    dialog: str = DIALOG
    """By which something new begins."""
    code: str | None = None
    """The receipt code by which somebody is here, where nobody knows which person that is."""
    aside: str = ""
    """What was chosen at questions that were not asked any more, as `set_aside` writes it: put back when they are."""

    @property
    def owner(self) -> Owner:
        """Who asks for a draft."""
        return Owner(key=self.key, person=self.person, code=self.code)

    @property
    def cookie(self) -> str:
        """What the browser keeps."""
        if self.anew:
            return ".".join((self.key, _ANEW, self.place, named(self.dialog))).rstrip(".")
        return ".".join(part for part in (self.key, self.draft, self.aside) if part)

    def opening(self, draft: CaseId) -> "Holder":
        """The same browser with that draft open; without one, with the newest."""
        aside = self.aside if draft == self.draft else ""
        return replace(self, draft=draft, anew=False, place="", dialog=DIALOG, aside=aside)

    def beginning(self, place: UnitId = "", dialog: str = DIALOG) -> "Holder":
        """The same browser, about to begin something new."""
        return replace(self, draft="", anew=True, place=place, dialog=dialog, aside="")


def named(dialog: str) -> str:
    """A dialog as cookies and forms name it: the usual one needs no name."""
    return "" if dialog == DIALOG else dialog


async def holder_of(request: web.Request) -> Holder:
    """The browser that asks, with a new key if it has none. Staff hold no drafts in that capacity."""
    signed_in = await who(request)
    person, code = _citizen(signed_in.identity if signed_in else None)
    key, *rest = _cookie_of(request).split(".")
    if len(key) < _SHORTEST_KEY:
        return Holder(key=services_of(request).new_secret(), person=person, code=code)
    match rest:
        case ["ny", *about]:
            place, dialog, *_ = (*about, "", "")
            return Holder(key, person, anew=True, place=place, dialog=dialog or DIALOG, code=code)
        case [draft, *aside] if draft:
            return Holder(key, person, draft=draft, aside="".join(aside[:1]), code=code)
        case _:
            return Holder(key, person, code=code)


def _citizen(identity: Identity | None) -> tuple[PersonId | None, str | None]:
    """Which person, or by which receipt code."""
    if identity is None or not identity.citizen:
        return None, None
    principal = identity.principal
    return identity.person, principal.id if isinstance(principal, CodeHolder) else None


async def open_draft(request: web.Request, holder: Holder) -> Standing | None:
    """The draft that is open in this browser, else the owner's newest; None if there is none to go on with."""
    drafts = services_of(request).drafts
    if holder.anew:
        return None
    if holder.draft:
        try:
            return await drafts.find(holder.draft, holder.owner)
        except NoSuchDraft:
            pass
    return await drafts.newest(holder.owner)


def kept_by(request: web.Request, holder: Holder, response: web.Response) -> web.Response:
    """The response, with the browser's key in it if that has changed."""
    if request.cookies.get(COOKIE) != holder.cookie:
        days = services_of(request).place.draft_days
        response.set_cookie(
            COOKIE, holder.cookie, max_age=days * DAY, path="/", secure=True, httponly=True, samesite="Lax"
        )
    return response


async def claim_drafts(request: web.Request, principal: Principal) -> None:
    """What was begun in this browser is the person's from now on, and only the person's. It stays nobody's else."""
    if not isinstance(principal, Individual):
        return
    key, _, _ = _cookie_of(request).partition(".")
    drafts = services_of(request).drafts
    if len(key) >= _SHORTEST_KEY and await drafts.begun(Owner(key=key)):
        await drafts.claim(key, principal.id)


def _cookie_of(request: web.Request) -> str:
    """What the browser kept; nothing, if it is nothing that we gave it."""
    cookie = request.cookies.get(COOKIE, "")
    return cookie if cookie.isascii() and cookie.isprintable() else ""


def forget_drafts(response: web.StreamResponse) -> None:
    """The browser opens no drafts any more. The person's own are there again after signing in."""
    response.del_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
