"""Makes the parts and hands them in. The only place that knows the real clock, ids and randomness."""

import os
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import socketio
from aiohttp import web

import handlers
from dialogs.load import load, names, versions
from dialogs.schema.model import Dialog
from handlers.error_middleware import answer_refusals
from handlers.limits import Act, Limits
from handlers.realtime.peers import Peers
from handlers.realtime.publisher import Publisher
from handlers.realtime.remote_presence import RemotePresence
from handlers.realtime.serialize import Draw
from handlers.realtime.subscriptions import Subscriptions
from handlers.security_log import SecurityLog
from handlers.services import Place, Services
from handlers.thread.pushed_rows import Drawing
from handlers.view.locale import in_sweden
from inbox.actions.context import Rules
from inbox.attachments.attaching import Attaching
from inbox.attachments.uploads import Uploads
from inbox.directory.current import CurrentDirectory
from inbox.execution.directory_changes import directory_changes
from inbox.execution.executor import CommandExecutor
from inbox.execution.reacting import Reacting
from inbox.execution.sealing import Sealing
from inbox.intake.drafts import Drafts
from inbox.intake.library import Dialogs
from inbox.outbox.delivering import Channel, Delivering
from inbox.outbox.removed_files import removing_files
from inbox.people.identities import IdentityCache
from inbox.people.receipt_codes import ReceiptCodes
from inbox.people.roster import Roster
from inbox.queries.reading import Reading
from inbox.queries.statistics import Statistics
from inbox.reactions import every_reaction
from inbox.storage.encryption.keyring import Keyring
from inbox.storage.engine.engines import url_of
from inbox.storage.engine.store import Store
from inbox.storage.sealing.heads import HeadsFile
from server.administration.follower import Follower
from server.administration.taking_in import take_in
from server.auth import routes
from server.auth.oidc.sign_in import OidcSignIn
from server.auth.oidc.wiring import oidc_of
from server.auth.secret import secret_of
from server.auth.sessions import Sessions
from server.cluster.wiring import connect_peers, make_peers
from server.config import Settings
from server.files import allowance_of, files_of
from server.ids import uuid7
from server.jobs.following import Following
from server.jobs.jobs import chores as every_chore
from server.jobs.leases import STAND_IN, JobLease
from server.jobs.runner import Job, Jobs
from server.observability import health
from server.observability.metrics import Metrics
from server.observability.readiness import Condition
from server.observability.refusal_log import tell_refused
from server.observability.request_log import note_requests
from server.process.delivered import bring_in
from server.process.draining import Draining
from server.process.lifespan import lifespan
from server.sockets.socket_server import Sockets, make_sockets, watch_over
from server.web import languages, openapi, security
from server.web.assets import Assets
from server.web.body_limits import limit_bodies
from server.web.csrf import person_key
from server.web.languages import Languages
from server.web.rate_limits import Addresses, limits_of
from server.web.security import KB
from server.web.templates import Named, Pages

ROOT = Path(__file__).parent.parent
SIGN_INS_SWEPT = timedelta(minutes=10)


def real_clock() -> datetime:
    """The moment it is, in UTC."""
    return datetime.now(UTC)


