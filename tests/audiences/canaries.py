"""Sixteen random characters in every text, name and file, and a book of who may ever see them."""

from dataclasses import dataclass, field
from random import Random
from typing import Literal

Side = Literal["citizen", "care", "board"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Book:
    """Who may see which canary now. Kept by the tests' own rules, not by the program's."""

    random: Random
    unit: str
    """The unit that handles the case for the care."""
    sides: dict[str, set[Side]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    """Canaries of notes, each with the desk that wrote it."""
    board: bool = False
    shared: set[str] = field(default_factory=set)
    """What the board knows: the manifest, and what was said to it since it joined."""

    def canary(self, *sides: Side) -> str:
        """A fresh canary that these sides of the thread may see from now on."""
        text = self._fresh()
        self.sides[text] = set(sides)
        if "board" in sides and self.board:
            self.shared.add(text)
        return text

    def note(self, desk: str) -> str:
        """A fresh canary for a note of a desk."""
        text = self._fresh()
        self.notes[text] = desk
        return text

    def release(self, canary: str) -> None:
        """The reporter may see it too."""
        self.sides[canary].add("citizen")

    def join(self, shared: set[str]) -> None:
        """The board joins, and knows just this."""
        self.board, self.shared = True, set(shared)

    def leave(self) -> None:
        """The board is out."""
        self.board, self.shared = False, set()

    def allowed(self, side: Side | None, desk: str = "") -> set[str]:
        """What somebody on a side, at a desk, may see now."""
        if side == "board":
            own = {canary for canary, at in self.notes.items() if at == "board"}
            return self.shared | own if self.board else set()
        if side == "care":
            if desk != self.unit:
                return set()
            own = {canary for canary, at in self.notes.items() if at == desk}
            return own | {canary for canary, sides in self.sides.items() if "care" in sides}
        if side == "citizen":
            return {canary for canary, sides in self.sides.items() if "citizen" in sides}
        return set()

    def everything(self) -> set[str]:
        """Every canary there is."""
        return set(self.sides) | set(self.notes)

    def _fresh(self) -> str:
        return "".join(self.random.choices(LETTERS, k=16))
