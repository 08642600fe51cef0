"""How the database is opened, migrated and written: two engines, one writer with group commit, readers apart."""
