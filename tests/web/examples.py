"""Example contexts for every template: fictional people and cases, in the shapes that web/templates/README.md describes."""

from datetime import date, datetime, timedelta, timezone
from types import SimpleNamespace as Thing

from dialogs.model import EndingText, Way
from dialogs.values import Address, One, Person, Place, Text, When
from dialogs.view import Option, Progress, Question, Turn, WayOut

SWEDEN = timezone(timedelta(hours=1))
BOARD = Thing(name="Patientnämnden i Region Mittland", phone="08-465 004 10", hours="Vardagar 9–12 och 13–15")
ANNA = Thing(name="Anna Lindqvist", kind="citizen", role="")
KARIN = Thing(name="Karin Sandberg", kind="staff", role="Handläggare, Ekbackens vårdcentral")
HELLO = "Hej! Jag är en digital guide och ställer en fråga i taget. Det tar ungefär fem minuter. En människa läser det du skickar in."
STORY = (
    "Jag ringde vårdcentralen tre dagar i rad med bröstsmärtor. Varje gång fick jag rådet att vänta. "
    "På fredagen åkte jag in till akuten och blev inlagd samma kväll.\n\n"
    "Jag vill ha en förklaring, och att det inte händer någon annan."
)


def at(day: int, hour: int = 9, minute: int = 12, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SWEDEN)


def turn(id: str, question: str, label: str, *lines: str, kind: str = "one") -> Turn:
    return Turn(id=id, kind=kind, question=question, label=label, lines=lines)  # type: ignore[arg-type]


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
    turn("wish", "Vad vill du ska hända?", "Vad du vill", "Få en förklaring", "Att det inte händer någon annan"),
    turn("reply", "Hur vill du få svar?", "Så får du svar", "I inkorgen här"),
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
    Thing(id="SE0000000001-VC2", name="Ekängens vårdcentral", detail="Vårdcentral, Sjöstad", connected=False, note="Tar inte emot här än"),
)
CONTACT = (
    Thing(label="Ring", text="010-000 00 00", href="tel:+46100000000"),
    Thing(label="Skicka brev", text="Ekängens vårdcentral, Storgatan 1, 000 00 Sjöstad", href=""),
)
FILES = (
    Thing(id="f1", url="/arende/1/fil/f1", name="Kallelse.jpg", kind="image", size=1_234_567),
    Thing(id="f2", url="/arende/1/fil/f2", name="Remiss från vårdcentralen.pdf", kind="pdf", size=340_000),
)
EMERGENCY = EndingText(
    title="Är det bråttom?",
    body=("Ring 112 om det är fara för liv. Ring 1177 för råd om vård.",),
    ways=(Way(name="Ring 112", text="när det är akut", phone="112"), Way(name="Ring 1177", text="för råd om vård", phone="1177")),
)


def question(kind: str, title: str, value: object = None, options: tuple[Option, ...] = (), optional: bool = False) -> Question:
    return Question(
        id=kind,
        kind=kind,  # type: ignore[arg-type]
        question=title,
        hint="Svara så gott du kan.",
        why="Svaret avgör vem som får ärendet först. Du kan ändra det ända tills du skickar in.",
        example="Jag ringde tre gånger och fick vänta.",
        optional=optional,
        options=options,
        max_length=8_000 if kind == "long_text" else 200,
        fields=(),
        value=value,  # type: ignore[arg-type]
        progress=Progress(number=3, total=8),
    )


def asked(it: Question, **more: object) -> dict[str, object]:
    """The context of a question page."""
    context: dict[str, object] = {
        "dialog_name": "Synpunkter och klagomål", "hello": HELLO, "turns": TURNS, "question": it, "typed": {}, "errors": (),
        "help": False, "emergency": None, "saved_at": at(20, 14, 32), "back": "/beratta/where", "revision": 4, "board": BOARD,
        "place": None, "files": None, "person": None,
    }  # fmt: skip
    return context | more


