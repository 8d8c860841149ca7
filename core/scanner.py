"""What is in a folder now. Files are listed, never opened; `core.changes` compares them with what the library knows.

Which links are followed: a link to a file stands for the file. A link to a folder is followed after all real folders
were listed, links in order of their names, and only into folders that were not listed yet and that do not hold the
root itself. So nothing is listed twice, no loop is possible, and two looks at the same tree give the same names.

Only what was really listed can be gone: a folder that refuses to be listed speaks for none of its files, and neither
does a link that leads nowhere or to an empty folder, as it does while the drive behind it is not connected.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import stat
import time
from collections.abc import Container, Iterator
from pathlib import Path

from core.changes import Stamp, file_time
from core.cloud_files import is_online_only, name_behind
from core.errors import FolderError
from core.messages import Message, folder_messages
from core.volumes import volume_number

logger = logging.getLogger(__name__)

SETTLE_SECONDS = 2.0
"""A file written to more recently may still be growing: it waits for the next look."""

_DUST = {
    "@eadir",
    "@recycle",
    "#recycle",
    "#snapshot",
    "$recycle.bin",
    "__macosx",
    "lost+found",
    "recycler",
    "system volume information",
}
"""Folders of the system, of network drives and of other programs, in lower case; hidden ones go without saying."""

_DUST_SUFFIXES = (".lrdata",)
"""Folders of small copies: Lightroom's previews."""

_SIDECAR_SUFFIX = ".xmp"

_PACKAGES = {
    ".photoslibrary": {"originals", "masters"},
    ".migratedphotolibrary": {"masters"},
    ".photolibrary": {"masters"},
    ".aplibrary": {"masters"},
}
"""Folders that are one document to their user: only the originals in them are photos, the rest are copies."""


