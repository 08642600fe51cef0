"""Signing in at a provider that others wrote, over real HTTP: what goes well, and what must not."""

import asyncio
import hmac
import json
import logging
import re
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from aiohttp import ClientSession, web
from joserfc import jwk, jwt
from sqlalchemy import select

from inbox.cases.model import PersonId
from inbox.storage import schema as s
from inbox.storage.people import find_person
from inbox.storage.signing_in.employees import add_employee_id
from server.auth.sessions import COOKIE
from tests.filing import filed
from tests.house import Browser, House, Page, house_in
from tests.people import ANNA, KARIN
from tests.provider.provider import HERE, LOA2, NUMBER, Provider, providing, write_providers
from tests.services.known import known_as

TABLES = {"bankid": "citizen", "freja": "citizen", "siths": "staff"}


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    """The provider behind three names."""
    async with providing(*TABLES) as provider:
        yield provider


@pytest.fixture
async def house(tmp_path: Path, provider: Provider, database_url: str) -> AsyncIterator[House]:
    """The service, which knows it, and Karin by her id at work."""
    async with house_with(tmp_path, provider, TABLES, database_url) as house:
        yield house


@asynccontextmanager
async def house_with(
    folder: Path, provider: Provider, tables: dict[str, str], database_url: str = ""
) -> AsyncIterator[House]:
    file = write_providers(folder, provider, tables)
    async with house_in(folder, providers=file, database_url=database_url) as house:
        house.clock.now = datetime.now(UTC)
        store = house.parts.services.store
        await store.writer.do(lambda c: add_employee_id(c, KARIN.id, "SE0000000001-KARIN1"))
        yield house


class Person:
    """Somebody at a browser, who goes between the service and the provider."""

    def __init__(self, house: House, browser: Browser) -> None:
        self.house, self.browser = house, browser
        self._session: ClientSession = browser._session
        self.address = ""
        """Where they were last led to."""

    async def leaves(self, by: str, onward: str = "/hem") -> Page | None:
        """Press the link of a provider; a page if they are not led away."""
        async with self._session.get(
            self._ours(f"/logga-in/{by}?{urlencode({'next': onward})}"), allow_redirects=False
        ) as answer:
            self.address = answer.headers.get("Location", "")
            text = await answer.text()
            return None if self.address else Page(answer.status, answer.url.path, text, answer.headers)

    async def identifies(self, name: str) -> str:
        """Be somebody at the provider; the address that leads back."""
        while not self.address.startswith(HERE):
            assert self.address, "led nowhere"
            async with self._session.get(self.address, allow_redirects=False) as answer:
                text, onward = await answer.text(), answer.headers.get("Location")
                here = str(answer.url)
            if onward is None:
                fields = {"cancel": "yes"} if name == "cancel" else {"person": name}
                assert "<form" in text, text[:500]
                async with self._session.post(here, data=fields, allow_redirects=False) as answer:
                    onward = answer.headers["Location"]
            self.address = onward if "://" in onward else str(answer.url.join(type(answer.url)(onward)))
        return self.address

    async def comes_back(self, address: str = "") -> Page:
        """Follow the way back."""
        parts = urlsplit(address or self.address)
        return await self.browser.get(f"{parts.path}?{parts.query}")

    async def signs_in(self, by: str, name: str, onward: str = "/hem") -> Page:
        """The whole way."""
        page = await self.leaves(by, onward)
        assert page is None, page.words
        await self.identifies(name)
        return await self.comes_back()

    async def is_in(self) -> bool:
        """Whether the browser has a session."""
        return (await self.browser.get("/inloggningar")).path == "/inloggningar"

    def _ours(self, path: str) -> str:
        return self.house.url(path)


async def somebody(house: House) -> Person:
    return Person(house, await house.browser())


async def stored(house: House, query: Any) -> list[Any]:
    async with house.parts.services.store.reading() as connection:
        return list((await connection.execute(query)).all())


async def name_of(house: House, person: PersonId) -> str:
    async with house.parts.services.store.reading() as connection:
        found = await find_person(connection, person)
    return found.name if found else ""


@pytest.mark.parametrize(
    ("by", "name", "lands"), [("bankid", "anna", "/hem"), ("freja", "anna", "/hem"), ("siths", "karin", "/personal")]
)
async def test_each_provider_vouches_for_its_people(house: House, by: str, name: str, lands: str) -> None:
    person = await somebody(house)
    page = await person.signs_in(by, name, "")
    assert (page.status, page.path) == (200, lands)
    (session,) = await stored(house, select(s.session))
    assert (session.person_id, session.provider) == (name, by)
    assert session.assurance.endswith("loa3")


