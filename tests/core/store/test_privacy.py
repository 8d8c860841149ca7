"""A library is read by its owner only, and a damaged cache is never more than a cache."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from core.library import Library
from core.maintenance.backup import back_up, restore
from core.maintenance.export import export_facts, export_vectors
from core.paths import LibraryPaths
from core.store import Store
from tests.core.store.conftest import identity, put


def test_thumbnails_damaged_in_the_middle_are_made_anew_when_that_is_seen(layout: LibraryPaths, photos: Path) -> None:
    """At opening only the first pages are looked at."""
    with Store.open(layout) as store:
        root = store.add_root(photos)
        store.thumbnails.put([(identity(number), os.urandom(30_000)) for number in range(100, 150)])
        content_id = put(store, root, 1, "a")
    damaged = bytearray(layout.thumbnails.read_bytes())
    for page in range(2, len(damaged) // 16384):
        damaged[page * 16384 : page * 16384 + 64] = b"\xff" * 64
    layout.thumbnails.write_bytes(damaged)
    with Store.open(layout) as store:
        missing = store.thumbnails.missing([identity(number) for number in range(100, 150)])
        assert len(missing) == 50 and store.thumbnail(content_id) is None
        put(store, root, 2, "b")
        put(store, root, 1, "a")
        assert store.thumbnail(content_id) == b"jpeg 1" and store.check() == []


@pytest.mark.skipif(os.name != "posix", reason="no modes here")
def test_nobody_else_may_read_a_library(layout: LibraryPaths, photos: Path) -> None:
    before = os.umask(0o022)
    try:
        layout.log.mkdir(parents=True)  # as the window does before it opens the library
        with Store.open(layout) as store:
            put(store, store.add_root(photos), 1, "a")
            files = {path: path.stat().st_mode & 0o777 for path in layout.folder.iterdir() if path.is_file()}
            files.pop(layout.lock, None)  # holds nothing
            assert layout.thumbnails in files and set(files.values()) == {0o600}, files
        assert layout.folder.stat().st_mode & 0o777 == 0o700
        layout.folder.chmod(0o755)  # as an older version left them
        layout.thumbnails.chmod(0o644)
        Store.open(layout).close()
        assert layout.folder.stat().st_mode & 0o777 == 0o700
        assert layout.thumbnails.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="no modes here")
def test_a_folder_that_holds_other_things_keeps_its_mode(layout: LibraryPaths) -> None:
    layout.folder.mkdir(0o755)
    layout.folder.chmod(0o755)
    (layout.folder / "letter.txt").touch()
    Store.open(layout).close()
    assert layout.folder.stat().st_mode & 0o777 == 0o755
    assert layout.database.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="no modes here")
def test_what_is_written_elsewhere_is_for_its_owner_only(layout: LibraryPaths, photos: Path, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with Library.open(layout.folder) as library:
            library.add_root(photos)
            library.machine_settings.set("hub_proxy", "http://me:secret@proxy")
        back_up(layout, tmp_path / "backup.zip")
        again = LibraryPaths(tmp_path / "again")
        restore(again, tmp_path / "backup.zip")
        aside = restore(again, tmp_path / "backup.zip")
        export_facts(layout, tmp_path / "facts.csv")
        export_vectors(layout, "m", tmp_path / "vectors.npz")
    finally:
        os.umask(before)
    for path in (layout.settings, *(tmp_path / name for name in ("backup.zip", "facts.csv", "vectors.npz"))):
        assert path.stat().st_mode & 0o777 == 0o600, path
    assert aside is not None
    for folder in (again.folder, aside):
        assert folder.stat().st_mode & 0o777 == 0o700, folder
        files = [path for path in folder.iterdir() if path.is_file() and path != again.lock]
        assert files and {path.stat().st_mode & 0o777 for path in files} == {0o600}, folder


def test_nothing_is_left_in_the_temporary_folder(
    layout: LibraryPaths, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with Library.open(layout.folder) as library:
        library.add_root(photos)
    back_up(layout, tmp_path / "backup.zip")
    restore(layout, tmp_path / "backup.zip")
    export_facts(layout, tmp_path / "facts.csv")
    with Library.open(layout.folder, write=False) as library:
        assert library.check() == []
    assert not list(temporary.iterdir())
