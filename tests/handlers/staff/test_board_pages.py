"""Three parties over plain forms: consent, what was shared, who reads what, and statements."""

import re
from collections.abc import Sequence
from datetime import timedelta

import pytest

from inbox.storage.people import Person
from tests.filing import filed
from tests.handlers.sitting import ANSWER, Sitting, anna_and_karin, at_case, has_form
from tests.house import House, Page
from tests.inbox.files.samples import png_photo as png
from tests.people import ANNA, BO, BOARD, EKBACKEN, FIA, KARIN, OLLE


async def at_three(house: House) -> tuple[Sitting, Sitting, Sitting]:
    """Anna, Karin who has her case with a few words said, and Olle of the board, who is not in it."""
    anna, karin = await anna_and_karin(house)
    await anna.sends("post_message", text="Ett tidigt ord.")
    await karin.sends("write_note", text="Bara hos oss.")
    await karin.sends("post_message", text="Ett senare ord.")
    return anna, karin, await at_case(house, anna.url.rpartition("/")[2], OLLE)


async def with_board(house: House, **parts: str | Sequence[str]) -> tuple[Sitting, Sitting, Sitting]:
    """The same, with Olle in it by Anna's consent."""
    anna, karin, olle = await at_three(house)
    await anna.sends("give_consent", on="/namnden", **(parts or {"answers": "1", "since": "all"}))
    assert anna.page.status == 200, anna.page.words
    await olle.sends("take_case")
    return anna, karin, olle


def options(page: Page, name: str) -> list[str]:
    """The values that a field of the page offers."""
    return re.findall(rf'name="{name}" value="([^"]*)"', page.text)


async def kept(house: House, sitting: Sitting, who: Person) -> str:
    """Everything that somebody gets of a case, on all of its pages."""
    pages = [await sitting.opens(rest) for rest in ("", "/utskrift")]
    status, feed = await sitting.browser.api("GET", f"/api/v1/cases/{sitting.url.rpartition('/')[2]}/feed")
    assert status == 200
    return " ".join(page.text for page in pages) + repr(feed)


@pytest.mark.on_both_engines
async def test_karin_asks_and_anna_gets_a_card_that_says_who_reads_what(house: House) -> None:
    anna, karin, olle = await at_three(house)
    page = await karin.sends("propose_sharing", on="/foresla", answers="1", since="all", reason="De kan stötta dig.")
    assert page.status == 200
    assert "Väntar på svar om Patientnämnden" in page.words
    page = await anna.opens()
    for told in (
        "Får Patientnämnden i Region Mittland läsa ditt ärende?",
        "De kan stötta dig.",
        "De får inte läsa",
        "Vårdens egna anteckningar. De delas aldrig.",
        "Vi utreder ditt ärende även om du säger nej. Du kan ändra dig när du vill.",
    ):
        assert told in page.words, page.words
    assert has_form(page, "give_consent")
    assert (await olle.opens()).status == 404


async def test_her_yes_is_kept_with_every_sentence_of_the_card_and_what_was_ticked(house: House) -> None:
    anna, karin, _ = await at_three(house)
    await karin.sends("propose_sharing", on="/foresla", answers="1", since="all", reason="De kan stötta dig.")
    await anna.opens()
    shown = anna.page
    page = await anna.presses("give_consent", answers="1", text="Något helt annat")
    assert "Du sa ja till att Patientnämnden" in page.words
    _, feed = await anna.browser.api("GET", f"/api/v1/cases/{anna.url.rpartition('/')[2]}/feed")
    (given,) = [each["event"] for each in feed["entries"] if each["event"]["kind"] == "consent_given"]
    lines = given["text"].splitlines()
    assert "[x] Din berättelse och dina svar" in lines
    assert "[ ] Meddelandena hittills" in lines
    assert "Något helt annat" not in given["text"]
    for line in lines:
        assert re.sub(r"^\[.\] ", "", line) in shown.words


async def test_she_says_no_and_the_handling_goes_on(house: House) -> None:
    anna, karin, olle = await at_three(house)
    await karin.sends("propose_sharing", on="/foresla", answers="1", reason="De kan stötta dig.")
    await anna.opens()
    request = anna.page.field("request")
    page = await _posts(anna, "refuse_consent", request=request, client_id=house.new_id())
    assert "Du sa nej till att Patientnämnden" in page.words
    assert not has_form(page, "give_consent")
    page = await karin.opens()
    assert "Anna sa nej till att Patientnämnden" in page.words
    assert "Väntar på svar om" not in page.words
    assert (await olle.opens()).status == 404


