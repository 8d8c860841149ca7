"""A library in one file and back: whatever is wrong with the file, what is there is never lost."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import random
import shutil
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.asked_pictures import AskedPictures, Origin
from core.cli import main
from core.errors import DiskFull, LibraryBusy, LibraryDamaged, LibraryError, LibraryNewer
from core.machine_settings import MachineSettings
from core.maintenance import backup
from core.maintenance.backup import back_up, restore
from core.maintenance.working_folder import working_folder
from core.paths import LibraryPaths
from core.store import Batch, Store
from core.user_data import UserData
from tests.core.store.conftest import embedded, identity, put, stamp


@pytest.fixture
def layout(tmp_path: Path) -> LibraryPaths:
    made, photos = LibraryPaths(tmp_path / "library"), tmp_path / "photos"
    photos.mkdir()
    with Store.open(made) as store:
        root = store.add_root(photos)
        store.record(Batch("m", tuple(embedded(n, stamp(root, f"{n}.jpg")) for n in range(20))))
    star(made, 1)
    MachineSettings(made.settings).set("hub_proxy", "http://x:1")
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "today.zip"


def star(layout: LibraryPaths, *numbers: int) -> None:
    user_data = UserData.open(layout, write=True)
    user_data.favourites.add([identity(number) for number in numbers])
    user_data.close()


def held(layout: LibraryPaths) -> tuple[int, int, str]:
    """Return what a library has: photos, stars, proxy."""
    user_data = UserData.open(layout, write=False)
    try:
        with Store.open(layout, write=False) as store:
            assert store.check() == [] and user_data.check() == []
            photos = store.counts("m").indexed
        return photos, len(user_data.favourites.all()), MachineSettings(layout.settings).text("hub_proxy")
    finally:
        user_data.close()


def test_it_comes_back_as_it_was(layout: LibraryPaths, file: Path, tmp_path: Path) -> None:
    assert back_up(layout, file) == file.stat().st_size
    assert [one.name for one in file.parent.iterdir()] == ["today.zip"]
    other = LibraryPaths(tmp_path / "other computer")
    assert restore(other, file) is None
    assert held(other) == held(layout) == (20, 1, "http://x:1")


def test_pictures_that_saved_searches_name_come_back(layout: LibraryPaths, file: Path, tmp_path: Path) -> None:
    name = AskedPictures(layout.asked_pictures).keep(b"picture", Origin.PASTED, ".png")
    back_up(layout, file)
    other = LibraryPaths(tmp_path / "other computer")
    restore(other, file)
    assert AskedPictures(other.asked_pictures).file(name).read_bytes() == b"picture"
    restore(other, file)  # over what is there
    assert AskedPictures(other.asked_pictures).file(name).read_bytes() == b"picture"


def test_a_library_in_use_is_backed_up_as_of_one_moment(layout: LibraryPaths, file: Path, tmp_path: Path) -> None:
    with Store.open(layout) as store:
        put(store, store.roots()[0], 100, "late.jpg")  # in the log, not in the file
        back_up(layout, file)
        put(store, store.roots()[0], 101, "later.jpg")
    other = LibraryPaths(tmp_path / "other")
    restore(other, file)
    assert held(other)[0] == 21


def test_what_is_there_is_kept(layout: LibraryPaths, file: Path) -> None:
    back_up(layout, file)
    star(layout, 2, 3)
    kept = restore(layout, file)
    assert held(layout) == (20, 1, "http://x:1")
    assert kept is not None and held(LibraryPaths(kept)) == (20, 3, "http://x:1")
    assert not list(layout.folder.glob("restoring-*"))


def test_a_copy_of_the_user_data_is_restored_alone(layout: LibraryPaths) -> None:
    UserData.open(layout, write=True).close()
    (copy,) = layout.copies.iterdir()
    layout.user_data.write_bytes(b"damaged" * 1000)
    with pytest.raises(LibraryDamaged):
        UserData.open(layout, write=True)
    assert main(["--library", str(layout.folder), "restore", str(copy)]) == 0
    assert held(layout)[:2] == (20, 1) and copy.exists()


def test_nothing_is_overwritten(layout: LibraryPaths, file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"a photo")
    with pytest.raises(LibraryError, match="already"):
        back_up(layout, file)
    assert file.read_bytes() == b"a photo"
    with pytest.raises(LibraryError, match="no library"):
        back_up(LibraryPaths(tmp_path / "nowhere"), tmp_path / "new.zip")
    assert not (tmp_path / "new.zip").exists()


def test_a_damaged_library_gives_no_backup(layout: LibraryPaths, file: Path) -> None:
    layout.database.write_bytes(b"damaged" * 1000)
    with pytest.raises(LibraryDamaged):
        back_up(layout, file)
    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize("seed", range(8))
def test_a_changed_backup_is_refused_and_changes_nothing(layout: LibraryPaths, file: Path, seed: int) -> None:
    back_up(layout, file)
    choice, content = random.Random(seed), bytearray(file.read_bytes())
    place = choice.randrange(len(content) // 2)
    content[place : place + 50] = choice.randbytes(50)
    file.write_bytes(content if seed % 2 else content[:place])
    refused(layout, file)


@pytest.mark.parametrize("content", [b"", b"no archive", b"SQLite format 3\0" + bytes(200)])
def test_what_is_no_backup_is_refused(layout: LibraryPaths, file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    refused(layout, file)
    file.unlink()
    refused(layout, file)


def test_another_archive_is_refused(layout: LibraryPaths, file: Path) -> None:
    file.parent.mkdir()
    for listing in ("[]", "{}", '{"files": 3}', json.dumps({"files": {"../../out.txt": "0"}})):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("backup.json", listing)
            archive.writestr("../../out.txt", "x")
        refused(layout, file)
    assert not list(layout.folder.parent.rglob("out.txt"))


def refused(layout: LibraryPaths, file: Path) -> None:
    before = held(layout), sorted(path.name for path in layout.folder.iterdir())
    with pytest.raises(LibraryError) as raised:
        restore(layout, file)
    assert raised.value.title
    assert before == (held(layout), sorted(path.name for path in layout.folder.iterdir()))


def test_a_newer_backup_is_refused(layout: LibraryPaths, file: Path, tmp_path: Path) -> None:
    import sqlite3

    db = sqlite3.connect(layout.database)
    db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('recollect', 'step_999', '')")
    db.commit()
    db.close()
    back_up(layout, file)
    with pytest.raises(LibraryNewer):
        restore(LibraryPaths(tmp_path / "older"), file)


def test_an_open_library_is_not_exchanged(layout: LibraryPaths, file: Path) -> None:
    back_up(layout, file)
    with Store.open(layout), pytest.raises(LibraryBusy):
        restore(layout, file)
    assert held(layout)[0] == 20


def test_a_full_disk_leaves_no_half_backup(layout: LibraryPaths, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(files: list[Path], target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_pack", full)
    with pytest.raises(DiskFull):
        back_up(layout, file)
    assert list(file.parent.iterdir()) == []


def test_the_commands_say_what_they_did(layout: LibraryPaths, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--library", str(layout.folder)]
    assert main([*command, "backup", str(file)]) == 0
    assert main([*command, "restore", str(file)]) == 0
    said = capsys.readouterr().err
    assert "Backed up to" in said and "before-restore-" in said
    assert main([*command, "backup", str(file)]) == 1


@pytest.mark.timeout(20)
@pytest.mark.skipif(os.name != "posix", reason="there are no such files elsewhere")
def test_what_has_no_end_is_no_backup(layout: LibraryPaths, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.zip"
    os.mkfifo(pipe)
    for source in (pipe, Path("/dev/zero")):
        with pytest.raises(LibraryError, match="no ordinary file"):
            restore(layout, source)


def archive_of(file: Path, **others: bytes) -> None:
    """Add files to a backup, as whoever makes one to be restored by somebody else can."""
    with zipfile.ZipFile(file) as made:
        held = {name: made.read(name) for name in made.namelist()}
    listing = json.loads(held.pop("backup.json"))
    listing["files"] |= {name: hashlib.blake2b(content).hexdigest() for name, content in others.items()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as again:
        for name, content in (held | others | {"backup.json": json.dumps(listing).encode()}).items():
            again.writestr(name, content)


@pytest.mark.parametrize("name", ["moved.txt", "serve.token", "library.lock", "copies", "again/user.sqlite", ".."])
def test_what_no_backup_holds_is_not_put_into_a_library(layout: LibraryPaths, file: Path, name: str) -> None:
    back_up(layout, file)
    archive_of(file, **{name: b"/somewhere/else"})
    refused(layout, file)


def test_a_listing_without_end_takes_no_memory(layout: LibraryPaths, file: Path) -> None:
    file.parent.mkdir()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("backup.json", b" " * 200_000_000)
    tracemalloc.start()
    refused(layout, file)
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_what_interrupts_a_restore_leaves_a_whole_library(
    layout: LibraryPaths, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(layout, file)
    steps = count_steps(monkeypatch, layout, file, stop_at=0)
    assert steps > 10
    for step in range(1, steps + 1):
        with Store.open(layout) as store:  # a log is left where the last to write was killed
            put(store, store.roots()[0], 200 + step, f"{step}.jpg")
            kept = {path: path.read_bytes() for path in layout.folder.glob("library.sqlite*")}
        for path, content in kept.items():
            path.write_bytes(content)
        before = held(layout)
        for path, content in kept.items():
            path.write_bytes(content)
        count_steps(monkeypatch, layout, file, stop_at=step)
        assert held(layout) in (before, (20, 1, "http://x:1"))
        assert restore(layout, file) is not None
        assert held(layout) == (20, 1, "http://x:1")
        assert not list(layout.folder.glob("restoring-*"))


def test_the_log_of_a_database_that_is_gone_does_not_come_into_a_restored_one(layout: LibraryPaths, file: Path) -> None:
    back_up(layout, file)
    log = layout.database.with_name(f"{layout.database.name}-wal")
    with Store.open(layout) as store:
        put(store, store.roots()[0], 500, "later.jpg")
        later = log.read_bytes()
    layout.database.unlink()
    log.write_bytes(later)
    aside = restore(layout, file)
    assert aside is not None and (aside / log.name).read_bytes() == later
    assert held(layout) == (20, 1, "http://x:1")


def test_where_there_is_no_room_for_what_was_there_nothing_is_restored(
    layout: LibraryPaths, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(layout, file)
    with Store.open(layout) as store:
        put(store, store.roots()[0], 500, "later.jpg")
    before, copy, copied = held(layout), shutil.copy2, list[Path]()

    def full(source: Path, target: Path) -> Path:
        copied.append(source)
        if len(copied) > 1:
            raise OSError(errno.ENOSPC, "no space left")
        return Path(copy(source, target))

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copy2", full)
        with pytest.raises(DiskFull):
            restore(layout, file)
    assert len(copied) == 2 and held(layout) == before and not list(layout.folder.glob("before-restore-*"))


def count_steps(monkeypatch: pytest.MonkeyPatch, layout: LibraryPaths, file: Path, *, stop_at: int) -> int:
    """Restore a backup up to the n-th time that a name of the library's folder changes; return how many there were."""
    steps = 0

    def counted(change: Callable[..., object]) -> Callable[..., object]:
        def changed(*arguments: object, **named: object) -> object:
            nonlocal steps
            if any("restoring-" not in str(one) for one in arguments):
                steps += 1
                if steps == stop_at:
                    raise KeyboardInterrupt
            return change(*arguments, **named)

        return changed

    with monkeypatch.context() as patched:
        for owner, name in ((os, "rename"), (os, "replace"), (os, "unlink"), (os, "mkdir"), (shutil, "copy2")):
            patched.setattr(owner, name, counted(getattr(owner, name)))
        with contextlib.suppress(KeyboardInterrupt):
            restore(layout, file)
    return steps


@pytest.mark.skipif(os.name != "posix", reason="links need a right elsewhere")
def test_where_a_link_leads_nothing_is_cleared(layout: LibraryPaths, file: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "files").mkdir(parents=True)
    (mine / "files/work.txt").write_text("mine")
    (mine / "lock").touch()
    file.parent.mkdir(exist_ok=True)
    (file.parent / ".recollect-backup-link").symlink_to(mine)
    back_up(layout, file)
    assert (mine / "files/work.txt").read_text() == "mine"


def test_what_a_killed_backup_left_is_removed_by_the_next(layout: LibraryPaths, file: Path) -> None:
    left = file.parent / ".recollect-backup-abcdefgh"
    (left / "files").mkdir(parents=True)
    (left / "files" / "packed").write_bytes(b"half")
    (left / "lock").touch()
    with working_folder(file.parent, ".recollect-backup-") as used:
        assert not left.exists()
        back_up(layout, file)
        assert used.exists()
    assert [path.name for path in file.parent.iterdir()] == [file.name]
