"""Every time that a story names, with what is said of it right before and behind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from dialogs.listen.standing import Reading
from dialogs.listen.story import Story
from dialogs.listen.text import Token
from dialogs.listen.when.figures import figures_in
from dialogs.listen.when.mention import Mention, Said, Time
from dialogs.listen.when.reading import READINGS

NO_TIME = Time((date.min, date.min), "none")
"""What only sounds like a time: "tre gånger i veckan"."""
ENOUGH = 60
"""Times of one story that are weighed."""
AROUND = 3
"""Words before a time in which it may be said that it is after, before or since then."""
WIDE = {"week", "about", "holiday"}
SHIFTS = {"after": (1, 11), "before": (-10, -1), "around": (-4, 4)}


def times_in(story: Story) -> list[Mention]:
    """All times, in the order of the text; of two that share a word the longer one."""
    lexicon = story.list("when")
    found = sorted((*islice(_figures(story), ENOUGH), *islice(_phrases(story, lexicon), 2 * ENOUGH)), key=_rank)
    taken: set[int] = set()
    kept = []
    for mention in found:
        words = range(mention.first, mention.last)
        if taken.isdisjoint(words):
            taken.update(words)
            if mention.time is NO_TIME:
                continue
            kept.append(_with_words_before(mention, story, lexicon))
    return list(_joined(sorted(kept, key=lambda each: each.first), story, lexicon))


def _rank(mention: Mention) -> tuple[int, bool, int]:
    return mention.first - mention.last, mention.time is NO_TIME, mention.first


def _phrases(story: Story, lexicon: Reading) -> Iterator[Mention]:
    for hit in lexicon.hits:
        words = [token.word for token in story.tokens[hit.first : hit.last]]
        reading = READINGS.get(hit.key)
        time = reading(Said(words, lexicon.values, story.today)) if reading else NO_TIME
        if time is not None:
            yield Mention(time, hit.first, hit.last)


def _figures(story: Story) -> Iterator[Mention]:
    starts = [token.start for token in story.tokens]
    for start, end, time in figures_in(story.text, story.today):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if first < last:
            yield Mention(time, first, last)


def _with_words_before(mention: Mention, story: Story, lexicon: Reading) -> Mention:
    """Shifted by "after" and "before", or begun then and still going on."""
    at, tokens = mention.first, story.tokens
    before = _clause_before(tokens, at)
    for name in ("since", *SHIFTS):
        where = next((i for i in reversed(before) if lexicon.has(name, tokens[i].word)), None)
        if where is None:
            continue
        if name == "since":
            return Mention(mention.time, at, mention.last, since=True) if _since(story, where, at) else mention
        if at - where == 1 or (name != "around" and at - where == 2 and mention.time.precision in WIDE):
            return Mention(_shifted(mention.time, name, story), where, mention.last)
    return mention


def _since(story: Story, where: int, at: int) -> bool:
    """Whether "sen" is since, and not then: "sen i tisdags ringde de"."""
    token, before = story.tokens[where], story.tokens[where - 1] if where else None
    if token.word in {"anda", "alltsedan", "alltsen", "since"}:
        return True
    begins = before is None or before.sentence != token.sentence or before.word in {"och", "men"}
    if before is not None and before.word == "anda":
        return True
    return at - where == 1 and not begins


def _shifted(time: Time, name: str, story: Story) -> Time:
    first, last = SHIFTS[name]
    one = time.days[0] == time.days[1]
    if name == "around":
        days = time.days[0] + timedelta(first), time.days[1] + timedelta(last)
    elif name == "after":
        days = time.days[1] + timedelta(0 if not one else first), time.days[1] + timedelta(last)
    else:
        days = time.days[0] + timedelta(first), time.days[0] + timedelta(last)
    return Time((min(days[0], story.today), min(days[1], story.today)), "about")


def _joined(mentions: Sequence[Mention], story: Story, lexicon: Reading) -> Iterator[Mention]:
    """Times with "till" between them are one: from the first to the last."""
    waiting: Mention | None = None
    for mention in mentions:
        if waiting is not None and _until(waiting, mention, story, lexicon):
            first, last = waiting.time.days[0], mention.time.days[1]
            if first > last:
                first -= timedelta(7)
            waiting = Mention(Time((first, last), "day"), waiting.first, mention.last)
            continue
        narrowed = waiting and _narrowed(waiting, mention)
        if narrowed:
            waiting = narrowed
            continue
        if waiting is not None:
            yield waiting
        waiting = mention
    if waiting is not None:
        yield waiting


def _until(one: Mention, other: Mention, story: Story, lexicon: Reading) -> bool:
    between = story.tokens[one.last : other.first]
    weekdays = one.time.precision == other.time.precision == "bare"
    near = len(between) <= AROUND + 1 and (weekdays or one.time.days[0] <= other.time.days[1])
    dash = not between and story.text[story.tokens[one.last - 1].end : story.tokens[other.first].start].strip() in {
        "-",
        "–",
        "—",
    }
    return near and (dash or any(lexicon.has("until", token.word) for token in between))


def _narrowed(one: Mention, other: Mention) -> Mention | None:
    """The day of a week, or after a feast: "tisdagen i förra veckan", "onsdagen efter midsommar"."""
    if one.time.precision == "bare" and other.time.precision == "day" and other.first - one.last <= 1:
        same = one.time.days[0].weekday() == other.time.days[0].weekday()
        return Mention(other.time, one.first, other.last) if same else None
    for day, days in ((one, other), (other, one)):
        wide = days.time.days[1] - days.time.days[0]
        if (
            day.time.precision in {"bare", "weekday"}
            and days.time.precision in WIDE
            and timedelta(2) < wide < timedelta(14)
        ):
            at = days.time.days[0] + timedelta((day.time.days[0].weekday() - days.time.days[0].weekday()) % 7)
            if other.first - one.last <= 2 and at <= days.time.days[1]:
                return Mention(Time((at, at), "day"), one.first, other.last)
    return None


def _clause_before(tokens: Sequence[Token], at: int) -> list[int]:
    places = range(max(0, at - AROUND), at)
    return [i for i in places if tokens[i].clause == tokens[at].clause]
