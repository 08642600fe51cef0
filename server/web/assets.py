"""Files for the browser: the whole tree under one address that names its content, so nothing is ever stale or mixed."""

import asyncio
import gzip
import hashlib
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Literal

import brotli
from aiohttp import web

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
PACKED = frozenset({".css", ".js", ".json", ".svg", ".webmanifest"})
WORKER = "worker.js"
FOREVER = "public, max-age=31536000, immutable"

Encoding = Literal["br", "gzip"]
_COMMENT = re.compile(
    r"^[ \t]*(?:/\*(?!!)(?:(?!\*/|@license|@preserve).)*\*/|//[^\n]*)[ \t]*$", re.MULTILINE | re.DOTALL
)
"""One that has its lines to itself and is no licence: what stands beside code is left alone."""
_CAST = re.compile(r"/\*\* @type \{[^\n*]*\} \*/ (?=\()")
"""Beside code, but unmistakable: only whoever checks types reads it."""
_SPACE = re.compile(r"^\s+", re.MULTILINE)
_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^"';(]*?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)


class Assets:
    """The tree as it was at the start. A changed file is seen after a restart."""

    def __init__(self, folder: Path) -> None:
        files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in TYPES)
        self._files = {
            name: _lean(name, path.read_bytes()) for path in files if (name := path.relative_to(folder).as_posix())
        }
        self._packed: dict[tuple[str, Encoding], bytes] = {}
        self.prefix = f"/assets/{_hash_of(self._files)}"

    def url(self, path: str) -> str:
        """The address of a file. KeyError if there is none: a page with a wrong name fails its first test."""
        if path not in self._files:
            raise KeyError(path)
        return f"{self.prefix}/{path}"

    def modules(self, path: str) -> list[str]:
        """Addresses of a script and of everything it imports, to be fetched at once instead of one after the other."""
        found: dict[str, None] = {}
        waiting = [path]
        while waiting:
            name = waiting.pop(0)
            if name not in found:
                found[name] = None
                waiting += self._imports(name)
        return [self.url(name) for name in found]

    def routes(self) -> list[web.RouteDef]:
        """One route; what another version had is not found."""
        return [web.get("/assets/{version}/{path:.+}", self._serve)]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        if path not in self._files or not request.path.startswith(self.prefix + "/"):
            raise web.HTTPNotFound
        suffix = PurePosixPath(path).suffix
        headers = {"Content-Type": TYPES[suffix], "Cache-Control": FOREVER}
        if path == WORKER:
            # It answers for pages, which lie above it.
            headers["Service-Worker-Allowed"] = "/"
        if suffix not in PACKED:
            return web.Response(body=self._files[path], headers=headers)
        headers["Vary"] = "Accept-Encoding"
        accepted = request.headers.get("Accept-Encoding", "")
        for encoding in ("br", "gzip"):
            if encoding in accepted:
                headers["Content-Encoding"] = encoding
                return web.Response(body=await self._pack(path, encoding), headers=headers)
        return web.Response(body=self._files[path], headers=headers)

    async def _pack(self, path: str, encoding: Encoding) -> bytes:
        """Packed as small as it gets, once, when somebody first asks: the start does not wait for it."""
        key = (path, encoding)
        if key not in self._packed:
            self._packed[key] = await asyncio.to_thread(_PACKERS[encoding], self._files[path])
        return self._packed[key]

    def _imports(self, name: str) -> list[str]:
        folder = PurePosixPath(name).parent
        text = self._files[name].decode() if name in self._files else ""
        return [_joined(folder, relative) for relative in _IMPORT.findall(text)]


def _lean(name: str, body: bytes) -> bytes:
    """Scripts and styles without comments, casts, indents and empty lines: a third of what would be sent."""
    if not name.endswith((".js", ".css")):
        return body
    text = _CAST.sub("", _COMMENT.sub("", body.decode()))
    # What stands between backticks is a text, and keeps its lines as they are.
    texts = text.split("`")[1::2]
    return (text if any("\n" in one for one in texts) else _SPACE.sub("", text)).encode()


def _hash_of(files: dict[str, bytes]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for name, body in files.items():
        digest.update(name.encode() + b"\0" + len(body).to_bytes(8) + body)
    return digest.hexdigest()


def _joined(folder: PurePosixPath, relative: str) -> str:
    parts = list(folder.parts)
    for part in relative.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


_PACKERS: dict[Encoding, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT),
    "gzip": lambda body: gzip.compress(body, mtime=0),
}
