"""What happens in generated cases: every kind of event, in the orders in which people let it happen."""

import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from inbox.storage.people import Person
from tests.answered import Answers
from tests.filing import filed
from tests.histories.words import ANSWERS, MESSAGES, NOTES, STORIES, TITLES
from tests.house import Browser, House

BOARD = "SE0000000001-PNMITTLAND"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass
class Desk:
    """A unit, and somebody who works there."""

    unit: str
    person: Person
    browser: Browser


@dataclass
class Cast:
    """Whom cases happen to."""

    house: House
    reporters: list[tuple[Person, Browser]]
    care: list[Desk]
    board: Desk
    chance: Random = field(default_factory=lambda: Random(7))


class Refusal(AssertionError):
    """A command was refused that should not be."""


@dataclass
class Course:
    """A case, and whoever does something in it."""

    cast: Cast
    who: tuple[Person, Browser]
    desk: Desk
    case: str = ""

    @property
    def chance(self) -> Random:
        """Where its words come from."""
        return self.cast.chance

    async def does(self, browser: Browser, tag: str, **fields: Any) -> None:
        """A command, which must be taken; some time passes."""
        self.cast.house.clock.passes(timedelta(seconds=self.chance.randrange(5, 90)))
        status, body = await browser.command(tag, self.case, **fields)
        if status >= 300:
            raise Refusal(f"{tag}: {status} {body}")

    async def care(self, tag: str, **fields: Any) -> None:
        """The caseworker does something, having read what there is when taking the case."""
        if tag == "take_case":
            await self.desk.browser.get(f"/personal/arende/{self.case}")
        await self.does(self.desk.browser, tag, **fields)

    async def board(self, tag: str, **fields: Any) -> None:
        """The officer does something, likewise."""
        if tag == "take_case":
            await self.cast.board.browser.get(f"/personal/arende/{self.case}")
        await self.does(self.cast.board.browser, tag, **fields)

    async def citizen(self, tag: str, **fields: Any) -> None:
        """Who filed it does something."""
        await self.does(self.who[1], tag, **fields)

    async def files(self, **answers: dict[str, list[str]]) -> None:
        """The case is filed, about the desk's unit unless told otherwise."""
        told: Answers = {
            "place": {"unit": [self.desk.unit]},
            "story": {"text": [self.chance.choice(STORIES)]},
            "title": {"text": [self.chance.choice(TITLES)]},
            "share": {"choice": ["no"]},
            **answers,
        }
        self.case = await filed(self.cast.house, self.who[0], told)

    async def says(self, who: Callable[..., Awaitable[None]], **more: Any) -> None:
        """Somebody writes a message."""
        await who("post_message", text=self.chance.choice(MESSAGES), **more)

    async def attaches(self, browser: Browser, *, staff: bool = False) -> None:
        """Somebody sends a file with a message."""
        self.cast.house.clock.passes(timedelta(minutes=1))
        number = self.chance.randrange(40)
        name, content = (f"bild-{number}.png", png(number)) if number % 2 else (f"papper-{number}.pdf", PDF)
        path = f"{'/personal' if staff else ''}/arende/{self.case}/post_message"
        fields = {"client_id": self.cast.house.new_id(), "text": self.chance.choice(MESSAGES), "audience": "all"}
        page = await browser.upload(path, "files", [(name, content)], **fields)
        if page.status != 200 or name not in page.text:
            raise Refusal(f"file: {page.status} {page.words[:300]}")

    async def answers(self, **more: Any) -> None:
        """The final answer, by the care."""
        await self.care("answer_case", **self.answer(), **more)

    def answer(self) -> dict[str, Any]:
        """What an answer says."""
        return {
            "explanation": self.chance.choice(ANSWERS),
            "measures": [{"text": "Fler svarar i telefon.", "responsible": "Enhetschefen", "due": "2027-01-15"}],
            "regret": self.chance.choice(("", "Vi beklagar.")),
            "problems": self.chance.choice((["6.1"], ["1.1", "1.3"], ["1.2"])),
            "area": "primarvard",
        }

    async def entries(self, browser: Browser) -> list[dict[str, Any]]:
        """What somebody's feed holds."""
        _, page = await browser.api("GET", f"/api/v1/cases/{self.case}/feed?after=0")
        found: list[dict[str, Any]] = page["entries"]
        return found

    async def newest(self, browser: Browser, kind: str) -> str:
        """The id of the newest event of a kind."""
        for entry in reversed(await self.entries(browser)):
            event = entry.get("event", entry)
            if event.get("kind") == kind or entry.get("kind") == kind:
                return str(entry["id"])
        raise Refusal(f"no {kind} in {[entry.get('kind') for entry in await self.entries(browser)]}")

    async def joined(self) -> None:
        """The caseworker asks, the reporter says yes, the board takes the case."""
        files = [file["id"] for entry in await self.entries(self.who[1]) for file in entry["event"].get("files", ())]
        asked = {"since": "all", "files": files}
        await self.care("propose_sharing", unit=BOARD, parts=asked, reason="Nämnden kan hjälpa till.")
        request = await self.newest(self.who[1], "consent_asked")
        parts = {**asked, "answers": self.chance.random() < 0.7}
        await self.citizen("give_consent", unit=BOARD, parts=parts, text="Ja, nämnden får läsa.", request=request)
        await self.board("take_case")


