"""Copies of photos: whole, never over another file, in the format and size asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from core.decode import ConvertPool
from core.errors import RecollectError
from core.events import Control, Event, Exporting, Skipped
from core.photo import Facts, FileLocation, Photo
from core.picture_export import ExportPlan, Format, export_photos, file_name, pictures


@pytest.fixture(scope="module")
def pool() -> Iterator[ConvertPool]:
    with ConvertPool() as made:
        yield made


class Kept:
    """A pool that survives its export, so that one serves all tests."""

    def __init__(self, pool: ConvertPool) -> None:
        self._pool = pool
        self.submit, self.take = pool.submit, pool.take

    @property
    def has_room(self) -> bool:
        return self._pool.has_room

    def close(self) -> None: ...


def picture(folder: Path, name: str) -> Photo:
    """Make a photo that lies on its side, with a camera's name."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Pinhole"
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (120, 80), "teal").save(path, exif=exif)
    return photo(folder, name)


def photo(folder: Path, name: str, *, offline: bool = False) -> Photo:
    facts = Facts(taken_at="2024-05-17T18:03:55")
    return Photo(1, b"1" * 16, facts, (FileLocation(folder, name, offline),))


def exported(photos: list[Photo], plan: ExportPlan, pool: ConvertPool) -> list[Event]:
    return list(export_photos(photos, plan, Control(), lambda: Kept(pool)))


@pytest.mark.parametrize("format", pictures([Format.JPEG, Format.WEBP, Format.AVIF, Format.PNG]))
def test_every_format_upright_and_smaller(format: Format, tmp_path: Path, pool: ConvertPool) -> None:
    photos = [picture(tmp_path / "photos", "a.jpg"), picture(tmp_path / "photos", "b.jpg")]
    plan = ExportPlan(tmp_path / "out", format, long_side=60)
    events = exported(photos, plan, pool)
    assert events[-1] == Exporting(2, 2, 2)
    written = sorted(plan.folder.iterdir())
    assert [path.stem for path in written] == ["a", "b"]
    with Image.open(written[0]) as made:
        assert (made.format, made.size) == (format.value, (40, 60))
        assert made.getexif().get(ExifTags.Base.Make) == "Pinhole"
        assert made.getexif().get(ExifTags.Base.Orientation, 1) == 1


def test_without_what_is_written_of_it(tmp_path: Path, pool: ConvertPool) -> None:
    plan = ExportPlan(tmp_path / "out", metadata=False)
    exported([picture(tmp_path / "photos", "a.jpg")], plan, pool)
    with Image.open(plan.folder / "a.jpg") as made:
        assert not made.getexif() and "exif" not in made.info


def test_nothing_is_overwritten_and_the_file_itself_is_copied(tmp_path: Path, pool: ConvertPool) -> None:
    one = picture(tmp_path / "photos", "a.jpg")
    plan = ExportPlan(tmp_path / "out", Format.AS_IT_IS)
    plan.folder.mkdir()
    (plan.folder / "a.jpg").write_bytes(b"mine")
    exported([one, one], plan, pool)
    assert (plan.folder / "a.jpg").read_bytes() == b"mine"
    for name in ("a (2).jpg", "a (3).jpg"):
        assert (plan.folder / name).read_bytes() == one.place.path.read_bytes()
    assert len(list(plan.folder.iterdir())) == 3


def test_what_cannot_be_read_is_told_and_stops_nothing(tmp_path: Path, pool: ConvertPool) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/broken.jpg").write_bytes(b"no picture")
    photos = [
        photo(tmp_path / "photos", "broken.jpg"),
        photo(tmp_path / "photos", "away.jpg", offline=True),
        picture(tmp_path / "photos", "good.jpg"),
    ]
    for format in (Format.JPEG, Format.AS_IT_IS):
        plan = ExportPlan(tmp_path / format.value, format)
        events = exported(photos, plan, pool)
        skipped = {event.path.name for event in events if isinstance(event, Skipped)}
        assert skipped == ({"broken.jpg", "away.jpg"} if format is Format.JPEG else {"away.jpg"})
        assert (plan.folder / "good.jpg").is_file()


