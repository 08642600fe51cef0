"""Why the service cannot start, in one line."""


class StartupError(Exception):
    """The service cannot start; the text says why and what to do."""
