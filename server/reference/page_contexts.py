"""What each page is given, for web/templates/README.md: the struct of the page, and the structs that stand in it."""

import ast
import inspect
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

import handlers  # noqa: F401 - with every page that a route leads to
from handlers import error_middleware  # noqa: F401 - with the page of refusals
from handlers.page import Page
from server.auth import routes  # noqa: F401 - with the pages of the server's own

README = Path(__file__).parents[2] / "web/templates/README.md"
BEGIN, END = "## Pages\n", "## Hooks for the script\n"
INTRO = """
Written by `make docs` from the structs (`Page` in `handlers/page.py`), each of which stands beside the handler that
makes it. A test fails where a template names what its page lacks, and where a page has a field that no template draws.
Every page may have `notice`: what is told once, at the top.
"""
PLAIN: dict[Any, str] = {
    str: "text",
    int: "number",
    bool: "yes or no",
    datetime: "moment",
    date: "day",
    NoneType: "nothing",
    object: "anything",
}


def every_page(above: type[Page] = Page) -> list[type[Page]]:
    """Each page of the service, by its template."""
    below = [each for page in above.__subclasses__() for each in (page, *every_page(page))]
    own = [page for page in dict.fromkeys(below) if page.__module__.startswith(("handlers.", "server."))]
    return sorted(own, key=lambda page: page.template)


def readme() -> str:
    """The whole file, with the part about pages written anew."""
    text = README.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    return f"{before}{BEGIN}{tables()}\n{END}{after}"


def tables() -> str:
    """The pages, and the structs that stand in them."""
    pages = every_page()
    lines = [INTRO, "| template | page | fields |", "|---|---|---|"]
    lines += [f"| `{page.template}` | {page.__name__}: {_lowered(_first(page))} | {_fields(page)} |" for page in pages]
    lines += ["", "### What stands in them", "", "| struct | fields |", "|---|---|"]
    lines += [f"| {kind.__name__}: {_lowered(_first(kind))} | {_fields(kind)} |" for kind in _inside(pages)]
    return "\n".join([*lines, ""])


def _inside(pages: list[type[Page]]) -> list[type[Struct]]:
    """Every struct that a page holds, whether at once or inside another, by name."""
    found: dict[type[Struct], None] = {}
    waiting: list[type[Struct]] = list(pages)
    while waiting:
        kind = waiting.pop()
        structs = [each for hint in get_type_hints(kind).values() for each in _structs(hint)]
        waiting += [each for each in structs if each not in found]
        found |= dict.fromkeys(structs)
    return sorted(found, key=lambda kind: (kind.__name__, kind.__module__))


def _structs(hint: Any) -> Iterator[type[Struct]]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        yield hint
    for inner in get_args(hint):
        yield from _structs(inner)


def _fields(kind: type[Struct]) -> str:
    hints, said = get_type_hints(kind), _said(kind)
    shown = [name for name in kind.__struct_fields__ if name not in Page.__struct_fields__ or kind is Page]
    return "; ".join(f"`{name}` ({_words(hints[name])}){_told(said.get(name, ''))}" for name in shown) or "nothing"


def _told(text: str) -> str:
    return f": {_lowered(text)}" if text else ""


def _words(hint: Any) -> str:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return " or ".join(_words(each) for each in inner)
    if origin is Literal:
        return " or ".join(f"`{each}`" if each else "empty" for each in inner)
    if origin is tuple:
        several = len(inner) == 2 and inner[1] is Ellipsis
        return f"list of {_words(inner[0])}" if several else f"{' and '.join(map(_words, inner))}"
    if origin is not None and len(inner) == 2:
        return f"{_words(inner[1])} by name"
    return PLAIN.get(hint) or str(getattr(hint, "__name__", hint))


@cache
def _said(kind: type[Struct]) -> dict[str, str]:
    """What stands below each field in the source, with what the structs above it say."""
    own: dict[str, str] = {}
    for above in reversed(kind.__mro__[1:]):
        if issubclass(above, Struct) and above is not Struct:
            own |= _said(above)
    lines = [line for each in ast.parse(inspect.getsource(kind)).body for line in getattr(each, "body", ())]
    for field, text in pairwise(lines):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str() as said)):
                own[name] = " ".join(said.split()).removesuffix(".")
            case _:
                pass
    return own


def _first(kind: type[Struct]) -> str:
    return (inspect.getdoc(kind) or "").split("\n")[0].removesuffix(".")


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
