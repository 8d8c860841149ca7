"""Leads the window to what someone outside named: a folder, a picture; or says why it cannot be shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.grid.selection import row_of
from app.services.services import Services
from app.text import formatting
from app.text.translation import translated
from core.photo import PathInfo, Root
from core.results import Results


class Navigator(QObject):
    """What leads to a place: of several the first that can be shown is, and unknown folders are offered to the library.

    Signals:
        raised: the window should come to the front.
        folder_shown: a folder is going to be looked at, without words (`Path`).
        photo_shown: a photo that was asked for is there, to be opened large (content id).
        folders_found: folders that are not in the library (list of `Path`), and all that was named; `offer` asks.
    """

    raised = Signal()
    folder_shown = Signal(object)
    photo_shown = Signal(int)
    folders_found = Signal(object, object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._awaited: int | None = None
        self._offered: set[Path] = set()
        services.open_requests.arrived.connect(self.raised)
        services.open_requests.located.connect(self._on_located)
        services.search.answered.connect(self._on_answered)
        services.library_tasks.added.connect(self._on_added)

    def _on_located(self, found: Sequence[PathInfo]) -> None:
        for place in found:
            self._say(place)
        known = next((place for place in found if place.folder is not None), None)
        if known is not None and known.folder is not None:
            self._lead(known.folder, known.content_id)
        strangers = strange_folders(found)
        if strangers:
            self.folders_found.emit(strangers, found)

    def look_at(self, folder: Path) -> None:
        """Show a folder, without words."""
        self._lead(folder)

    def _lead(self, folder: Path, content_id: int | None = None) -> None:
        self._awaited = content_id
        self.folder_shown.emit(folder)
        self._services.search.visit(folder)

    def _on_answered(self, results: Results) -> None:
        awaited, self._awaited = self._awaited, None
        if awaited is not None and row_of(results.ids, awaited) is not None:
            self.photo_shown.emit(awaited)

    def _say(self, place: PathInfo) -> None:
        """Say what keeps a place from being shown, if it is nothing the user can be offered."""
        name = place.path.name
        if not place.exists:
            text = self.tr("There is no file or folder “{path}”.").format(path=formatting.folder(place.path))
        elif place.is_folder or place.content_id is not None:
            return
        elif place.reason is not None:
            text = self.tr("“{name}” was skipped: {reason}").format(name=name, reason=translated(place.reason))
        elif not is_readable(place):
            text = self.tr("“{name}” is no picture that Recollect can read.").format(name=name)
        elif place.folder is not None:
            text = self.tr("“{name}” is new. It will be among the photos of this folder soon.").format(name=name)
        else:
            return
        self._services.messages.say(text)

    def offer(self, folders: Sequence[Path], found: Sequence[PathInfo]) -> None:
        """Ask whether these folders should come into the library; `found` is what was named."""
        if len(folders) > 1:
            text = self.tr("%Ln folder(s) are not in your library.", "", len(folders))
            self._services.messages.say(text, {self.tr("Add them"): lambda: self._add(folders)})
            return
        picture = next((place.path.name for place in found if place.path.parent == folders[0]), "")
        if picture:
            text = self.tr("“{name}” is not in your library, and neither is its folder “{folder}”.")
            action = self.tr("Add its folder")
        else:
            text, action = self.tr("“{folder}” is not in your library."), self.tr("Add this folder")
        text = text.format(name=picture, folder=formatting.folder(folders[0]))
        self._services.messages.say(text, {action: lambda: self._add(folders)})

    def _add(self, folders: Sequence[Path]) -> None:
        self._offered.update(folders)
        for folder in folders:
            self._services.library_tasks.add(folder)

    def _on_added(self, root: Root) -> None:
        if root.path in self._offered:
            self._offered.clear()
            self._lead(root.path)


def is_readable(place: PathInfo) -> bool:
    """Return whether a place is a folder, or named like a picture."""
    from core.decode.suffixes import SUPPORTED_SUFFIXES  # late: by now the library has brought it in

    return place.is_folder or place.path.suffix.lower() in SUPPORTED_SUFFIXES


def strange_folders(found: Sequence[PathInfo]) -> list[Path]:
    """Return the folders that would have to be added to show these; one inside another goes without saying."""
    strangers = [place for place in found if place.exists and place.folder is None and is_readable(place)]
    folders = sorted({place.path if place.is_folder else place.path.parent for place in strangers})
    return [folder for folder in folders if not any(other in folder.parents for other in folders)]
