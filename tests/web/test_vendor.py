"""What we carry from others is what was put there: every file has its checksum, and no file is without one."""

from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "web/assets/vendor", ROOT / "tests/web/vendor"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_vendored_file_has_the_checksum_that_was_written_down(folder: Path) -> None:
    wrong = [name for name, expected in listed(folder).items() if checksum(folder / name) != expected]
    assert wrong == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_no_vendored_file_is_missing_from_the_list(folder: Path) -> None:
    present = {path.name for path in folder.iterdir()} - {"CHECKSUMS"}
    assert present == set(listed(folder))


def test_every_package_we_carry_has_its_licence_in_the_notices() -> None:
    notices = (ROOT / "THIRD-PARTY-NOTICES").read_text(encoding="utf-8")
    lines = [line for folder in FOLDERS for line in rows(folder)]
    packages = {package for line in lines for package in line.split("  ", 2)[2].split(", ")}
    assert [package for package in packages if package not in notices] == []


def listed(folder: Path) -> dict[str, str]:
    """File name → the checksum it must have."""
    return {line.split("  ")[1]: line.split("  ")[0] for line in rows(folder)}


def rows(folder: Path) -> list[str]:
    lines = (folder / "CHECKSUMS").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def checksum(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
