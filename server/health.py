"""For machines that watch over the service: is it alive, can it work, how much does it do."""

from collections.abc import Callable
from http import HTTPStatus

from aiohttp import web

from inbox.storage.store import Store
from server.leaving import Leaving
from server.metrics import Metrics


def routes(
    store: Store, metrics: Metrics, sockets: Callable[[], int], neighbours: Callable[[], bool], leaving: Leaving
) -> list[web.RouteDef]:
    """`/health/live`, `/health/ready` and `/metrics`."""

    async def live(_: web.Request) -> web.Response:
        return web.json_response({"live": True})

    async def ready(_: web.Request) -> web.Response:
        checks = {"database": await _answers(store), "writer": store.writer.alive}
        ready = all(checks.values()) and not leaving.begun
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        # Without its neighbours a process works on: it looks into the database for what they have written.
        rest = {"ready": ready, "leaving": leaving.begun, "degraded": not neighbours()}
        return web.json_response({**rest, **checks}, status=status)

    async def figures(_: web.Request) -> web.Response:
        metrics.sockets.set(sockets())
        metrics.waiting.set(store.writer.waiting)
        text, content_type = metrics.text()
        return web.Response(body=text, headers={"Content-Type": content_type})

    return [web.get("/health/live", live), web.get("/health/ready", ready), web.get("/metrics", figures)]


async def _answers(store: Store) -> bool:
    try:
        await store.ping()
    except Exception:  # noqa: BLE001 - whatever it is, the database does not answer
        return False
    return True
