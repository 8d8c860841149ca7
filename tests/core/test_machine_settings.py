"""The settings of this computer: kept in a file of their own, whatever is wrong with it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cli import main
from core.library import Library
from core.machine_settings import MachineSettings
from core.messages import sentence
from core.paths import LibraryPaths
from core.setting_names import HUB_PROXY, PAUSE_ON_BATTERY, PAUSED
from core.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "settings.json"


def test_what_is_set_is_there_at_the_next_start(path: Path) -> None:
    opened = MachineSettings(path)
    assert not opened.flag(PAUSED) and opened.text(HUB_PROXY) == "" and not path.parent.exists()
    opened.set(PAUSED, True)
    opened.set(HUB_PROXY, "http://proxy:8080/ü")
    again = MachineSettings(path)
    assert again.flag(PAUSED) and again.text(HUB_PROXY) == "http://proxy:8080/ü" and again.damage is None
    again.set(PAUSED, False)
    assert not MachineSettings(path).flag(PAUSED)
    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]


def test_what_a_newer_version_keeps_there_stays(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"of tomorrow": {"a": [1]}}', encoding="utf-8")
    MachineSettings(path).set(PAUSED, True)
    assert json.loads(path.read_text(encoding="utf-8")) == {"of tomorrow": {"a": [1]}, PAUSED: True}


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b'{"a": 1} x', b"[" * 100_000, b"null"])
def test_a_damaged_file_is_put_aside_and_told_once(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    opened = MachineSettings(path)
    aside = path.with_name("settings-damaged.json")
    assert opened.damage is not None and str(aside) in sentence(opened.damage)
    assert aside.read_bytes() == content and not opened.flag(PAUSED)
    assert MachineSettings(path).damage is None
    opened.set(PAUSED, True)
    assert MachineSettings(path).flag(PAUSED)


def test_a_file_that_cannot_be_read_is_told(path: Path) -> None:
    path.mkdir(parents=True)  # a folder of that name
    opened = MachineSettings(path)
    assert opened.damage is not None and not opened.flag(PAUSED)


def test_a_write_that_fails_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = MachineSettings(path)
    opened.set(PAUSED, True)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Exception, match="is full"):
        opened.set(HUB_PROXY, "x")
    assert opened.text(HUB_PROXY) == "" and json.loads(path.read_text(encoding="utf-8")) == {PAUSED: True}


def test_a_file_that_is_held_for_a_moment_is_replaced_after_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a virus scanner may look at the file just then."""
    real, refusals = Path.replace, [PermissionError(13, "held")] * 2

    def held(self: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    MachineSettings(path).set(PAUSED, True)
    assert not refusals and MachineSettings(path).flag(PAUSED)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(
    st.binary()
    | anything.map(json.dumps).map(str.encode)
    | st.dictionaries(st.sampled_from([PAUSED, HUB_PROXY]), anything).map(json.dumps).map(str.encode)
)
def test_whatever_the_file_holds_it_is_read_or_put_aside(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.json"
        path.write_bytes(content)
        opened = MachineSettings(path)
        assert isinstance(opened.text(HUB_PROXY), str) and isinstance(opened.flag(PAUSED), bool)
        assert path.exists() is (opened.damage is None)


# What older versions kept with the library


@pytest.fixture
def older(tmp_path: Path) -> LibraryPaths:
    layout = LibraryPaths(tmp_path / "library")
    with Store.open(layout) as store:
        store.set_setting(PAUSE_ON_BATTERY, True)
        store.set_setting(HUB_PROXY, "http://old:1")
        store.set_setting("cell", 180)
    return layout


def test_the_values_of_an_older_library_are_carried_over_once(older: LibraryPaths) -> None:
    with Library.open(older.folder) as library:
        assert library.machine_settings.flag(PAUSE_ON_BATTERY)
        assert library.machine_settings.text(HUB_PROXY) == "http://old:1"
        assert library.setting(PAUSE_ON_BATTERY) is None and library.setting("cell") == 180
        library.machine_settings.set(PAUSE_ON_BATTERY, False)
    with Library.open(older.folder) as library:
        assert not library.machine_settings.flag(PAUSE_ON_BATTERY)


def test_who_only_reads_an_older_library_sees_them_too(older: LibraryPaths) -> None:
    with Library.open(older.folder, write=False) as library:
        assert library.machine_settings.flag(PAUSE_ON_BATTERY) and library.setting(PAUSE_ON_BATTERY) is True
    assert not older.settings.exists()


def test_what_was_set_since_counts_more(older: LibraryPaths) -> None:
    MachineSettings(older.settings).set(HUB_PROXY, "http://new:2")
    with Library.open(older.folder) as library:
        assert library.machine_settings.text(HUB_PROXY) == "http://new:2"
        assert library.machine_settings.flag(PAUSE_ON_BATTERY)


def test_a_new_library_keeps_the_settings(older: LibraryPaths) -> None:
    Library.open(older.folder).close()
    older.database.unlink()
    with Library.open(older.folder) as library:
        assert library.machine_settings.text(HUB_PROXY) == "http://old:1"


def test_the_command_line_tells_of_damage_once(older: LibraryPaths, capsys: pytest.CaptureFixture[str]) -> None:
    older.settings.write_bytes(b"nonsense")
    assert main(["--library", str(older.folder), "status"]) == 0
    assert "could not be understood" in capsys.readouterr().err
    assert main(["--library", str(older.folder), "status"]) == 0
    assert "could not be understood" not in capsys.readouterr().err
