"""What the HTTP library answers by itself, to what is no request: bare, and with the headers of every other answer.

No middleware sees these: there is no route yet, and no person. The library would name its version and Python's, and
send a piece of what came back.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from aiohttp.web_server import Server

TELLS_NOTHING = {"Cache-Control": "no-store"}


class Bare(web.Response):
    """Says its status, and no more."""

    def __init__(self, status: int, headers: Mapping[str, str]) -> None:
        text = f"{status} {HTTPStatus(status).phrase}\n"
        super().__init__(status=status, text=text, headers={**headers, **TELLS_NOTHING})
        self.force_close()

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        self.headers.popall("Server", None)


class BareHandler(RequestHandler):
    """One connection."""

    __slots__ = ("_always",)

    def __init__(self, *arguments: Any, always: Mapping[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._always = always

    def handle_error(self, *arguments: Any, **options: Any) -> web.StreamResponse:
        """The answer to what could not be read; noted as the library does. Raises where one is begun already."""
        return Bare(super().handle_error(*arguments, **options).status, self._always)

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Send an answer. What our middlewares let through is a page or leads elsewhere: an error is the library's."""
        answer = Bare(resp.status, self._always) if isinstance(resp, web.HTTPError) else resp
        return await super().finish_response(request, answer, start_time)


class BareServer(Server):
    """Makes one of them for each connection."""

    def __init__(self, *arguments: Any, always: Mapping[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._always = always

    def __call__(self) -> RequestHandler:
        """For a connection that was just opened."""
        return BareHandler(self, loop=self._loop, always=self._always, **self._kwargs)


class Runner(web.AppRunner):
    """Runs the application. `always` are the headers of every answer."""

    def __init__(self, app: web.Application, always: Mapping[str, str], **options: Any) -> None:
        super().__init__(app, **options)
        self._always = always

    async def _make_server(self) -> Server:
        made = await super()._make_server()
        return BareServer(
            made.request_handler,
            request_factory=made.request_factory,
            handler_cancellation=made.handler_cancellation,
            loop=made._loop,  # noqa: SLF001 - as the library made it
            always=self._always,
            **made._kwargs,  # noqa: SLF001
        )
