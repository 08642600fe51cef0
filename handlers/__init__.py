"""The counter: every route on one screen."""

import socketio
from aiohttp import web

from handlers import files, here
from handlers.api import commands, queries
from handlers.forms import posting
from handlers.live import Live
from handlers.pages import (
    answer,
    answering,
    attachments,
    closing,
    desk,
    forwarding,
    home,
    intake,
    partaking,
    placing,
    printing,
    queue,
    reading,
    receipt,
    sending,
    sharing,
    start,
    thread,
    withdraw,
)
from handlers.requests import SERVICES
from handlers.services import Services
from handlers.uploads import tus
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
            web.get("/utan-nat", start.offline),
            web.get("/har", here.get_here),
            web.get("/beratta", intake.begin),
            web.get("/beratta/granska", sending.review),
            web.post("/beratta/skicka", sending.send),
            web.get("/beratta/ta-bort", sending.confirm_removal),
            web.post("/beratta/ta-bort", sending.remove),
            web.get("/beratta/{step}", intake.show),
            web.post("/beratta/{step}", answering.answer),
            web.post("/beratta/{step}/files/{file}/remove", attachments.remove),
            *tus.routes(),
            web.get("/beratta/{step}/files/{file}/bild", attachments.preview),
            web.get("/kvitto/{case}", receipt.show),
            web.get("/hem", home.home),
            web.get("/arende/{case}", thread.get_thread),
            web.get("/arende/{case}/svar", answer.get_answer),
            web.get("/arende/{case}/aterta", withdraw.get_withdraw),
            web.get("/arende/{case}/namnden", partaking.get_board),
            web.get("/arende/{case}/samtycke", partaking.get_consents),
            web.get("/arende/{case}/vem", partaking.get_readers),
            web.get("/arende/{case}/utskrift", printing.get_print),
            web.get("/arende/{case}/fil/{file}", files.get_file),
            web.get("/arende/{case}/fil/{file}/bild", files.get_preview),
            web.post("/arende/{case}/sett", reading.post_read),
            web.post("/arende/{case}/svar/sett", reading.post_answer_read),
            web.post("/arende/{case}/{tag}", posting.post_command),
            web.get("/personal", queue.get_queue),
            web.get("/personal/arende/{case}", desk.get_desk),
            web.get("/personal/arende/{case}/avsluta", closing.get_closing),
            web.get("/personal/arende/{case}/vidare", forwarding.get_forward),
            web.get("/personal/arende/{case}/foresla", sharing.get_proposal),
            web.get("/personal/arende/{case}/plats", placing.get_place),
            web.get("/personal/arende/{case}/utskrift", printing.get_print),
            web.get("/personal/arende/{case}/fil/{file}", files.get_file),
            web.get("/personal/arende/{case}/fil/{file}/bild", files.get_preview),
            web.post("/personal/arende/{case}/sett", reading.post_read),
            web.post("/personal/arende/{case}/{tag}", posting.post_command),
        ]
    )
