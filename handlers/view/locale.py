"""What is needed to say something to the one who looks: the language, the day, and what things are called."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiohttp import web
from msgspec import Struct

from dialogs.locales import day_and_month, listed, long_day
from dialogs.sentences import N_, Translate, filled
from handlers.requests import services_of
from handlers.services import Services
from inbox.directory.tree import Directory

SWEDEN = ZoneInfo("Europe/Stockholm")


class Locale(Struct, frozen=True):
    """How to talk to one person, on one day."""

    directory: Directory
    names: Mapping[str, str]
    """Staff by id. Used only where the viewer may know a name."""
    translate: Translate
    language: str
    today: date

    def t(self, sentence: str, **parts: int | str) -> str:
        """The sentence in the person's language, with its parts filled in; numbers as people read them."""
        return filled(sentence, self.translate, self.language, parts)

    def unit(self, id: str | None, at: datetime | None = None) -> str:
        """What a unit is called by now, or was called at a moment; nothing if the directory does not have it."""
        if not id:
            return ""
        return self.directory.name_now(id) if at is None else self.directory.name_at(id, at)

    def unit_since(self, id: str | None, at: datetime) -> str:
        """What a unit was called at a moment, and what it is called now where that is something else."""
        then, now = self.unit(id, at), self.unit(id)
        return then if then == now else self.t(N_("{then} (numera {now})"), then=then, now=now)

    def day(self, moment: date) -> str:
        """`28 oktober`; with the year when it is another."""
        day = in_sweden(moment)
        return (day_and_month if day.year == self.today.year else long_day)(day, self.language)

    def list_of(self, parts: Sequence[str]) -> str:
        """`A`, `A och B`, `A, B och C`."""
        return listed(parts, self.language)


def locale_of(request: web.Request) -> Locale:
    """How to talk to the one who asks."""
    services = services_of(request)
    return locale_in(services, services.language(request))


def locale_in(services: Services, language: str) -> Locale:
    """How to talk today, in a language."""
    return Locale(
        directory=services.directory,
        names=services.identities.names(),
        translate=services.translator(language),
        language=language,
        today=in_sweden(services.now()),
    )


def in_sweden(moment: date) -> date:
    """The day it is in Sweden at that moment; a plain date is that day."""
    return moment.astimezone(SWEDEN).date() if isinstance(moment, datetime) else moment