@pytest.mark.on_both_engines
async def test_one_click_turns_to_the_board_and_it_sees_exactly_what_was_ticked(house: House) -> None:
    anna, _, olle = await with_board(house, answers="1")
    everything = await kept(house, olle, OLLE)
    assert "Det här har Anna delat med er" in everything
    assert "Jag ringde tre dagar i rad" in everything
    for hidden in ("Ett tidigt ord.", "Ett senare ord.", "Bara hos oss."):
        assert hidden not in everything
    assert "Anna delade inga tidigare meddelanden." in everything
    assert "PN 2026-00001" in (await olle.opens()).words
    assert not has_form(await anna.opens("/namnden"), "give_consent")


@pytest.mark.on_both_engines
async def test_a_file_that_was_unticked_is_nowhere_for_the_board(house: House) -> None:
    anna, karin, olle = await at_three(house)
    await anna.opens()
    await anna.fills("post_message", {"text": "Två bilder."}, [("hemlig.png", png()), ("delad.png", png())])
    assert anna.page.status == 200
    await karin.opens("/foresla")
    files = options(karin.page, "file")
    assert len(files) == 2
    await karin.presses("propose_sharing", answers="1", since="all", file=files, reason="De kan stötta dig.")
    await anna.opens()
    await anna.presses("give_consent", answers="1", since="all", file=files[1:])
    everything = await kept(house, olle, OLLE)
    assert "delad.png" in everything
    assert "hemlig.png" not in everything
    assert files[0] not in everything
    assert (await olle.opens(f"/fil/{files[0]}")).status == 404
    status, _, _ = await olle.browser.bytes(f"{olle.url}/fil/{files[1]}")
    assert status == 200


async def test_nobody_widens_what_was_asked(house: House) -> None:
    anna, karin, olle = await at_three(house)
    await karin.sends("propose_sharing", on="/foresla", answers="1", reason="De kan stötta dig.")
    await anna.opens()
    page = await anna.presses("give_consent", answers="1", since="all")
    assert page.status == 422
    assert "aldrig mer än du blev tillfrågad om" in page.words
    assert has_form(page, "give_consent")
    assert (await olle.opens()).status == 404


@pytest.mark.on_both_engines
async def test_the_same_yes_twice_is_one_yes(house: House) -> None:
    anna, _, _ = await at_three(house)
    await anna.opens("/namnden")
    shown = anna.page
    await anna.presses("give_consent", answers="1")
    anna.seen.append(shown)
    page = await anna.presses("give_consent", answers="1")
    assert page.status == 200
    assert page.words.count("är med i ärendet. Nummer där:") == 1


async def test_a_yes_to_a_question_that_is_answered_is_refused_in_plain_words(house: House) -> None:
    anna, karin, _ = await at_three(house)
    await karin.sends("propose_sharing", on="/foresla", answers="1", reason="De kan stötta dig.")
    await anna.opens()
    shown = anna.page
    await _posts(anna, "refuse_consent", request=shown.field("request"), client_id=house.new_id())
    anna.seen.append(shown)
    page = await anna.presses("give_consent", answers="1")
    assert page.status == 422
    assert "Frågan är redan besvarad" in page.words


async def test_the_composer_says_who_reads_and_each_message_shows_and_obeys_it(house: House) -> None:
    anna, karin, olle = await with_board(house)
    page = await anna.opens()
    assert re.findall(r'id="to-([a-z_]+)"', page.text) == ["all", "citizen_board"]
    await anna.presses("post_message", text="Bara till nämnden sagt.", audience="citizen_board")
    await olle.sends("post_message", text="Bara till enheten sagt.", audience="unit_board")
    await karin.sends("post_message", text="Till alla sagt.", audience="all", widens="true")
    hers, units, boards = [(await each.opens()).words for each in (anna, karin, olle)]
    assert "Bara till nämnden sagt." not in units
    assert "Bara till enheten sagt." not in hers
    assert all("Till alla sagt." in words for words in (hers, units, boards))
    assert "Bara du och patientnämnden" in hers
    assert "Bara Anna och patientnämnden" in boards
    assert "Bara enheten och patientnämnden" in units
    assert re.findall(r'id="to-([a-z_]+)"', (await karin.opens()).text) == ["all", "unit_board"]