def real_id() -> str:
    """A new id, later than those before it."""
    return uuid7(time.time_ns() // 1_000_000, os.urandom(10))


def id_at(moment: datetime) -> str:
    """A new id that sorts as if it were made at that moment."""
    return uuid7(int(moment.timestamp() * 1000), os.urandom(10))


def real_secret() -> str:
    """A new secret of 256 bits."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Effects:
    """The clock, the ids and the randomness: real ones, or a test's."""

    now: Callable[[], datetime] = real_clock
    new_id: Callable[[], str] = real_id
    new_secret: Callable[[], str] = real_secret
    between_0_and_1: Callable[[], float] = random.random
    steady: Callable[[], float] = time.monotonic
    """Seconds from some moment on, whatever is done to the clock."""


@dataclass(frozen=True)
class App:
    """The parts, put together."""

    app: web.Application
    sio: socketio.AsyncServer
    services: Services
    sessions: Sessions
    sockets: Sockets
    pages: Pages
    leaving: Draining
    condition: Condition
    follower: Follower
    oidc: OidcSignIn


def make_app(settings: Settings, effects: Effects | None = None) -> web.Application:
    """The application, ready to be served."""
    return build_app(settings, effects or Effects()).app


def build_app(settings: Settings, effects: Effects, *, worker: bool = False) -> App:
    """Every part, each made once. A worker serves machines alone, and is the first to do what one does for all."""
    base = _base(settings, effects)
    sockets, leaving = Sockets(base.sio, base.subscriptions), Draining()
    base.sessions.on_end(sockets.shut)
    watch_over(base.sio, base.sessions, base.limits, base.address, base.metrics.cut.inc, base.security_log)
    around = make_peers(settings, effects.new_id(), effects.between_0_and_1, base.secret)
    remote_presence = RemotePresence()
    act = _act(base)
    services = _services(base, act, _publisher(base, act, around, remote_presence))
    follower = _follower(base, services)
    cluster = connect_peers(services, around, remote_presence, base.subscriptions, base.sessions, sockets)
    reacting = Reacting(base.store, every_reaction(), effects.now)
    delivering = Delivering(base.store, channels(services), effects.now)
    condition = Condition(services, cluster.reachable, reacting, delivering)
    app, oidc = _application(base), _oidc(base)
    open_sockets = base.sio.eio.sockets
    app.add_routes(health.routes(base.store, base.metrics, lambda: len(open_sockets), condition, leaving, reacting))
    if not worker:
        handlers.attach(app, base.sio, services, base.subscriptions)
        routes.attach(app, base.sessions, oidc)
        app.add_routes([*openapi.routes(), *base.assets.routes()])
        base.sio.attach(app)
    sealing = Sealing(base.store, effects.now, HeadsFile(settings.heads_file))
    chores = (
        *every_chore(services, base.sessions, sockets, delivering, sealing),
        *cluster.chores(),
        Job("sign-ins", SIGN_INS_SWEPT, oidc.sweep, once=True),
    )
    jobs = (*(job for job in chores if job.once or not worker), *condition.chores(), *follower.jobs())
    turns = JobLease(base.store, effects.now, 0 if worker else STAND_IN)

    async def first() -> None:
        await follower.begin()
        await bring_in(base.store, delivered_dialogs(), base.dialogs, effects.now, effects.new_id)

    running = _jobs(services, jobs, turns, base.metrics, effects)
    lifespan(app, sockets, services, cluster, running, _following(base, reacting, delivering), first)
    return App(app, base.sio, services, base.sessions, sockets, base.pages, leaving, condition, follower, oidc)


def channels(services: Services) -> dict[str, Channel]:
    """The ways out of the outbox, by the names that its rows have."""
    return {"files": removing_files(services.store, services.files)}


@dataclass(frozen=True)
class _Base:
    """What the other parts are made of."""

    settings: Settings
    effects: Effects
    store: Store
    identities: IdentityCache
    directory: CurrentDirectory
    dialogs: Dialogs
    limits: Limits
    address: Addresses
    secret: bytes
    security_log: SecurityLog
    sessions: Sessions
    words: Languages
    assets: Assets
    pages: Pages
    sio: socketio.AsyncServer
    subscriptions: Subscriptions
    metrics: Metrics


def _base(settings: Settings, effects: Effects) -> _Base:
    store = store_of(settings)
    directory = CurrentDirectory()
    identities = IdentityCache(store, Roster(directory, lambda: in_sweden(effects.now())), effects.steady)
    secret = secret_of(settings, effects.new_secret)
    security_log = SecurityLog(lambda person: person_key(secret, person), effects.steady)
    sessions = Sessions(
        store=store,
        identities=identities,
        settings=settings,
        secret=secret,
        now=effects.now,
        new_secret=effects.new_secret,
        security=security_log,
    )
    words, assets = languages.load(ROOT / "web" / "locales"), Assets(ROOT / "web" / "assets")
    return _Base(
        settings=settings,
        effects=effects,
        store=store,
        identities=identities,
        directory=directory,
        dialogs=Dialogs(delivered_dialogs()),
        limits=limits_of(settings, effects.steady, effects.new_secret()),
        address=Addresses(settings.proxies),
        secret=secret,
        security_log=security_log,
        sessions=sessions,
        words=words,
        assets=assets,
        pages=_pages(settings, effects, assets, words, directory, sessions),
        sio=make_sockets(settings),
        subscriptions=Subscriptions(),
        metrics=Metrics(),
    )


def _application(base: _Base) -> web.Application:
    """What every request passes through, and every answer."""
    settings, sessions = base.settings, base.sessions
    app = web.Application(
        middlewares=[
            note_requests(base.metrics, base.effects.new_id),
            tell_refused(sessions, base.security_log),
            base.words.middleware,
            answer_refusals,
            sessions.middleware,
            limit_bodies(settings, lambda request: sessions.known(request) is not None, base.limits, base.address),
            security.guard(settings),
        ],
        client_max_size=settings.max_body_kb * KB,
    )
    app.on_response_prepare.append(security.put_headers(settings))
    return app


def _oidc(base: _Base) -> OidcSignIn:
    effects = base.effects
    return oidc_of(
        base.settings,
        base.store,
        base.sessions,
        now=effects.now,
        steady=effects.steady,
        new_id=effects.new_id,
        new_secret=effects.new_secret,
    )


def _act(base: _Base) -> CommandExecutor:
    return CommandExecutor(
        store=base.store,
        directory=base.directory,
        dialogs=base.dialogs,
        rules=Rules(goal_days=base.settings.goal_days, reply_days=base.settings.reply_window_days),
        now=base.effects.now,
        new_id=base.effects.new_id,
    )


def _publisher(base: _Base, act: CommandExecutor, around: Peers, remote_presence: RemotePresence) -> Publisher:
    return Publisher(
        push=base.sio.push,
        drain=base.sio.drain,
        store=base.store,
        subscriptions=base.subscriptions,
        identities=base.identities,
        directory=base.directory,
        translator=base.words.catalogue,
        latest=act.known,
        peers=around,
        remote_presence=remote_presence,
        is_over=base.sessions.is_over,
        draw=_draw(base),
        now=base.effects.now,
    )


def _services(base: _Base, act: CommandExecutor, publisher: Publisher) -> Services:
    store, now, new_id = base.store, base.effects.now, base.effects.new_id
    files, drafts = files_of(base.settings), _drafts(base)
    attaching = Attaching(
        store=store, files=files, drafts=drafts, allowance=allowance_of(base.settings), now=now, new_id=new_id
    )
    return Services(
        place=_place(base.settings),
        store=store,
        act=act,
        reading=_reading(base),
        statistics=Statistics(store),
        drafts=drafts,
        codes=ReceiptCodes(store, now, new_id),
        identities=base.identities,
        current_directory=base.directory,
        dialogs=base.dialogs,
        publisher=publisher,
        files=files,
        attaching=attaching,
        uploads=Uploads(store=store, files=files, attaching=attaching, now=now, new_id=new_id),
        now=base.effects.now,
        new_id=base.effects.new_id,
        new_secret=base.effects.new_secret,
        signed_in=base.sessions.signed_in,
        session_lives=base.sessions.lives,
        session_stands=base.sessions.stands,
        sign_in=base.sessions.sign_in,
        sign_out=base.sessions.sign_out,
        person_key=base.sessions.key_of,
        csrf=base.sessions.csrf,
        csrf_holds=base.sessions.csrf_holds,
        token_for=base.sessions.token_for,
        security=base.security_log,
        help_shown=lambda where: base.metrics.help.labels(where).inc(),
        limits=base.limits,
        address=base.address,
        language=base.words.of,
        translator=base.words.catalogue,
        draw=_draw(base),
        render=base.pages.render,
    )


def _draw(base: _Base) -> Draw:
    return Drawing(base.directory, base.words.catalogue, base.effects.now).frame


def _reading(base: _Base) -> Reading:
    return Reading(
        store=base.store,
        identities=base.identities,
        now=base.effects.now,
        looks=lambda person: base.limits.check(Act.LOOK, person),
    )


def _drafts(base: _Base) -> Drafts:
    return Drafts(
        store=base.store,
        dialogs=base.dialogs,
        directory=base.directory,
        now=base.effects.now,
        new_id=base.effects.new_id,
        days=base.settings.draft_days,
        most=base.settings.drafts_per_holder,
    )


def _place(settings: Settings) -> Place:
    return Place(
        service=settings.service_name,
        region=settings.region,
        goal_days=settings.goal_days,
        reply_days=settings.reply_window_days,
        draft_days=settings.draft_days,
        sample_sign_in=settings.sample_sign_in,
        sample_proxied=settings.sample_proxied,
    )


def _pages(
    settings: Settings,
    effects: Effects,
    assets: Assets,
    words: Languages,
    directory: CurrentDirectory,
    sessions: Sessions,
) -> Pages:
    return Pages(
        ROOT / "web" / "templates",
        cache=settings.kept / "cache",
        assets=assets,
        languages=words,
        directory=directory,
        now=effects.now,
        csrf=sessions.csrf,
        identity=lambda request: found.identity if (found := sessions.known(request)) else None,
        key_of=sessions.key_of,
        file_mb=settings.file_mb,
        named=Named(settings.service_name, settings.draft_days, settings.sample_sign_in),
    )


def _follower(base: _Base, services: Services) -> Follower:
    store, now, new_id = base.store, base.effects.now, base.effects.new_id

    async def take_in_first() -> None:
        kernel = directory_changes(store, now, lambda: in_sweden(now()), new_id)
        await take_in(base.settings.directory, store, kernel, new_id, lambda _, __: None)

    return Follower(
        store,
        base.directory,
        today=lambda: in_sweden(now()),
        take_in_first=take_in_first,
        region=base.settings.region,
        everybody=base.subscriptions.everybody,
        changed=services.publisher.person_changed,
    )


def _jobs(services: Services, chores: tuple[Job, ...], turns: JobLease, metrics: Metrics, effects: Effects) -> Jobs:
    def count(job: str, outcome: str) -> None:
        metrics.jobs.labels(job, outcome).inc()

    turn = turns.do if services.store.shared else None
    return Jobs(chores, effects=effects.between_0_and_1, count=count, turn=turn)


def _following(base: _Base, reacting: Reacting, delivering: Delivering) -> tuple[Following, ...]:
    def count(job: str, outcome: str) -> None:
        base.metrics.jobs.labels(job, outcome).inc()

    rounds = {"reactions": reacting.round, "outbox": delivering.round}
    chance = base.effects.between_0_and_1
    return tuple(Following(name, do, base.store.bell, chance=chance, count=count) for name, do in rounds.items())


def keyring_of(settings: Settings) -> Keyring:
    """The keys that the settings name."""
    return Keyring(settings.key_file, os.urandom, may_make=not settings.keys)


def store_of(settings: Settings) -> Store:
    """The database that the settings name, with its keys."""
    return Store(url_of(settings.database, settings.database_url), keyring_of(settings))


def delivered_dialogs() -> tuple[Dialog, ...]:
    """Every version of every dialog that comes with the program."""
    return tuple(load(name, version) for name in names() for version in versions(name))
