"""Plants one fault after the other in a copy of the tree, and asks whether its tests find it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from msgspec import Struct

from tests.planted.fault import Fault

ROOT = Path(__file__).parents[2]
INSTALLED = (".venv", ".vendor/node_modules")
FAILED = 1
"""What pytest returns when tests have failed; anything else says that they could not be asked."""
PATIENCE = 600
"""Seconds for the tests of one fault: whatever hangs is not found, but is not right either."""


class Answer(Struct, frozen=True):
    """Of the tests that were asked: whether they failed, the first of them that did, and how long it took."""

    code: int
    first: str
    seconds: float


@contextmanager
def copy_of_tree() -> Iterator[Path]:
    """Every file that git knows, as it is here now, with what is installed; gone afterwards."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    with TemporaryDirectory(prefix="gensvar-planted-") as folder:
        copy = Path(folder)
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                copyfile(ROOT / name, copy / name)
        for name in INSTALLED:
            (copy / name).symlink_to((ROOT / name).resolve(), target_is_directory=True)
        yield copy


def planted(fault: Fault, copy: Path) -> Answer:
    """What its tests say of a tree with the fault in it; the tree is whole again afterwards."""
    file = copy / fault.file
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace(fault.stands, fault.instead), encoding="utf-8")
    try:
        return asked(fault.found_by, copy)
    finally:
        file.write_text(whole, encoding="utf-8")


def asked(tests: tuple[str, ...], copy: Path) -> Answer:
    """Run tests in the copy until one fails."""
    quick = ["-q", "-x", "-rfE", "--no-header", "-p", "no:cacheprovider", "-p", "tests.planted.unshrunk"]
    words = [sys.executable, "-m", "pytest", *quick, *tests]
    if not any("postgres" in test for test in tests):
        # One engine and one browser will do: what is planted is not in them.
        words += ["-k", "not postgres and not firefox"]
    begun = time.monotonic()
    try:
        done = subprocess.run(words, cwd=copy, check=False, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return Answer(-1, "", time.monotonic() - begun)
    lines = (line.split(" ") for line in done.stdout.splitlines())
    failed = [words[1] for words in lines if words[0] in {"FAILED", "ERROR"} and words[1].startswith("tests/")]
    return Answer(done.returncode, failed[0] if failed else "", time.monotonic() - begun)
