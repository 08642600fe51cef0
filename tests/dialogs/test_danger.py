"""Danger is met as people write it, and calm stories are left alone."""

import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from dialogs.danger.emergency import emergency
from dialogs.danger.find import danger_in
from dialogs.danger.lists import load_lists
from dialogs.danger.phrases import Unreadable, rule_of


class Sentence(Struct, frozen=True):
    """One sentence, by somebody who had not seen the rules."""

    text: str
    danger: bool
    direct: bool
    lang: str
    kind: str


LINES = (Path(__file__).parent / "danger.jsonl").read_bytes().splitlines()
SENTENCES = [msgspec.json.decode(line, type=Sentence) for line in LINES]


def met(*, danger: bool, direct: bool) -> tuple[int, int]:
    """How many of the sentences of a kind are met, and how many there are."""
    chosen = [each for each in SENTENCES if (each.danger, each.direct) == (danger, direct)]
    return sum(emergency(each.text) for each in chosen), len(chosen)


def test_what_is_said_in_so_many_words_is_met() -> None:
    found, number = met(danger=True, direct=True)
    assert (found, number) >= (39, 40)


def test_most_of_what_is_only_hinted_at_is_met() -> None:
    found, number = met(danger=True, direct=False)
    assert number == 30
    assert found >= 25


def test_what_happens_now_is_met_though_it_began_before() -> None:
    assert emergency("Min värsta huvudvärk nånsin kom som ett slag för tio minuter sen, å nu spyr ja å ser dubbelt.")


class Own(Struct, frozen=True):
    """A sentence by whoever wrote the rules: it keeps what was reached, and proves nothing."""

    text: str
    danger: bool


def test_what_was_met_when_the_rules_were_written_is_met() -> None:
    lines = (Path(__file__).parent / "danger_own.jsonl").read_bytes().splitlines()
    own = [msgspec.json.decode(line, type=Own) for line in lines]
    missed = [each.text for each in own if each.danger and not emergency(each.text)]
    raised = [each.text for each in own if not each.danger and emergency(each.text)]
    assert (len(own), len(missed) <= 12, len(raised) <= 1) == (259, True, True)


def test_few_look_alikes_show_a_panel() -> None:
    found, number = met(danger=False, direct=False)
    assert number == 70
    assert found <= 3


@pytest.mark.parametrize(
    "said",
    [
        "hjälp jag dör",
        "jag längtar efter att dö",
        "jag har ingen lust att leva",
        "jag lever inte längre om en vecka",
        "jag villl inte leva",
        "jag står på tågspåret",
        "hon pratar om att dö",
        "han slår mina barn",
        "grannen slår sin fru just nu",
        "jag blir slagen hemma",
        "han våldtar mig",
        "jag ska hugga läkaren",
        "jag har fått en allergisk chock",
        "jag tror hon har fått en stroke",
        "ansiktet hänger på ena sidan",
        "barnet krampar",
        "bebisen är blå och slapp",
        "det gör så ont i bröstet och jag mår illa och kallsvettas",
        "vattnet har gått och det blöder",
        "I cannot breathe",
        "my husband beats me",
        "he has a knife",
    ],
)
def test_what_happens_now_to_oneself_or_to_others_is_met(said: str) -> None:
    assert emergency(said)


@pytest.mark.parametrize(
    "said",
    [
        "Jag fick en allergisk chock förra året och då kom ambulansen",
        "Mamma fick en stroke i mars och ligger på avdelning 4",
        "Läkaren pratade om att dö hemma med värdighet",
        "Telefonen krånglar och slår mig av linjen hela tiden",
        "Benet krampar ibland på natten",
        "Mottagningen ligger vid spåret och är svår att hitta",
        "Det hänger på er om jag får en tid",
        "Jag har ingen lust att gå dit igen",
        "Jag ska skjuta upp besöket",
        "Jag tror läkaren missade en stroke",
        "My doctor has a sharp tongue",
    ],
)
def test_what_only_sounds_like_it_is_left_alone(said: str) -> None:
    assert not emergency(said)


@pytest.mark.parametrize("before", ["", "nu ", "ibland ", "då ", "Ärligt talat, ", "Efter mötet med er "])
@pytest.mark.parametrize(
    "said",
    [
        "vill jag inte leva längre",
        "jag vill inte leva",
        "VILL JAG DÖ",
        "vill ja inte leva mer",
        "orkar jag inte leva",
        "jag orkar int längre leva",
        "vill jag bara dö",
        "tänker jag ta livet av mig",
        "jag vill do",
        "skär jag mig i armen igen",
    ],
)
def test_the_order_of_the_words_does_not_matter(before: str, said: str) -> None:
    assert emergency(before + said)


@pytest.mark.parametrize(
    "text",
    [
        "Min son vill inte leva.",
        "Hennes läppar är blå och hon får ingen luft",
        "Det slutar inte blöda",
        "min pappa hänger i ena mungipan och sluddrar",
        "Han står utanför dörren med kniv och säger att han ska döda mig",
        "She wont wake up",
        "My chest is crushing and the pain goes down my arm right now",
        "jag har svalt alla mina tabletter",
    ],
)
def test_danger_to_others_and_acute_illness_are_met(text: str) -> None:
    assert emergency(text)


@pytest.mark.parametrize(
    "text",
    [
        "Jag orkar inte mer med er växel.",
        "Läkaren frågade om jag ville dö.",
        "Min pappa dog av en hjärtinfarkt 2019.",
        "Vi skrattade ihjäl oss i väntrummet.",
        "Vårdcentralen svarar inte i telefon.",
        "Smärtan vill inte försvinna.",
        "Hon ville dö hemma, och det fick hon.",
        "I våras fick jag inte luft, men de skickade hem mig.",
        "I was bored to death in your waiting room.",
    ],
)
def test_calm_talk_of_grave_things_is_left_alone(text: str) -> None:
    assert not emergency(text)


def test_a_hit_names_its_family_and_points_at_the_words() -> None:
    text = "Tack för senast. Ibland vill jag inte leva längre."
    found = danger_in(text)
    assert found is not None
    assert (found.family, text[found.start : found.end]) == ("sv.unwilling", "vill jag inte leva")


@given(st.text(max_size=400))
def test_any_text_is_read_and_read_alike_twice(text: str) -> None:
    assert danger_in(text) == danger_in(text)


@pytest.mark.parametrize("word", ["självmrd", "självmoord", "självnord", "självmrod"])
def test_one_slip_in_a_long_word_hides_nothing(word: str) -> None:
    found = danger_in(f"Jag tänker på {word}.")
    assert found is not None
    assert found.level == "now"


@given(
    st.lists(st.sampled_from("vill jag inte leva dö nu i våras alla tabletter blod han svarar . , mig ta liv".split()))
)
def test_any_order_of_its_own_words_is_read(words: list[str]) -> None:
    found = danger_in(" ".join(words))
    assert found is None or 0 <= found.start < found.end


@pytest.mark.parametrize(
    "text", ["vill jag inte " * 570, "tar alla mina tabletter " * 330, "a" * 8000, "han svarar " * 700]
)
def test_a_long_text_takes_a_moment(text: str) -> None:
    load_lists()
    took = []
    for _ in range(3):
        begun = time.process_time()
        danger_in(text)
        took.append(time.process_time() - begun)
    # 20 ms on a machine of its own.
    assert min(took) < 0.1


@pytest.mark.parametrize("line", ["", "..", "{nobody}", "a .. ", "(a|b", "don't"])
def test_a_line_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(Unreadable):
        rule_of(line, {})