async def test_what_was_written_to_some_comes_back_for_the_same_some(house: House) -> None:
    _, _, olle = await with_board(house)
    page = await olle.sends("post_message", text=" ", audience="unit_board")
    assert page.status == 422
    assert re.search(r'id="to-unit_board"[^>]* checked', page.text)


def chosen(page: Page) -> str:
    """Whom a message on the page goes to if nobody chooses."""
    (found,) = re.findall(r'id="to-([a-z_]+)"[^>]* checked', page.text)
    return str(found)


async def test_a_reply_is_for_those_who_had_the_newest_words_whatever_was_done_meanwhile(house: House) -> None:
    anna, karin, olle = await with_board(house)
    assert [chosen(await each.opens()) for each in (anna, karin, olle)] == ["all", "all", "all"]
    await olle.sends("post_message", text="Vill du att vi frågar dem?", audience="citizen_board")
    assert [chosen(await each.opens()) for each in (anna, karin, olle)] == ["citizen_board", "all", "citizen_board"]
    page = await olle.sends("ask_statement", text="Vad hände?")
    assert chosen(page) == "unit_board"
    assert [chosen(await each.opens()) for each in (anna, karin)] == ["citizen_board", "unit_board"]
    await karin.sends("set_place", on="/plats", unit=EKBACKEN)
    assert chosen(await karin.opens()) == "unit_board"


async def test_the_form_asks_once_before_everyone_reads_the_reply_to_what_was_for_some(house: House) -> None:
    anna, karin, olle = await with_board(house)
    await olle.sends("post_message", text="Bara mellan oss?", audience="citizen_board")
    page = await anna.sends("post_message", text="Mitt svar.", audience="all")
    assert page.status == 409
    assert "Det senaste meddelandet var bara till dig och patientnämnden. Skicka till alla?" in page.words
    assert "Mitt svar." in page.text
    assert chosen(page) == "all"
    assert re.search(r'data-widen="citizen_board">', page.text)
    assert "Mitt svar." not in (await karin.opens()).text
    page = await anna.presses("post_message", text="Mitt svar.", audience="all", only="citizen_board")
    assert page.status == 200
    assert "Mitt svar." not in (await karin.opens()).text
    await anna.sends("post_message", text="Till er med.", audience="all")
    await anna.presses("post_message", text="Till er med.", audience="all", widens="true")
    page = await karin.opens()
    assert "Till er med." in page.text
    assert chosen(await anna.opens()) == "all"
    assert (await anna.presses("post_message", text="Mer.", audience="all")).status == 200


async def test_a_question_to_wait_for_is_asked_about_too(house: House) -> None:
    anna, karin, olle = await with_board(house)
    await olle.sends("post_message", text="Bara mellan oss?", audience="unit_board")
    page = await karin.sends("ask_reporter", text="Vilken dag var det?", audience="all")
    assert page.status == 409
    assert "Det senaste meddelandet var bara till er och patientnämnden. Skicka till alla?" in page.words
    assert re.search(r'name="widens" value="true" formaction="[^"]*/ask_reporter"', page.text)
    assert "Vilken dag var det?" not in (await anna.opens()).text
    await karin.presses("ask_reporter", text="Vilken dag var det?", audience="all", widens="true")
    assert "Vilken dag var det?" in (await anna.opens()).text


async def test_programs_are_asked_too_before_everyone_reads_a_private_reply(house: House) -> None:
    anna, _, olle = await with_board(house)
    case, id = anna.url.rpartition("/")[2], house.new_id()
    await olle.sends("post_message", text="Bara mellan oss?", audience="citizen_board")
    status, body = await anna.browser.command("post_message", case, id, text="Mitt svar.")
    assert (status, body["error"]["code"]) == (409, "asks_wider")
    assert (await anna.browser.command("post_message", case, id, text="Mitt svar.", widens=True))[0] == 201