def picker(query: str = "", hits: tuple[Thing, ...] = (), chosen: Thing | None = None, stopped: Thing | None = None) -> Thing:
    return Thing(query=query, hits=hits, chosen=chosen, stopped=stopped)


STOPPED = Thing(
    unit=HITS[1], reason="Ekängens vårdcentral tar inte emot ärenden här än.",
    levels=(Thing(id="SE0000000001-PV", name="Närvården i Sjöstad", detail="Förvaltning", connected=True, note=""),),
    board=True, board_name="Patientnämnden i Region Mittland", contact=CONTACT, board_contact=CONTACT[:1],
)  # fmt: skip
WRONG = (Thing(field="choice", text="Välj ett alternativ för att gå vidare."),)
WRONG_DAY = (Thing(field="first", text="Den första dagen ligger efter den sista. Byt plats på dem."),)

QUESTIONS: dict[str, dict[str, object]] = {
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
        typed={"when": ("period",), "first_year": ("2026",), "first_month": ("11",), "last_year": ("2026",), "last_month": ("10",)},
    ),
    "place": asked(question("place", "Var hände det?"), place=picker()),
    "place-hits": asked(question("place", "Var hände det?"), place=picker("ek", HITS)),
    "place-none": asked(question("place", "Var hände det?"), place=picker("zzz")),
    "place-chosen": asked(question("place", "Var hände det?", Place(unit=HITS[0].id)), place=picker(chosen=HITS[0])),
    "place-stopped": asked(question("place", "Var hände det?"), place=picker(stopped=STOPPED)),
    "recipient": asked(question("recipient", "Vem ska få det du skriver?", None, RECEIVERS)),
    "files": asked(
        question("files", "Vill du bifoga något?", optional=True),
        files=Thing(items=FILES, room=True, limits="Högst 10 filer. Varje fil får vara 25 MB.", accept="image/*,application/pdf"),
    ),
    "person": asked(question("person", "Vem är patienten?", Person("Elis Lindqvist", 2015))),
    "phone": asked(question("phone", "Vilket nummer ska vi ringa?")),
    "address": asked(question("address", "Vart ska brevet skickas?", Address("Storgatan 1", "123 45", "Lindby"))),
    "note": asked(question("note", "Så används det du skriver")),
    "consent": asked(question("consent", "Är det okej?", None, YES_NO)),
}

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
    base = {"id": "1", "url": url, "title": "Fick vänta med bröstsmärtor", "number": "RM 2026-01843", "unit": "Ekbackens vårdcentral", "head": 9, "desk_head": 3}
    return Thing(**(base | more))


def message(n: int, when: datetime, text: str, side: str = "reporter", **more: object) -> Thing:
    base: dict[str, object] = {
        "type": "message", "n": n, "at": when, "own": side == "reporter", "author": "Anna Lindqvist", "role": "Patient", "side": side,
        "text": text, "files": (), "foot": "", "client_id": "", "asks": False, "answers": (), "unanswered": False,
    }  # fmt: skip
    if side == "care":
        base |= {"author": "Ekbackens vårdcentral", "role": "Handläggare"}
    if side == "board":
        base |= {"author": "Patientnämnden", "role": "Ditt stöd, fristående från vården"}
    return Thing(**(base | more))


def event(n: int, when: datetime, icon: str, text: str, quote: str = "", answer: bool = False, link: Thing | None = None) -> Thing:
    return Thing(type="event", n=n, at=when, icon=icon, text=text, quote=quote, answer=answer, link=link)


def note(n: int, when: datetime, text: str) -> Thing:
    return Thing(type="note", n=n, at=when, author="Karin Sandberg", text=text, client_id="")


