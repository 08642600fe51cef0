"""Refusals in plain words: one place where a code becomes a status and a sentence."""

from http import HTTPStatus

from dialogs.errors import Category, Invalid, Refused
from dialogs.kinds import SENTENCES as OF_ANSWERS
from dialogs.sentences import N_, Counted, Translate, filled
from inbox.administration.definitions.errors import SENTENCES as OF_DIALOGS
from inbox.administration.errors import SENTENCES as OF_ROLES
from inbox.cases.errors import GuardsUnmet
from inbox.files.limits import DRAFT, MEGABYTE

OF_OTHERS = OF_ANSWERS | OF_ROLES | OF_DIALOGS
SENTENCES: dict[str, str] = OF_OTHERS | {
    "refused": N_("Något gick fel. Försök igen."),
    "not_a_code": N_(
        "Det är ingen hel kod, eller så har något tecken blivit fel. En kod har 20 tecken. I den finns aldrig "
        "B, G, I, O, Q, S, U eller Z, och inte heller 0, 1, 2, 5 eller 8."
    ),
    "no_such_case": N_("Ärendet finns inte, eller så är det inte ditt."),
    "no_such_seat": N_("Ingen kan sitta där."),
    "not_yours": N_("Du har inte rätt att göra det här i ärendet."),
    "not_now": N_(
        "Det går inte att göra det här just nu. Läget i ärendet har ändrats. Läs igenom det och försök igen."
    ),
    "not_this_type": N_("Ett sådant ärende kan inte avslutas så."),
    "unknown_case_type": N_("Vi kan inte visa ärendet just nu. Försök igen om en stund."),
    "client_id_reused": N_("Det här skickades redan, men med ett annat innehåll. Ladda om sidan och försök igen."),
    "guards_unmet": N_("Svaret är inte klart. Det här saknas."),
    "unknown_category": N_("En kategori eller ett område finns inte i listan. Välj på nytt i formuläret."),
    "not_a_colleague": N_("Personen handlägger inte ärenden på den här enheten."),
    "already_taken": N_("En kollega hann ta ärendet först."),
    "wrong_receiver": N_("Det går inte att skicka ärendet dit. Välj en annan mottagare."),
    "no_such_unit": N_("Vi hittar inte enheten. Välj en enhet i listan."),
    "other_provider": N_("Enheten hör till en annan vårdgivare. Dit kan ärendet inte flyttas."),
    "other_region": N_(
        "Enheten hör till en annan region. Hänvisa ärendet i stället: då får anmälaren veta vart det hör."
    ),
    "same_unit": N_("Ärendet är redan hos den enheten. Välj en annan."),
    "reply_window_over": N_("Tiden för följdfrågor är slut. Du kan börja ett nytt ärende."),
    "no_such_audience": N_("Det går inte att skriva till bara dem i det här ärendet."),
    "asks_wider": N_("Det senaste meddelandet var bara till några i ärendet. Säg om alla ska läsa det du har skrivit."),
    "no_such_request": N_("Frågan är redan besvarad, eller så finns den inte."),
    "more_than_asked": N_("Det går bara att dela det du har sett, och aldrig mer än du blev tillfrågad om."),
    "already_there": N_("De är redan med i ärendet, eller så väntar en fråga om dem på svar."),
    "no_such_statement": N_("Yttrandet finns inte."),
    "no_such_file": N_("Filen finns inte kvar. Lägg till den igen."),
    "no_such_draft": N_("Utkastet finns inte kvar. Det är skickat, borttaget eller för gammalt."),
    "too_many_drafts": N_(
        "Du har redan börjat på {most} andra. När du är inloggad ser du dem, och kan skicka eller ta bort dem."
    ),
    "stale_revision": N_("Du har ändrat dina svar i ett annat fönster. Här ser du det senaste."),
    "not_ready": N_("Några frågor är inte besvarade än."),
    "sign_in_needed": N_("Du behöver logga in för att göra det här."),
    "provider_away": N_("Inloggningen svarar inte just nu. Försök igen om en stund, eller välj ett annat sätt."),
    "provider_refuses": N_("Inloggningen gick inte att slutföra. Försök igen."),
    "bad_token": N_("Vi kunde inte lita på svaret från inloggningen. Du är inte inloggad. Försök igen."),
    "low_assurance": N_("Inloggningen är inte säker nog. Välj ett annat sätt att logga in."),
    "not_identified": N_("Vi fick inte veta vem du är. Välj ett annat sätt att logga in."),
    "sign_in_lost": N_("Inloggningen tog för lång tid, eller är redan använd. Börja om."),
    "sign_in_cancelled": N_("Du är inte inloggad. Du avbröt. Du kan försöka igen."),
    "no_such_employee": N_("Du har inget konto här. Be den som ansvarar för tjänsten hos er att lägga till dig."),
    "malformed": N_("Något i det du skickade kunde inte läsas. Det du skrev finns kvar."),
    "empty_text": N_("Skriv något innan du skickar."),
    "busy": N_("Många gjorde något i ärendet samtidigt. Försök igen."),
    "not_read": N_("Vi kan inte visa det just nu. Försök igen om en stund."),
    "not_ahead": N_("Sidan visas när du öppnar den."),
    "not_kept": N_("Vi kunde inte spara just nu. Det du skrev finns kvar. Försök igen om en stund."),
    "wrong_kind": N_("Vi kan inte ta emot den sortens fil. Skicka en bild (JPG, PNG, WebP eller HEIC) eller en PDF."),
    "too_big": N_("Filen är för stor. En fil får vara högst {megabytes} MB."),
    "too_many": N_("Du kan inte lägga till fler filer. Ta bort någon först."),
    "over_quota": N_("Filerna är för stora tillsammans. Ta bort någon, eller välj en mindre."),
    "empty_file": N_("Filen är tom. Välj en annan."),
    "broken_file": N_("Filen är skadad eller kom inte fram hel. Försök igen, eller välj en annan."),
    "over_day": N_("Du har skickat mycket i dag. Vänta till i morgon, eller välj en mindre fil."),
    "sign_in_to_attach": N_(
        "Just nu kan bara den som är inloggad lägga till filer. Logga in och lägg till filen sedan."
    ),
    "no_room": N_("Vi kan inte ta emot filer just nu. Det du har skrivit finns kvar. Försök igen senare."),
    "too_many_uploads": N_("Du har många filer på väg. Vänta tills de är uppladdade."),
    "too_many_pixels": N_("Bilden är för stor att visa. Ta en ny med lägre upplösning, eller gör den mindre."),
    "picture_too_heavy": N_(
        "Bilden är sparad på ett sätt som tar för lång tid att packa upp. Spara om den, eller ta en ny."
    ),
    "infected": N_("Vi hittade ett virus i filen. Den är inte sparad. Välj en annan."),
    "not_scanned": N_("Filen kan inte kontrolleras just nu. Den är inte sparad. Försök igen om en stund."),
    "no_such_upload": N_("Filen kom inte fram. Lägg till den igen."),
    "upload_over": N_("Det tog för lång tid. Lägg till filen igen."),
    "wrong_offset": N_("En del av filen fattas. Vi skickar den igen."),
    "wrong_checksum": N_("En del av filen kom inte fram rätt. Vi skickar den igen."),
    "bad_csrf": N_("Sidan är för gammal eller öppnades från en annan plats. Ladda om den och försök igen."),
    "newer_message": N_(
        "Något nytt har kommit sedan du öppnade sidan. Läs det först. Det du skrev finns kvar. Skicka igen om du vill."
    ),
    "too_often": Counted(
        "Det går lite för fort. Vänta {seconds} sekund och försök igen. Det du skrev finns kvar.",
        "Det går lite för fort. Vänta {seconds} sekunder och försök igen. Det du skrev finns kvar.",
        "seconds",
    ),
    "unknown_command": N_("Det finns inget sådant kommando."),
}
"""What people are told, in Swedish; English lies in the catalogue. Complete: a test compares with the refusals."""

