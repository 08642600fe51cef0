"""The desk, the closing form and what stands in them."""

from datetime import date
from types import SimpleNamespace as Thing

from tests.web.examples.people import FILES, KARIN, STORY, at
from tests.web.examples.threads import ANSWER, ANSWERS, PEOPLE, case, event, message, note

STAFF_ENTRIES = (
    message(1, at(28, month=10), STORY, files=FILES[:1], own=False),
    event(2, at(28, 10, 5, month=10), "person", "Karin Sandberg tog ärendet."),
    note(3, at(28, 10, 21, month=10), "Begärt samtalsloggar från rådgivningen 21–23 oktober."),
    message(
        4,
        at(12, 15, 40),
        "Hej Anna! Minns du vilken tid du ringde på torsdagen?",
        "care",
        own=True,
        asks=True,
        foot="Läst av Anna 12 november",
    ),
    message(5, at(12, 17, 2), "Strax efter åtta. Här är samtalslistan från min telefon.", files=FILES, own=False),
    message(7, at(17, 11, 8), "Anna har sagt ja till att vi följer ärendet.", "board"),
    message(
        8, at(20, 14, 36), "Får jag ett nytt läkarbesök också? Jag är fortfarande orolig.", own=False, unanswered=True
    ),
)


def row(
    id: str, title: str, who: str, unit: str, state: str, tone: str, due: str, due_tone: str = "", **more: object
) -> Thing:
    base: dict[str, object] = {
        "id": id,
        "url": f"/personal/arende/{id}",
        "title": title,
        "number": f"RM 2026-0184{id}",
        "who": who,
        "unit": unit,
        "state": state,
        "tone": tone,
        "due": due,
        "due_tone": due_tone,
        "at": at(20),
        "unread": False,
        "current": False,
    }
    return Thing(**(base | more))


ROWS = (
    row(
        "2",
        "Journalen lästes av obehörig",
        "Per-Olof Dahl",
        "Akutmottagningen",
        "Utreds",
        "active",
        "1 dag försenat",
        "late",
    ),
    row(
        "1",
        "Fick vänta med bröstsmärtor",
        "Anna Lindqvist",
        "Ekbackens vårdcentral",
        "Utreds",
        "active",
        "5 dagar kvar",
        "soon",
        unread=True,
        current=True,
    ),
    row(
        "3",
        "Kom inte fram på telefon",
        "Mustafa Karim",
        "Sjöstadens vårdcentral",
        "Väntar på Mustafa",
        "waiting",
        "9 dagar kvar",
    ),
    row("4", "Tack till personalen på avdelning 4", "Eva Berg", "Ortopedkliniken", "Nytt", "new", ""),
    row("5", "Fel adress på kallelsen", "Göran Ek", "Kvinnokliniken", "Besvarat", "done", ""),
)


def queue(rows: tuple[Thing, ...] = ROWS) -> Thing:
    filters = (
        Thing(url="/personal?visa=mina", label="Mina", count=12, current=True),
        Thing(url="/personal?visa=lediga", label="Ej tilldelade", count=5, current=False),
        Thing(url="/personal?visa=alla", label="Alla öppna", count=86, current=False),
    )
    return Thing(
        filters=filters,
        heading="Mina ärenden, kortast tid kvar först",
        rows=rows,
        version=7,
        told="",
        more="",
        first="",
    )


ALL_CAN = Thing(
    take=True,
    release=True,
    assign=True,
    post=True,
    ask=True,
    note=True,
    forward=True,
    answer=True,
    refer=True,
    set_place=True,
    propose=True,
    ask_statement=True,
    leave=True,
)
LATER = Thing(why="", answer=False, ask=False, forward=False, ask_statement=False)
FACTS = Thing(
    goal=date(2026, 11, 25),
    goal_days=28,
    used_days=23,
    left="5 dagar kvar",
    left_tone="soon",
    rows=(
        Thing(label="Enhet", lines=("Ekbackens vårdcentral, Lindby",)),
        Thing(label="Hände", lines=("21–23 oktober 2026",)),
        Thing(label="Handlar om", lines=("Vård och behandling", "Väntetid och kontakt")),
        Thing(label="Vill", lines=("Få en förklaring", "Att det inte ska hända någon annan")),
    ),
    answers=ANSWERS,
    waits=("Väntar på svar om Patientnämnden får läsa.",),
)


