"""Both places where files may lie: a folder, and a bucket that speaks S3."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inbox.files.object_store import Bucket, Shelf
from inbox.files.store import Files
from tests.services.s3 import s3_server


@pytest.fixture(scope="session")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    """A real server, for all tests of this worker."""
    with s3_server(tmp_path_factory.mktemp("s3")) as bucket:
        yield bucket


@pytest.fixture(params=["folder", "bucket"])
async def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    """A shelf with nothing on it."""
    if request.param == "folder":
        return Shelf(tmp_path / "files")
    shelf = Shelf(request.getfixturevalue("bucket"))
    await shelf.remove([each.path async for each in shelf.all()])
    return shelf


@pytest.fixture
def files(shelf: Shelf, tmp_path: Path) -> Files:
    """The files on it."""
    return Files(shelf, tmp_path / "desk")
