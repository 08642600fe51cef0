"""A made-up country of units, as large as one wishes, and what people would type to find them."""

import random
from collections.abc import Callable, Iterator
from itertools import islice

from msgspec.structs import replace

from inbox.directory.fold import fold
from inbox.directory.load import directory_of
from inbox.directory.model import BoardInfo, CareProvider, Connection, Level, Ownership, Region, Unit
from inbox.directory.tree import Directory

STARTS = (
    "Al Ask Av Berg Björk Bod Brä Dal Ek En Fager Fisk Fur Få Gran Grå Grön Gås Hagel Ham Hassel Hult Hägg Kalv Kil "
    "Klock Kvarn Kråk Lin Ljung Lund Lär Löv Mar Mos Myr Mån Norr Näs Ol Orm Ram Ros Rud Rönn Sand Silver Skog Sol "
    "Sten Sund Säter Söder Tall Tim Torn Tran Trä Ung Vass Vatt Vide Vin Våg Väster Ång Åker Älg Äng Öd Öre Öster"
)
ENDS = (
    "backa berga bo boda by dalen fors gård hamra heda holm hult hälla köpinge lida löv marka mora måla näset red "
    "rum sjö sta stad strand torp tuna vad vik ås ö"
)
STREETS = "Björkvägen Hamngatan Kyrkogatan Köpmangatan Lasarettsgatan Nygatan Parkgatan Skolgatan Storgatan Ängsgatan"
WARDS = "hjärta lunga mage neuro njure ortopedi kirurgi medicin infektion geriatrik"
CLINICS = (
    ("Kvinnokliniken", "Gynekologiska mottagningen"),
    ("Ögonkliniken", "Ögonmottagningen"),
    ("Öronkliniken", "Öronmottagningen"),
    ("Ortopedkliniken", "Ortopedmottagningen"),
    ("Medicinkliniken", "Hjärtmottagningen"),
    ("Kirurgkliniken", "Kirurgmottagningen"),
    ("Barnkliniken", "Barnmottagningen"),
    ("Akutkliniken", "Akutmottagningen"),
)
LOCAL = (
    ("Vårdcentralen {}", "health_centre", ("{} VC",)),
    ("Folktandvården {}", "dental", ()),
    ("Barnavårdscentralen {}", "child_health", ()),
    ("Barnmorskemottagningen {}", "midwife", ("Mödravårdscentralen {}",)),
    ("Ungdomsmottagningen {}", "youth", ()),
    ("Barn- och ungdomspsykiatriska mottagningen {}", "bup", ("BUP {}",)),
    ("Psykiatriska mottagningen {}", "psychiatry", ()),
    ("Rehabiliteringen {}", "rehab", ()),
    ("Familjeläkarna i {}", "health_centre", ()),
)
REGIONS = ("81", "82", "83", "84", "85")


def generate(n: int, seed: int) -> Directory:
    """A directory of `n` units in five regions, the same for the same seed."""
    effects = random.Random(seed)
    places = [start + end for start in STARTS.split() for end in ENDS.split()]
    effects.shuffle(places)
    units = [unit for code in REGIONS for unit in _tops(code)]
    local = (unit for number, town in enumerate(places) for unit in _town(town, number, effects))
    units += islice(local, n - len(units))
    regions = [
        Region(
            code, f"Region {code}", "0000000001", open=True, board=BoardInfo("Patientnämnden", _id("PN", code), "PN")
        )
        for code in REGIONS
    ]
    providers = [
        CareProvider(_id("V", code), f"Region {code}", "0000000001", Ownership.PUBLIC, "R") for code in REGIONS
    ]
    return directory_of(regions, providers, units, source="generated")


def queries(directory: Directory, n: int, seed: int) -> list[tuple[str, str]]:
    """What `n` people typed and the id of the unit that they meant; every other one made a slip."""
    effects = random.Random(seed)
    units = [unit for unit in directory.units.values() if unit.level is Level.UNIT and not unit.is_board]
    asked = []
    for number, unit in enumerate(effects.choices(units, k=n)):
        text = effects.choice(WAYS_TO_ASK)(unit)
        asked.append((_slip(text, effects) if number % 2 else text, unit.id))
    return asked


