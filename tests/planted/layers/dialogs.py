"""Faults in what is asked, in which order, and what counts as an answer."""

from tests.planted.fault import Fault

FAULTS = (
    Fault(
        "dialogs/engine.py",
        "    known = _Known(given, facts)\n    node = target(dialog, dialog.first)",
        "    known = _Known(answers, facts)\n    node = target(dialog, dialog.first)",
        "an answer that she has gone back from steers what she is asked next",
        ("tests/dialogs/test_walks.py::test_changing_an_answer_and_changing_it_back_sends_the_same_bytes",),
    ),
    Fault(
        "dialogs/engine.py",
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
        "who has named one thing is asked which of them matters most",
        ("tests/dialogs/test_ways.py::test_a_plain_complaint_goes_straight_to_the_review",),
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
        "    given = [Given(step.id, step.name, way.answers[step.id]) for step in way.steps]",
        "    given = [Given(id, id, value) for id, value in answers.items()]",
        "what she has changed her mind about is sent all the same",
        ("tests/dialogs/test_ways.py::test_praise_takes_three_questions_after_the_first",),
    ),
    Fault(
        "dialogs/danger/find.py",
        '        if self._has("now", start - NEAR, end + NEAR):\n            return True\n',
        "",
        "somebody in danger is not shown where to call",
        ("tests/dialogs/test_danger.py::test_most_of_what_is_only_hinted_at_is_met",),
    ),
    Fault(
        "dialogs/danger/find.py",
        "    return swapped or rest[1:] in {wanted, wanted[1:]} or rest == wanted[1:]",
        "    return swapped or rest == wanted[1:]",
        "one letter too many, typed in a hurry, and nobody is told where to call",
        ("tests/dialogs/test_danger.py::test_one_slip_in_a_long_word_hides_nothing",),
    ),
)
