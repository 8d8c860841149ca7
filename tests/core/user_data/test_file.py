"""The file of the user data: what it outlives, its copies, and what is said when it cannot be used."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.errors import DiskFull, LibraryBusy, LibraryDamaged, LibraryError, LibraryNewer, LibraryReadOnly
from core.messages import title
from core.paths import LibraryPaths
from core.photo import fingerprint
from core.store import connections
from core.store.copies import is_whole
from core.store.steps import Steps, Tables
from core.user_data import UserData, schema
from core.user_data.copies import KEPT_COPIES, keep_daily_copy, newest_good_copy
from core.user_data.database import UserFile
from tests.core.user_data.conftest import A, B


def starred(layout: LibraryPaths, *fingerprints: bytes) -> None:
    user_data = UserData.open(layout, write=True)
    user_data.favourites.add(fingerprints)
    user_data.close()


def start(layout: LibraryPaths) -> None:
    UserData.open(layout, write=True).close()


def start_on(layout: LibraryPaths, day: date) -> None:
    writer = connections.open_writer(layout.user_data)
    try:
        keep_daily_copy(writer, layout, day)
    finally:
        writer.close()


def copies(layout: LibraryPaths) -> list[str]:
    return sorted(path.name for path in layout.copies.iterdir()) if layout.copies.exists() else []


def spoil(path: Path) -> bytes:
    damaged = bytearray(path.read_bytes())
    damaged[4096:] = os.urandom(len(damaged) - 4096)
    path.write_bytes(damaged)
    return bytes(damaged)


# Copies


def test_the_first_start_of_a_day_keeps_a_copy(layout: LibraryPaths) -> None:
    starred(layout, A)
    assert copies(layout) == []  # there was nothing to copy when it was opened
    start(layout)
    assert copies(layout) == [f"user-{date.today().isoformat()}.sqlite"]
    copy = layout.copies / copies(layout)[0]
    before = copy.read_bytes()
    starred(layout, B)
    start(layout)
    assert copy.read_bytes() == before and is_whole(copy)
    shutil.copy(copy, layout.user_data)
    assert UserData.open(layout, write=False).favourites.all() == {A}


def test_the_last_seven_days_of_starts_are_kept(layout: LibraryPaths) -> None:
    starred(layout, A)
    days = [date(2026, 1, 1) + timedelta(days=3 * number) for number in range(10)]
    for day in days:
        start_on(layout, day)
    assert copies(layout) == [f"user-{day.isoformat()}.sqlite" for day in days[-KEPT_COPIES:]]


def test_a_clock_that_was_wrong_costs_no_copy_of_today(layout: LibraryPaths) -> None:
    starred(layout, A)
    for number in range(KEPT_COPIES):
        start_on(layout, date(2099, 1, 1) + timedelta(days=number))
    start_on(layout, date(2026, 1, 1))
    start_on(layout, date(2026, 1, 2))
    assert copies(layout)[:2] == ["user-2026-01-01.sqlite", "user-2026-01-02.sqlite"]
    assert len(copies(layout)) == KEPT_COPIES


def test_nothing_is_worth_no_copy(layout: LibraryPaths) -> None:
    starred(layout, A)
    start_on(layout, date(2026, 1, 1))
    opened = UserData.open(layout, write=True)
    opened.favourites.remove([A])
    opened.close()
    for number in range(2, 20):
        start_on(layout, date(2026, 1, number))
    assert "user-2026-01-01.sqlite" in copies(layout)


def test_a_copy_that_cannot_be_made_keeps_nobody_out(layout: LibraryPaths) -> None:
    starred(layout, A)
    layout.copies.write_bytes(b"a file where the folder should be")
    opened = UserData.open(layout, write=True)
    assert opened.favourites.all() == {A}
    opened.close()


# Damage


def test_a_damaged_file_is_told_with_its_newest_good_copy(layout: LibraryPaths) -> None:
    starred(layout, A)
    start_on(layout, date(2026, 1, 1))
    start_on(layout, date(2026, 1, 2))
    start_on(layout, date(2026, 1, 3))
    for age, day in enumerate((3, 2, 1)):
        os.utime(layout.copies / f"user-2026-01-0{day}.sqlite", (1e9 - age, 1e9 - age))
    spoil(layout.copies / "user-2026-01-03.sqlite")
    damaged = spoil(layout.user_data)
    good = layout.copies / "user-2026-01-02.sqlite"
    with pytest.raises(LibraryDamaged) as raised:
        UserData.open(layout, write=True)
    assert str(layout.user_data) in raised.value.title and str(good) in raised.value.advice
    reader = UserData.open(layout, write=False)
    with pytest.raises(LibraryDamaged):
        reader.favourites.all()
    assert any("user-2026-01-03" in title(found) for found in reader.check()) and len(reader.check()) >= 2
    reader.close()
    assert layout.user_data.read_bytes() == damaged  # nothing was overwritten
    assert len(copies(layout)) == 3
    shutil.copy(good, layout.user_data)
    assert UserData.open(layout, write=False).favourites.all() == {A}


def test_damage_is_seen_before_a_copy_replaces_a_good_one(layout: LibraryPaths) -> None:
    """Damage that opening does not meet is met by the check of the day's copy, and no good copy goes."""
    starred(layout, *(fingerprint(str(number).encode()) for number in range(5000)))
    for number in range(KEPT_COPIES):
        start_on(layout, date(2026, 1, 1) + timedelta(days=number))
    before = copies(layout)
    content = bytearray(layout.user_data.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = os.urandom(8192)
    layout.user_data.write_bytes(content)
    with pytest.raises(LibraryDamaged) as raised:
        UserData.open(layout, write=True)
    assert "user-2026-01-07" in raised.value.advice and copies(layout) == before


@pytest.mark.parametrize("content", [b"no database at all" * 500, b"SQLite format 3\0" + bytes(20)])
def test_what_is_no_database_is_damaged_without_a_copy(layout: LibraryPaths, content: bytes) -> None:
    layout.user_data.write_bytes(content)
    for write in (True, False):
        with pytest.raises(LibraryDamaged) as raised:
            UserData.open(layout, write=write).favourites.all()
        assert "no good copy" in raised.value.title and layout.user_data.read_bytes() == content
    assert newest_good_copy(layout) is None


# Schema


def steps_and_one_more() -> Steps:
    steps = Steps(schema.STEPS.name)
    known = (
        schema.step_001_first_tables,
        schema.step_002_recent_searches,
        schema.step_003_turns,
        schema.step_004_texts,
        schema.step_005_written,
        schema.step_006_set_aside,
        schema.step_007_said_by_time,
    )
    for step in known:
        steps()(step)

    def step_999_colour(db: Tables) -> None:
        db.execute("ALTER TABLE favourites ADD COLUMN colour TEXT")

    steps()(step_999_colour)
    return steps


def test_a_newer_file_is_refused_untouched(layout: LibraryPaths) -> None:
    starred(layout, A)
    UserFile(layout, write=True, steps=steps_and_one_more()).close()
    before = layout.user_data.read_bytes()
    with pytest.raises(LibraryNewer, match=r"favourites.*newer version"):
        UserData.open(layout, write=True)
    with pytest.raises(LibraryNewer):
        UserData.open(layout, write=False).favourites.all()
    assert layout.user_data.read_bytes() == before


@pytest.mark.parametrize("write", [True, False])
def test_it_is_copied_before_it_is_changed(layout: LibraryPaths, write: bool) -> None:
    starred(layout, A)
    newer = UserFile(layout, write=write, steps=steps_and_one_more())
    with newer.reading() as connection:
        assert connection.execute("SELECT colour FROM favourites").fetchall() == [(None,)]
    newer.close()
    copy = layout.folder / "user-before-step_999_colour.sqlite"
    assert newest_good_copy(layout) in (copy, layout.copies / f"user-{date.today().isoformat()}.sqlite")
    shutil.copy(copy, layout.user_data)
    assert UserData.open(layout, write=False).favourites.all() == {A}


# What the disk and others say


def test_a_foreign_writer_makes_it_busy(
    layout: LibraryPaths, user_data: UserData, monkeypatch: pytest.MonkeyPatch
) -> None:
    user_data.favourites.add([A])
    user_data.close()
    monkeypatch.setattr(connections, "BUSY_TIMEOUT_S", 0.05)
    opened = UserData.open(layout, write=True)
    intruder = connections.open_writer(layout.user_data)
    try:
        intruder.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryBusy):
            opened.favourites.add([B])
        assert opened.favourites.all() == {A}
    finally:
        intruder.close()
    opened.favourites.add([B])
    assert opened.favourites.all() == {A, B}
    opened.close()


