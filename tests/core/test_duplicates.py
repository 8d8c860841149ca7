"""What there is more than once: which groups are told, what is suggested of each and why, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.copies import HeldFile, KeepReason, Likeness, grouped, same_files, same_photos
from core.duplicates import Duplicates
from core.groups import Groups
from core.paths import LibraryPaths
from core.photo import Facts, FileLocation, Root
from core.store import Batch, Embedded, FileStamp, Store
from core.store.records import Compared, ThumbnailLook
from core.user_data import UserData
from tests.core.store.conftest import identity, layout, photos, root, store, unit

__all__ = ["layout", "photos", "root", "store"]  # fixtures

DAY = 86_400 * 10**9
THEN = 1_600_000_000 * 10**9
FILE, PICTURE, MOMENT = Likeness


@pytest.fixture
def user_data(layout: LibraryPaths) -> Iterator[UserData]:
    opened = UserData.open(layout, write=True)
    yield opened
    opened.close()


@pytest.fixture
def duplicates(store: Store, user_data: UserData) -> Duplicates:
    return Duplicates(store, store.groups, user_data)


def put(store: Store, root: Root, number: int, *names: str, size: int = 10, facts: Facts | None = None) -> int:
    """Record a photo that lies in some files, each a day younger than the one before; return its id."""
    stamps = tuple(FileStamp(root.root_id, name, size, THEN + day * DAY, 7) for day, name in enumerate(names))
    (content_id,) = store.record(
        Batch("m", (Embedded(identity(number), facts or Facts(), b"jpeg", unit(number), stamps),))
    ).embedded
    assert content_id is not None
    store.record_looks([ThumbnailLook(content_id, bytes(32), 0)])
    return content_id


def alike(store: Store, content_ids: list[int], *, pictures: bool = False, moments: bool = False) -> None:
    first = content_ids[0]
    store.record_groups([Compared(one, first if pictures else 0, first if moments else 0, True) for one in content_ids])


def sized(width: int, height: int, second: int | None = None, format: str = "JPEG") -> Facts:
    taken_at = None if second is None else f"2024-05-17T18:03:{second:02}"
    return Facts(width=width, height=height, taken_at=taken_at, camera="Canon" if taken_at else None, format=format)


def names(duplicates: Duplicates, likeness: Likeness) -> list[list[str]]:
    """Return the files of every group, the one to keep first."""
    groups = duplicates.groups(likeness, duplicates.listed(likeness).numbers.tolist())
    return [[copy.shown.location.relative_path for copy in group.copies] for group in groups]


def test_of_the_same_files_the_oldest_is_kept(store: Store, root: Root, duplicates: Duplicates) -> None:
    put(store, root, 1, "z.jpg", "a.jpg", "b.jpg", size=7)
    put(store, root, 2, "alone.jpg")
    listed = duplicates.listed(FILE)
    assert (listed.counts.tolist(), listed.going.tolist(), listed.sizes.tolist()) == ([3], [2], [14])
    (group,) = duplicates.groups(FILE, listed.numbers.tolist())
    assert group.keeper.shown.location.relative_path == "z.jpg"
    assert group.reasons == (KeepReason.OLDEST,) and group.unattended
    assert not len(duplicates.listed(PICTURE)) and not len(duplicates.listed(MOMENT))


def test_of_the_same_picture_the_one_with_most_pixels_is_kept(store: Store, root: Root, duplicates: Duplicates) -> None:
    ids = [
        put(store, root, 1, "small.jpg", facts=sized(400, 300)),
        put(store, root, 2, "large.jpg", "again/large.jpg", facts=sized(4000, 3000)),
        put(store, root, 3, "saved.jpg", size=4, facts=sized(4000, 3000)),
    ]
    alike(store, ids, pictures=True)
    (group,) = duplicates.groups(PICTURE, duplicates.listed(PICTURE).numbers.tolist())
    assert [copy.content_ids for copy in group.copies] == [(ids[1],), (ids[2],), (ids[0],)]
    assert group.reasons == (KeepReason.PIXELS, KeepReason.LARGEST) and group.unattended
    assert [copy.number for copy in group.suggested] == [ids[2], ids[0]]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (HeldFile(1, 1, b"", FileLocation(Path("/p"), "a.jpg"), 9, THEN), {"width": 9, "height": 9}, "most-pixels"),
        (HeldFile(1, 1, b"", FileLocation(Path("/p"), "a.jpg"), 9, THEN), {"format": "NEF"}, "raw"),
        (HeldFile(1, 1, b"", FileLocation(Path("/p"), "a.jpg"), 9, THEN), {"protected": True}, "protected"),
        (HeldFile(1, 1, b"", FileLocation(Path("/p"), "a.jpg"), 9, THEN), {"mtime_ns": THEN - DAY}, "oldest"),
        (HeldFile(1, 1, b"", FileLocation(Path("/p"), "a.jpg"), 9, THEN), {"size": 10}, "largest-file"),
        (HeldFile(1, 1, b"", FileLocation(Path("/p"), "a.jpg", True), 99, 0), {}, "within-reach"),
        (HeldFile(1, 1, b"", FileLocation(Path("/p"), "b copy.jpg"), 9, THEN), {}, "shortest-name"),
    ],
)
def test_what_one_is_preferred_for(one: HeldFile, other: dict[str, object], reason: str) -> None:
    facts = {"size": 9, "mtime_ns": THEN, **other}
    better = HeldFile(2, 2, b"", FileLocation(Path("/p"), "b.jpg"), **facts)  # type: ignore[arg-type]
    group = grouped(PICTURE, 1, same_photos([one, better]))
    assert group.keeper.number == 2 and group.reasons[0] == reason


def test_shots_of_one_picture_are_no_copies(store: Store, root: Root, duplicates: Duplicates) -> None:
    ids = [
        put(store, root, 1, "one.jpg", facts=sized(4000, 3000, 1)),
        put(store, root, 2, "one small.jpg", facts=sized(400, 300, 1)),
        put(store, root, 3, "two.jpg", facts=sized(4000, 3000, 2)),
    ]
    alike(store, ids, pictures=True, moments=True)
    assert names(duplicates, PICTURE) == [["one.jpg", "one small.jpg"]]
    assert names(duplicates, MOMENT) == [["one.jpg", "two.jpg", "one small.jpg"]]


@pytest.mark.parametrize(
    ("name", "unattended"),
    [("IMG_2.jpg", False), ("IMG_1(1).jpg", False), ("IMG_1 copy.jpg", True), ("other/IMG_1.jpg", True)],
)
def test_what_may_be_two_shots_of_one_second_is_looked_at(
    store: Store, root: Root, duplicates: Duplicates, name: str, unattended: bool
) -> None:
    ids = [put(store, root, number, one, facts=sized(400, 300, 1)) for number, one in enumerate(("IMG_1.jpg", name), 1)]
    alike(store, ids, pictures=True, moments=True)
    assert duplicates.listed(PICTURE).unattended.tolist() == [unattended]
    assert not len(duplicates.listed(MOMENT)), "it is told as the same picture"


def test_a_moment_is_never_left_alone(store: Store, root: Root, duplicates: Duplicates) -> None:
    ids = [put(store, root, n, f"{n}.jpg", facts=sized(400, 300, n)) for n in (1, 2, 3)]
    alike(store, ids, moments=True)
    listed = duplicates.listed(MOMENT)
    assert listed.counts.tolist() == [3] and not listed.unattended.any()


def test_a_moment_whose_files_all_went_a_moment_ago_is_none(
    store: Store, root: Root, duplicates: Duplicates, user_data: UserData
) -> None:
    files = ("one.jpg", "two.jpg")
    ids = [put(store, root, number, name, facts=sized(40, 30, number)) for number, name in enumerate(files, 1)]
    alike(store, ids, pictures=True, moments=True)
    known = store.groups()
    store.forget_files(store.file_ids([FileLocation(root.path, name) for name in files]))
    late = Duplicates(store, lambda: known, user_data)  # what is held in memory follows a little later
    assert not len(late.listed(MOMENT)) and not len(late.listed(PICTURE))


def test_groups_that_went_while_they_were_looked_at_are_no_mistake(
    store: Store, root: Root, user_data: UserData
) -> None:
    ids = [put(store, root, number, f"{number}.jpg", facts=sized(40, 30, number)) for number in (1, 2)]
    alike(store, ids, moments=True)
    answers = [store.groups()]
    nothing = np.empty(0, np.int64)
    empty = Groups.of(nothing, nothing, nothing)
    changing = Duplicates(store, lambda: answers.pop() if answers else empty, user_data)
    assert len(changing.listed(MOMENT)) == 1


def test_a_raw_and_its_jpeg_are_one(store: Store, root: Root, duplicates: Duplicates) -> None:
    raw = put(store, root, 1, "d/IMG_1.CR2", facts=sized(4000, 3000, 1, "CR2"))
    jpeg = put(store, root, 2, "d/IMG_1.JPG", facts=sized(4000, 3000, 1))
    alike(store, [raw, jpeg], pictures=True, moments=True)
    assert not names(duplicates, PICTURE) and not names(duplicates, MOMENT)
    larger = put(store, root, 3, "upscaled.png", facts=sized(8000, 6000))
    alike(store, [raw, jpeg, larger], pictures=True)
    (group,) = duplicates.groups(PICTURE, [raw])
    assert [copy.content_ids for copy in group.copies] == [(larger,), (raw, jpeg)]
    assert not group.suggested, "what the camera recorded stays, however large a picture of it is"
    assert [copy.number for copy in group.going(frozenset([raw]))] == [larger]


def test_what_is_protected_or_away_never_goes(store: Store, root: Root, duplicates: Duplicates) -> None:
    put(store, root, 1, "a.jpg", "Originals/deep/b.jpg", "c.jpg")
    put(store, root, 2, "Originals/a.jpg", "Originals/b.jpg")
    assert len(duplicates.listed(FILE)) == 2
    duplicates.protect(root.path / "originals")
    assert duplicates.protected_folders() == (root.path / "originals",)
    (group,) = duplicates.groups(FILE, duplicates.listed(FILE).numbers.tolist())
    assert group.reasons == (KeepReason.PROTECTED,)
    assert [copy.shown.location.relative_path for copy in group.suggested] == ["a.jpg", "c.jpg"]
    other = group.copies[1].number
    assert [copy.shown.location.relative_path for copy in group.going(frozenset([other]))] == ["c.jpg"]
    assert not group.going(frozenset()), "where nothing is kept, nothing goes"
    duplicates.protect(root.path / "originals", protected=False)
    assert duplicates.protected_folders() == () and len(duplicates.listed(FILE)) == 2


def test_a_folder_of_odd_bytes_can_be_protected(duplicates: Duplicates) -> None:
    duplicates.protect(Path("/photos/caf\udce9"))
    assert duplicates.protected_folders() == (Path("/photos/caf\udce9"),)


def test_keeping_all_is_remembered_until_the_group_grows(store: Store, root: Root, duplicates: Duplicates) -> None:
    ids = [put(store, root, n, f"{n}.jpg", facts=sized(400, 300 + n)) for n in (1, 2, 3)]
    alike(store, ids[:2], pictures=True)
    (group,) = duplicates.groups(PICTURE, duplicates.listed(PICTURE).numbers.tolist())
    duplicates.keep_all(group)
    assert not len(duplicates.listed(PICTURE))
    alike(store, ids, pictures=True)
    assert duplicates.listed(PICTURE).counts.tolist() == [3]


def test_keeping_all_files_is_remembered_until_there_is_one_more(
    store: Store, root: Root, duplicates: Duplicates
) -> None:
    for count in range(9, 12):
        put(store, root, 1, *(f"{number}.jpg" for number in range(count)))
        (group,) = duplicates.groups(FILE, duplicates.listed(FILE).numbers.tolist())
        assert len(group.copies) == count
        duplicates.keep_all(group)
        assert not len(duplicates.listed(FILE))


def test_groups_come_in_the_order_of_what_they_free_and_moments_from_the_newest(
    store: Store, root: Root, duplicates: Duplicates
) -> None:
    put(store, root, 1, "1.jpg", "1 copy.jpg", size=5)
    put(store, root, 2, "2.jpg", "2 copy.jpg", size=50)
    assert names(duplicates, FILE) == [["2.jpg", "2 copy.jpg"], ["1.jpg", "1 copy.jpg"]]
    for number, second in ((3, 10), (5, 30)):
        pair = [put(store, root, number + n, f"{number + n}.jpg", facts=sized(4, 3, second + n)) for n in (0, 1)]
        alike(store, pair, moments=True)
    assert names(duplicates, MOMENT) == [["5.jpg", "6.jpg"], ["3.jpg", "4.jpg"]]


def test_ten_thousand_groups_are_a_few_numbers_each(store: Store, root: Root, duplicates: Duplicates) -> None:
    """They are looked up a few thousand photos at a time, whatever their number: asked here with a small one."""
    for number in range(30):
        put(store, root, number, f"{number}.jpg", f"copy of {number}.jpg")
    listed = duplicates.listed(FILE)
    assert len(listed) == 30 and listed.numbers.dtype == np.int64 and listed.sizes.sum() == 300
    assert len(duplicates.groups(FILE, listed.numbers[7:9].tolist())) == 2
    assert duplicates.groups(FILE, [10**6]) == duplicates.groups(PICTURE, [10**6]) == ()


def test_a_date_that_no_calendar_has() -> None:
    odd = HeldFile(1, 1, b"", FileLocation(Path("/p"), "a.jpg"), 9, 2**63 - 1)
    assert grouped(FILE, 1, same_files([odd, HeldFile(2, 1, b"", odd.location, 9, THEN)])).keeper.number == 2
