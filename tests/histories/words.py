"""What people of generated cases say: all of it invented."""

STORIES = (
    "Jag ringde tre dagar i rad och fick vänta. Den fjärde dagen svarade ingen alls.",
    "Läkaren såg inte på mig. Han skrev på datorn hela tiden och sade att det går över.",
    "Min remiss försvann. Jag fick vänta i fyra månader innan någon såg att den aldrig hade skickats.",
    "Jag fick fel medicin utskriven. Apoteket märkte det. Vad hade hänt annars?",
    "Provsvaren kom aldrig. När jag ringde sade de att jag skulle ha ringt själv.",
    "Ingen talade om för mig vad operationen innebar. Jag hade velat veta det före.",
    "Jag satt sex timmar på akuten med bruten arm.\n\nIngen frågade om jag hade ont.",
    "Tolken kom inte. Besöket blev av ändå, fast jag förstod kanske hälften.",
)
TITLES = (
    "Fick vänta länge", "Fel medicin", "Remissen försvann", "Ingen svarade", "Dåligt bemött", "Provsvar som aldrig kom",
)  # fmt: skip
MESSAGES = (
    "Hej! Tack för att du skriver till oss. Vi läser nu igenom det.",
    "Det var strax efter klockan åtta på morgonen.",
    "Jag har pratat med dem som arbetade den dagen.",
    "Tack för svaret. Jag vill gärna veta hur ni tänker framåt.",
    "Vi återkommer nästa vecka.",
    "Kan du berätta vilken mottagning det var?",
    "Det stämmer inte riktigt. Jag ringde två gånger.",
    "Här är vad som står i journalen: <b>inget</b> om samtalet & inget om tiden.",
)
NOTES = ("Ringt enhetschefen, väntar på svar.", "Journalen är läst.", "Liknar ett tidigare ärende.")
ANSWERS = (
    "Vi svarade inte i telefon den dagen, eftersom två var sjuka och ingen vikarie fanns.",
    "Remissen blev liggande i en korg som ingen tömde. Det borde vi ha sett.",
    "Läkaren hade för kort tid. Besöket skulle ha varit dubbelt så långt.",
)
