"""`make run provider=1`: the service with its sample people, and beside them a provider to sign in at as they do."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from inbox.people.accounts import Accounts
from inbox.storage.engine.store import Store
from server.app import real_id
from server.config import Settings, from_surroundings
from server.directory import take_in_first
from server.keys import migrate_with_keys
from server.roles import with_store
from server.sample.run import fill
from server.sample.story import Somebody, everybody
from tests.provider.provider import EMPLOYEE, NUMBER, providing, write_providers

TABLES = {"bankid": "citizen", "freja": "citizen", "siths": "staff"}


def hsa_id(somebody: Somebody) -> str:
    """What a sample person is called at work."""
    return f"SE0000000001-{somebody.id.upper()}"


def known(somebody: Somebody) -> dict[str, Any]:
    """What the provider says of them."""
    number = {NUMBER: somebody.personal_number} if somebody.personal_number else {}
    return {"name": somebody.name, **number, **({EMPLOYEE: hsa_id(somebody)} if somebody.staff else {})}


def prepare(settings: Settings) -> None:
    """The database, the sample, and by what those who work are known."""
    migrate_with_keys(settings)
    take_in_first(settings)
    asyncio.run(fill(settings))

    async def let_in(store: Store) -> None:
        for somebody in everybody():
            if somebody.staff:
                await Accounts(store, real_id).enrol(hsa_id(somebody), somebody.name, person=somebody.id)

    with_store(settings, let_in)


async def run(settings: Settings, here: Path) -> int:
    """Both, until the service ends; `here` is where the provider's file lies."""
    people = {somebody.id: known(somebody) for somebody in everybody()}
    async with providing(*TABLES, here=settings.public_address, people=people) as provider:
        file = write_providers(here, provider, TABLES)
        environment = {**os.environ, "PROVIDERS": file}
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "server", "serve", env=environment)
        return await process.wait()


if __name__ == "__main__":
    chosen = from_surroundings()
    prepare(chosen)
    sys.exit(asyncio.run(run(chosen, chosen.kept.resolve())))
