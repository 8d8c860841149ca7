"""Where people have photos: the system's folder of pictures, what phones and cameras left, and folders of clouds.

Nothing is read but names, and what clouds' programs write of themselves: nothing is downloaded by looking.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import platformdirs

from core.decode import SUPPORTED_SUFFIXES
from core.errors import FolderError
from core.scanner import Walk

MANY = 10_000
"""Beyond so many photos nobody needs the number."""

_IMPORTS = ("dcim", "camera", "camera roll", "camera uploads", "google photos", "icloud photos", "photos", "takeout")
_CAMERA_FOLDER = re.compile(r"\d{3}[A-Za-z_][A-Za-z0-9_]{4}")
"""What cameras call their folders (DCF): 100APPLE, 101CANON."""
_CLOUDS = (
    "Dropbox",
    "OneDrive",
    "Nextcloud",
    "ownCloud",
    "Google Drive",
    "iCloudPhotos",
    "iCloud Photos",
    "pCloudDrive",
)
_PHOTOS_IN_CLOUDS = ("camera uploads", "camera roll", "instantupload", "pictures", "photos", "图片", "照片", "相机上传")
_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where to look.

    Attributes:
        home: the user's folder.
        pictures, downloads: what the system has for these.
        settings: where programs keep what they know of themselves.
        variables: of the environment.
    """

    home: Path
    pictures: Path
    downloads: Path
    settings: tuple[Path, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class PictureCount:
    """How many photos are in a folder; `more` if there are more, and nobody counted on."""

    photos: int
    more: bool = False


def surroundings() -> Surroundings:
    """Return where this user has folders on this system."""
    home, variables = Path.home(), dict(os.environ)
    given = [variables.get(name) for name in ("APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME")]
    mac = [home / "Library" / "Preferences"] if sys.platform == "darwin" else []
    settings = (*(Path(one) for one in given if one), home / ".config", *mac)
    return Surroundings(
        home, platformdirs.user_pictures_path(), platformdirs.user_downloads_path(), settings, variables
    )


def usual_folders(where: Surroundings) -> tuple[Path, ...]:
    """Return the folders that are there, the likeliest first; none of them lies in another, or is all of home."""
    candidates = (where.pictures, *_phones(where), *_clouds(where))
    return tuple(_outermost(path for path in candidates if _is_folder(path) and not _holds(path, where.home)))


def count_pictures(folder: Path, stopped: Callable[[], bool] = lambda: False) -> PictureCount:
    """Count the photos of a folder by their names, up to `MANY`; what cannot be listed has none."""
    walk = Walk(folder, SUPPORTED_SUFFIXES)
    try:
        for number in walk:
            if number > MANY or stopped():
                return PictureCount(min(number, MANY), more=True)
    except FolderError:
        pass
    return PictureCount(min(MANY, len(walk.found) + len(walk.unsettled)))


def _phones(where: Surroundings) -> Iterator[Path]:
    """Yield what phones and cameras left in the user's folder, and among what was downloaded."""
    yield from (where.home / name for name in ("DCIM", "Camera", "Camera Uploads"))
    yield from (one for one in _inside(where.downloads) if _is_import(one.name))


def _is_import(name: str) -> bool:
    return name.lower() in _IMPORTS or _CAMERA_FOLDER.fullmatch(name) is not None


def _clouds(where: Surroundings) -> Iterator[Path]:
    """Yield the folders of clouds: those for photos in them, or else the whole."""
    named = (where.variables.get(name) for name in _ONEDRIVE)
    roots = [
        *(Path(one) for one in named if one),
        *_dropbox(where),
        *_nextcloud(where),
        *(where.home / name for name in _CLOUDS),
        *_inside(where.home / "Library" / "CloudStorage"),
        where.home / "Library" / "Mobile Documents" / "com~apple~CloudDocs",
    ]
    for root in roots:
        photos = [one for one in _inside(root) if one.name.lower() in _PHOTOS_IN_CLOUDS]
        yield from photos or [root]


def _dropbox(where: Surroundings) -> Iterator[Path]:
    """Yield where Dropbox says that it has its folders."""
    for settings in (*(folder / "Dropbox" for folder in where.settings), where.home / ".dropbox"):
        try:
            known: Any = json.loads((settings / "info.json").read_text("utf-8"))
        except (OSError, ValueError):
            continue
        accounts = cast("dict[str, Any]", known).values() if isinstance(known, dict) else ()
        for account in accounts:
            path: Any = cast("dict[str, Any]", account).get("path") if isinstance(account, dict) else None
            if isinstance(path, str):
                yield Path(path)


def _nextcloud(where: Surroundings) -> Iterator[Path]:
    """Yield where Nextcloud's settings say that it has its folders."""
    for settings in where.settings:
        try:
            text = (settings / "Nextcloud" / "nextcloud.cfg").read_text("utf-8", errors="replace")
        except OSError:
            continue
        yield from (Path(path) for path in re.findall(r"\\localPath=(.+)", text))


def _inside(folder: Path) -> list[Path]:
    """Return the folders right inside another, by name; those of one that cannot be listed are none."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.is_dir())
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _holds(path: Path, home: Path) -> bool:
    """Return whether a folder is the user's whole one, or even above it: far too much to begin with."""
    return _real(home).is_relative_to(_real(path))


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """Return the paths without those that lie in, or are, another one of them; the order stays."""
    every = [(path, _real(path)) for path in paths]
    kept: list[tuple[Path, Path]] = []
    for path, real in every:
        inside = any(real.is_relative_to(other) and real != other for _, other in every)
        if not inside and all(real != other for _, other in kept):
            kept.append((path, real))
    return [path for path, _ in kept]


def _real(path: Path) -> Path:
    """Return a path with its links followed, as far as they lead anywhere."""
    return Path(os.path.realpath(path))
