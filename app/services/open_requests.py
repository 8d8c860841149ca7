"""What is to be shown because someone outside named it: the command line, a second start, the file manager of a Mac.

program.arguments        words of a command line → paths
program.application      a Mac's "open this with Recollect"
program.single_instance  a second start on the same library hands its paths to the first
OpenRequests             keeps them until the library is open, then asks it what they are
window.navigator         leads the window there
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.services.library_tasks import LibraryTasks
from core.photo import PathInfo


class OpenRequests(QObject):
    """The paths that wait to be shown.

    Signals:
        arrived: something was named while the window is open already; the window should come to the front.
        located: a list of `PathInfo`, in the order they were named.
    """

    arrived = Signal()
    located = Signal(object)

    def __init__(self, library_tasks: LibraryTasks) -> None:
        super().__init__()
        self._library_tasks = library_tasks
        self._waiting: list[Path] = []
        library_tasks.counted.connect(self._ask)

    @property
    def waiting(self) -> tuple[Path, ...]:
        """What nobody could be asked about yet."""
        return tuple(self._waiting)

    def name(self, paths: Iterable[Path]) -> None:
        """Have these shown, once the library is open."""
        self._waiting += paths
        self._ask()

    def knock(self, paths: Iterable[Path]) -> None:
        """Have these shown in a window that may lie behind others."""
        self.arrived.emit()
        self.name(paths)

    def _ask(self) -> None:
        # Not before the first count: until then nobody knows whether there are folders at all.
        if self._waiting and self._library_tasks.status is not None:
            waiting, self._waiting = self._waiting, []
            self._library_tasks.locate(waiting, self._on_located)

    def _on_located(self, found: list[PathInfo]) -> None:
        self.located.emit(found)
