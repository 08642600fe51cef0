"""The protocol of the live thread as a page: what can be asked, what is told, what is refused."""

import inspect
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus

import msgspec
from msgspec import Struct

from dialogs.errors import Category, Refused
from handlers.api.socket import Live
from handlers.errors import SENTENCES, SORRY, STATUSES
from handlers.realtime.frames import FRAMES
from inbox.cases.commands import KINDS, Filled, Measure, Parts
from inbox.cases.events import Answered, AnyEvent, FileRef, SharedMessage
from server.reference import protocol_words as words

SMALLER: tuple[type[Struct], ...] = (Measure, Parts, Filled, Answered, FileRef, SharedMessage)
"""What commands and events are made of."""
INVALID = Category.INVALID
FAULT = HTTPStatus.INTERNAL_SERVER_ERROR.name.lower()
_UNTOLD = words.Asked("", "")


def page() -> str:
    """The page."""
    return "\n".join(
        [
            words.HEAD,
            "| request | | it holds | `ok` holds |",
            "|---|---|---|---|",
            *(
                f"| `{name}` | {_line(on)} | {' | '.join(words.REQUESTS.get(name, _UNTOLD))} |"
                for name, on in requests()
            ),
            "",
            words.STEP,
            words.FILES,
            words.LIMITS,
            "## What is told",
            "",
            *_table("event", [*words.TOLD.items(), *_frames()]),
            "",
            "### An entry",
            "",
            *_fields(words.ENTRY),
            "### `by`",
            "",
            *_fields(words.AUTHOR),
            "## Commands",
            "",
            *_structs(KINDS),
            "## Events",
            "",
            *_structs({str(kind.__struct_config__.tag): kind for kind in AnyEvent.__args__}),
            "## Parts of these",
            "",
            *_structs({kind.__name__: kind for kind in SMALLER}),
            "## Refusals",
            "",
            "`message` is this sentence, or what it is in English.",
            "",
            *_refusals(),
            "",
        ]
    )


def requests() -> Iterator[tuple[str, object]]:
    """Every request by its name, with what answers it."""
    for name, method in vars(Live).items():
        if name.startswith("on_") and name not in {"on_connect", "on_disconnect"}:
            yield name.removeprefix("on_"), method


def _table(what: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"| {what} | |", "|---|---|", *(f"| `{name}` | {' '.join(text.split())} |" for name, text in rows)]


def _frames() -> Iterator[tuple[str, str]]:
    for frame in FRAMES:
        yield frame.event, f"`{{{', '.join(frame.__struct_fields__)}}}`: {inspect.getdoc(frame)}"


def _refusals() -> Iterator[str]:
    """Each with the statuses it has over HTTP: an answer of the guided chat has that of what is invalid."""
    yield from ("| code | status | |", "|---|---|---|")
    kinds = list(_every(Refused))
    for code, text in sorted(SENTENCES.items()):
        found = sorted({STATUSES[kind.category].value for kind in kinds if kind.code == code}) or [STATUSES[INVALID]]
        yield f"| `{code}` | {', '.join(str(int(status)) for status in found)} | {' '.join(text.split())} |"
    yield f"| `{FAULT}` | 500 | {SORRY} |"


def _every(kind: type[Refused]) -> Iterator[type[Refused]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _every(child)


def _fields(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield from ("| field | | |", "|---|---|---|")
    yield from (f"| `{name}` | {kind} | {text} |" for name, kind, text in rows)
    yield ""


def _line(documented: object) -> str:
    return " ".join((inspect.getdoc(documented) or "").split())


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
            most = f"; at most {schema['maxItems']} of them" if "maxItems" in schema else ""
            return f"list of {_in_words(items, known)}{most}"
        case {"type": str(kind), **rest}:
            limits = [f"{words} {rest[key]}" for key, words in _LIMITS.items() if key in rest]
            form = [f"like `{escaped(str(rest['pattern']))}`"] if "pattern" in rest else []
            return ", ".join([str(rest.get("format", kind)), *limits, *form])
        case _:
            return "any"


def escaped(text: str) -> str:
    """Something that can stand in a table."""
    return text.replace("|", "\\|")


_LIMITS = {"minLength": "at least", "maxLength": "at most", "minimum": "from", "maximum": "to"}
