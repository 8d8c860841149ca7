"""Drives that stop delivering files in the middle of a run: what else lies on them is put off to the next look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from core.decode import Reply, Unreadable
from core.events import Event, Note, RootOffline
from core.indexer.tasks import ReadFile, Task
from core.messages import file_reasons, folder_messages
from core.store import Catalog

_LATE = 2
"""Files in a row that may wait in vain for their drive: each holds a reader for the longest a file may take."""

Drive = tuple[int, str]
"""A folder of the library, and where in it the drive is mounted ("": the folder's own)."""


class SilentDrives:
    """Judges drives by the files that were asked of them. A drive that is silent stays so until the run ends."""

    def __init__(self, store: Catalog) -> None:
        self._store = store
        self._late: Counter[Drive] = Counter()
        self._silent: set[Drive] = set()
        self._mounts: dict[int, list[str]] = {}
        self._untold: list[Drive] = []

    @property
    def root_ids(self) -> frozenset[int]:
        """Folders of the library with a drive in them that is silent."""
        return frozenset(root_id for root_id, _ in self._silent)

    def hear(self, task: ReadFile, reply: Reply) -> bool:
        """Take note of what came of reading a file; return whether its drive counts as silent from now on."""
        drive = self._drive_of(task)
        if drive in self._silent or not is_late(reply):
            self._late.pop(drive, None)
            return False
        self._late[drive] += 1
        if self._late[drive] < _LATE:
            return False
        self._silent.add(drive)
        self._untold.append(drive)
        return True

    def hold(self, task: Task) -> bool:
        """Return whether a file lies on a silent drive."""
        return bool(self._silent) and isinstance(task, ReadFile) and self._drive_of(task) in self._silent

    def told(self) -> Iterator[Event]:
        """Yield a sentence for each drive that fell silent since this was asked last."""
        untold, self._untold = self._untold, []
        paths = {root.root_id: root.path for root in self._store.roots()} if untold else {}
        for root_id, mount in untold:
            if root_id in paths:
                yield self._tell(root_id, paths[root_id], mount)

    def _tell(self, root_id: int, root: Path, mount: str) -> Event:
        if mount:
            return Note(folder_messages.DRIVE_SILENT(path=root / mount))
        reason = folder_messages.NOT_ANSWERING()
        self._store.set_offline(root_id, reason)
        return RootOffline(root, reason)

    def _drive_of(self, task: ReadFile) -> Drive:
        root_id, inside = task.file.root_id, task.file.relative_path
        if root_id not in self._mounts:
            self._mounts[root_id] = sorted(self._store.mounts(root_id), key=len, reverse=True)
        return root_id, next((one for one in self._mounts[root_id] if inside.startswith(f"{one}/")), "")


def is_late(reply: Reply) -> bool:
    """Return whether a drive did not deliver a file in time."""
    return isinstance(reply, Unreadable) and reply.reason.code == file_reasons.DRIVE_SLOW.code
