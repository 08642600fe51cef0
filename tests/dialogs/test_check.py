"""A broken definition is refused, and each fault has a name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dialogs.checks.problems import problems
from dialogs.load import BrokenDialog, NoSuchDialog, load, load_from, names, versions
from tests.dialogs.small import Plain, built, is_, plain, text


def test_a_sound_definition_has_no_problems() -> None:
    assert problems(built(plain())) == ()


@pytest.mark.parametrize("name", names())
def test_every_definition_that_is_delivered_loads_in_every_version(name: str) -> None:
    for version in versions(name):
        dialog = load(name, version)
        assert (dialog.id, dialog.version) == (name, version)


def no_rule_for_the_rest(it: Plain) -> None:
    it["steps"][1]["next"] = [{"to": "review", "when": is_("milk", "yes")}]


def no_rules_at_all(it: Plain) -> None:
    it["steps"][1]["next"] = []


def nothing_to_pick(it: Plain) -> None:
    it["steps"][1]["choices"] = []


def nothing_left_to_pick(it: Plain) -> None:
    for choice in it["steps"][1]["choices"]:
        choice["when"] = is_("drink", "coffee")


def nobody_leads_there(it: Plain) -> None:
    it["steps"][0]["next"] = [{"to": "milk"}]


def asked_of_nobody(it: Plain) -> None:
    it["steps"][1]["when"] = is_("drink", "neither")


def back_to_the_start(it: Plain) -> None:
    it["steps"][1]["next"] = [{"to": "drink"}]


def round_by_a_way_out(it: Plain) -> None:
    it["endings"][0]["resume"] = "drink"
    for words in it["words"].values():
        words["endings"]["water"]["resume"] = "Fortsätt"


def a_case_of_a_question_that_there_is_not(it: Plain) -> None:
    it["case"] = {"place": "where"}


def a_choice_that_means_no_type(it: Plain) -> None:
    it["case"] = {"type": "drink", "types": {"tea": "praise", "coffee": "praise"}}


def a_type_of_a_choice_that_there_is_not(it: Plain) -> None:
    it["case"] = {"type": "milk", "types": {"yes": "praise", "no": "praise", "perhaps": "praise"}}


def a_glance_at_a_question_that_there_is_not(it: Plain) -> None:
    it["case"] = {"facts": {"wants": ["sugar"]}}


def a_question_without_english(it: Plain) -> None:
    del it["words"]["en"]["steps"]["milk"]


def no_english_at_all(it: Plain) -> None:
    del it["words"]["en"]


def no_reason_why(it: Plain) -> None:
    it["words"]["sv"]["steps"]["milk"]["why"] = " "


def a_choice_without_words(it: Plain) -> None:
    del it["words"]["sv"]["steps"]["milk"]["choices"]["no"]


def a_way_out_without_words(it: Plain) -> None:
    it["words"]["sv"]["endings"]["water"]["body"] = []


def no_words_for_going_on(it: Plain) -> None:
    it["endings"][0]["resume"] = "milk"


def words_for_nothing(it: Plain) -> None:
    it["words"]["sv"]["steps"]["sugar"] = text()


def leads_to_nowhere(it: Plain) -> None:
    it["steps"][1]["next"] = [{"to": "cake"}]


def begins_nowhere(it: Plain) -> None:
    it["first"] = "cake"


def reads_a_step_that_is_not_there(it: Plain) -> None:
    it["steps"][1]["when"] = is_("cake", "tea")


def reads_a_choice_that_is_not_there(it: Plain) -> None:
    it["steps"][1]["when"] = is_("drink", "juice")


def reads_a_fact_that_nobody_knows(it: Plain) -> None:
    it["steps"][1]["when"] = {"op": "not", "of": {"op": "fact", "fact": "is_thirsty"}}


def reads_a_fact_that_is_not_yes_or_no(it: Plain) -> None:
    it["steps"][1]["when"] = {"op": "fact", "fact": "today"}


def a_rule_behind_one_that_always_holds(it: Plain) -> None:
    it["steps"][1]["next"] = [{"to": "review"}, {"to": "review"}]


def two_answers_at_once(it: Plain) -> None:
    both = {"op": "all", "of": [is_("milk", "yes"), is_("milk", "no")]}
    it["steps"][1]["next"] = [{"to": "water", "when": both}, {"to": "review"}]


def reads_an_answer_that_comes_later(it: Plain) -> None:
    it["steps"][0]["choices"].append({"id": "juice", "when": is_("milk", "yes")})
    for words in it["words"].values():
        words["steps"]["drink"]["choices"]["juice"] = {"label": "Ord"}


def a_number_that_is_never_asked(it: Plain) -> None:
    it["statistics"].append({"field": "size"})


def a_number_that_only_some_are_asked(it: Plain) -> None:
    it["statistics"].append({"field": "milk"})


def a_number_that_can_be_skipped(it: Plain) -> None:
    it["steps"][0]["optional"] = True


def the_same_name_twice_on_one_way(it: Plain) -> None:
    it["steps"][1]["field"] = "drink"


def the_same_id_twice(it: Plain) -> None:
    it["steps"].append(it["steps"][1])


def a_step_called_review(it: Plain) -> None:
    it["endings"].append({"id": "review"})


def the_same_choice_twice(it: Plain) -> None:
    it["steps"][1]["choices"].append({"id": "yes"})


def a_category_that_is_not_in_the_list(it: Plain) -> None:
    it["steps"][0]["choices"][0]["categories"] = ["99"]


FAULTS = [
    ("dead_end", "milk", no_rule_for_the_rest),
    ("dead_end", "milk", no_rules_at_all),
    ("dead_end", "milk", nothing_to_pick),
    ("dead_end", "milk", nothing_left_to_pick),
    ("unreachable", "water", nobody_leads_there),
    ("unreachable", "milk", asked_of_nobody),
    ("unknown_field", "case", a_case_of_a_question_that_there_is_not),
    ("means_nothing", "drink.neither", a_choice_that_means_no_type),
    ("unknown_choice", "case", a_type_of_a_choice_that_there_is_not),
    ("unknown_step", "case.facts.wants", a_glance_at_a_question_that_there_is_not),
    ("loop", "drink", back_to_the_start),
    ("loop", "water", round_by_a_way_out),
    ("missing_text", "milk.question", a_question_without_english),
    ("missing_text", "en", no_english_at_all),
    ("missing_text", "milk.why", no_reason_why),
    ("missing_text", "milk.no", a_choice_without_words),
    ("missing_text", "water.body", a_way_out_without_words),
    ("missing_text", "water.resume", no_words_for_going_on),
    ("stray_text", "sugar", words_for_nothing),
    ("unknown_step", "milk", leads_to_nowhere),
    ("unknown_step", "first", begins_nowhere),
    ("unknown_step", "milk", reads_a_step_that_is_not_there),
    ("unknown_choice", "milk", reads_a_choice_that_is_not_there),
    ("unknown_fact", "milk", reads_a_fact_that_nobody_knows),
    ("unknown_fact", "milk", reads_a_fact_that_is_not_yes_or_no),
    ("never_true", "milk", a_rule_behind_one_that_always_holds),
    ("never_true", "milk", two_answers_at_once),
    ("never_true", "drink.juice", reads_an_answer_that_comes_later),
    ("missing_field", "size", a_number_that_is_never_asked),
    ("missing_field", "milk", a_number_that_only_some_are_asked),
    ("missing_field", "drink", a_number_that_can_be_skipped),
    ("field_twice", "drink", the_same_name_twice_on_one_way),
    ("doubled_id", "milk", the_same_id_twice),
    ("doubled_id", "review", a_step_called_review),
    ("doubled_id", "milk.yes", the_same_choice_twice),
    ("unknown_category", "drink.tea", a_category_that_is_not_in_the_list),
]


@pytest.mark.parametrize(("code", "where", "fault"), FAULTS, ids=[fault.__name__ for _, _, fault in FAULTS])
def test_a_fault_is_found_by_name_and_place(code: str, where: str, fault: Callable[[Plain], None]) -> None:
    definition = plain()
    fault(definition)
    assert (code, where) in {(problem.code, problem.where) for problem in problems(built(definition))}


def test_a_broken_definition_is_not_loaded(tmp_path: Path) -> None:
    _write(tmp_path, 'id = "tea"\nversion = 1\ncase_type = "tea"\nlanguages = ["sv"]\nfirst = "cake"\nsteps = []\n')
    with pytest.raises(BrokenDialog) as refused:
        load_from(tmp_path, "tea", 1)
    assert {problem.code for problem in refused.value.problems} == {"unknown_step", "missing_text"}


@pytest.mark.parametrize("text", ["id = ", 'id = "tea"\n', 'colour = "green"\n'])
def test_a_file_without_the_right_shape_is_refused_by_name(tmp_path: Path, text: str) -> None:
    _write(tmp_path, text)
    with pytest.raises(BrokenDialog) as refused:
        load_from(tmp_path, "tea", 1)
    assert [problem.code for problem in refused.value.problems] == ["bad_shape"]


def test_a_dialog_or_version_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(NoSuchDialog):
        load("cake")
    with pytest.raises(NoSuchDialog):
        load("complaint", 999)


def _write(folder: Path, text: str) -> None:
    (folder / "tea" / "1").mkdir(parents=True)
    (folder / "tea" / "1" / "dialog.toml").write_text(text, encoding="utf-8")
