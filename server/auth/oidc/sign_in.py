"""Signing in at a provider: there, back, and what it tells by itself.

Nothing that a sign-in needs is stored in the open. The browser keeps a secret, the address carries `state`; nonce and
PKCE's verifier follow from both, and the row that lets them be used once is found by a hash of both. Neither a stolen
database, nor an address in somebody's log, nor another browser has what it takes.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

from aiohttp import web

from dialogs.errors import Category, Refused
from handlers.errors import sentence_of, status_of
from handlers.intake.draft_cookie import claim_drafts
from handlers.limits import Act
from handlers.requests import first, language_of, services_of, translate_of, typed_in
from handlers.services import Proven
from inbox.cases.model import PersonId
from inbox.people.accounts import Accounts
from inbox.principals.principal import Capacity, Citizen, Individual, Who
from inbox.storage.engine.store import Store
from inbox.storage.signing_in.attempts import Attempt, drop_old_attempts, keep_attempt, take_attempt
from server.auth.capacities import capacities, choose_first
from server.auth.next_url import local_path
from server.auth.oidc.claims import Vouched, vouched
from server.auth.oidc.client import Client
from server.auth.oidc.tokens import BadToken
from server.auth.sessions import Sessions
from server.auth.sign_in_page import ProviderView, home_of, sign_in_page
from server.web.security import CSRF_CHECKED

COOKIE = "__Host-sign-in"
GOOD_FOR = timedelta(minutes=10)
"""How long somebody may be away at the provider."""
LONGEST = 4096
"""Characters of what comes back in an address."""
CANCELLED = frozenset({"access_denied", "login_required", "interaction_required", "consent_required"})


class SignInLost(Refused):
    """Nobody began it here: in another browser, too long ago, or it is done already."""

    code = "sign_in_lost"
    category = Category.FORBIDDEN


class SignInCancelled(Refused):
    """The person changed their mind."""

    code = "sign_in_cancelled"
    category = Category.INVALID


class NoSuchEmployee(Refused):
    """Somebody who works, but not here."""

    code = "no_such_employee"
    category = Category.FORBIDDEN


class OidcSignIn:
    """Every provider, and the pages between them and us."""

    def __init__(self, clients: Mapping[str, Client], store: Store, accounts: Accounts, sessions: Sessions) -> None:
        self._clients = clients
        self._store = store
        self._accounts = accounts
        self._sessions = sessions

    def routes(self) -> list[web.RouteDef]:
        """There, back, and what providers ask for."""
        return [
            web.get("/logga-in/nycklar", self.keys),
            web.get("/logga-in/{provider}", self.go),
            web.get("/logga-in/{provider}/svar", self.back),
            web.post("/logga-in/{provider}/utloggad", self.signed_out_there),
        ]

    def client(self, id: str) -> Client:
        """The provider with that name in addresses."""
        return self._clients[id]

    def views(self) -> tuple[ProviderView, ...]:
        """What there is to choose between."""
        return tuple(
            ProviderView(id, client.known.at.name, "citizen" not in client.known.at.vouches_for)
            for id, client in self._clients.items()
        )

    async def go(self, request: web.Request) -> web.Response:
        """Lead to the provider, by a plain link: no form may lead to another site (`form-action`)."""
        client, services = self._client(request), services_of(request)
        services.limits.check(Act.SIGN_IN, None, services.address(request))
        onward = local_path(request.query.get("next", ""))
        secret = _secret_of(request) or services.new_secret()
        state = services.new_secret()
        try:
            away = await client.begin(
                state=state,
                nonce=_follows("nonce", secret, state),
                verifier=_follows("verifier", secret, state),
                language=services.language(request),
            )
        except Refused as refusal:
            return await _not_signed_in(request, client, refusal, onward)
        ends = services.now() + GOOD_FOR
        attempt = Attempt(_follows("key", secret, state), client.known.id, onward, ends)
        await self._store.writer.do(lambda connection: keep_attempt(connection, attempt))
        answer = web.HTTPSeeOther(away)
        # Lax: it comes along when the provider leads back, and with nothing that another site asks for by itself.
        answer.set_cookie(
            COOKIE, secret, max_age=int(GOOD_FOR.total_seconds()), path="/", secure=True, httponly=True, samesite="Lax"
        )
        raise answer

    async def back(self, request: web.Request) -> web.Response:
        """Whoever comes back is who the provider says, or hears why not."""
        client, services = self._client(request), services_of(request)
        services.limits.check(Act.SIGN_IN, None, services.address(request))
        onward = ""
        try:
            secret, state = _secret_of(request), request.query.get("state", "")
            onward = (await self._take(client, secret, state)).onward
            facts, token = await self._facts(request, client, secret, state)
            said = vouched(facts, client.known.at)
            person, choices = await self._known(request, said)
        except Refused as refusal:
            return await _not_signed_in(request, client, refusal, onward)
        capacity = choices[0]
        lands = onward or home_of(staff=not isinstance(capacity, Citizen))
        answer = web.HTTPSeeOther(choose_first(lands) if len(choices) > 1 else lands)
        who = Who(Individual(person), capacity)
        await self._sessions.sign_in(
            request,
            answer,
            Proven(
                who,
                client.known.id,
                said.assurance,
                sides=_sides(said),
                subject=said.subject,
                provider_session=said.session,
                id_token=token,
            ),
        )
        if isinstance(capacity, Citizen):
            await claim_drafts(request, who.principal)
        raise answer

    async def signed_out_there(self, request: web.Request) -> web.Response:
        """The provider tells that somebody has signed out there (OpenID Connect Back-Channel Logout)."""
        # Signed by the provider: that is what shows who sends it.
        request[CSRF_CHECKED] = True
        client = self._client(request)
        headers = {"Cache-Control": "no-store"}
        try:
            facts = await client.signed_out_there(first(await typed_in(request), "logout_token"))
        except Refused as refusal:
            services_of(request).security.refused("sign-out", None, _reason(refusal), provider=client.known.id)
            return web.Response(status=HTTPStatus.BAD_REQUEST, headers=headers)
        subject, session = facts.get("sub", ""), facts.get("sid", "")
        await self._sessions.end_at(
            client.known.id,
            subject=subject if isinstance(subject, str) else "",
            session=session if isinstance(session, str) else "",
        )
        return web.Response(headers=headers)

    async def keys(self, _: web.Request) -> web.Response:
        """Our public keys, for providers."""
        return web.json_response({"keys": [client.known.key.public for client in self._clients.values()]})

    async def way_out(self, provider: str, id_token: str) -> str:
        """Where a browser goes to be signed out at a provider too; empty where that cannot be."""
        client = self._clients.get(provider)
        return await client.sign_out(id_token) if client else ""

    async def sweep(self) -> None:
        """Remove sign-ins that nobody came back from."""
        now = self._sessions.now()
        await self._store.writer.do(lambda connection: drop_old_attempts(connection, now))

    async def close(self) -> None:
        """Let the connections to providers go."""
        for client in self._clients.values():
            await client.close()

    def _client(self, request: web.Request) -> Client:
        client = self._clients.get(request.match_info["provider"])
        if client is None:
            raise web.HTTPNotFound
        return client

    async def _take(self, client: Client, secret: str, state: str) -> Attempt:
        if not secret or not state or len(state) > LONGEST:
            raise SignInLost
        key = _follows("key", secret, state)
        attempt = await self._store.writer.do(lambda connection: take_attempt(connection, key))
        if attempt is None or attempt.provider != client.known.id or attempt.expires_at <= self._sessions.now():
            raise SignInLost
        return attempt

    async def _facts(
        self, request: web.Request, client: Client, secret: str, state: str
    ) -> tuple[Mapping[str, object], str]:
        query = request.query
        await client.check_sender(query.get("iss"))
        if "error" in query:
            raise SignInCancelled if query["error"] in CANCELLED else BadToken("error")
        code = query.get("code", "")
        if not code or len(code) > LONGEST:
            raise BadToken("no_code")
        return await client.fetch(
            code=code, nonce=_follows("nonce", secret, state), verifier=_follows("verifier", secret, state)
        )

    async def _known(self, request: web.Request, said: Vouched) -> tuple[PersonId, list[Capacity]]:
        """Who that is here, and as what they can be here."""
        sides, person = _sides(said), None
        if "staff" in sides:
            person = await self._accounts.employee(said.employee)
        if person is None and said.number is not None:
            person, sides = await self._accounts.citizen(said.number, said.name), ("citizen",)
        services = services_of(request)
        if person is not None:
            services.identities.forget(person)
        known = await services.identities.known_as(person) if person is not None else None
        choices = capacities(known, services.identities.roster, sides) if known else []
        if person is None or not choices:
            raise NoSuchEmployee
        return person, choices


def _sides(said: Vouched) -> tuple[str, ...]:
    return (*(["citizen"] if said.number else []), *(["staff"] if said.employee else []))


def _secret_of(request: web.Request) -> str:
    return request.cookies.get(COOKIE, "")[:LONGEST]


def _follows(what: str, secret: str, state: str) -> str:
    """What is made of both secrets, and tells neither."""
    digest = hmac.digest(secret.encode(errors="replace"), f"{what}:{state}".encode(errors="replace"), hashlib.sha256)
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _reason(refusal: Refused) -> str:
    return refusal.why if isinstance(refusal, BadToken) else refusal.code


async def _not_signed_in(request: web.Request, client: Client, refusal: Refused, onward: str) -> web.Response:
    """Why, in plain words, and the ways to try again."""
    services_of(request).security.refused("sign-in", None, _reason(refusal), provider=client.known.id)
    told = sentence_of(refusal, translate_of(request), language_of(request))
    return await sign_in_page(request, onward, problem=told, status=status_of(refusal))
