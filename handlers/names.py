"""What people are called when others speak of them."""


def first_name(name: str | None) -> str:
    """The first word of a name; empty where it is not known, or not the reader's to know."""
    words = (name or "").split()
    return words[0] if words else ""
