"""Marks Swedish sentences for the catalogues; they are translated where they are shown."""


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """The sentence itself: it is found here by the tool that collects texts."""
    return sentence