def test_a_full_disk_loses_nothing(layout: LibraryPaths, user_data: UserData) -> None:
    user_data.favourites.add([A])
    database = user_data._database  # pyright: ignore[reportPrivateUsage]
    assert isinstance(database, UserFile)
    writer = database._writer  # pyright: ignore[reportPrivateUsage]
    assert writer is not None
    pages = writer.conn.execute("PRAGMA page_count").fetchone()[0]
    writer.conn.execute(f"PRAGMA max_page_count={pages + 1}")
    many = [fingerprint(str(number).encode()) for number in range(5000)]
    with pytest.raises(DiskFull):
        user_data.favourites.add(many)
    assert user_data.favourites.all() == {A} and user_data.check() == []
    writer.conn.execute("PRAGMA max_page_count=100000")
    user_data.favourites.add(many)
    assert len(user_data.favourites.all()) == 5001


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs to mount read-only")
def test_a_write_protected_disk_can_be_read(tmp_path: Path, layout: LibraryPaths) -> None:
    starred(layout, A)
    disk = tmp_path / "protected"
    disk.mkdir()
    commands = (["mount", "--bind", str(layout.folder), str(disk)], ["mount", "-o", "remount,ro,bind", str(disk)])
    if any(subprocess.run(command, capture_output=True, check=False).returncode for command in commands):
        subprocess.run(["umount", "-l", str(disk)], capture_output=True, check=False)
        pytest.skip("mounting is not allowed here")
    try:
        with pytest.raises(LibraryReadOnly):
            UserData.open(LibraryPaths(disk), write=True)
        reader = UserData.open(LibraryPaths(disk), write=False)
        assert reader.favourites.all() == {A} and reader.check() == []
        reader.close()
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_read_only_folder_is_said(layout: LibraryPaths) -> None:
    layout.folder.chmod(0o500)
    with pytest.raises(LibraryReadOnly):
        starred(layout, A)


