"""Languages of the pages: Swedish as it is written in the source, others from the catalogues in web/locales."""

from collections.abc import Callable
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler
from babel.messages.pofile import read_po
from msgspec import Struct

SOURCE = "sv"
COOKIE = "__Host-sprak"
YEAR = 365 * 24 * 3600
_LANGUAGE = web.RequestKey("language", str)

Translate = Callable[[str], str]


class Catalogue(Struct, frozen=True):
    """The sentences of one language. What is missing is shown in Swedish; a test says what is missing."""

    language: str
    sentences: dict[str, str]
    plurals: dict[str, tuple[str, ...]]

    def gettext(self, sentence: str) -> str:
        """The sentence in this language."""
        return self.sentences.get(sentence, sentence)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The form for a number; the languages here have two."""
        forms = self.plurals.get(one, (one, many))
        return forms[0 if number == 1 else 1]


class Languages:
    """Every language there is, and which one a browser gets."""

    def __init__(self, catalogues: dict[str, Catalogue]) -> None:
        self._catalogues = catalogues

    def of(self, request: web.Request) -> str:
        """What was chosen in this request, else earlier, else what the browser prefers among ours."""
        if _LANGUAGE not in request:
            chosen = request.query.get("sprak"), request.cookies.get(COOKIE)
            known = [code for code in chosen if code in self._catalogues]
            request[_LANGUAGE] = known[0] if known else self._preferred(request.headers.get("Accept-Language", ""))
        return request[_LANGUAGE]

    def catalogue(self, language: str) -> Catalogue:
        """The sentences of a language; Swedish for one we do not have."""
        return self._catalogues.get(language) or self._catalogues[SOURCE]

    def translator(self, language: str) -> Translate:
        """The translation into a language."""
        return self.catalogue(language).gettext

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Remember a language that was chosen by `?sprak=`."""
        response = await handler(request)
        if request.query.get("sprak") in self._catalogues and not response.prepared:
            language = self.of(request)
            response.set_cookie(COOKIE, language, max_age=YEAR, path="/", secure=True, httponly=True, samesite="Lax")
        return response

    def _preferred(self, header: str) -> str:
        """The first of ours by weight; equal weights keep the browser's order."""
        wishes = [_wish(part) for part in header.split(",")[:20]]
        ours = [(weight, code) for weight, code in wishes if code in self._catalogues and weight > 0]
        return max(ours, key=lambda wish: wish[0])[1] if ours else SOURCE


def load(folder: Path) -> Languages:
    """Swedish, and every language with a catalogue in the folder."""
    found = {SOURCE: Catalogue(SOURCE, {}, {})}
    for path in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        language = path.parent.parent.name
        found[language] = _read(path, language)
    return Languages(found)


def _read(path: Path, language: str) -> Catalogue:
    sentences: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    with path.open("rb") as file:
        for message in read_po(file, locale=language):
            if not message.id or message.fuzzy:
                continue
            if isinstance(message.id, str) and isinstance(message.string, str) and message.string:
                sentences[message.id] = message.string
            elif isinstance(message.string, tuple | list) and all(message.string):
                plurals[message.id[0]] = tuple(message.string)
    return Catalogue(language, sentences, plurals)


def _wish(part: str) -> tuple[float, str]:
    tag, _, weight = part.partition(";q=")
    try:
        return float(weight or 1), tag.strip().lower().partition("-")[0]
    except ValueError:
        return 0, ""
