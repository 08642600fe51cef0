"""What a file is called on screen: what the sender called it, without what could deceive or break something."""

import re
import unicodedata

from inbox.files.kinds import Kind

LONGEST = 100
NAMELESS = "fil"
# Marks that show a name in another order than it is written (so that "exe.jpg" could be "gpj.exe"), and invisible ones.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# What some system takes as something else than part of a name.
_UNSAFE = re.compile(r'[<>:"|?*]')


def display_name(given: str, kind: Kind) -> str:
    """A safe name with an ending that fits the content; letters such as å, ä and ö stay."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", given)[-1])
    name = _UNSAFE.sub(" ", _UNSEEN.sub("", "".join(map(_without_control, name))))
    stem, ending = _split(" ".join(name.split()), kind)
    stem = stem[: LONGEST - len(ending)].strip(" .")
    return (stem or NAMELESS) + ending


def _without_control(letter: str) -> str:
    # Controls, lone surrogates, private and unassigned characters.
    return " " if unicodedata.category(letter).startswith("C") and not _UNSEEN.match(letter) else letter


def _split(name: str, kind: Kind) -> tuple[str, str]:
    """The name before its ending, and the ending that goes with the kind."""
    for extension in kind.extensions:
        if name.lower().endswith(extension):
            return name[: -len(extension)], name[-len(extension) :].lower()
    stem, dot, ending = name.rpartition(".")
    # What looks like the ending of another kind goes; "Brev 3. mars" is all name.
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,5}", ending):
        return name, kind.extensions[0]
    if stem.lower().endswith(kind.extensions):
        return _split(stem, kind)
    return stem, kind.extensions[0]
