"""How much room is left on the disk, so that files never take what the database needs."""

import shutil
from collections.abc import Iterable
from pathlib import Path


def free_at(places: Iterable[Path]) -> int:
    """Bytes that are free where there is least; a folder that is not made yet will lie where the nearest one does."""
    return min(shutil.disk_usage(_nearest(place)).free for place in places)


def _nearest(place: Path) -> Path:
    return next(folder for folder in (place, *place.absolute().parents) if folder.exists())
