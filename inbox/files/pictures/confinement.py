"""Shuts a process in: it opens nothing outside one folder, starts nothing, and speaks with nobody.

For the process in which strangers' pictures are unpacked: a hole in a decoder then reads neither the database nor the
secret, and sends nothing anywhere. By two means of Linux that need no rights: Landlock for files (since 5.13), and a
filter of system calls for everything that opens a connection, starts a program or looks into another process. Where
the system has them not, on macOS or in an older kernel, the limits of memory and time are all there is.
"""

import ctypes
import os
import platform
import sys
from pathlib import Path
from struct import pack

FILES, CALLS = "files", "calls"
"""What can hold: nothing outside the folder is opened; no connection, no program, no other process."""

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_BENEATH = 1
_READ, _READ_FOLDER, _WRITE, _MAKE_FILE, _REMOVE_FILE, _TRUNCATE = 1 << 2, 1 << 3, 1 << 1, 1 << 8, 1 << 5, 1 << 14
_OF_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
"""Kinds of access that a version of Landlock can forbid; later ones know no more about files, but for devices."""

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# socket socketpair connect bind sendto sendmsg sendmmsg; execve execveat; ptrace process_vm_readv process_vm_writev
# kill tkill tgkill pidfd_send_signal pidfd_open; fork vfork clone3; mount unshare setns; bpf io_uring_setup keyctl.
_FORBIDDEN = {
    "x86_64": (
        41, 53, 42, 49, 44, 46, 307, 59, 322, 101, 310, 311,
        62, 200, 234, 424, 434, 57, 58, 435, 165, 272, 308, 321, 425, 250,
    ),
    "aarch64": (
        198, 199, 203, 200, 206, 211, 269, 221, 281, 117, 270, 271,
        129, 130, 131, 424, 434, 435, 40, 97, 268, 280, 425, 219,
    ),
}  # fmt: skip
_NOT_PERMITTED, _NO_SUCH_CALL = 1, 38
_CLONE3 = 435
"""Refused as if there were none: threads are then begun by `clone`, whose wishes a filter can read."""
_CLONE, _THREAD = {"x86_64": 56, "aarch64": 220}, 0x00010000
_OTHER_NUMBERS = 0x40000000
"""From here on x86-64 has a second set of the same calls."""


def confine(folder: Path) -> frozenset[str]:
    """Shut this process, and all its threads to come, in with one folder. What of it holds on this system.

    Whatever is to be imported must be there already.
    """
    if sys.platform != "linux":
        return frozenset()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return frozenset()
    held = {FILES: _only_folder(libc, folder), CALLS: _no_calls(libc)}
    return frozenset(name for name, holds in held.items() if holds)


def _only_folder(libc: ctypes.CDLL, folder: Path) -> bool:
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if version < 1:
        return False
    everything = _OF_VERSION[min(version, max(_OF_VERSION))]
    asked = ctypes.create_string_buffer(pack("<Q", everything), 8)
    ruleset = libc.syscall(_CREATE_RULESET, asked, ctypes.c_size_t(8), ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    inside = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        allowed = everything & (_READ | _READ_FOLDER | _WRITE | _MAKE_FILE | _REMOVE_FILE | _TRUNCATE)
        rule = ctypes.create_string_buffer(pack("<Qi", allowed, inside), 12)
        if libc.syscall(_ADD_RULE, ruleset, _BENEATH, rule, ctypes.c_uint32(0)):
            return False
        return not libc.syscall(_RESTRICT_SELF, ruleset, ctypes.c_uint32(0))
    finally:
        os.close(inside)
        os.close(ruleset)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("lines", ctypes.c_void_p))


def _no_calls(libc: ctypes.CDLL) -> bool:
    machine = platform.machine()
    if machine not in _AUDIT_ARCH or sys.byteorder != "little":
        return False
    lines = _filter(machine)
    code = ctypes.create_string_buffer(b"".join(lines))
    program = _Program(len(lines), ctypes.cast(code, ctypes.c_void_p))
    return not libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)


def _filter(machine: str) -> list[bytes]:
    """The filter, in the language of the kernel's packet filters: load a word, compare, jump, answer."""
    load, equal, at_least, any_bit, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    number, architecture, first_argument = 0, 4, 16
    allow, kill, refuse = 0x7FFF0000, 0x80000000, 0x00050000

    def line(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return pack("<HBBI", code, yes, no, value)

    lines = [
        line(load, architecture),
        line(equal, _AUDIT_ARCH[machine], 1),
        line(answer, kill),
        line(load, number),
        line(at_least, _OTHER_NUMBERS, 0, 1),
        line(answer, refuse | _NOT_PERMITTED),
    ]
    for call in _FORBIDDEN[machine]:
        why = _NO_SUCH_CALL if call == _CLONE3 else _NOT_PERMITTED
        lines += [line(equal, call, 0, 1), line(answer, refuse | why)]
    # A thread may be begun, a process not.
    lines += [
        line(equal, _CLONE[machine], 0, 3),
        line(load, first_argument),
        line(any_bit, _THREAD, 1),
        line(answer, refuse | _NOT_PERMITTED),
    ]
    return [*lines, line(answer, allow)]