class Walk:
    """One look at a folder. Iterate over it to its end; each step says how many photos were found so far.

    Attributes:
        found: files at rest, by path relative to the root, with "/" between the parts.
        unsettled: files written to in the last seconds.
        online: those of `found` that are kept online only.
        sidecars: files that say something of the photos beside them, by path.
        unlisted: folders (and files) that are there but could not be looked at.
        away: links to what is not there now.
        mounts: device numbers of folders in which another drive than in their parent's begins.
        device: the root's device number.
        volumes: numbers of the file systems of the root (""), if it is one's mount point, and of `mounts`, and
        volume: of the root's in any case (`core.volumes`): another drive in the place of one is told by them.
        heard: when the drive last told of something (`time.monotonic`).
    """

    def __init__(self, root: Path, suffixes: Container[str], *, settle_seconds: float = SETTLE_SECONDS) -> None:
        self.found: dict[str, Stamp] = {}
        self.unsettled: dict[str, Stamp] = {}
        self.online: set[str] = set()
        self.sidecars: dict[str, Stamp] = {}
        self.unlisted: list[str] = []
        self.away: list[str] = []
        self.mounts: dict[str, int] = {}
        self.device = self.volume = 0
        self.volumes: dict[str, int] = {}
        self.heard = 0.0
        self._root = str(root)
        self._suffixes = suffixes
        self._settle_ns = int(settle_seconds * 1e9)
        self._links: list[str] = []
        self._linked_devices: dict[str, int] = {}
        self._listed: list[str] = []
        self._now_ns = 0
        self._bare = False

    def __iter__(self) -> Iterator[int]:
        """List the folder.

        Raises:
            FolderError: if the root cannot be listed, or is not there any more when the listing ends.
        """
        self.device = self._arrive()
        self.volume = volume_number(self._root, self.device)
        if Path(self._root).is_mount():
            self.volumes[""] = self.volume
        yield from self._list_below("", seen=None)
        if self._links:
            yield from self._follow_links()
        if self._arrive() != self.device:
            raise FolderError(folder_messages.DRIVE_REMOVED())

    def _arrive(self) -> int:
        try:
            with os.scandir(self._root):
                return Path(self._root).stat().st_dev
        except OSError as error:
            raise FolderError(_why_unreachable(error)) from error

    def _follow_links(self) -> Iterator[int]:
        seen = {_identity(self._absolute(path)) for path in self._listed}
        seen |= {_identity(str(folder)) for folder in Path(self._root).resolve().parents}
        while self._links:
            links, self._links = sorted(self._links), []
            for link in links:
                with contextlib.suppress(OSError):
                    self._linked_devices[link] = device_of(Path(self._absolute(link)).stat())
                yield from self._list_below(link, seen)

    def _list_below(self, start: str, seen: set[object] | None) -> Iterator[int]:
        """List a tree; with `seen`, only folders whose identity is not in it, which is then added."""
        folders = [start]
        while folders:
            folder = folders.pop()
            if seen is None:
                self._listed.append(folder)
            elif not self._is_news(folder, seen):
                continue
            self._now_ns = time.time_ns()
            self._bare = True
            try:
                folders += reversed(self._list_one(folder))
            except (FileNotFoundError, NotADirectoryError):
                pass  # deleted since its parent was listed; if it was the drive, the root tells in the end
            except OSError:
                self.unlisted.append(folder)
            if self._bare and seen is not None and folder == start:
                self.away.append(folder)  # the bare mount point of a drive that is not connected
            yield len(self.found)

    def _is_news(self, folder: str, seen: set[object]) -> bool:
        identity = _identity(self._absolute(folder))
        if identity in seen:
            return False
        seen.add(identity)
        return True

    def _absolute(self, relative: str) -> str:
        return os.path.join(self._root, relative) if relative else self._root  # noqa: PTH118 - 100,000 times

    def _list_one(self, folder: str) -> list[str]:
        """Take in one folder's files; return its folders in order of their names."""
        prefix = f"{folder}/" if folder else ""
        only = _PACKAGES.get(os.path.splitext(folder or self._root)[1].lower())  # noqa: PTH122
        folders: list[str] = []
        with os.scandir(self._absolute(folder)) as entries:
            for entry in entries:
                name = entry.name
                self._bare = False
                self.heard = time.monotonic()
                if name.startswith(".") or (only is not None and name.lower() not in only):
                    if only is None:
                        self._meet_hidden(entry, prefix)
                    continue
                try:
                    if entry.is_dir():
                        self._meet_folder(entry, prefix + name, folders)
                    elif _suffix(name) in self._suffixes and entry.is_file():
                        self._meet_file(entry, prefix + name)
                    elif name.lower().endswith(_SIDECAR_SUFFIX) and entry.is_file():
                        self._meet_sidecar(entry, prefix + name)
                    elif entry.is_symlink() and not entry.is_file():
                        self.away.append(prefix + name)
                except FileNotFoundError:
                    continue
                except OSError as error:
                    leads_nowhere = error.errno == errno.ELOOP  # a link to itself
                    (self.away if leads_nowhere else self.unlisted).append(prefix + name)
                except Exception:  # whatever is odd about one file, the others are listed
                    logger.exception("a file could not be looked at")
                    self.unlisted.append(prefix + name)
        folders.sort()
        return folders

    def _meet_folder(self, entry: os.DirEntry[str], path: str, folders: list[str]) -> None:
        lowered = entry.name.lower()
        if lowered in _DUST or lowered.endswith(_DUST_SUFFIXES):
            return
        if entry.is_symlink():
            self._links.append(path)
            return
        status = entry.stat(follow_symlinks=False)
        if _is_hidden(status):
            return
        if getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_REPARSE_POINT:
            self._links.append(path)  # a Windows junction may lead anywhere, as a link may
        else:
            device = device_of(status)
            if device and device != self._device_at(path.rpartition("/")[0]):
                self.mounts[path] = device
                self.volumes[path] = volume_number(self._absolute(path), device)
            folders.append(path)

    def _device_at(self, folder: str) -> int:
        """Return the device of a folder that is being listed: that of the nearest mount above it."""
        while folder and (self.mounts or self._linked_devices):
            device = self.mounts.get(folder) or self._linked_devices.get(folder)
            if device:
                return device
            folder = folder.rpartition("/")[0]
        return self.device & (2**63 - 1)

    def _meet_file(self, entry: os.DirEntry[str], path: str) -> None:
        status = entry.stat()
        if _is_hidden(status):
            return
        found = Stamp(status.st_size, file_time(status.st_mtime_ns), status.st_ino & (2**63 - 1))
        self.online.discard(path)
        if is_online_only(status):
            self.found[path] = found
            self.online.add(path)
            return
        # A date in the future says nothing about being at rest; such a file is taken as it is.
        resting = not -self._settle_ns <= self._now_ns - found.mtime_ns < self._settle_ns
        (self.found if resting else self.unsettled)[path] = found

    def _meet_sidecar(self, entry: os.DirEntry[str], path: str) -> None:
        status = entry.stat()
        if not is_online_only(status):
            self.sidecars[path] = Stamp(status.st_size, file_time(status.st_mtime_ns), 0)

    def _meet_hidden(self, entry: os.DirEntry[str], prefix: str) -> None:
        name = name_behind(entry.name)
        if name is None or name.startswith(".") or _suffix(name) not in self._suffixes or prefix + name in self.found:
            return
        with contextlib.suppress(OSError):
            status = entry.stat(follow_symlinks=False)
            self.found[prefix + name] = Stamp(status.st_size, file_time(status.st_mtime_ns), 0)
            self.online.add(prefix + name)


def _suffix(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}"


def device_of(status: os.stat_result) -> int:
    """Return the number of the drive a listed folder is on; 0 where listing does not tell (Windows)."""
    return status.st_dev & (2**63 - 1)


def _is_hidden(status: os.stat_result) -> bool:
    """Return whether Windows or macOS hides a file (by an attribute; a leading dot is looked at elsewhere)."""
    attributes = getattr(status, "st_file_attributes", 0)
    flags = getattr(status, "st_flags", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN or flags & stat.UF_HIDDEN)


def _identity(path: str) -> object:
    """Return what two paths to one folder share."""
    try:
        status = Path(path).stat()
    except OSError:
        return path
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(path)


def _why_unreachable(error: OSError) -> Message:
    if isinstance(error, FileNotFoundError):
        return folder_messages.NOT_THERE()
    if isinstance(error, PermissionError):
        return folder_messages.NOT_ALLOWED()
    if isinstance(error, NotADirectoryError):
        return folder_messages.NO_FOLDER()
    return folder_messages.NOT_LISTED(detail=error.strerror or type(error).__name__)


def stamp_of(root: Path, relative_path: str) -> Stamp | None:
    """Return how a file looks now, or None if it is not there."""
    try:
        status = (root / relative_path).stat()
    except OSError:
        return None
    inode = 0 if os.name == "nt" else status.st_ino & (2**63 - 1)  # as the listing would have said
    return Stamp(status.st_size, file_time(status.st_mtime_ns), inode)