ANSWERS = tuple(Thing(question=each.question, lines=each.lines) for each in ALL_TURNS)
ENTRIES = (
    event(1, at(28, month=10), "check", "Du skickade in. Ärendet har nummer RM 2026-01843."),
    message(2, at(28, month=10), STORY, answers=ANSWERS, files=FILES[:1], foot="Läst av Ekbackens vårdcentral 29 oktober"),
    event(3, at(29, 10, 5, month=10), "person", "Ekbackens vårdcentral har börjat arbeta med ditt ärende."),
    message(4, at(12, 15, 40), "Hej Anna! Tack för att du berättar. Minns du ungefär vilken tid du ringde på torsdagen?", "care", asks=True),
    message(5, at(12, 17, 2), "Strax efter åtta. Här är samtalslistan från min telefon.", files=FILES, foot="Läst 13 november"),
    event(6, at(13, 9, 0), "forward", "Ärendet går vidare till Akutmottagningen, Lindby sjukhus.", quote="Det var där du blev inlagd."),
    message(7, at(17, 11, 8), "Hej Anna! Jag läser med och hjälper dig om något är oklart. Jag är inte anställd av vården.", "board"),
    message(8, at(20, 14, 36), "Får jag ett nytt läkarbesök också? Jag är fortfarande orolig.", client_id="0192-abc"),
)
STAFF_ENTRIES = (
    message(1, at(28, month=10), STORY, files=FILES[:1], own=False),
    event(2, at(28, 10, 5, month=10), "person", "Karin Sandberg tog ärendet."),
    note(3, at(28, 10, 21, month=10), "Begärt samtalsloggar från rådgivningen 21–23 oktober."),
    message(4, at(12, 15, 40), "Hej Anna! Minns du vilken tid du ringde på torsdagen?", "care", own=True, asks=True, foot="Läst av Anna 12 november"),
    message(5, at(12, 17, 2), "Strax efter åtta. Här är samtalslistan från min telefon.", files=FILES, own=False),
    message(7, at(17, 11, 8), "Anna har sagt ja till att vi följer ärendet.", "board"),
    message(8, at(20, 14, 36), "Får jag ett nytt läkarbesök också? Jag är fortfarande orolig.", own=False, unanswered=True),
)
PEOPLE = (
    Thing(name="Anna Lindqvist", role="Du som skrev", side="reporter"),
    Thing(name="Ekbackens vårdcentral", role="Utreder och svarar", side="care"),
    Thing(name="Patientnämnden", role="Ditt stöd", side="board"),
)


def thread(**more: object) -> dict[str, object]:
    context: dict[str, object] = {
        "case": case(), "standing": STATUS, "entries": ENTRIES, "readers": ("du", "Ekbackens vårdcentral", "Patientnämnden"),
        "people": PEOPLE, "can": Thing(post=True, withdraw=True, rate=False, ask_on=False), "answer_url": None, "client_id": "c-1",
        "typed": "", "errors": (), "ended": "", "person": ANNA,
    }  # fmt: skip
    return context | more


ANSWER = Thing(
    author="Ekbackens vårdcentral, Lindby", side="care", at=at(24), days=27,
    explanation="Du ringde oss den 21, 22 och 23 oktober. Vi har gått igenom samtalen med en läkare.\n\n"
    "I de två första samtalen följde vi inte vårt stöd för bröstsmärtor. Du skulle ha fått komma till läkare samma dag.",
    measures=(
        Thing(text="Alla som svarar i telefon övar på bröstsmärtor.", responsible="Karin Sandberg", due=date(2026, 12, 15)),
        Thing(text="Den som ringer två gånger får prata med läkare.", responsible="", due=None),
    ),
    no_measures="", regret="Du sökte hjälp tre gånger och fick vänta. Det borde inte ha hänt. Jag beklagar det.",
)  # fmt: skip


def answered(**more: object) -> dict[str, object]:
    context: dict[str, object] = {
        "case": case(), "answer": ANSWER, "rated": None, "can": Thing(rate=True, ask_on=True), "reply_until": date(2026, 12, 24),
        "board": BOARD, "by_board": False, "client_id": "c-2", "typed": "", "errors": (), "person": ANNA,
    }  # fmt: skip
    return context | more