async def only_filed(course: Course) -> None:
    await course.files()


async def praise(course: Course) -> None:
    await course.files(leave={"choice": ["praise"]}, praise_text={"text": ["Tack för god vård."]})
    if course.chance.random() < 0.5:
        await course.care("take_case")
        await course.care("post_message", text="Tack! Det gläder oss.")


async def talked(course: Course) -> None:
    await course.files()
    await course.care("take_case")
    for _ in range(course.chance.randrange(1, 5)):
        await course.says(course.care)
        await course.says(course.citizen)
    if course.chance.random() < 0.3:
        await course.care("release_case")


async def with_files(course: Course) -> None:
    await course.files()
    await course.care("take_case")
    await course.attaches(course.who[1])
    await course.attaches(course.desk.browser, staff=True)
    await course.says(course.care)


async def asked(course: Course) -> None:
    await course.files()
    await course.care("take_case")
    await course.care("ask_reporter", text="Minns du vilken dag det var?")
    match course.chance.randrange(3):
        case 0:
            await course.citizen("post_message", text="Det var en torsdag.")
        case 1:
            await course.care("stop_waiting")
        case _:
            pass


async def noted(course: Course) -> None:
    await course.files(about={"choice": ["relative"]})
    await course.care("take_case")
    for _ in range(course.chance.randrange(1, 3)):
        await course.care("write_note", text=course.chance.choice(NOTES))
    await course.answers(assessment="Ingen skada av att hon får veta det.")


async def forwarded(course: Course) -> None:
    await course.files()
    await course.care("take_case")
    await course.care("write_note", text=course.chance.choice(NOTES))
    other = course.chance.choice([desk for desk in course.cast.care if desk is not course.desk])
    await course.care("forward_case", unit=other.unit, reason="Det var hos dem det hände.")
    course.desk = other
    if course.chance.random() < 0.7:
        await course.care("take_case")
        await course.says(course.care)


async def without_place(course: Course) -> None:
    await course.files()
    await course.care("take_case")
    await course.care("set_place", unit="SE0000000001-VCBJORKHAMN")


async def answered(course: Course) -> None:
    await course.files()
    await course.care("take_case")
    await course.says(course.care)
    await course.answers()
    if course.chance.random() < 0.5:
        await course.citizen("rate_answer", rating=course.chance.choice(("yes", "partly", "no")))
    if course.chance.random() < 0.3:
        await course.care("add_to_answer", text="En sak till: telefonen är öppen från sju.")