async def test_a_question_to_wait_for_is_never_sent_to_more_than_was_chosen(house: House) -> None:
    anna, _, olle = await with_board(house)
    await olle.opens()
    fields = {"text": "Bara för enheten?", "audience": "unit_board", "client_id": house.new_id()}
    page = await _posts(olle, "ask_reporter", **fields)
    assert page.status == 422
    assert "Bara för enheten?" in page.text
    assert "Bara för enheten?" not in (await anna.opens()).text


@pytest.mark.on_both_engines
async def test_a_statement_goes_by_the_board_and_stays_there_until_it_is_released(house: House) -> None:
    anna, karin, olle = await with_board(house)
    await olle.sends("ask_statement", text="Vad hände i samtalen?")
    page = await anna.opens()
    assert "har bett vården om ett yttrande" in page.words
    assert "Vad hände i samtalen?" not in page.words
    page = await karin.opens()
    assert "väntar på ert yttrande" in page.words
    closing = await karin.answers(ANSWER)
    assert closing.status == 422
    assert f'href="{karin.url}#open"' in closing.text
    page = await karin.sends("give_statement", text="Samtalen kopplades fel.")
    assert "väntar på ert yttrande" not in page.words
    assert "Samtalen kopplades fel." not in (await anna.opens()).text
    page = await olle.opens()
    assert "Ska Anna få läsa yttrandet?" in page.words
    page = await olle.presses("release_statement")
    assert "Ska Anna få läsa yttrandet?" not in page.words
    page = await anna.opens()
    assert "Samtalen kopplades fel." in page.words
    assert "Yttrande från Ekbackens vårdcentral." in page.words


async def test_a_statement_that_was_refused_keeps_what_was_typed(house: House) -> None:
    _, karin, olle = await with_board(house)
    page = await karin.opens()
    assert not has_form(page, "give_statement")
    await olle.sends("ask_statement", text="Vad hände?")
    page = await karin.sends("give_statement", text="x" * 10_001)
    assert page.status == 422
    assert "Texten är för lång" in page.words
    assert "x" * 10_001 in page.text


@pytest.mark.on_both_engines
async def test_a_withdrawn_consent_shuts_the_board_out_at_once(house: House) -> None:
    anna, karin, olle = await with_board(house)
    page = await anna.opens("/samtycke")
    assert "De kan inte läsa eller skriva här längre. Det gäller direkt." in page.words
    page = await anna.presses("withdraw_consent")
    assert "Samtycket är återkallat." in page.words
    assert (await olle.opens()).status == 404
    page = await olle.browser.post(f"{olle.url}/post_message", {"text": "Hallå?", "client_id": house.new_id()})
    assert page.status == 404
    page = await karin.opens()
    assert "får inte läsa längre" in page.words
    assert 'id="to-all"' not in page.text
    assert (await anna.opens("/samtycke")).path == anna.url


async def test_who_reads_what_is_told_from_the_same_facts(house: House) -> None:
    anna, _, _ = await with_board(house, answers="1")
    page = await anna.opens("/vem")
    for told in (
        "Du läser allt som skrivs till alla.",
        "De har fått din berättelse och dina svar.",
        "De läser det som du skriver bara till nämnden.",
        "Vårdens egna anteckningar.",
    ):
        assert told in page.words
    assert "meddelanden från tiden innan" not in page.words


@pytest.mark.on_both_engines
async def test_who_has_opened_the_case_is_told_by_unit_and_moment_and_never_by_name(house: House) -> None:
    case = await filed(house, ANNA)
    anna = await at_case(house, case, ANNA)
    assert "Ingen har öppnat det än." in (await anna.opens("/vem")).words
    karin = await at_case(house, case, KARIN)
    await karin.opens()
    await karin.opens()
    house.clock.passes(timedelta(days=2, minutes=5))
    await (await at_case(house, case, FIA)).opens()
    page = await (await at_case(house, case, ANNA)).opens("/vem")
    assert page.words.count("21 november kl. 10.00: Ekbackens vårdcentral, handläggare.") == 1
    later = "23 november kl. 10.05: Ekbackens vårdcentral, fördelar ärenden. Såg bara ärendets nummer."
    assert page.words.index(later) < page.words.index("21 november kl. 10.00")
    for name in ("Karin", "Fia"):
        assert name not in page.words
    stranger = await at_case(house, case, BO)
    assert (await stranger.opens("/vem")).status == 404


