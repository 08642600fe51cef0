"""Fields that lie encrypted in the database, and the keys that lie outside of it."""