@pytest.mark.on_both_engines
async def test_whoever_comes_for_the_first_time_is_known_from_then_on(house: House) -> None:
    for _ in range(2):
        assert (await (await somebody(house)).signs_in("bankid", "new")).status == 200
    people = await stored(house, select(s.session.c.person_id).distinct())
    assert len(people) == 1
    assert await name_of(house, people[0][0]) == "Tindra Nyström"


async def test_where_the_token_does_not_say_who_it_is_the_other_door_is_asked(house: House, provider: Provider) -> None:
    provider.change_token = lambda facts, _: provider.signs({k: v for k, v in facts.items() if k != NUMBER})
    assert (await (await somebody(house)).signs_in("bankid", "anna")).path == "/hem"
    assert "/me" in provider.asked


async def test_it_is_asked_as_surely_as_it_is_to_be_answered(house: House, provider: Provider) -> None:
    person = await somebody(house)
    await person.leaves("bankid")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(person.address).query).items()}
    assert (asked["code_challenge_method"], asked["response_type"], asked["prompt"]) == ("S256", "code", "login")
    assert len(asked["nonce"]) == len(asked["code_challenge"]) == 43
    assert len(asked["state"]) >= 43
    # What is kept of it opens nothing.
    (row,) = await stored(house, select(s.sign_in_attempt))
    assert not {asked["nonce"], asked["state"]} & set(map(str, row))
    assert asked["state"] not in "".join(f"{name}={value}" for name, value in person.browser.cookies.items())


LIES: dict[str, Callable[[Provider, dict[str, Any], str], str]] = {
    "wrong_nonce": lambda p, facts, _: p.signs(facts | {"nonce": "another"}),
    "no nonce": lambda p, facts, _: p.signs({k: v for k, v in facts.items() if k != "nonce"}),
    "wrong_audience": lambda p, facts, _: p.signs(facts | {"aud": "another"}),
    "two audiences": lambda p, facts, _: p.signs(facts | {"aud": ["gensvar", "another"]}),
    "wrong_party": lambda p, facts, _: p.signs(facts | {"azp": "another"}),
    "wrong_issuer": lambda p, facts, _: p.signs(facts | {"iss": "https://elsewhere.example"}),
    "expired": lambda p, facts, _: p.signs(facts | {"exp": facts["iat"] - 61}),
    "no end": lambda p, facts, _: p.signs({k: v for k, v in facts.items() if k != "exp"}),
    "made later": lambda p, facts, _: p.signs(facts | {"iat": facts["iat"] + 600}),
    "made long ago": lambda p, facts, _: p.signs(facts | {"iat": facts["iat"] - 900}),
    "not before": lambda p, facts, _: p.signs(facts | {"nbf": facts["iat"] + 600}),
    "not before a word": lambda p, facts, _: p.signs(facts | {"nbf": "soon"}),
    "made at a word": lambda p, facts, _: p.signs(facts | {"iat": "lately"}),
    "a day that is a word": lambda p, facts, _: p.signs(facts | {"exp": "tomorrow"}),
    "no subject": lambda p, facts, _: p.signs(facts | {"sub": ""}),
    "not signed": lambda p, facts, _: unsigned(facts),
    "signed with what everybody has": lambda p, facts, _: confused(p, facts),
    "somebody else's key under its name": lambda p, facts, _: p.signs(facts, jwk.generate_key("RSA", 2048)),
    "a key that it brings along": lambda p, facts, _: brought_along(facts),
    "changed after signing": lambda p, facts, token: changed(token, facts),
    "no token": lambda p, facts, _: "",
    "not a token": lambda p, facts, _: "a.b",
    "a very long one": lambda p, facts, _: "a" * 100_000,
    "no assurance": lambda p, facts, _: p.signs({k: v for k, v in facts.items() if k != "acr"}),
    "low assurance": lambda p, facts, _: p.signs(facts | {"acr": LOA2}),
    "assurance in a list": lambda p, facts, _: p.signs(facts | {"acr": [facts["acr"]]}),
}
"""What a token can be, and must not."""


def unsigned(facts: dict[str, Any]) -> str:
    return jwt.encode({"alg": "none"}, facts, jwk.generate_key("oct", 256), algorithms=["none"])


def confused(provider: Provider, facts: dict[str, Any]) -> str:
    """With the public key as if it were a secret that is shared."""

    def packed(value: bytes) -> bytes:
        return urlsafe_b64encode(value).rstrip(b"=")

    head = packed(json.dumps({"alg": "HS256", "kid": provider.key.kid}).encode())
    signed = head + b"." + packed(json.dumps(facts).encode())
    return (signed + b"." + packed(hmac.digest(provider.key.as_pem(private=False), signed, "sha256"))).decode()


