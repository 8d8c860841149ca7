"""What is in a folder now, and how that differs from what the library knows. Files are listed, never opened.

Which links are followed: a link to a file stands for the file. A link to a folder is followed after all real folders
were listed, links in order of their names, and only into folders that were not listed yet and that do not hold the
root itself. So nothing is listed twice, no loop is possible, and two looks at the same tree give the same names.

Only what was really listed can be gone: a folder that refuses to be listed speaks for none of its files.

File systems spell names their own way (macOS may decompose accents, Windows and macOS ignore case). Names are kept
as the system gives them; where two spellings have to be seen as one name, `name_key` decides, and only there.
"""

from __future__ import annotations

import os
import stat
import time
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from core.errors import FolderError

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

_PACKAGES = {
    ".photoslibrary": {"originals", "masters"},
    ".migratedphotolibrary": {"masters"},
    ".photolibrary": {"masters"},
    ".aplibrary": {"masters"},
}
"""Folders that are one document to their user: only the originals in them are photos, the rest are copies."""


class Stamp(NamedTuple):
    """How a file looks from outside; `inode` is 0 where listing does not tell (Windows)."""

    size: int
    mtime_ns: int
    inode: int


class Known(Protocol):
    """A file as the library remembers it; `retry` asks to read it again though it looks the same."""

    @property
    def file_id(self) -> int: ...
    @property
    def relative_path(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def mtime_ns(self) -> int: ...
    @property
    def inode(self) -> int: ...
    @property
    def retry(self) -> bool: ...


class Found(NamedTuple):
    """A file that was listed."""

    relative_path: str
    stamp: Stamp


class Move(NamedTuple):
    """A known file that lies elsewhere in the same folder now."""

    file_id: int
    source: str
    target: Found


class Missing(NamedTuple):
    """A known file that is no longer there."""

    file_id: int
    relative_path: str
    size: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between what is known and what was found. `unchanged` is a number."""

    new: tuple[Found, ...] = ()
    changed: tuple[Found, ...] = ()
    moved: tuple[Move, ...] = ()
    gone: tuple[Missing, ...] = ()
    unchanged: int = 0

    @property
    def known(self) -> int:
        """How many files the library knew before."""
        return len(self.changed) + len(self.moved) + len(self.gone) + self.unchanged


def name_key(name: str) -> str:
    """Return what two spellings of one file name have in common: accents composed, case folded."""
    return unicodedata.normalize("NFC", name).casefold()


class Walk:
    """One look at a folder. Iterate over it to its end; each step says how many photos were found so far.

    Attributes:
        found: files at rest, by path relative to the root, with "/" between the parts.
        unsettled: files written to in the last seconds.
        unlisted: folders (and files) that are there but could not be looked at.
        device: the root's device number; with nothing found, it tells an emptied folder from a missing drive.
    """

    def __init__(self, root: Path, suffixes: Container[str], *, settle_seconds: float = SETTLE_SECONDS) -> None:
        self.found: dict[str, Stamp] = {}
        self.unsettled: dict[str, Stamp] = {}
        self.unlisted: list[str] = []
        self.device = 0
        self._root = str(root)
        self._suffixes = suffixes
        self._settle_ns = int(settle_seconds * 1e9)
        self._links: list[str] = []
        self._listed: list[str] = []
        self._now_ns = 0

    def __iter__(self) -> Iterator[int]:
        """List the folder.

        Raises:
            FolderError: if the root cannot be listed, or is not there any more when the listing ends.
        """
        self.device = self._arrive()
        yield from self._list_below("", seen=None)
        if self._links:
            yield from self._follow_links()
        if self._arrive() != self.device:
            raise FolderError("Its drive was removed while it was looked at.")

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
            try:
                folders += reversed(self._list_one(folder))
            except (FileNotFoundError, NotADirectoryError):
                pass  # deleted since its parent was listed; if it was the drive, the root tells in the end
            except OSError:
                self.unlisted.append(folder)
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
                if name.startswith(".") or (only is not None and name.lower() not in only):
                    continue
                try:
                    if entry.is_dir():
                        self._meet_folder(entry, prefix + name, folders)
                    elif _suffix(name) in self._suffixes and entry.is_file():
                        self._meet_file(entry, prefix + name)
                except FileNotFoundError:
                    continue
                except OSError:
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
            folders.append(path)

    def _meet_file(self, entry: os.DirEntry[str], path: str) -> None:
        status = entry.stat()
        if _is_hidden(status):
            return
        found = Stamp(status.st_size, status.st_mtime_ns, status.st_ino & (2**63 - 1))
        # A date in the future says nothing about being at rest; such a file is taken as it is.
        resting = not -self._settle_ns <= self._now_ns - found.mtime_ns < self._settle_ns
        (self.found if resting else self.unsettled)[path] = found


def _suffix(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}"


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


def _why_unreachable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "It is not there: its drive may not be connected, or it was moved."
    if isinstance(error, PermissionError):
        return "It may not be opened by this user."
    if isinstance(error, NotADirectoryError):
        return "It is not a folder any more."
    return f"It cannot be listed ({error.strerror or type(error).__name__})."


def stamp_of(root: Path, relative_path: str) -> Stamp | None:
    """Return how a file looks now, or None if it is not there."""
    try:
        status = (root / relative_path).stat()
    except OSError:
        return None
    inode = 0 if os.name == "nt" else status.st_ino & (2**63 - 1)  # as the listing would have said
    return Stamp(status.st_size, status.st_mtime_ns, inode)


def compare(
    known: Iterable[Known],
    found: Mapping[str, Stamp],
    *,
    unsettled: Container[str] = (),
    unlisted: Collection[str] = (),
) -> Changes:
    """Say what happened between what is known and what was found.

    A file counts as moved, and is not read again, if one known file is gone and one new one has its size and its
    modification time to the nanosecond, and the same inode or else the same name. Where more than one file fits,
    nothing is guessed: the new file is read and its content decides.
    """
    left = dict(found)
    changed: list[Found] = []
    missing: list[Known] = []
    unchanged = 0
    hidden = _Hidden(unlisted)
    for file in known:
        path = file.relative_path
        now = left.pop(path, None)
        if now is None:
            if path in unsettled or path in hidden:
                unchanged += 1
            else:
                missing.append(file)
        elif file.retry or (now.size, now.mtime_ns) != (file.size, file.mtime_ns):
            changed.append(Found(path, now))
        else:
            unchanged += 1
    moved = _moves(missing, left)
    sources = {move.file_id for move in moved}
    targets = {move.target.relative_path for move in moved}
    return Changes(
        new=tuple(Found(path, stamp) for path, stamp in left.items() if path not in targets),
        changed=tuple(changed),
        moved=tuple(moved),
        gone=tuple(Missing(f.file_id, f.relative_path, f.size) for f in missing if f.file_id not in sources),
        unchanged=unchanged,
    )


class _Hidden:
    """The paths at and below what could not be listed."""

    def __init__(self, unlisted: Collection[str]) -> None:
        self._unlisted = frozenset(unlisted)

    def __contains__(self, path: str) -> bool:
        if not self._unlisted:
            return False
        parts = path.split("/")
        return any("/".join(parts[:count]) in self._unlisted for count in range(1, len(parts) + 1))


def _moves(missing: list[Known], new: Mapping[str, Stamp]) -> list[Move]:
    if not missing or not new:
        return []
    wanted = {(file.size, file.mtime_ns) for file in missing}
    targets = [Found(path, stamp) for path, stamp in new.items() if (stamp.size, stamp.mtime_ns) in wanted]
    moves = _pairs(missing, targets, by_inode=True)
    done = {move.file_id for move in moves} | {move.target.relative_path for move in moves}
    rest = [file for file in missing if file.file_id not in done]
    unmatched = [target for target in targets if target.relative_path not in done]
    return moves + _pairs(rest, unmatched, by_inode=False)


def _pairs(missing: list[Known], targets: list[Found], *, by_inode: bool) -> list[Move]:
    """Pair files that only fit each other."""
    sources: defaultdict[object, list[Known]] = defaultdict(list)
    for file in missing:
        mark = file.inode if by_inode else name_key(file.relative_path.rpartition("/")[2])
        sources[file.size, file.mtime_ns, mark].append(file)
    fitting: defaultdict[object, list[Found]] = defaultdict(list)
    for target in targets:
        path, (size, mtime_ns, inode) = target
        mark = inode if by_inode else name_key(path.rpartition("/")[2])
        if mark:
            fitting[size, mtime_ns, mark].append(target)
    return [
        Move(sources[key][0].file_id, sources[key][0].relative_path, places[0])
        for key, places in fitting.items()
        if len(places) == 1 and len(sources[key]) == 1
    ]
