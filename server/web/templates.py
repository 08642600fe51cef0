"""Pages from templates: Jinja with every value escaped, every name demanded, every template read at the start."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from msgspec import Struct

from dialogs.locales import grouped, listed
from dialogs.sentences import N_
from handlers.page import Page
from handlers.view.form_specs import FORMS
from inbox.cases.model import Identity, Role
from inbox.directory.current import CurrentDirectory
from inbox.directory.search import LONGEST
from inbox.files.kinds import ACCEPT, PICTURES
from server.web import dates
from server.web.assets import Assets
from server.web.languages import Catalogue, Languages

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
ROLES = {
    Role.CASEWORKER: N_("Handläggare"),
    Role.DISTRIBUTOR: N_("Fördelare"),
    Role.OFFICER: N_("Handläggare"),
    Role.ADMINISTRATOR: N_("Administratör"),
}


class PersonView(Struct, frozen=True):
    """Who is signed in, as a page shows it."""

    name: str
    kind: str
    role: str
    """Staff: role and unit in words."""
    key: str
    """Tells people apart in a browser that several use, without telling who they are."""


class Named(Struct, frozen=True):
    """What a region decides that every page can name."""

    service: str
    """In Swedish; a name that the catalogue has is said in the language of the page."""
    draft_days: int
    practice: bool
    """Whether sign-in is by picking a sample person: then every page says so."""


class _Answer(web.Response):
    """Let go of once it is sent: a connection that idles keeps its last response, and with it what people wrote."""

    async def write_eof(self, data: bytes = b"") -> None:
        await super().write_eof(data)
        self.body = None


class Pages:
    """Renders pages. The language of the page that is being made is the only thing that changes."""

    def __init__(
        self,
        folder: Path,
        *,
        cache: Path,
        assets: Assets,
        languages: Languages,
        directory: CurrentDirectory,
        now: Callable[[], datetime],
        csrf: Callable[[web.Request], str],
        identity: Callable[[web.Request], Identity | None],
        key_of: Callable[[str], str],
        file_mb: int,
        named: Named,
    ) -> None:
        self._languages = languages
        self._file_mb = file_mb
        self._named = named
        self._directory = directory
        self._csrf = csrf
        self._identity = identity
        self._key_of = key_of
        self._language: ContextVar[str] = ContextVar("language_of_page")
        self._jinja = self._environment(folder, cache, assets, now)

    def render(self, request: web.Request, page: Page, status: int = 200) -> web.Response:
        """A page: its template with its fields and what every template has (web/templates/README.md)."""
        language = self._languages.of(request)
        mark = self._language.set(language)
        try:
            text = self._jinja.get_template(page.template).render(
                lang=language,
                dir="rtl" if language in RIGHT_TO_LEFT else "ltr",
                csrf=_Late(lambda: self._csrf(request)),
                person=self._person(self._identity(request)),
                service_name=self._catalogue()(self._named.service),
                region_name=self._regions(language),
                draft_days=self._named.draft_days,
                practice=self._named.practice,
                **{name: getattr(page, name) for name in page.__struct_fields__},
            )
        finally:
            self._language.reset(mark)
        answer = _Answer(text=text, status=status, content_type="text/html", charset="utf-8")
        if _may_be_packed(request):
            answer.enable_compression(web.ContentCoding.gzip)
        return answer

    def _regions(self, language: str) -> str:
        """The regions that answer for the service: those that are open here, the installation's own first."""
        directory = self._directory.tree
        names = [region.name for region in directory.answering_regions()]
        return listed(names, language)

    def compile(self) -> int:
        """Read every template now, so that a broken one stops the start; how many there are."""
        names = self._jinja.list_templates(extensions=["html"])
        for name in names:
            self._jinja.get_template(name)
        return len(names)

    def _environment(self, folder: Path, cache: Path, assets: Assets, now: Callable[[], datetime]) -> Environment:
        cache.mkdir(parents=True, exist_ok=True)
        jinja = Environment(
            loader=FileSystemLoader(folder),
            bytecode_cache=FileSystemBytecodeCache(str(cache)),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            auto_reload=False,
        )
        jinja.policies["ext.i18n.trimmed"] = True
        words = self._catalogue
        jinja.install_gettext_callables(  # type: ignore[attr-defined]
            lambda text: words()(text),  # noqa: PLW0108 - the language is that of the page
            lambda one, many, n: words().ngettext(one, many, n),
            newstyle=True,
        )
        jinja.globals |= {"asset": assets.url, "modules": assets.modules}
        jinja.globals |= {"counted": self._forms, "longest": lambda tag, field: FORMS[tag].longest(field)}
        jinja.globals |= {"file_kinds": ACCEPT, "picture_kinds": PICTURES, "file_mb": self._file_mb}
        jinja.globals["search_letters"] = LONGEST
        jinja.filters |= self._filters(now)
        return jinja

    def _filters(self, now: Callable[[], datetime]) -> dict[str, Callable[..., str]]:
        language = self._language.get

        def relative_day(moment: date) -> str:
            return dates.relative_day(moment, language(), now(), self._catalogue())

        def date_day(moment: date) -> str:
            return dates.date_day(moment, language(), now())

        return {
            "grouped": lambda number: grouped(number, language()),
            "date_long": lambda moment: dates.date_long(moment, language()),
            "date_day": date_day,
            "relative_day": relative_day,
            "clock": lambda moment: dates.clock(moment, language()),
            "filesize": lambda size: dates.filesize(size, language()),
        }

    def _forms(self, one: str, many: str) -> dict[str, str]:
        return self._catalogue().forms(one, many)

    def _catalogue(self) -> Catalogue:
        return self._languages.catalogue(self._language.get())

    def _person(self, identity: Identity | None) -> PersonView | None:
        if identity is None:
            return None
        translate = self._catalogue()
        roles = [
            f"{translate(ROLES[grant.role])}, {unit.name}"
            for grant in identity.grants
            if grant.role in ROLES and (unit := self._directory.tree.find(grant.unit))
        ]
        return PersonView(
            name=identity.name or translate(N_("Anmälaren")),
            kind="staff" if identity.staff else "citizen",
            role=roles[0] if roles else "",
            key=self._key_of(identity.key),
        )


def _may_be_packed(request: web.Request) -> bool:
    """Only what holds nothing that the asker put there: next to it, lengths would tell of the form's token (BREACH)."""
    asked = request.method == "GET" and not request.query_string
    return asked and "gzip" in request.headers.get("Accept-Encoding", "")


class _Late:
    """A text that is made when a page shows it: a page without a form gives the browser no cookie."""

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make

    def __str__(self) -> str:
        return self._make()