def test_it_is_one_file_that_any_tool_opens(layout: LibraryPaths) -> None:
    starred(layout, A)
    start(layout)
    for path in (layout.user_data, *layout.copies.iterdir()):
        with sqlite3.connect(path) as db:
            assert db.execute("SELECT fingerprint FROM favourites").fetchall() == [(A,)]
        db.close()


# A power cut


def test_what_the_user_says_is_on_the_disk_when_it_is_said(
    layout: LibraryPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With SQLite's `synchronous=NORMAL` the log is flushed only now and then, and a star would be lost."""
    opened: list[sqlite3.Connection] = []
    whole = connections.open_writer

    def noting(*arguments: object, **options: object) -> sqlite3.Connection:
        opened.append(whole(*arguments, **options))  # type: ignore[arg-type]
        return opened[-1]

    monkeypatch.setattr("core.user_data.database.open_writer", noting)
    user_data = UserData.open(layout, write=True)
    user_data.favourites.add([A])
    full = 2
    assert [one.execute("PRAGMA synchronous").fetchone()[0] for one in opened] == [full]
    user_data.close()


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_a_disk_that_fails_while_it_is_made_is_told_in_words(
    layout: LibraryPaths, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def failing(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("core.user_data.database.flush_folder", failing)
    user_data = UserData.open(layout, write=True)
    with pytest.raises(LibraryError):
        user_data.favourites.add([A])
    user_data.close()
