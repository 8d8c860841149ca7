"""Groups of duplicates without a library, for tests of the window: made of what a test says there is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from core.copies import Copy, CopyGroup, HeldFile, Likeness, grouped
from core.duplicates import Duplicates, GroupList
from core.photo import FileLocation
from core.user_records import Decision

THEN = 1_700_000_000 * 10**9


class FakeDuplicates(Duplicates):
    """Attributes:
    told: the groups there are.
    folders: those that are protected.
    asked: the numbers of the groups that were looked up.
    """

    def __init__(self) -> None:
        self.told: list[CopyGroup] = []
        self.folders: list[Path] = []
        self.kept: list[CopyGroup] = []
        self.asked: list[int] = []

    def listed(self, likeness: Likeness) -> GroupList:
        groups = [group for group in self.told if group.likeness is likeness and group not in self.kept]
        columns = (
            [group.number for group in groups],
            [len(group.copies) for group in groups],
            [len(group.suggested) for group in groups],
            [sum(copy.size for copy in group.suggested) for group in groups],
        )
        numbers, counts, going, sizes = (np.array(column, np.int64) for column in columns)
        return GroupList(numbers, counts, going, sizes, np.array([group.unattended for group in groups], np.bool_))

    def groups(self, likeness: Likeness, numbers: Iterable[int]) -> tuple[CopyGroup, ...]:
        wanted = list(numbers)
        self.asked += wanted
        known = {group.number: group for group in self.told if group.likeness is likeness}
        return tuple(known[number] for number in wanted if number in known)

    def keep_all(self, group: CopyGroup) -> Decision:
        self.kept.append(group)
        return Decision("keep-all", str(len(group.copies)), group.fingerprints)

    def protected_folders(self) -> tuple[Path, ...]:
        return tuple(self.folders)

    def protect(self, folder: Path, *, protected: bool = True) -> None:
        self.folders = [*self.folders, folder] if protected else [one for one in self.folders if one != folder]


def group_of(likeness: Likeness, first: int, count: int = 2, folder: Path = Path("/photos")) -> CopyGroup:
    """Return a group of photos `first`, `first + 1`, each half as large as the one before."""
    files = [
        HeldFile(
            file_id=first + number,
            content_id=first if likeness is Likeness.FILE else first + number,
            fingerprint=(first + number).to_bytes(16, "big"),
            location=FileLocation(folder, f"trip/photo {first + number}.jpg"),
            size=10_000 // (number + 1),
            mtime_ns=THEN + number * 10**9,
            width=1200 // (number + 1),
            height=800 // (number + 1),
            format="JPEG",
        )
        for number in range(count)
    ]
    return grouped(likeness, first, [Copy(file.file_id, (file,)) for file in files])
