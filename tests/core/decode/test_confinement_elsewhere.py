"""What macOS and Windows are asked to take from a decoder: the words and the layouts, on any system.

Where the systems are at hand, `test_confinement` tries what is left.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from core.decode import seatbelt, windows_rights
from core.decode.windows_rights import BasicLimits, Label, Luid, Privilege, Refused, privileges_in

POINTER = ctypes.sizeof(ctypes.c_void_p)
KEPT, OTHER = (23, 0), (20, 7)


def test_a_profile_is_one_list_of_rules_and_refuses_what_a_decoder_never_needs() -> None:
    rules = seatbelt.PROFILE.splitlines()
    assert rules[:2] == ["(version 1)", "(allow default)"]
    assert all(re.fullmatch(r"\((version|allow|deny)( [\w*-]+)( \(\w+ (\w+|\"[^\"]+\")\))?\)", rule) for rule in rules)
    for refused in ("network*", "file-write*", "process-exec*", "process-fork", "signal", "lsopen"):
        assert f"(deny {refused})" in rules
    allowed = [rule for rule in rules[2:] if rule.startswith("(allow")]
    assert allowed == ['(allow file-write-data (literal "/dev/null"))', "(allow signal (target self))"]


def test_the_profile_is_handed_over_and_a_refusal_is_told() -> None:
    said: list[object] = []

    def sandbox_init(profile: bytes, flags: ctypes.c_uint64, _error: object) -> int:
        said.extend((profile.decode(), flags.value))
        return 0

    assert seatbelt.enter(SimpleNamespace(sandbox_init=sandbox_init)) == ""
    assert said == [seatbelt.PROFILE, 0]

    def refuses(_profile: bytes, _flags: object, error: ctypes.c_char_p) -> int:
        ctypes.cast(error, ctypes.POINTER(ctypes.c_char_p))[0] = b"unbound variable: lsopen"
        return -1

    freed: list[object] = []
    system = SimpleNamespace(sandbox_init=refuses, sandbox_free_error=freed.append)
    assert seatbelt.enter(system) == "unbound variable: lsopen" and len(freed) == 1
    assert "no sandbox_init" in seatbelt.enter(SimpleNamespace())


def test_structures_are_as_windows_lays_them_out() -> None:
    wide = POINTER == 8
    assert ctypes.sizeof(BasicLimits) == (64 if wide else 48)
    assert BasicLimits.flags.offset == 16 and BasicLimits.processes.offset == (40 if wide else 28)
    assert ctypes.sizeof(Luid) == 8 and ctypes.sizeof(Privilege) == 12
    assert ctypes.sizeof(Label) == 2 * POINTER and Label.attributes.offset == POINTER


def test_privileges_are_read_and_changed_in_place() -> None:
    held = told_privileges()
    first, second = privileges_in(held)
    assert (first.luid.low, first.luid.high, second.luid.low) == (*KEPT, OTHER[0])
    second.attributes = windows_rights.PRIVILEGE_REMOVED
    assert held.raw[-4:] == b"\x04\x00\x00\x00"
    cut = ctypes.create_string_buffer(held.raw[:20], 20)
    assert len(privileges_in(cut)) == 1, "no more than what was told"


def told_privileges() -> ctypes.Array[ctypes.c_char]:
    """Return TOKEN_PRIVILEGES of two."""
    numbers = (2, *KEPT, 3, *OTHER, 0)
    raw = b"".join(number.to_bytes(4, "little") for number in numbers)
    return ctypes.create_string_buffer(raw, len(raw))


class Windows:
    """The calls of Windows that are made, as they answer; `refuses` names one that does not."""

    def __init__(self, refuses: str = "") -> None:
        self.done: dict[str, tuple[object, ...]] = {}
        self.closed: list[str] = []
        self.refuses = refuses
        names = (
            *("OpenProcessToken", "LookupPrivilegeValueW", "GetTokenInformation", "AdjustTokenPrivileges"),
            *("ConvertStringSidToSidW", "GetLengthSid", "SetTokenInformation", "CreateJobObjectW"),
            *("SetInformationJobObject", "AssignProcessToJobObject", "CloseHandle", "LocalFree"),
        )
        self.dll = SimpleNamespace(**{name: self._call(name) for name in names})

    def give_up(self) -> None:
        windows_rights.give_up(self.dll, self.dll)

    def _call(self, name: str) -> Callable[..., int]:
        def call(*arguments: object) -> int:
            self.done[name] = tuple(getattr(one, "_obj", one) for one in arguments)
            if name in ("CloseHandle", "LocalFree"):
                self.closed.append(name)
            if name == "LookupPrivilegeValueW":
                luid = self.done[name][2]
                assert isinstance(luid, Luid)
                luid.low, luid.high = KEPT
            if name == "GetTokenInformation":
                return self._tell(*self.done[name][2:])
            return 0 if name == self.refuses else 12

        return call

    def _tell(self, held: object, _size: object, needed: object) -> int:
        told = told_privileges()
        assert isinstance(needed, ctypes.c_uint32)
        needed.value = len(told)
        if held is None or self.refuses == "GetTokenInformation":
            return 0
        assert isinstance(held, ctypes.Array)
        ctypes.memmove(held, told, len(told))
        return 1


def test_a_windows_process_drops_privileges_integrity_and_company() -> None:
    windows = Windows()
    windows.give_up()
    adjusted = windows.done["AdjustTokenPrivileges"][2]
    assert isinstance(adjusted, ctypes.Array)
    kept, dropped = privileges_in(adjusted)
    assert (kept.attributes, dropped.attributes) == (3, windows_rights.PRIVILEGE_REMOVED)
    assert windows.done["ConvertStringSidToSidW"][0] == "S-1-16-4096"
    _, kind, label, size = windows.done["SetTokenInformation"]
    assert isinstance(label, Label) and (kind, label.attributes, size) == (25, 0x20, ctypes.sizeof(Label) + 12)
    _, kind, limits, size = windows.done["SetInformationJobObject"]
    assert isinstance(limits, BasicLimits) and (kind, size) == (2, ctypes.sizeof(BasicLimits))
    assert (limits.flags, limits.processes) == (0x408, 1)
    assert windows.done["AssignProcessToJobObject"][0] == 12
    assert windows.closed == ["LocalFree", "CloseHandle"], "the job stays open: it ends with the process"


@pytest.mark.parametrize(
    ("call", "step"),
    [
        ("OpenProcessToken", "its own token"),
        ("GetTokenInformation", "its privileges"),
        ("SetTokenInformation", "a lower level of integrity"),
        ("AssignProcessToJobObject", "being alone in a job"),
    ],
)
def test_a_step_that_windows_refuses_is_told(call: str, step: str) -> None:
    windows = Windows(refuses=call)
    with pytest.raises(Refused, match=step):
        windows.give_up()
    assert ("CloseHandle" in windows.closed) is (call != "OpenProcessToken")