def test_stopped_it_leaves_whole_files_only(tmp_path: Path, pool: ConvertPool) -> None:
    control = Control()
    one = picture(tmp_path / "photos", "a.jpg")
    plan = ExportPlan(tmp_path / "out", names="{number}")
    for event in export_photos([one] * 9, plan, control, lambda: Kept(pool)):
        if isinstance(event, Exporting) and event.written == 3:
            control.stop()
    names = sorted(path.name for path in plan.folder.iterdir())
    assert len(names) == 3 and not [name for name in names if name.endswith(".part")]
    while pool.take(1.0) is not None:  # what was under way
        pass


@pytest.mark.skipif(os.name == "nt", reason="a file in the place of a folder is another error there")
def test_a_folder_that_cannot_be_written_to_is_one_sentence(tmp_path: Path, pool: ConvertPool) -> None:
    (tmp_path / "out").write_bytes(b"a file")
    with pytest.raises(RecollectError, match="Nothing more can be written"):
        exported([picture(tmp_path / "photos", "a.jpg")], ExportPlan(tmp_path / "out"), pool)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{name}", "trip 1"),
        ("{date} {number}", "2024-05-17 07"),
        ("a/b:{name}?", "a_b_trip 1_"),
        ("..", "07"),
        ("{else}", "{else}"),
        ("x" * 500, "x" * 200),
        ("照片" * 100, "照片" * 33),
    ],
)
def test_names(pattern: str, name: str) -> None:
    assert file_name(pattern, photo(Path("/photos"), "trip 1.jpg"), "07") == name


def test_a_photo_whose_drive_fails_is_told_and_the_folder_is_not_blamed(tmp_path: Path, pool: ConvertPool) -> None:
    (tmp_path / "photos/folder.jpg").mkdir(parents=True)  # opens, and cannot be read
    photos = [photo(tmp_path / "photos", "folder.jpg"), photo(tmp_path / "photos", "gone.jpg")]
    plan = ExportPlan(tmp_path / "out", Format.AS_IT_IS)
    events = exported([*photos, picture(tmp_path / "photos", "good.jpg")], plan, pool)
    skipped = [(event.path.name, event.reason.code) for event in events if isinstance(event, Skipped)]
    assert skipped == [("folder.jpg", "file_drive_error"), ("gone.jpg", "file_not_there")]
    assert [path.name for path in plan.folder.iterdir()] == ["good.jpg"]


def test_more_exif_than_a_picture_holds_costs_no_photo(tmp_path: Path, pool: ConvertPool) -> None:
    (tmp_path / "photos").mkdir()
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "x" * 80_000
    Image.new("RGB", (60, 40)).save(tmp_path / "photos/large.webp", exif=exif)
    plan = ExportPlan(tmp_path / "out")
    events = exported([photo(tmp_path / "photos", "large.webp")], plan, pool)
    assert not [event for event in events if isinstance(event, Skipped)]
    with Image.open(plan.folder / "large.jpg") as made:
        assert made.size == (60, 40)


def test_a_photo_that_the_user_turned_is_written_turned(tmp_path: Path, pool: ConvertPool) -> None:
    half = Image.new("RGB", (120, 80), "red")
    half.paste("blue", (60, 0, 120, 80))  # red on the left
    (tmp_path / "in").mkdir()
    half.save(tmp_path / "in/a.png")
    for quarters, size, red in ((1, (80, 120), (40, 5)), (2, (120, 80), (115, 40)), (3, (80, 120), (40, 115))):
        plan = ExportPlan(tmp_path / f"out{quarters}", Format.PNG, turns={b"1" * 16: quarters})
        exported([photo(tmp_path / "in", "a.png")], plan, pool)
        with Image.open(tmp_path / f"out{quarters}/a.png") as written:
            assert written.size == size and written.getpixel(red) == (255, 0, 0)
