"""Makes the parts and hands them in. The only place that knows the real clock, ids and randomness."""

import os
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import socketio
from aiohttp import web

import handlers
from dialogs.schema.load import load, names, versions
from handlers.error_middleware import answer_refusals
from handlers.limits import Act, Limits
from handlers.realtime.publisher import Publisher
from handlers.realtime.remote_presence import RemotePresence
from handlers.realtime.subscriptions import Subscriptions
from handlers.security_log import SecurityLog
from handlers.services import Place, Services
from inbox.actions.context import Rules
from inbox.attachments.attaching import Attaching
from inbox.attachments.uploads import Uploads
from inbox.directory.index import build
from inbox.directory.load import BrokenDirectory
from inbox.directory.load import load as load_directory
from inbox.directory.tree import Directory
from inbox.execution.executor import CommandExecutor
from inbox.intake.drafts import Dialogs, Drafts
from inbox.people.identities import IdentityCache
from inbox.queries.reading import Reading
from inbox.storage.engine.engines import url_of
from inbox.storage.engine.store import Store
from server.auth import routes
from server.auth.secret import secret_of
from server.auth.sessions import Sessions
from server.cluster.wiring import connect_peers, make_peers
from server.config import Settings, WrongSetting
from server.files import allowance_of, files_of
from server.ids import uuid7
from server.jobs.jobs import chores as every_chore
from server.jobs.leases import STAND_IN, JobLease
from server.jobs.runner import Job, Jobs
from server.observability import health
from server.observability.metrics import Metrics
from server.observability.readiness import Condition
from server.observability.refusal_log import tell_refused
from server.observability.request_log import note_requests
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


def make_app(settings: Settings, effects: Effects | None = None) -> web.Application:
    """The application, ready to be served."""
    return build_app(settings, effects or Effects()).app


def build_app(settings: Settings, effects: Effects, *, worker: bool = False) -> App:
    """Every part, each made once. A worker serves machines alone, and is the first to do what one does for all."""
    store = Store(url_of(settings.database, settings.database_url))
    identities = IdentityCache(store, effects.steady)
    limits = limits_of(settings, effects.steady, effects.new_secret())
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
    words = languages.load(ROOT / "web" / "locales")
    assets = Assets(ROOT / "web" / "assets")
    directory = directory_of(settings)
    pages = _pages(settings, effects, assets, words, directory, sessions)
    sio, subscriptions, metrics = make_sockets(settings), Subscriptions(), Metrics()
    sockets, leaving = Sockets(sio, subscriptions), Draining()
    sessions.on_end(sockets.shut)
    address = Addresses(settings.proxies)
    watch_over(sio, sessions, limits, address, metrics.cut.inc)
    around, remote_presence = make_peers(settings, effects.new_id(), effects.between_0_and_1, secret), RemotePresence()
    act = _act(settings, effects, store, directory)
    publisher = Publisher(
        sio=sio,
        store=store,
        subscriptions=subscriptions,
        identities=identities,
        directory=directory,
        translator=words.catalogue,
        latest=act.known,
        peers=around,
        remote_presence=remote_presence,
        is_over=sessions.is_over,
    )
    services = _services(
        settings,
        effects,
        store,
        identities,
        directory,
        act,
        publisher,
        sessions,
        words,
        pages,
        limits,
        address,
        security_log,
        metrics,
    )
    cluster = connect_peers(services, around, remote_presence, subscriptions, sessions, sockets)
    condition = Condition(services, cluster.reachable)

    app = web.Application(
        middlewares=[
            note_requests(metrics, effects.new_id),
            tell_refused(sessions, security_log),
            words.middleware,
            answer_refusals,
            sessions.middleware,
            limit_bodies(settings, lambda request: sessions.known(request) is not None, limits, address),
            security.guard(settings),
        ],
        client_max_size=settings.max_body_kb * KB,
    )
    app.on_response_prepare.append(security.put_headers(settings))
    app.add_routes(health.routes(store, metrics, lambda: len(sio.eio.sockets), condition, leaving))
    if not worker:
        handlers.attach(app, sio, services, subscriptions)
        app.add_routes([*routes.routes(), *openapi.routes(), *assets.routes()])
        sio.attach(app)
    chores = (*every_chore(services, sessions, sockets), *cluster.chores())
    jobs = (*(job for job in chores if job.once or not worker), *condition.chores())
    turns = JobLease(store, effects.now, 0 if worker else STAND_IN)
    lifespan(app, sockets, services, cluster, _jobs(services, jobs, turns, metrics, effects))
    return App(app, sio, services, sessions, sockets, pages, leaving, condition)


