"""What a Windows process can give up of its own accord: writing, its privileges, and starting other programs.

A process of low integrity may write to nothing of ordinary integrity, which is nearly everything the user has
(https://learn.microsoft.com/windows/win32/secauthz/mandatory-integrity-control), and a job of one process lets it start
no other (https://learn.microsoft.com/windows/win32/procthread/job-objects). A restricted token, or the container that
takes the network away, is only had by a process that was started in it.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, c_int32, c_int64, c_size_t, c_uint32, c_void_p, c_wchar_p
from typing import Any

QUERY, ADJUST_PRIVILEGES, ADJUST_DEFAULT = 0x08, 0x20, 0x80
"""What a process may do with its own token."""
PRIVILEGES, INTEGRITY_LEVEL = 3, 25
"""Kinds of information of a token."""
LOW = "S-1-16-4096"
GROUP_INTEGRITY = 0x20
PRIVILEGE_REMOVED = 0x04
KEPT = "SeChangeNotifyPrivilege"
"""Without it a file cannot be opened in a folder whose parents may not be listed."""
BASIC_LIMITS = 2
ACTIVE_PROCESSES, DIES_AT_ONCE = 0x08, 0x400
_THIS_PROCESS = -1


class Luid(ctypes.Structure):
    """The number of a privilege since the system was started."""

    _fields_ = (("low", c_uint32), ("high", c_int32))


class Privilege(ctypes.Structure):
    """LUID_AND_ATTRIBUTES, of which TOKEN_PRIVILEGES has a count and so many."""

    _fields_ = (("luid", Luid), ("attributes", c_uint32))


class Label(ctypes.Structure):
    """TOKEN_MANDATORY_LABEL."""

    _fields_ = (("sid", c_void_p), ("attributes", c_uint32))


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", c_int64),
        ("job_time", c_int64),
        ("flags", c_uint32),
        ("least_memory", c_size_t),
        ("most_memory", c_size_t),
        ("processes", c_uint32),
        ("affinity", c_size_t),
        ("priority", c_uint32),
        ("scheduling", c_uint32),
    )


class Refused(Exception):
    """Windows refused a step; its text says which."""


def give_up(kernel32: Any, advapi32: Any) -> None:
    """Give up what can be, for ever; what was given up stays so, also where a later step is refused.

    Raises:
        Refused: with what was not given up.
    """
    _declare(kernel32, advapi32)
    token = c_void_p()
    rights = QUERY | ADJUST_PRIVILEGES | ADJUST_DEFAULT
    _require(advapi32.OpenProcessToken(c_void_p(_THIS_PROCESS), rights, ctypes.byref(token)), "its own token")
    try:
        _drop_privileges(advapi32, token)
        _lower_integrity(kernel32, advapi32, token)
    finally:
        kernel32.CloseHandle(token)
    _stay_alone(kernel32)


def _drop_privileges(advapi32: Any, token: c_void_p) -> None:
    kept = Luid()
    _require(advapi32.LookupPrivilegeValueW(None, KEPT, ctypes.byref(kept)), "a privilege's number")
    size = c_uint32()
    advapi32.GetTokenInformation(token, PRIVILEGES, None, 0, ctypes.byref(size))  # fails, and tells the size
    held = ctypes.create_string_buffer(max(size.value, ctypes.sizeof(c_uint32)))
    _require(advapi32.GetTokenInformation(token, PRIVILEGES, held, len(held), ctypes.byref(size)), "its privileges")
    for one in privileges_in(held):
        if (one.luid.low, one.luid.high) != (kept.low, kept.high):
            one.attributes = PRIVILEGE_REMOVED
    _require(advapi32.AdjustTokenPrivileges(token, 0, held, 0, None, None), "giving up privileges")


def privileges_in(held: ctypes.Array[ctypes.c_char]) -> ctypes.Array[Privilege]:
    """Return the privileges in what Windows tells of a token, to be changed in place."""
    count = min(c_uint32.from_buffer(held).value, (len(held) - 4) // ctypes.sizeof(Privilege))
    return (Privilege * count).from_buffer(held, 4)


def _lower_integrity(kernel32: Any, advapi32: Any, token: c_void_p) -> None:
    sid = c_void_p()
    _require(advapi32.ConvertStringSidToSidW(LOW, ctypes.byref(sid)), "the name of the low level")
    try:
        label = Label(sid, GROUP_INTEGRITY)
        size = ctypes.sizeof(label) + advapi32.GetLengthSid(sid)
        answer = advapi32.SetTokenInformation(token, INTEGRITY_LEVEL, ctypes.byref(label), size)
        _require(answer, "a lower level of integrity")
    finally:
        kernel32.LocalFree(sid)


def _stay_alone(kernel32: Any) -> None:
    """Be in a job of one process, whose handle stays open until this one ends."""
    job = kernel32.CreateJobObjectW(None, None)
    _require(job, "a job")
    limits = BasicLimits(flags=ACTIVE_PROCESSES | DIES_AT_ONCE, processes=1)
    size = ctypes.sizeof(limits)
    _require(kernel32.SetInformationJobObject(job, BASIC_LIMITS, ctypes.byref(limits), size), "the limits of a job")
    _require(kernel32.AssignProcessToJobObject(job, c_void_p(_THIS_PROCESS)), "being alone in a job")


def _require(answer: object, step: str) -> None:
    if not answer:
        raise Refused(step)


def _declare(kernel32: Any, advapi32: Any) -> None:
    """Tell ctypes of handles and pointers, which it takes for 32 bits otherwise."""
    pointer = c_void_p
    for dll, name, arguments in (
        (kernel32, "CloseHandle", [pointer]),
        (kernel32, "LocalFree", [pointer]),
        (kernel32, "CreateJobObjectW", [pointer, c_wchar_p]),
        (kernel32, "SetInformationJobObject", [pointer, c_int32, pointer, c_uint32]),
        (kernel32, "AssignProcessToJobObject", [pointer, pointer]),
        (advapi32, "OpenProcessToken", [pointer, c_uint32, POINTER(c_void_p)]),
        (advapi32, "LookupPrivilegeValueW", [c_wchar_p, c_wchar_p, POINTER(Luid)]),
        (advapi32, "GetTokenInformation", [pointer, c_int32, pointer, c_uint32, POINTER(c_uint32)]),
        (advapi32, "AdjustTokenPrivileges", [pointer, c_int32, pointer, c_uint32, pointer, pointer]),
        (advapi32, "ConvertStringSidToSidW", [c_wchar_p, POINTER(c_void_p)]),
        (advapi32, "GetLengthSid", [pointer]),
        (advapi32, "SetTokenInformation", [pointer, c_int32, pointer, c_uint32]),
    ):
        getattr(dll, name).argtypes = arguments
    kernel32.CreateJobObjectW.restype = kernel32.LocalFree.restype = pointer
