"""A case with canaries in it, people at sockets and browsers, and random things that they do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from inbox.storage.people import Person
from tests.audiences.canaries import Book, Side
from tests.filing import filed
from tests.house import Browser, House
from tests.people import ANNA, BO, BOARD, EKBACKEN, FIA, KARIN, LARS, OLLE, SARA, TORGET
from tests.sockets import Socket


@dataclass
class Somebody:
    """A person with a browser and an open socket."""

    person: Person
    side: Side | None
    desk: str
    browser: Browser
    socket: Socket
    seen: int = 0
    """Frames that were looked at already."""


@dataclass
class Scene:
    """Everybody around one case."""

    house: House
    book: Book
    random: Random
    case: str
    people: dict[str, Somebody]
    statements: dict[str, str] = field(default_factory=dict)
    """Statements that were given and not released: id by canary."""
    messages: list[tuple[str, str]] = field(default_factory=list)
    """What was said to everyone: id and canary."""
    files: dict[str, str] = field(default_factory=dict)
    """Files that were sent: the canary in name and content, by id."""
    open_files: dict[str, str] = field(default_factory=dict)
    """Those of them that were sent to everyone."""
    answers: set[str] = field(default_factory=set)
    rows: bool = False
    """Whether the sockets are those of pages, which get rows."""
    asked: str | None = None
    waiting: bool = False

    async def does(self, who: str, tag: str, **fields: Any) -> tuple[int, Any]:
        """Give a command: over the API, the socket or a form, as chance will have it."""
        somebody = self.people[who]
        channel = self.random.choice(["api", "socket", "form"])
        if channel == "form" and all(isinstance(value, str) for value in fields.values()):
            page = await somebody.browser.post(f"{self.url(who)}/{tag}", {"client_id": self.house.new_id(), **fields})
            return (201 if page.status == 200 else page.status), page.words
        if channel == "api":
            return await somebody.browser.command(tag, self.case, **fields)
        reply = await somebody.socket.says(tag, self.case, **fields)
        return (201, reply["ok"]) if "ok" in reply else (422, reply)

    def url(self, who: str) -> str:
        """Where somebody finds the case."""
        return f"/personal/arende/{self.case}" if self.people[who].person.staff else f"/arende/{self.case}"

    async def last_id(self, who: str) -> str:
        """The id of the newest entry in somebody's feed."""
        _, page = await self.people[who].browser.api("GET", f"/api/v1/cases/{self.case}/feed")
        return str(page["entries"][-1]["id"])

    async def watch(self) -> None:
        """Everybody who may opens the case live."""
        for somebody in self.people.values():
            await somebody.socket.asks("lists")
            await somebody.socket.asks("watch", case=self.case, after=0, rows=self.rows)


async def set_scene(house: House, seed: int) -> Scene:
    """Anna has filed a case with a canary in every answer, and everybody is at a screen."""
    random = Random(seed)
    book = Book(random, unit=EKBACKEN)
    answers = {name: book.canary("citizen", "care") for name in ("story", "title", "improvement", "consequences")}
    case = await filed(
        house,
        ANNA,
        {
            "story": {"text": [answers["story"]]},
            "title": {"text": [answers["title"]]},
            "improvement": {"text": [answers["improvement"]]},
            "consequences": {"text": [answers["consequences"]]},
        },
    )
    scene = Scene(house, book, random, case, people={}, answers=set(answers.values()), rows=bool(seed % 2))
    cast: tuple[tuple[Person, Side | None, str], ...] = (
        (ANNA, "citizen", ""),
        (KARIN, "care", EKBACKEN),
        (LARS, "care", EKBACKEN),
        (SARA, "care", TORGET),
        (OLLE, "board", BOARD),
        (FIA, None, EKBACKEN),
        (BO, None, ""),
    )
    for person, side, desk in cast:
        browser = await house.browser(person)
        scene.people[person.id] = Somebody(person, side, desk, browser, await Socket(house).opens(browser))
    await scene.does("karin", "take_case")
    await scene.watch()
    return scene


def at_care(scene: Scene) -> str:
    """Who handles the case for the care now."""
    return "karin" if scene.book.unit == EKBACKEN else "sara"


async def says_to_all(scene: Scene) -> None:
    """Somebody writes to everyone."""
    who = scene.random.choice(["anna", at_care(scene), *(["olle"] if scene.book.board else [])])
    sides: tuple[Side, ...] = ("citizen", "care", "board") if scene.book.board else ("citizen", "care")
    canary = scene.book.canary(*sides)
    status, _ = await scene.does(who, "post_message", text=canary, widens=True)
    assert status == 201
    scene.messages.append((await scene.last_id(who), canary))


async def says_to_some(scene: Scene) -> None:
    """With a board in the thread, somebody writes to a part of it."""
    if not scene.book.board:
        return
    who, audience = scene.random.choice(
        [
            ("anna", "citizen_board"),
            ("olle", "citizen_board"),
            ("olle", "unit_board"),
            (at_care(scene), "unit_board"),
        ]
    )
    sides: tuple[Side, ...] = ("citizen", "board") if audience == "citizen_board" else ("care", "board")
    canary = scene.book.canary(*sides)
    status, _ = await scene.does(who, "post_message", text=canary, audience=audience)
    assert status == 201


