"""Cases as citizens meet them: home, thread, answer."""

from datetime import date, datetime
from types import SimpleNamespace as Thing

from tests.web.examples.intake import ALL_TURNS
from tests.web.examples.people import ANNA, BOARD, FILES, STORY, at

STATUS = Thing(
    now="Ekbackens vårdcentral utreder.",
    goal=date(2026, 11, 25),
    stages=(
        Thing(name="Inskickat", state="done", detail="28 oktober"),
        Thing(name="Läst", state="done", detail="29 oktober, av Ekbackens vårdcentral"),
        Thing(name="Utreds", state="now", detail="Ekbackens vårdcentral går igenom det som hände"),
        Thing(name="Svar", state="next", detail="Mål: senast 25 november"),
    ),
)
NEW_STATUS = Thing(
    now="Inskickat. BUP Lindby har inte läst än.",
    goal=date(2026, 12, 17),
    stages=(
        Thing(name="Inskickat", state="now", detail="19 november"),
        Thing(name="Läst", state="next", detail=""),
        Thing(name="Utreds", state="next", detail=""),
        Thing(name="Svar", state="next", detail=""),
    ),
)


def case(url: str = "/arende/1", **more: object) -> Thing:
    base = {
        "id": "1",
        "url": url,
        "side": "care" if url.startswith("/personal") else "reporter",
        "title": "Fick vänta med bröstsmärtor",
        "number": "RM 2026-01843",
        "unit": "Ekbackens vårdcentral",
        "head": 9,
        "read_to": 1,
        "desk_head": 3,
        "three": False,
    }
    return Thing(**(base | more))


def message(n: int, when: datetime, text: str, side: str = "reporter", **more: object) -> Thing:
    base: dict[str, object] = {
        "type": "message",
        "n": n,
        "at": when,
        "own": side == "reporter",
        "author": "Anna Lindqvist",
        "role": "Patient",
        "side": side,
        "text": text,
        "files": (),
        "foot": "",
        "client_id": "",
        "to": (),
        "asks": False,
        "answers": (),
        "unanswered": False,
        "kicker": "",
        "audience": None,
    }
    if side == "care":
        base |= {"author": "Ekbackens vårdcentral", "role": "Handläggare"}
    if side == "board":
        base |= {"author": "Patientnämnden", "role": "Ditt stöd, fristående från vården"}
    return Thing(**(base | more))


def event(
    n: int, when: datetime, icon: str, text: str, quote: str = "", answer: bool = False, link: Thing | None = None
) -> Thing:
    return Thing(type="event", n=n, at=when, icon=icon, text=text, quote=quote, answer=answer, link=link)


def note(n: int, when: datetime, text: str) -> Thing:
    return Thing(type="note", n=n, at=when, author="Karin Sandberg", text=text, client_id="")


ANSWERS = tuple(Thing(question=each.question, lines=each.lines) for each in ALL_TURNS)
ENTRIES = (
    event(1, at(28, month=10), "check", "Du skickade in. Ärendet har nummer RM 2026-01843."),
    message(
        2, at(28, month=10), STORY, answers=ANSWERS, files=FILES[:1], foot="Läst av Ekbackens vårdcentral 29 oktober"
    ),
    event(3, at(29, 10, 5, month=10), "person", "Ekbackens vårdcentral har börjat arbeta med ditt ärende."),
    message(
        4,
        at(12, 15, 40),
        "Hej Anna! Tack för att du berättar. Minns du ungefär vilken tid du ringde på torsdagen?",
        "care",
        asks=True,
    ),
    message(4, at(12, 15, 42), "Det räcker om du minns på ett ungefär.", "care"),
    message(
        5,
        at(12, 17, 2),
        "Strax efter åtta. Här är samtalslistan från min telefon.",
        files=FILES,
        foot="Läst 13 november",
    ),
    event(
        6,
        at(13, 9, 0),
        "forward",
        "Ärendet går vidare till Akutmottagningen, Lindby sjukhus.",
        quote="Det var där du blev inlagd.",
    ),
    message(
        7,
        at(17, 11, 8),
        "Hej Anna! Jag läser med och hjälper dig om något är oklart. Jag är inte anställd av vården.",
        "board",
    ),
    message(8, at(20, 14, 36), "Får jag ett nytt läkarbesök också? Jag är fortfarande orolig.", client_id="0192-abc"),
    message(9, at(20, 14, 38), "Gärna samma läkare.", foot="Läst av Ekbackens vårdcentral 20 november"),
)
PEOPLE = (
    Thing(name="Anna Lindqvist", role="Du", side="reporter"),
    Thing(name="Ekbackens vårdcentral", role="Utreder och svarar", side="care"),
    Thing(name="Patientnämnden", role="Ditt stöd", side="board"),
)


