"""Reading Linux programs and libraries: what they are linked to."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_RUNPATH = re.compile(r"\((?:RUNPATH|RPATH)\).*\[(.+)\]")
_GLIBC = re.compile(r"Name: GLIBC_(\d+)\.(\d+)")


def needed(path: str | Path) -> list[str]:
    """Return the names of the libraries a file is linked to itself (`ldd` would add theirs)."""
    return _NEEDED.findall(_readelf(path, "-d"))


def glibc(path: Path) -> tuple[int, int]:
    """Return the oldest C library a file runs with."""
    return max(((int(major), int(minor)) for major, minor in _GLIBC.findall(_readelf(path, "-V"))), default=(0, 0))


def runpath(path: Path) -> list[str]:
    """Return the folders a file looks for libraries in before all others."""
    return [folder for found in _RUNPATH.findall(_readelf(path, "-d")) for folder in found.split(":")]


def elf_files(folder: Path) -> Iterator[Path]:
    """Yield the programs and libraries in a folder and below it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and is_elf(path):
            yield path


def is_elf(path: Path) -> bool:
    """Tell whether a file is a program or library of this system."""
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _readelf(path: str | Path, what: str) -> str:
    command = ["readelf", what, "-W", str(path)]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False).stdout
