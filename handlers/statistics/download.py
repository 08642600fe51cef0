"""The same figures as files: CSV, JSON with the meaning of each figure, and JSON-stat 2.0."""

import csv
import io
import json
from collections.abc import Iterator

from msgspec import Struct

from handlers.statistics.asked import Asked
from handlers.statistics.cells import Figures, Told
from handlers.statistics.words import DIMENSIONS, MEANINGS, scope_words, value_words
from handlers.view.locale import Locale
from inbox.statistics.protection import FEWEST

FEW_MARK = f"<{FEWEST}"


class Row(Struct, frozen=True):
    """A figure."""

    dimension: str
    value: str
    words: str
    number: Told


def rows_of(figures: Figures, asked: Asked, locale: Locale) -> Iterator[Row]:
    """How many there are in all, and every figure of the scope that is told, in a fixed order."""
    yield Row("all", "", "", figures.told(asked.scope, "all"))
    for dimension in DIMENSIONS:
        for value, number in sorted(figures.values(asked.scope, dimension)):
            if dimension != "all":
                yield Row(dimension, value, value_words(dimension, value, locale), number)


def as_csv(figures: Figures, asked: Asked, locale: Locale) -> str:
    """A line for each figure; what is not told is `<5`."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(("scope", "name", "side", "year", "dimension", "value", "label", "number"))
    name = scope_words(asked.scope, locale)
    for row in rows_of(figures, asked, locale):
        number = FEW_MARK if row.number is None else row.number
        write.writerow(
            (asked.scope, plain(name), asked.counted, asked.year, row.dimension, row.value, plain(row.words), number)
        )
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    return "\ufeff" + out.getvalue()


def as_json(figures: Figures, asked: Asked, locale: Locale) -> str:
    """The figures with what they mean."""
    return json.dumps(
        {
            "scope": asked.scope,
            "name": scope_words(asked.scope, locale),
            "side": asked.counted,
            "year": asked.year,
            "exact": figures.exact,
            "meanings": [locale.t(one) for one in MEANINGS],
            "dimensions": {name: locale.t(words) for name, words in DIMENSIONS.items()},
            "figures": [
                {
                    "dimension": row.dimension,
                    "value": row.value,
                    "label": row.words,
                    "number": row.number,
                    "fewer_than": FEWEST if row.number is None else None,
                }
                for row in rows_of(figures, asked, locale)
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def as_jsonstat(figures: Figures, asked: Asked, locale: Locale) -> str:
    """A JSON-stat 2.0 dataset with one figure for each value of each dimension."""
    rows = list(rows_of(figures, asked, locale))
    ids = [f"{row.dimension}.{row.value}" if row.value else row.dimension for row in rows]
    heads = [locale.t(DIMENSIONS[row.dimension]) for row in rows]
    labels = [f"{head}: {row.words}" if row.words else head for head, row in zip(heads, rows, strict=True)]
    return json.dumps(
        {
            "version": "2.0",
            "class": "dataset",
            "label": f"{scope_words(asked.scope, locale)} {asked.year}",
            "note": [locale.t(one) for one in MEANINGS],
            "id": ["figure", "year"],
            "size": [len(rows), 1],
            "dimension": {
                "figure": {"category": {"index": ids, "label": dict(zip(ids, labels, strict=True))}},
                "year": {"category": {"index": [str(asked.year)]}},
            },
            "role": {"time": ["year"]},
            "value": [row.number for row in rows],
            "status": {str(at): FEW_MARK for at, row in enumerate(rows) if row.number is None},
        },
        ensure_ascii=False,
    )


def plain(text: str) -> str:
    """Not a formula, whatever opens it."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text
