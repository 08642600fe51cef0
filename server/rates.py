"""The settings of how often people may do things, as the counter needs them."""

from collections.abc import Callable

from aiohttp import web

from handlers.limits import Act, Limits, Rate, sender_address
from server.config import Settings
from server.security import MB


def limits_of(settings: Settings, clock: Callable[[], float], salt: str) -> Limits:
    """Counts acts by these settings."""
    s = settings
    rates = {
        Act.COMMAND: Rate(s.commands_per_minute),
        Act.TYPING: Rate(s.typing_per_minute),
        Act.SOCKET: Rate(s.sockets_per_minute),
        Act.UPLOAD: Rate(s.uploads_per_minute, s.unknown_uploads_per_minute),
        Act.DRAFT: Rate(s.drafts_per_minute, s.unknown_drafts_per_minute),
        Act.ANSWER: Rate(s.answers_per_minute, s.unknown_answers_per_minute),
        Act.SEARCH: Rate(s.searches_per_minute, s.unknown_searches_per_minute),
        Act.SIGN_IN: Rate(s.sign_ins_per_minute, s.unknown_sign_ins_per_minute),
    }
    return Limits(rates, clock, salt, s.unknown_day_mb * MB)


def address_in(request: web.Request, settings: Settings) -> str:
    """Where a request comes from."""
    return sender_address(request.remote or "", request.headers.get("X-Forwarded-For", ""), settings.proxies)
