"""Every route on one screen."""

import socketio
from aiohttp import web

from handlers import files
from handlers.api import commands, keepalive, queries
from handlers.api.socket import Live
from handlers.citizen import answer_page, home, participants, questions, receipt, start, withdraw
from handlers.forms import post_command
from handlers.intake import draft_files, post_answer, question_page, submit
from handlers.realtime.subscriptions import Subscriptions
from handlers.receipt_codes import enter_code, send_unnamed
from handlers.requests import SERVICES
from handlers.services import Services
from handlers.staff import case_page, close_page, forwarding, propose_sharing, queue, set_place
from handlers.statistics import pages as statistics
from handlers.thread import mark_read, print_page, thread_page
from handlers.uploads import tus

ROUTES = (
    web.post("/api/v1/commands/{tag}", commands.post_command),
    web.get("/api/v1/cases/{case}/feed", queries.get_feed),
    web.get("/api/v1/units", queries.get_units),
    web.get("/", start.start),
    web.get("/andra-regioner", start.other_regions),
    web.get("/tillganglighet", start.accessibility),
    web.get("/personuppgifter", start.privacy),
    web.get("/kontakt", start.contact),
    web.get("/utan-nat", start.offline),
    web.get("/har", keepalive.get_here),
    web.get("/beratta", question_page.begin),
    web.get("/beratta/granska", submit.review),
    web.post("/beratta/skicka", submit.send),
    web.get("/beratta/kod", send_unnamed.show),
    web.post("/beratta/kod", send_unnamed.send),
    web.get("/beratta/kod.txt", send_unnamed.download),
    web.get("/kod", enter_code.show),
    web.post("/kod", enter_code.enter),
    web.get("/beratta/ta-bort", submit.confirm_removal),
    web.post("/beratta/ta-bort", submit.remove),
    web.get("/beratta/{step}", question_page.show),
    web.post("/beratta/{step}", post_answer.answer),
    web.post("/beratta/{step}/fara", question_page.listen),
    web.post("/beratta/{step}/files/{file}/remove", draft_files.remove),
    *tus.routes(),
    web.get("/beratta/{step}/files/{file}/bild", draft_files.preview),
    web.get("/kvitto/{case}", receipt.show),
    web.get("/hem", home.home),
    web.get("/arende/{case}", thread_page.get_thread),
    web.get("/arende/{case}/svar", answer_page.get_answer),
    web.get("/arende/{case}/aterta", withdraw.get_withdraw),
    web.get("/arende/{case}/fragor/{request}", questions.open_questions),
    web.get("/arende/{case}/namnden", participants.get_board),
    web.get("/arende/{case}/samtycke", participants.get_consents),
    web.get("/arende/{case}/vem", participants.get_readers),
    web.get("/arende/{case}/utskrift", print_page.get_print),
    web.get("/arende/{case}/fil/{file}", files.get_file),
    web.get("/arende/{case}/fil/{file}/bild", files.get_preview),
    web.post("/arende/{case}/sett", mark_read.post_read),
    web.post("/arende/{case}/svar/sett", mark_read.post_answer_read),
    web.post("/arende/{case}/{tag}", post_command.post_command),
    web.get("/statistik", statistics.get_public),
    web.get("/statistik.{format:csv|json|jsonstat}", statistics.get_public_file),
    web.get("/personal/statistik", statistics.get_staff),
    web.get("/personal/statistik.{format:csv|json|jsonstat}", statistics.get_staff_file),
    web.get("/personal", queue.get_queue),
    web.get("/personal/arende/{case}", case_page.get_desk),
    web.get("/personal/arende/{case}/avsluta", close_page.get_closing),
    web.get("/personal/arende/{case}/vidare", forwarding.get_forward),
    web.get("/personal/arende/{case}/foresla", propose_sharing.get_proposal),
    web.get("/personal/arende/{case}/plats", set_place.get_place),
    web.get("/personal/arende/{case}/utskrift", print_page.get_print),
    web.get("/personal/arende/{case}/fil/{file}", files.get_file),
    web.get("/personal/arende/{case}/fil/{file}/bild", files.get_preview),
    web.post("/personal/arende/{case}/sett", mark_read.post_read),
    web.post("/personal/arende/{case}/{tag}", post_command.post_command),
)


def attach(app: web.Application, sio: socketio.AsyncServer, services: Services, subscriptions: Subscriptions) -> None:
    """Put every route on the application, and the live thread on the socket server."""
    app[SERVICES] = services
    sio.register_namespace(Live(services, subscriptions))
    app.add_routes(ROUTES)