async def sends_file(scene: Scene) -> None:
    """Somebody sends a file whose name and content are canaries, to everyone or to a part of the thread."""
    choices: list[tuple[str, str, tuple[Side, ...]]] = [("anna", "all", ("citizen", "care"))]
    if scene.book.board:
        choices = [
            ("anna", "all", ("citizen", "care", "board")),
            ("anna", "citizen_board", ("citizen", "board")),
            ("olle", "unit_board", ("care", "board")),
            (at_care(scene), "unit_board", ("care", "board")),
        ]
    who, audience, sides = scene.random.choice(choices)
    name, text = scene.book.canary(*sides), scene.book.canary(*sides)
    page = await scene.people[who].browser.upload(
        f"{scene.url(who)}/post_message",
        "files",
        [(f"{name}.pdf", b"%PDF-1.4\n" + name.encode() + b"\n%%EOF\n")],
        client_id=scene.house.new_id(),
        text=text,
        audience=audience,
        **({"widens": "true"} if audience == "all" else {}),
    )
    assert page.status == 200, page.words
    _, feed = await scene.people[who].browser.api("GET", f"/api/v1/cases/{scene.case}/feed")
    (file,) = feed["entries"][-1]["event"]["files"]
    scene.files[file["id"]] = name
    if audience == "all":
        scene.open_files[file["id"]] = name
        scene.messages.append((feed["entries"][-1]["id"], text))


async def notes(scene: Scene) -> None:
    """Somebody writes to colleagues."""
    who, desk = scene.random.choice(
        [(at_care(scene), scene.book.unit), *([("olle", "board")] if scene.book.board else [])]
    )
    status, _ = await scene.does(who, "write_note", text=scene.book.note(desk))
    assert status == 201


async def forwards(scene: Scene) -> None:
    """The care moves the case to its other unit, which takes it."""
    target = TORGET if scene.book.unit == EKBACKEN else EKBACKEN
    sides: tuple[Side, ...] = ("citizen", "care", "board") if scene.book.board else ("citizen", "care")
    canary = scene.book.canary(*sides)
    status, _ = await scene.does(at_care(scene), "forward_case", unit=target, reason=canary)
    assert status == 201
    scene.book.unit = target
    await scene.does(at_care(scene), "take_case")
    await scene.watch()


async def asks_consent(scene: Scene) -> None:
    """The care asks whether the board may read."""
    if scene.book.board or scene.asked:
        return
    canary = scene.book.canary("citizen", "care")
    parts = {"answers": True, "since": "all"}
    status, _ = await scene.does(at_care(scene), "propose_sharing", unit=BOARD, parts=parts, reason=canary)
    assert status == 201
    scene.asked = await scene.last_id("anna")


async def lets_board_in(scene: Scene) -> None:
    """Anna lets the board in, with what she happens to tick, asked or not."""
    if scene.book.board:
        return
    answers = scene.random.random() < 0.5
    since = scene.random.choice(["", "all", *(id for id, _ in scene.messages)])
    told = [id for id, _ in scene.messages]
    begin = len(told) if not since else 0 if since == "all" else told.index(since)
    # What she was asked for named no files: at her own wish she may tick any.
    files = [] if scene.asked else [id for id in scene.open_files if scene.random.random() < 0.5]
    status, body = await scene.does(
        "anna",
        "give_consent",
        unit=BOARD,
        parts={"answers": answers, "since": since, "files": files},
        request=scene.asked or "",
    )
    assert status == 201, body
    scene.asked = None
    shared = {canary for _, canary in scene.messages[begin:]} | {scene.open_files[id] for id in files}
    scene.book.join(shared | (scene.answers if answers else set()))
    await scene.does("olle", "take_case")
    await scene.watch()


async def shuts_board_out(scene: Scene) -> None:
    """Anna takes her consent back, or the board leaves."""
    if not scene.book.board:
        return
    party = (await scene.house.parts.services.reading.bare(scene.case))[0].parties[-1].id
    if scene.random.random() < 0.5:
        status, _ = await scene.does("anna", "withdraw_consent", party=party)
    else:
        status, _ = await scene.does("olle", "leave_case", reason=scene.book.canary("citizen", "care"))
    assert status == 201
    scene.book.leave()
    scene.waiting = False


async def asks_statement(scene: Scene) -> None:
    """The board asks the care for a statement, and gets one."""
    if not scene.book.board:
        return
    status, _ = await scene.does("olle", "ask_statement", text=scene.book.canary("care", "board"))
    if status != 201:
        return
    canary = scene.book.canary("care", "board")
    status, _ = await scene.does(at_care(scene), "give_statement", text=canary)
    assert status == 201
    scene.statements[canary] = await scene.last_id("olle")


async def releases(scene: Scene) -> None:
    """The officer lets Anna read a statement that came while the board was there."""
    known = [canary for canary in scene.statements if canary in scene.book.shared]
    if not known:
        return
    canary = scene.random.choice(known)
    status, _ = await scene.does("olle", "release_statement", statement=scene.statements.pop(canary))
    assert status == 201
    scene.book.release(canary)


THINGS: tuple[Callable[[Scene], Awaitable[None]], ...] = (
    says_to_all,
    says_to_all,
    says_to_some,
    says_to_some,
    says_to_some,
    sends_file,
    sends_file,
    notes,
    notes,
    forwards,
    asks_consent,
    lets_board_in,
    lets_board_in,
    shuts_board_out,
    asks_statement,
    releases,
)
