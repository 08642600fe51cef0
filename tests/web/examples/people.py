"""Fictional people, places and files that the examples share."""

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace as Thing

SWEDEN = timezone(timedelta(hours=1))
BOARD = Thing(
    name="Patientnämnden i Region Mittland",
    phone="08-465 004 10",
    hours="Vardagar 9–12 och 13–15",
    ways=(
        Thing(label="Ring", text="08-465 004 10", href="tel:0846500410"),
        Thing(label="Besök", text="Rådhusgatan 3, Lindby", href=""),
        Thing(label="Läs på 1177.se", text="1177.se", href="https://www.1177.se"),
    ),
)
OTHER_BOARD = Thing(
    name="Patientnämnden i Region Norrvik", phone="08-465 004 20", hours="Vardagar 9–12", ways=BOARD.ways
)
ANNA = Thing(name="Anna Lindqvist", kind="citizen", role="", key="a")
KARIN = Thing(name="Karin Sandberg", kind="staff", role="Handläggare, Ekbackens vårdcentral", key="k")
STORY = (
    "Jag ringde vårdcentralen tre dagar i rad med bröstsmärtor. Varje gång fick jag rådet att vänta. "
    "På fredagen åkte jag in till akuten och blev inlagd samma kväll.\n\n"
    "Jag vill ha en förklaring, och att det inte händer någon annan."
)


def at(day: int, hour: int = 9, minute: int = 12, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SWEDEN)


FILES = (
    Thing(
        id="f1",
        url="/arende/1/fil/f1",
        name="Kallelse.jpg",
        kind="image",
        size=1_234_567,
        preview=(640, 480),
        locked=False,
    ),
    Thing(
        id="f2",
        url="/arende/1/fil/f2",
        name="Remiss från vårdcentralen.pdf",
        kind="pdf",
        size=340_000,
        preview=None,
        locked=True,
    ),
)
