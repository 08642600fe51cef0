"""What templates draw of what they are given: each name and attribute followed to the field of the struct that it is.

An attribute that none of the possible structs has is told in `wrong`; what is drawn is kept in `drawn`. What cannot be
followed, such as a dictionary that a template makes itself, may have any attribute.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import GenericAlias, NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, nodes
from msgspec import Struct

from handlers.page import Page

Kinds = frozenset[Any]
"""What a value may be; empty: not known."""
ANY: Kinds = frozenset()
Scope = dict[str, Any]
"""What each name stands for: kinds, or a macro with the file that it stands in."""
SAME = {"list", "sort", "reverse", "default", "select", "selectattr", "rejectattr", "unique"}
SET_BY_PAGES = {"page", "wide", "bare_main"}
"""What a page tells its frame."""


class Walk:
    """A look through one page's template and all that it extends, includes and imports."""

    def __init__(self, env: Environment, page: type[Page], everywhere: Iterable[str]) -> None:
        self._env = env
        self._given: Scope = {name: kinds_of(hint) for name, hint in hints_of(page).items()}
        self._everywhere = {*env.globals, *everywhere, *SET_BY_PAGES, "loop", "caller", "varargs", "kwargs"}
        self._seen: set[object] = set()
        self._page = page
        self._file = ""
        self.wrong: list[str] = []
        self.drawn: defaultdict[type, set[str]] = defaultdict(set)
        self._template(page.template, self._of_frames(page.template), frozenset())

    def _of_frames(self, name: str) -> Scope:
        """The names that blocks have from all that a page extends: what a frame imports is there too."""
        above: Scope = {}
        for extends in self._parsed(name).find_all(nodes.Extends):
            for frame in self._names_in(extends.template):
                above |= self._of_frames(frame)
        return above | self._module(name)

    def _template(self, name: str, scope: Scope, replaced: frozenset[str]) -> None:
        tree, before = self._parsed(name), self._file
        self._file = name
        blocks = {block.name for block in tree.find_all(nodes.Block)}
        for node in tree.body:
            self._statement(node, scope, replaced)
        self._file = before
        for extends in tree.find_all(nodes.Extends):
            for parent in self._names_in(extends.template):
                self._template(parent, dict(scope), replaced | blocks)

    def _parsed(self, name: str) -> nodes.Template:
        return _parse(self._env, name)

    def _statement(  # noqa: PLR0912 - one for each kind
        self, node: nodes.Node, scope: Scope, replaced: frozenset[str]
    ) -> None:
        match node:
            case nodes.Block():
                inner = {**scope, "super": ANY}
                if node.name not in replaced:
                    self._all(node.body, inner, replaced)
            case nodes.FromImport():
                for file in self._names_in(node.template):
                    module = self._module(file)
                    for name in node.names:
                        one, alias = (name, name) if isinstance(name, str) else name
                        scope[alias] = module.get(one, ANY)
            case nodes.Macro():
                scope[node.name] = (self._file, node)
            case nodes.For():
                self._loop(node, scope, replaced)
            case nodes.If():
                self._kinds(node.test, scope)
                self._all([*node.body, *node.elif_, *node.else_], scope, replaced)
            case nodes.Assign():
                self._bind(node.target, self._kinds(node.node, scope), scope)
            case nodes.AssignBlock():
                self._all(node.body, dict(scope), replaced)
                self._bind(node.target, ANY, scope)
            case nodes.Include():
                for file in self._names_in(node.template):
                    self._template(file, dict(scope), frozenset())
            case nodes.CallBlock():
                self._kinds(node.call, scope)
                self._all(node.body, dict(scope), replaced)
            case nodes.Expr():
                self._kinds(node, scope)
            case nodes.Extends():
                self._kinds(node.template, scope)
            case _:
                self._all(node.iter_child_nodes(), scope, replaced)

    def _all(self, body: Iterable[nodes.Node], scope: Scope, replaced: frozenset[str]) -> None:
        for node in body:
            self._statement(node, scope, replaced)

    def _loop(self, node: nodes.For, scope: Scope, replaced: frozenset[str]) -> None:
        inner = {**scope, "loop": ANY}
        self._bind(node.target, items_of(self._kinds(node.iter, scope)), inner)
        if node.test:
            self._kinds(node.test, inner)
        self._all([*node.body, *node.else_], inner, replaced)

    def _bind(self, target: nodes.Node, kinds: Kinds, scope: Scope) -> None:
        match target:
            case nodes.Name():
                scope[target.name] = kinds
            case nodes.Tuple():
                parts = [get_args(kind) for kind in kinds if made_of(kind) is tuple]
                for place, each in enumerate(target.items):
                    self._bind(each, joined(kinds_of(one[place]) for one in parts if place < len(one)), scope)
            case _:
                pass

    def _module(self, file: str) -> Scope:
        """The names that a file of macros has, each page's own being seen through it."""
        scope, before = dict(self._given), self._file
        self._file = file
        for node in self._parsed(file).body:
            if isinstance(node, nodes.Macro | nodes.FromImport | nodes.Assign):
                self._statement(node, scope, frozenset())
        self._file = before
        return scope

    def _kinds(self, node: nodes.Node, scope: Scope) -> Kinds:  # noqa: PLR0912 - one for each kind
        match node:
            case nodes.Name():
                return self._name(node.name, scope)
            case nodes.Getattr():
                return self._attribute(self._kinds(node.node, scope), node.attr, node.lineno)
            case nodes.Getitem(arg=nodes.Const(value=str() as name)):
                kinds = self._kinds(node.node, scope)
                return items_of(kinds) if any(map(made_of, kinds)) else self._attribute(kinds, name, node.lineno)
            case nodes.Getitem():
                self._kinds(node.arg, scope)
                return items_of(self._kinds(node.node, scope))
            case nodes.Filter():
                return self._filtered(node, scope)
            case nodes.Test(name="defined" | "undefined"):
                return ANY
            case nodes.Call():
                return self._call(node, scope)
            case nodes.CondExpr():
                self._kinds(node.test, scope)
                return joined(self._kinds(each, scope) for each in (node.expr1, node.expr2) if each)
            case nodes.Or() | nodes.And():
                return joined(self._kinds(each, scope) for each in (node.left, node.right))
            case nodes.Const(value=None):
                return frozenset({NoneType})
            case nodes.Const(value=value):
                return frozenset({type(value)})
            case nodes.List() | nodes.Tuple():
                inner = joined([self._kinds(each, scope) for each in node.items])
                return frozenset(GenericAlias(tuple, (kind, ...)) for kind in inner)
            case _:
                for child in node.iter_child_nodes():
                    self._kinds(child, scope)
                return ANY

    def _name(self, name: str, scope: Scope) -> Kinds:
        if name in self._given and scope.get(name) is self._given[name]:
            self.drawn[self._page].add(name)
        if name in scope:
            found: Kinds = scope[name] if isinstance(scope[name], frozenset) else ANY
            return found
        if name not in self._everywhere and name not in _optional(self._env, self._file):
            self.wrong.append(f"{self._file}: {name}")
        return ANY

    def _attribute(self, kinds: Kinds, attribute: str, line: int) -> Kinds:
        known = [kind for kind in kinds if kind is not NoneType]
        having = [kind for kind in known if has(kind, attribute)]
        if known and not having:
            self.wrong.append(f"{self._file}:{line}: .{attribute}")
        for kind in having:
            self.drawn[kind].add(attribute)
        return joined(kinds_of(hints_of(kind).get(attribute)) for kind in having)

    def _filtered(self, node: nodes.Filter, scope: Scope) -> Kinds:
        kinds = self._kinds(node.node, scope) if node.node else ANY
        names = [each.value for each in node.args[:1] if isinstance(each, nodes.Const)]
        names += [each.value.value for each in node.kwargs if isinstance(each.value, nodes.Const)]
        if node.name in {"selectattr", "rejectattr", "map"}:
            for name in names:
                found = items_of(kinds)
                for each in name.split("."):
                    found = self._attribute(found, each, node.lineno)
        else:
            for each in [*node.args, *node.kwargs]:
                self._kinds(each, scope)
        if node.name in {"first", "last"}:
            return items_of(kinds)
        return kinds if node.name in SAME else ANY

    def _call(self, node: nodes.Call, scope: Scope) -> Kinds:
        args = [self._kinds(each, scope) for each in node.args]
        named = {each.key: self._kinds(each.value, scope) for each in node.kwargs}
        macro = scope.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if not isinstance(macro, tuple):
            self._kinds(node.node, scope)
            return ANY
        file, body = macro
        names = [each.name for each in body.args]
        defaults = dict(zip(reversed(names), reversed(body.defaults), strict=False))
        inner, before = self._module(file), self._file
        self._file = file
        inner |= {name: self._kinds(default, inner) for name, default in defaults.items()}
        inner |= dict(zip(names, args, strict=False)) | named
        call = (file, body.name, tuple(inner[name] for name in names))
        if call not in self._seen:
            self._seen.add(call)
            self._all(body.body, inner, frozenset())
        self._file = before
        return ANY

    def _names_in(self, template: nodes.Node) -> Iterator[str]:
        """The files that an address may be: a text, one of two, or a text with something in its midst."""
        match template:
            case nodes.Const():
                yield template.value
            case nodes.CondExpr():
                yield from self._names_in(template.expr1)
                if template.expr2:
                    yield from self._names_in(template.expr2)
            case nodes.Concat():
                parts = [re.escape(each.value) if isinstance(each, nodes.Const) else "[^/]+" for each in template.nodes]
                wanted = re.compile("".join(parts))
                yield from (name for name in self._env.list_templates() if wanted.fullmatch(name))
            case _:
                raise TypeError(template)