def brought_along(facts: dict[str, Any]) -> str:
    key = jwk.generate_key("RSA", 2048)
    return jwt.encode({"alg": "RS256", "jwk": key.as_dict(private=False)}, facts, key, algorithms=["RS256"])


def changed(token: str, facts: dict[str, Any]) -> str:
    other = jwt.encode({"alg": "RS256"}, facts | {"sub": "anna2"}, jwk.generate_key("RSA", 2048), algorithms=["RS256"])
    head, _, signature = token.split(".")
    return ".".join((head, other.split(".")[1], signature))


async def test_no_lie_is_believed(house: House, provider: Provider) -> None:
    held = []
    for name, lie in LIES.items():
        provider.change_token = lambda facts, token, lie=lie: lie(provider, facts, token)
        person = await somebody(house)
        page = await person.signs_in("bankid", "anna")
        held.append((name, page.status, await person.is_in()))
        assert 'role="alert"' in page.text
    assert {(status, inside) for _, status, inside in held} == {(403, False)}, held
    assert await stored(house, select(s.session)) == []
    provider.change_token = lambda facts, _: provider.signs(facts)
    assert (await (await somebody(house)).signs_in("bankid", "anna")).path == "/hem"


@pytest.mark.parametrize(
    ("name", "status", "told"),
    [
        ("weak", 403, "inte säker nog"),
        ("nobody", 403, "inte veta vem du är"),
        ("wrong", 403, "inte veta vem du är"),
        ("cancel", 422, "Du avbröt"),
    ],
)
async def test_whoever_is_not_known_surely_stays_outside_and_hears_why(
    house: House, provider: Provider, name: str, status: int, told: str
) -> None:
    provider.change_query = lambda query: {k: v for k, v in query.items() if k != "claims"}
    person = await somebody(house)
    page = await person.signs_in("bankid", name)
    assert (page.status, told in page.words, await person.is_in()) == (status, True, False)
    # Where they were going is not lost.
    assert "next=%2Fhem" in page.text or "next=/hem" in page.text


async def test_somebody_who_works_elsewhere_has_no_account_here(house: House) -> None:
    person = await somebody(house)
    page = await person.signs_in("siths", "stranger")
    assert (page.status, "inget konto här" in page.words, await person.is_in()) == (403, True, False)


@pytest.mark.on_both_engines
async def test_a_way_back_leads_in_once_and_only_the_browser_that_went(house: House, provider: Provider) -> None:
    anna, thief = await somebody(house), await somebody(house)
    await anna.leaves("bankid")
    back = await anna.identifies("anna")
    assert (await thief.comes_back(back)).status == 403
    assert (await anna.comes_back(back.replace("/bankid/", "/freja/"))).status == 403
    await anna.leaves("bankid")
    back = await anna.identifies("anna")
    assert (await anna.comes_back(back)).path == "/hem"
    await anna.browser.signs_out()
    again = await anna.comes_back(back)
    assert (again.status, "Börja om" in again.words, await anna.is_in()) == (403, True, False)
    for odd in ("", "?state=x&code=y", "?state=%00", "?" + urlencode({"state": "x" * 5000, "code": "y"})):
        assert (await anna.browser.get(f"/logga-in/bankid/svar{odd}")).status in {403, 404}
    assert not await thief.is_in()


async def test_whoever_is_away_too_long_begins_anew(house: House) -> None:
    anna = await somebody(house)
    await anna.leaves("bankid")
    await anna.identifies("anna")
    house.clock.now = datetime.fromtimestamp(house.clock.now.timestamp() + 601, UTC)
    assert (await anna.comes_back()).status == 403


async def test_an_answer_that_another_provider_gave_is_not_taken(house: House) -> None:
    anna = await somebody(house)
    await anna.leaves("bankid")
    back = await anna.identifies("anna")
    page = await anna.comes_back(re.sub(r"iss=[^&]+", "iss=https%3A%2F%2Felsewhere.example", back))
    assert (page.status, await anna.is_in()) == (403, False)