PARTS: dict[str, object] = {"seconds": 1, "most": 1, "megabytes": DRAFT.file // MEGABYTE, "unit": "", "flaws": ""}
"""What a sentence is filled with where its refusal does not say."""

GUARDS: dict[str, str] = {
    "explanation_missing": N_("Skriv en förklaring av vad som hände."),
    "measures_missing": N_("Skriv en åtgärd, eller varför ni inte vidtar någon."),
    "problem_missing": N_("Välj minst ett problem som ärendet handlar om."),
    "area_missing": N_("Välj vilket verksamhetsområde ärendet gäller."),
    "place_missing": N_("Välj vilken enhet ärendet gäller."),
    "assessment_missing": N_("Skriv en bedömning av om den som frågar får veta. Patienten är någon annan."),
    "statement_pending": N_("Ett yttrande är begärt men har inte kommit."),
}
"""What is missing before a final answer, by guard."""

STATUSES = {
    Category.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Category.SIGN_IN: HTTPStatus.UNAUTHORIZED,
    Category.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Category.UNKNOWN: HTTPStatus.NOT_FOUND,
    Category.CONFLICT: HTTPStatus.CONFLICT,
    Category.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Category.TOO_OFTEN: HTTPStatus.TOO_MANY_REQUESTS,
    Category.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}

SORRY = N_("Något gick fel hos oss. Det du redan har skickat är sparat. Försök igen om en stund.")
"""What people are told of a fault of ours."""


def status_of(refusal: Refused) -> HTTPStatus:
    """The HTTP status of a refusal."""
    return STATUSES[refusal.category]


def sentence_of(refusal: Refused, translate: Translate, language: str) -> str:
    """What to tell the person, in their language; numbers as people read them."""
    return filled(SENTENCES.get(refusal.code, SENTENCES["refused"]), translate, language, PARTS | refusal.params)


def fault_reply(translate: Translate) -> dict[str, object]:
    """What a machine hears when we fail, not it: that it may try again."""
    return {"error": {"code": HTTPStatus.INTERNAL_SERVER_ERROR.name.lower(), "message": translate(SORRY)}}


def reply_of(refusal: Refused, translate: Translate, language: str) -> dict[str, object]:
    """The refusal for machines, and for scripts that show it: code, sentence and, for an answer, every unmet guard."""
    reply: dict[str, object] = {"code": refusal.code, "message": sentence_of(refusal, translate, language)}
    if isinstance(refusal, GuardsUnmet):
        reply["guards"] = [{"code": guard, "message": translate(GUARDS[guard])} for guard in refusal.guards]
    if "seconds" in refusal.params:
        reply["retry_after"] = refusal.params["seconds"]
    if where := refusal.step if isinstance(refusal, Invalid) else refusal.params.get("where"):
        reply["where"] = str(where)
    return {"error": reply}
