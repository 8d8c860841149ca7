"""One library: folders, photos, vectors and the questions asked of them. The window and the terminal stand here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.events import Control, Event
from core.photo import Photo, Results, Root, SkippedFile, Status


class Library:
    """An open library. Methods may be called from any thread; `index` is run by one at a time."""

    @classmethod
    def open(cls, folder: Path, *, model: str | None = None, write: bool = True) -> Library:
        """Open or create the library in `folder`, with its remembered model or with `model` (name or folder).

        With `write` the library's lock is held until `close`; without it everything but changing works beside a
        process that writes.

        Raises:
            LibraryError: busy, newer, damaged or read-only.
            ModelMissing: if `model` is not known.
        """
        raise NotImplementedError

    def close(self) -> None: ...

    # Folders
    def roots(self) -> tuple[Root, ...]:
        raise NotImplementedError

    def add_root(self, path: Path) -> Root:
        raise NotImplementedError  # raises FolderError

    def remove_root(self, root_id: int) -> None:
        raise NotImplementedError

    # Indexing: a generator; see core.events. Ends after one pass over all folders, or over those named.
    def index(self, control: Control, *, root_ids: tuple[int, ...] | None = None) -> Iterator[Event]:
        raise NotImplementedError

    def forget_missing(self, root_id: int) -> None:
        raise NotImplementedError  # the user's yes after ManyGone

    # Searching
    def load(self) -> int:
        raise NotImplementedError  # vectors into memory; returns how many. Idempotent.

    def warm(self) -> None:
        raise NotImplementedError  # loads the text tower (its own process); slow once

    def search(self, text: str, *, limit: int = 200, folder: Path | None = None) -> Results:
        raise NotImplementedError  # raises QueryError, ModelError

    def latest(self, *, limit: int = 1_000_000, folder: Path | None = None) -> tuple[int, ...]:
        raise NotImplementedError  # content ids, newest first (what the grid shows with an empty search bar)

    def similar(self, content_id: int, *, limit: int = 200) -> Results:
        raise NotImplementedError

    # Details, asked when painted. Thread-safe, fast, read-only.
    def photo(self, content_id: int) -> Photo | None:
        raise NotImplementedError

    def thumbnail(self, content_id: int) -> bytes | None:
        raise NotImplementedError  # JPEG, long side <= 512

    def preview(self, content_id: int, long_side: int) -> bytes | None:
        raise NotImplementedError  # upright sRGB as JPEG, decoded from the file in a worker process; None if offline

    def skipped(self) -> tuple[SkippedFile, ...]:
        raise NotImplementedError

    def status(self) -> Status:
        raise NotImplementedError

    # Small things the window remembers that belong to the library, JSON values
    def setting(self, key: str, default: object = None) -> object:
        raise NotImplementedError

    def set_setting(self, key: str, value: object) -> None:
        raise NotImplementedError

    # Watching: calls `on_dirty(root_id)` from a watcher thread, debounced, after files came to rest
    # def watch(self, on_dirty: Callable[[int], None], on_note: Callable[[str], None]) -> Watcher (close())
