"""Languages of the pages: Swedish as it is written in the source, others from the catalogues in web/locales."""

from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from msgspec import Struct

from dialogs.locales import locale

SOURCE = "sv"
COOKIE = "__Host-sprak"
YEAR = 365 * 24 * 3600
_LANGUAGE = web.RequestKey("language", str)

EVERY_FORM = 200
"""Among the numbers below it is one for each form of any language."""


class Catalogue(Struct, frozen=True):
    """The sentences of one language. What is missing is shown in Swedish; a test says what is missing."""

    language: str
    texts: NullTranslations

    def __call__(self, sentence: str) -> str:
        """The sentence in this language."""
        # Nothing at all is what a catalogue calls its own head.
        return self.texts.gettext(sentence) if sentence else ""

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The form for a number: each language has as many as its catalogue says, by the rule that stands there."""
        return self.texts.ngettext(one, many, number)

    def forms(self, one: str, many: str) -> dict[str, str]:
        """Every form, by the name that browsers have for it (`one`, `few`, `many`, `other`, …)."""
        rule = locale(self.language).plural_form
        found = {rule(number): self.ngettext(one, many, number) for number in reversed(range(EVERY_FORM))}
        return {"other": found.get("other") or next(iter(found.values()))} | found


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
    found = {SOURCE: Catalogue(SOURCE, NullTranslations())}
    for path in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        language = path.parent.parent.name
        found[language] = _read(path, language)
    return Languages(found)


def _read(path: Path, language: str) -> Catalogue:
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Catalogue(language, GNUTranslations(compiled))


def _wish(part: str) -> tuple[float, str]:
    tag, _, weight = part.partition(";q=")
    try:
        return float(weight or 1), tag.strip().lower().partition("-")[0]
    except ValueError:
        return 0, ""
