"""The program Linux runs before each system call of a confined process, which says what is refused.

A classic BPF program (https://docs.kernel.org/userspace-api/seccomp_filter.html): eight bytes an instruction, one
answer a call. Refused calls fail with EACCES, as files do that one may not touch, which libraries expect anywhere; two
newer calls fail with ENOSYS, so that the C library takes the older ones, whose arguments can be looked at.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NO_NEW_PRIVILEGES = 38
"""Of prctl: without it, only the administrator may filter."""
SET_FILTER, ALL_THREADS = 1, 1
INSTRUCTION = 8

_LOAD, _EQUAL, _GREATER, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Where they lie in what the program is shown: the call's number, the processor's, six arguments of eight bytes."""
_ALLOWED, _FAILS = 0x7FFF0000, 0x00050000
_X32 = 0x40000000
"""Calls of x86-64 with 32-bit pointers have numbers from here on, and would go round the others."""

_CLONE_THREAD = 0x00010000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_TYPE_FOR_THE_USER = 0x5412
"""TIOCSTI of ioctl: puts letters into a terminal, as if they had been typed."""


class Program(ctypes.Structure):
    """What the kernel is handed: `struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


@dataclass(frozen=True, slots=True)
class _Calls:
    """The numbers of system calls on one kind of processor (0 where it has no such call).

    Attributes:
        architecture: how the kernel names the processor (AUDIT_ARCH).
        seccomp: installs a filter.
        refused: whatever their arguments: network, files, other processes, other programs.
        absent: newer calls that the C library does without.
    """

    architecture: int
    seccomp: int
    refused: tuple[int, ...]
    absent: tuple[int, ...]
    open: int
    openat: int
    clone: int
    ioctl: int
    tgkill: int


def _numbers(calls: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"=(\d+)", calls))


_ABSENT = (435, 437)
"""clone3 and openat2, whose arguments lie in memory, where a filter cannot look."""
_REFUSED_X86_64 = """
socket=41 connect=42 accept=43 sendto=44 sendmsg=46 bind=49 listen=50 socketpair=53 accept4=288 recvmmsg=299
sendmmsg=307 fork=57 vfork=58 execve=59 execveat=322 kill=62 tkill=200 rt_sigqueueinfo=129 rt_tgsigqueueinfo=297
ptrace=101 process_vm_readv=310 process_vm_writev=311 truncate=76 rename=82 renameat=264 renameat2=316 mkdir=83
mkdirat=258 rmdir=84 creat=85 link=86 linkat=265 unlink=87 unlinkat=263 symlink=88 symlinkat=266 chmod=90 fchmod=91
fchmodat=268 chown=92 fchown=93 lchown=94 fchownat=260 mknod=133 mknodat=259 utime=132 utimes=235 futimesat=261
utimensat=280 setxattr=188 lsetxattr=189 fsetxattr=190 removexattr=197 lremovexattr=198 fremovexattr=199
pivot_root=155 mount=165 umount2=166 chroot=161 reboot=169 shmget=29 shmat=30 shmctl=31 semget=64 semctl=66 msgget=68
msgsnd=69 mq_open=240 mq_timedsend=242 kexec_load=246 add_key=248 request_key=249 keyctl=250 unshare=272 setns=308
perf_event_open=298 open_by_handle_at=304 kexec_file_load=320 bpf=321
"""
_REFUSED_AARCH64 = """
socket=198 socketpair=199 bind=200 listen=201 accept=202 accept4=242 connect=203 sendto=206 sendmsg=211 sendmmsg=269
execve=221 execveat=281 kill=129 tkill=130 rt_sigqueueinfo=138 rt_tgsigqueueinfo=240 ptrace=117 process_vm_readv=270
process_vm_writev=271 truncate=45 renameat=38 renameat2=276 mkdirat=34 unlinkat=35 symlinkat=36 linkat=37 fchmod=52
fchmodat=53 fchownat=54 fchown=55 mknodat=33 utimensat=88 setxattr=5 lsetxattr=6 fsetxattr=7 removexattr=14
lremovexattr=15 fremovexattr=16 umount2=39 mount=40 pivot_root=41 chroot=51 reboot=142 shmget=194 shmctl=195 shmat=196
msgget=186 msgrcv=188 msgsnd=189 semget=190 semctl=191 mq_open=180 mq_timedsend=182 kexec_load=104 kexec_file_load=294
add_key=217 request_key=218 keyctl=219 unshare=97 setns=268 perf_event_open=241 open_by_handle_at=265 bpf=280
"""
_REFUSED_ANYWHERE = """
pidfd_send_signal=424 io_uring_setup=425 io_uring_enter=426 io_uring_register=427 open_tree=428 move_mount=429
fsopen=430 fsconfig=431 fsmount=432 pidfd_open=434 pidfd_getfd=438 process_madvise=440 mount_setattr=442 fchmodat2=452
setxattrat=463 removexattrat=466 file_setattr=469
"""
"""Network, files, other processes and programs, whatever the arguments are. Newer calls have one number anywhere."""

_X86_64 = _Calls(
    architecture=0xC000003E,
    seccomp=317,
    refused=_numbers(_REFUSED_X86_64 + _REFUSED_ANYWHERE),
    absent=_ABSENT,
    open=2,
    openat=257,
    clone=56,
    ioctl=16,
    tgkill=234,
)
_AARCH64 = _Calls(
    architecture=0xC00000B7,
    seccomp=277,
    refused=_numbers(_REFUSED_AARCH64 + _REFUSED_ANYWHERE),
    absent=_ABSENT,
    open=0,
    openat=56,
    clone=220,
    ioctl=29,
    tgkill=131,
)
_KINDS = {"x86_64": _X86_64, "aarch64": _AARCH64}


def program(machine: str, pid: int) -> tuple[bytes, int] | None:
    """Return the filter for a process and the number of the call that installs it; None for an unknown processor."""
    calls = _KINDS.get(machine)
    return None if calls is None else (b"".join(_instructions(calls, pid)), calls.seccomp)


def _instructions(calls: _Calls, pid: int) -> Iterator[bytes]:
    yield _load(_ARCHITECTURE)
    yield from _unless(_EQUAL, calls.architecture, _fails(errno.EACCES))
    yield _load(_NUMBER)
    yield from _if(_GREATER, _X32, _fails(errno.EACCES))
    for number in calls.refused:
        yield from _if(_EQUAL, number, _fails(errno.EACCES))
    for number in calls.absent:
        yield from _if(_EQUAL, number, _fails(errno.ENOSYS))
    if calls.open:
        yield from _looked_at(calls.open, 1, _if(_ANY_BIT, _WRITING, _fails(errno.EACCES)))
    yield from _looked_at(calls.openat, 2, _if(_ANY_BIT, _WRITING, _fails(errno.EACCES)))
    yield from _looked_at(calls.clone, 0, _unless(_ANY_BIT, _CLONE_THREAD, _fails(errno.EACCES)))
    yield from _looked_at(calls.ioctl, 1, _if(_EQUAL, _TYPE_FOR_THE_USER, _fails(errno.EACCES)))
    yield from _looked_at(calls.tgkill, 0, _unless(_EQUAL, pid, _fails(errno.EACCES)))
    yield _answer(_ALLOWED)


def _looked_at(number: int, argument: int, rule: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a rule on one argument (its lower half) of one call, which is allowed otherwise."""
    then = [_load(_ARGUMENTS + 8 * argument), *rule, _answer(_ALLOWED)]
    yield _jump(_EQUAL, number, 0, len(then))
    yield from then


def _if(compare: int, value: int, then: bytes) -> tuple[bytes, bytes]:
    return _jump(compare, value, 0, 1), then


def _unless(compare: int, value: int, then: bytes) -> tuple[bytes, bytes]:
    return _jump(compare, value, 1, 0), then


def _jump(compare: int, value: int, if_true: int, if_false: int) -> bytes:
    return struct.pack("=HBBI", compare, if_true, if_false, value)


def _load(place: int) -> bytes:
    return struct.pack("=HBBI", _LOAD, 0, 0, place)


def _answer(value: int) -> bytes:
    return struct.pack("=HBBI", _RETURN, 0, 0, value)


def _fails(number: int) -> bytes:
    return _answer(_FAILS | number)
