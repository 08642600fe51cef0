"""Asking a provider something over HTTP: bounded in time, in size and in number, and never following it elsewhere."""

import asyncio
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from dialogs.errors import Category, Refused

PATIENCE = 8.0
"""Seconds for one question, from connecting to the last byte."""
LARGEST = 256 * 1024
"""Bytes of an answer."""
AT_ONCE = 20
"""Questions to one provider at a time: where it is slow, the others are told at once."""
PAUSE = 3.0
"""Seconds for which a provider that did not answer is not asked again."""


class ProviderAway(Refused):
    """The provider does not answer, too slowly, or with something that is no answer."""

    code = "provider_away"
    category = Category.UNAVAILABLE


class ProviderRefuses(Refused):
    """The provider understands, and says no."""

    code = "provider_refuses"
    category = Category.FORBIDDEN


class Asking:
    """Speaks with one provider. `steady` counts seconds."""

    def __init__(self, steady: Callable[[], float], patience: float = PATIENCE) -> None:
        self._steady = steady
        self._patience = patience
        self._waiting = 0
        self._away_until = 0.0
        self._session: ClientSession | None = None

    async def get(self, address: str, bearer: str = "") -> Any:
        """The JSON that lies there. Raises ProviderAway, ProviderRefuses."""
        return await self._ask("GET", address, {"Authorization": f"Bearer {bearer}"} if bearer else {}, None)

    async def post(self, address: str, fields: Mapping[str, str]) -> Any:
        """The JSON that it gives for a form. Raises ProviderAway, ProviderRefuses."""
        return await self._ask("POST", address, {}, fields)

    def forget(self) -> None:
        """Try again at once."""
        self._away_until = 0.0

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _ask(self, method: str, address: str, headers: Mapping[str, str], fields: Any) -> Any:
        if self._waiting >= AT_ONCE or self._steady() < self._away_until:
            raise ProviderAway
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                status, body = await self._answer(method, address, headers, fields)
        # What went wrong is not told on: it could hold an address with a secret in it.
        except (ClientError, TimeoutError, OSError, ValueError):
            self._away_until = self._steady() + PAUSE
            raise ProviderAway from None
        finally:
            self._waiting -= 1
        if status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise ProviderRefuses
        if status != HTTPStatus.OK:
            raise ProviderAway
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, RecursionError):
            raise ProviderAway from None

    async def _answer(self, method: str, address: str, headers: Mapping[str, str], fields: Any) -> tuple[int, bytes]:
        accepts = {"Accept": "application/json", **headers}
        async with self._open().request(
            method, address, headers=accepts, data=fields, allow_redirects=False
        ) as response:
            body = bytearray()
            async for part in response.content.iter_chunked(16 * 1024):
                body += part
                if len(body) > LARGEST:
                    raise ProviderAway
            return response.status, bytes(body)

    def _open(self) -> ClientSession:
        if self._session is None:
            # No proxy of the environment, no cookies: what is kept of a provider is its keys.
            self._session = ClientSession(
                timeout=ClientTimeout(total=self._patience, connect=self._patience / 2), cookie_jar=DummyCookieJar()
            )
        return self._session
