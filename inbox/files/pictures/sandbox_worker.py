"""The process in which pictures are unpacked: `python -m inbox.files.pictures.sandbox_worker <kind> <desk>`.

It has little memory and little time, ends after one file, and is shut in with one folder where the system can do that.
"""

import os
import resource
import sys
from pathlib import Path

import msgspec
from msgspec.structs import replace

from inbox.files.errors import TooManyPixels
from inbox.files.kinds import Kind
from inbox.files.pictures.confinement import CALLS, FILES, confine
from inbox.files.pictures.documents import first_page
from inbox.files.pictures.reencode import load_decoders, made_anew
from inbox.files.pictures.sandbox import Result

MB = 1024 * 1024
MEMORY = 1536 * MB
SECONDS = 30
LARGEST = 256 * MB
"""Bytes of a file that is written."""


def main() -> None:
    """One file, and what became of it as one line."""
    _be_small()
    kind, desk = Kind(sys.argv[1]), Path(sys.argv[2])
    load_decoders()
    held = confine(desk)
    try:
        result = first_page(desk) if kind is Kind.PDF else made_anew(kind, desk)
    except TooManyPixels:
        result = Result(kind, too_large=True)
    os.write(sys.stdout.fileno(), msgspec.json.encode(replace(result, confined=held >= {FILES, CALLS})))


def _be_small() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    # Those who write to each other come first.
    os.nice(10)


if __name__ == "__main__":
    main()
