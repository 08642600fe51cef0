"""Every template with one or more examples, in the shapes of its page."""

from datetime import date
from types import SimpleNamespace as Thing

from tests.web.examples.board import MORE_PAGES
from tests.web.examples.figures import example, nothing
from tests.web.examples.intake import BRANCH, HELLO, HITS, QUESTIONS, RECEIVER, REVIEW, TURNS, WAY_OUT
from tests.web.examples.people import ANNA, BOARD, KARIN, OTHER_BOARD, STORY, at
from tests.web.examples.staff import BLIND_CASE, PLACE, ROWS, closing, desk, queue, register_entry
from tests.web.examples.threads import (
    ANSWER,
    ANSWERS,
    ENTRIES,
    HOME,
    NEW_STATUS,
    REGIONS,
    STATUS,
    answered,
    case,
    event,
    thread,
)

CHOOSE: dict[str, object] = {
    "choices": (
        Thing(id="privat", name="", now=False),
        Thing(id="arbete/SE0000000001-MITTLAND", name="Region Mittland", now=True),
    ),
    "next": "/hem",
    "errors": (),
}
SESSIONS: dict[str, object] = {
    "changes": True,
    "sessions": (
        Thing(key="a", begun_at=at(21, 8), seen_at=at(21, 9), device="computer", provider="BankID", this=True),
        Thing(key="b", begun_at=at(20, 8), seen_at=at(20, 9), device="phone", provider="Freja", this=False),
        Thing(key="c", begun_at=at(20, 7), seen_at=at(20, 8), device="", provider="", this=False),
    ),
}

PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "start": ("start.html", {"goal_days": 28, "longest_goal": 28, "boards": (BOARD,), "draft": None, "person": None}),
    "start-draft": (
        "start.html",
        {
            "goal_days": 14,
            "longest_goal": 28,
            "boards": (BOARD, OTHER_BOARD),
            "draft": Thing(number=4, total=8),
            "person": ANNA,
        },
    ),
    "sign-in": (
        "sign_in.html",
        {
            "people": (
                Thing(id="p1", name="Anna Lindqvist", about="Har skrivit om Ekbackens vårdcentral", staff=False),
                Thing(id="p2", name="Karin Sandberg", about="Handläggare, Ekbackens vårdcentral", staff=True),
            ),
            "providers": (),
            "next": "/hem",
            "errors": (),
            "problem": "",
            "person": None,
        },
    ),
    "sign-in-providers": (
        "sign_in.html",
        {
            "people": (),
            "providers": (
                Thing(id="bankid", name="BankID", staff=False),
                Thing(id="freja", name="Freja", staff=False),
                Thing(id="siths", name="SITHS", staff=True),
            ),
            "next": "/hem",
            "errors": (),
            "problem": "Inloggningen svarar inte just nu. Försök igen om en stund, eller välj ett annat sätt.",
            "person": None,
        },
    ),
    "sign-in-both": (
        "sign_in.html",
        {
            "people": (
                Thing(id="p1", name="Anna Lindqvist", about="Har skrivit om Ekbackens vårdcentral", staff=False),
                Thing(id="p2", name="Karin Sandberg", about="Handläggare, Ekbackens vårdcentral", staff=True),
            ),
            "providers": (Thing(id="bankid", name="BankID", staff=False), Thing(id="siths", name="SITHS", staff=True)),
            "next": "/hem",
            "errors": (),
            "problem": "",
            "person": None,
        },
    ),
    "choose-role": ("choose_role.html", CHOOSE | {"staff": False, "person": ANNA}),
    "choose-role-at-work": ("choose_role.html", CHOOSE | {"staff": True, "person": KARIN}),
    "own-sessions": ("own_sessions.html", SESSIONS | {"staff": False, "person": ANNA}),
    "own-sessions-at-work": ("own_sessions.html", SESSIONS | {"staff": True, "person": KARIN}),
    "signed-out": (
        "signed_out.html",
        {"provider": "BankID", "onward": "#", "person": None},
    ),
    **{f"question-{name}": ("intake/question.html", context) for name, context in QUESTIONS.items()},
    "way-out": (
        "intake/way_out.html",
        {
            "way": WAY_OUT,
            "turns": TURNS,
            "hello": HELLO,
            "saved_at": at(20),
            "revision": 5,
            "person": None,
        },
    ),
    "review": ("intake/review.html", REVIEW),
    "review-signed-out": ("intake/review.html", REVIEW | {"signed_in": False, "person": None}),
    "review-within": ("intake/review.html", REVIEW | {"goal": None, "case": "1", "asked": "e-1"}),
    "remove": (
        "intake/remove.html",
        {"draft": "1", "back": "/beratta/granska", "saved_at": at(20, 14, 32), "person": ANNA},
    ),
    "kept-message": (
        "kept.html",
        {
            "title": "Det du skrev skickades inte",
            "text": "Du behöver logga in för att göra det här.",
            "texts": (("text", STORY),),
            "onward": Thing(url="/logga-in?next=/arende/1", label="Logga in igen"),
            "again": Thing(
                action="/arende/1/post_message",
                fields=(("client_id", "c-1"),),
                files=True,
                accept="image/png",
                token="",
            ),
            "signed_out": True,
            "staff": False,
            "person": None,
        },
    ),
    "receipt": (
        "intake/receipt.html",
        {
            "case": case(),
            "receiver": RECEIVER,
            "sent_at": at(20),
            "goal": date(2026, 12, 18),
            "after": "",
            "standing": NEW_STATUS,
            "told": "Vi ringer dig inom en vecka.",
            "person": ANNA,
        },
    ),
    "home": ("citizen/home.html", HOME),
    "home-empty": (
        "citizen/home.html",
        HOME | {"summary": "Du har inga ärenden än.", "unread": (), "open": (), "drafts": (), "ended": ()},
    ),
    "thread": ("thread.html", thread()),
    "thread-past": ("thread.html", thread(around=Thing(older="/arende/1?before=40", newest="/arende/1"))),
    "thread-ended": (
        "thread.html",
        thread(
            can=Thing(post=False, withdraw=False, rate=True, ask_on=True, consent=False),
            answer_url="/arende/1/svar",
            ended="Ärendet är besvarat.",
            entries=(
                *ENTRIES,
                event(
                    9,
                    at(24),
                    "check-circle",
                    "Svaret har kommit.",
                    answer=True,
                    link=Thing(url="/arende/1/svar", label="Läs svaret"),
                ),
            ),
        ),
    ),
    "answer": ("citizen/answer.html", answered()),
    "answer-rated": (
        "citizen/answer.html",
        answered(rated="partly", can=Thing(rate=False, ask_on=False), reply_until=None),
    ),
    "withdraw": (
        "citizen/withdraw.html",
        {
            "case": case(),
            "stops": "Ekbackens vårdcentral",
            "client_id": "c-5",
            "typed": "",
            "errors": (),
            "person": ANNA,
        },
    ),
    "print": (
        "print.html",
        {
            "case": case(),
            "standing": STATUS,
            "entries": ENTRIES,
            "answers": ANSWERS,
            "answers_in": "sv",
            "letters": [ANSWER],
            "printed_at": at(25),
            "person": ANNA,
        },
    ),
    "desk": ("staff/case.html", desk()),
    "desk-empty": ("staff/queue.html", {"queue": queue(()), "person": KARIN}),
    "desk-distributor": (
        "staff/register_entry.html",
        register_entry(
            case=BLIND_CASE, queue=queue(tuple(Thing(**(vars(each) | {"title": "", "who": ""})) for each in ROWS))
        ),
    ),
    "desk-typed": (
        "staff/case.html",
        desk(
            typed={"text": "Ja Anna, det ordnar vi.", "note": ""},
            errors=(Thing(field="note", text="Skriv något först."),),
        ),
    ),
    "close": ("staff/close.html", closing()),
    "close-ready": ("staff/close.html", closing(guards=(), errors=())),
    "close-place": ("staff/close.html", closing(place=PLACE)),
    "place": (
        "staff/place.html",
        {"case": desk()["case"], "place": PLACE, "reporter": "Anna", "client_id": "c-7", "errors": (), "person": KARIN},
    ),
    "forward": (
        "staff/forward.html",
        {
            "case": desk()["case"],
            "query": "lindby",
            "units": HITS,
            "more": True,
            "top": "under:SE0000000001-RM",
            "branch": None,
            "chosen": "",
            "looked": False,
            "reason": "",
            "provider": "Region Mittland",
            "client_id": "c-6",
            "errors": (Thing(field="reason", text="Skriv varför."),),
            "person": KARIN,
        },
    ),
    "forward-chosen": (
        "staff/forward.html",
        {
            "case": desk()["case"],
            "query": "",
            "units": HITS,
            "more": False,
            "top": "under:SE0000000001-RM",
            "branch": None,
            "chosen": HITS[0].id,
            "looked": False,
            "reason": "",
            "provider": "Region Mittland",
            "client_id": "c-6",
            "errors": (Thing(field="reason", text="Skriv varför."),),
            "person": KARIN,
        },
    ),
    "forward-level": (
        "staff/forward.html",
        {
            "case": desk()["case"],
            "query": "",
            "units": (),
            "more": False,
            "top": "under:SE0000000001-RM",
            "branch": BRANCH,
            "chosen": "",
            "looked": False,
            "reason": "",
            "provider": "Region Mittland",
            "client_id": "c-8",
            "errors": (),
            "person": KARIN,
        },
    ),
    **MORE_PAGES,
    "error": (
        "error.html",
        {
            "title": "Sidan finns inte",
            "text": "Adressen kan vara fel, eller så är sidan borttagen.",
            "request_id": "a1b2",
            "staff": False,
            "person": None,
        },
    ),
    "figures": ("statistics/public.html", {"figures": example(exact=False), "person": None}),
    "figures-none": ("statistics/public.html", {"figures": nothing(), "person": None}),
    "figures-staff": ("staff/statistics.html", {"figures": example(exact=True), "person": KARIN}),
    "offline": ("offline.html", {"person": None}),
    "uploading": ("uploading.html", {"person": None}),
    "accessibility": ("page/accessibility.html", {"person": None}),
    "privacy": (
        "page/privacy.html",
        {
            "told": (Thing(region="Region Mittland", text="Frågor om dina uppgifter: dataskydd@example.se."),),
            "person": None,
        },
    ),
    "contact": ("page/contact.html", {"boards": (BOARD, OTHER_BOARD), "person": None}),
    "regions": ("page/regions.html", {"regions": REGIONS, "person": None}),
}
"""Name of the example → template and context."""
