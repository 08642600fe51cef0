"""The guided chat: a question of every kind, a way out, the review."""

from datetime import date
from types import SimpleNamespace as Thing

from msgspec.structs import replace

from dialogs.chapters import Part, Progressing
from dialogs.engine import Progress
from dialogs.kinds.address import Address
from dialogs.kinds.one import One
from dialogs.kinds.person import Person
from dialogs.kinds.place import Place
from dialogs.kinds.short_text import Text
from dialogs.kinds.when import When
from dialogs.schema.model import EndingText, StepText, Way
from dialogs.schema.values import Value
from dialogs.understanding import Chip, Piece, Row, Understanding
from dialogs.view import Beside, Option, Question, Turn, WayOut
from tests.web.examples.people import ANNA, BOARD, FILES, STORY, at

HELLO = (
    "Hej! Jag är en digital guide och ställer en fråga i taget. Det tar ungefär fem minuter. "
    "En människa läser det du skickar in."
)


def turn(id: str, question: str, label: str, *lines: str, kind: str = "one") -> Turn:
    return Turn(id=id, kind=kind, question=question, label=label, lines=lines)


TURNS = (
    turn("who", "Vem gäller det?", "Vem det gäller", "Mig själv"),
    turn("where", "Var hände det?", "Var det hände", "Ekbackens vårdcentral, Lindby"),
)
ALL_TURNS = (
    *TURNS,
    turn("when", "När hände det?", "När", "21–23 oktober 2026"),
    turn("about", "Vad handlar det om?", "Vad det handlar om", "Vård och behandling", "Väntetid och kontakt"),
    turn("story", "Berätta vad som hände", "Vad som hände", *STORY.split("\n")),
    turn("files", "Vill du bifoga något?", "Bifogat", "Kallelse.jpg"),
    turn("wish", "Vad vill du ska hända?", "Vad du vill", "Få en förklaring", "Att det inte ska hända någon annan"),
    turn("reply", "Hur vill du få svar?", "Så får du svar", "I inkorgen här"),
)
CHAPTER = Progressing(
    number=2,
    parts=(Part("Berätta", 100), Part("Förstått", 40), Part("Vem får det", 0), Part("Svaret", 0), Part("Granska", 0)),
    minutes=2,
)
THEMES = (
    Option("respect", "Bemötande", "Hur du blev bemött av personalen", False, False),
    Option("care", "Vård och behandling", "Undersökning, diagnos, läkemedel eller operation", True, False),
    Option("waiting", "Väntetid och kontakt", "Svårt att få tid, komma fram eller bli uppringd", False, False),
    Option("info", "Information och delaktighet", "Om du inte fick veta eller vara med och bestämma", False, False),
    Option("other", "Något annat", "", False, False),
)
RECEIVERS = (
    Option("unit", "Ekbackens vårdcentral", "De som gav vården läser och svarar dig själva.", False, False),
    Option("board", "Patientnämnden", "De är fristående från vården och hjälper dig att få svar.", False, False),
)
YES_NO = (Option("yes", "Ja", "", False, False), Option("no", "Nej", "", False, False))
HITS = (
    Thing(id="SE0000000001-VC1", name="Ekbackens vårdcentral", detail="Vårdcentral, Lindby", connected=True, note=""),
    Thing(
        id="SE0000000001-VC2",
        name="Ekängens vårdcentral",
        detail="Vårdcentral, Sjöstad",
        connected=False,
        note="Inte ansluten till tjänsten ännu",
    ),
)
CONTACT = (
    Thing(label="Ring", text="010-000 00 00", href="tel:+46100000000"),
    Thing(label="Skicka brev", text="Ekängens vårdcentral, Storgatan 1, 000 00 Sjöstad", href=""),
)
EMERGENCY = EndingText(
    title="Är det bråttom?",
    body=("Ring 112 om det är fara för liv. Ring 1177 för råd om vård.",),
    ways=(
        Way(name="Ring 112", text="när det är akut", phone="112"),
        Way(name="Ring 1177", text="för råd om vård", phone="1177"),
    ),
)


def question(
    kind: str, title: str, value: Value | None = None, options: tuple[Option, ...] = (), optional: bool = False
) -> Question:
    return Question(
        id=kind,
        kind=kind,
        question=title,
        hint="Svara så gott du kan.",
        why="Svaret avgör vem som får ärendet först. Du kan ändra det ända tills du skickar in.",
        example="Jag ringde tre gånger och fick vänta.",
        optional=optional,
        options=options,
        max_length=8_000 if kind == "long_text" else 200,
        settings={},
        fields=(),
        value=value,
        progress=Progress(number=3, total=8),
    )


