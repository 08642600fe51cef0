"""The counter: every route on one screen."""

import socketio
from aiohttp import web

from handlers import files
from handlers.api import commands, queries
from handlers.live import Live
from handlers.pages import answering, attachments, home, intake, receipt, sending, start
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
            web.get("/", start.start),
            web.get("/andra-regioner", start.other_regions),
            web.get("/tillganglighet", start.accessibility),
            web.get("/personuppgifter", start.privacy),
            web.get("/kontakt", start.contact),
            web.get("/beratta", intake.begin),
            web.get("/beratta/granska", sending.review),
            web.post("/beratta/skicka", sending.send),
            web.get("/beratta/ta-bort", sending.confirm_removal),
            web.post("/beratta/ta-bort", sending.remove),
            web.get("/beratta/{step}", intake.show),
            web.post("/beratta/{step}", answering.answer),
            web.post("/beratta/{step}/files/{file}/remove", attachments.remove),
            web.get("/kvitto/{case}", receipt.show),
            web.get("/hem", home.home),
            web.get("/arende/{case}/fil/{file}", files.get_file),
            web.get("/personal/arende/{case}/fil/{file}", files.get_file),
        ]
    )
