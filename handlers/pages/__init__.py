"""Pages for people: each reads, asks and replies; what may be done is decided elsewhere."""
