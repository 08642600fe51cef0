"""Runs migrations on the connection that `inbox.storage.engine.migrate` hands over."""

from alembic import context

from inbox.storage.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
