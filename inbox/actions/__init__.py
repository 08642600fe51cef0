"""One pure function per command: the case as it is, in; what has happened, out."""