def desk(**more: object) -> dict[str, object]:
    staff_case = case(
        "/personal/arende/1",
        kind="Klagomål",
        theme="Vård och behandling",
        state="Utreds",
        tone="active",
        handler="Karin Sandberg",
    )
    context: dict[str, object] = {
        "queue": queue(),
        "case": staff_case,
        "entries": STAFF_ENTRIES,
        "around": Thing(older="/personal/arende/1?before=40&desk_before=3", newest=""),
        "facts": FACTS,
        "people": PEOPLE,
        "colleagues": (Thing(id="p1", name="Karin Sandberg"), Thing(id="p2", name="Maria Lind")),
        "readers": "Anna och patientnämnden kan läsa svaret.",
        "reporter": "Anna",
        "can": ALL_CAN,
        "later": LATER,
        "dialogs": (Thing(id="followup", name="Uppföljning"), Thing(id="before", name="Inför besöket")),
        "acts": (
            Thing(tag="add_to_answer", name="Lägg till något", question="Vad?", field="text"),
            Thing(tag="reopen_case", name="Öppna igen", question="Skäl", field="reason"),
        ),
        "audiences": (),
        "asked": (),
        "given": (),
        "client_id": "c-3",
        "note_client_id": "n-3",
        "typed": {},
        "errors": (),
        "person": KARIN,
    }
    return context | more


SEEN_BLIND = ("queue", "case", "colleagues", "can", "later", "client_id", "errors", "person")


def register_entry(**more: object) -> dict[str, object]:
    """What those see who only distribute."""
    context = desk(**more)
    return {name: context[name] for name in SEEN_BLIND}


BLIND_CASE = case("/personal/arende/1", title="", kind="Klagomål", theme="", state="Nytt", tone="new", handler=None)


def closing(**more: object) -> dict[str, object]:
    form = Thing(
        explanation=ANSWER.explanation,
        measures=(Thing(text="", responsible="Karin Sandberg", due=""),),
        nothing=False,
        no_measures="",
        regret=ANSWER.regret,
        problems=(
            Thing(code="1.1", main="Vård och behandling", sub="Undersökning/bedömning"),
            Thing(code="6.1", main="Tillgänglighet", sub="Tillgänglighet till vården"),
        ),
        more_problems=(
            Thing(
                main="Kommunikation", subs=(Thing(code="3.1", sub="Information"), Thing(code="3.4", sub="Bemötande"))
            ),
        ),
        areas=(
            Thing(code="primarvard", label="Primärvård", chosen=False),
            Thing(code="somatik", label="Somatisk vård", chosen=False),
        ),
        measured=True,
        classified=True,
        needs_assessment=True,
        assessment="",
    )
    guards = (
        Thing(text="Skriv en åtgärd", why="Eller varför ni inte vidtar någon.", url="#measure-1"),
        Thing(text="Välj område", why="Behövs för statistiken.", url="#area"),
        Thing(text="Skriv en prövning", why="Anna är inte patienten.", url="#assessment"),
    )
    context: dict[str, object] = {
        "case": desk()["case"],
        "entries": STAFF_ENTRIES,
        "facts": FACTS,
        "guards": guards,
        "form": form,
        "reporter": "Anna",
        "signature": "Ekbackens vårdcentral, Lindby",
        "client_id": "c-4",
        "typed": True,
        "looked": "",
        "person": KARIN,
        "errors": (Thing(field="measure-1", text="Skriv en åtgärd, eller välj ”Ingen åtgärd” och skriv varför."),),
    }
    return context | more


PLACE = Thing(
    said="Akuten i Lindby, tror jag",
    current="",
    query="akuten lindby",
    chosen="",
    looked=True,
    more=True,
    units=(
        Thing(id="SE0000000001-LSAKUTMOTT", name="Akutmottagningen Lindby sjukhus", detail="Akutmottagning, Lindby"),
    ),
)
"""Which unit it is about, where the reporter used their own words."""
