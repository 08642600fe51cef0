"""Somebody writes what is not sent yet."""

from http import HTTPStatus

from aiohttp import web


async def get_here(request: web.Request) -> web.Response:
    """`/har`: the person is still here. The asking alone keeps them signed in; there is nothing to be had."""
    return web.Response(status=HTTPStatus.NO_CONTENT, headers={"Cache-Control": "no-store"})