def asked(it: Question, **more: object) -> dict[str, object]:
    """The context of a question page."""
    context: dict[str, object] = {
        "hello": HELLO,
        "turns": TURNS,
        "question": it,
        "typed": {},
        "errors": (),
        "help": False,
        "emergency": None,
        "saved_at": at(20, 14, 32),
        "back": "/beratta/where",
        "revision": 4,
        "board": BOARD,
        "near": (("2026-11-20", "I dag"), ("2026-11-19", "I går"), ("2026-11-09/2026-11-15", "Förra veckan")),
        "place": None,
        "files": None,
        "heard": None,
        "alarm": None,
        "aside": (),
        "receivers": {"unit": "Ekbackens vårdcentral", "board": "Patientnämnden i Region Mittland"},
        "person": None,
    }
    return context | more


def picker(
    query: str = "",
    hits: tuple[Thing, ...] = (),
    chosen: Thing | None = None,
    stopped: Thing | None = None,
    branch: Thing | None = None,
) -> Thing:
    return Thing(query=query, hits=hits, more=bool(hits), chosen=chosen, stopped=stopped, branch=branch)


def door(name: str, count: int, detail: str = "Klinik", note: str = "") -> Thing:
    return Thing(
        unit=name, name=name, detail=detail, note=note, count=count, address=f"?under={count}", button=f"under:{count}"
    )


BRANCH = Thing(
    address="?under=SE0000000001-LS",
    name="Lindby sjukhus",
    trail=(
        Thing(name="Alla vårdgivare", address="?under=", button="under:"),
        Thing(name="Region Mittland", address="?under=1", button="under:1"),
    ),
    count=4,
    doors=(door("Akutkliniken Lindby sjukhus", 2), door("Ögonkliniken", 1, note="Inte ansluten till tjänsten ännu")),
    here=Thing(id="SE0000000001-LS", name="Lindby sjukhus", detail="Sjukhus, Lindby", connected=True, note=""),
    places=HITS,
    ids=frozenset({"SE0000000001-LS", *(hit.id for hit in HITS)}),
)


STOPPED = Thing(
    unit=HITS[1],
    reason="Ekängens vårdcentral är inte ansluten till tjänsten ännu.",
    levels=(Thing(id="SE0000000001-PV", name="Närvården i Sjöstad", detail="Förvaltning", connected=True, note=""),),
    board=True,
    board_name="Patientnämnden i Region Mittland",
    contact=CONTACT,
    board_contact=CONTACT[:1],
)
WRONG = (Thing(field="choice", text="Välj ett alternativ för att gå vidare."),)
WRONG_DAY = (Thing(field="first", text="Den första dagen ligger efter den sista. Kontrollera ordningen."),)


def row(step: str, label: str, *lines: str, words: tuple[str, ...] = (), **more: object) -> Row:
    shape: dict[str, object] = {"question": f"{label}?", "tokens": (), "chips": (), "more": (), "several": False}
    return Row(step=step, field=f"heard-{step}", label=label, lines=lines, words=words, **(shape | more))  # type: ignore[arg-type]


UNITS = (Chip("unit=1", "Ekbackens vårdcentral", False), Chip("unit=2", "Sjöstadens vårdcentral", False))
SAID = (Chip("choice=waiting", "Väntetid", False), Chip("choice=info", "Information", False))
NOT_SAID = (Chip("choice=other", "Något annat", False),)
ASIDE = (
    ("files", "Vill du lägga till bilder eller papper?"),
    ("other", "Gäller det något av det här i stället?"),
)
HEARD = Understanding(
    "story",
    (
        Piece("I tisdags", True),
        Piece(" ringde jag ", False),
        Piece("vårdcentralen", True),
        Piece(" i Lindby. Jag fick ", False),
        Piece("vänta i fem timmar", True),
        Piece(" och vill ", False),
        Piece("veta varför", True),
        Piece(".", False),
    ),
    (
        row(
            "where",
            "Var",
            words=("vårdcentralen",),
            chips=UNITS,
        ),
        row("when", "När", "17 november 2026", words=("I tisdags",), tokens=("when=2026-11-17",)),
        row("who", "Vem det gäller", "Mig själv", tokens=("choice=self",)),
        row(
            "about",
            "Vad det handlar om",
            words=("vänta i fem timmar",),
            several=True,
            chips=(Chip("choice=waiting", "Väntetid", False), Chip("choice=info", "Information", False)),
            more=(Chip("choice=other", "Något annat", False),),
        ),
        row("wish", "Vad du vill", "Få en förklaring", words=("veta varför",), tokens=("choice=explanation",)),
    ),
)
WAYS = (
    Option("inbox", "I inkorgen här", "Du kan läsa och svara.", False, False),
    Option("phone", "På telefon", "", True, False, "1"),
)

