"""The bytes of files that nothing names any more are taken away, however long their place does not answer.

Noted in the transaction that forgets the file: nobody who has thrown a draft away leaves its files behind because a
process ended between the two, or a bucket was out of reach.
"""

from inbox.files.store import Files
from inbox.outbox.delivering import Channel
from inbox.storage import files as attachments
from inbox.storage.engine.store import Store
from inbox.storage.reacting.outbox import Claimed


def removing_files(store: Store, files: Files) -> Channel:
    """The channel `files`."""

    async def remove(letter: Claimed) -> None:
        owner, digest = letter.body["owner"], letter.body["digest"]
        async with store.reading() as connection:
            named = await attachments.is_named(connection, owner, digest)
        if not named:
            await files.discard(owner, digest)

    return Channel(remove)