async def test_new_keys_are_looked_for_once_and_made_up_ones_make_nobody_run(house: House, provider: Provider) -> None:
    assert (await (await somebody(house)).signs_in("bankid", "anna")).path == "/hem"
    old, new = provider.key, jwk.generate_key("RSA", 2048, {"use": "sig"})
    new.ensure_kid()
    provider.change_token = lambda facts, _: jwt.encode({"alg": "RS256", "kid": new.kid}, facts, new)
    looks = provider.asked.count("/jwks")
    for _ in range(5):
        assert (await (await somebody(house)).signs_in("bankid", "anna")).status == 403
    assert provider.asked.count("/jwks") <= looks + 1
    provider.change_answer = lambda path: (
        web.json_response({"keys": [new.as_dict(private=False), old.as_dict(private=False)]})
        if path == "/jwks"
        else None
    )
    house.parts.oidc.client("bankid").forget()
    assert (await (await somebody(house)).signs_in("bankid", "anna")).path == "/hem"


async def test_a_provider_that_is_away_slow_huge_or_broken_is_told_in_plain_words(
    house: House, provider: Provider
) -> None:
    answers: dict[str, Callable[[], web.StreamResponse]] = {
        "broken": lambda: web.Response(text="{", content_type="application/json"),
        "no answer of its kind": lambda: web.json_response([1]),
        "huge": lambda: web.Response(body=b" " * 1_000_000),
        "deep": lambda: web.Response(body=b"[" * 200_000),
        "an error": lambda: web.Response(status=500),
        "elsewhere": lambda: web.Response(status=302, headers={"Location": "http://127.0.0.1:1/"}),
    }
    for door in ("/.well-known/openid-configuration", "/token"):
        for kind, answer in answers.items():
            house.parts.oidc.client("bankid").forget()
            provider.change_answer = lambda path, door=door, answer=answer: answer() if path == door else None  # type: ignore[misc]
            person = await somebody(house)
            page = await person.leaves("bankid")
            if page is None:
                await person.identifies("anna")
                page = await person.comes_back()
            assert (page.status, "svarar inte just nu" in page.words, await person.is_in()) == (503, True, False), kind
    provider.change_answer = lambda _: None
    provider.waits = 60.0
    house.parts.oidc.client("bankid").forget()
    began = asyncio.get_running_loop().time()
    pages = await asyncio.gather(*[(await somebody(house)).leaves("bankid") for _ in range(30)])
    assert {page.status for page in pages if page} == {503}
    assert asyncio.get_running_loop().time() - began < 20
    provider.waits = 0.0
    house.parts.oidc.client("bankid").forget()
    assert (await (await somebody(house)).signs_in("bankid", "anna")).path == "/hem"


async def test_what_was_written_before_is_there_after_signing_in(house: House) -> None:
    case = await filed(house, ANNA)
    anna = await somebody(house)
    page = await anna.signs_in("bankid", "anna", f"/arende/{case}")
    assert page.path == f"/arende/{case}"


async def test_signing_in_gives_a_new_session_and_the_old_one_opens_nothing(house: House) -> None:
    anna = await somebody(house)
    await anna.signs_in("bankid", "anna")
    before = anna.browser.cookies[COOKIE]
    await anna.signs_in("freja", "anna")
    assert anna.browser.cookies[COOKIE] != before
    other = await somebody(house)
    other.browser.has({COOKIE: before})
    assert not await other.is_in()


async def test_signing_out_leads_to_the_provider_and_ends_there_too(house: House, provider: Provider) -> None:
    anna = await somebody(house)
    await anna.signs_in("bankid", "anna")
    (row,) = await stored(house, select(s.session.c.id_token, s.session.c.subject))
    assert row.id_token.count(".") == 4
    page = await anna.browser.post("/logga-ut")
    assert "Nu loggar vi ut dig hos Bankid också" in page.words
    assert "Anna Provlind" not in page.text
    found = re.search(r'content="0;url=([^"]+)"', page.text)
    assert found is not None
    query = parse_qs(urlsplit(found.group(1).replace("&amp;", "&")).query)
    assert query["id_token_hint"][0].count(".") == 2
    assert (await stored(house, select(s.session)), await anna.is_in()) == ([], False)


@pytest.mark.on_both_engines
async def test_a_sign_out_that_the_provider_tells_of_ends_the_session(house: House, provider: Provider) -> None:
    anna = await somebody(house)
    provider.change_token = lambda facts, _: provider.signs(facts | {"sid": "s-1"})
    await anna.signs_in("bankid", "anna")
    now = int(house.clock.now.timestamp())
    event: dict[str, Any] = {"http://schemas.openid.net/event/backchannel-logout": {}}
    good = {
        "iss": provider.issuer,
        "aud": "gensvar",
        "iat": now,
        "exp": now + 60,
        "jti": "j",
        "sid": "s-1",
        "events": event,
    }
    bad = [
        good | {"aud": "another"},
        good | {"events": {}},
        good | {"nonce": "n"},
        good | {"iss": "https://elsewhere.example"},
        good | {"iat": now - 9000},
        {k: v for k, v in good.items() if k != "sid"},
    ]
    for facts in bad:
        assert await tells(house, provider.signs(facts)) == 400
    assert await tells(house, unsigned(good)) == 400
    assert await tells(house, confused(provider, good)) == 400
    assert await tells(house, provider.signs(good | {"sid": "s-2"})) == 200
    assert await anna.is_in()
    assert await tells(house, provider.signs(good)) == 200
    assert not await anna.is_in()


