"""Reads what `strace` saw: whether anything was told of a message before the log that holds it was synced."""

import re
import subprocess
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from tests.faults.client import MARK

CALLS = "pwrite64,pwritev,write,writev,sendto,sendmsg,fsync,fdatasync"
_LOGS = ("-wal", "/pg_wal/")
"""What stands in the path of a log that is written ahead."""
_BEGUN = re.compile(r"^(?P<pid>\d+) +(?P<call>\w+)\((?P<rest>.*)$")
_RESUMED = re.compile(r"^(?P<pid>\d+) +<\.\.\. (?P<call>\w+) resumed>(?P<rest>.*)$")
_PATH = re.compile(r"^\d+<(?P<path>TCP:\[[^\]]*\]|[^>]*)>")
_ACK = re.compile(r'43(?P<id>\d+)\[\{\\"ok\\":\{\\"case\\":')


class CannotWatch(RuntimeError):
    """The system lets nobody watch what runs already: it wants to be root."""


class _Call(Struct):
    name: str
    rest: str
    began: int
    ended: int = 0
    worked: bool = False


def words(output: Path) -> list[str]:
    """What to put before a program to have it watched."""
    return ["strace", "-f", "-qq", "-y", "-s", "6000", "-e", f"trace={CALLS}", "--seccomp-bpf", "-o", str(output)]


@contextmanager
def attached(pids: Iterable[int], output: Path) -> Iterator[None]:
    """Have programs watched that run already, with all that they start; their connections are told by their ports."""
    # A page of PostgreSQL's log is written whole, and more than one at a time.
    words = ["strace", "-f", "-qq", "-yy", "-s", "70000", "-e", f"trace={CALLS}", "-o", str(output)]
    process = subprocess.Popen([*words, *(word for pid in pids for word in ("-p", str(pid)))])
    try:
        while not all(_traced(pid) for pid in pids):
            if process.poll() is not None:
                raise CannotWatch
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait()


def _traced(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status").read_text()
    return status.partition("TracerPid:")[2].split()[0] != "0"


def unsynced(
    lines: Iterable[str], acknowledged: Sequence[str] = (), inside: Collection[int] = ()
) -> tuple[int, list[str]]:
    """How many tellings were judged, and the marks of those that were told while their log was not on disk.

    A push is known by the mark in it. Acknowledgements carry none: `acknowledged` are the marks of one socket's
    commands in their order, the only socket that gives any; the first of them may have any number. What goes to the
    ports `inside`, as to the database, is told to nobody.
    """
    written: dict[str, int] = {}
    syncs: list[tuple[int, int]] = []
    judged, wrong, ids = 0, [], list[str]()
    for call in sorted(_calls(lines), key=lambda call: call.ended):
        path = (found.group("path") if (found := _PATH.match(call.rest)) else "").partition(" ")[0]
        if call.name in {"fsync", "fdatasync"}:
            if call.worked and any(log in path for log in _LOGS):
                syncs.append((call.began, call.ended))
        elif any(log in path for log in _LOGS):
            written.update({mark: call.ended for mark in MARK.findall(call.rest) if mark not in written})
        elif path.startswith(("socket:", "TCP:")) and not any(
            f":{port}{end}" in path for port in inside for end in "-]"
        ):
            told = MARK.findall(call.rest)
            for ack in _ACK.finditer(call.rest):
                ids.append(ack.group("id"))
                told += acknowledged[len(ids) - 1 : len(ids)]
            for mark in dict.fromkeys(told):
                judged += 1
                at = written.get(mark)
                if at is None or not any(at < began and ended < call.began for began, ended in syncs):
                    wrong.append(mark)
    return judged, list(dict.fromkeys(wrong))


def _calls(lines: Iterable[str]) -> list[_Call]:
    """Every call with the line on which it began and the line on which it was over."""
    found: list[_Call] = []
    under_way: dict[str, _Call] = {}
    for at, line in enumerate(lines, 1):
        if begun := _BEGUN.match(line):
            call = _Call(begun["call"], begun["rest"], at, at)
            if line.rstrip().endswith("<unfinished ...>"):
                under_way[begun["pid"]] = call
                continue
        elif (resumed := _RESUMED.match(line)) and resumed["pid"] in under_way:
            call = under_way.pop(resumed["pid"])
            call.ended = at
            call.rest += resumed["rest"]
        else:
            continue
        call.worked = not re.search(r"= -1 ", call.rest[-80:])
        found.append(call)
    return found
