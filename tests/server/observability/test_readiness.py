"""What is wrong is said where those who run the service look, and only what makes serving impossible takes it out."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox.cases.errors import NotKept
from server.observability.readiness import MISSED, NEEDED
from tests.house import House


async def said(house: House) -> tuple[int, dict[str, Any]]:
    page = await (await house.browser()).get("/health/ready")
    return page.status, msgspec.json.decode(page.text)


async def figures(house: House) -> str:
    return (await (await house.browser()).get("/metrics")).text


async def test_a_house_in_order_has_nothing_to_say(house: House) -> None:
    status, found = await said(house)
    assert (status, found["ready"], found["degraded"], found["says"]) == (200, True, False, [])
    assert {*NEEDED, *MISSED} <= set(found)


async def test_when_the_place_of_files_is_away_people_are_served_and_it_is_said(house: House, tmp_path: Path) -> None:
    condition, folder = house.parts.condition, tmp_path / "files"
    await condition.look_at_files()
    assert (await said(house))[1]["files"] is True
    aside = folder.with_name("elsewhere")
    folder.rename(aside)
    folder.write_text("no folder")
    await condition.look_at_files()
    status, found = await said(house)
    assert (status, found["degraded"], found["files"], found["says"]) == (200, True, False, [MISSED["files"]])
    assert 'gensvar_missing{what="files"} 1.0' in await figures(house)
    folder.unlink()
    aside.rename(folder)
    await condition.look_at_files()
    assert (await said(house))[1]["degraded"] is False


async def test_what_cannot_be_kept_is_said_until_something_can_be_kept_again(house: House) -> None:
    writer, condition = house.parts.services.store.writer, house.parts.condition

    async def full(connection: AsyncConnection) -> None:
        await connection.execute(text("PRAGMA max_page_count = 1"))

    await writer.do(full)
    large = text("INSERT INTO counter VALUES (:large, 2026, 1)")
    with pytest.raises(NotKept):
        await writer.do(lambda connection: connection.execute(large, {"large": "V" * 1_000_000}))
    status, found = await said(house)
    assert (status, found["ready"], found["keeps"], found["says"]) == (200, True, False, [MISSED["keeps"]])
    # There is room for something small.
    await condition.try_to_keep()
    assert (await said(house))[1]["keeps"] is True
