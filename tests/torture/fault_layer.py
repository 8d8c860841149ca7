"""Build the layer of faults and steer it. A process has it if it was started with the environment of `environment`."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import subprocess
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("faults.c")
_LAYER = "RECOLLECT_FAULTS"


class Kind(IntEnum):
    """What happens at the chosen call; the numbers are those of faults.c."""

    NOTHING = 0
    ONCE = 1
    LASTING = 2
    DIES = 3
    TORN = 4
    POWER_CUT = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at the `call`-th call that writes, flushes, renames, opens or makes something."""

    kind: Kind
    error: int
    call: int

    def __str__(self) -> str:
        name = errno.errorcode.get(self.error, "")
        return f"{self.kind.name.lower()} {name} at call {self.call}".replace("  ", " ")


KINDS = (
    (Kind.LASTING, errno.ENOSPC),
    (Kind.ONCE, errno.ENOSPC),
    (Kind.ONCE, errno.EIO),
    (Kind.ONCE, errno.EACCES),
    (Kind.DIES, 0),
    (Kind.TORN, 0),
    (Kind.POWER_CUT, 0),
)


def compiler() -> str | None:
    return shutil.which("cc") or shutil.which("gcc")


def build(folder: Path) -> Path:
    """Compile the layer into a folder and return it."""
    return _compiled(SOURCE, folder / "faults.so")


def build_stalls(folder: Path) -> Path:
    """Compile the layer of a drive that stops answering (stalls.c) into a folder and return it."""
    return _compiled(SOURCE.with_name("stalls.c"), folder / "stalls.so")


def _compiled(source: Path, built: Path) -> Path:
    command = [compiler() or "cc", "-O1", "-shared", "-fPIC", "-o", str(built), str(source), "-ldl", "-lpthread"]
    subprocess.run(command, check=True)
    return built


def environment(layer: Path) -> dict[str, str]:
    """Return the environment of a process that is to have the layer."""
    return {**os.environ, "LD_PRELOAD": str(layer), _LAYER: str(layer), "OPENBLAS_NUM_THREADS": "1"}


class Layer:
    """The layer in this process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ[_LAYER])

    def arm(self, folder: Path, fault: Fault) -> None:
        """Count the calls below a folder from now on, and let the fault happen."""
        self._library.faults_arm(str(folder).encode(), int(fault.kind), fault.error, ctypes.c_long(fault.call))

    def disarm(self) -> None:
        self._library.faults_disarm()

    @property
    def calls(self) -> int:
        return int(self._library.faults_calls())

    @property
    def struck(self) -> bool:
        return bool(self._library.faults_struck())
