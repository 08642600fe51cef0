"""The yearly figures of a region's patient board, or of its care: the same input gives the same bytes."""

import argparse
import asyncio
import csv
import io
import sys
from datetime import UTC, date, datetime, time, timedelta

from handlers.statistics.asked import SIDES
from handlers.statistics.download import plain
from handlers.statistics.words import DIMENSIONS, value_words
from handlers.view.locale import SWEDEN, Locale
from inbox.administration.directory.records import directory_on
from inbox.directory.tree import Directory
from inbox.queries.statistics import Statistics
from inbox.statistics.fact import Fact
from inbox.statistics.yearly import Line, yearly
from inbox.storage.administration.directory import load_records
from inbox.storage.engine.store import Store
from server.app import ROOT, store_of
from server.config import Settings
from server.roles import NotDone
from server.web import languages


def ask(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("region", help="the region's code, as 12")
    parser.add_argument("year", type=int, help="of arrival, as 2026")
    parser.add_argument("--side", choices=tuple(SIDES), default="namnd", help="the patient board (usual), or the care")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, metavar="DAY", help="what was known when that day ended; else what is known"
    )


def report(settings: Settings, asked: argparse.Namespace) -> None:
    """Print the figures as CSV. Raises NotDone where there is no such region."""
    sys.stdout.write(asyncio.run(_report(settings, asked)))


async def _report(settings: Settings, asked: argparse.Namespace) -> str:
    store = store_of(settings)
    store.start()
    try:
        async with store.reading() as connection:
            directory = directory_on(
                await load_records(connection), asked.as_of or date(asked.year, 12, 31), settings.region
            )
        if asked.region not in directory.regions:
            raise NotDone(f"There is no region {asked.region}: {', '.join(sorted(directory.regions))}.")
        return _written(asked, await _facts(store, asked), directory)
    finally:
        await store.close()


async def _facts(store: Store, asked: argparse.Namespace) -> list[Fact]:
    ended = datetime.combine(asked.as_of + timedelta(days=1), time(), SWEDEN) if asked.as_of else None
    moment = ended - timedelta(microseconds=1) if ended else datetime.max.replace(year=9000, tzinfo=UTC)
    days = (date(asked.year, 1, 1), date(asked.year, 12, 31))
    return await Statistics(store).as_of(SIDES[asked.side], asked.region, *days, moment)


def _written(asked: argparse.Namespace, facts: list[Fact], directory: Directory) -> str:
    translate = languages.load(ROOT / "web/locales").catalogue("sv")
    locale = Locale(directory, {}, translate, "sv", date(asked.year, 12, 31))
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(("region", "side", "year", "as_of", "part", "value", "label", "number"))
    as_of = asked.as_of.isoformat() if asked.as_of else ""
    for line in yearly(facts):
        write.writerow(
            (
                asked.region,
                asked.side,
                asked.year,
                as_of,
                line.part,
                line.value,
                plain(_label(line, locale)),
                line.number,
            )
        )
    return out.getvalue()


def _label(line: Line, locale: Locale) -> str:
    match line.part:
        case "unit":
            return locale.unit(line.value)
        case "provider":
            known = locale.directory.providers.get(line.value)
            return known.name if known else ""
        case "all" | "month":
            return ""
    return value_words(line.part, line.value, locale) if line.part in DIMENSIONS else ""