async def test_the_board_leaves_and_closes_in_its_own_words(house: House) -> None:
    anna, karin, olle = await with_board(house)
    page = await olle.opens("/avsluta")
    assert "Avsluta nämndens del" in page.words
    assert 'name="measure_text"' not in page.text
    page = await olle.answers({"explanation": "Vi har hjälpt dig.", "problems": "6.1", "area": "primarvard"})
    assert page.status == 200
    words = (await karin.opens()).words
    assert ("Patientnämnden i Region Mittland har svarat." in words, "Svaret är skickat." in words) == (True, False)
    await karin.answers(ANSWER)
    page = await anna.opens("/svar")
    assert "Läs också svaret från Patientnämnden" in page.words
    (link,) = set(re.findall(r'href="([^"]*/svar\?fran=\d+)"', page.text))
    page = await anna.browser.get(link)
    assert "Vi har hjälpt dig." in page.words
    assert "Det här gör vi" not in page.words


async def test_to_anna_her_matter_has_one_number_whoever_joins_and_whoever_answers(house: House) -> None:
    anna, karin, olle = await with_board(house)
    hers = "RM 2026-00001"
    assert hers in (await anna.browser.get(f"/kvitto/{anna.url.rpartition('/')[2]}")).words
    await karin.answers(ANSWER)
    thread, home = await anna.opens(), await anna.browser.get("/hem")
    for at in (thread, home):
        assert "Svar , klart" in at.words
        assert at.words.count("Ekbackens vårdcentral har svarat.") == 1
        assert "Patientnämnden i Region Mittland utreder." in at.words
    assert "Ekbackens vårdcentral har svarat. Patientnämnden i Region Mittland utreder." in thread.words
    page = await anna.opens("/svar")
    assert page.title.startswith(f"Svar i ärende {hers}")
    assert "Deras nummer" not in page.words
    assert "Ta hjälp av patientnämnden" not in page.words
    for rest in ("", "/utskrift", "/vem", "/samtycke"):
        page = await anna.opens(rest)
        assert hers in page.title + page.words, rest
        assert "PN 2026-00001" not in page.title
    assert hers in (await anna.opens("/utskrift")).title
    await olle.answers({"explanation": "Vi har hjälpt dig.", "problems": "6.1", "area": "primarvard"})
    page = await anna.opens("/svar")
    assert page.title.startswith(f"Svar i ärende {hers}")
    assert "Deras nummer: PN 2026-00001" in page.words
    assert "PN 2026-00001" in (await olle.opens()).title
    # What the unit answered is not gone from her paper because somebody else has answered too.
    words = (await anna.opens("/utskrift")).words
    assert words.index("Vi har hjälpt dig.") < words.index(ANSWER["explanation"])


async def test_the_board_leaves_with_a_reason_and_reads_nothing_more(house: House) -> None:
    anna, _, olle = await with_board(house)
    page = await olle.sends("leave_case", reason="Anna vill inte ha mer hjälp.")
    assert (page.status, page.path) == (200, "/personal")
    assert "Ni har lämnat ärendet. Alla i det ser varför." in page.words
    assert (await olle.opens()).status == 404
    assert "lämnade ärendet. Skäl: Anna vill inte ha mer hjälp." in (await anna.opens()).words


async def test_not_satisfied_she_takes_the_answer_to_the_board(house: House) -> None:
    anna, karin, olle = await at_three(house)
    await karin.answers(ANSWER)
    page = await anna.opens("/svar")
    assert "Inte nöjd – till patientnämnden" in page.words
    page = await anna.sends("give_consent", on="/namnden", answers="1", since="all")
    assert page.status == 200
    assert "Ett senare ord." in (await olle.opens()).words


async def test_whom_the_unit_only_referred_elsewhere_can_take_the_case_to_the_board(house: House) -> None:
    anna, karin, olle = await at_three(house)
    page = await karin.sends("refer_case", reason="Vi kan inte pröva det.", turn_to="Till regionen.")
    assert page.status == 200, page.words
    assert "/namnden" in (await anna.opens()).text
    assert (await anna.sends("give_consent", on="/namnden", answers="1", since="all")).status == 200
    assert (await olle.sends("take_case")).status == 200
    assert "Ett senare ord." in olle.page.words
    assert (await anna.sends("post_message", text="Tack för att ni tar er an det.")).status == 200
    assert (await olle.answers({**ANSWER, "explanation": "Vi har talat med regionen."})).status == 200
    assert "Vi har talat med regionen." in (await anna.opens("/svar")).words


