"""Faults in what is asked, in which order, and what counts as an answer."""

from tests.planted.fault import Fault

FAULTS = (
    Fault(
        "dialogs/engine.py",
        "    known = Known(given, facts)\n    node = target(dialog, dialog.first)",
        "    known = Known(answers, facts)\n    node = target(dialog, dialog.first)",
        "an answer that she has gone back from steers what she is asked next",
        ("tests/dialogs/test_walks.py::test_changing_an_answer_and_changing_it_back_sends_the_same_bytes",),
    ),
    Fault(
        "dialogs/known.py",
        "    return choices.issuperset(value.picked)",
        "    return bool(choices)",
        "what matters most to her is something she has taken away again",
        ("tests/dialogs/test_ways.py::test_a_theme_that_is_taken_away_cannot_stay_the_most_important",),
    ),
    Fault(
        "dialogs/engine.py",
        'raise Invalid("not_on_path", step_id)',
        "return here[0]  # type: ignore[return-value]",
        "an answer to a question that nobody asked is kept as the answer to another one",
        ("tests/dialogs/test_walks.py::test_an_answer_off_the_path_is_refused_and_never_sent",),
    ),
    Fault(
        "dialogs/schema/conditions.py",
        "            return choice in known.picked(step)",
        "            return known.picked(step) == (choice,)",
        "somebody who picked several things is not asked about one of them",
        ("tests/dialogs/test_conditions.py::test_a_condition_is_about_nothing_one_or_several",),
    ),
    Fault(
        "dialogs/schema/conditions.py",
        "            return len(known.picked(step)) > than",
        "            return len(known.picked(step)) >= than",
        "who has named one thing can be asked which of them matters most",
        (
            "tests/dialogs/test_ways.py::test_the_most_important_theme_can_be_told_where_there_are_several_and_nobody_is_asked",
        ),
    ),
    Fault(
        "dialogs/kinds/several.py",
        "        if len(picked) > 1 and any(choice.exclusive",
        "        if len(picked) > 9 and any(choice.exclusive",
        "an answer says a thing and its opposite",
        ("tests/dialogs/test_validate.py::test_a_bad_answer_is_refused_by_name",),
    ),
    Fault(
        "dialogs/kinds/short_text.py",
        "        raise asked.refused(missing, field)",
        "        return text",
        "a story that nobody can see anything in is sent to the care",
        ("tests/dialogs/test_validate.py::test_a_bad_answer_is_refused_by_name",),
    ),
    Fault(
        "dialogs/submission.py",
        "way.answers[step.id], heard.get(step.id, ()))\n        for step in way.steps",
        "answers[step.id], heard.get(step.id, ()))\n        for step in dialog.steps if step.id in answers",
        "what she has changed her mind about is sent all the same",
        ("tests/dialogs/test_ways.py::test_what_she_has_changed_her_mind_about_is_not_sent",),
    ),
    Fault(
        "dialogs/danger/find.py",
        '        if self._has("now", start - NEAR, end + NEAR):\n            return True\n',
        "",
        "somebody in danger is not shown where to call",
        ("tests/dialogs/test_danger.py::test_what_happens_now_is_met_though_it_began_before",),
    ),
    Fault(
        "dialogs/danger/find.py",
        "    return swapped or rest[1:] in {wanted, wanted[1:]} or rest == wanted[1:]",
        "    return swapped or rest == wanted[1:]",
        "one letter too many, typed in a hurry, and nobody is told where to call",
        ("tests/dialogs/test_danger.py::test_one_slip_in_a_long_word_hides_nothing",),
    ),
    Fault(
        "dialogs/proposals.py",
        "isinstance(seen, Understood) and told is not None and seen.story == story_digest(told.text)",
        "isinstance(seen, Understood) and told is not None",
        "what she adds to her story is never understood",
        (
            "tests/dialogs/test_proposals.py::test_adding_to_the_story_proposes_again_and_touches_nothing_that_was_confirmed",
        ),
    ),
    Fault(
        "dialogs/kinds/consent.py",
        '    hears = ""',
        '    hears = "choice"',
        "a yes that only a person may give is taken out of a story",
        ("tests/dialogs/test_proposals.py::test_what_only_a_person_may_say_is_never_heard",),
        rights=True,
    ),
    Fault(
        "dialogs/proposals.py",
        "        if step.heard_from and field in raw:",
        "        if field in raw:",
        "a question that nobody was shown is answered where the story is confirmed",
        ("tests/dialogs/test_proposals.py::test_only_what_is_heard_from_the_story_can_be_answered_there",),
        rights=True,
    ),
)
