"""Another version of the questions is published while somebody answers."""

import pytest
from playwright.async_api import expect

from inbox.execution.dialog_versions import DialogOutcome
from inbox.storage.engine.engines import url_of
from server.app import real_clock, real_id
from tests.publishing import ASKED, next_version, publish
from tests.services.stores import store_at
from tests.stories.tools import filing
from tests.stories.tools.people import PHONE, Somebody, Town
from tests.stories.tools.served import Served

pytestmark = pytest.mark.browser


async def test_who_has_begun_goes_on_to_the_receipt_and_who_begins_is_asked_by_the_new_one(
    served: Served, town: Town
) -> None:
    done = list[DialogOutcome]()

    async def looks(somebody: Somebody) -> None:
        """Half-way through it is published, beside the service that runs."""
        if await filing.asked(somebody) == "themes" and not done:
            store = store_at(url_of(served.database, ""))
            store.start()
            done.append(await publish(store, next_version(), real_clock, real_id))
            await store.close()

    anna = await town.person("Anna Lindqvist", PHONE)
    await filing.files_a_complaint(anna, "Fick vänta", "Jag ringde tre dagar i rad och fick vänta.", looks)
    assert len(done) == 1
    bo = await town.person("Bo Ek", PHONE)
    await bo.goes_to("/beratta")
    await expect(bo.page.get_by_role("heading", level=1, name=ASKED)).to_be_visible()
    assert not anna.faults
    assert not bo.faults
