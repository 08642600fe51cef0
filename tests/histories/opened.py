"""The service of whatever checkout this runs in, on a database that is there already, without the tests' people."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock, patch

from tests.house import House, house_in
from tests.services.stores import fresh_store

DATABASE = "house.db"
"""Where `house_in` has its database, in its folder; attachments lie in `files` beside it."""


@asynccontextmanager
async def opened(folder: Path, *, anew: bool = False, **settings: Any) -> AsyncIterator[House]:
    """The service on what lies in the folder, or in `database_url`; `anew`: on an empty database."""
    with patch("tests.house.peopled_store", fresh_store if anew else AsyncMock()):
        async with house_in(folder, **settings) as house:
            yield house