def row(id: str, title: str, who: str, unit: str, state: str, tone: str, due: str, due_tone: str = "", **more: object) -> Thing:
    base: dict[str, object] = {
        "id": id, "url": f"/personal/arende/{id}", "title": title, "number": f"RM 2026-0184{id}", "who": who, "unit": unit,
        "state": state, "tone": tone, "due": due, "due_tone": due_tone, "at": at(20), "unread": False, "current": False,
    }  # fmt: skip
    return Thing(**(base | more))


ROWS = (
    row("2", "Journalen lästes av obehörig", "Per-Olof Dahl", "Akutmottagningen", "Utreds", "active", "1 dag över målet", "late"),
    row("1", "Fick vänta med bröstsmärtor", "Anna Lindqvist", "Ekbackens vårdcentral", "Utreds", "active", "5 dagar till målet", "soon",
        unread=True, current=True),
    row("3", "Kom inte fram på telefon", "Mustafa Karim", "Sjöstadens vårdcentral", "Väntar på anmälaren", "waiting", "9 dagar till målet"),
    row("4", "Tack till personalen på avdelning 4", "Eva Berg", "Ortopedkliniken", "Nytt", "new", ""),
    row("5", "Fel adress på kallelsen", "Göran Ek", "Kvinnokliniken", "Besvarat", "done", ""),
)  # fmt: skip


def queue(rows: tuple[Thing, ...] = ROWS) -> Thing:
    filters = (
        Thing(url="/personal?visa=mina", label="Mina", count=12, current=True),
        Thing(url="/personal?visa=lediga", label="Lediga", count=5, current=False),
        Thing(url="/personal?visa=alla", label="Alla", count=86, current=False),
    )
    return Thing(filters=filters, heading="Mina ärenden, kortast tid kvar först", rows=rows, version=7)


ALL_CAN = Thing(
    take=True, release=True, assign=True, post=True, ask=True, stop_waiting=True, note=True, forward=True, answer=True, reopen=True,
    refer=True, set_place=True,
)  # fmt: skip
FACTS = Thing(
    goal=date(2026, 11, 25), goal_days=28, used_days=23, left="5 dagar kvar", left_tone="soon",
    rows=(
        Thing(label="Enhet", lines=("Ekbackens vårdcentral, Lindby",)), Thing(label="Hände", lines=("21–23 oktober 2026",)),
        Thing(label="Handlar om", lines=("Vård och behandling", "Väntetid och kontakt")),
        Thing(label="Önskar", lines=("Få en förklaring", "Att det inte händer någon annan")),
    ),
    answers=ANSWERS,
)  # fmt: skip


def desk(**more: object) -> dict[str, object]:
    staff_case = case("/personal/arende/1", kind="Klagomål", theme="Vård och behandling", state="Utreds", tone="active",
                      handler="Karin Sandberg", reads=True)  # fmt: skip
    context: dict[str, object] = {
        "queue": queue(), "case": staff_case, "entries": STAFF_ENTRIES, "facts": FACTS, "people": PEOPLE,
        "colleagues": (Thing(id="p1", name="Karin Sandberg"), Thing(id="p2", name="Maria Lind")),
        "readers": "Anna och patientnämnden kan läsa svaret.", "reporter": "Anna", "can": ALL_CAN, "client_id": "c-3",
        "note_client_id": "n-3", "typed": {}, "errors": (), "person": KARIN,
    }  # fmt: skip
    return context | more


BLIND_CASE = case("/personal/arende/1", title="", kind="Klagomål", theme="", state="Nytt", tone="new", handler=None, reads=False)


