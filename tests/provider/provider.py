"""The provider as a process of its own, behind a small proxy that can make it misbehave."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, DummyCookieJar, web
from aiohttp.test_utils import TestServer
from joserfc import jwk, jwt
from multidict import CIMultiDict

from server.config import Settings

NODE = Path(__file__).with_name("serve.mjs")
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
LOA2 = "http://id.elegnamnden.se/loa/1.0/loa2"
NUMBER = "https://id.oidc.se/claim/personalIdentityNumber"
COORDINATION = "https://id.oidc.se/claim/coordinationNumber"
EMPLOYEE = "employeeHsaId"
HERE = Settings().public_address
PEOPLE: dict[str, dict[str, Any]] = {
    "anna": {"name": "Anna Provlind", NUMBER: "191212121212"},
    "new": {"name": "Tindra Nyström", NUMBER: "196101182803"},
    "weak": {"name": "Svag Svagsson", NUMBER: "195009072553", "acr": LOA2},
    "nobody": {"name": "Ingen Alls"},
    "wrong": {"name": "Fel Nummer", NUMBER: "191212121213"},
    "karin": {"name": "Karin Handlund", EMPLOYEE: "se0000000001-karin1"},
    "stranger": {"name": "Annan Stans", EMPLOYEE: "SE0000000001-OTHER"},
    "both": {"name": "Karin Handlund", EMPLOYEE: "SE0000000001-KARIN1", NUMBER: "196101182803"},
}


@dataclass
class Provider:
    """A running provider, and what is wrong with it."""

    issuer: str = ""
    port: int = 0
    keys: list[jwk.RSAKey] = field(default_factory=list)
    ours: jwk.RSAKey = field(default_factory=jwk.RSAKey.generate_key)
    asked: list[str] = field(default_factory=list)
    """Which of its doors were knocked at."""
    change_query: Callable[[dict[str, str]], dict[str, str]] = lambda query: query
    """What is done to the question of a browser."""
    change_token: Callable[[dict[str, Any], str], str] | None = None
    """What is given instead of an ID token, made of what was in it."""
    change_answer: Callable[[str], web.StreamResponse | None] = lambda _: None
    """What is answered at a path instead; nothing: what the provider says."""
    waits: float = 0.0

    @property
    def key(self) -> jwk.RSAKey:
        """What it signs with."""
        return self.keys[0]

    def signs(self, facts: Mapping[str, Any], key: jwk.Key | None = None, algorithm: str = "RS256") -> str:
        """A token."""
        by = key or self.key
        return jwt.encode({"alg": algorithm, "kid": self.key.kid}, dict(facts), by, algorithms=[algorithm])

    def table(self, name: str, sides: str) -> str:
        """Its part of the file of providers."""
        return (
            f'[{name}]\nname = "{name.capitalize()}"\nissuer = "{self.issuer}"\nclient_id = "gensvar"\n'
            f'key = "ours.pem"\nvouches_for = {json.dumps(sides.split())}\n'
            f'scopes = ["openid"]\n[{name}.assurance]\naccepted = ["{LOA3}"]\n'
        )


@asynccontextmanager
async def providing(
    *names: str, here: str = HERE, people: Mapping[str, Mapping[str, Any]] = PEOPLE
) -> AsyncIterator[Provider]:
    """A provider at which the service is known under these names."""
    provider = Provider()
    provider.ours.ensure_kid()
    await _new_key(provider)
    async with ClientSession(cookie_jar=DummyCookieJar(), auto_decompress=True) as session:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", _proxy(provider, session))
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        provider.issuer = str(server.make_url("")).rstrip("/")
        try:
            async with _running(provider, names, here, people):
                yield provider
        finally:
            await server.close()


async def _new_key(provider: Provider) -> None:
    key = await asyncio.to_thread(jwk.RSAKey.generate_key, 2048, {"use": "sig", "alg": "RS256"})
    key.ensure_kid()
    provider.keys.insert(0, key)


@asynccontextmanager
async def _running(
    provider: Provider, names: tuple[str, ...], here: str, people: Mapping[str, Mapping[str, Any]]
) -> AsyncIterator[None]:
    told = {
        "issuer": provider.issuer,
        "port": 0,
        "acr": [LOA2, LOA3][::-1],
        "claims": ["name", NUMBER, COORDINATION, EMPLOYEE],
        "people": people,
        "jwks": {"keys": [key.as_dict(private=True) for key in provider.keys]},
        "clients": [
            {
                "client_id": "gensvar",
                "token_endpoint_auth_method": "private_key_jwt",
                "redirect_uris": [f"{here}/logga-in/{name}/svar" for name in names],
                "post_logout_redirect_uris": [f"{here}/"],
                "response_types": ["code"],
                "grant_types": ["authorization_code"],
                "backchannel_logout_uri": f"{here}/logga-in/{names[0]}/utloggad",
                "backchannel_logout_session_required": True,
                "jwks": {"keys": [provider.ours.as_dict(private=False)]},
            }
        ],
    }
    process = await asyncio.create_subprocess_exec(
        "node",
        str(NODE),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(told).encode())
    process.stdin.close()
    try:
        while not (line := await process.stdout.readline()).startswith(b'{"port"'):
            assert line, "the provider did not start: is `npm ci` done in .vendor?"
        provider.port = json.loads(line)["port"]
        yield
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _proxy(provider: Provider, session: ClientSession) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def pass_on(request: web.Request) -> web.StreamResponse:
        provider.asked.append(request.path)
        await asyncio.sleep(provider.waits)
        if (instead := provider.change_answer(request.path)) is not None:
            return instead
        query = provider.change_query(dict(request.query)) if request.path == "/auth" else dict(request.query)
        async with session.request(
            request.method,
            f"http://127.0.0.1:{provider.port}{request.path}",
            params=query,
            data=await request.read(),
            headers={name: value for name, value in request.headers.items() if name.lower() != "content-length"},
            allow_redirects=False,
        ) as answer:
            body = await answer.read()
            if request.path == "/token" and provider.change_token and answer.status == web.HTTPOk.status_code:
                given = json.loads(body)
                facts = jwt.decode(given["id_token"], provider.key).claims
                body = json.dumps({**given, "id_token": provider.change_token(facts, given["id_token"])}).encode()
            kept = [
                (n, v) for n, v in answer.headers.items() if n.lower() in {"location", "set-cookie", "content-type"}
            ]
            return web.Response(status=answer.status, body=body, headers=CIMultiDict(kept))

    return pass_on


def free_port() -> int:
    """A port that nobody listens at just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def write_providers(folder: Path, provider: Provider, tables: Mapping[str, str]) -> str:
    """The file of providers, with our key beside it: names, and what each vouches for."""
    (folder / "ours.pem").write_bytes(provider.ours.as_pem(private=True))
    file = folder / "providers.toml"
    file.write_text("\n".join(provider.table(name, sides) for name, sides in tables.items()), encoding="utf-8")
    return str(file)
