"""How what is in a folder differs from what the library knows: new, changed, moved, gone.

File systems spell names their own way (macOS may decompose accents, Windows and macOS ignore case). Names are kept
as the system gives them; where two spellings have to be seen as one name, `name_key` decides, and only there.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Stamp(NamedTuple):
    """How a file looks from outside; `inode` is 0 where listing does not tell (Windows)."""

    size: int
    mtime_ns: int
    inode: int


FURTHEST_NS = 2**63 - 1
"""What SQLite's integers hold: nanoseconds until 2262-04-11. File systems know later dates, and earlier than 1677."""


def file_time(mtime_ns: int) -> int:
    """Return a file's date as it is kept and compared, in nanoseconds; beyond what can be kept, the last that can."""
    return max(-FURTHEST_NS, min(mtime_ns, FURTHEST_NS))


class Known(Protocol):
    """A file as the library remembers it; `retry` asks to read it again though it looks the same.

    `photo`: whether it is a photo, and not one that could not be read (an empty file, a film).
    """

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
    @property
    def photo(self) -> bool: ...


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
    photo: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between what is known and what was found.

    Attributes:
        online: new files that are kept online only.
        unchanged: a number.
    """

    new: tuple[Found, ...] = ()
    online: tuple[Found, ...] = ()
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


def compare(
    known: Iterable[Known],
    found: Mapping[str, Stamp],
    *,
    unsettled: Container[str] = (),
    unlisted: Collection[str] = (),
    online: Container[str] = (),
) -> Changes:
    """Say what happened between what is known and what was found.

    A file counts as moved, and is not read again, if one known file is gone and one new one has its size and its
    modification time to the nanosecond, and the same inode or else the same name. Where more than one file fits,
    nothing is guessed: the new file is read and its content decides. A known file that is `online` only now stays as
    it is, whatever became of it there.
    """
    left = dict(found)
    changed: list[Found] = []
    missing: list[Known] = []
    unchanged = 0
    hidden = Hidden(unlisted)
    for file in known:
        path = file.relative_path
        now = left.pop(path, None)
        if now is None:
            if path in unsettled or path in hidden:
                unchanged += 1
            else:
                missing.append(file)
        elif path not in online and (file.retry or (now.size, now.mtime_ns) != (file.size, file.mtime_ns)):
            changed.append(Found(path, now))
        else:
            unchanged += 1
    moved = _moves(missing, left)
    sources = {move.file_id for move in moved}
    targets = {move.target.relative_path for move in moved}
    arrived = [Found(path, stamp) for path, stamp in left.items() if path not in targets]
    return Changes(
        new=tuple(found for found in arrived if found.relative_path not in online),
        online=tuple(found for found in arrived if found.relative_path in online),
        changed=tuple(changed),
        moved=tuple(moved),
        gone=tuple(Missing(f.file_id, f.relative_path, f.size, f.photo) for f in missing if f.file_id not in sources),
        unchanged=unchanged,
    )


class Hidden:
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
