"""The protocol of the live thread as a page: what can be asked, what is told, what is refused."""

import inspect
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec import Struct

from handlers.errors import SENTENCES
from handlers.live import Live
from handlers.parse import KINDS
from inbox.events import AnyEvent

_HEAD = """# Protocol

Written by `make docs` from the structs themselves. Over a socket (Socket.IO, namespace `/`), a form or the API
(`POST /api/v1/commands/<command>`, see `api/openapi.json`) a command is the same struct, with the same answer.

A socket's request is acknowledged with `{"ok": …}` or `{"error": {"code", "message", …}}`. An acknowledgement of a
command means: kept. The same `client_id` with the same content gives the same answer, done once.

What happens comes as entries, each with the number `n` of the reader's own feed. Numbers have no gaps: a number that is
missing was missed, and is asked for with `catch_up`.
"""


def page() -> str:
    """The page."""
    return "\n".join(
        [
            _HEAD,
            "## Requests over the socket",
            "",
            *_table("request", ((name.removeprefix("on_"), inspect.getdoc(on) or "") for name, on in _requests())),
            "",
            "## Commands",
            "",
            *_structs(KINDS),
            "## Events",
            "",
            *_structs({str(kind.__struct_config__.tag): kind for kind in AnyEvent.__args__}),
            "## Refusals",
            "",
            *_table("code", sorted(SENTENCES.items())),
            "",
        ]
    )


def _requests() -> Iterator[tuple[str, object]]:
    for name, method in vars(Live).items():
        if name.startswith("on_") and name not in {"on_connect", "on_disconnect"}:
            yield name, method


def _table(what: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"| {what} | |", "|---|---|", *(f"| `{name}` | {' '.join(text.split())} |" for name, text in rows)]


def _structs(kinds: Mapping[str, type[Struct]]) -> Iterator[str]:
    for tag, kind in sorted(kinds.items()):
        yield f"### `{tag}`"
        yield ""
        yield inspect.getdoc(kind) or ""
        yield ""
        fields = msgspec.structs.fields(kind)
        if fields:
            told = ((field.name, _type_of(field)) for field in fields)
            yield from _table("field", list(told))
            yield ""


def _type_of(field: msgspec.structs.FieldInfo) -> str:
    """The type in words of JSON, from its schema."""
    schema = msgspec.json.schema(field.type)
    words = _in_words(schema, schema.get("$defs", {}))
    return words if field.required else f"{words}, may be left out"


def _in_words(schema: dict[str, object], known: dict[str, dict[str, object]]) -> str:
    match schema:
        case {"$ref": str(name)}:
            target = known[name.rsplit("/", 1)[-1]]
            return _in_words(target, known) if "enum" in target else name.rsplit("/", 1)[-1]
        case {"anyOf": list(choices)}:
            return " or ".join(_in_words(choice, known) for choice in choices)
        case {"enum": list(values)}:
            return "one of " + ", ".join(f"`{value}`" for value in values)
        case {"type": "array", "prefixItems": _}:
            return "list"
        case {"type": "array", "items": dict(items)}:
            return f"list of {_in_words(items, known)}"
        case {"type": str(kind), **rest}:
            limits = [f"{words} {rest[key]}" for key, words in _LIMITS.items() if key in rest]
            return ", ".join([str(rest.get("format", kind)), *limits])
        case _:
            return "any"


_LIMITS = {"minLength": "at least", "maxLength": "at most", "minimum": "from", "maximum": "to"}
