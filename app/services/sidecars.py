"""XMP files beside photos: written for the chosen photos as a change that can be taken back, or all along if wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from app.services.changes import Applied
from app.services.operations import LibraryQueue, Operation
from core.errors import RecollectError
from core.setting_names import WRITE_SIDECARS

if TYPE_CHECKING:
    from core.library import Library
    from core.sidecars import SidecarsWritten

SETTLING_MILLISECONDS = 1_500
"""Who gives five stars often gives four first."""


class _Phrases(QObject):
    """The sentences of this file, where the translation tools look for them."""

    def written(self, photos: int, failed: int) -> str:
        nothing = self.tr("Nothing new was said of these photos: their XMP files are as they were")
        said = self.tr("Written beside %Ln photo(s)", "", photos) if photos else nothing
        return f"{said}. {self.failed(failed)}" if failed else said

    def failed(self, files: int) -> str:
        return self.tr("Beside %Ln file(s) nothing could be written.", "", files)

    def taken_back(self, left: int) -> str:
        said = self.tr("XMP files are as they were")
        return f"{said}. {self._left(left)}" if left else said

    def _left(self, files: int) -> str:
        return self.tr("%Ln file(s) that other programs changed since stayed.", "", files)


_PHRASES = _Phrases()


@dataclass(frozen=True, slots=True, eq=False)
class WriteSidecars:
    """Writes what the user says of photos into XMP files beside them."""

    content_ids: NDArray[np.int64]

    def apply(self, library: Library) -> Applied | None:
        done = library.sidecars.write(self.content_ids.tolist())
        if not done.photos and done.skipped:
            raise RecollectError(done.skipped[0].reason)
        photos, failed = done.photos if done.changes else 0, len(done.skipped)
        back = _TakeSidecarsBack(self.content_ids, done) if done.changes else None
        return Applied(lambda: _PHRASES.written(photos, failed), back)


@dataclass(frozen=True, slots=True, eq=False)
class _TakeSidecarsBack:
    """Makes XMP files what they were before they were written."""

    content_ids: NDArray[np.int64]
    done: SidecarsWritten

    def apply(self, library: Library) -> Applied:
        left = library.sidecars.take_back(self.done)
        return Applied(lambda: _PHRASES.taken_back(left), WriteSidecars(self.content_ids))


class SidecarWriting(QObject):
    """Writes beside photos whatever is said of them, a moment later; off until the user wants that.

    Signals:
        chosen: whether it is wanted, once that is known.
        noted: a sentence: something could not be written.
        failed: it ended in this exception.
    """

    chosen = Signal(bool)
    noted = Signal(str)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.wanted = False
        self._told = False
        self._queue = LibraryQueue("sidecars")
        self._queue.failed.connect(self.failed)
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MILLISECONDS)
        self._settling.timeout.connect(self._write)

    def open(self, library: Library) -> None:
        self._queue.open(library)
        self._queue.run(Operation(lambda library: library.setting(WRITE_SIDECARS) is True, self._on_remembered))

    def _on_remembered(self, wanted: bool) -> None:
        self.wanted = wanted
        self.chosen.emit(wanted)
        self.follow()

    def choose(self, wanted: bool) -> None:
        """Write from now on, beginning with all that was said until now; or no longer."""
        self.wanted, self._told = wanted, False
        self._queue.run(Operation(lambda library: library.set_setting(WRITE_SIDECARS, wanted)))
        self.follow()

    def follow(self) -> None:
        """Something was said of photos."""
        if self.wanted:
            self._settling.start()

    def _write(self) -> None:
        if self.wanted:
            self._queue.run(Operation(self._written, self._on_written))

    def _written(self, library: Library) -> SidecarsWritten:
        return library.sidecars.write(library.sidecars.pending().tolist(), lambda: self.wanted)

    def _on_written(self, done: SidecarsWritten) -> None:
        if done.skipped and not self._told:  # once: a drive that is away stays so for a while
            self._told = True
            self.noted.emit(_PHRASES.failed(len(done.skipped)))

    def stop(self, deadline: float) -> bool:
        self.wanted = False  # what is left is written the next time
        self._settling.stop()
        return self._queue.stop(deadline)