def _tops(code: str) -> Iterator[Unit]:
    desk = _unit(_id("PN", code), f"Patientnämnden i Region {code}", Level.UNIT, "board", code, "Mittstad")
    yield replace(desk, provider=None)
    yield _unit(_id("T", code), f"Region {code}, vården", Level.PROVIDER, "provider", code, "Mittstad")
    primary = f"Primärvården i Region {code}"
    yield _unit(_id("A", code), primary, Level.AREA, "administration", code, "Mittstad", _id("T", code))


def _town(town: str, number: int, effects: random.Random) -> Iterator[Unit]:
    region = REGIONS[number % len(REGIONS)]
    yield from (_local(town, number, at, region, effects) for at in range(len(LOCAL)) if effects.random() < 0.9)
    if number % 9 == 0:
        yield from _hospital(town, number, region)


def _local(town: str, number: int, at: int, region: str, effects: random.Random) -> Unit:
    name, kind, others = LOCAL[at]
    unit = _unit(_id("L", f"{number}X{at}"), name.format(town), Level.UNIT, kind, region, town, _id("A", region))
    return replace(
        unit,
        other_names=tuple(other.format(town) for other in others),
        connection=Connection.CONNECTED if effects.random() < 0.8 else Connection.NOT_CONNECTED,
        street=f"{effects.choice(STREETS.split())} {effects.randint(1, 99)}",
    )


def _hospital(town: str, number: int, region: str) -> Iterator[Unit]:
    of = f"{town} sjukhus"
    top = _id("S", str(number))
    yield _unit(top, of, Level.AREA, "hospital", region, town, _id("T", region))
    for at, (clinic, reception) in enumerate(CLINICS):
        above, below = _id("K", f"{number}X{at}"), _id("M", f"{number}X{at}")
        yield _unit(above, f"{clinic} {of}", Level.CLINIC, "clinic", region, town, top)
        yield _unit(below, f"{reception} {of}", Level.UNIT, "outpatient", region, town, above)
    for at, ward in enumerate(WARDS.split()):
        name = f"Avdelning {11 + at} {ward}, {of}"
        yield _unit(_id("W", f"{number}X{at}"), name, Level.UNIT, "ward", region, town, top)


def _unit(id: str, name: str, level: Level, kind: str, region: str, town: str, parent: str | None = None) -> Unit:
    return Unit(
        id=id,
        name=name,
        level=level,
        kind=kind,
        region=region,
        provider=_id("V", region),
        parent=parent,
        town=town,
        municipality=f"{town} kommun",
    )


def _id(kind: str, rest: str) -> str:
    return f"SE0000000001-{kind}{rest}"


def _as_written(unit: Unit) -> str:
    return unit.name


def _without_accents(unit: Unit) -> str:
    return fold(unit.name)


def _half_typed(unit: Unit) -> str:
    return unit.name[: max(len(unit.name) * 4 // 5, unit.name.find(unit.town) + len(unit.town))]


def _town_first(unit: Unit) -> str:
    first, *rest = unit.name.replace(unit.town, "").replace(",", "").split()
    return " ".join((unit.town.lower(), first.lower(), *rest))


def _as_people_say(unit: Unit) -> str:
    return (unit.other_names or (unit.name,))[0].lower()


WAYS_TO_ASK: tuple[Callable[[Unit], str], ...] = (
    _as_written,
    _without_accents,
    _half_typed,
    _town_first,
    _as_people_say,
)


def _slip(text: str, effects: random.Random) -> str:
    """The text with one slip of the finger in one of its longer words."""
    parts = text.split(" ")
    long = [at for at, part in enumerate(parts) if len(part) >= LONG_ENOUGH]
    if long:
        at = effects.choice(long)
        parts[at] = effects.choice((_left_out, _doubled, _wrong, _swapped))(parts[at], effects)
    return " ".join(parts)


LONG_ENOUGH = 5
"""Shorter words with a slip in them are other words."""


def _left_out(word: str, effects: random.Random) -> str:
    at = effects.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, effects: random.Random) -> str:
    at = effects.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _wrong(word: str, effects: random.Random) -> str:
    at = effects.randrange(len(word))
    return word[:at] + effects.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]


def _swapped(word: str, effects: random.Random) -> str:
    at = effects.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
