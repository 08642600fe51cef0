"""The parts that handlers work with. Built by `server/app.py`; handlers only use them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aiohttp import web

from dialogs.sentences import Translate
from handlers.limits import Limits
from handlers.page import Render
from handlers.realtime.serialize import Draw
from handlers.security_log import SecurityLog
from inbox.attachments.attaching import Attaching
from inbox.attachments.uploads import Uploads
from inbox.cases.model import Identity
from inbox.directory.current import CurrentDirectory
from inbox.directory.index import Index
from inbox.directory.tree import Directory
from inbox.execution.executor import CommandExecutor
from inbox.files.store import Files
from inbox.intake.drafts import Drafts
from inbox.intake.library import Dialogs
from inbox.people.identities import IdentityCache
from inbox.people.receipt_codes import ReceiptCodes
from inbox.principals.principal import Who
from inbox.queries.reading import Reading
from inbox.queries.statistics import Statistics
from inbox.storage.engine.store import Store

if TYPE_CHECKING:
    from handlers.realtime.publisher import Publisher


@dataclass(frozen=True)
class SignedIn:
    """A valid session with somebody in it."""

    session: str
    """Hash of the session's secret: what an open socket is tied to."""
    identity: Identity


@dataclass(frozen=True)
class Proven:
    """Who somebody has shown to be, as what they come in, and by whom and how surely that is vouched for."""

    who: Who
    provider: str
    assurance: str = ""
    sides: tuple[str, ...] = ()
    """What is vouched for: `citizen`, `staff`."""
    subject: str = ""
    provider_session: str = ""
    """What the provider calls the person and the sign-in."""
    id_token: str = ""
    """What it wants back when they sign out."""


@dataclass(frozen=True)
class Place:
    """What this installation is called, and what its region has decided."""

    service: str
    region: str
    """Code of the region that answers for the installation."""
    goal_days: int
    reply_days: int
    draft_days: int
    sample_sign_in: bool
    """Whether one can sign in by picking a sample person."""
    sample_proxied: bool
    """Whether that goes for what comes through a proxy too."""


@dataclass(frozen=True)
class Services:
    """Everything handlers need, by name."""

    place: Place
    store: Store
    act: CommandExecutor
    reading: Reading
    statistics: Statistics
    drafts: Drafts
    codes: ReceiptCodes
    """What opens the cases of those who have not said who they are."""
    identities: IdentityCache
    current_directory: CurrentDirectory
    dialogs: Dialogs
    publisher: "Publisher"
    files: Files
    """The bytes of attachments."""
    attaching: Attaching
    uploads: Uploads
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    new_secret: Callable[[], str]
    signed_in: Callable[[web.Request], Awaitable[SignedIn | None]]
    """Who is signed in, from the session cookie."""
    session_lives: Callable[[str], Awaitable[bool]]
    """Whether the session with that hash is still valid; its person does something."""
    session_stands: Callable[[str], Awaitable[bool]]
    """The same for what a page does by itself: that keeps nobody signed in."""
    sign_in: Callable[[web.Request, web.StreamResponse, Proven], Awaitable[None]]
    """Begin a session with a new secret."""
    sign_out: Callable[[web.Request, web.StreamResponse], Awaitable[None]]
    """End the session."""
    person_key: Callable[[str], str]
    """What somebody's browser binds its own copies, and its socket, to: made of the identity's key."""
    csrf: Callable[[web.Request], str]
    """The token that forms of this browser carry."""
    csrf_holds: Callable[[web.Request, str], bool]
    """Whether a token is this browser's."""
    token_for: Callable[[str], str]
    """A token for what only one browser knows."""
    security: SecurityLog
    """What is told to those who watch over the service."""
    help_shown: Callable[[str], None]
    """Counts that somebody was shown where to call, in the `guide` or a `thread`: never whom, or for which words."""
    limits: Limits
    """How often people may do things."""
    address: Callable[[web.Request], str]
    """Where a request comes from. For counting alone: never stored, never logged."""
    language: Callable[[web.Request], str]
    """`sv` or `en`: what the person chose, else what the browser prefers."""
    translator: Callable[[str], Translate]
    draw: Draw
    """The translation into a language."""
    render: Render
    """`render(request, page, status=200)`: a page."""

    @property
    def directory(self) -> Directory:
        """The directory in force: whoever needs one and the same for all of a request takes it once."""
        return self.current_directory.tree

    @property
    def index(self) -> Index:
        """What the picker looks in."""
        return self.current_directory.index
