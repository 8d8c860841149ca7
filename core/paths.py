"""Where things lie: one place, so that a flag, an environment variable or a test can move everything."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from core.small_files import read_small

LIBRARY_VARIABLE = "RECOLLECT_LIBRARY"

MOVED = "moved.txt"
"""In a folder that a library was moved away from: where to. A file people can reach and remove."""
_MOST_MOVES = 16
_SERVERS = ("postgresql://", "postgres://")


def at_home(path: str | os.PathLike[str]) -> Path:
    """Return a path with a user's folder in the place of "~" or "~name"; as it is written if nobody is called so."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def resources() -> Path:
    """Return the folder of icons, translations and models, in a checkout, a wheel and a frozen program alike."""
    return Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True, slots=True)
class LibraryPaths:
    """The files of one library. Everything Recollect writes is inside `folder`.

    Attributes:
        server: the address of the server that holds the library; then only what is this computer's is in `folder`.
        database: the truth: folders, files, contents, vectors (SQLite).
        user_data: what the user said of photos: favourites, ratings, albums, tags (SQLite).
        copies: copies of the user data, one a day.
        settings: what holds for this computer: proxy, pauses (JSON).
        window_settings: what the window remembers: its look and place, the language.
        thumbnails: a cache that can be made again from the photos (SQLite).
        lock: held by the one process that writes.
        models: models the user fetched or imported.
        log: the window's log and crash reports.
        moved: says where the library is that was in this folder.
        asked_pictures: pictures that photos were asked for with: pasted, or cut out of a photo.
        visits: notes from other starts of the program to the window that is open.
        storages: where folders of libraries on servers lie on this computer (JSON): one file for all these libraries.
    """

    folder: Path
    server: str | None = None

    @property
    def database(self) -> Path:
        return self.folder / "library.sqlite"

    @property
    def user_data(self) -> Path:
        return self.folder / "user.sqlite"

    @property
    def copies(self) -> Path:
        return self.folder / "copies"

    @property
    def settings(self) -> Path:
        return self.folder / "settings.json"

    @property
    def window_settings(self) -> Path:
        return self.folder / "window.ini"

    @property
    def thumbnails(self) -> Path:
        return self.folder / "thumbnails.sqlite"

    @property
    def lock(self) -> Path:
        return self.folder / "library.lock"

    @property
    def models(self) -> Path:
        return self.folder / "models"

    @property
    def log(self) -> Path:
        return self.folder / "logs"

    @property
    def moved(self) -> Path:
        return self.folder / MOVED

    @property
    def asked_pictures(self) -> Path:
        return self.folder / "asked-pictures"

    @property
    def visits(self) -> Path:
        return self.folder / "visits"

    @property
    def storages(self) -> Path:
        return self.folder.with_name("storages.json")


def library_paths(given: str | os.PathLike[str] | None = None) -> LibraryPaths:
    """Return where a library is: in a folder (`library_folder`), or on a server, whose address was given."""
    chosen = str(given or os.environ.get(LIBRARY_VARIABLE) or "")
    if not chosen.startswith(_SERVERS):
        return LibraryPaths(library_folder(given))
    # Named by all of the address but the password, so that another one finds the same settings and models.
    shown = re.sub(r"://([^/@:]*):[^/@]*@", r"://\1@", chosen)
    name = hashlib.blake2b(shown.encode(), digest_size=8).hexdigest()
    return LibraryPaths(Path(platformdirs.user_data_path("Recollect", appauthor=False)) / "servers" / name, chosen)


def own_library_folder() -> Path:
    """Return where this computer's own library is, whatever other one is open."""
    if os.environ.get(LIBRARY_VARIABLE, "").startswith(_SERVERS):
        return library_folder(Path(platformdirs.user_data_path("Recollect", appauthor=False)))
    return library_folder()


def library_folder(given: str | os.PathLike[str] | None = None) -> Path:
    """Return the library's folder: what was given, else `RECOLLECT_LIBRARY`, else the user's data folder.

    If it was moved away from there, where it is now; the old folder while the new one's drive is not connected.
    """
    chosen = given or os.environ.get(LIBRARY_VARIABLE)
    usual = Path(platformdirs.user_data_path("Recollect", appauthor=False))
    folder = at_home(chosen).absolute() if chosen else usual
    for _ in range(_MOST_MOVES):
        there = moved_to(folder)
        if there is None or not there.is_dir():
            break
        folder = there
    return folder


def moved_to(folder: Path) -> Path | None:
    """Return where the library that was in a folder is now; None if none was moved away."""
    try:
        noted = read_small(folder / MOVED).decode("utf-8", "surrogateescape").strip()
    except OSError:
        return None
    return Path(noted) if "\0" not in noted and Path(noted).is_absolute() else None
