"""A library on a disk that cannot be written to, and one that goes away while it is open."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import LibraryError, LibraryReadOnly
from core.messages import library_errors
from core.paths import LibraryPaths
from core.store import Store
from core.store.connections import Readers
from core.user_data import UserData
from tests.core.store.conftest import put


@pytest.fixture
def protected(tmp_path: Path) -> Iterator[Callable[[Path], LibraryPaths]]:
    """Shows a folder again as if it were on a write-protected disk."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs to mount read-only")
    disk = tmp_path / "protected"
    disk.mkdir()

    def show(folder: Path) -> LibraryPaths:
        commands = (["mount", "--bind", str(folder), str(disk)], ["mount", "-o", "remount,ro,bind", str(disk)])
        if any(subprocess.run(command, capture_output=True, check=False).returncode for command in commands):
            pytest.skip("mounting is not allowed here")
        return LibraryPaths(disk)

    yield show
    subprocess.run(["umount", "-l", str(disk)], capture_output=True, check=False)


def test_a_library_whose_log_was_never_replayed_is_searched_on_a_write_protected_disk(
    tmp_path: Path, layout: LibraryPaths, photos: Path, protected: Callable[[Path], LibraryPaths]
) -> None:
    cut_off = tmp_path / "cut off"
    cut_off.mkdir()
    with Store.open(layout) as store:
        content_id = put(store, store.add_root(photos), 1, "a")
        for file in (layout.database, Path(f"{layout.database}-wal"), layout.thumbnails):
            shutil.copy(file, cut_off)  # as a power cut leaves them
    shown = protected(cut_off)
    with pytest.raises(LibraryReadOnly):
        Store.open(shown)
    before = sorted((file.name, file.read_bytes()) for file in cut_off.iterdir())
    with Store.open(shown, write=False) as store:
        assert store.photo(content_id) is not None
        assert store.check() == []
    assert sorted((file.name, file.read_bytes()) for file in cut_off.iterdir()) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no file that is open")
def test_a_library_that_is_deleted_while_it_is_open_is_said_to_be_gone(layout: LibraryPaths, photos: Path) -> None:
    with Store.open(layout) as store:
        put(store, store.add_root(photos), 1, "a")
        readers = Readers(layout.database)
        shutil.rmtree(layout.folder)
        with pytest.raises(LibraryError) as raised, readers.borrowed():
            pass
        assert raised.value.message.code == library_errors.GONE.code


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody delete a file that is open")
def test_nothing_is_written_to_a_library_that_was_deleted_while_it_was_open(layout: LibraryPaths, photos: Path) -> None:
    with Store.open(layout) as store, closing(UserData.open(layout, write=True)) as said:
        root_id = store.add_root(photos).root_id
        said.searches.save("Dogs", "dog")
        shutil.rmtree(layout.folder)
        for write in (lambda: store.remove_root(root_id), lambda: said.searches.save("Cats", "cat")):
            with pytest.raises(LibraryError) as raised:
                write()
            assert raised.value.message.code == library_errors.GONE.code
        assert not layout.folder.exists()


def test_a_library_that_was_closed_is_searched_on_a_full_disk(tmp_path: Path, photos: Path) -> None:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs to mount a small disk")
    disk = tmp_path / "small"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(disk)], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        layout = LibraryPaths(disk / "library")
        with Store.open(layout) as store:
            content_id = put(store, store.add_root(photos), 1, "a")
        with pytest.raises(OSError), (disk / "full").open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
        with Store.open(layout, write=False) as store:
            assert store.photo(content_id) is not None
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