QUESTIONS: dict[str, dict[str, object]] = {
    "understood": asked(
        question("understood", "Tack. Så här har jag förstått det"),
        heard=HEARD,
        aside=(
            ("files", "Vill du lägga till bilder eller papper?"),
            ("other", "Gäller det något av det här i stället?"),
        ),
    ),
    "story": asked(
        replace(
            question("long_text", "Berätta vad som hände"),
            chapter=CHAPTER,
            beginnings=("Jag fick vänta …", "Ingen lyssnade …"),
            beside=(Beside(question=question("files", "Vill du lägga till bilder eller papper?"), opened=""),),
        ),
        files=Thing(items=FILES, room=True, limits="Bilder (JPG, PNG, WebP eller HEIC) och PDF.", accept="image/jpeg"),
        alarm=EMERGENCY,
    ),
    "chips": asked(replace(question("one", "Vad vill du berätta om?", One("care"), THEMES), chips=True)),
    "beside": asked(
        replace(
            question("one", "Hur vill du ha ditt svar?", One("phone"), WAYS),
            beside=(
                Beside(question=question("phone", "Vilket nummer ska de ringa?"), opened="1"),
                Beside(question=question("several", "Behöver du stöd?", None, THEMES, optional=True), opened=""),
                Beside(question=question("long_text", "Hur har det påverkat dig?", optional=True), opened=""),
            ),
        ),
        errors=(Thing(field="phone--phone", text="Skriv ett telefonnummer."),),
    ),
    "one": asked(question("one", "Vad handlar det mest om?", One("care"), THEMES)),
    "one-first": asked(question("one", "Vad vill du berätta om?", None, THEMES), turns=(), back=None, saved_at=None),
    "one-wrong": asked(question("one", "Vad handlar det mest om?", None, THEMES), errors=WRONG, help=True),
    "several": asked(question("several", "Vad vill du ska hända?", None, THEMES, optional=True), emergency=EMERGENCY),
    "short-text": asked(question("short_text", "Vad ska ärendet heta?", Text("Fick vänta med bröstsmärtor"))),
    "long-text": asked(question("long_text", "Berätta vad som hände", Text(STORY))),
    "long-text-wrong": asked(
        question("long_text", "Berätta vad som hände"),
        typed={"text": (STORY * 40,)},
        errors=(Thing(field="text", text="Texten är för lång. Den får ha högst 8 000 tecken. Ta bort 1 200 tecken."),),
    ),
    "when": asked(question("when", "När hände det?", When(date(2026, 10, 21), date(2026, 10, 23)))),
    "when-wrong": asked(
        question("when", "När hände det?"),
        errors=WRONG_DAY,
        typed={
            "when": ("period",),
            "first_year": ("2026",),
            "first_month": ("11",),
            "last_year": ("2026",),
            "last_month": ("10",),
        },
    ),
    "place": asked(question("place", "Var hände det?"), place=picker()),
    "place-hits": asked(question("place", "Var hände det?"), place=picker("ek", HITS)),
    "place-none": asked(question("place", "Var hände det?"), place=picker("zzz")),
    "place-chosen": asked(question("place", "Var hände det?", Place(unit=HITS[0].id)), place=picker(chosen=HITS[0])),
    "place-branch": asked(question("place", "Var hände det?"), place=picker(branch=BRANCH)),
    "place-stopped": asked(question("place", "Var hände det?"), place=picker(stopped=STOPPED)),
    "recipient": asked(question("recipient", "Vem ska få det du skriver?", None, RECEIVERS)),
    "files": asked(
        question("files", "Vill du bifoga något?", optional=True),
        files=Thing(
            items=FILES, room=True, limits="Högst 10 filer. Varje fil får vara 25 MB.", accept="image/*,application/pdf"
        ),
    ),
    "person": asked(question("person", "Vem är patienten?", Person("Elis Lindqvist", 2015))),
    "phone": asked(question("phone", "Vilket nummer ska vi ringa?")),
    "address": asked(question("address", "Vart ska brevet skickas?", Address("Storgatan 1", "123 45", "Lindby"))),
    "note": asked(question("note", "Så används det du skriver")),
    "consent": asked(question("consent", "Är det okej?", None, YES_NO)),
}

WAY_OUT = WayOut(
    id="compensation",
    text=EndingText(
        title="Ersättning söker du på annat ställe",
        body=("Patientnämnden och vården bestämmer inte om pengar.", "Du kan ändå berätta här vad som hände."),
        ways=(
            Way(name="Löf", text="prövar skador i vården", url="https://lof.se"),
            Way(name="Läkemedelsförsäkringen", text="prövar skador av läkemedel"),
        ),
        resume="Berätta ändå vad som hände",
    ),
    can_resume=True,
    change="who",
)

RECEIVER = Thing(name="Ekbackens vårdcentral", kind="care")
REVIEW: dict[str, object] = {
    "chapter": replace(CHAPTER, number=5),
    "turns": ALL_TURNS,
    "besides": (("main_theme", "Vad är viktigast för dig?"),),
    "notes": (StepText(question="Så går det till", hint="De läser och svarar dig.\nDu kan ta tillbaka ditt ärende."),),
    "receiver": RECEIVER,
    "goal": date(2026, 12, 18),
    "aside": "",
    "sign": "",
    "readers": "Handläggare på Ekbackens vårdcentral kan läsa. Patientnämnden läser bara om du säger ja.",
    "signed_in": True,
    "saved_at": at(20, 14, 32),
    "revision": 12,
    "client_id": "c-7",
    "case": "",
    "asked": "",
    "errors": (),
    "person": ANNA,
}
