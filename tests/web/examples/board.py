"""Three parties: consent cards, what was shared, who reads what, statements."""

from types import SimpleNamespace as Thing

from tests.web.examples.people import ANNA, FILES, KARIN, STORY, at
from tests.web.examples.staff import desk
from tests.web.examples.threads import ANSWERS, ENTRIES, case, event, message, thread

ALL = Thing(code="all", icon="group", words="Alla", tone="")
TO_BOARD = Thing(code="citizen_board", icon="person", words="Bara du och patientnämnden", tone="board")
TO_UNIT = Thing(code="unit_board", icon="hospital", words="Bara enheten och patientnämnden", tone="care")
CARD = Thing(
    id="r1",
    request="r1",
    unit="PN",
    asker="Ekbackens vårdcentral",
    side="care",
    at=at(20),
    heading="Får Patientnämnden läsa ditt ärende?",
    lead="De är fristående från vården. De hjälper dig, och det kostar inget.",
    reason="Ekbackens vårdcentral skriver: ”De kan stötta dig.”",
    reads="De får läsa",
    parts=(
        Thing(id="answers-r1", name="answers", value="1", label="Din berättelse och dina svar", checked=True),
        Thing(id="file-r1-1", name="file", value="f1", label="Filen Samtalslista.png", checked=False),
        Thing(id="since-r1", name="since", value="all", label="Meddelandena hittills", checked=True),
    ),
    onward="De läser också allt nytt som skrivs till alla i ärendet.",
    reads_not="De får inte läsa",
    hidden=("Vårdens egna anteckningar. De delas aldrig.",),
    foot="Vi utreder ditt ärende även om du säger nej. Du kan ändra dig när du vill.",
    yes="Ja, det är okej",
    no="Nej tack",
)
OWN_CARD = Thing(**(vars(CARD) | {"id": "own", "request": "", "asker": "", "at": None, "reason": ""}))


def choices(*marks: Thing, asks: str = "") -> tuple[Thing, ...]:
    return tuple(
        Thing(
            mark=mark,
            readers="du, Patientnämnden",
            chosen=mark is ALL,
            owed=mark is TO_BOARD,
            question=""
            if mark is ALL
            else "Det senaste meddelandet var bara till dig och patientnämnden. Skicka till alla?",
            only="Nej, bara till patientnämnden",
            asks=asks if mark is TO_BOARD else "",
        )
        for mark in marks
    )


MANIFEST = Thing(
    type="manifest",
    n=1,
    at=at(17, 10, 52),
    heading="Det här har Anna delat med er",
    story=STORY,
    answers=ANSWERS,
    files=FILES,
    messages=(Thing(at=at(12), author="Anna", side="reporter", text="Strax efter åtta.", files=FILES[:1]),),
    lacking=("Det kan finnas mer som Anna inte har delat.", "Interna anteckningar delas aldrig."),
)
STATEMENT = message(
    5, at(19), "Samtalen kopplades fel.", "care", own=False, audience=TO_UNIT, kicker="Vården lämnade ett yttrande."
)
OFFICERS_ENTRIES = (
    MANIFEST,
    message(2, at(17, 11, 30), "Kan du hjälpa mig?", own=False, audience=TO_BOARD),
    message(3, at(17, 11, 42), "Ja, det gör jag.", "board", own=True, audience=TO_BOARD),
    message(4, at(18), "Vad hände i samtalen?", "board", own=True, audience=TO_UNIT, kicker="Begäran om yttrande"),
    STATEMENT,
    event(6, at(19, 14, 0), "group", "Anna läser med."),
)
MORE_PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "thread-card": ("thread.html", thread(cards=(CARD,))),
    "thread-three": (
        "thread.html",
        thread(
            case=case(three=True),
            audiences=choices(ALL, TO_BOARD),
            entries=(*ENTRIES, message(9, at(20, 15, 0), "Bara till er.", audience=TO_BOARD)),
        ),
    ),
    "board": (
        "citizen/board.html",
        {"case": case(), "card": OWN_CARD, "client_id": "c-8", "errors": (), "person": ANNA},
    ),
    "consents": (
        "citizen/consents.html",
        {
            "case": case(),
            "joined": (Thing(party="a2", name="Patientnämnden", side="board", text=(CARD.heading, CARD.lead)),),
            "agreed": Thing(id="e2", unit="Ekbackens vårdcentral", text=("Får nämnden visa ärendet?", "Ja")),
            "client_id": "c-9",
            "errors": (),
            "person": ANNA,
        },
    ),
    "readers": (
        "citizen/readers.html",
        {
            "case": case(),
            "people": (
                Thing(name="Du", side="reporter", reads=("Du läser allt som skrivs till alla.",), reads_not=()),
                Thing(
                    name="Patientnämnden",
                    side="board",
                    reads=("De läser allt som skrivs till alla i ärendet.",),
                    reads_not=("Vårdens egna anteckningar.",),
                ),
            ),
            "openings": Thing(
                newest=("21 november kl. 10.00: Ekbackens vårdcentral, handläggare.",),
                older=("20 november kl. 9.12: Ekbackens vårdcentral, fördelar ärenden. Såg bara ärendets nummer.",),
                cut="",
            ),
            "person": ANNA,
        },
    ),
    "desk-board": (
        "staff/case.html",
        desk(
            entries=OFFICERS_ENTRIES,
            audiences=choices(ALL, TO_BOARD, TO_UNIT, asks="post_message"),
            given=(Thing(id="e5", n=5, at=at(19), unit="Ekbackens vårdcentral"),),
        ),
    ),
    "desk-owed": (
        "staff/case.html",
        desk(
            asked=(Thing(board="Patientnämnden", text="Vad hände i samtalen?"),),
            audiences=choices(ALL, TO_UNIT),
        ),
    ),
    "propose": (
        "staff/propose.html",
        {
            "case": desk()["case"],
            "unit": Thing(id="PN", name="Patientnämnden", detail=""),
            "proposal": Thing(
                answers=True,
                files=tuple(Thing(file=file, checked=True) for file in FILES),
                since=(Thing(value="all", label="Alla hittills", chosen=True),),
                reason="",
            ),
            "agreed": False,
            "reporter": "Anna",
            "client_id": "c-10",
            "errors": (Thing(field="reason", text="Skriv ett skäl."),),
            "person": KARIN,
        },
    ),
}