def _act(settings: Settings, effects: Effects, store: Store, directory: Directory) -> CommandExecutor:
    rules = Rules(goal_days=settings.goal_days, reply_days=settings.reply_window_days)
    return CommandExecutor(
        store=store,
        directory=directory,
        dialogs=every_dialog(),
        rules=rules,
        now=effects.now,
        new_id=effects.new_id,
    )


def _services(
    settings: Settings,
    effects: Effects,
    store: Store,
    identities: IdentityCache,
    directory: Directory,
    act: CommandExecutor,
    publisher: Publisher,
    sessions: Sessions,
    words: Languages,
    pages: Pages,
    limits: Limits,
    address: Addresses,
    security_log: SecurityLog,
    metrics: Metrics,
) -> Services:
    dialogs = every_dialog()
    drafts = Drafts(
        store=store,
        dialogs=dialogs,
        directory=directory,
        now=effects.now,
        new_id=effects.new_id,
        days=settings.draft_days,
        most=settings.drafts_per_holder,
    )
    files = files_of(settings)
    attaching = Attaching(
        store=store,
        files=files,
        drafts=drafts,
        allowance=allowance_of(settings),
        now=effects.now,
        new_id=effects.new_id,
    )
    return Services(
        place=Place(
            service=settings.service_name,
            region=settings.region,
            goal_days=settings.goal_days,
            reply_days=settings.reply_window_days,
            draft_days=settings.draft_days,
            sample_sign_in=settings.sample_sign_in,
            sample_proxied=settings.sample_proxied,
        ),
        store=store,
        act=act,
        reading=Reading(
            store=store,
            identities=identities,
            now=effects.now,
            looks=lambda person: limits.check(Act.LOOK, person),
        ),
        drafts=drafts,
        identities=identities,
        directory=directory,
        index=build(directory),
        dialogs=dialogs,
        publisher=publisher,
        files=files,
        attaching=attaching,
        uploads=Uploads(store=store, files=files, attaching=attaching, now=effects.now, new_id=effects.new_id),
        now=effects.now,
        new_id=effects.new_id,
        new_secret=effects.new_secret,
        signed_in=sessions.signed_in,
        session_lives=sessions.lives,
        session_stands=sessions.stands,
        sign_in=sessions.sign_in,
        sign_out=sessions.sign_out,
        person_key=sessions.key_of,
        csrf=sessions.csrf,
        csrf_holds=sessions.csrf_holds,
        token_for=sessions.token_for,
        security=security_log,
        help_shown=lambda where: metrics.help.labels(where).inc(),
        limits=limits,
        address=address,
        language=words.of,
        translator=words.catalogue,
        render=pages.render,
    )


def _pages(
    settings: Settings, effects: Effects, assets: Assets, words: Languages, directory: Directory, sessions: Sessions
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
        named=_named(settings, directory),
    )


def _named(settings: Settings, directory: Directory) -> Named:
    region = directory.regions.get(settings.region)
    return Named(settings.service_name, region.name if region else "", settings.draft_days, settings.sample_sign_in)


def _jobs(services: Services, chores: tuple[Job, ...], turns: JobLease, metrics: Metrics, effects: Effects) -> Jobs:
    def count(job: str, outcome: str) -> None:
        metrics.jobs.labels(job, outcome).inc()

    turn = turns.do if services.store.shared else None
    return Jobs(chores, effects=effects.between_0_and_1, count=count, turn=turn)


def directory_of(settings: Settings) -> Directory:
    """The directory that the settings name. Raises WrongSetting with what is wrong in it."""
    try:
        return load_directory(settings.directory)
    except BrokenDirectory as broken:
        raise WrongSetting("DIRECTORY", f"{broken}.") from None


def every_dialog() -> Dialogs:
    """Every version of every dialog: a draft keeps the one it began with."""
    found = {f"{name}/{version}": load(name, version) for name in names() for version in versions(name)}
    return Dialogs(versions=found, newest={name: f"{name}/{max(versions(name))}" for name in names()})
