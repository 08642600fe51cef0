"""What the directory's codes are called on screen. Swedish sentences; other languages come from the catalogues."""

from dialogs.sentences import N_
from inbox.directory.model import Channel, Connection, Level, Ownership

KINDS = {
    "board": N_("Patientnämnd"),
    "provider": N_("Vårdgivare"),
    "administration": N_("Förvaltning"),
    "hospital": N_("Sjukhus"),
    "clinic": N_("Klinik"),
    "health_centre": N_("Vårdcentral"),
    "emergency": N_("Akutmottagning"),
    "outpatient": N_("Mottagning på sjukhus"),
    "ward": N_("Avdelning"),
    "psychiatry": N_("Psykiatri"),
    "bup": N_("Barn- och ungdomspsykiatri"),
    "child_health": N_("Barnavårdscentral"),
    "midwife": N_("Barnmorskemottagning"),
    "youth": N_("Ungdomsmottagning"),
    "dental": N_("Tandvård"),
    "rehab": N_("Habilitering och rehabilitering"),
    "home_care": N_("Hemsjukvård och särskilt boende"),
    "advice": N_("Rådgivning på telefon"),
    "ambulance": N_("Ambulans"),
    "transport": N_("Sjukresor"),
}
LEVELS = {
    Level.PROVIDER: N_("Hela vårdgivaren"),
    Level.AREA: N_("Sjukhus eller förvaltning"),
    Level.CLINIC: N_("Klinik"),
    Level.UNIT: N_("Mottagning eller avdelning"),
}
CONNECTIONS = {
    Connection.CONNECTED: N_("Ansluten till tjänsten"),
    Connection.NOT_CONNECTED: N_("Inte ansluten till tjänsten ännu"),
    Connection.EXTERNAL: N_("Tar emot i ett eget system"),
    Connection.NOT_OPEN: N_("Har inte öppnat ännu"),
    Connection.ENDED: N_("Har upphört"),
}
OWNERSHIPS = {
    Ownership.PUBLIC: N_("Offentlig"),
    Ownership.PRIVATE: N_("Privat"),
}
CHANNELS = {
    Channel.PHONE: N_("Ring"),
    Channel.LETTER: N_("Skicka brev"),
    Channel.VISIT: N_("Besök"),
    Channel.WEBSITE: N_("Läs på regionens webbplats"),
    Channel.NATIONAL: N_("Läs på 1177.se"),
}
TEXTS = {
    "receipt": "beside the receipt of what was sent to the region",
    "privacy": "on the page of personal data: who answers for it, and how to reach them",
}
"""Where a region says something in its own words, by slot."""
ADDRESS_ELSEWHERE = N_("Uppgifterna finns på regionens webbplats och på 1177.se.")
"""Said of a way without an address of its own."""

DAYS = (
    N_("måndag"),
    N_("tisdag"),
    N_("onsdag"),
    N_("torsdag"),
    N_("fredag"),
    N_("lördag"),
    N_("söndag"),
)
SPANS = {(1, 5): N_("vardagar"), (1, 7): N_("alla dagar"), (6, 7): N_("lördag och söndag")}
"""Stretches of days that have a name."""
ROUND_THE_CLOCK = N_("dygnet runt")
AND = N_("och")
