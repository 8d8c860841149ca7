"""Where photos of a new user are looked for, in homes as systems and programs make them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core import usual_folders
from core.usual_folders import PictureCount, Surroundings, count_pictures, surroundings
from core.usual_folders import usual_folders as find


def home_with(tmp_path: Path, *folders: str) -> Surroundings:
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True)
    return Surroundings(tmp_path, tmp_path / "Pictures", tmp_path / "Downloads", (tmp_path / ".config",))


def found(where: Surroundings) -> list[str]:
    return [path.relative_to(where.home).as_posix() for path in find(where)]


@pytest.mark.parametrize(
    ("folders", "offered"),
    [
        ([], []),
        (["Pictures", "Documents", "Downloads/invoices"], ["Pictures"]),
        (["Pictures/Camera Roll", "Pictures/iCloud Photos"], ["Pictures"]),
        (["Pictures", "Downloads/100APPLE", "Downloads/DCIM/101CANON", "DCIM"], None),
        (["Dropbox/Camera Uploads", "Dropbox/Work"], ["Dropbox/Camera Uploads"]),
        (["Nextcloud/Work", "OneDrive/Pictures", "OneDrive/Documents"], ["OneDrive/Pictures", "Nextcloud"]),
        (["Library/CloudStorage/OneDrive-Home/图片", "Library/CloudStorage/GoogleDrive-me"], None),
        (["Library/Mobile Documents/com~apple~CloudDocs"], ["Library/Mobile Documents/com~apple~CloudDocs"]),
    ],
)
def test_folders_are_found_where_they_lie(tmp_path: Path, folders: list[str], offered: list[str] | None) -> None:
    known = {
        4: ["Pictures", "DCIM", "Downloads/100APPLE", "Downloads/DCIM"],
        2: ["Library/CloudStorage/GoogleDrive-me", "Library/CloudStorage/OneDrive-Home/图片"],
    }
    assert found(home_with(tmp_path, *folders)) == (known[len(folders)] if offered is None else offered)


def test_clouds_say_where_they_are(tmp_path: Path) -> None:
    where = home_with(tmp_path, ".config/Nextcloud", ".dropbox", "elsewhere/box", "elsewhere/cloud/Photos")
    (tmp_path / ".dropbox" / "info.json").write_text(
        json.dumps({"personal": {"path": str(tmp_path / "elsewhere" / "box")}, "odd": 3}), "utf-8"
    )
    (tmp_path / ".config" / "Nextcloud" / "nextcloud.cfg").write_text(
        f"[Accounts]\n0\\Folders\\1\\localPath={tmp_path / 'elsewhere' / 'cloud'}\n", "utf-8"
    )
    assert found(where) == ["elsewhere/box", "elsewhere/cloud/Photos"]
    (tmp_path / ".dropbox" / "info.json").write_text("[", "utf-8")
    assert found(where) == ["elsewhere/cloud/Photos"]


def test_all_of_home_is_never_offered(tmp_path: Path) -> None:
    assert find(Surroundings(tmp_path, tmp_path, tmp_path / "none")) == ()
    assert surroundings().home == Path.home()


def test_counting_stops_where_nobody_needs_the_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        (tmp_path / f"{number}").mkdir()
        for photo in range(3):
            (tmp_path / f"{number}" / f"{photo}.jpg").touch()
        (tmp_path / f"{number}" / "notes.txt").touch()
    assert count_pictures(tmp_path) == PictureCount(15)
    assert count_pictures(tmp_path / "none") == PictureCount(0)
    assert count_pictures(tmp_path, lambda: True).more
    monkeypatch.setattr(usual_folders, "MANY", 7)
    assert count_pictures(tmp_path).photos <= 7


def test_pictures_that_are_a_link_to_themselves_are_not_offered(tmp_path: Path) -> None:
    where = home_with(tmp_path, "Dropbox/Camera Uploads")
    where.pictures.symlink_to(where.pictures)
    assert "Pictures" not in found(where)
