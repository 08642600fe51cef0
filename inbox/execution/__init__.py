"""The one way a case changes: load, check, decide, apply, keep; and what has happened, for telling it."""
