"""The directory that is in force, for whoever looks at it again and again."""

from inbox.directory.index import Index, build
from inbox.directory.tree import Directory


class CurrentDirectory:
    """Changed whole, by whoever follows what is kept: who has taken `tree` goes on with one and the same."""

    def __init__(self, tree: Directory | None = None) -> None:
        self.tree = tree or Directory(regions={}, providers={}, units={}, below={})
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """What the picker looks in: a moment older than the tree while another is being made."""
        if self._index is None:
            self._index = build(self.tree)
        return self._index

    def become(self, tree: Directory) -> None:
        """What is in force from now on. The picker looks in what it had until it is given something newer."""
        self.tree = tree

    def look_in(self, index: Index) -> None:
        """What the picker looks in from now on."""
        self._index = index
