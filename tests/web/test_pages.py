"""What templates draw, held against the structs that pages are."""

from typing import ClassVar

import pytest
from jinja2 import DictLoader, Environment
from msgspec import Struct

from handlers.page import Page
from server.reference.page_contexts import every_page
from tests.web.examples.pages import PAGES
from tests.web.gallery import BLANK, environment
from tests.web.template_types import Walk

SHARED = set(Page.__struct_fields__)


@pytest.mark.parametrize("page", every_page(), ids=lambda page: page.template)
def test_a_page_has_all_that_its_template_names_and_its_template_draws_all_that_it_has(page: type[Page]) -> None:
    found = Walk(environment(), page, ["person"])
    assert found.wrong == []
    assert set(page.__struct_fields__) - found.drawn[page] <= SHARED


def test_every_template_is_a_page_or_a_part_of_one() -> None:
    parts = ("parts/", "kinds/", "beside/")
    whole = {name for name in environment().list_templates(["html"]) if not any(part in name for part in parts)}
    assert {page.template for page in every_page()} == {name for name in whole if not name.startswith("base_")}


def test_no_two_pages_share_a_template() -> None:
    templates = [page.template for page in every_page()]
    assert len(templates) == len(set(templates))


@pytest.mark.parametrize("name", PAGES)
def test_an_example_has_what_its_page_has(name: str) -> None:
    template, context = PAGES[name]
    fields = next(set(page.__struct_fields__) for page in every_page() if page.template == template)
    assert set(context) - fields - {"person"} == set()
    assert fields - set(context) <= set(BLANK)


class Leaf(Struct, frozen=True):
    name: str
    size: int = 0


class Tree(Page, frozen=True, kw_only=True):
    template: ClassVar[str] = "tree.html"
    leaves: tuple[Leaf, ...]
    chosen: Leaf | None
    pairs: tuple[tuple[str, Leaf], ...]


def looked_at(template: str, **others: str) -> Walk:
    """The walk through a template of its own. The page is no page of the service: nothing keeps it."""
    env = Environment(loader=DictLoader({"tree.html": template, **{f"{name}.html": it for name, it in others.items()}}))  # noqa: S701
    return Walk(env, Tree, [])


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{{ twig }}", "tree.html: twig"),
        ("{{ chosen.weight }}", "tree.html:1: .weight"),
        ("{% for leaf in leaves %}{{ leaf.weight }}{% endfor %}", "tree.html:1: .weight"),
        ("{{ leaves[0].weight }}", "tree.html:1: .weight"),
        ("{{ (leaves|first).weight }}", "tree.html:1: .weight"),
        ('{{ leaves|map(attribute="weight")|join }}', "tree.html:1: .weight"),
        ('{{ leaves|selectattr("weight")|list|length }}', "tree.html:1: .weight"),
        ("{% for name, leaf in pairs %}{{ leaf.weight }}{% endfor %}", "tree.html:1: .weight"),
        ("{% set it = chosen %}{{ it.weight if it else '' }}", "tree.html:1: .weight"),
        ("{% macro one(leaf) %}{{ leaf.weight }}{% endmacro %}{{ one(chosen) }}", "tree.html:1: .weight"),
        ("{% from 'part.html' import one with context %}{{ one(chosen) }}", "part.html:1: .weight"),
        ("{% from 'part.html' import bare with context %}{{ bare() }}", "part.html: twig"),
        ("{% extends 'frame.html' %}{% block it %}{{ super() }}{% endblock %}", "frame.html: bough"),
        ("{% include 'bit.html' %}", "bit.html: bough"),
        ("{{ chosen.name.weight }}", "tree.html:1: .weight"),
    ],
)
def test_what_a_page_lacks_is_found_wherever_it_is_drawn(template: str, told: str) -> None:
    part = "{% macro one(leaf) %}{{ leaf.weight }}{% endmacro %}{% macro bare() %}{{ twig }}{% endmacro %}"
    frame = "{{ bough }}{% block it %}{% endblock %}"
    assert looked_at(template, part=part, frame=frame, bit="{{ bough }}").wrong == [told]


def test_what_a_page_has_and_nothing_draws_is_found() -> None:
    drawn = looked_at("{% for leaf in leaves %}{{ leaf.name }}{{ leaf.size }}{% endfor %}").drawn
    assert drawn[Tree] == {"leaves"}
    assert drawn[Leaf] == {"name", "size"}