async def tells(house: House, token: str) -> int:
    async with (
        ClientSession() as session,
        session.post(house.url("/logga-in/bankid/utloggad"), data={"logout_token": token}) as answer,
    ):
        return answer.status


@pytest.mark.on_both_engines
async def test_a_nurse_signs_in_at_work_and_apart_from_that_complains_as_herself(house: House) -> None:
    await known_as(house.parts.services.store, type(KARIN)(**{**_fields(KARIN), "personal_number": "196101182803"}))
    house.parts.services.identities.forget(KARIN.id)
    at_work, herself = await somebody(house), await somebody(house)
    assert (await at_work.signs_in("siths", "karin", "")).path == "/personal"
    assert (await herself.signs_in("bankid", "new", "")).path == "/hem"
    assert {row.person_id for row in await stored(house, select(s.session))} == {KARIN.id}
    assert (await at_work.browser.get("/hem")).path == "/personal"
    assert (await herself.browser.get("/personal")).path == "/hem"


def _fields(person: Any) -> dict[str, Any]:
    return {name: getattr(person, name) for name in person.__struct_fields__}


async def test_where_a_provider_vouches_for_both_one_chooses_and_changes(tmp_path: Path) -> None:
    async with providing("both") as provider, house_with(tmp_path, provider, {"both": "citizen staff"}) as house:
        await known_as(house.parts.services.store, type(KARIN)(**{**_fields(KARIN), "personal_number": "196101182803"}))
        karin = await somebody(house)
        page = await karin.signs_in("both", "both", "")
        assert page.path == "/byt-roll"
        before = karin.browser.cookies[COOKIE]
        page = await karin.browser.post("/byt-roll", {"role": "privat", "next": ""})
        assert (page.path, karin.browser.cookies[COOKIE] == before) == ("/hem", False)
        assert (await karin.browser.get("/personal")).path == "/hem"
        assert (await karin.browser.post("/byt-roll", {"role": "arbete/NOWHERE", "next": ""})).status == 422
        role = re.search(r'value="(arbete/[^"]+)"', (await karin.browser.get("/byt-roll")).text)
        assert role is not None
        assert (await karin.browser.post("/byt-roll", {"role": role.group(1), "next": ""})).path == "/personal"


async def test_nothing_that_opens_anything_is_in_a_log_or_lies_in_the_open(
    house: House, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    secrets: list[str] = []

    def seen(_: dict[str, Any], token: str) -> str:
        secrets.append(token)
        return token

    provider.change_token = seen
    caplog.set_level(logging.DEBUG)
    anna = await somebody(house)
    await anna.leaves("bankid")
    back = parse_qs(urlsplit(await anna.identifies("anna")).query)
    secrets += [back["code"][0], back["state"][0]]
    assert (await anna.comes_back()).path == "/hem"
    secrets += [anna.browser.cookies[COOKIE], "191212121212"]
    # Not the log of the servers that the tests put around it: the service has none (`access_log=None`).
    records = [record for record in caplog.records if record.name not in {"aiosqlite", "aiohttp.access"}]
    told = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in records)
    places = {record.name for record in records if any(one in repr(record.__dict__) for one in secrets)}
    kept = repr(await stored(house, select(s.session))) + repr(await stored(house, select(s.sign_in_attempt)))
    assert len(secrets) == 5
    assert places == set()
    assert [one for one in secrets if one in told or one in kept] == []


async def test_a_provider_that_is_slow_keeps_nobody_signed_in(house: House, provider: Provider) -> None:
    anna = await somebody(house)
    await anna.signs_in("bankid", "anna")
    house.parts.oidc.client("bankid").forget()
    provider.waits = 5.0
    leaves = asyncio.create_task(anna.browser.post("/logga-ut"))
    other = await somebody(house)
    other.browser.has({COOKIE: anna.browser.cookies[COOKIE]})
    async with asyncio.timeout(2):
        while await other.is_in():
            pass
    assert not leaves.done()
    provider.waits = 0.0
    assert (await leaves).status == 200
