"""Starting with the user's session: what each system reads when somebody logs in, written for this user alone."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

NAME = "Recollect"
IN_TRAY = "--in-tray"
"""The option of a start that nobody waits for a window of."""
_SANDBOXES = ("FLATPAK_ID", "SNAP")
"""Set in programs that can write nothing the session reads."""


class LoginStart(Protocol):
    """What has a program started when its user logs in. Methods raise OSError where the system refuses."""

    @property
    def is_on(self) -> bool: ...

    def turn_on(self, command: Sequence[str]) -> None:
        """Have a command started from the next login on."""
        ...

    def turn_off(self) -> None: ...


def login_start() -> LoginStart | None:
    """Return what starts programs on this system; None where this program may not say so."""
    if any(os.environ.get(name) for name in _SANDBOXES):
        return None
    if sys.platform == "win32":
        return RunKey()
    if sys.platform == "darwin":
        return LaunchAgent(Path.home() / "Library" / "LaunchAgents" / "io.github.recollect.Recollect.plist")
    settings = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(settings) if settings.startswith("/") else Path.home() / ".config"
    return AutostartEntry(folder / "autostart" / "recollect.desktop")


def own_command() -> tuple[str, ...] | None:
    """Return the command that starts this program again, whoever calls it from wherever; None if there is none."""
    if image := os.environ.get("APPIMAGE"):
        return (image,)  # what runs is unpacked for this time only
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    script = Path(sys.executable).with_name("recollect.exe" if sys.platform == "win32" else "recollect")
    return (str(script),) if script.is_file() else None


class AutostartEntry:
    """A file in the folder that desktops for Linux read: specifications.freedesktop.org/autostart-spec."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def is_on(self) -> bool:
        return self._path.is_file()

    def turn_on(self, command: Sequence[str]) -> None:
        words = " ".join(map(_quoted, command))
        lines = ("[Desktop Entry]", "Type=Application", f"Name={NAME}", f"Exec={words}", "Icon=recollect")
        _write(self._path, ("\n".join((*lines, "Terminal=false")) + "\n").encode("utf-8", "surrogateescape"))

    def turn_off(self) -> None:
        self._path.unlink(missing_ok=True)


class LaunchAgent:
    """A file that macOS's launchd reads."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def is_on(self) -> bool:
        return self._path.is_file()

    def turn_on(self, command: Sequence[str]) -> None:
        import plistlib

        told = {"Label": self._path.stem, "ProgramArguments": list(command), "RunAtLoad": True}
        _write(self._path, plistlib.dumps({**told, "ProcessType": "Interactive"}))

    def turn_off(self) -> None:
        self._path.unlink(missing_ok=True)


class RunKey:
    """A value in the registry that Windows reads."""

    _KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"

    @property
    def is_on(self) -> bool:
        if sys.platform != "win32":
            return False
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._KEY) as key:
                winreg.QueryValueEx(key, NAME)
        except OSError:
            return False
        return True

    def turn_on(self, command: Sequence[str]) -> None:
        if sys.platform == "win32":
            import subprocess
            import winreg

            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, self._KEY) as key:
                winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, subprocess.list2cmdline(command))

    def turn_off(self) -> None:
        if sys.platform == "win32" and self.is_on:
            import winreg

            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._KEY, 0, winreg.KEY_SET_VALUE) as key:
                winreg.DeleteValue(key, NAME)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(data)
    half.replace(path)


def _quoted(word: str) -> str:
    """Return a word as Exec has it: in quotes, escaped there, and then as every value of the file is."""
    escaped = re.sub(r'([\\"`$])', r"\\\1", word).replace("%", "%%")
    return f'"{escaped}"'.replace("\\", "\\\\").replace("\n", "\\n")
