"""What the window and the settings keep beside the library is read without an exception, whatever is in the files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from app.program.single_instance import NOTE, taken_notes
from app.services.preferences import Preferences
from core.errors import RecollectError
from core.machine_settings import MachineSettings
from core.paths import LibraryPaths
from core.store import Store
from tests.torture.mutations import mutants
from tests.torture.random_choices import chance

TRIES = int(os.environ.get("RECOLLECT_FUZZ", "40"))
VALUES = ("@Invalid()", "@ByteArray(\\x1)", "@Variant(\\0\\0)", "nan", "-1", "9" * 400, "[" * 100_000, '"[1, {}]"')


def names() -> list[str]:
    return [name for name, one in vars(Preferences).items() if isinstance(one, property)]


def written(layout: LibraryPaths) -> bytes:
    """Return a file in which everything was set to what it is anyway."""
    preferences = Preferences(layout)
    for name in names():
        value = getattr(preferences, name)
        if value is not None:
            setattr(preferences, name, value)
    preferences._settings.sync()  # pyright: ignore[reportPrivateUsage]
    return layout.window_settings.read_bytes()


def read_all(layout: LibraryPaths) -> None:
    preferences = Preferences(layout)
    for name in names():
        getattr(preferences, name)


def test_what_the_window_remembers_may_be_anything(tmp_path: Path) -> None:
    layout = LibraryPaths(tmp_path / "library")
    layout.folder.mkdir()
    original = written(layout)
    keys = [line.partition(b"=")[0] for line in original.splitlines() if b"=" in line]
    texts = [b"[General]\n" + b"\n".join(key + b"=" + value.encode() for key in keys) for value in VALUES]
    changed = mutants([(".ini", original)], chance())
    for text in [*texts, *(next(changed)[1] for _ in range(TRIES))]:
        layout.window_settings.write_bytes(text)
        read_all(layout)


def test_settings_of_the_computer_may_be_anything(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    original = json.dumps({"pause_on_battery": True, "proxy": "http://example.org", "hours": "22-6"}).encode()
    changed = mutants([(".json", original)], chance())
    for text in [b"[" * 100_000, b"\xff\xfe", b"null", b'{"proxy": [1]}', *(next(changed)[1] for _ in range(TRIES))]:
        file.write_bytes(text)
        settings = MachineSettings(file)
        for name in ("pause_on_battery", "proxy", "hours", "no such"):
            assert isinstance(settings.flag(name), bool) and isinstance(settings.text(name), str)
        settings.set("pause_on_battery", True)
        assert MachineSettings(file).flag("pause_on_battery")


def test_a_note_to_the_window_may_be_anything(tmp_path: Path) -> None:
    changed = mutants([("", b"/home/a/1.jpg\0/home/a/2.jpg")], chance())
    for number, text in enumerate([b"", b"\0" * 99, b"\xff\xfe/\n", *(next(changed)[1] for _ in range(TRIES))]):
        (tmp_path / f"{number}{NOTE}").write_bytes(text)
    assert all(isinstance(place, Path) for place in taken_notes(tmp_path))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["library.sqlite", "thumbnails.sqlite"])
def test_a_changed_database_is_opened_made_anew_or_refused(tmp_path: Path, name: str) -> None:
    layout = LibraryPaths(tmp_path / "library")
    Store.open(layout).close()
    file = layout.folder / name
    original = file.read_bytes()
    changed = mutants([("", original)], chance())
    unread = original.replace(b"CREATE", b"\xd0REATE")  # SQLite quotes it in what it says, which is no text then
    for data in [unread, *(next(changed)[1] for _ in range(min(TRIES, 1000) // 4))]:
        file.write_bytes(data)
        try:
            with Store.open(layout) as store:
                store.check()
        except RecollectError as error:
            assert name == "library.sqlite" and error.title
