"""What a planted fault is."""

from msgspec import Struct


class Fault(Struct, frozen=True):
    """A line of the program, what stands there instead, and who finds it."""

    file: str
    stands: str
    """Once in that file, and nowhere else in it."""
    instead: str
    harm: str
    """What it would do to somebody."""
    found_by: tuple[str, ...]
    """Tests as pytest names them, without what they are parametrized with."""
    rights: bool = False
    """Whether somebody would get what is not theirs, or do what they may not."""
