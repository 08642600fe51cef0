"""What hinders the start, each said in one plain line instead of a stack of calls."""


class Hindered(Exception):
    """The service cannot start; the text says why and what to do."""
