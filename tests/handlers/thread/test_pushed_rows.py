"""What is pushed to a page is what the page would draw: every kind of event, for everybody, in both languages."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import replace

from dialogs.load import load as read_dialog
from handlers.thread.entries_view import rows_of
from handlers.thread.pushed_rows import Drawing, changes_case, reminders_of
from handlers.thread.view_context import ViewContext
from handlers.view.locale import Locale
from handlers.view.models import ManifestView, Message, Row
from inbox.actions.context import Rules
from inbox.cases import commands as c
from inbox.cases import events as e
from inbox.cases.commands import Audience
from inbox.cases.errors import NoSuchCase
from inbox.cases.model import BY_ITSELF
from inbox.cases.views import Author, Entry
from inbox.directory.current import CurrentDirectory
from inbox.intake.library import Dialogs
from inbox.principals.principal import CodeHolder, Who
from inbox.principals.seat import SeatKind
from inbox.queries.reading import Page, Thread
from inbox.reference import audience_matrix as matrix
from server.app import ROOT
from server.web.languages import load
from tests.people import ANNA, BO, BOARD, EKBACKEN, KARIN, OLLE, TORGET, identity
from tests.world import DIRECTORY, START, World, world_in

AT_BOARD = {"recipient": {"choice": ["board"]}}
WORDS = load(ROOT / "web" / "locales")
PEOPLE: dict[str, Any] = {"reporter": ANNA, "patient": BO, "unit": KARIN, "board": OLLE}
BY_CODE = ("guardian", "code holder")
"""Those beside the reporter: here each is known by a code alone."""
PLACES = matrix.Places(unit=EKBACKEN, other=TORGET, board=BOARD)
STORIES = matrix.stories(DIRECTORY, PLACES)


async def told(world: World, story: tuple[matrix.Given, ...]) -> Any:
    """What happens step by step; the case after each."""
    (_, _, first), *steps = story
    for_her = {"about": {"choice": ["relative"]}}
    case = await world.complains(ANNA, for_her | ({} if first["revision"] == 1 else AT_BOARD))
    yield case
    for code in BY_CODE:
        id = world.new_id()
        beside = c.OpenSeat(case=case, client_id=id, party="reporter", sits_as=SeatKind.GUARDIAN, code=code)
        await world.carry_out(beside, BY_ITSELF)
        yield case
    for who, kind, fields in steps:
        bare = matrix._named(matrix._command(0, kind, fields), await world.history(case))
        command = replace(bare, case=case, client_id=world.new_id())
        if isinstance(command, c.CloseThread):
            world.passes(timedelta(days=Rules().reply_days + 1))
        if isinstance(command, c.OpenSeat):
            command = replace(command, person=BO.id)
        by_code = {code: Who(CodeHolder(code, case)) for code in BY_CODE}
        somebody = (PEOPLE | by_code).get(who)
        await world.carry_out(command, identity(somebody) if somebody else BY_ITSELF)
        yield case


def look_of(thread: Thread, who: Any, language: str) -> ViewContext:
    place = "/personal/arende" if who.staff else "/arende"
    locale = Locale(DIRECTORY, {}, WORDS.catalogue(language), language, START.date())
    return ViewContext(thread, f"{place}/{thread.case.id}", locale)


def without_what_changes(row: Row, look: ViewContext) -> Row:
    """A row as it was said: who has read it, and what waits for a reply, the page keeps up to date by itself."""
    if not isinstance(row, Message):
        return row
    said = replace(row, foot="", asks=False, unanswered=False)
    return replace(said, author={"sv": "Du", "en": "You"}[look.locale.language]) if row.own and not look.staff else said


@pytest.mark.parametrize("story", range(len(STORIES)))
async def test_what_is_pushed_is_what_the_page_draws(
    tmp_path: Path, story: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.world.DIALOGS", Dialogs([read_dialog("complaint", 1), matrix.QUESTIONS]))
    drawing, shown = Drawing(CurrentDirectory(DIRECTORY), WORDS.catalogue, lambda: START), Counter[str]()
    async with world_in(tmp_path) as world:
        async for case in told(world, STORIES[story]):
            for who in PEOPLE.values():
                with suppress(NoSuchCase):
                    thread = await world.thread(case, who)
                    page = await world.after(case, who, max(0, thread.head - 3))
                    for language in ("sv", "en"):
                        compare(drawing, page, look_of(thread, who, language))
                        shown[who.id] += len(page.entries) + len(page.notes)
    assert shown[ANNA.id] > len(STORIES[story])


def compare(drawing: Drawing, page: Page, look: ViewContext) -> None:
    """Each entry as a frame, and on the page."""
    for entry in (*page.entries, *page.notes):
        frame = msgspec.to_builtins(drawing.frame(page.viewer, entry, look.locale.language, page.entries))
        mine = [row for row in rows_of(look) if row.n == entry.n and (row.type == "note") == (entry in page.notes)]
        wanted = [without_what_changes(row, look) for row in mine if not isinstance(row, ManifestView)]
        got = [row | {"asks": False} if "asks" in row else row for row in frame["rows"]]
        assert got == msgspec.to_builtins(wanted)
        assert wanted
        assert (frame["n"], frame["changes"]) == (entry.n, changes_case(entry.event))


def test_the_stories_hold_every_kind_of_event() -> None:
    kinds = {row.kind for row in matrix.rows(DIRECTORY, PLACES)}
    assert kinds == {kind.__struct_config__.tag for kind in get_args(e.AnyEvent)}


ANNAS, CARES = (Author("", kind, role="", own=False, mine=False) for kind in ("reporter", "provider"))


@pytest.mark.parametrize(
    ("by", "event", "unanswered", "asks"),
    [
        (ANNAS, e.MessagePosted(text="Hej"), True, False),
        (ANNAS, e.MessagePosted(text="Hej", audience=Audience.CITIZEN_BOARD), True, None),
        (CARES, e.MessagePosted(text="Hej"), False, None),
        (CARES, e.MessagePosted(text="När?", registration="r1", waits=True), False, True),
        (CARES, e.WaitingStopped(registration="r1"), None, False),
        (CARES, e.ThreadClosed(registration="r1"), False, False),
        (CARES, e.NoteWritten(text="Ring", registration="r1"), None, None),
    ],
)
def test_staff_are_reminded_of_what_waits(by: Author, event: Any, unanswered: bool | None, asks: bool | None) -> None:
    reminders = reminders_of(Entry(1, "id", START, by, event))
    assert (reminders.unanswered, reminders.asks) == (unanswered, asks)


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        (e.MessagePosted(text="Hej"), False),
        (e.MessagePosted(text="När?", registration="r1", waits=True), True),
        (e.MessagePosted(text="I går", resumes=("r1",)), True),
        (e.NoteWritten(text="Ring", registration="r1"), False),
        (e.DisclosureAssessed(text="Kan lämnas ut", registration="r1"), False),
        (e.CaseForwarded(registration="r1", from_unit="a", to_unit="b", reason="Där"), True),
    ],
)
def test_words_alone_change_nothing_of_the_case(event: Any, changes: bool) -> None:
    assert changes_case(event) is changes
