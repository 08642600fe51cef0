"""Somebody who works here and complains herself: one person, two sessions, and neither opens what the other does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Update, select, update
from yarl import URL

from inbox.principals.principal import Citizen, Employee, Individual, Who
from inbox.storage import schema
from server.auth.sessions import COOKIE, hash_of
from tests.filing import filed
from tests.house import House, house_in
from tests.people import ANNA, BOARD, EKBACKEN, KARIN, LARS
from tests.services.known import known_as
from tests.sockets import Socket

pytestmark = pytest.mark.on_both_engines

HERSELF = replace(KARIN, staff=False)
"""Karin, in her own matters."""


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    """The service, in which Karin is known as a citizen too, and can be picked."""
    async with house_in(tmp_path, database_url=database_url) as house:
        await known_as(house.parts.services.store, replace(KARIN, personal_number="196101182803"))
        await does(house, update(schema.person).where(schema.person.c.id == KARIN.id).values(sample=True))
        house.parts.services.identities.forget(KARIN.id)
        yield house


async def does(house: House, change: Update) -> None:
    await house.parts.services.store.writer.do(lambda connection: connection.execute(change))


async def complained(house: House) -> str:
    """A case that Karin has filed about her own unit, which a colleague handles and writes a note in."""
    case = await filed(house, HERSELF)
    lars = await house.browser(LARS)
    assert (await lars.command("take_case", case))[0] == 201
    assert (await lars.command("write_note", case, text="Bara vi."))[0] == 201
    return case


async def test_as_a_citizen_she_sees_her_own_cases_and_no_desk(house: House) -> None:
    case, other = await complained(house), await filed(house, ANNA)
    karin = await house.browser(HERSELF)
    home, thread = await karin.get("/hem"), await karin.get(f"/arende/{case}")
    assert f"/arende/{case}" in home.text
    assert thread.status == 200
    assert "Bara vi." not in home.text + thread.text
    assert (await karin.get("/personal")).path == "/hem"
    assert (await karin.get(f"/personal/arende/{case}")).path == "/hem"
    assert (await karin.get(f"/arende/{other}")).status == 404
    for tag in ("take_case", "write_note", "release_case"):
        fields = {"text": "Hej"} if tag == "write_note" else {}
        assert (await karin.command(tag, other, **fields))[0] == 404
        assert (await karin.command(tag, case, **fields))[0] == 403


async def test_at_work_she_sees_the_desk_and_nothing_of_her_own_case(house: House) -> None:
    case, other = await complained(house), await filed(house, ANNA)
    karin = await house.browser(KARIN)
    desk = await karin.get("/personal?visa=alla")
    assert other in desk.text
    assert case not in desk.text
    assert (await karin.get("/hem")).path == "/personal"
    for path in ("", "/utskrift", "/vidare", "/avsluta"):
        assert (await karin.get(f"/personal/arende/{case}{path}")).status == 404
    assert (await karin.api("GET", f"/api/v1/cases/{case}/feed"))[0] == 404
    for tag in ("write_note", "post_message", "release_case"):
        fields = {} if tag == "release_case" else {"text": "Hej"}
        assert (await karin.command(tag, case, **fields))[0] == 404
    socket = await Socket(house).opens(karin)
    assert (await socket.asks("watch", case=case, after=0))["error"]["code"] == "no_such_case"
    lars = await house.browser(LARS)
    assert (await lars.command("write_note", case, text="Fortfarande bara vi."))[0] == 201
    await socket.settles()
    assert "bara vi" not in repr(socket.frames).casefold()


async def test_somebody_is_given_only_what_they_do_for_the_employer_of_the_session(house: House) -> None:
    identities, directory = house.parts.services.identities, house.parts.services.directory
    unit = directory.find(EKBACKEN)
    assert unit is not None
    here = await identities.identity(Who(Individual(KARIN.id), Employee(directory.authority_of(unit))))
    elsewhere = await identities.identity(Who(Individual(KARIN.id), Employee(BOARD)))
    assert here is not None
    assert {grant.unit for grant in here.grants} == {EKBACKEN}
    assert elsewhere is not None
    assert elsewhere.grants == ()
    # Whoever is known by their work alone is nobody's citizen, and who does not work here no staff.
    assert await identities.identity(Who(Individual(LARS.id), Citizen())) is None
    assert await identities.identity(Who(Individual("anna"), Employee())) is None


async def test_one_chooses_whom_to_be_and_goes_over_by_a_new_session(house: House) -> None:
    karin = await house.browser()
    page = await karin.get("/logga-in")
    assert 'value="karin"' in page.text
    assert 'value="karin/privat"' in page.text
    assert (await karin.post("/logga-in", {"person": "karin"})).path == "/personal"
    at_work, socket = karin.cookies[COOKIE], await Socket(house).opens(karin)
    assert (await karin.post("/logga-in", {"person": "karin/privat"})).path == "/hem"
    assert karin.cookies[COOKIE] != at_work
    assert (await socket.asks_while_open("lists"))["error"]["code"] == "cut"
    query = select(schema.session.c.id_hash, schema.session.c.capacity, schema.session.c.provider)
    async with house.parts.services.store.reading() as connection:
        (row,) = (await connection.execute(query)).all()
    assert row == (hash_of(karin.cookies[COOKIE]), "citizen", "sample")
    old = await house.browser()
    old._session.cookie_jar.update_cookies({COOKIE: at_work}, URL(house.url("/")))
    assert (await old.api("GET", "/api/v1/cases/none/feed"))[0] == 401


async def test_a_session_of_a_release_that_knew_no_capacities_is_what_the_person_was(house: House) -> None:
    for person, path in ((KARIN, "/personal"), (ANNA, "/hem")):
        browser = await house.browser(person)
        this = schema.session.c.id_hash == hash_of(browser.cookies[COOKIE])
        await does(house, update(schema.session).where(this).values(capacity=None))
        assert (await browser.get(path)).path == path
