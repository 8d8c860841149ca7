"""What is moved to the trash of a group: only while what is kept is there, and only what is as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.services.duplicates import KeepAll, TrashCopies
from app.services.progress import Progress, Thing
from core.copies import Copy, CopyGroup, Likeness, grouped
from core.errors import RecollectError
from core.user_records import Marks
from tests.app.fake_duplicates import FakeDuplicates, group_of
from tests.app.fake_library import FakeLibrary
from tests.app.window.test_trash import bin_folder, names

__all__ = ["bin_folder"]

FILE, PICTURE, MOMENT = Likeness


def written(group: CopyGroup) -> CopyGroup:
    """Return a group whose files are on the disk, as large and as old as it says."""
    for copy in group.copies:
        path = copy.shown.location.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(copy.shown.size))
        os.utime(path, ns=(copy.shown.mtime_ns, copy.shown.mtime_ns))
    return group


@pytest.fixture
def library(tmp_path: Path) -> FakeLibrary:
    made = FakeLibrary(8)
    made.disk = tmp_path / "photos"
    return made


@pytest.fixture
def group(library: FakeLibrary) -> CopyGroup:
    made = written(group_of(PICTURE, 1, 3, library.disk))
    library.duplicates.told = [made]
    return made


class StoppedAfter(Progress):
    """Is stopped after so many things."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def each(self, things: Sequence[Thing], *, to_end: bool = False) -> Iterator[Thing]:
        return super().each(things[: self._number], to_end=to_end)


def left(library: FakeLibrary) -> set[str]:
    return names(library.disk / "trip")


def test_what_is_suggested_goes_and_comes_back(library: FakeLibrary, group: CopyGroup, bin_folder: Path) -> None:
    applied = TrashCopies(PICTURE, [group.number], {}).apply(library)
    assert applied is not None and applied.files and applied.said() == "2 files moved to the trash"
    assert left(library) == {"photo 1.jpg"} and set(applied.gone) == {2, 3}
    assert applied.back is not None
    applied.back.apply(library)
    assert left(library) == {"photo 1.jpg", "photo 2.jpg", "photo 3.jpg"} and not names(bin_folder)


def test_what_was_said_of_what_goes_is_passed_on_and_taken_back(
    library: FakeLibrary, group: CopyGroup, bin_folder: Path
) -> None:
    kept, gone = (copy.shown.fingerprint for copy in group.copies[:2])
    library.user_data.favourites.add([gone])
    library.user_data.tags.add("sea", [gone])
    album = library.user_data.albums.create("Pier")
    library.user_data.albums.add(album.album_id, [gone])
    applied = TrashCopies(PICTURE, [group.number], {}).apply(library)
    assert library.user_data.marks([kept])[kept] == Marks(True, tags=("sea",))
    assert set(library.user_data.albums.photos(album.album_id)) == {kept, gone}
    assert applied is not None and applied.back is not None
    undone = applied.back.apply(library)
    assert library.user_data.marks([kept])[kept] == Marks()
    assert library.user_data.albums.photos(album.album_id) == (gone,)
    assert undone is not None and undone.back is not None
    undone.back.apply(library)
    assert library.user_data.favourites.all() == {kept, gone} and left(library) == {"photo 1.jpg"}


def test_of_one_moment_nothing_is_passed_on(library: FakeLibrary, bin_folder: Path) -> None:
    group = written(group_of(MOMENT, 1, 2, library.disk))
    library.duplicates.told = [group]
    library.user_data.ratings.put({group.copies[1].shown.fingerprint: 5})
    TrashCopies(MOMENT, [group.number], {}).apply(library)
    assert left(library) == {"photo 1.jpg"}
    assert library.user_data.marks([group.keeper.shown.fingerprint])[group.keeper.shown.fingerprint] == Marks()


def test_it_is_stopped_between_two_groups(library: FakeLibrary, bin_folder: Path) -> None:
    library.duplicates.told = [written(group_of(PICTURE, first, 2, library.disk)) for first in (1, 3)]
    applied = TrashCopies(PICTURE, [1, 3], {}).carry_out(library, StoppedAfter(1))
    assert applied is not None and applied.said() == "1 file moved to the trash"
    assert left(library) == {"photo 1.jpg", "photo 3.jpg", "photo 4.jpg"}


def test_what_somebody_chose_goes(library: FakeLibrary, group: CopyGroup, bin_folder: Path) -> None:
    TrashCopies(PICTURE, [group.number], {group.number: frozenset([1])}).apply(library)
    assert left(library) == {"photo 2.jpg", "photo 3.jpg"}


def test_what_came_meanwhile_stays(library: FakeLibrary, group: CopyGroup, bin_folder: Path) -> None:
    library.duplicates.told = [written(group_of(PICTURE, 1, 4, library.disk))]
    TrashCopies(PICTURE, [group.number], {group.number: frozenset([2, 3])}).apply(library)
    assert left(library) == {"photo 1.jpg", "photo 4.jpg"}


def test_nothing_goes_where_what_is_kept_is_not_there(library: FakeLibrary, group: CopyGroup, bin_folder: Path) -> None:
    group.keeper.shown.location.path.unlink()
    with pytest.raises(RecollectError):
        TrashCopies(PICTURE, [group.number], {}).apply(library)
    assert left(library) == {"photo 2.jpg", "photo 3.jpg"}


def test_a_file_that_is_another_by_now_stays(library: FakeLibrary, group: CopyGroup, bin_folder: Path) -> None:
    (library.disk / "trip/photo 2.jpg").write_bytes(b"another one")
    applied = TrashCopies(PICTURE, [group.number], {}).apply(library)
    assert applied is not None and applied.said() == (
        "1 file moved to the trash. 1 could not be moved. "
        "It, or what was to be kept in its place, is not what it was when Recollect looked at it."
    )
    assert left(library) == {"photo 1.jpg", "photo 2.jpg"}


def test_one_file_that_is_seen_in_two_places_stays(library: FakeLibrary, tmp_path: Path, bin_folder: Path) -> None:
    one = written(group_of(FILE, 1, 1, library.disk)).copies[0]
    (tmp_path / "again").symlink_to(library.disk, target_is_directory=True)
    shown = one.shown
    other = replace(shown, file_id=9, location=replace(shown.location, root=tmp_path / "again"))
    group = grouped(FILE, 1, [one, Copy(9, (other,))])
    library.duplicates.told = [group]
    with pytest.raises(RecollectError):
        TrashCopies(FILE, [1], {}).apply(library)
    assert left(library) == {"photo 1.jpg"}


def test_of_a_group_that_is_none_any_more_nothing_goes(library: FakeLibrary, group: CopyGroup) -> None:
    assert TrashCopies(PICTURE, [77], {}).apply(library) is None


def test_keeping_all_is_taken_back(library: FakeLibrary, group: CopyGroup) -> None:
    applied = KeepAll(group).apply(library)
    duplicates: FakeDuplicates = library.duplicates
    assert duplicates.kept == [group] and applied.back is not None and applied.said().startswith("All 3 are kept")
    undone = applied.back.apply(library)
    assert undone is not None and undone.back is not None
