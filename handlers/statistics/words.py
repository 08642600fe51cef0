"""What is counted, in words; and what each figure means."""

from datetime import date

from dialogs.locales import month_of
from dialogs.schema.categories import load_categories
from dialogs.sentences import N_
from handlers.view.locale import Locale

NOT_STATED = N_("Ej angivet")
FEW = N_("färre än 5")
DIMENSIONS = {
    "all": N_("Ärenden"),
    "kind": N_("Vad det är"),
    "main": N_("Problem"),
    "sub": N_("Delproblem"),
    "area": N_("Verksamhetsområde"),
    "age": N_("Patientens ålder"),
    "sex": N_("Patientens kön"),
    "relation": N_("Vem som har skrivit"),
    "outcome": N_("Hur det gick"),
    "days": N_("Dagar till svar"),
    "goal": N_("Svar inom målet"),
    "measure": N_("Åtgärd i svaret"),
    "rated": N_("Fick svar på sin fråga"),
    "satisfied": N_("Åtgärd lovad, och svar på frågan"),
    "reopened": N_("Öppnat igen efter svaret"),
}
VALUES = {
    "kind": {"complaint": N_("Klagomål"), "suggestion": N_("Synpunkt"), "praise": N_("Beröm")},
    "relation": {
        "self": N_("Patienten"),
        "guardian": N_("Vårdnadshavare"),
        "relative": N_("Närstående"),
        "proxy": N_("Ombud"),
        "bereaved": N_("Närstående till någon som har dött"),
    },
    "sex": {"woman": N_("Kvinna"), "man": N_("Man"), "other": N_("Annat")},
    "outcome": {
        "open": N_("Pågår"),
        "answered": N_("Besvarat"),
        "withdrawn": N_("Återkallat"),
        "referred": N_("Hänvisat till någon annan"),
        "left": N_("Avslutat utan svar"),
    },
    "goal": {"kept": N_("Inom målet"), "missed": N_("Efter målet")},
    "measure": {"promised": N_("Åtgärd lovad"), "none": N_("Ingen åtgärd")},
    "rated": {"yes": N_("Ja"), "partly": N_("Delvis"), "no": N_("Nej"), "": N_("Har inte sagt något")},
    "satisfied": {"promised": N_("Ja")},
    "reopened": {"yes": N_("Ja")},
}
MEANINGS = (
    N_(
        "Ett ärende räknas den månad det kom in. Har både vården och patientnämnden ärendet räknas det en gång hos var."
    ),
    N_("Problem är det som handläggaren valde i svaret. Ett ärende kan handla om flera problem."),
    N_("Dagar till svar räknas från dagen ärendet kom in till det första slutliga svaret."),
    N_("Målet är en dag som regionen själv har bestämt. Det är ingen gräns i lagen."),
    N_("Ålder och kön är det som den som skrev har valt att berätta."),
)


def value_words(dimension: str, value: str, locale: Locale) -> str:
    """A value as people call it."""
    if dimension in {"main", "sub"}:
        known = load_categories().problem(value)
        return known.label(locale.language) if known else locale.t(N_("Beröm")) if value == "P" else value
    if dimension == "area":
        known = load_categories().area(value)
        return known.label(locale.language) if known else locale.t(NOT_STATED)
    if dimension == "age" and value:
        low, _, high = value.partition("-")
        return (
            locale.t(N_("{low}–{high} år"), low=low, high=high)
            if high
            else locale.t(N_("{low} år eller äldre"), low=low)
        )
    if dimension == "days":
        return str(int(value))
    words = VALUES.get(dimension, {}).get(value)
    return locale.t(words) if words else locale.t(NOT_STATED)


def scope_words(scope: str, locale: Locale) -> str:
    """Whose figures they are."""
    kind, _, id = scope.partition(":")
    directory = locale.directory
    match kind:
        case "region":
            return directory.regions[id].name
        case "provider":
            return directory.providers[id].name
        case "unit":
            return locale.unit(id)
    return locale.t(N_("Hela landet"))


def month_words(month: int, language: str) -> str:
    """The month's name."""
    return month_of(date(2026, month, 1), language)
