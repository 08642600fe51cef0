"""The counter: every route on one screen."""

import socketio
from aiohttp import web

from handlers.api import commands, queries
from handlers.live import Live
from handlers.requests import SERVICES
from handlers.services import Services
from handlers.watchers import Watchers


def attach(app: web.Application, sio: socketio.AsyncServer, services: Services, watchers: Watchers) -> None:
    """Put every route on the application, and the live thread on the socket server."""
    app[SERVICES] = services
    sio.register_namespace(Live(services, watchers))
    app.add_routes(
        [
            web.post("/api/v1/commands/{tag}", commands.post_command),
            web.get("/api/v1/cases/{case}/feed", queries.get_feed),
            web.get("/api/v1/units", queries.get_units),
        ]
    )
