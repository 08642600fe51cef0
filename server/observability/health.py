"""For machines that watch over the service: is it alive, can it work, how much does it do."""

from collections.abc import Callable
from http import HTTPStatus

from aiohttp import web

from inbox.execution.reacting import Reacting
from inbox.storage.engine.store import Store
from inbox.storage.reacting.tallied import by_kind
from server.observability.metrics import Metrics
from server.observability.readiness import NEEDED, Condition, sentences
from server.process.draining import Draining


def routes(
    store: Store,
    metrics: Metrics,
    sockets: Callable[[], int],
    condition: Condition,
    leaving: Draining,
    reacting: Reacting,
) -> list[web.RouteDef]:
    """`/health/live`, `/health/ready` and `/metrics`."""

    async def live(_: web.Request) -> web.Response:
        return web.json_response({"live": True})

    async def ready(_: web.Request) -> web.Response:
        checks = await condition.checks()
        ready = all(checks[name] for name in NEEDED) and not leaving.begun
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        # Degraded is not unready: taken out of service it would serve nobody at all.
        rest = {"ready": ready, "leaving": leaving.begun, "degraded": not all(checks.values())}
        return web.json_response({**rest, **checks, "says": sentences(checks)}, status=status)

    async def figures(_: web.Request) -> web.Response:
        metrics.sockets.set(sockets())
        metrics.waiting.set(store.writer.waiting)
        checks = await condition.checks()
        for name, fine in checks.items():
            metrics.missing.labels(name).set(not fine)
        if checks["database"]:
            await _count(store, metrics, reacting)
        text, content_type = metrics.text()
        return web.Response(body=text, headers={"Content-Type": content_type})

    return [web.get("/health/live", live), web.get("/health/ready", ready), web.get("/metrics", figures)]


async def _count(store: Store, metrics: Metrics, reacting: Reacting) -> None:
    """What all processes have done together, as it stands in the database."""
    async with store.reading() as connection:
        for kind, number in (await by_kind(connection)).items():
            metrics.happened.labels(kind).set(number)
    state = await reacting.state()
    for name, position in state.at.items():
        metrics.behind.labels(name).set(state.last - max(position.row, 0))
