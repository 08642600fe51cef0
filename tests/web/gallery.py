"""Every template with an example, as pages one can look at.

`python -m tests.web.gallery [port]` serves them; `… write FOLDER` puts them in files for a validator.
"""

import sys
from functools import cache
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handlers.view.form_specs import FORMS
from server.web.languages import load
from tests.web.examples.pages import PAGES

BLANK: dict[str, object] = {
    "notice": "",
    "fragment": False,
    "onward": None,
    "visa": "",
    "told": "",
    "said": (),
    "emergency": None,
    "urgent": False,
    "attached": (),
    "place": None,
    "lines": (),
    "staff": False,
}
"""What most pages have nothing of: an example names it where it has."""
WEB = Path(__file__).parents[2] / "web"
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
# No scripts: what is looked at here is what everyone gets, with or without them.
POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'"
DAYS = "Måndag Tisdag Onsdag Torsdag Fredag Lördag Söndag".split()


def draw(name: str, language: str = "sv") -> str:
    """One example as HTML: the words of the templates in that language."""
    template, context = PAGES[name]
    return environment(language).get_template(template).render(BLANK | context)


@cache
def environment(language: str = "sv") -> Environment:
    """Templates as the server sets them up, with plain addresses, and days as in Swedish."""
    env = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_translations(load(WEB / "locales").catalogue(language).texts, newstyle=True)  # type: ignore[attr-defined]
    env.globals |= {
        "asset": lambda path: f"/assets/{path}",
        "lang": language,
        "dir": "ltr",
        "csrf": "token",
        "service_name": "Synpunkter på vården",
        "region_name": "Region Mittland",
        "draft_days": 30,
        "practice": True,
        "modules": lambda path: [],
        "longest": lambda tag, field: FORMS[tag].longest(field),
        "counted": lambda one, many: {"one": one, "other": many},
        "picture_kinds": "image/jpeg,image/png",
        "file_kinds": "image/*,application/pdf",
        "file_mb": 25,
        "search_letters": 100,
    }
    env.filters |= {
        "date_long": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        "date_day": lambda day: f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}",
        "relative_day": lambda day: f"{day.day} {MONTHS[day.month - 1]}",
        "clock": lambda at: f"{at:%H.%M}",
        "grouped": lambda number: f"{number:,}".replace(",", "\u00a0"),
        "filesize": lambda size: f"{size / 1_000_000:.1f} MB".replace(".", ","),
    }
    return env


def app() -> web.Application:
    """The gallery as a little website, with the real assets."""
    gallery = web.Application()
    gallery.router.add_static("/assets", WEB / "assets")
    gallery.router.add_get("/", _list)
    gallery.router.add_get("/{name}", _page)
    return gallery


async def _list(request: web.Request) -> web.Response:
    links = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in PAGES)
    return web.Response(text=f"<!doctype html><title>Gallery</title><ul>{links}</ul>", content_type="text/html")


async def _page(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in PAGES:
        raise web.HTTPNotFound
    language = request.query.get("sprak", "sv")
    return web.Response(
        text=draw(name, language), content_type="text/html", headers={"Content-Security-Policy": POLICY}
    )


def write(folder: Path) -> None:
    """Every page as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        (folder / f"{name}.html").write_text(draw(name), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write(Path(sys.argv[2]))
    else:
        web.run_app(app(), host="127.0.0.1", port=int(sys.argv[1]) if len(sys.argv) > 1 else 8099)
