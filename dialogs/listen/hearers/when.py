"""When it happened: of all the times that a story names the one that it is about."""

from __future__ import annotations

from datetime import timedelta

from dialogs.kinds.when import When
from dialogs.listen.heard import Heard, Sure
from dialogs.listen.standing import Reading
from dialogs.listen.story import Story
from dialogs.listen.when.finding import times_in
from dialogs.listen.when.mention import Mention

WORTH = {
    "day": 1.0, "weekday": 1.0, "about": 0.95, "week": 0.97, "holiday": 0.97, "month": 0.93,
    "season": 0.93, "bare": 0.65, "lasting": 0.5, "now": 0.4, "year": 0.35,
}  # fmt: skip
NEAR = 8
"""Words around a time that say what it is a time of."""
LEAST, FAR = 0.15, 0.3
COURSE = timedelta(60)
"""So far apart may the days of one course of care lie."""
OLD = timedelta(365 * 4)


def hear(story: Story) -> tuple[Heard, ...]:
    """The time, with the others that it may be. It is always asked: of what seemed sure too much was wrong."""
    lexicon = story.list("when")
    weighed = [_weighed(each, at, story, lexicon) for at, each in enumerate(times_in(story))]
    good = sorted((each for each in weighed if each.worth > LEAST), key=lambda each: -each.worth)
    if not good:
        return ()
    best = good[0]
    course = _course(good)
    values = list(dict.fromkeys(_value(each, story) for each in good))
    if course is not None:
        values.insert(0, course)
    others = tuple(value for value in dict.fromkeys(values) if value != values[0])[:3]
    return (Heard(values[0], story.span(best.first, best.last), Sure.LIKELY, others, best.time.precision),)


def _value(mention: Mention, story: Story) -> When:
    first, last = mention.time.days
    return When(first, story.today) if mention.since else When(first, min(last, story.today))


def _weighed(mention: Mention, at: int, story: Story, lexicon: Reading) -> Mention:
    tokens, time = story.tokens, mention.time
    sentence = tokens[mention.first].sentence
    near = range(max(0, mention.first - NEAR), min(len(tokens), mention.last + NEAR))
    same = [i for i in near if tokens[i].sentence == sentence and not mention.first <= i < mention.last]
    clause = [i for i in same if tokens[i].clause == tokens[mention.first].clause]
    right_before = [i for i in same if mention.first - 3 <= i < mention.first and i in clause]
    worth = WORTH[time.precision] - 0.08 * min(at, 5) - 0.004 * min((time.days[1] - time.days[0]).days, 30)
    worth += 0.15 * any(lexicon.has("care", tokens[i].word) for i in same)
    worth -= 0.5 * any(lexicon.has("appointment", tokens[i].word) for i in clause if abs(i - mention.first) <= 5)
    worth -= 0.3 * any(lexicon.has("background", tokens[i].word) for i in same)
    worth -= 1.0 * any(lexicon.has("not", tokens[i].word) for i in right_before[-1:])
    worth -= 0.6 * any(lexicon.has("born", tokens[i].word) for i in right_before)
    worth -= 1.0 * any(_ends(tokens[i].word, tokens[i - 1].word if i else "", lexicon) for i in right_before[-1:])
    worth -= 0.4 * time.rolled
    worth -= 0.3 * (story.today - time.days[1] > OLD)
    if time.days[0] > story.today:
        worth = 0.0
    return Mention(time, mention.first, mention.last, worth, mention.since and story.today - time.days[0] < OLD)


def _ends(word: str, before: str, lexicon: Reading) -> bool:
    """Whether something lasted until then: "till", and not "natten till"."""
    return lexicon.has("until", word) and not lexicon.has("night", before)


def _course(good: list[Mention]) -> When | None:
    """From the first to the last of several days near each other, as one course of care."""
    days = sorted(
        {each.time.days for each in good if each.time.precision in {"day", "weekday", "bare"} and each.worth >= 0.6}
    )
    if len(days) < 3 or days[-1][1] - days[0][0] > COURSE or good[0].since:
        return None
    return When(days[0][0], days[-1][1])