async def asked_on(course: Course) -> None:
    await answered(course)
    if course.chance.random() < 0.5:
        await course.citizen("ask_on", text="Varför ringde ingen tillbaka?")
    else:
        await course.care("reopen_case", reason="Vi har fått veta mer.")
    if course.chance.random() < 0.6:
        await course.answers()


async def withdrawn(course: Course) -> None:
    await course.files()
    if course.chance.random() < 0.5:
        await course.care("take_case")
    await course.citizen("withdraw_case", reason=course.chance.choice(("", "Det löste sig.")))


async def referred(course: Course) -> None:
    await course.files()
    await course.care("take_case")
    await course.care("refer_case", reason="Det gäller inte vården.", turn_to="Försäkringskassan")


async def consent_refused(course: Course) -> None:
    await course.files()
    await course.care("take_case")
    await course.care("propose_sharing", unit=BOARD, parts={}, reason="Nämnden kan hjälpa till.")
    if course.chance.random() < 0.6:
        await course.citizen("refuse_consent", request=await course.newest(course.who[1], "consent_asked"))


async def shared(course: Course) -> None:
    await course.files()
    await course.care("take_case")
    await course.says(course.citizen)
    if course.chance.random() < 0.4:
        await course.attaches(course.who[1])
    await course.joined()
    await course.says(course.board)
    await course.says(course.board, audience="unit_board")
    await course.says(course.citizen, audience="citizen_board")
    await course.board("ask_statement", text="Hur svarar ni i telefon?")
    match course.chance.randrange(4):
        case 0:
            await course.board("stop_waiting")
        case 1:
            pass
        case _:
            await course.care("give_statement", text="Vi har fler som svarar nu.")
            statement = await course.newest(course.cast.board.browser, "statement_given")
            await course.board("release_statement", statement=statement)


async def shared_and_answered(course: Course) -> None:
    await course.files()
    await course.care("take_case")
    await course.joined()
    await course.says(course.board)
    await course.board("answer_case", **course.answer())
    await course.answers()


async def shared_and_left(course: Course) -> None:
    await course.files()
    await course.care("take_case")
    await course.joined()
    match course.chance.randrange(3):
        case 0:
            await course.citizen("withdraw_consent", party="a2")
        case 1:
            await course.board("leave_case", reason="Vi är klara.")
        case _:
            await course.board("ask_statement", text="Vad hände?")
            await course.citizen("withdraw_consent", party="a2")
    await course.says(course.care)


async def to_the_board(course: Course) -> None:
    await course.files(recipient={"choice": ["board"]})
    await course.board("take_case")
    await course.says(course.board)
    if course.chance.random() < 0.6:
        await course.board("propose_sharing", unit=course.desk.unit, parts={"since": "all"}, reason="De bör svara.")
        request = await course.newest(course.who[1], "consent_asked")
        parts = {"since": "all"}
        await course.citizen("give_consent", unit=course.desk.unit, parts=parts, text="Ja.", request=request)
        await course.care("take_case")
        await course.board("ask_statement", text="Vad hände den dagen?")
        if course.chance.random() < 0.5:
            await course.citizen("withdraw_consent", party="a2")


COURSES: dict[Callable[[Course], Awaitable[None]], int] = {
    only_filed: 14,
    praise: 6,
    talked: 20,
    with_files: 6,
    asked: 9,
    noted: 6,
    forwarded: 8,
    without_place: 2,
    answered: 12,
    asked_on: 6,
    withdrawn: 4,
    referred: 3,
    consent_refused: 4,
    shared: 7,
    shared_and_answered: 3,
    shared_and_left: 4,
    to_the_board: 6,
}
"""Each with how often it comes, in shares."""


def png(colour: int) -> bytes:
    """A picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = (1).to_bytes(4) + (1).to_bytes(4) + bytes([8, 0, 0, 0, 0])
    dot = zlib.compress(bytes([0, colour]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")
