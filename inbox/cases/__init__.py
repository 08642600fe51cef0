"""A case and its rules, without I/O: nouns, commands, events, refusals, lifecycle, permissions, apply, views."""
