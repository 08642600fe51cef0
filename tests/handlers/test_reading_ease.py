"""Every page that a citizen can meet in the guided chat and around it is easy to read."""

import re
from collections.abc import Mapping
from html import unescape

from dialogs.checks.lix import LIMIT, lix
from dialogs.load import load
from tests.filing import filed
from tests.handlers.citizen.test_home import ANSWER
from tests.handlers.teller import Fields, teller
from tests.house import House, Page
from tests.people import ANNA, BOARD, EXTERNAL, KARIN, OLLE

HOME_ADDRESS = {"street": "Provgatan 1", "postcode": "990 10", "town": "Lindby"}
WALKS: Mapping[str, Mapping[str, Fields]] = {
    "self": {},
    "child": {"about": {"choice": "own_child"}, "guardian": {"choice": "shared"}, "sex": {"choice": "other"}},
    "relative": {"about": {"choice": "relative"}, "patient_knows": {"choice": "cannot"}, "why_cannot": {"text": ""}},
    "proxy": {"about": {"choice": "proxy"}, "basis": {"choice": "none"}},
    "dead": {"about": {"choice": "deceased"}},
    "idea": {"leave": {"choice": "suggestion"}, "about": {"choice": "general"}, "story": {"text": "En skylt."}},
    "praise": {"leave": {"choice": "praise"}},
    "board": {"recipient": {"choice": "board"}, "answer_way": {"choice": "phone"}, "phone": {"phone": "070-174 06 05"}},
    "words": {"place": {"text": "Röda huset"}, "answer_way": {"choice": "letter"}, "address": HOME_ADDRESS},
    "themes": {
        "themes": {"choice": ["waiting", "fees"]},
        "main_theme": {"choice": "fees"},
        "support": {"choice": ["interpreter", "other"]},
        "support_details": {"text": "arabiska"},
    },
}
PLAIN = (
    "/",
    "/andra-regioner",
    "/tillganglighet",
    "/personuppgifter",
    "/kontakt",
    "/hem",
    "/inloggningar",
    "/beratta/nonsens",
)


def told(page: Page) -> str:
    """What the page says in its main part: a line for each heading, paragraph and choice.

    Not what people wrote, and no list of names.
    """
    main = page.text.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r'<footer class="site">.*?</footer>|<ul class="region-list">.*?</ul>', "", main, flags=re.DOTALL)
    main = re.sub(
        r'<div class="bubble".*?</div>|<textarea.*?</textarea>|<dd dir="auto">.*?</dd>', "", main, flags=re.DOTALL
    )
    main = re.sub(r'<span class="sr-only">.*?</span>', "", main, flags=re.DOTALL)
    lines = re.sub(r"</?(?:p|h\d|li|dt|dd|div|label|legend|summary|button|option|section)\b[^>]*>", "\n", main)
    return unescape(re.sub(r"<[^>]+>", "", lines))


def hard(pages: list[Page]) -> dict[str, float]:
    """The pages that are harder than they may be."""
    found = {page.path: round(lix(told(page)), 1) for page in pages}
    return {path: value for path, value in found.items() if value > LIMIT}


async def test_no_question_review_or_receipt_is_hard_to_read(house: House) -> None:
    met = set()
    for walk, answers in WALKS.items():
        anna = await teller(house, None if walk == "self" else ANNA, "/beratta?ny=1")
        await anna.tells(answers)
        seen = [*anna.seen, anna.page, await anna.sends()]
        assert hard(seen) == {}, walk
        met |= {page.path.rpartition("/")[2] for page in anna.seen}
    # Those beside another question are on its page; what nobody is asked is opened.
    asked = {step.id for step in load("complaint").steps if not step.beside and not step.aside}
    assert asked - met == set()
    anna = await teller(house, ANNA, "/beratta?ny=1")
    await anna.tells({"themes": {"choice": ["waiting", "fees"]}})
    aside = [await anna.browser.get(f"/beratta/{step.id}") for step in load("complaint").steps if step.aside]
    assert [page.status for page in aside] == [200] * len(aside)
    assert hard(aside) == {}


async def test_no_page_around_it_is_hard_to_read(house: House) -> None:
    await filed(house, ANNA)
    anna = await house.browser(ANNA)
    pages = [await anna.get(path) for path in PLAIN]
    assert hard(pages) == {}


async def test_no_page_of_her_own_case_is_hard_to_read(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin = await house.browser(ANNA), await house.browser(KARIN)
    await karin.command("take_case", case)
    await karin.command("ask_reporter", case, text="Vilken dag var det?")
    pages = [await anna.get(f"/arende/{case}{part}") for part in ("", "/aterta", "/utskrift")]
    await anna.command("post_message", case, text="På fredagen.")
    status, _ = await karin.command("answer_case", case, **ANSWER)
    pages += [await anna.get(f"/arende/{case}{part}") for part in ("", "/svar", "/utskrift")]
    pages.append(await anna.get("/hem"))
    assert status == 201
    assert [page.status for page in pages] == [200] * len(pages)
    assert hard(pages) == {}


async def test_nothing_about_who_may_read_is_hard_to_read(house: House) -> None:
    case = await filed(house, ANNA)
    anna, karin, olle = [await house.browser(each) for each in (ANNA, KARIN, OLLE)]
    await karin.command("take_case", case)
    parts = {"answers": True}
    status, _ = await karin.command("propose_sharing", case, unit=BOARD, parts=parts, reason="De kan stötta dig.")
    assert status == 201
    pages = [await anna.get(f"/arende/{case}"), await anna.get("/hem")]
    other = await filed(house, ANNA)
    pages.append(await anna.get(f"/arende/{other}/namnden"))
    status, _ = await anna.command("give_consent", other, unit=BOARD, parts=parts, text="Ja")
    assert status == 201
    await olle.command("take_case", other)
    await olle.command("ask_statement", other, text="Vad hände?")
    pages += [await anna.get(f"/arende/{other}{part}") for part in ("", "/samtycke", "/vem", "/utskrift")]
    assert [page.status for page in pages] == [200] * len(pages)
    assert hard(pages) == {}


async def test_no_way_out_is_hard_to_read(house: House) -> None:
    pages = []
    for way in ("compensation", "private", "prison", "school", "social", "crime"):
        anna = await teller(house)
        await anna.tells(until="/beratta/belongs")
        pages.append(await anna.says(choice=way))
    anna = await teller(house)
    await anna.tells({"place": {"text": "Röda huset"}}, until="/beratta/recipient_board")
    pages.append(await anna.says(choice="directly"))
    anna = await teller(house)
    await anna.tells(until="/beratta/place")
    pages.append(await anna.says(unit=EXTERNAL))
    pages.append(await anna.opens("/beratta/place?q=zzzz"))
    assert hard(pages) == {}


async def test_what_is_said_when_something_is_wrong_is_not_hard_to_read(house: House) -> None:
    anna = await teller(house, ANNA)
    pages = [await anna.says() for _ in range(2)]
    await anna.says(choice="complaint")
    pages.append(await anna.browser.get("/beratta/ta-bort"))
    pages.append(await anna.browser.post("/beratta/skicka", {"revision": anna.page.field("revision")}))
    karin = await teller(house, KARIN)
    await karin.tells()
    pages.append(await karin.sends())
    assert hard(pages) == {}
