"""Where a story names a place: kinds, names, towns and wards that stand together, as one naming."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from dialogs.listen.slips import meant
from dialogs.listen.standing import Hit, Reading, longest
from dialogs.listen.story import Story
from dialogs.listen.where.index import Index

ENOUGH = 40
"""Namings of one story that are weighed: whoever names more has said where it was."""
APART = 3
"""Small words that may stand between parts of one naming."""
KIND, NAME, TOWN, WARD, STRANGE = "kind", "name", "town", "ward", "strange"


class Part(Struct, frozen=True):
    """One word, or some, of a naming."""

    sort: str
    value: str
    first: int
    last: int


class Naming(Struct, frozen=True):
    """Parts that stand together."""

    parts: tuple[Part, ...]

    @property
    def first(self) -> int:
        """Its first token."""
        return self.parts[0].first

    @property
    def last(self) -> int:
        """After its last token."""
        return self.parts[-1].last

    def all(self, sort: str) -> list[str]:
        """Its parts of a sort."""
        return [part.value for part in self.parts if part.sort == sort]


def namings_in(story: Story, index: Index) -> list[Naming]:
    """All namings, in the order of the text."""
    lexicon = story.list("places")
    kinds = list(_kinds(story, lexicon))
    taken = {at for part in kinds for at in range(part.first, part.last)}
    words = list(_words(story, index, taken))
    parts = sorted((*kinds, *_compounds(story, index, kinds), *words), key=lambda part: part.first)
    found = [Naming(tuple(group)) for group in islice(_together(parts, story, lexicon), ENOUGH)]
    return [_with_strangers(each, story, lexicon) for each in found]


def _kinds(story: Story, lexicon: Reading) -> Iterator[Part]:
    for hit in longest(lexicon.hits, "unknown"):
        number = _number(story, hit, lexicon) if hit.key == WARD else None
        yield Part(WARD, number, hit.first, hit.last) if number else Part(KIND, hit.key, hit.first, hit.last)


def _compounds(story: Story, index: Index, kinds: Sequence[Part]) -> Iterator[Part]:
    """The town in a compound with a kind: "Sjöstadsakuten"."""
    for part in kinds:
        word = story.tokens[part.first].word
        town = next((word[:cut] for cut in range(len(word) - 3, 3, -1) if word[:cut] in index.towns), None)
        if town is not None:
            yield Part(TOWN, town, part.first, part.first + 1)


def _number(story: Story, hit: Hit, lexicon: Reading) -> str | None:
    words = [token.word for token in story.tokens[hit.first : hit.last]]
    table = lexicon.meanings("number")
    return next((table.get(word, word) for word in reversed(words) if word in table or word.isdecimal()), None)


def _words(story: Story, index: Index, taken: set[int]) -> Iterator[Part]:
    for at, token in enumerate(story.tokens):
        if at in taken:
            continue
        if token.word in index.towns:
            yield Part(TOWN, token.word, at, at + 1)
        elif token.word in index.names:
            yield Part(NAME, token.word, at, at + 1)
        elif story.text[token.start].isupper() or _after_preposition(story, at) or {at - 1, at + 1} & taken:
            word = next(meant(index.slips, token.word), None)
            if word is not None:
                yield Part(TOWN if word in index.towns else NAME, word, at, at + 1)


def _after_preposition(story: Story, at: int) -> bool:
    return at > 0 and story.tokens[at - 1].word in {"i", "pa", "vid", "in", "at"}


def _together(parts: Sequence[Part], story: Story, lexicon: Reading) -> Iterator[list[Part]]:
    group: list[Part] = []
    for at, part in enumerate(parts):
        after = parts[at + 1] if at + 1 < len(parts) else None
        if group and (_belongs_to(part, after, group) or not _joins(group, part, story, lexicon)):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _belongs_to(part: Part, after: Part | None, group: Sequence[Part]) -> bool:
    """Whether a name is that of the kind right behind it: "kuratorn på Ekbackens vårdcentral"."""
    if part.sort not in {NAME, TOWN} or after is None or not any(each.sort == KIND for each in group):
        return False
    return after.sort == KIND and after.first == part.last and (part.sort == NAME or after.value != "hospital")


def _joins(group: Sequence[Part], part: Part, story: Story, lexicon: Reading) -> bool:
    last = group[-1]
    between = story.tokens[last.last : part.first]
    if len(between) > APART or story.tokens[last.first].sentence != story.tokens[part.first].sentence:
        return False
    if not all(lexicon.has("link", token.word) for token in between):
        return False
    sorts = [each.sort for each in group]
    if part.sort in {TOWN, WARD} and part.sort in sorts and part.value not in {each.value for each in group}:
        return False
    if part.sort == KIND and part.value != "hospital" and KIND in sorts:
        # "akuten och röntgen", "vårdcentralen, BVC": two places, unless the second says where the first one lies.
        return _frames(group, part) and bool(between)
    comma = "," in story.text[story.tokens[last.last - 1].end : story.tokens[part.first].start]
    return not comma or part.sort in {TOWN, WARD} or part.value == "hospital"


def _frames(group: Sequence[Part], part: Part) -> bool:
    return part.value in {"medicine", "surgery", "psych", "children"} and group[0].sort == WARD


def _with_strangers(naming: Naming, story: Story, lexicon: Reading) -> Naming:
    """A name that the directory does not have, right before or behind a kind: "Allékliniken i Uddebo"."""
    if not naming.all(KIND) or naming.all(TOWN) or naming.all(NAME):
        return naming
    found = list(naming.parts)
    at = naming.last
    if at < len(story.tokens) and _capital(story, at) and not _ended(story, at):
        found.append(Part(STRANGE, story.tokens[at].word, at, at + 1))
        at += 1
    if at + 1 < len(story.tokens) and story.tokens[at].word in {"i", "in"} and _capital(story, at + 1):
        found.append(Part(STRANGE, story.tokens[at + 1].word, at + 1, at + 2))
    before = naming.first - 1
    alone = len(found) == len(naming.parts) and before > 0 and not _ended(story, naming.first)
    if alone and _capital(story, before) and not _ended(story, before):
        found.insert(0, Part(STRANGE, story.tokens[before].word, before, before + 1))
    return Naming(tuple(found))


def _ended(story: Story, at: int) -> bool:
    """Whether something else begins at a token: another sentence or clause."""
    return story.tokens[at - 1].clause != story.tokens[at].clause


def _capital(story: Story, at: int) -> bool:
    token = story.tokens[at]
    written = story.text[token.start : token.end]
    return len(written) > 2 and written[0].isupper() and not written.isupper()