def thread(**more: object) -> dict[str, object]:
    context: dict[str, object] = {
        "case": case(),
        "standing": STATUS,
        "entries": ENTRIES,
        "around": Thing(older="/arende/1?before=40", newest=""),
        "readers": ("du", "Ekbackens vårdcentral", "Patientnämnden"),
        "people": PEOPLE,
        "can": Thing(post=True, withdraw=True, rate=False, ask_on=False, consent=True),
        "writes_to": "Skriv ett meddelande",
        "audiences": (),
        "cards": (),
        "board": "",
        "answer_url": None,
        "client_id": "c-1",
        "typed": "",
        "errors": (),
        "ended": "",
        "person": ANNA,
    }
    return context | more


ANSWER = Thing(
    author="Ekbackens vårdcentral, Lindby",
    side="care",
    number="RM 2026-00412",
    at=at(24),
    days=27,
    explanation="Du ringde oss den 21, 22 och 23 oktober. Vi har gått igenom samtalen med en läkare.\n\n"
    "I de två första samtalen följde vi inte vårt stöd. Du skulle ha fått komma till läkare samma dag.",
    measures=(
        Thing(
            text="Alla som svarar i telefon övar på bröstsmärtor.", responsible="Karin Sandberg", due=date(2026, 12, 15)
        ),
        Thing(text="Den som ringer två gånger får prata med läkare.", responsible="", due=None),
    ),
    no_measures="",
    regret="Du sökte hjälp tre gånger och fick vänta. Det borde inte ha hänt. Jag beklagar det.",
)


def answered(**more: object) -> dict[str, object]:
    context: dict[str, object] = {
        "case": case(),
        "answer": ANSWER,
        "n": 9,
        "unread": True,
        "rated": None,
        "can": Thing(rate=True, ask_on=True),
        "reply_until": date(2026, 12, 24),
        "board": BOARD,
        "by_board": False,
        "turns_to": "Patientnämnden",
        "readers": ("du", "Ekbackens vårdcentral"),
        "others_too": (),
        "client_id": "c-2",
        "typed": "",
        "errors": (),
        "person": ANNA,
    }
    return context | more


HOME: dict[str, object] = {
    "version": 1,
    "first_name": "Anna",
    "summary": "Du har ett svar att läsa och en fråga att svara på.",
    "person": ANNA,
    "unread": (
        Thing(
            kind="answer",
            side="care",
            title="Provsvaret dröjde",
            text="Ögonmottagningen, Lindby sjukhus, svarade i går.",
            url="/arende/2/svar",
            action="Läs svaret",
            status=None,
            became="Besvarat. Du kan fråga mer.",
        ),
        Thing(
            kind="question",
            side="board",
            title="Fick vänta med bröstsmärtor",
            text="Patientnämnden har en fråga till dig.",
            url="/arende/1",
            action="Svara",
            status=STATUS,
            became="",
        ),
    ),
    "open": (
        Thing(case=case(title="Lång väntan i telefon"), status=STATUS),
        Thing(case=case(title="Svårt att få tid för Elis", unit="BUP Lindby"), status=NEW_STATUS),
    ),
    "more_open": (Thing(case=case(title="Kallelsen kom aldrig"), status=NEW_STATUS),),
    "drafts": (
        Thing(
            name="Utkast om Sjöstadens vårdcentral",
            number=4,
            total=8,
            saved_at=at(17),
            removed_at=at(17, month=12),
            url="/beratta",
            id="d1",
        ),
    ),
    "more_drafts": "",
    "told": "Visar 1–50 av 213 ärenden.",
    "more": "/hem?efter=1.1.a",
    "first": "",
    "ended": (
        Thing(case=case(title="Fint bemött på röntgen"), text="Röntgen, Lindby sjukhus. Beröm.", at=at(3, month=10)),
    ),
}

REGIONS = tuple(
    Thing(name=name, board="Patientnämnden", ways=(Thing(label="Läs på 1177.se", text="", href=""),))
    for name in ("Region Norr", "Region Söder")
)
