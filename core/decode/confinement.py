"""Take from a worker process what reading a picture never needs: the network, writing to disks, other programs.

A picture made to take over its codec then holds a process that can read files and answer over its pipe, and nothing
else. All that differs between operating systems is here; where one does not allow it, or none is written yet, the
worker runs as before, and `recollect doctor` says so.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path

from core.decode import seatbelt, seccomp, windows_rights


class NotConfined(Exception):
    """This system does not let a process give up its rights; its text is the reason, in English."""


def give_up_rights() -> None:
    """Leave the whole process without network, without writing to disks and without starting other programs.

    What is open stays open. It holds for all threads, for ever. On Windows the network is left.

    Raises:
        NotConfined: if that is not to be had here.
    """
    if sys.platform == "linux":
        _filter_calls()
    elif sys.platform == "darwin":
        reason = seatbelt.enter(ctypes.CDLL(None))
        if reason:
            raise NotConfined(f"the system refuses ({reason})")
    elif sys.platform == "win32":
        try:
            windows_rights.give_up(ctypes.WinDLL("kernel32"), ctypes.WinDLL("advapi32"))
        except windows_rights.Refused as error:
            raise NotConfined(f"the system refuses {error}") from error
    else:
        raise NotConfined("Recollect does not do so on this system yet")


def _filter_calls() -> None:
    machine = platform.machine()
    program = seccomp.program(machine, os.getpid())
    if program is None:
        raise NotConfined(f"Recollect does not know the system calls of {machine}")
    number = _install(*program)
    if number:
        raise NotConfined(f"the system refuses ({os.strerror(number)})")


def _install(filters: bytes, call: int) -> int:
    """Have the kernel run a filter before each system call of every thread; return 0, or the number of the error."""
    libc = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(filters, len(filters))
    shown = seccomp.Program(len(filters) // seccomp.INSTRUCTION, ctypes.cast(code, ctypes.c_void_p))
    if libc.prctl(seccomp.NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return ctypes.get_errno()
    answer = libc.syscall(call, seccomp.SET_FILTER, seccomp.ALL_THREADS, ctypes.byref(shown))
    if answer == 0:
        return 0
    return ctypes.get_errno() if answer < 0 else errno.ESRCH  # a thread that could not be included


def tried() -> str:
    """Give up this process's rights and try them; return what is not confined and why, or nothing if all is.

    For a process that was started for this alone.
    """
    try:
        give_up_rights()
    except NotConfined as problem:
        return str(problem)
    tests = (("network", _has_network), ("writing", _may_write), ("other programs", _may_start_programs))
    left = [name for name, is_left in tests if is_left()]
    return f"still there: {', '.join(left)}" if left else ""


def _has_network() -> bool:
    import socket

    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.connect(("127.0.0.1", 9))  # sends nothing; where a socket may be made, this is asked for
        return True
    return False


def _may_write() -> bool:
    """Try in the folder that everybody may write to; a folder there that was not there before is removed again."""
    path = Path(os.environ.get("TMPDIR") or os.environ.get("TEMP") or "/tmp", f"recollect-{os.getpid()}")
    with suppress(OSError):
        path.mkdir()
        path.rmdir()
        return True
    return False


def _may_start_programs() -> bool:
    import subprocess

    command = (
        [os.environ.get("COMSPEC", "cmd.exe"), "/c", "exit"] if sys.platform == "win32" else ["/bin/sh", "-c", ":"]
    )
    with suppress(OSError):
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return True
    return False
