"""Where a story names somebody of the writer's, and what it says of them there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from dialogs.listen.standing import Reading
from dialogs.listen.story import Story

ME = {"mig", "me", "us"}
BEFORE, AFTER = 3, 5
ENOUGH = 60
"""Namings of one story that are weighed."""
OF_AGE = 18
FIRST = 45
"""Words at the beginning of a story, in which one says whom it is about."""


class Kin(Struct, frozen=True):
    """Somebody, named once."""

    who: str
    """`parent`, `child`, `partner`, `sibling` or `other`."""
    sex: str
    at: int
    worth: float
    owned: bool = True
    """Whether it was said whose: "min mamma"."""


def kin_in(story: Story, lexicon: Reading) -> list[Kin]:
    """Everybody who is named as the writer's, in the order of the text."""
    return [*islice(_kin(story, lexicon), ENOUGH), *islice(_named(story, lexicon), ENOUGH)]


def _named(story: Story, lexicon: Reading) -> Iterator[Kin]:
    """A child by its name alone: "vår Elsa", "Melker, 4". The name itself is not taken up."""
    tokens = story.tokens
    for at in range(1, len(tokens)):
        written = story.text[tokens[at].start : tokens[at].end]
        if not written[0].isupper() or written.isupper() or tokens[at].sentence != tokens[at - 1].sentence:
            continue
        after = tokens[at + 1].word if at + 1 < len(tokens) else ""
        aged = after.isascii() and after.isdecimal() and int(after[:3]) < OF_AGE
        if aged and "," in story.text[tokens[at].end : tokens[at + 1].start]:
            yield Kin("child", "any", at, 1.0, owned=False)
        elif tokens[at - 1].word in {"var", "vart", "our"} and tokens[at].word not in lexicon.meanings("kin"):
            # "Var" with no ring over the a is "was".
            ours = story.text[tokens[at - 1].start : tokens[at - 1].end].lower() in {"vår", "vårt", "our"}
            if ours:
                yield Kin("child", "any", at, 0.8)


def _kin(story: Story, lexicon: Reading) -> Iterator[Kin]:
    table = lexicon.meanings("kin")
    for at, token in enumerate(story.tokens):
        if token.word not in table or _is_other_word(story, at, lexicon):
            continue
        owner = _owner(story, at, lexicon)
        bare = lexicon.has("bare", token.word) and owner is None
        if owner == "poss" or (bare and not _introduced(story, at)):
            who, sex = table[token.word].split()
            yield Kin(who, sex, at, _worth(story, at, lexicon), owner == "poss")


def _is_other_word(story: Story, at: int, lexicon: Reading) -> bool:
    """Accents fell away: "får" is no father, nor is "far" where none are written. Nor is it he whose mother it is."""
    token = story.tokens[at]
    following = story.tokens[at + 1].word if at + 1 < len(story.tokens) else ""
    if following in lexicon.meanings("kin") and following not in {"man", "far"}:
        return True
    written = story.text[token.start : token.end].lower()
    return token.word in {"far", "fars"} and ("å" in written or "å" not in story.text.lower())


def _owner(story: Story, at: int, lexicon: Reading) -> str | None:
    clause = story.tokens[at].clause
    for i in range(at - 1, max(-1, at - 1 - BEFORE), -1):
        token = story.tokens[i]
        if token.clause != clause:
            break
        if token.word == "var" and (i == at - 1 or "å" in story.text[token.start : token.end].lower()):
            # "Vår", and not "var".
            return "poss"
        if lexicon.has("agent", token.word) or lexicon.has("patient", token.word):
            break
        if lexicon.has("poss", token.word):
            return "poss"
        if lexicon.has("child_poss", token.word) or token.word in lexicon.meanings("kin"):
            return "other"
    after = [token.word for token in story.tokens[at + 1 : at + 3]]
    return "poss" if after in (["till", "mig"], ["till", "oss"], ["of", "mine"]) else None


def _introduced(story: Story, at: int) -> bool:
    return at > 0 and story.tokens[at - 1].word in {"en", "ett", "a", "the"}


def _worth(story: Story, at: int, lexicon: Reading) -> float:
    tokens = story.tokens
    sentence = tokens[at].sentence
    after = [t for t in tokens[at + 1 : at + 1 + AFTER] if t.sentence == sentence]
    before = [t for t in tokens[max(0, at - BEFORE - 1) : at] if t.sentence == sentence]
    worth = 0.6 if at < FIRST else 0.2
    acts = next((i for i, t in enumerate(after) if lexicon.has("agent", t.word)), None)
    suffers = next((i for i, t in enumerate(after) if lexicon.has("patient", t.word)), None)
    helps = suffers is not None and any(lexicon.has("helps", t.word) for t in after[suffers + 1 : suffers + 3])
    if helps or any(lexicon.has("asked", t.word) for t in before):
        worth -= 0.6
    elif suffers is not None and (acts is None or suffers < acts):
        worth += 0.8
    elif acts is not None and acts < BEFORE:
        worth -= 0.6
    if any(lexicon.has("about", t.word) for t in before):
        worth += 0.5
    if any(lexicon.has("patient", t.word) for t in before if t.clause == tokens[at].clause):
        worth += 0.5
    if any(t.word in ME for t in after):
        worth -= 0.8
    if any(lexicon.has("with", t.word) for t in before[-2:]) and suffers is None:
        worth -= 0.3
    return worth
