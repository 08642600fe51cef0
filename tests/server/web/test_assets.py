"""What the browser fetches is never stale, never mixed, and as small as it gets."""

import gzip
from pathlib import Path

import brotli
import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from server.web.assets import Assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "live").mkdir()
    (tmp_path / "model").mkdir()
    (tmp_path / "live/thread.js").write_text("import { a } from './a.js';\nimport {\n  b,\n} from '../model/b.js';\n")
    (tmp_path / "live/a.js").write_text("import { b } from '../model/b.js';\nexport const a = 'å'.repeat(500);\n")
    (tmp_path / "model/b.js").write_text("export const b = 1;\n")
    (tmp_path / "font.woff2").write_bytes(b"wOF2")
    (tmp_path / "notes.txt").write_text("not for browsers")
    return tmp_path


async def fetched(assets: Assets, address: str, encoding: str = "") -> tuple[int, dict[str, str], bytes]:
    app = web.Application()
    app.add_routes(assets.routes())
    headers = {"Accept-Encoding": encoding}
    async with TestServer(app) as server, ClientSession(auto_decompress=False) as session:
        async with session.get(server.make_url(address), headers=headers) as response:
            return response.status, dict(response.headers), await response.read()


def test_the_address_changes_when_any_file_does(folder: Path) -> None:
    before = Assets(folder).url("live/a.js")
    assert Assets(folder).url("live/a.js") == before
    (folder / "model/b.js").write_text("export const b = 2;\n")
    assert Assets(folder).url("live/a.js") != before


def test_a_script_names_everything_it_imports(folder: Path) -> None:
    assets = Assets(folder)
    names = [url.removeprefix(assets.prefix + "/") for url in assets.modules("live/thread.js")]
    assert names == ["live/thread.js", "live/a.js", "model/b.js"]


def test_a_wrong_name_is_found_when_the_page_is_made(folder: Path) -> None:
    with pytest.raises(KeyError):
        Assets(folder).url("live/b.js")


@pytest.mark.parametrize(("encoding", "unpack"), [("gzip", gzip.decompress), ("gzip, br", brotli.decompress)])
async def test_text_comes_packed(folder: Path, encoding: str, unpack: object) -> None:
    assets = Assets(folder)
    status, headers, body = await fetched(assets, assets.url("live/a.js"), encoding)
    assert status == 200
    assert callable(unpack)
    assert unpack(body) == (folder / "live/a.js").read_bytes()
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Content-Type"] == "text/javascript; charset=utf-8"


async def test_it_may_be_kept_for_ever(folder: Path) -> None:
    assets = Assets(folder)
    _, headers, body = await fetched(assets, assets.url("font.woff2"))
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert body == b"wOF2"


@pytest.mark.parametrize("path", ["none.js", "notes.txt", "../pyproject.toml", "live/../../secret"])
async def test_what_is_not_in_the_tree_is_not_found(folder: Path, path: str) -> None:
    assets = Assets(folder)
    status, _, _ = await fetched(assets, f"{assets.prefix}/{path}")
    assert status == 404


async def test_the_files_of_another_version_are_not_found(folder: Path) -> None:
    status, _, _ = await fetched(Assets(folder), "/assets/0123/live/a.js")
    assert status == 404


async def test_scripts_and_styles_are_sent_without_comments_casts_and_indents(tmp_path: Path) -> None:
    code = "export const a = /** @type {string} */ ('/** a */'); // why\n/** @type {b} */ f();\n"
    (tmp_path / "own.js").write_text(f"// @ts-check\n/**\n * What it is.\n */\n\n  {code}")
    (tmp_path / "text.js").write_text("f(`\n  a line\n`);\n  g();\n")
    (tmp_path / "own.css").write_text("/* What it is. */\na { color: red; } /* why */\n")
    assets = Assets(tmp_path)
    _, _, script = await fetched(assets, assets.url("own.js"))
    # Of what stands beside code only a cast goes: nothing else looks like one.
    assert script.decode() == code.replace("/** @type {string} */ ", "")
    _, _, text = await fetched(assets, assets.url("text.js"))
    assert text == b"f(`\n  a line\n`);\n  g();\n"
    _, _, style = await fetched(assets, assets.url("own.css"))
    assert style == b"a { color: red; } /* why */\n"


async def test_licences_are_sent_with_what_they_are_for(tmp_path: Path) -> None:
    text = "/*! MIT */\n/** @license ISC */\nexport {};\n"
    (tmp_path / "other.js").write_text(text)
    assets = Assets(tmp_path)
    assert (await fetched(assets, assets.url("other.js")))[2].decode() == text
