"""The life of a process: start, memory, file handles, draining, and moving the database."""
