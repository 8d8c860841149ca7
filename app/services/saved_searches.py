"""Questions that are kept: saved under a name, as changes that can be taken back, and those asked last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.services.changes import Applied
from app.services.operations import LibraryQueue, Operation
from core.user_records import SavedSearch

if TYPE_CHECKING:
    from core.library import Library


class _Phrases(QObject):
    """The sentences of this file, where the translation tools look for them."""

    def saved(self, name: str) -> str:
        return self.tr("Saved as “{name}”").format(name=name)

    def deleted(self, name: str) -> str:
        return self.tr("Saved search “{name}” deleted").format(name=name)


_PHRASES = _Phrases()


@dataclass(frozen=True, slots=True)
class SaveSearch:
    """Keeps a question under a name; one that has the name already is replaced."""

    name: str
    query: str

    def apply(self, library: Library) -> Applied:
        searches = library.user_data.searches
        before = searches.named(self.name)
        searches.save(self.name, self.query)
        now = searches.named(self.name) or SavedSearch(self.name, self.query)
        back = DeleteSearch(now) if before is None else SaveSearch(before.name, before.query)
        return Applied(lambda: _PHRASES.saved(now.name), back)


@dataclass(frozen=True, slots=True)
class DeleteSearch:
    """Takes a saved question away."""

    search: SavedSearch

    def apply(self, library: Library) -> Applied | None:
        before = library.user_data.searches.named(self.search.name)
        if before is None:
            return None
        library.user_data.searches.delete(before.name)
        return Applied(lambda: _PHRASES.deleted(before.name), SaveSearch(before.name, before.query))


class RecentSearches(QObject):
    """Remembers what was asked.

    Signals:
        listed: the questions as texts, the newest first.
        failed: an exception.
    """

    listed = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.texts: tuple[str, ...] = ()
        self._queue = LibraryQueue("recent questions")
        self._queue.failed.connect(self.failed)

    def open(self, library: Library) -> None:
        self._queue.open(library)
        self._queue.run(Operation(lambda library: library.user_data.recent.all(), self._on_listed))

    def add(self, text: str) -> None:
        """Remember that this was asked."""
        if text and text != next(iter(self.texts), None):
            self._queue.run(Operation(lambda library: _added(library, text), self._on_listed))

    def forget(self, text: str) -> None:
        """Forget that this was asked."""
        self._queue.run(Operation(lambda library: _forgotten(library, text), self._on_listed))

    def stop(self, deadline: float) -> bool:
        return self._queue.stop(deadline)

    def _on_listed(self, texts: tuple[str, ...]) -> None:
        self.texts = texts
        self.listed.emit(texts)


def _added(library: Library, text: str) -> tuple[str, ...]:
    library.user_data.recent.add(text)
    return library.user_data.recent.all()


def _forgotten(library: Library, text: str) -> tuple[str, ...]:
    library.user_data.recent.forget(text)
    return library.user_data.recent.all()