@cache
def _parse(env: Environment, name: str) -> nodes.Template:
    assert env.loader
    return env.parse(env.loader.get_source(env, name)[0])


@cache
def _optional(env: Environment, name: str) -> frozenset[str]:
    """Names that a file can do without: it says what stands in their place."""
    defaults = [each.node for each in _parse(env, name).find_all(nodes.Filter) if each.name == "default"]
    return frozenset(each.name for each in defaults if isinstance(each, nodes.Name))


def joined(several: Iterable[Kinds]) -> Kinds:
    """What any of them may be; what is not known beside what is known is that."""
    return frozenset().union(*several)


def kinds_of(hint: Any) -> Kinds:
    """The classes and tuples that a hint stands for."""
    if hint is None or hint is Any:
        return ANY
    if get_origin(hint) in {Union, UnionType}:
        return joined(kinds_of(each) for each in get_args(hint))
    if get_origin(hint) is Literal:
        return frozenset(type(each) for each in get_args(hint))
    return frozenset({hint})


def made_of(hint: Any) -> Any:
    """`tuple` for `tuple[str, ...]`, Mapping for either kind of mapping; None for a class."""
    origin = get_origin(hint)
    return Mapping if origin in {dict, Mapping} else origin


def items_of(kinds: Kinds) -> Kinds:
    """What stands in a list or, by its key, in a mapping."""
    found = []
    for kind in kinds:
        inner = [each for each in get_args(kind) if each is not Ellipsis]
        if inner:
            found.append(kinds_of(inner[-1]) if made_of(kind) is Mapping else joined(map(kinds_of, inner)))
    return joined(found)


@cache
def hints_of(kind: Any) -> dict[str, Any]:
    """The fields of a struct, with their hints."""
    fields = set(kind.__struct_fields__) if isinstance(kind, type) and issubclass(kind, Struct) else set()
    return {name: hint for name, hint in get_type_hints(kind).items() if name in fields} if fields else {}


def has(kind: Any, attribute: str) -> bool:
    """Whether a value of that kind has it."""
    return attribute in hints_of(kind) or hasattr(made_of(kind) or kind, attribute)