async def test_what_is_said_of_a_unit_that_ended_its_part_stays_true_when_the_board_joins(house: House) -> None:
    anna, karin, olle = await at_three(house)
    assert "Utreder och svarar" in (await anna.opens()).words
    assert "Handlägger ärendet" in (await karin.opens()).words
    await karin.sends("refer_case", reason="Vi kan inte pröva det.", turn_to="Till regionen.")
    assert "Handlägger ärendet" not in (await karin.opens()).words
    assert "Utreder och svarar" not in (await anna.opens()).words
    await anna.sends("give_consent", on="/namnden", answers="1", since="all")
    await olle.sends("take_case")
    page = await anna.opens()
    assert "Patientnämnden i Region Mittland utreder." in page.words
    assert "Tog emot ärendet" in page.words
    assert "Utreder och svarar" not in page.words
    await anna.sends("withdraw_case", on="/aterta")
    assert "Du har återkallat ärendet." in (await anna.opens()).words


async def test_a_unit_that_answered_does_not_examine_again_because_the_board_does(house: House) -> None:
    anna, karin, _ = await with_board(house)
    assert "Utreder och svarar" in (await anna.opens()).words
    await karin.answers(ANSWER)
    page = await anna.opens()
    assert "Tog emot ärendet" in page.words
    assert "Utreder och svarar" not in page.words


async def test_a_card_of_a_unit_that_ended_its_part_promises_no_handling(house: House) -> None:
    anna, karin, _ = await at_three(house)
    await karin.sends("propose_sharing", on="/foresla", answers="1", reason="De kan stötta dig.")
    assert "Vi utreder ditt ärende även om du säger nej." in (await anna.opens()).words
    await karin.sends("refer_case", reason="Vi kan inte pröva det.", turn_to="Till regionen.")
    page = await anna.opens()
    assert has_form(page, "give_consent")
    assert "Vi utreder ditt ärende" not in page.words
    assert "Du kan ändra dig när du vill." in page.words


async def test_the_day_a_case_ended_is_not_the_day_a_consent_was_taken_back(house: House) -> None:
    anna, karin, _ = await at_three(house)
    await karin.sends("refer_case", reason="Vi kan inte pröva det.", turn_to="Till regionen.")
    house.clock.passes(timedelta(days=2))
    anna = await at_case(house, anna.url.rpartition("/")[2], ANNA)
    await anna.sends("give_consent", on="/namnden", answers="1", since="all")
    await anna.opens("/samtycke")
    await anna.presses("withdraw_consent")
    assert "Avslutat , klart 21 november" in (await anna.opens()).words


async def test_a_board_asks_whether_the_unit_may_read(house: House) -> None:
    case = await filed(house, ANNA, {"recipient": {"choice": ["board"]}, "share": {"choice": ["no"]}})
    anna, karin, olle = [await at_case(house, case, who) for who in (ANNA, KARIN, OLLE)]
    await olle.sends("take_case")
    await olle.sends("write_note", text="Nämndens egen tanke.")
    page = await olle.sends("propose_sharing", on="/foresla", unit=EKBACKEN, answers="1", reason="De kan svara dig.")
    assert page.status == 200, page.words
    page = await anna.opens()
    assert "Får Ekbackens vårdcentral läsa ditt ärende?" in page.words
    await anna.presses("give_consent", answers="1")
    page = await karin.opens()
    assert "Det här har Anna delat med er" in page.words
    assert "Nämndens egen tanke." not in page.text
    assert BOARD not in page.words


async def _posts(sitting: Sitting, tag: str, **fields: str) -> Page:
    """The form that is shown, sent by another of its buttons."""
    sitting.seen.append(await sitting.browser.post(f"{sitting.url}/{tag}", fields))
    return sitting.page


async def test_what_is_told_to_anna_is_not_told_to_karin_as_if_she_were_anna(house: House) -> None:
    anna, karin, olle = await with_board(house)
    await olle.sends("ask_reporter", text="Vilken dag var det?")
    await olle.sends("stop_waiting")
    page = await karin.opens()
    assert "Vilken dag var det?" in page.words
    for words in ("Ditt stöd", "utan ditt svar"):
        assert words not in page.text
    page = await anna.opens()
    assert "Patientnämnden i Region Mittland fortsätter utan att vänta på svar." in page.words
    assert "Ditt stöd, fristående från vården" in page.words


