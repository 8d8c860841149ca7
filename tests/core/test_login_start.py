"""What a system reads when somebody logs in: written for this user alone, and taken away again."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path

import pytest

from core import login_start
from core.login_start import AutostartEntry, LaunchAgent, RunKey, own_command


def test_an_entry_that_desktops_read(tmp_path: Path) -> None:
    entry = AutostartEntry(tmp_path / "config" / "autostart" / "recollect.desktop")
    assert not entry.is_on
    entry.turn_on(("/opt/My $photos/100% `recollect`", "--in-tray", "--library", 'a "b" \\c'))
    text = (tmp_path / "config/autostart/recollect.desktop").read_text(encoding="utf-8")
    said = next(line for line in text.splitlines() if line.startswith("Exec="))
    assert said == r'Exec="/opt/My \\$photos/100%% \\`recollect\\`" "--in-tray" "--library" "a \\"b\\" \\\\c"'
    assert entry.is_on and text.startswith("[Desktop Entry]\nType=Application\n")
    entry.turn_off()
    entry.turn_off()
    assert not entry.is_on and not list((tmp_path / "config/autostart").iterdir())


def test_an_agent_that_launchd_reads(tmp_path: Path) -> None:
    agent = LaunchAgent(tmp_path / "LaunchAgents" / "io.github.recollect.Recollect.plist")
    agent.turn_on(("/Applications/Recollect.app/Contents/MacOS/recollect", "--in-tray"))
    told = plistlib.loads((tmp_path / "LaunchAgents" / "io.github.recollect.Recollect.plist").read_bytes())
    assert told["ProgramArguments"] == ["/Applications/Recollect.app/Contents/MacOS/recollect", "--in-tray"]
    assert told["RunAtLoad"] is True and told["Label"] == "io.github.recollect.Recollect"
    agent.turn_off()
    assert not agent.is_on


@pytest.mark.skipif(sys.platform == "win32", reason="the registry of whoever runs the tests stays as it is")
def test_the_registry_is_touched_on_windows_alone() -> None:
    key = RunKey()
    key.turn_on(("recollect.exe",))
    key.turn_off()
    assert not key.is_on


def test_each_system_has_its_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(login_start.sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    found = login_start.login_start()
    assert isinstance(found, AutostartEntry)
    found.turn_on(("recollect",))
    assert (tmp_path / "autostart" / "recollect.desktop").is_file()
    monkeypatch.setenv("FLATPAK_ID", "io.github.recollect.Recollect")
    assert login_start.login_start() is None, "nothing it writes is read outside"


def test_the_program_knows_how_it_is_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert own_command() is None
    script = tmp_path / ("recollect.exe" if sys.platform == "win32" else "recollect")
    script.write_bytes(b"")
    assert own_command() == (str(script),)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == (str(tmp_path / "python"),)
    monkeypatch.setenv("APPIMAGE", "/home/me/Recollect.AppImage")
    assert own_command() == ("/home/me/Recollect.AppImage",)
