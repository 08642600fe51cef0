"""Texts that mean nothing: `python -m tests.dialogs.listen.noise 20000` reads so many and prints how long it took."""

import json
import sys
import time
from datetime import date
from random import Random

from dialogs.danger.find import danger_in
from dialogs.listen.hear import hear
from dialogs.listen.heard import Heard, Sure
from tests.dialogs.listen.sample_places import SAMPLE

TODAY = date(2026, 11, 12)
LANGUAGES = ("sv", "en", "fi")
SORTS = {
    "letters": "abcdefghijklmnopqrstuvwxyzåäö     ",
    "signs": "{}()[];:=<>/\\\"'#*+-_.,!?%&|~^$@ 0123456789\n\t",
    "figures": "0123456789 /-.:",
    "emoji": "😀😭🏥❤️👍🏽 🇸🇪\u200d",
    "other": "абвгдежз ابتثجح שלוםעברית 你好世界日本語 αβγδ ไทย",
    "unseen": "a\u0301\u200b\u202e\u00ad\ufeff\x00\u2028 \u0130\u1e9e\ud800",
}
LINES = (
    "for (let at = 0; at < words.length; at++) { if (!words[at]) return null; }\n",
    "def heard(text: str) -> dict[str, tuple[int, ...]]:\n    return {}\n",
    "SELECT id, told_on FROM drafts WHERE version > 3 ORDER BY told_on DESC;\n",
    "Der Arzt hat mich am Montag nicht untersucht und ich warte seit drei Wochen auf eine Antwort. ",
    "Le médecin ne m'a pas écouté et j'attends une réponse depuis trois semaines. ",
    "Lääkäri ei kuunnellut minua, ja olen odottanut vastausta kolme viikkoa. ",
    "لم يستمع إليّ الطبيب وما زلت أنتظر الرد منذ ثلاثة أسابيع. ",
    "הרופא לא הקשיב לי ואני מחכה לתשובה כבר שלושה שבועות. ",
    "医生没有听我说话，我已经等了三个星期。",
    "Lekarz mnie nie wysłuchał i czekam na odpowiedź od trzech tygodni. ",
)
LONGEST = 10_000
LONG_EACH = 40
"""Of so many texts one is as long as can be."""


def noise(number: int) -> str:
    """A text that means nothing in Swedish or English, the same for the same number."""
    chance = Random(number)
    long = number % LONG_EACH == 0
    if number % 5 == 0:
        count = 400 if long else chance.choice((1, 3, 9))
        return "".join(chance.choices(LINES, k=count))[:LONGEST]
    letters = SORTS[chance.choice(list(SORTS))] if number % 3 else "".join(SORTS.values())
    return "".join(chance.choices(letters, k=LONGEST if long else chance.choice((0, 1, 7, 80, 400))))


def read(text: str, lang: str) -> dict[str, tuple[Heard, ...]]:
    """What is heard, where it has to be: nothing sure, and in the text."""
    heard = hear(text, lang, TODAY, SAMPLE)
    danger_in(text)
    for proposals in heard.values():
        for each in proposals:
            assert 0 <= each.span[0] <= each.span[1] <= len(text)
            assert each.how is Sure.LIKELY
    return heard


def main(count: int) -> None:
    """Reads so many texts, and prints how long they took of the processor."""
    for lang in LANGUAGES:
        read("", lang)
    took = []
    for number in range(count):
        text, lang = noise(number), LANGUAGES[number % len(LANGUAGES)]
        begun = time.process_time()
        read(text, lang)
        took.append((time.process_time() - begun) * 1000)
    took.sort()
    found = {"texts": count, "median_ms": round(took[count // 2], 2), "p99_ms": round(took[count * 99 // 100], 1)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
