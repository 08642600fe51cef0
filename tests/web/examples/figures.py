"""Figures, drawn from invented cells by the page's own code."""

import random
from datetime import date
from pathlib import Path

from handlers.statistics.asked import Asked
from handlers.statistics.cells import figures_of
from handlers.statistics.overview import FiguresView, view_of
from handlers.statistics.pages import PUBLIC, STAFF
from handlers.view.locale import Locale
from inbox.directory.load import MITTLAND
from inbox.directory.load import load as load_directory
from inbox.storage.statistics.figures import Counted
from server.web import languages

SCOPES = ("region:99", "provider:SE0000000001-RM")


def _cells(year: int) -> list[Counted]:
    some, found = random.Random(year), list[Counted]()
    for scope in SCOPES:
        for main in ("1", "3", "6", "7"):
            months = [some.randint(4, 50) for _ in range(12)]
            keys = [some.getrandbits(31) for _ in months]
            found += [
                Counted(scope, f"{year}-{at:02}", "main", main, n, key)
                for at, (n, key) in enumerate(zip(months, keys, strict=True), start=1)
            ]
            found.append(Counted(scope, "", "main", main, sum(months), sum(keys)))
        for dimension, values in VALUES.items():
            for value, number in values.items():
                found.append(Counted(scope, "", dimension, value, number, some.getrandbits(31)))
    return found


VALUES: dict[str, dict[str, int]] = {
    "all": {"": 1054},
    "kind": {"complaint": 900, "suggestion": 120, "praise": 34},
    "outcome": {"answered": 789, "open": 220, "withdrawn": 41, "referred": 4},
    "age": {"20-29": 88, "70-79": 210, "80-": 2, "": 330},
    "sex": {"woman": 610, "man": 410, "": 34},
    "relation": {"self": 800, "relative": 190, "guardian": 60, "bereaved": 3},
    "area": {"primarvard": 500, "": 289},
    "days": {f"{day:03}": 20 + day % 7 for day in range(2, 48)},
    "goal": {"kept": 600, "missed": 189},
    "measure": {"promised": 410, "none": 379},
    "rated": {"yes": 300, "partly": 90, "no": 60, "": 339},
    "satisfied": {"promised": 210},
}


def _locale() -> Locale:
    translate = languages.load(Path("web/locales")).catalogue("sv")
    return Locale(load_directory(MITTLAND), {}, translate, "sv", date(2026, 11, 21))


def example(*, exact: bool) -> FiguresView:
    """A region's year."""
    now, before = figures_of(_cells(2026), exact), figures_of(_cells(2025), exact)
    path = STAFF if exact else PUBLIC
    return view_of(
        now,
        before,
        Asked("vard", "region:99", 2026),
        _locale(),
        path,
        goal=28,
        heading="Vårdgivare",
        largest=SCOPES[1:],
    )


def nothing() -> FiguresView:
    """A unit of which nothing is counted."""
    none = figures_of([], exact=False)
    return view_of(none, none, Asked("namnd", "unit:SE0000000001-VCEKBACKEN", 2026), _locale(), PUBLIC, goal=28)