def closing(**more: object) -> dict[str, object]:
    form = Thing(
        explanation=ANSWER.explanation, measures=(Thing(text="", responsible="Karin Sandberg", due=""),), nothing=False, no_measures="",
        regret=ANSWER.regret,
        problems=(Thing(code="1.1", main="Vård och behandling", sub="Undersökning/bedömning"), Thing(code="6.1", main="Tillgänglighet",
                  sub="Tillgänglighet till vården")),
        more_problems=(Thing(main="Kommunikation", subs=(Thing(code="3.1", sub="Information"), Thing(code="3.4", sub="Bemötande"))),),
        areas=(Thing(code="primarvard", label="Primärvård", chosen=False), Thing(code="somatik", label="Somatisk vård", chosen=False)),
        needs_assessment=True, assessment="",
    )  # fmt: skip
    guards = (
        Thing(text="Skriv minst en åtgärd", why="Eller varför ni inte gör något.", field="measure-1"),
        Thing(text="Välj område", why="Behövs för statistiken.", field="area"),
        Thing(text="Skriv en prövning", why="Den som skrev är inte patienten.", field="assessment"),
    )
    context: dict[str, object] = {
        "case": desk()["case"], "entries": STAFF_ENTRIES, "facts": FACTS, "guards": guards, "form": form, "reporter": "Anna",
        "signature": "Ekbackens vårdcentral, Lindby", "client_id": "c-4", "saved_at": at(20, 14, 52), "person": KARIN,
        "errors": (Thing(field="measure-1", text="Skriv en åtgärd, eller välj ”Vi gör inget” och skriv varför."),),
    }  # fmt: skip
    return context | more


WAY_OUT = WayOut(
    id="compensation",
    text=EndingText(
        title="Ersättning söker du på annat ställe",
        body=("Patientnämnden och vården bestämmer inte om pengar.", "Du kan ändå berätta här vad som hände."),
        ways=(Way(name="Löf", text="prövar skador i vården", url="https://lof.se"), Way(name="Läkemedelsförsäkringen", text="prövar skador av läkemedel")),
        resume="Berätta ändå vad som hände",
    ),
    can_resume=True,
    change="who",
)

RECEIVER = Thing(name="Ekbackens vårdcentral", kind="care")
REVIEW: dict[str, object] = {
    "dialog_name": "Synpunkter och klagomål", "turns": ALL_TURNS, "receiver": RECEIVER, "goal": date(2026, 12, 18), "praise": False,
    "readers": "Handläggare på Ekbackens vårdcentral kan läsa. Patientnämnden läser bara om du säger ja.", "signed_in": True,
    "saved_at": at(20, 14, 32), "revision": 12, "errors": (), "person": ANNA,
}  # fmt: skip

HOME: dict[str, object] = {
    "first_name": "Anna", "summary": "Du har ett svar att läsa och en fråga att svara på.", "person": ANNA,
    "unread": (
        Thing(kind="answer", side="care", title="Provsvaret dröjde", text="Ögonmottagningen, Lindby sjukhus, svarade i går.",
              url="/arende/2/svar", action="Läs svaret"),
        Thing(kind="question", side="board", title="Fick vänta med bröstsmärtor", text="Patientnämnden har en fråga till dig.",
              url="/arende/1", action="Svara"),
    ),
    "open": (Thing(case=case(), status=STATUS), Thing(case=case(title="Svårt att få tid för Elis", unit="BUP Lindby"), status=NEW_STATUS)),
    "drafts": (Thing(name="Utkast om Sjöstadens vårdcentral", number=4, total=8, saved_at=at(17), removed_at=at(17, month=12),
                     url="/beratta", id="d1"),),
    "ended": (Thing(case=case(title="Fint bemött på röntgen"), text="Röntgen, Lindby sjukhus. Beröm.", at=at(3, month=10)),),
}  # fmt: skip

REGIONS = tuple(
    Thing(name=name, board="Patientnämnden", ways=(Thing(label="Läs på 1177.se", text="", href=""),)) for name in ("Region Norr", "Region Söder")
)

PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "start": ("start.html", {"goal_days": 28, "board": BOARD, "draft": None, "person": None}),
    "start-draft": ("start.html", {"goal_days": 28, "board": BOARD, "draft": Thing(number=4, total=8), "person": ANNA}),
    "sign-in": ("sign_in.html", {
        "people": (Thing(id="p1", name="Anna Lindqvist", about="Har skrivit om Ekbackens vårdcentral", staff=False),
                   Thing(id="p2", name="Karin Sandberg", about="Handläggare, Ekbackens vårdcentral", staff=True)),
        "next": "/hem", "errors": (), "person": None}),
    **{f"question-{name}": ("intake/question.html", context) for name, context in QUESTIONS.items()},
    "way-out": ("intake/way_out.html", {
        "dialog_name": "Synpunkter och klagomål", "way": WAY_OUT, "turns": TURNS, "hello": HELLO, "saved_at": at(20), "revision": 5,
        "person": None}),
    "review": ("intake/review.html", REVIEW),
    "review-signed-out": ("intake/review.html", REVIEW | {"signed_in": False, "person": None}),
    "receipt": ("intake/receipt.html", {
        "case": case(), "receiver": RECEIVER, "sent_at": at(20), "goal": date(2026, 12, 18), "praise": False, "standing": NEW_STATUS,
        "person": ANNA}),
    "home": ("home.html", HOME),
    "home-empty": ("home.html", HOME | {"summary": "Du har inga ärenden än.", "unread": (), "open": (), "drafts": (), "ended": ()}),
    "thread": ("thread.html", thread()),
    "thread-ended": ("thread.html", thread(
        can=Thing(post=False, withdraw=False, rate=True, ask_on=True), answer_url="/arende/1/svar", ended="Ärendet är besvarat.",
        entries=(*ENTRIES, event(9, at(24), "check-circle", "Svaret har kommit.", answer=True, link=Thing(url="/arende/1/svar", label="Läs svaret"))))),
    "answer": ("answer.html", answered()),
    "answer-rated": ("answer.html", answered(rated="partly", can=Thing(rate=False, ask_on=False), reply_until=None)),
    "withdraw": ("withdraw.html", {"case": case(), "client_id": "c-5", "typed": "", "errors": (), "person": ANNA}),
    "print": ("print.html", {
        "case": case(), "standing": STATUS, "entries": ENTRIES, "answers": ANSWERS, "answer": ANSWER, "printed_at": at(25), "person": ANNA}),
    "desk": ("staff/queue.html", desk()),
    "desk-empty": ("staff/queue.html", desk(case=None, queue=queue(()))),
    "desk-distributor": ("staff/queue.html", desk(case=BLIND_CASE, queue=queue(tuple(Thing(**(vars(each) | {"title": "", "who": ""})) for each in ROWS)))),
    "desk-typed": ("staff/queue.html", desk(
        typed={"text": "Ja Anna, det ordnar vi.", "note": ""}, errors=(Thing(field="note", text="Skriv något först."),))),
    "close": ("staff/close.html", closing()),
    "close-ready": ("staff/close.html", closing(guards=(), errors=())),
    "forward": ("staff/forward.html", {
        "case": desk()["case"], "query": "lindby", "units": HITS, "chosen": "", "reason": "", "reporter": "Anna",
        "provider": "Region Mittland", "client_id": "c-6", "errors": (Thing(field="reason", text="Skriv varför."),), "person": KARIN}),
    "error": ("error.html", {
        "status": 404, "title": "Sidan finns inte", "text": "Adressen kan vara fel, eller så är sidan borttagen.", "request_id": "a1b2", "staff": False,
        "person": None}),
    "accessibility": ("page/accessibility.html", {"board": BOARD, "person": None}),
    "privacy": ("page/privacy.html", {"board": BOARD, "person": None}),
    "contact": ("page/contact.html", {"board": BOARD, "person": None}),
    "regions": ("page/regions.html", {"regions": REGIONS, "person": None}),
}  # fmt: skip
"""Name of the example → template and context."""
