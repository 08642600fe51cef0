"""The API as an OpenAPI document, made from the structs that the handlers themselves read."""

import inspect
from typing import Any

import msgspec
from aiohttp import web

from handlers.errors import GUARDS, SENTENCES
from inbox.cases.commands import KINDS

VERSION = "1"
_REFUSED = {
    "401": "Nobody is signed in.",
    "403": "The person may not, or the token is not this browser's.",
    "404": "There is no such case, or it is not theirs.",
    "409": "The case is not in a state where this can be done, or it has changed.",
    "413": "Too large.",
    "422": "The content cannot be taken; `where` points at the field, `guards` names what an answer lacks.",
    "503": "Not now; nothing was changed. Send the same again.",
}


def document() -> dict[str, Any]:
    """The document."""
    _, schemas = msgspec.json.schema_components(list(KINDS.values()), ref_template="#/components/schemas/{name}")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gensvar",
            "version": VERSION,
            "description": "The same commands as the pages give: same session, same rules, same refusals.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "paths": {**_commands(), **_queries()},
        "components": {"schemas": {**schemas, **_ANSWERS}, "securitySchemes": _SECURITY},
        "security": [{"session": []}],
    }


def page() -> str:
    """The document as text, for its file."""
    return msgspec.json.format(msgspec.json.encode(document()), indent=2).decode() + "\n"


def routes() -> list[web.RouteDef]:
    """`/api/v1/openapi.json`."""
    body = msgspec.json.encode(document())

    async def show(_: web.Request) -> web.Response:
        return web.Response(body=body, content_type="application/json")

    return [web.get("/api/v1/openapi.json", show)]


def _commands() -> dict[str, Any]:
    return {
        f"/api/v1/commands/{tag}": {
            "post": {
                "operationId": tag,
                "summary": inspect.getdoc(kind) or "",
                "security": [{"session": [], "token": []}],
                "requestBody": {"required": True, "content": _json(kind.__name__)},
                "responses": {
                    "201": {"description": "Done, and kept.", "content": _json("Done")},
                    "200": {"description": "Done before, with the same client id.", "content": _json("Done")},
                    **_refusals(),
                },
            }
        }
        for tag, kind in sorted(KINDS.items())
    }


def _queries() -> dict[str, Any]:
    number = {"type": "integer", "minimum": 0, "default": 0}
    return {
        "/api/v1/cases/{case}/feed": {
            "get": {
                "operationId": "feed",
                "summary": "What one's own party has been told after a number, oldest first.",
                "parameters": [
                    {"name": "case", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "after", "in": "query", "schema": number},
                    {"name": "desk_after", "in": "query", "schema": number, "description": "The same for notes."},
                ],
                "responses": {"200": {"description": "A page of entries.", "content": _json("Feed")}, **_refusals()},
            }
        },
        "/api/v1/units": {
            "get": {
                "operationId": "units",
                "summary": "Units that fit some words, best first. Open to everybody.",
                "security": [],
                "parameters": [{"name": "q", "in": "query", "schema": {"type": "string", "maxLength": 200}}],
                "responses": {
                    "200": {"description": "At most 20 units, and whether more of them fit.", "content": _json("Units")}
                },
            }
        },
    }


def _refusals() -> dict[str, Any]:
    return {status: {"description": text, "content": _json("Refusal")} for status, text in _REFUSED.items()}


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {**required, **optional}, "required": list(required)}


_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "integer"}
_GUARD = _object({"code": {"enum": sorted(GUARDS)}, "message": _TEXT})
_ENTRY = _object(
    {
        "case": _TEXT,
        "n": _NUMBER,
        "id": _TEXT,
        "at": {"type": "string", "format": "date-time"},
        "by": {"type": "object", "description": "Who, as far as the reader may know."},
        "event": {"type": "object", "description": "By `kind`; see handlers/PROTOCOL.md."},
        "sentence": _TEXT,
        "client_id": {"type": ["string", "null"]},
    }
)
_ENTRIES = {"type": "array", "items": {"$ref": "#/components/schemas/Entry"}}
_UNIT = _object(dict.fromkeys(("id", "name", "town", "street", "level", "connection"), _TEXT))
_DONE = _object({"case": _TEXT, "n": {"type": "array", "items": _NUMBER}, "repeated": {"type": "boolean"}})
_DONE["properties"]["urgent"] = {
    "type": "boolean",
    "description": "True, or left out: whether its writer should be shown where to call for help.",
}
_ANSWERS: dict[str, Any] = {
    "Done": _DONE,
    "Entry": _ENTRY,
    "Feed": _object({"entries": _ENTRIES, "head": _NUMBER, "notes": _ENTRIES, "desk_head": _NUMBER}),
    "Units": _object({"units": {"type": "array", "items": _UNIT}, "more": {"type": "boolean"}}),
    "Refusal": _object(
        {
            "error": _object(
                {"code": {"type": "string", "examples": sorted(SENTENCES)}, "message": _TEXT},
                where=_TEXT,
                guards={"type": "array", "items": _GUARD},
            )
        }
    ),
}
_SECURITY = {
    "session": {"type": "apiKey", "in": "cookie", "name": "__Host-session"},
    "token": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
}
