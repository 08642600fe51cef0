"""What is said of a form once: by its command, and by its spec."""

import pytest

from handlers.view.form_specs import FORMS, FormSpec
from inbox.cases.commands import KINDS
from server.app import ROOT

TEMPLATES = [path.read_text(encoding="utf-8") for path in (ROOT / "web/templates").rglob("*.html")]
WITHOUT = {"submit_case", "close_thread", "open_seat", "end_seat"}
"""One is sent by the guided chat, the others by the service itself."""


def test_every_command_that_people_give_in_a_case_has_a_form() -> None:
    assert set(FORMS) | WITHOUT == set(KINDS)
    assert not set(FORMS) & WITHOUT


@pytest.mark.parametrize("spec", FORMS.values(), ids=lambda spec: spec.tag)
def test_a_text_is_as_long_as_its_command_takes(spec: FormSpec) -> None:
    for text in spec.texts:
        if text.name in KINDS[spec.tag].__struct_fields__:
            assert spec.longest(text.name) in {1_000, 2_000, 5_000, 10_000, 20_000}
    # A measure is a part of the command of its own.
    assert {text.name for text in spec.texts} - set(KINDS[spec.tag].__struct_fields__) <= {"measure_text"}


@pytest.mark.parametrize("spec", FORMS.values(), ids=lambda spec: spec.tag)
def test_ids_on_the_page_are_those_of_the_templates(spec: FormSpec) -> None:
    written = "\n".join(TEMPLATES)
    for field, id in {(text.name, spec.id_of(text.name)) for text in spec.texts if text.name != "measure_text"}:
        # Made from the name of the command and the field, where several commands share a form.
        made = spec.tag if field == "text" else f"{spec.tag}-{field}"
        assert f'id="{id}"' in written or (id == made and 'tag ~ "-" ~ field' in written), id
        assert id == made or not spec.name


def test_what_may_be_left_out_is_said_by_the_command() -> None:
    assert FORMS["withdraw_case"].may_be_empty("reason")
    assert not FORMS["leave_case"].may_be_empty("reason")
    assert FORMS["answer_case"].may_be_empty("explanation")


def test_a_form_comes_back_with_its_texts_by_the_ids_of_the_page() -> None:
    typed = {"reason": ("Inte här",), "turn_to": ("Folktandvården",), "csrf": ("token",)}
    assert FORMS["refer_case"].on_page(typed) == {"refer-reason": "Inte här", "turn_to": "Folktandvården"}