async def test_a_word_to_the_board_alone_is_never_said_to_be_read_by_the_care(house: House) -> None:
    anna, karin, olle = await with_board(house)
    await anna.sends("post_message", text="Bara till nämnden sagt.", audience="citizen_board")
    await karin.sends("post_message", text="Vi läser allt som är för oss.")
    for each in (karin, olle):
        await each.reads()
    page = await anna.opens()
    said = re.findall(r"<article.*?</article>", page.text, re.DOTALL)
    between = next(one for one in said if "Bara till nämnden sagt." in one)
    assert "Läst av Patientnämnden i Region Mittland" in between
    assert "Läst av Ekbackens" not in between
    assert 'data-to="board"' in between


@pytest.mark.on_both_engines
async def test_the_unit_sees_that_anna_has_read_though_the_board_read_first(house: House) -> None:
    anna, karin, olle = await with_board(house)
    await karin.sends("post_message", text="Till er båda.")
    await olle.reads()
    house.clock.passes(timedelta(minutes=5))
    await anna.reads()
    page = await karin.opens()
    (said,) = [one for one in re.findall(r"<article.*?</article>", page.text, re.DOTALL) if "Till er båda." in one]
    assert re.search(r"Läst av Anna [^<]*, Patientnämnden i Region Mittland", said), said


async def test_the_board_goes_on_without_a_statement_and_everybody_is_told(house: House) -> None:
    anna, karin, olle = await with_board(house)
    await olle.sends("ask_statement", text="Vad hände i telefonen?")
    assert has_form(await karin.opens(), "give_statement")
    page = await olle.sends("stop_waiting")
    assert "Ni väntar inte längre på svar." in page.words
    assert not has_form(await karin.opens(), "give_statement")
    for sitting in (anna, karin):
        words = (await sitting.opens()).words
        assert "Patientnämnden i Region Mittland fortsätter utan att vänta på svar." in words


async def test_wherever_somebody_writes_to_everyone_it_says_so_before_it_is_sent(house: House) -> None:
    anna, karin, _ = await with_board(house)
    assert "Alla i ärendet ser det du skriver." in (await anna.opens("/aterta")).words
    assert "Skäl (alla i ärendet ser det)" in (await karin.opens("/vidare")).words
    await karin.answers(ANSWER)
    assert "Skäl (alla i ärendet ser det)" in (await karin.opens()).words


@pytest.mark.on_both_engines
async def test_what_she_agreed_to_when_filing_is_told_before_it_is_shown_and_can_be_taken_back(house: House) -> None:
    case = await filed(house, ANNA, {"recipient": {"choice": ["board"]}, "share": {"choice": ["yes"]}})
    anna, olle = await at_case(house, case, ANNA), await at_case(house, case, OLLE)
    await olle.sends("take_case")
    assert "Du sa ja till att nämnden visar ärendet för Ekbackens vårdcentral." in (await anna.opens()).words
    page = await olle.opens("/foresla")
    assert "Anna har redan sagt ja till att ni visar det som kom in för Ekbackens vårdcentral." in page.words
    page = await anna.opens("/samtycke")
    assert "Får patientnämnden visa ditt ärende för vården?" in page.words
    await anna.presses("withdraw_consent")
    assert "Du ångrade dig." in (await anna.opens()).words
    assert "Inget delas förrän Anna har sagt ja" in (await olle.opens("/foresla")).words


async def test_it_is_shown_at_once_and_she_sees_why(house: House) -> None:
    case = await filed(house, ANNA, {"recipient": {"choice": ["board"]}, "share": {"choice": ["yes"]}})
    anna, olle = await at_case(house, case, ANNA), await at_case(house, case, OLLE)
    await olle.sends("take_case")
    await olle.sends("propose_sharing", on="/foresla", reason="De kan svara dig.")
    words = (await anna.opens()).words
    assert "Ekbackens vårdcentral är med i ärendet." in words
    assert "De kan svara dig." in words
    page = await anna.opens("/samtycke")
    assert "De läser i ärendet för att du har sagt ja." in page.words
    assert "Får patientnämnden visa ditt ärende för vården?" in page.words
