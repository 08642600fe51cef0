"""The settings of how often people may do things, as the counter needs them."""

import logging
from collections.abc import Callable

from aiohttp import web

from handlers.limits import Act, Limits, Rate, sender_address
from server.config import Settings
from server.web.security import MB

log = logging.getLogger(__name__)


def limits_of(settings: Settings, clock: Callable[[], float], salt: str) -> Limits:
    """Counts acts by these settings."""
    s = settings
    rates = {
        Act.COMMAND: Rate(s.commands_per_minute),
        Act.TYPING: Rate(s.typing_per_minute),
        Act.SOCKET: Rate(s.sockets_per_minute),
        Act.LOOK: Rate(s.looks_per_minute),
        Act.UPLOAD: Rate(s.uploads_per_minute, s.unknown_uploads_per_minute),
        Act.DRAFT: Rate(s.drafts_per_minute, s.unknown_drafts_per_minute),
        Act.ANSWER: Rate(s.answers_per_minute, s.unknown_answers_per_minute),
        Act.SEARCH: Rate(s.searches_per_minute, s.unknown_searches_per_minute),
        Act.CODE: Rate(s.codes_per_minute, s.unknown_codes_per_minute),
        Act.SIGN_IN: Rate(s.sign_ins_per_minute, s.unknown_sign_ins_per_minute),
    }
    return Limits(rates, clock, salt, s.unknown_day_mb * MB)


class Addresses:
    """Where requests come from. Made once."""

    def __init__(self, proxies: int) -> None:
        self._proxies = proxies
        self._warned = False

    def __call__(self, request: web.Request) -> str:
        """The sender's address, for counting alone."""
        # A proxy may add a line of its own instead of going on in the last one: together they are one list.
        forwarded = request.headers.getall("X-Forwarded-For", [])
        if forwarded and not self._proxies and not self._warned:
            self._warned = True
            log.warning("X-Forwarded-For comes and PROXIES is 0: whoever is not signed in counts as one sender")
        return sender_address(request.remote or "", ",".join(forwarded), self._proxies)
