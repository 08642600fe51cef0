"""A server that a test starts does not compile again what another has compiled: that is nine tenths of its start."""

from pathlib import Path
from shutil import copytree

from tests.compiled import share_compiled


def test_a_copied_house_shares_what_is_compiled_like_a_new_one(tmp_path: Path) -> None:
    """The sample's house comes with a folder of its own, or with the link."""
    new, made = tmp_path / "new", tmp_path / "made"
    new.mkdir()
    (made / "cache").mkdir(parents=True)
    share_compiled(new)
    for copied in (copytree(made, tmp_path / "copy"), copytree(new, tmp_path / "other")):
        share_compiled(copied)
        assert (copied / "cache").resolve() == (new / "cache").resolve()
