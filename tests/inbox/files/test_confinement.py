"""A process that is shut in opens nothing else, starts nothing, and speaks with nobody."""

import subprocess
import sys
from pathlib import Path

import pytest

from inbox.files.pictures.sandbox import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can shut a process in")

TRIES = {
    "reads the database": "open(outside).read()",
    "writes beside": "open(outside + '-new', 'w')",
    "lists a folder": "os.listdir(os.path.dirname(outside))",
    "reads its own surroundings": "open('/proc/self/environ').read()",
    "reads another process": "open('/proc/1/cmdline').read()",
    "opens a connection": "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    "opens one to a program of this machine": "socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)",
    "sends without one": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "makes a pair": "socket.socketpair()",
    "starts a program": "subprocess.run(['/bin/true'])",
    "becomes a program": "os.execv('/bin/true', ['/bin/true'])",
    "becomes two": "os.fork()",
    "stops another": "os.kill(1, 0)",
}


def said_by(tmp_path: Path, code: str) -> list[str]:
    """What a process says that was shut in with a folder."""
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "arrived").write_text("here", encoding="utf-8")
    (tmp_path / "secret").write_text("hidden", encoding="utf-8")
    before = (
        "import os, socket, subprocess, sys, threading\nfrom pathlib import Path\n"
        "from inbox.files.pictures.confinement import confine\n"
        f"desk, outside = {str(tmp_path / 'desk')!r}, {str(tmp_path / 'secret')!r}\n"
        "print(sorted(confine(Path(desk))))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", before + code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_nothing_is_to_be_had_outside_the_folder(tmp_path: Path) -> None:
    tries = "".join(
        f"try:\n    {code}\n    print({what!r})\nexcept PermissionError:\n    pass\n" for what, code in TRIES.items()
    )
    held, *done = said_by(tmp_path, tries)
    assert held == "['calls', 'files']"
    assert done == []


def test_in_the_folder_it_reads_and_writes_and_threads_may_begin(tmp_path: Path) -> None:
    work = (
        "Path(desk, 'made').write_bytes(Path(desk, 'arrived').read_bytes() * 2)\n"
        "thread = threading.Thread(target=lambda: print('thread'))\nthread.start()\nthread.join()\n"
        "print(Path(desk, 'made').read_text())\n"
    )
    assert said_by(tmp_path, work)[1:] == ["thread", "herehere"]
